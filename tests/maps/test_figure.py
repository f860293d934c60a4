from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.errors import MapError
from maps.figure import drawing
from maps.figure.canvas import box_of
from maps.figure.drawing import SIZES, draw_figure
from maps.figure.labels import Label, overlap, place_labels
from maps.figure.pixels import along, every, length, shifted, sides
from maps.figure.projection import Projection, choose_projection
from routes.model import Atlas
from routes.paths.geodesic import great_circle
from tests.maps import atlases

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_atlas_gives_the_same_bytes(tmp_path: Path, kind: str) -> None:
    made = [tmp_path / f"{name}.{kind}" for name in "ab"]
    for path in made:
        draw_figure(atlases.pacific(), path)
    assert made[0].read_bytes() == made[1].read_bytes()


def test_the_svg_says_the_route_in_words_and_keeps_text_as_text(tmp_path: Path) -> None:
    draw_figure(atlases.il76(), tmp_path / "figure.svg")
    root = ET.parse(tmp_path / "figure.svg").getroot()
    texts = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    described = root.findtext(f"{SVG}desc") or ""
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    assert re.search(r"from Moscow, by Yerevan, Algiers, Rabat, Dakar, Nouakchott, to Caracas", described)
    for words in ("Moscow", "Yerevan", "Algiers", "Rabat", "Dakar", "Nouakchott", "Caracas", "22 Oct 2025"):
        assert words in texts
    assert any("path is schematic" in text for text in texts)
    assert any("Example Post" in text for text in texts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["il76", "pacific", "whole"])
def test_no_label_touches_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, size: str) -> None:
    sheets = []
    original = drawing._draw
    monkeypatch.setattr(drawing, "_draw", lambda canvas, *rest: (original(canvas, *rest), sheets.append(canvas)))
    draw_figure(getattr(atlases, name)(), tmp_path / "figure.png", size=size)
    boxes = [box_of(text) for text in sheets[0].axes.texts if text.get_text() != "?"]
    frame = sheets[0].axes.get_window_extent()
    assert len(boxes) >= 4
    for i, box in enumerate(boxes):
        # The halo may overhang; the letters may not touch. Measured extents differ by a pixel between calls.
        tight = (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1)
        assert not any(overlap(tight, other) for other in boxes[:i])
        assert tight[0] >= frame.x0
        assert tight[2] <= frame.x1


def test_every_stop_of_the_il76_is_named_even_in_a_column(tmp_path: Path) -> None:
    draw_figure(atlases.il76(), tmp_path / "figure.svg", size="column")
    text = (tmp_path / "figure.svg").read_text(encoding="utf-8")
    for name in ("Moscow", "Yerevan", "Algiers", "Rabat", "Dakar", "Nouakchott", "Caracas"):
        assert f">{name}</text>" in text


def test_hostile_text_is_drawn_as_text(tmp_path: Path) -> None:
    draw_figure(atlases.hostile(), tmp_path / "figure.svg", title=atlases.HOSTILE)
    root = ET.parse(tmp_path / "figure.svg").getroot()
    tags = {element.tag for element in root.iter()}
    assert f"{SVG}script" not in tags
    assert f"{SVG}image" not in tags
    assert any("{{7*7}}" in "".join(t.itertext()) for t in root.iter(f"{SVG}text"))
    assert "49" not in "".join("".join(t.itertext()) for t in root.iter(f"{SVG}text"))


@pytest.mark.parametrize(("name", "size"), [("figure.gif", "page"), ("figure.svg", "poster")])
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, name: str, size: str) -> None:
    with pytest.raises(MapError, match=r"gif|poster"):
        draw_figure(Atlas(), tmp_path / name, size=size)


def test_an_empty_atlas_gives_a_map_of_the_world(tmp_path: Path) -> None:
    draw_figure(Atlas(), tmp_path / "figure.svg")
    assert "No movements found" in (tmp_path / "figure.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("points", "azimuthal"),
    [
        ([(37.6, 55.8), (-66.9, 10.5)], True),
        ([(129.0, 35.1), (-117.2, 32.7), (174.8, -36.8)], True),
        ([(18.0, 69.0), (-45.0, 78.0), (15.6, 78.2)], True),
        ([(129.0, 35.1), (-117.2, 32.7), (37.6, 55.8), (-66.9, 10.5)], False),
        ([(55.3, 25.3), (-122.3, 47.6), (10.0, 88.0)], True),
        ([(55.3, 25.3), (-122.3, 47.6), (10.0, 88.0), (151.0, -33.9), (-70.7, -33.5)], False),
        ([], False),
    ],
)
def test_the_projection_fits_the_routes(points: list[tuple[float, float]], azimuthal: bool) -> None:
    assert choose_projection(np.array(points, dtype=float).reshape(-1, 2)).azimuthal is azimuthal


def test_equal_earth_is_cut_where_no_route_is() -> None:
    line = [(129.0 + step, 35.0) for step in range(115)]
    projection = choose_projection(np.array([*line, (37.6, 55.8), (-66.9, 10.5), (18.4, -33.9)]))
    assert not projection.azimuthal
    assert len(list(projection.lines(line))) == 1


def test_equal_earth_cuts_a_line_over_a_pole_on_both_sides() -> None:
    world = Projection(name="Equal Earth", azimuthal=False, lon=0.0, lat=0.0, reach_deg=180.0)
    over = great_circle((10.0, 70.0), (-170.0, 65.0))
    north_edge = world.project(np.array([[0.0, 84.01]]))[0, 1]
    parts = list(world.lines(over))
    assert len(parts) == 2
    assert all(part[:, 1].max() < north_edge for part in parts)
    assert len(list(world.pole_ends(over))) == 2
    assert len(list(world.lines([(0.0, 10.0), (20.0, 83.0)]))) == 1
    assert list(world.pole_ends([(0.0, 10.0), (20.0, 83.0)])) == []
    polar_view = Projection(name="azimuthal equal-area", azimuthal=True, lon=0.0, lat=60.0, reach_deg=60.0)
    assert len(list(polar_view.lines(over))) == 1
    assert list(polar_view.pole_ends(over)) == []


def test_what_cut_lines_mean_is_said_under_the_figure(tmp_path: Path) -> None:
    both = atlases.polar(((10.0, 70.0), (-170.0, 65.0)), ((-70.7, -33.5), (115.9, -31.9)))
    draw_figure(both, tmp_path / "both.svg")
    draw_figure(atlases.whole(), tmp_path / "none.svg")
    said = [(tmp_path / name).read_text(encoding="utf-8") for name in ("both.svg", "none.svg")]
    assert ["end in dots" in " ".join(words.split()) for words in said] == [True, False]


coordinates = st.floats(-1000, 1000)
polylines = st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=30).map(np.array)


@given(polylines, st.floats(0, 1))
def test_a_point_along_a_line_is_no_further_than_its_length(line: np.ndarray, share: float) -> None:
    at, direction = along(line, share)
    assert np.hypot(*(at - line[0])) <= share * length(line) + 1e-6
    assert np.hypot(*direction) == pytest.approx(1)


@given(polylines, st.floats(-50, 50))
def test_a_bowed_line_keeps_its_ends(line: np.ndarray, distance: float) -> None:
    bowed = shifted(line, distance)
    assert bowed[0] == pytest.approx(line[0])
    assert bowed[-1] == pytest.approx(line[-1])


@given(polylines)
def test_steps_along_a_line_start_and_end_with_it(line: np.ndarray) -> None:
    steps = every(line, 10.0)
    assert steps[0] == pytest.approx(line[0])
    assert steps[-1] == pytest.approx(line[-1])


labels = st.builds(
    Label, x=st.floats(0, 500), y=st.floats(0, 500), width=st.floats(5, 80), height=st.just(10), gap=st.just(6)
)


@given(st.lists(labels, max_size=40))
def test_placed_labels_never_touch(wanted: list[Label]) -> None:
    placed = [box for box in place_labels(wanted, frame=(0, 0, 500, 500), taken=[], lines=np.empty((0, 2))) if box]
    for i, box in enumerate(placed):
        assert not any(overlap(box, other) for other in placed[:i])
        assert box[0] >= 0
        assert box[3] <= 500


def test_there_and_back_lie_side_by_side() -> None:
    atlas = atlases.part_of(atlases.whole(), "r-il76", "r-denied")
    twice = (*atlas.legs, *(leg for leg in atlas.legs if leg.route_id == "r-denied"))
    assert set(sides(atlas.legs).values()) == {0.0}
    assert len(twice) > len(atlas.legs)
