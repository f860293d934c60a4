"""What the sources are turned into before they are written: one entry a place, with all its names."""

from __future__ import annotations

from dataclasses import dataclass, field

from gazetteer.names import fold
from gazetteer.place import Kind, NameKind

# Of two senses of one name for one place the earlier in this order is kept.
_STRONGEST_FIRST = (
    NameKind.OFFICIAL,
    NameKind.PRESS,
    NameKind.FORMER,
    NameKind.ABBREVIATION,
    NameKind.DEMONYM,
    NameKind.ALTERNATE,
    NameKind.CODE,
)
_RANK = {kind: rank for rank, kind in enumerate(_STRONGEST_FIRST)}


@dataclass(slots=True)
class Entry:
    """A place on its way into the file. ``keys`` maps each folded name to the sense in which it names the place."""

    id: str
    name: str
    kind: Kind
    lon: float
    lat: float
    source: str
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    radius_km: float = 0.0
    codes: tuple[str, ...] = ()
    site_type: str | None = None
    keys: dict[str, NameKind] = field(default_factory=dict)

    def add(self, name: str, kind: NameKind) -> None:
        """Give it one more name; with "The …" also the name without the article, and the other way round never."""
        self.add_key(fold(name), kind)

    def add_key(self, key: str, kind: NameKind) -> None:
        """As :meth:`add`, for a folded name."""
        if key.startswith("the ") and len(key) > len("the xxx"):
            self.add_key(key[4:], kind)
        if (key and _RANK[kind] < _RANK.get(self.keys.get(key, NameKind.CODE), len(_RANK))) or key not in self.keys:
            self.keys[key] = kind
