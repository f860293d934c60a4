"""Which type of aircraft or vessel a carrier is, from its name, with the figures of that type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from routes.model import Mode

if TYPE_CHECKING:
    from routes.model import Movement

MAX_NAME = 200
"""Longer carrier names are no names of types; cut before they meet an expression."""

ANY_AIRCRAFT_KMH = 950.0
"""No transport or airliner cruises faster; for aircraft whose type is not known."""

ANY_VESSEL_KN = 35.0
"""Only the fastest warships and ferries do more; for vessels whose kind is not known."""

ANY_VEHICLE_KMH = 120.0
"""A fast lorry or train over a day; for land and for modes not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AircraftType:
    """A row of aircraft.tsv.

    Attributes:
        name: Maker and type.
        full_km: Range with full load.
        ferry_km: Range empty, with the most fuel any common version holds.
        cruise_kmh: Cruising speed.
        source: Where the figures come from.
    """

    name: str
    full_km: float
    ferry_km: float
    cruise_kmh: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VesselKind:
    """A row of vessels.tsv: usual service speed and the most such ships do, in knots."""

    name: str
    usual_kn: float
    most_kn: float
    source: str


def aircraft_of(movement: Movement) -> AircraftType | None:
    """The type of a movement's aircraft, or None where its name tells none.

    The longest name that fits wins ("C-130J" over "C-130"). A number after "flight" is a flight, not a type.
    """
    if movement.mode is not Mode.AIR or not movement.carrier:
        return None
    name = re.sub(r"\bflight\s+\w+", " ", movement.carrier[:MAX_NAME], flags=re.IGNORECASE)
    found = [(len(alias), kind) for alias, pattern, kind in _aircraft() if pattern.search(name)]
    return max(found, key=lambda hit: hit[0])[1] if found else None


def vessel_of(movement: Movement) -> VesselKind | None:
    """The kind of a movement's vessel, or None where its name tells none; the longest word that fits wins."""
    if movement.mode is not Mode.SEA or not movement.carrier:
        return None
    name = movement.carrier[:MAX_NAME].casefold()
    found = [(len(word), kind) for word, kind in _vessels() if re.search(rf"\b{re.escape(word)}s?\b", name)]
    return max(found, key=lambda hit: hit[0])[1] if found else None


@cache
def _aircraft() -> tuple[tuple[str, re.Pattern[str], AircraftType], ...]:
    rows = []
    for name, names, full, ferry, cruise, source in _table("aircraft.tsv"):
        kind = AircraftType(
            name=name, full_km=float(full), ferry_km=float(ferry), cruise_kmh=float(cruise), source=source
        )
        rows += [(alias, _pattern(alias), kind) for alias in names.split("|")]
    return tuple(rows)


@cache
def _vessels() -> tuple[tuple[str, VesselKind], ...]:
    rows = []
    for name, words, usual, most, source in _table("vessels.tsv"):
        kind = VesselKind(name=name, usual_kn=float(usual), most_kn=float(most), source=source)
        rows += [(word, kind) for word in words.split("|")]
    return tuple(rows)


def _pattern(alias: str) -> re.Pattern[str]:
    """An alias as an expression: hyphen, space or nothing between its parts, version letters and numbers after it."""
    parts = [re.escape(part) for part in re.split(r"[\s-]+", alias)]
    ends_in_digit = alias[-1].isdigit()
    # "Il-76" is also "IL 76TD" and "737" also "737-800", but "C-5" is not "C-54" and "B-1" is not "B-17".
    tail = r"(?!\d)\w{0,5}(?:-\w{1,4})?\b" if ends_in_digit else r"s?\b"
    return re.compile(r"\b" + r"[\s-]?".join(parts) + tail, re.IGNORECASE)


def _table(name: str) -> list[list[str]]:
    lines = files("routes").joinpath(f"checks/{name}").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]
