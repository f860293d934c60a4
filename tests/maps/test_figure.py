from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from shapely import LineString

from maps import style
from maps.errors import MapError
from maps.figure import drawing
from maps.figure.canvas import Canvas, box_of
from maps.figure.drawing import SIZES, Scene, draw_figure
from maps.figure.labels import BESIDE_GAPS, Box, Label, Placed, distance, overlap, place_labels
from maps.figure.legend import key_entries
from maps.figure.marks import lay_marks
from maps.figure.names import Wanted, measured, wanted_labels
from maps.figure.pixels import along, every, length, shifted, sides
from maps.figure.projection import Projection, choose_projection
from routes.model import Atlas, DateInterval, Status
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


ATLASES = ["il76", "pacific", "whole", "crowded", "round_the_world"]


@cache
def laid(name: str, size: str = "page") -> tuple[Canvas, Scene]:
    """The canvas and scene of a figure of one of the atlases, drawn and thrown away."""
    seen: list[tuple[Canvas, Scene]] = []
    original = drawing._draw

    def watched(canvas: Canvas, atlas: Atlas, title: str) -> Scene:
        scene = original(canvas, atlas, title)
        seen.append((canvas, scene))
        return scene

    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(drawing, "_draw", watched)
        draw_figure(getattr(atlases, name)(), Path(folder) / "figure.png", size=size)
    return seen[0]


def window(canvas: Canvas) -> Box:
    box = canvas.axes.get_window_extent()
    return (box.x0, box.y0, box.x1, box.y1)


def placed(scene: Scene) -> list[tuple[Wanted, Placed]]:
    return [(label, place) for label, place in zip(scene.wanted, scene.places, strict=True) if place]


def tight(box: Box) -> Box:
    """Halos may overhang, letters may not touch; measured extents differ by a pixel between calls."""
    return (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ATLASES)
def test_no_label_touches_another_or_the_key(name: str, size: str) -> None:
    canvas, scene = laid(name, size)
    texts = [text for text in (*canvas.axes.texts, *canvas.figure.texts) if text.get_text() != "?"]
    boxes = [box_of(text) for text in texts]
    assert len(placed(scene)) >= 4
    for i, box in enumerate(boxes):
        assert not any(overlap(tight(box), other) for other in boxes[:i]), texts[i].get_text()
        assert box[0] >= -1
        assert box[2] <= canvas.sheet()[0] + 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ATLASES)
def test_the_key_covers_no_line_no_mark_and_no_label(name: str, size: str) -> None:
    canvas, scene = laid(name, size)
    assert scene.key
    if not scene.in_corner:
        assert not overlap(scene.key_box, window(canvas))
        return
    assert not any(overlap(scene.key_box, dot.box(canvas)) for dot in scene.dots)
    assert not any(overlap(scene.key_box, tight(place.box)) for _, place in placed(scene))
    for line in (*(part for leg in scene.legs for part in leg.parts), *canvas.lines):
        points = every(line, 3.0)
        assert not any(overlap(scene.key_box, (x - 1, y - 1, x + 1, y + 1)) for x, y in points)


@pytest.mark.parametrize(("name", "in_corner"), [("pacific", True), ("il76", True), ("crowded", False)])
def test_the_key_leaves_the_map_where_that_is_full(name: str, in_corner: bool) -> None:
    assert laid(name)[1].in_corner is in_corner


@pytest.mark.parametrize("name", ATLASES)
def test_the_key_says_each_colour_and_each_line_once(name: str) -> None:
    _, scene = laid(name)
    atlas = getattr(atlases, name)()
    assert scene.key
    words = [entry.words for entry, _, _ in scene.key.entries]
    modes = {style.MODE_WORDS[e.merged.mode] for e in atlas.routes if e.merged.status is not Status.DENIED}
    strokes = {style.STROKES[e.merged.status, e.merged.certainty].words for e in atlas.routes}
    assert len(words) == len(set(words))
    if len(modes) > 1:
        assert modes == {entry.words for entry, _, _ in scene.key.entries if entry.swatch == "chip"}
        assert {entry.words for entry, _, _ in scene.key.entries if entry.swatch == "line"} <= strokes
    assert len(words) <= len(modes) + len(strokes) + 5


def test_one_kind_of_line_has_one_line_in_the_key() -> None:
    _, scene = laid("pacific")
    assert scene.key
    assert [entry.words for entry, _, _ in scene.key.entries] == ["Sea: planned or expected"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ATLASES)
def test_a_label_away_from_its_point_has_a_leader_to_it(name: str, size: str) -> None:
    canvas, scene = laid(name, size)
    drawn = [tuple(line.ravel()) for line in canvas.lines if line.size == 4]
    for label, place, size_of in zip(scene.wanted, scene.places, measured(canvas, scene.wanted), strict=True):
        if place is None:
            continue
        if place.leader is None:
            away = distance(place.box, *label.at)
            assert away <= BESIDE_GAPS * size_of.gap, label.texts
            others = [dot.at for dot in scene.dots if np.hypot(*(dot.at - label.at)) > size_of.gap]
            assert all(distance(place.box, *other) > away for other in others), label.texts
        else:
            assert place.leader[:2] == pytest.approx(label.at, abs=1)
            assert distance(place.box, *place.leader[2:]) < 1
            assert place.leader in drawn


@pytest.mark.parametrize("size", SIZES)
def test_a_leader_runs_over_no_label_and_no_other_leader(size: str) -> None:
    _canvas, scene = laid("crowded", size)
    led = [(place, np.reshape(place.leader, (2, 2))) for _, place in placed(scene) if place.leader]
    assert led
    for place, leader in led:
        others = [box for _, one in placed(scene) if one is not place for box in (one.box,)]
        for x, y in every(leader, 2.0):
            assert not any(overlap((x, y, x, y), tight(box)) for box in others)
        assert not any(LineString(leader).crosses(LineString(other)) for _, other in led if other is not leader)


@pytest.mark.parametrize("size", SIZES)
def test_the_places_of_many_routes_are_named_first(size: str) -> None:
    _, scene = laid("crowded", size)
    weights = [label.weight for label in scene.wanted if label.look != "small"]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ATLASES)
def test_everything_shown_lies_in_the_window(name: str, size: str) -> None:
    canvas, scene = laid(name, size)
    frame = window(canvas)
    for points in (*(part for leg in scene.legs for part in leg.parts), *(dot.at[None, :] for dot in scene.dots)):
        assert (points >= np.array(frame[:2]) - 1).all()
        assert (points <= np.array(frame[2:]) + 1).all()


@pytest.mark.parametrize("shape", [0.7, 1.0, 2.0, 3.5, 6.0])
@pytest.mark.parametrize("name", ["il76", "round_the_world"])
def test_a_window_of_any_shape_shows_everything(name: str, shape: float) -> None:
    canvas, _ = laid(name)
    atlas = getattr(atlases, name)()
    x0, x1, y0, y1 = drawing._extent(canvas, atlas, shape)
    assert (x1 - x0) / (y1 - y0) == pytest.approx(shape)
    for leg in atlas.legs:
        for part in canvas.projection.lines(leg.line):
            assert part.min(axis=0) == pytest.approx(np.clip(part, (x0, y0), (x1, y1)).min(axis=0))
            assert part.max(axis=0) == pytest.approx(np.clip(part, (x0, y0), (x1, y1)).max(axis=0))


def test_a_line_cut_by_the_edge_of_the_map_ends_there_with_a_mark_and_the_words_where_to(tmp_path: Path) -> None:
    canvas, scene = laid("round_the_world")
    outline = canvas.projection.outline()
    assert outline is not None
    edge = every(canvas.to_pixels(outline), 1.0)
    cuts = [cut for leg in scene.legs for cut in leg.cuts]
    assert len(cuts) == 2
    for cut in cuts:
        assert np.hypot(*(edge - cut.at).T).min() < 3
    out, back = (cut.words for cut in cuts)
    assert out.startswith("to ")
    assert back.startswith("from ")
    draw_figure(atlases.round_the_world(), tmp_path / "figure.svg")
    text = (tmp_path / "figure.svg").read_text(encoding="utf-8")
    assert "Goes on at the other edge of the map" in text
    assert out in text
    assert back in text


def test_many_sources_are_counted_on_the_figure_and_all_named_in_its_description(tmp_path: Path) -> None:
    atlas = atlases.crowded()
    draw_figure(atlas, tmp_path / "figure.svg")
    draw_figure(atlas, tmp_path / "figure.png")
    root = ET.parse(tmp_path / "figure.svg").getroot()
    written = " ".join("".join(t.itertext()) for t in root.iter(f"{SVG}text"))
    assert "Sources: 14 reports, 1 Jan 2025 to 14 Jan 2025." in written
    assert "Harbour Courier" not in written
    described = Image.open(tmp_path / "figure.png").info["Description"]
    for report in atlas.reports:
        assert str(report.publisher) in (root.findtext(f"{SVG}desc") or "")
        assert str(report.publisher) in described


def test_few_sources_are_named_on_the_figure(tmp_path: Path) -> None:
    draw_figure(atlases.whole(), tmp_path / "figure.svg")
    root = ET.parse(tmp_path / "figure.svg").getroot()
    written = " ".join("".join(t.itertext()) for t in root.iter(f"{SVG}text"))
    assert "Sources: Example Post (1 Nov 2025), Example Tribune (1 Dec 2025)" in written


def test_a_force_not_there_is_not_shown_as_there() -> None:
    atlas = atlases.whole()
    gone = tuple(replace(d, merged=replace(d.merged, status=Status.WITHDRAWN)) for d in atlas.deployments)
    canvas, _ = laid("whole")
    dots = lay_marks(canvas, replace(atlas, routes=(), deployments=gone))
    assert dots
    assert all(dot.hollow for dot in dots)
    wanted = wanted_labels(canvas, replace(atlas, routes=(), deployments=gone), ())
    assert all("withdrawn" in label.texts[0].replace("\n", " ") for label in wanted)
    words = [entry.words for entry in key_entries(replace(atlas, routes=(), deployments=gone), (), dots)]
    assert "Force reported here" not in words
    assert "Force: withdrawn" in words


def test_a_date_stands_at_a_place_only_where_every_route_there_has_it() -> None:
    canvas, _ = laid("whole")
    atlas = atlases.il76()
    texts = {label.texts[-1]: label.texts for label in wanted_labels(canvas, atlas, ())}
    assert texts["Moscow"][0] == "Moscow\n22 Oct 2025"
    route = next(event for event in atlas.routes if event.id == "r-il76")
    undated = replace(
        route,
        id="r-2",
        merged=replace(route.merged, stops=tuple(replace(s, date=DateInterval()) for s in route.merged.stops)),
    )
    twice = wanted_labels(canvas, replace(atlas, routes=(*atlas.routes, undated)), ())
    assert ("Moscow",) in [label.texts for label in twice]


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


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_hostile_text_in_the_description_of_a_file_is_text(tmp_path: Path, kind: str) -> None:
    draw_figure(atlases.hostile(), tmp_path / f"figure.{kind}", title=atlases.HOSTILE)
    if kind == "png":
        assert "{{7*7}}" in Image.open(tmp_path / "figure.png").info["Description"]


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


def test_an_edge_in_mid_ocean_may_cut_a_line_more_than_one_through_a_continent() -> None:
    pacific = [[(140.0, 35.0), (160.0, 40.0), (200.0, 45.0), (240.0, 35.0)]]
    marks = np.array([(lon, 40.0) for lon in (-120, -74, 0, 30, 140)], dtype=float)
    one = choose_projection(marks, [*pacific, [(-74.0, 40.0), (0.0, 51.0)]])
    assert abs((one.lon - 11 + 180) % 360 - 180) <= 12
    many = choose_projection(marks, [*(pacific * 5), [(-74.0, 40.0), (0.0, 51.0)]])
    assert abs((many.lon - 150 + 180) % 360 - 180) <= 12


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


sizes = st.tuples(st.tuples(st.floats(5, 80), st.just(10.0)))
labels = st.builds(Label, x=st.floats(0, 500), y=st.floats(0, 500), sizes=sizes, gap=st.just(6.0))


@given(st.lists(labels, max_size=40))
def test_placed_labels_never_touch_and_are_seen_to_belong_to_their_points(wanted: list[Label]) -> None:
    found = place_labels(wanted, frame=(0, 0, 500, 500), taken=[])
    boxes = [place.box for place in found if place]
    for i, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[:i])
        assert box[0] >= 0
        assert box[3] <= 500
    for label, place in zip(wanted, found, strict=True):
        if place and place.leader is None:
            assert distance(place.box, label.x, label.y) <= BESIDE_GAPS * label.gap
        if place and place.leader:
            assert place.leader[:2] == (label.x, label.y)
            others = [box for box in boxes if box is not place.box]
            assert not any(
                overlap((x, y, x, y), box) for x, y in every(np.reshape(place.leader, (2, 2)), 1.0) for box in others
            )


def test_a_label_in_a_crowd_is_led_out_of_it_or_left_out() -> None:
    size = ((60.0, 10.0),)
    crowd = [Label(x=240 + 7.0 * i, y=240 + 7.0 * j, sizes=size, gap=6.0) for i in range(4) for j in range(4)]
    found = place_labels(crowd, frame=(0, 0, 500, 500), taken=[])
    assert any(place and place.leader for place in found)
    mute = [replace(label, leader=False) for label in crowd]
    assert None in place_labels(mute, frame=(0, 0, 500, 500), taken=[])


def test_there_and_back_lie_side_by_side() -> None:
    atlas = atlases.part_of(atlases.whole(), "r-il76", "r-denied")
    twice = (*atlas.legs, *(leg for leg in atlas.legs if leg.route_id == "r-denied"))
    assert set(sides(atlas.legs).values()) == {0.0}
    assert len(twice) > len(atlas.legs)
