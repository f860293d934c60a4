from __future__ import annotations

import pytest

from maps.style import (
    DARK,
    DEPLOYMENT_HUE,
    LIGHT,
    MARKS,
    MODE_HUES,
    NEUTRAL_HUE,
    WIDTHS,
    Ground,
    Head,
    Hue,
    Mark,
    every_line_style,
    line_style,
    mark_of,
)
from routes.model import Certainty, Mode, Precision, Status

S, C, M = Status, Certainty, Mode


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #rrggbb."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("status", "certainty", "dash", "head", "bar", "question", "neutral"),
    [
        (S.COMPLETED, C.STATED, (), Head.FILLED, False, False, False),
        (S.ONGOING, C.STATED, (), Head.FILLED, False, False, False),
        (S.COMPLETED, C.ATTRIBUTED, (8, 5), Head.FILLED, False, False, False),
        (S.ONGOING, C.HEDGED, (8, 5), Head.FILLED, False, False, False),
        (S.PLANNED, C.STATED, (2, 5), Head.HOLLOW, False, False, False),
        (S.PLANNED, C.HEDGED, (2, 5), Head.HOLLOW, False, False, False),
        (S.ATTEMPTED, C.STATED, (8, 4, 2, 4), Head.FILLED, True, False, False),
        (S.DENIED, C.ATTRIBUTED, (8, 5), Head.FILLED, False, True, True),
    ],
)
def test_status_and_certainty_give_the_stroke(
    status: S, certainty: C, dash: tuple[int, ...], head: Head, bar: bool, question: bool, neutral: bool
) -> None:
    style = line_style(M.AIR, status, certainty)
    assert (style.dash, style.stroke.head, style.stroke.end_bar, style.stroke.question) == (dash, head, bar, question)
    assert style.hue == (NEUTRAL_HUE if neutral else MODE_HUES[M.AIR])


@pytest.mark.parametrize(("support", "width"), [(0, 2), (1, 2), (2, 3), (3, 4), (50, 4)])
def test_support_gives_the_width(support: int, width: float) -> None:
    assert line_style(M.SEA, S.COMPLETED, C.STATED, support=support).width == width
    assert width in WIDTHS


def test_the_table_is_whole() -> None:
    assert len(list(every_line_style())) == 4 * 5 * 3


@pytest.mark.parametrize("hue", [*MODE_HUES.values(), DEPLOYMENT_HUE, NEUTRAL_HUE])
def test_hues_hold_on_both_grounds(hue: Hue) -> None:
    for surface in (LIGHT.land, LIGHT.water):
        assert contrast(hue.light, surface) >= 2.8
        assert contrast(hue.ink, surface) >= 4.5
    for surface in (DARK.land, DARK.water):
        assert contrast(hue.dark, surface) >= 3
        assert contrast(hue.ink_dark, surface) >= 4.5


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_labels_of_the_base_map_can_be_read(ground: Ground) -> None:
    for label in (ground.country_label, ground.water_label, ground.city_label):
        assert contrast(label, ground.land) >= 4.5
        assert contrast(label, ground.water) >= 4.5


def test_modes_differ_in_grey_or_hue() -> None:
    assert len({hue.light for hue in MODE_HUES.values()}) == len(Mode)


@pytest.mark.parametrize("precision", [*Precision, None])
def test_only_points_get_a_dot(precision: Precision | None) -> None:
    assert (mark_of(precision) is Mark.DOT) == (precision in {Precision.SITE, Precision.CITY})
    assert precision is None or precision in MARKS
