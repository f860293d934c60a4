"""Which division a place lies in that its source puts in a country alone: that of the nearest town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gazetteer.build.entry import Entry
from gazetteer.place import Kind
from gazetteer.store import distance_km

MAX_KM = 60.0
CELLS_PER_DEGREE = 4
# Rings of cells searched around a place's own; 60 km are two cells at the equator and five at 60° north.
_RINGS = 3
_PLACED_KINDS = {Kind.SITE, Kind.CITY, Kind.ADMIN2}
_Cells = dict[tuple[str, int, int], list[Entry]]


def place_in_divisions(entries: Iterable[Entry], towns: Iterable[Entry]) -> None:
    """Give entries without a division that of the nearest town of their country, if one is near."""
    cells: _Cells = defaultdict(list)
    for town in towns:
        if town.admin1 and town.country:
            cells[town.country, *_cell(town)].append(town)
    for entry in entries:
        if entry.admin1 or not entry.country or entry.kind not in _PLACED_KINDS:
            continue
        nearest = _nearest(entry, cells)
        if nearest is not None:
            entry.admin1 = nearest.admin1
            if entry.kind is not Kind.ADMIN2:
                entry.admin2 = nearest.admin2


def _cell(entry: Entry) -> tuple[int, int]:
    return int(entry.lon * CELLS_PER_DEGREE // 1), int(entry.lat * CELLS_PER_DEGREE // 1)


def _nearest(entry: Entry, cells: _Cells) -> Entry | None:
    """The nearest town of the entry's country within reach, searched ring by ring, one ring past the first find."""
    x, y = _cell(entry)
    best: tuple[float, str, Entry] | None = None
    last = _RINGS
    for ring in range(_RINGS + 1):
        if ring > last:
            break
        for i in range(x - ring, x + ring + 1):
            for j in range(y - ring, y + ring + 1):
                if max(abs(i - x), abs(j - y)) != ring:
                    continue
                for town in cells.get((entry.country or "", i, j), ()):
                    found = (distance_km(entry.lon, entry.lat, town.lon, town.lat), town.id, town)
                    if best is None or found[:2] < best[:2]:
                        best = found
        if best is not None:
            last = min(last, ring + 1)
    return best[2] if best is not None and best[0] <= MAX_KM else None
