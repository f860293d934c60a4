"""Our own tables: places no package has, demonyms, and the names the press uses for places the packages have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from gazetteer.build.checks import TOLERANCE_KM, CountryCheck
from gazetteer.build.entry import Entry
from gazetteer.build.tables import DATA, Row, read_table
from gazetteer.names import fold, is_latin_key
from gazetteer.place import Kind, NameKind
from gazetteer.store import distance_km

PLACE_COLUMNS = (
    "id",
    "name",
    "kind",
    "site_type",
    "country",
    "lon",
    "lat",
    "radius_km",
    "codes",
    "alternates",
    "source",
)
ALIAS_COLUMNS = ("name", "name_kind", "target", "source")
DEMONYM_COLUMNS = ("target", "words", "source")
PLACE_TABLES = ("seas", "waterways", "regions", "islands", "sites", "landforms", "districts_own", "villages")
MAX_RADIUS_KM = 9000.0
SHARED_NAME_KM = 12.0
SAME_FIELD_KM = 2.5
_RIVER = "river"


def read_places(data: Path = DATA) -> Iterator[tuple[Entry, Row]]:
    """Places of our own tables.

    Raises:
        GazetteerBuildError: A malformed row, a name without Latin letters, or an id given twice; names file and row.
    """
    seen: dict[str, str] = {}
    for table in PLACE_TABLES:
        for row in read_table(data / f"{table}.tsv", PLACE_COLUMNS):
            if row["id"] in seen:
                raise row.fail(f"the id {row['id']} stands already in {seen[row['id']]}")
            seen[row["id"]] = row.where
            yield _place(row), row


def checked(entry: Entry, row: Row, check: CountryCheck, off_the_map: Set[str] = frozenset()) -> Entry:
    """The entry, if its point lies in its country, or no farther off than its own extent.

    Args:
        entry: The place.
        row: Its row.
        check: The borders.
        off_the_map: Ids of the places not to be checked: islets that the borders do not draw.

    Raises:
        GazetteerBuildError: It lies elsewhere; names file and row.
    """
    if entry.country and entry.id not in off_the_map:
        km = check.km_outside(entry.country, entry.lon, entry.lat)
        if km > TOLERANCE_KM + entry.radius_km:
            raise row.fail(f"{entry.name} lies {km:.0f} km outside {entry.country}")
    return entry


def read_off_the_map(data: Path = DATA) -> frozenset[str]:
    """Ids of places whose country the borders cannot tell, each with its reason in the table."""
    return frozenset(row["id"] for row in read_table(data / "off_the_map.tsv", ("id", "reason")))


def _place(row: Row) -> Entry:
    if row["kind"] not in set(Kind):
        raise row.fail(f"kind {row['kind']!r} is none of {', '.join(Kind)}")
    for column in ("id", "name", "source"):
        if not row[column]:
            raise row.fail(f"{column} is empty")
    entry = Entry(
        id=row["id"],
        name=row["name"],
        kind=Kind(row["kind"]),
        lon=row.lon,
        lat=row.lat,
        source=row["source"],
        country=row["country"] or None,
        radius_km=row.number("radius_km", low=0, high=MAX_RADIUS_KM, default=0.0),
        codes=tuple(row["codes"].split()),
        site_type=row["site_type"] or None,
    )
    for number, name in enumerate([row["name"], *row.many("alternates")]):
        if not is_latin_key(fold(name)):
            raise row.fail(f"the name {name!r} has no key of Latin letters")
        entry.add(name, NameKind.ALTERNATE if number else NameKind.OFFICIAL)
    if entry.site_type == _RIVER:
        for key in [key.removesuffix(" river").removeprefix("river ") for key in list(entry.keys)]:
            entry.add_key(f"{key} river", NameKind.ALTERNATE)
            entry.add_key(f"river {key}", NameKind.ALTERNATE)
    return entry


def merge_airports(ours: Iterable[Entry], airports: Iterable[Entry]) -> Iterator[Entry]:
    """Give the names of our own airports and bases to the airports with codes that they are; hand on the others."""
    cells: dict[tuple[int, int], list[Entry]] = {}
    for airport in airports:
        cells.setdefault((round(airport.lon), round(airport.lat)), []).append(airport)
    for entry in ours:
        same = None
        if entry.site_type in {"airport", "base"}:
            x, y = round(entry.lon), round(entry.lat)
            near = [a for i in (x - 1, x, x + 1) for j in (y - 1, y, y + 1) for a in cells.get((i, j), ())]
            same = min(
                (a for a in near if distance_km(entry.lon, entry.lat, a.lon, a.lat) <= _reach_km(entry, a)),
                key=lambda a: distance_km(entry.lon, entry.lat, a.lon, a.lat),
                default=None,
            )
        if same is None:
            yield entry
            continue
        same.name, same.site_type = entry.name, entry.site_type
        same.codes += tuple(code for code in entry.codes if code not in same.codes)
        for key, kind in entry.keys.items():
            same.add_key(key, kind)


def _reach_km(entry: Entry, airport: Entry) -> float:
    """How far apart the two may be; a base that shares no name with an airport only shares its runway."""
    if entry.keys.keys() & airport.keys.keys():
        return SHARED_NAME_KM
    return SAME_FIELD_KM if entry.site_type == "airport" else 0.0


def add_aliases(targets: Mapping[str, Entry], data: Path = DATA) -> None:
    """Give places the former, press and short names of aliases.tsv, and the words of demonyms.tsv.

    An official name there is the one to show.

    Args:
        targets: Entry by id and by code.
        data: Folder of the tables.

    Raises:
        GazetteerBuildError: An unknown target or sense, or a name given twice to one place; names file and row.
    """
    given: set[tuple[str, str]] = set()
    for row in read_table(data / "aliases.tsv", ALIAS_COLUMNS):
        if row["name_kind"] not in set(NameKind):
            raise row.fail(f"name_kind {row['name_kind']!r} is none of {', '.join(NameKind)}")
        entry = _target(row, targets)
        _give(entry, row, [row["name"]], NameKind(row["name_kind"]), given)
        if row["name_kind"] == NameKind.OFFICIAL:
            entry.name = row["name"]
    for row in read_table(data / "demonyms.tsv", DEMONYM_COLUMNS):
        _give(_target(row, targets), row, row.many("words"), NameKind.DEMONYM, given)


def _target(row: Row, targets: Mapping[str, Entry]) -> Entry:
    entry = targets.get(row["target"])
    if entry is None:
        raise row.fail(f"no place has the id or code {row['target']!r}")
    return entry


def _give(entry: Entry, row: Row, names: Iterable[str], kind: NameKind, given: set[tuple[str, str]]) -> None:
    for name in names:
        key = fold(name)
        if not is_latin_key(key):
            raise row.fail(f"the name {name!r} has no key of Latin letters")
        if (entry.id, key) in given:
            raise row.fail(f"{name!r} is given twice to {entry.name}")
        given.add((entry.id, key))
        entry.add_key(key, kind)
