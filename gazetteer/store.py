"""The compiled gazetteer: opened in milliseconds, read-only, asked by name, id, code or position.

The file is one SQLite database, opened immutable. Names are kept under their folded keys (:mod:`gazetteer.names`);
each key's row holds the references of all places it may mean, largest first. A second, small table says of every
first word how many words the names beginning with it have, so that a recogniser needs one pass over a text.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.columns import KINDS, NAME_KIND_BITS, NAME_KINDS, REF_BITS, Columns
from gazetteer.errors import GazetteerMissingError, UnknownPlaceError
from gazetteer.names import fold
from gazetteer.place import Kind, NamedPlace, Place, Referent

if TYPE_CHECKING:
    import sqlite3

DEFAULT_PATH = Path(__file__).parent / "data" / "gazetteer.sqlite"
FORMAT = "3"
EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius R1
KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
# Beyond these many entries a process cache is emptied: some 40 MB together when both are full.
_MAX_CACHED_KEYS = 60_000
_MAX_CACHED_PLACES = 60_000
_MAX_PARAMETERS = 512
_PARAMETER_STEP = 8


def cell_of(lon: float, lat: float) -> int:
    """Number of the one-degree cell a point lies in, south-west to north-east, row by row."""
    row = min(max(math.floor(lat) + 90, 0), 179)
    return row * 360 + (math.floor(lon) + 180) % 360


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle distance in km on the mean sphere (haversine); within 0.6 % of the ellipsoid's."""
    a, b, c, d = map(math.radians, (lon1, lat1, lon2, lat2))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


class Gazetteer:
    """An open gazetteer file. Use :func:`open_gazetteer`.

    Attributes:
        version: Digest of everything it was compiled from; the same for the same sources.
        sources: Name → licence and version of each source.
        path: The file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        self.version: str = meta["version"]
        self.sources: dict[str, str] = {k[7:]: v for k, v in meta.items() if k.startswith("source:")}
        self._source_names = meta["source_names"].split("\n")
        self._names: dict[str, tuple[NamedPlace, ...]] = {}
        self._referents: dict[str, tuple[Referent, ...]] = {}
        self._columns: Columns | None = None
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._known: dict[str, bool] = {}
        self._places: dict[int, Place] = {}
        self._divisions: dict[str, str] = {}

    def close(self) -> None:
        """Close the file; the gazetteer cannot be asked afterwards."""
        self._db.close()

    def __enter__(self) -> Gazetteer:
        """Hand on the open gazetteer."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    # -- by name

    def lookup(self, name: str) -> tuple[NamedPlace, ...]:
        """All places a written name may mean, in any sense, most populous first.

        Args:
            name: As written: "St. Petersburg", "CARACAS", "Venezuelan", "U.K.".
        """
        return self.lookup_key(fold(name))

    def lookup_key(self, key: str) -> tuple[NamedPlace, ...]:
        """As :meth:`lookup`, for a name that is folded already. Answers are cached."""
        found = self._names.get(key)
        if found is None:
            if len(self._names) >= _MAX_CACHED_KEYS:
                self._names.clear()
            row = self._db.execute("SELECT refs FROM name WHERE key = ?", (key,)).fetchone()
            found = self._names[key] = self._named(row[0]) if row else ()
        return found

    def referents(self, key: str) -> tuple[Referent, ...]:
        """As :meth:`lookup_key`, with the places' own records left in the file until they are asked for."""
        found = self._referents.get(key)
        if found is None:
            if len(self._referents) >= _MAX_CACHED_KEYS:
                self._referents.clear()
            row = self._db.execute("SELECT refs FROM name WHERE key = ?", (key,)).fetchone()
            found = self._referents[key] = self.columns.referents(row[0], self._place) if row else ()
        return found

    def read_ahead(self, referents: Iterable[Referent]) -> None:
        """Read the records of places that will be asked for, all at once: one query instead of one for each."""
        places = self._places
        self._load(sorted({referent.pk for referent in referents if referent.pk not in places}))

    @property
    def columns(self) -> Columns:
        """What is kept in memory of all names and places; read when it is first asked for."""
        columns = self._columns
        if columns is None:
            columns = self._columns = Columns(self._db)
        return columns

    def has_key(self, key: str) -> bool:
        """Whether any place has a name with this folded key; much cheaper than :meth:`lookup_key`."""
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MAX_CACHED_KEYS:
                self._known.clear()
            known = (self._columns or self.columns).may_have_key(key) and len(self.referents(key)) > 0
            self._known[key] = known
        return known

    def name_lengths(self, first_word: str) -> tuple[int, ...]:
        """Numbers of words of the names that begin with this folded word, longest first; () if none does.

        Words are told by a digest of 32 bits: one in ten thousand that begin no name is taken for one that does.
        """
        lengths = self._lengths.get(first_word)
        if lengths is None:
            if len(self._lengths) >= _MAX_CACHED_KEYS:
                self._lengths.clear()
            lengths = self._lengths[first_word] = (self._columns or self.columns).lengths(first_word)
        return lengths

    def longest_match(self, words: Sequence[str], start: int) -> int:
        """Number of words of the longest name that begins at ``words[start]``; 0 where none does.

        Args:
            words: Folded words of a text, in order (one key word each: fold and split hyphens first).
            start: Index to begin at.
        """
        left = len(words) - start
        for n in self.name_lengths(words[start]):
            if n <= left and self.has_key(" ".join(words[start : start + n]) if n > 1 else words[start]):
                return n
        return 0

    # -- by id, code, position

    def by_id(self, place_id: str) -> Place:
        """The place with this id.

        Raises:
            UnknownPlaceError: There is none.
        """
        row = self._db.execute("SELECT pk FROM place_id WHERE id = ?", (place_id,)).fetchone()
        if row is None:
            raise UnknownPlaceError(f"no place has the id {place_id!r}; `dateline lookup NAME` lists ids")
        return self._place(row[0])

    def by_code(self, code: str) -> tuple[Place, ...]:
        """Places with this ICAO, IATA, UN/LOCODE, ISO 3166-1 or GeoNames division code ("US.GA"); () if none has it."""
        rows = self._db.execute("SELECT pk FROM code WHERE code = ? ORDER BY pk", (code.upper(),))
        return tuple(self._place(pk) for (pk,) in rows.fetchall())

    def nearest(
        self,
        lon: float,
        lat: float,
        *,
        kinds: Sequence[Kind] | None = None,
        limit: int = 1,
        max_km: float = 500.0,
    ) -> tuple[tuple[float, Place], ...]:
        """The nearest places, with their distance in km, nearest first.

        Args:
            lon: Degrees east; may be unwrapped.
            lat: Degrees north.
            kinds: Only these kinds; all if None.
            limit: At most this many.
            max_km: None farther than this.
        """
        lon = (lon + 180.0) % 360.0 - 180.0
        wanted = None if kinds is None else {KINDS.index(kind) for kind in kinds}
        found: list[tuple[float, int]] = []
        searched: set[int] = set()
        reach_km = KM_PER_DEGREE / 2
        while True:
            for cell in _cells_around(lon, lat, min(reach_km, max_km)):
                if cell not in searched:
                    searched.add(cell)
                    found += self._distances(cell, lon, lat, wanted)
            found.sort()
            if reach_km >= max_km or (len(found) >= limit and found[limit - 1][0] <= reach_km):
                break
            reach_km *= 2
        return tuple((km, self._place(pk)) for km, pk in found[:limit] if km <= max_km)

    def division_name(self, code: str) -> str | None:
        """Name of a first- or second-order division by its GeoNames code: "US.GA", "US.GA.121"."""
        return self._division(code)

    def __len__(self) -> int:
        """Count the places."""
        count: int = self._db.execute("SELECT MAX(pk) FROM place").fetchone()[0]
        return count

    def places(self) -> Iterator[Place]:
        """Every place, in the order of the file; for checks and exports."""
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM {_TABLES} ORDER BY pk"):
            yield self._read(row)

    # -- inside

    def _distances(self, cell: int, lon: float, lat: float, wanted: set[int] | None) -> Iterator[tuple[float, int]]:
        span = self._db.execute("SELECT first, last FROM cell WHERE cell = ?", (cell,)).fetchone()
        if span is not None:
            rows = self._db.execute("SELECT pk, kind, lon, lat FROM place WHERE pk BETWEEN ? AND ?", span)
            for pk, kind, x, y in rows:
                if wanted is None or kind in wanted:
                    yield distance_km(lon, lat, x, y), pk

    def _named(self, refs: bytes) -> tuple[NamedPlace, ...]:
        mask = (1 << NAME_KIND_BITS) - 1
        self._load([pk for ref in array("I", refs) if (pk := ref >> REF_BITS) not in self._places])
        return tuple(
            NamedPlace(place=self._place(ref >> REF_BITS), name_kind=NAME_KINDS[ref & mask]) for ref in array("I", refs)
        )

    def _place(self, pk: int) -> Place:
        place = self._places.get(pk)
        if place is None:
            self._load([pk])
            place = self._places[pk]
        return place

    def _load(self, pks: Sequence[int]) -> None:
        """Read places into the cache, all of one name at once: a query each would cost more than the rows."""
        if not pks:
            return
        if len(self._places) >= _MAX_CACHED_PLACES:
            self._places.clear()
        for i in range(0, len(pks), _MAX_PARAMETERS):
            some = list(pks[i : i + _MAX_PARAMETERS])
            some += some[-1:] * (-len(some) % _PARAMETER_STEP)  # few statements, so that they are prepared once
            rows = self._db.execute(
                f"SELECT pk, {_COLUMNS} FROM {_TABLES} WHERE pk IN ({','.join('?' * len(some))})", some
            )
            for pk, *row in rows:
                self._places[pk] = self._read(row)

    def _division(self, code: str | None) -> str | None:
        if not code:
            return None
        name = self._divisions.get(code)
        if name is None:
            row = self._db.execute("SELECT name FROM division WHERE code = ?", (code,)).fetchone()
            name = self._divisions[code] = row[0] if row else ""
        return name or None

    def _read(self, row: tuple[Any, ...]) -> Place:
        (
            place_id,
            name,
            kind,
            lon,
            lat,
            country,
            admin1,
            division,
            subdivision,
            population,
            radius,
            codes,
            site,
            source,
        ) = row
        return Place(
            id=place_id,
            name=name,
            kind=KINDS[kind],
            lon=lon,
            lat=lat,
            country_code=country,
            admin1=division,
            admin1_code=admin1,
            admin2=subdivision,
            population=population,
            radius_km=radius,
            codes=tuple(codes.split()) if codes else (),
            site_type=site,
            source=self._source_names[source],
        )


# As _read takes them apart.
_COLUMNS = (
    "id, place.name, kind, lon, lat, country, admin1, division.name, subdivision.name, population, radius_km, codes,"
    " site_type, source"
)
_TABLES = (
    "place LEFT JOIN division ON division.code = place.admin1"
    " LEFT JOIN division AS subdivision ON subdivision.code = place.admin2"
)


def _cells_around(lon: float, lat: float, reach_km: float) -> Iterator[int]:
    """Cells that a circle of this radius may touch."""
    reach = reach_km / KM_PER_DEGREE
    south, north = max(lat - reach, -90.0), min(lat + reach, 90.0)
    widest = math.cos(math.radians(min(max(abs(south), abs(north)), 89.0)))
    half = min(reach / widest, 180.0)
    for row in range(math.floor(south), min(math.floor(north), 89) + 1):
        west = math.floor(lon - half)
        for column in range(west, min(math.floor(lon + half), west + 359) + 1):
            yield cell_of((column + 180) % 360 - 180, row)


def open_gazetteer(path: Path | str | None = None) -> Gazetteer:
    """Open the compiled gazetteer read-only.

    Args:
        path: The file; by default the one in the installed package.

    Raises:
        GazetteerMissingError: The file is absent, is no gazetteer, or was compiled by another version's format.
    """
    import sqlite3

    file = DEFAULT_PATH if path is None else Path(path)
    if not file.is_file():
        raise GazetteerMissingError(f"no gazetteer at {file}; compile it with `python -m gazetteer.build`")
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        row = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        raise GazetteerMissingError(f"{file} is not a gazetteer ({error}); compile it anew") from error
    if row is None or row[0] != FORMAT:
        db.close()
        raise GazetteerMissingError(f"{file} has another format; compile it anew with `python -m gazetteer.build`")
    return Gazetteer(file, db)
