from tests.samples import sample_atlas


def test_quotes_of_the_sample_are_what_the_report_says() -> None:
    atlas = sample_atlas()
    texts = {r.id: r.text for r in atlas.reports}
    for event in atlas.routes:
        for claim in event.claims:
            for evidence in claim.movement.evidence:
                assert texts[claim.report_id][evidence.span.start : evidence.span.end] == evidence.quote
