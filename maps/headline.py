"""The words at the head of a map: what it shows, where, and when."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from routes.model import Atlas, DateInterval, Movement, Position, Role

MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
LEADING_SHARE = 0.4
"""A country named as the end of this share of routes and deployments leads the headline."""


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code → short English name, from the bundled base map (Natural Earth)."""
    base = json.loads(files("maps").joinpath("data/basemap.json").read_text(encoding="utf-8"))
    return {row[4]: row[0] for row in base["countries"] if isinstance(row[4], str) and len(row[4]) == len("VE")}


def headline(atlas: Atlas) -> str:
    """A title with place and number: "Il-76: Moscow to Caracas", "5 routes and 2 deployments: Venezuela".

    Returns:
        Plain text; it may hold words of the reports, so an output escapes it as it does any text.
    """
    if not atlas.routes and not atlas.deployments:
        return "No movements found"
    if len(atlas.routes) == 1 and not atlas.deployments:
        return one_route(atlas.routes[0].merged)
    parts = [counted(len(atlas.routes), "route"), counted(len(atlas.deployments), "deployment")]
    what = " and ".join(part for part in parts if part)
    where = leading_place(atlas)
    return f"{where}: {what}" if where else what[0].upper() + what[1:]


def one_route(movement: Movement) -> str:
    """The route in words: "Ilyushin Il-76: Moscow to Caracas"."""
    who = movement.carrier or {"air": "Flight", "sea": "Voyage"}.get(movement.mode, "Route")
    first, last = movement.stops[0], movement.stops[-1]
    if len(movement.stops) > 1:
        return f"{who}: {first.position.name} to {last.position.name}"
    return f"{who}: {'from' if first.role is Role.ORIGIN else 'at'} {first.position.name}"


def leading_place(atlas: Atlas) -> str | None:
    """The country, or else the place, where the largest share of routes and deployments end; None if there is none."""
    ends = [e.merged.stops[-1].position for e in atlas.routes if e.merged.stops]
    ends += [d.merged.position for d in atlas.deployments]
    names = Counter(_country_or_name(p) for p in ends)
    name, count = min(names.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return name if count >= LEADING_SHARE * len(ends) else None


def _country_or_name(position: Position) -> str:
    return country_names().get(position.country_code or "", position.name)


def counted(number: int, noun: str) -> str:
    """The number and the noun: "1 route", "2 routes"; nothing for none."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""


def period(atlas: Atlas) -> tuple[date, date] | None:
    """First and last day (both inclusive) that any route, stop or deployment is dated to; None if nothing is."""
    dates: list[DateInterval] = [d.merged.date for d in atlas.deployments]
    for event in atlas.routes:
        dates += [event.merged.date, *(stop.date for stop in event.merged.stops)]
    days = [d.start for d in dates if d.start] + [d.end - timedelta(days=1) for d in dates if d.end]
    return (min(days), max(days)) if days else None


def period_words(atlas: Atlas) -> str:
    """The period as a reader says it: "22 to 26 October 2025", "September 2025 to January 2026", "undated"."""
    days = period(atlas)
    if days is None:
        return "undated"
    first, last = days
    if first == last:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {MONTHS[last.month - 1]} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {MONTHS[first.month - 1]}{year} to {last.day} {MONTHS[last.month - 1]} {last.year}"
