"""Each check: what it flags, with which numbers, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gazetteer.place import Kind, Place
from routes.atlas import finish_atlas
from routes.checks import run_checks
from routes.checks.carriers import _aircraft, _vessels, aircraft_of, vessel_of
from routes.checks.order import _shortest, _swapped
from routes.model import Certainty, Crossing, Finding, Mode, Movement, RouteEvent, Severity, Status
from routes.paths.legs import draw_legs
from tests.routes.test_paths_legs import trip
from tests.samples import event, movement, report, sample_atlas

SOURCE = report("one", "The jet left Moscow, Yerevan, Algiers, Rabat, Dakar, Nouakchott and Caracas behind.")


def found(told: RouteEvent, code: str, gazetteer: object = None) -> list[Finding]:
    findings = run_checks(told, draw_legs(told), gazetteer=gazetteer)  # type: ignore[arg-type]
    return [finding for finding in findings if finding.code == code]


def flight(*names: str, **fields: object) -> RouteEvent:
    return event("r-1", [(SOURCE, movement("m-1", SOURCE, *names, **fields))])


def named(carrier: str, mode: Mode = Mode.AIR) -> Movement:
    return Movement(
        id="m", mode=mode, stops=(), status=Status.COMPLETED, certainty=Certainty.STATED, evidence=(), carrier=carrier
    )


@pytest.mark.parametrize(
    ("carrier", "expected"),
    [
        ("Ilyushin Il-76", "Ilyushin Il-76"),
        ("Ilyushin 76TD", "Ilyushin Il-76"),
        ("an IL76 cargo plane", "Ilyushin Il-76"),
        ("Il-76MD-90A", "Ilyushin Il-76MD-90A"),
        ("C-130J Super Hercules", "Lockheed C-130J"),
        ("two C-130s", "Lockheed C-130 Hercules"),
        ("C-17A Globemaster III", "Boeing C-17 Globemaster III"),
        ("C 17", "Boeing C-17 Globemaster III"),
        ("Boeing 737-800", "Boeing 737"),
        ("Airbus A330-200", "Airbus A330"),
        ("Mi-17V5", "Mil Mi-8"),
        ("B-17", None),
        ("C-54", None),
        ("C-1300", None),
        ("flight 747", None),
        ("the jet", None),
    ],
)
def test_types_of_aircraft(carrier: str, expected: str | None) -> None:
    kind = aircraft_of(named(carrier))
    assert (kind.name if kind else None) == expected


@pytest.mark.parametrize(
    ("carrier", "expected"),
    [
        ("oil tanker Boracay", "tanker"),
        ("an LNG carrier", "lng carrier"),
        ("two frigates", "destroyer or frigate"),
        ("aircraft carrier USS Gerald R. Ford", "aircraft carrier"),
        ("Razoni", None),
    ],
)
def test_kinds_of_vessel(carrier: str, expected: str | None) -> None:
    kind = vessel_of(named(carrier, Mode.SEA))
    assert (kind.name if kind else None) == expected


def test_tables_are_whole_and_sensible() -> None:
    aircraft = {kind.name: kind for *_, kind in _aircraft()}
    assert len(aircraft) >= 80
    for kind in aircraft.values():
        assert 100 <= kind.full_km <= kind.ferry_km <= 25_000
        assert 150 <= kind.cruise_kmh <= 1000
        assert kind.source
    for _, vessel in _vessels():
        assert 5 <= vessel.usual_kn <= vessel.most_kn <= 40
        assert vessel.source


def test_a_leg_beyond_full_load_is_said_to_be_flown_light() -> None:
    (finding,) = found(flight("Nouakchott", "Caracas", carrier="Ilyushin Il-76"), "range.beyond-full-load")
    assert finding.severity is Severity.INFO
    assert dict(finding.values)["length_km"] == pytest.approx(5539.5, abs=0.1)
    assert "5,539 km" in finding.message
    assert finding.source


def test_a_leg_beyond_the_ferry_range_is_flagged_with_the_margin() -> None:
    (finding,) = found(flight("Moscow", "Caracas", carrier="Antonov An-26"), "range.beyond-ferry")
    assert finding.severity is Severity.WARNING
    assert dict(finding.values)["margin_km"] == pytest.approx(2550 - 9940.0, abs=0.1)


@pytest.mark.parametrize(
    "told",
    [
        flight("Dakar", "Nouakchott", carrier="Ilyushin Il-76"),
        flight("Moscow", "Venezuela", carrier="Antonov An-26"),
        flight("Moscow", "Caracas", carrier="the jet"),
    ],
    ids=["within range", "an end known to a country only", "no type"],
)
def test_no_range_finding(told: RouteEvent) -> None:
    assert not found(told, "range.beyond-ferry")
    assert not found(told, "range.beyond-full-load")


def test_dates_that_run_backwards() -> None:
    told = flight("Moscow", "Yerevan", dates={"Moscow": "2025-10-24", "Yerevan": "2025-10-22"})
    (finding,) = found(told, "dates.backwards")
    assert finding.severity is Severity.ERROR
    assert "22 October 2025 against 24 October 2025" in finding.message


@pytest.mark.parametrize(
    ("names", "fields", "dates", "flagged"),
    [
        (("Moscow", "Caracas"), {"carrier": "Il-76"}, ("2025-10-22", "2025-10-22"), False),
        (("Moscow", "Caracas"), {"carrier": "Mi-8"}, ("2025-10-22", "2025-10-22"), True),
        (("Busan", "San Diego"), {"mode": Mode.SEA, "carrier": "tanker"}, ("2025-10-01", "2025-10-08"), True),
        (("Busan", "San Diego"), {"mode": Mode.SEA, "carrier": "tanker"}, ("2025-10-01", "2025-10-20"), False),
        (("Busan", "San Diego"), {"mode": Mode.SEA, "carrier": "Razoni"}, ("2025-10-01", "2025-10-05"), True),
        (("Moscow", "Yerevan"), {"mode": Mode.LAND}, ("2025-10-01", "2025-10-01"), False),
    ],
)
def test_speed_against_dates(names: tuple[str, ...], fields: dict, dates: tuple[str, str], flagged: bool) -> None:
    told = flight(*names, dates=dict(zip(names, dates, strict=True)), **fields)
    assert bool(found(told, "speed.too-fast")) == flagged


def test_time_spent_at_the_stops() -> None:
    (il76, *_) = sample_atlas().routes
    (finding,) = found(il76, "speed.stays")
    # Three days lie between the two dates; 14,696 km at 780 km/h are 18.8 hours.
    assert dict(finding.values)["stays_days"] == pytest.approx(3 - 18.84 / 24, abs=0.05)
    assert "5 stops" in finding.message


def test_doubling_back_names_the_shorter_order() -> None:
    (il76, *_) = sample_atlas().routes
    (finding,) = found(il76, "order.doubles-back")
    assert finding.severity is Severity.WARNING
    assert "Nouakchott, Dakar would be 564 km shorter" in finding.message
    assert dict(finding.values)["shortest_order"].split("; ")[-3:] == ["Nouakchott", "Dakar", "Caracas"]
    (stated,) = found(replace(il76, merged=replace(il76.merged, order_stated=True)), "order.doubles-back")
    assert stated.severity is Severity.INFO


def test_dates_that_fix_the_order_end_the_matter() -> None:
    names = ("Moscow", "Algiers", "Rabat", "Dakar", "Nouakchott", "Caracas")
    told = flight(*names, dates={name: f"2025-10-{22 + i}" for i, name in enumerate(names)})
    assert not found(told, "order.doubles-back")
    assert found(flight(*names), "order.doubles-back")


def test_the_shortest_order_of_many_stops_is_found_by_swaps() -> None:
    line = [0, 2, 1, 3, 5, 4, 6, 8, 7, 9, 11, 10, 12, 13]
    distances = [[abs(a - b) for b in line] for a in line]
    free: list[set[int]] = [set() for _ in line]
    assert [line[i] for i in _shortest(distances, free)] == sorted(line)
    assert [line[i] for i in _swapped(distances, [set(range(i)) for i in range(len(line))])] == line


def test_countries_under_a_flight_with_allies_among_them() -> None:
    told = flight("Moscow", "Yerevan")
    (leg,) = draw_legs(told)
    flown = replace(
        leg,
        overflown=(
            Crossing(country_code="RU", start_km=0, land_km=1500, sea_km=0),
            Crossing(country_code="TR", start_km=1500, land_km=80, sea_km=10),
        ),
    )
    (finding,) = [f for f in run_checks(told, [flown]) if f.code == "overflight.countries"]
    assert "RU 1,500 km, TR 90 km" in finding.message
    assert "NATO members among them: TR, 90 km in all" in finding.message


class Sites:
    """Stands in for the gazetteer where one site is all that is near."""

    def __init__(self, *sites: tuple[float, Place]) -> None:
        self.sites = sites

    def nearest(self, *_: object, max_km: float, **__: object) -> tuple[tuple[float, Place], ...]:
        return tuple(site for site in self.sites if site[0] <= max_km)


def site(name: str, lon: float, lat: float, site_type: str) -> Place:
    return Place(id=f"t:{name}", name=name, kind=Kind.SITE, lon=lon, lat=lat, country_code="RU", site_type=site_type)


def test_a_ship_at_an_inland_town() -> None:
    port = site("Port of Azov", 39.4, 47.1, "port")
    told = trip("La Guaira", "Moscow", mode=Mode.SEA)
    (finding,) = found(told, "place.ship-inland", Sites((450.0, port)))
    assert "Moscow lies" in finding.message
    assert "Port of Azov" in finding.message
    assert not found(trip("Busan", "San Diego", mode=Mode.SEA), "place.ship-inland")


def test_an_aircraft_where_no_airport_is() -> None:
    far = site("Faraway", 40.0, 57.0, "airport")
    (finding, _) = found(flight("Moscow", "Yerevan"), "place.no-airport", Sites((200.0, far)))
    assert "Faraway" in finding.message
    near = site("Vnukovo", 37.26, 55.6, "airport")
    assert not found(flight("Moscow"), "place.no-airport", Sites((28.0, near)))


def test_stops_that_are_not_on_the_map_are_named() -> None:
    (finding,) = found(trip("Moscow", "Yerevan", "Algiers", lost=("Yerevan",)), "path.unlocated-stop")
    assert "Yerevan" in finding.message
    assert "between Moscow and Algiers" in finding.message


def test_checks_change_no_claim_and_findings_reach_the_layers() -> None:
    from routes.layers import build_layers

    atlas = finish_atlas(sample_atlas())
    assert atlas.routes == sample_atlas().routes
    assert "doubles back" in build_layers(atlas).routes.iloc[0].findings


def test_the_sample_flight_crosses_allies_on_its_way_to_algiers() -> None:
    legs = [leg for leg in finish_atlas(sample_atlas()).legs if leg.route_id == "r-il76"]
    assert [crossing.country_code for crossing in legs[0].overflown] == ["RU", "GE", "AM"]
    assert {"TR", "GR", "IT"} <= {crossing.country_code for crossing in legs[1].overflown}
    assert all(leg.overflown == () for leg in finish_atlas(sample_atlas()).legs if leg.route_id == "r-frigate")


def test_a_country_and_its_capital_are_joined_by_no_line() -> None:
    told = flight("Moscow", "Venezuela", "Caracas")
    assert [(leg.from_seq, leg.to_seq) for leg in draw_legs(told)] == [(1, 2)]
    (finding,) = found(told, "path.within-area")
    assert "Venezuela to Caracas" in finding.message
