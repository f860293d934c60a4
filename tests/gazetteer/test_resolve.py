"""The resolver on names alone: votes, containers, shares."""

from __future__ import annotations

import math

import pytest

from gazetteer.features import FEATURES, NUMBER, capitals, resolution_weights, zone_number
from gazetteer.names import fold
from gazetteer.resolve import Name, Resolver, sureness
from gazetteer.store import Gazetteer
from gazetteer.votes import zones_around


def names(gazetteer: Gazetteer, *written: str, containers: dict[int, int] | None = None) -> list[Name]:
    containers = containers or {}
    return [
        Name(key=fold(name), named=gazetteer.referents(fold(name)), container=containers.get(i))
        for i, name in enumerate(written)
    ]


COMPANY = [
    (("Paris",), "FR"),
    (("Paris", "Dallas", "Lamar County"), "US"),
    (("Tripoli", "Beirut", "Sidon"), "LB"),
    (("Tripoli", "Misrata", "Benghazi"), "LY"),
    (("London", "Ontario", "Toronto"), "CA"),
    (("Georgia", "Tbilisi", "Batumi"), "GE"),
    (("Georgia", "Atlanta", "Macon"), "US"),
    (("Georgia", "Armenia", "Azerbaijan", "United States"), "GE"),
    (("China", "Houston", "United States", "Galveston"), "CN"),
    (("London", "Amsterdam", "Brussels"), "GB"),
    (("Frankfurt", "Chicago"), "DE"),
]


@pytest.mark.parametrize(("written", "country"), COMPANY)
def test_the_other_names_decide(written: tuple[str, ...], country: str, gazetteer: Gazetteer) -> None:
    best = Resolver().weigh(names(gazetteer, *written))[0][0]
    assert best.sense.named.place.country_code == country


def test_a_container_outweighs_the_rest(gazetteer: Gazetteer) -> None:
    weighed = Resolver().weigh(names(gazetteer, "Valencia", "Venezuela", "Madrid", "Seville", containers={0: 1}))
    assert weighed[0][0].sense.named.place.country_code == "VE"


def test_two_mentions_may_have_two_senses(gazetteer: Gazetteer) -> None:
    weighed = Resolver().weigh(
        names(gazetteer, "Paris", "Texas", "Paris", "France", "Lyon", containers={0: 1, 2: 3}),
    )
    assert [weighed[i][0].sense.named.place.country_code for i in (0, 2)] == ["US", "FR"]


def test_scores_are_the_sums_of_their_features(gazetteer: Gazetteer) -> None:
    resolver = Resolver()
    written = ("Georgia", "Fiji", "Tonga", "Athens", "Atlanta", "Paris", "France", "Lyon", "Springfield", "Illinois")
    for places in resolver.weigh(names(gazetteer, *written, containers={5: 6, 8: 9})):
        for place in places if len(places) > 1 else ():
            score = place.sense.base + sum(resolver.weights[number] * value for number, value in place.context)
            assert math.isclose(place.score, score, abs_tol=1e-9)


def test_zones_meet_at_the_antimeridian() -> None:
    fiji, samoa, nauru = zone_number(178.0, -18.0), zone_number(-172.0, -13.6), zone_number(166.9, -0.5)
    assert samoa in zones_around(fiji)
    assert fiji in zones_around(samoa)
    assert nauru not in zones_around(samoa)
    assert len(set(zones_around(fiji))) == 9


def test_shares_are_probabilities_in_order(gazetteer: Gazetteer) -> None:
    for places in Resolver().weigh(names(gazetteer, "Springfield", "Columbia", "Victoria")):
        shares = [w.share for w in places]
        assert shares == sorted(shares, reverse=True)
        assert math.isclose(sum(shares), 1.0, abs_tol=0.1)
        assert 0.0 < sureness(places) <= 1.0 + 1e-9


def test_the_order_of_names_does_not_matter(gazetteer: Gazetteer) -> None:
    written = ["Alexandria", "Arlington", "Richmond", "Norfolk"]
    one = Resolver().weigh(names(gazetteer, *written))
    two = Resolver().weigh(names(gazetteer, *reversed(written)))
    for a, b in zip(one, reversed(two), strict=True):
        assert a[0].sense.named.place == b[0].sense.named.place
        assert math.isclose(a[0].share, b[0].share, rel_tol=1e-9)


def test_every_weight_has_a_feature_and_is_finite() -> None:
    assert len(FEATURES) == len(NUMBER) == len(resolution_weights())
    assert all(math.isfinite(w) for w in resolution_weights())


def test_capitals_are_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    assert len(capitals()) > 230
    assert all(gazetteer.by_id(place_id).country_code for place_id in capitals())


@pytest.mark.parametrize("written", [written for written, _ in COMPANY if len(written) > 1])
def test_a_score_is_the_sum_of_its_features(written: tuple[str, ...], gazetteer: Gazetteer) -> None:
    weights = resolution_weights()
    weighed = Resolver().weigh(names(gazetteer, *written, containers={0: 1}))
    several = [w for places in weighed if len(places) > 1 for w in places]
    assert several
    for w in several:
        total = sum(weights[number] * value for number, value in (*w.sense.own, *w.context))
        assert w.score == pytest.approx(total)
