"""Names the gazetteer lacks, asked of a geocoder on the web: only when asked for, slowly, and once.

Nothing here runs unless a user asks for it: every name asked leaves the machine. Answers are kept on disk, so that a
name is asked once, and the service's usage policy (one request a second, a user agent that names the program) is kept:
https://operations.osmfoundation.org/policies/nominatim/
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gazetteer.errors import DatelineError
from gazetteer.names import fold
from gazetteer.place import Kind, Place
from gazetteer.version import VERSION

NOMINATIM_HOST = "nominatim.openstreetmap.org"
SECONDS_BETWEEN_REQUESTS = 1.0
SECONDS_TO_WAIT = 10.0
MAX_NAME_LENGTH = 200
USER_AGENT = f"dateline/{VERSION}"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# OpenStreetMap's addresstype, type or class → kind; the first that is known decides.
_KINDS = {
    "country": Kind.COUNTRY,
    "state": Kind.ADMIN1,
    "province": Kind.ADMIN1,
    "region": Kind.REGION,
    "county": Kind.ADMIN2,
    "state_district": Kind.ADMIN2,
    "district": Kind.ADMIN2,
    "municipality": Kind.CITY,
    "city": Kind.CITY,
    "town": Kind.CITY,
    "village": Kind.CITY,
    "hamlet": Kind.CITY,
    "suburb": Kind.CITY,
    "neighbourhood": Kind.CITY,
    "sea": Kind.SEA,
    "ocean": Kind.SEA,
    "bay": Kind.SEA,
    "strait": Kind.WATERWAY,
    "waterway": Kind.WATERWAY,
    "island": Kind.REGION,
    "archipelago": Kind.REGION,
    "peninsula": Kind.REGION,
    "continent": Kind.CONTINENT,
    "natural": Kind.REGION,
    "place": Kind.CITY,
}
_SITE_TYPES = {"aeroway": "airport", "military": "base", "harbour": "port", "port": "port"}


class OnlineLookupError(DatelineError, OSError):
    """The online geocoder could not be asked, or answered with an error; nothing was kept."""


def open_online(
    service: str = "nominatim",
    *,
    host: str | None = None,
    cache: Path | None = None,
    seconds_between_requests: float = SECONDS_BETWEEN_REQUESTS,
) -> Callable[[str], Place | None]:
    """A function that asks an online geocoder for one name and remembers the answer on disk.

    Args:
        service: "nominatim", the one there is.
        host: Its host, with a port if need be; OpenStreetMap's own by default. Asked by https, except on loopback.
        cache: The file answers are kept in; by default ``dateline/online.sqlite`` in the user's cache folder.
        seconds_between_requests: At least this long between two requests; never less than one second to OpenStreetMap.

    Returns:
        name → the likeliest place, or None where the service knows none. It raises OnlineLookupError when the service
        cannot be reached or refuses.

    Raises:
        ValueError: The service is unknown.
    """
    if service != "nominatim":
        raise ValueError(f"no online geocoder is called {service!r}; there is: nominatim")
    asked_host = host or NOMINATIM_HOST
    if asked_host == NOMINATIM_HOST:
        seconds_between_requests = max(seconds_between_requests, SECONDS_BETWEEN_REQUESTS)
    ask = _polite_geocoder(asked_host, seconds_between_requests)
    kept = _Kept(cache or _cache_folder() / "online.sqlite")

    def find(name: str) -> Place | None:
        query = " ".join(name.split())[:MAX_NAME_LENGTH]
        key = fold(query)
        if not key:
            return None
        known, raw = kept.get(asked_host, key)
        if not known:
            raw = _ask(ask, query, asked_host)
            kept.put(asked_host, key, raw)
        return None if raw is None else _place(raw, asked_host)

    return find


def _polite_geocoder(host: str, seconds: float) -> Callable[..., Any]:
    from geopy.extra.rate_limiter import RateLimiter
    from geopy.geocoders import Nominatim

    scheme = "http" if host.rsplit(":", 1)[0] in _LOOPBACK or host in _LOOPBACK else "https"
    geocoder = Nominatim(user_agent=USER_AGENT, domain=host, scheme=scheme, timeout=SECONDS_TO_WAIT)
    # Its log would print a traceback of every failed attempt; what fails in the end is raised and told in a sentence.
    logging.getLogger("geopy").addHandler(logging.NullHandler())
    limited: Callable[..., Any] = RateLimiter(
        geocoder.geocode,
        min_delay_seconds=seconds,
        max_retries=1,
        error_wait_seconds=2 * seconds,
        swallow_exceptions=False,
    )
    return limited


def _ask(ask: Callable[..., Any], query: str, host: str) -> dict[str, Any] | None:
    from geopy.exc import GeopyError

    try:
        location = ask(query, addressdetails=True, language="en")
    except (GeopyError, KeyError, TypeError, ValueError) as error:  # the latter: an answer of another form
        raise OnlineLookupError(f"{host} could not be asked for {query!r}: {error}; try again later") from error
    return None if location is None else dict(location.raw)


def _place(raw: dict[str, Any], host: str) -> Place:
    """The place of one Nominatim answer."""
    address = raw.get("address") or {}
    tags = [str(raw.get(tag, "")) for tag in ("addresstype", "type", "class", "category")]
    site_type = next((_SITE_TYPES[tag] for tag in tags if tag in _SITE_TYPES), None)
    kind = Kind.SITE if site_type else next((_KINDS[tag] for tag in tags if tag in _KINDS), Kind.SITE)
    try:
        lon, lat = float(raw["lon"]), float(raw["lat"])
    except (KeyError, TypeError, ValueError) as error:
        raise OnlineLookupError(f"{host} answered without a point: {raw!r:.200}") from error
    country = address.get("country_code")
    return Place(
        id=f"osm:{str(raw.get('osm_type', ''))[:1]}{raw.get('osm_id', '')}",
        name=str(raw.get("name") or str(raw.get("display_name", "")).split(",")[0]),
        kind=kind,
        lon=lon,
        lat=lat,
        country_code=country.upper() if isinstance(country, str) else None,
        admin1=address.get("state"),
        admin2=address.get("county"),
        site_type=site_type,
        source=f"OpenStreetMap contributors, ODbL, by {host}",
    )


class _Kept:
    """Answers on disk; opened for each use, so that nothing stays locked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _open(self) -> Any:
        import sqlite3

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path)
            db.execute("CREATE TABLE IF NOT EXISTS answer (host TEXT, key TEXT, raw TEXT, PRIMARY KEY (host, key))")
        except (OSError, sqlite3.Error) as error:
            raise OnlineLookupError(
                f"answers cannot be kept in {self._path} ({error}); name another folder in XDG_CACHE_HOME"
            ) from error
        return db

    def get(self, host: str, key: str) -> tuple[bool, dict[str, Any] | None]:
        """Whether the name was asked before, and what came back."""
        db = self._open()
        try:
            row = db.execute("SELECT raw FROM answer WHERE host = ? AND key = ?", (host, key)).fetchone()
        finally:
            db.close()
        return (True, json.loads(row[0])) if row else (False, None)

    def put(self, host: str, key: str, raw: dict[str, Any] | None) -> None:
        """Keep an answer; "nothing found" is one."""
        db = self._open()
        try:
            with db:
                text = json.dumps(raw, ensure_ascii=False, sort_keys=True)
                db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (host, key, text))
        finally:
            db.close()


def _cache_folder() -> Path:
    """The user's cache folder for dateline, after the XDG base directory specification."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "dateline"
