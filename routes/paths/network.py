"""The network of sea lanes as a graph, and the shortest way through it.

The lanes are those of the searoute package (its ``marnet_searoute.geojson``, Apache-2.0, after Eurostat's SeaRoute,
which draws on the Oak Ridge National Laboratory's global shipping lane network). Only its data is used; see
docs/decisions/ for why. The graph is made once and never changed, so it is safe in threads.
"""

from __future__ import annotations

import heapq
import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routes.errors import UnknownChokepointError
from routes.paths.geodesic import wgs84
from routes.paths.landmask import LAND, SPHERE_KM, classes_at, unit_vector, unit_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

Point = tuple[float, float]

SNAP_SPACING_KM = 40.0
"""Distance between the points of a lane at which a ship may join it."""

SHIP_CANALS = ("suez", "panama", "kiel")
"""Canals that sea-going ships take as a matter of course."""

LAND_PENALTY = 3.0
"""A km of a lane over land counts as four, so that the way round a cape or past a barge canal is preferred."""

LAND_STEP_KM = 5.0

_LEAST_RATIO = 6335.4 / SPHERE_KM
"""Smallest radius of curvature of WGS84 (meridional, at the equator) to the sphere's: a lower bound."""

_MERGE_DECIMALS = 4
"""Of a degree, about 10 m: nodes nearer than this are one, and those at -180 and 180 too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chokepoint:
    """A strait, canal or cape that lanes pass, from chokepoints.tsv.

    Attributes:
        key: What ``--avoid`` calls it.
        name: What readers call it.
        lon: Degrees east.
        lat: Degrees north.
        radius_km: A lane that comes this near passes it.
    """

    key: str
    name: str
    lon: float
    lat: float
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The graph.

    Attributes:
        nodes: Positions (lon, lat), longitudes in [-180, 180).
        vectors: The same on the unit sphere, shape (n, 3).
        edges: For each node its neighbours: (node, cost in km, bits of the chokepoints that the edge passes).
        snap_vectors: Points along the lanes on the unit sphere, shape (m, 3).
        snap_points: The same as (lon, lat), shape (m, 2).
        snap_ends: For each of them the two nodes of its edge, shape (m, 2).
        snap_km: The cost in km from it to both, shape (m, 2).
        snap_bits: For each of them the chokepoints that its edge passes.
    """

    nodes: tuple[Point, ...]
    vectors: NDArray[np.float64]
    edges: tuple[tuple[tuple[int, float, int], ...], ...]
    snap_vectors: NDArray[np.float64]
    snap_points: NDArray[np.float64]
    snap_ends: NDArray[np.int64]
    snap_km: NDArray[np.float64]
    snap_bits: tuple[int, ...]


@cache
def chokepoints() -> tuple[Chokepoint, ...]:
    """The table of straits, canals and capes."""
    lines = files("routes").joinpath("paths/chokepoints.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return tuple(
        Chokepoint(key=key, name=name, lon=float(lon), lat=float(lat), radius_km=float(radius))
        for key, name, lon, lat, radius in rows
    )


def bits_of(keys: Iterable[str]) -> int:
    """Chokepoints by key as one number, a bit for each.

    Raises:
        UnknownChokepointError: A key is not in the table; the message lists those that are.
    """
    places = {point.key: index for index, point in enumerate(chokepoints())}
    bits = 0
    for key in keys:
        if key not in places:
            raise UnknownChokepointError(f"No strait or canal is called {key!r}. Known: {', '.join(sorted(places))}.")
        bits |= 1 << places[key]
    return bits


@cache
def network() -> Network:
    """The graph, made on first use (some tenths of a second)."""
    import numpy as np

    nodes, pairs = nodes_and_pairs([*raw_lanes(), *_repairs()], leave_out=_repaired())
    places, first, last = np.array(nodes), *(np.array([pair[i] for pair in pairs]) for i in (0, 1))
    start, end = places[first], places[last]
    _, _, metres = wgs84().inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    lengths = np.asarray(metres) / 1000.0
    owners, points, shares = _along(start, end, lengths, SNAP_SPACING_KM)
    vectors = unit_vectors(points)
    bits = _edge_bits(vectors, owners, [pair[2] for pair in pairs])
    costs = _costs(start, end, lengths, np.array(bits))
    edges: list[list[tuple[int, float, int]]] = [[] for _ in nodes]
    for (a, b, _), cost, passed in zip(pairs, costs.tolist(), bits, strict=True):
        edges[a].append((b, cost, passed))
        edges[b].append((a, cost, passed))
    return Network(
        nodes=tuple(nodes),
        vectors=unit_vectors(places),
        edges=tuple(tuple(sorted(neighbours)) for neighbours in edges),
        snap_vectors=vectors,
        snap_points=points,
        snap_ends=np.stack([first[owners], last[owners]], axis=1),
        snap_km=np.stack([shares * costs[owners], (1.0 - shares) * costs[owners]], axis=1),
        snap_bits=tuple(bits[owner] for owner in owners.tolist()),
    )


def raw_lanes() -> list[tuple[str | None, list[Point]]]:
    """Lanes of the package with the passage each belongs to, if any. Its code is not imported."""
    spec = find_spec("searoute")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("The searoute package, which carries the sea lanes, is not installed.")
    file = Path(spec.submodule_search_locations[0]) / "data" / "marnet_searoute.geojson"
    features: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["features"]
    lanes = []
    for feature in features:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
        lanes += [(feature["properties"].get("passage"), [(x, y) for x, y, *_ in part]) for part in parts]
    return lanes


@cache
def _repair_lines() -> tuple[tuple[Point, ...], ...]:
    """Lines round the land that coarse lanes cut across, from lane_repairs.tsv (made by ``lanes_build.py``)."""
    text = files("routes").joinpath("paths/lane_repairs.tsv").read_text(encoding="utf-8")
    return tuple(
        tuple((float(lon), float(lat)) for lon, lat in (vertex.split(" ") for vertex in line.split("\t")))
        for line in text.splitlines()[1:]
    )


def _repairs() -> list[tuple[str | None, list[Point]]]:
    return [(None, list(line)) for line in _repair_lines()]


def _repaired() -> frozenset[tuple[Point, Point]]:
    """The two ends of each repaired lane, the lesser first: what the repair replaces."""
    ends = ((_key(line[0]), _key(line[-1])) for line in _repair_lines())
    return frozenset((min(a, b), max(a, b)) for a, b in ends)


def nodes_and_pairs(
    lanes: list[tuple[str | None, list[Point]]], *, leave_out: frozenset[tuple[Point, Point]] = frozenset()
) -> tuple[list[Point], list[tuple[int, int, str | None]]]:
    """Nodes and the pairs of them that lanes join; equal nodes are one, also across the antimeridian.

    Args:
        lanes: Lines, each with the passage it belongs to, if any.
        leave_out: Pairs of nodes, the lesser first, that are not joined: the lanes that were repaired.
    """
    number: dict[Point, int] = {}
    pairs: dict[tuple[int, int], str | None] = {}
    for passage, line in lanes:
        keys = [_key(vertex) for vertex in line]
        for key in keys:
            number.setdefault(key, len(number))
        for a, b in pairwise(keys):
            if a != b and (min(a, b), max(a, b)) not in leave_out:
                pair = (min(number[a], number[b]), max(number[a], number[b]))
                pairs[pair] = pairs.get(pair) or passage
    return list(number), [(a, b, passage) for (a, b), passage in pairs.items()]


def _key(vertex: Point) -> Point:
    lon = round(vertex[0], _MERGE_DECIMALS)
    return (lon + 180.0) % 360.0 - 180.0, round(vertex[1], _MERGE_DECIMALS)


def _along(
    start: NDArray[np.float64], end: NDArray[np.float64], lengths: NDArray[np.float64], spacing_km: float
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Points along every edge (straight on the chart), both ends included: edge, (lon, lat), share of the way gone."""
    import numpy as np

    counts = np.maximum(np.ceil(lengths / spacing_km).astype(int), 1) + 1
    owners = np.repeat(np.arange(len(lengths)), counts)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    shares = within / (counts[owners] - 1)
    step = end - start
    step[:, 0] = (step[:, 0] + 180.0) % 360.0 - 180.0
    return owners, start[owners] + shares[:, None] * step[owners], shares


def _edge_bits(vectors: NDArray[np.float64], owners: NDArray[np.int64], passages: list[str | None]) -> list[int]:
    """Chokepoints that each edge passes: by the distance of its points, the Northwest Passage also by its label."""
    import numpy as np

    bits = [0] * len(passages)
    for index, place in enumerate(chokepoints()):
        near = vectors @ np.array(unit_vector((place.lon, place.lat))) > math.cos(place.radius_km / SPHERE_KM)
        for edge in set(owners[near].tolist()):
            bits[edge] |= 1 << index
    northwest = bits_of(["northwest"])
    return [found | (northwest if label == "northwest" else 0) for found, label in zip(bits, passages, strict=True)]


def _costs(
    start: NDArray[np.float64], end: NDArray[np.float64], lengths: NDArray[np.float64], bits: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Km of each edge, and more where it is over land and no ship canal: rivers and barge canals are a last resort."""
    import numpy as np

    owners, points, _ = _along(start, end, lengths, LAND_STEP_KM)
    land = np.bincount(owners[classes_at(points[:, 0], points[:, 1]) == LAND], minlength=len(lengths))
    samples = np.bincount(owners, minlength=len(lengths))
    free = (bits & bits_of(SHIP_CANALS)) != 0
    costs: NDArray[np.float64] = lengths * (1.0 + np.where(free, 0.0, LAND_PENALTY) * land / samples)
    return costs


def shortest_path(
    starts: Mapping[int, float], ends: Mapping[int, float], goal: Point, *, avoid: int
) -> tuple[float, tuple[int, ...]] | None:
    """The shortest way from any of some nodes to any of others (A*).

    Args:
        starts: Nodes to begin at, each with the km travelled before it.
        ends: Nodes to end at, each with the km still to go from it.
        goal: About where the ends are (lon, lat): directs the search.
        avoid: Bits of the chokepoints that no edge may pass.

    Returns:
        Km in all and the nodes passed, or None where no way leads.
    """
    import numpy as np

    graph = network()
    # Never more than the way still to go: from the node to the goal, less the way from the farthest end to the goal.
    angles = np.arccos(np.clip(graph.vectors @ np.array(unit_vector(goal)), -1.0, 1.0))
    to_goal = angles * SPHERE_KM * _LEAST_RATIO
    slack = max(float(to_goal[node]) for node in ends)
    estimate = np.maximum(to_goal - slack, 0.0).tolist()
    best: dict[int, float] = {}
    came: dict[int, int] = {}
    queue = [(km + estimate[node], km, node, -1) for node, km in sorted(starts.items())]
    heapq.heapify(queue)
    found: tuple[float, int] | None = None
    while queue:
        bound, km, node, before = heapq.heappop(queue)
        if found is not None and bound >= found[0]:
            break
        if node in best:
            continue
        best[node], came[node] = km, before
        if node in ends and (found is None or km + ends[node] < found[0]):
            found = (km + ends[node], node)
        for neighbour, edge_km, passed in graph.edges[node]:
            if neighbour not in best and not passed & avoid:
                total = km + edge_km
                heapq.heappush(queue, (total + estimate[neighbour], total, neighbour, node))
    return None if found is None else (found[0], _traced(came, found[1]))


def _traced(came: dict[int, int], node: int) -> tuple[int, ...]:
    path = [node]
    while came[path[-1]] >= 0:
        path.append(came[path[-1]])
    return tuple(reversed(path))
