"""How long weighing takes: 100,000 made-up claims of some 30,000 events, on one core.

Run with ``python benchmarks/weigh.py [CLAIMS]``. Aircraft, ships and forces move between a few hundred places over two
years; each event is told by one to eight reports, with other spellings, countries for cities, slipped dates, copied
texts and undated versions. Prints the time, the peak memory, and pairwise precision and recall against the events the
claims were made from.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from gazetteer.place import Kind, Precision
from routes.model import (
    Certainty,
    Claims,
    DateInterval,
    Deployment,
    DeploymentEvent,
    Evidence,
    Mode,
    Movement,
    Position,
    Report,
    Role,
    RouteEvent,
    Span,
    Status,
    Stop,
)
from routes.weigh.events import weigh

SEED = 7
FIRST_DAY = date(2023, 1, 1)
DAYS = 730
PLACES = 400
COUNTRIES = 80
TYPES = ("Il-76", "An-124", "C-17", "C-130", "Boeing 747", "A330", "Il-62", "Tu-154", "C-5", "KC-135", "A400M", "An-26")
VARIANTS = {"Il-76": ("Ilyushin Il-76", "Il-76TD", "Ilyushin 76"), "An-124": ("Antonov An-124", "Antonov 124")}
SHIPS = ("tanker", "bulk carrier", "container ship", "frigate", "destroyer")
FLAGS = ("Russian", "American", "Turkish", "Chinese", "French", "Iranian", "Indian", "Greek", "Liberian", "Panamanian")
FORCES = ("troops", "advisers", "marines", "peacekeepers", "paratroopers")
SYLLABLES = ("ka", "lo", "mir", "ta", "sen", "vor", "ju", "pel", "dra", "nim", "ost", "fa", "gul", "hes", "ri", "zun")

Told = tuple[str, Movement | Deployment]
"""An event's number and one claim of it."""


def places(chance: random.Random) -> list[Position]:
    made = []
    for number in range(PLACES):
        country = number % COUNTRIES
        lon, lat = (country % 10) * 32.0 - 160, (country // 10) * 14.0 - 50
        made.append(
            Position(
                name=f"City {number}",
                kind=Kind.CITY,
                precision=Precision.CITY,
                lon=lon + chance.uniform(-10, 10),
                lat=lat + chance.uniform(-5, 5),
                country_code=f"{chr(65 + country // 26)}{chr(65 + country % 26)}",
                place_id=f"b:{number}",
            )
        )
    return made


def coarse(position: Position) -> Position:
    code = position.country_code or ""
    return Position(
        name=f"Country {code}",
        kind=Kind.COUNTRY,
        precision=Precision.COUNTRY,
        lon=0.0,
        lat=0.0,
        country_code=code,
        place_id=f"b:{code}",
        radius_km=500.0,
    )


def interval(day: int, chance: random.Random) -> DateInterval:
    drawn = chance.random()
    if drawn < 0.1:
        return DateInterval()
    slip = 0 if drawn < 0.85 else chance.choice((-1, 1))
    start = FIRST_DAY + timedelta(days=day + slip)
    return DateInterval(start=start, end=start + timedelta(days=1), text=start.isoformat())


def stop(seq: int, role: Role, position: Position, when: DateInterval, chance: random.Random) -> Stop:
    where = coarse(position) if chance.random() < 0.15 else position
    return Stop(seq=seq, role=role, position=where, text=where.name, span=Span(start=0, end=1), date=when)


def name_of(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).title() + " " + chance.choice(SYLLABLES).title()


def event(number: int, chance: random.Random, cities: list[Position]) -> Iterator[tuple[int, Told]]:
    """The tellings of one event: (day of the report, claim)."""
    day, sort = chance.randrange(DAYS), chance.random()
    way = chance.sample(cities, chance.choice((1, 2, 2, 2, 3, 4)))
    flag = chance.choice(FLAGS)
    plane, ship, force = chance.choice(TYPES), chance.choice(SHIPS), chance.choice(FORCES)
    registration = f"{chance.choice(('RA', 'TC', 'VT', 'EP'))}-{chance.randrange(10000, 99999)}"
    vessel = name_of(chance)
    size = chance.choice((100, 120, 400, 1500))
    for _ in range(chance.choice((1, 1, 2, 3, 4, 8))):
        told = day + chance.randrange(0, 4)
        quote = f"told {number} {chance.randrange(3)} of {flag} going on day {day} with this and that aboard"
        evidence = (Evidence(span=Span(start=0, end=len(quote)), quote=quote),)
        fields = {"status": Status.COMPLETED, "certainty": Certainty.STATED, "evidence": evidence, "id": "?"}
        if sort < 0.15:
            place = coarse(way[0]) if chance.random() < 0.3 else way[0]
            said: Movement | Deployment = Deployment(
                position=place,
                text=place.name,
                span=Span(start=0, end=1),
                force=f"{flag} {force}",
                size_min=chance.choice((size, size, 2 * size)),
                date=interval(day, chance),
                **fields,  # type: ignore[arg-type]
            )
        else:
            stops = []
            for seq, position in enumerate(way, 1):
                role = Role.DESTINATION if seq == len(way) else Role.ORIGIN if seq == 1 else Role.STOP
                when = interval(day + seq - 1, chance) if seq in {1, len(way)} else DateInterval()
                stops.append(stop(seq, role, position, when, chance))
            air = sort < 0.6
            carrier = (
                chance.choice((plane, *VARIANTS.get(plane, ()))) if air else chance.choice((vessel, f"{ship} {vessel}"))
            )
            if chance.random() < 0.1:
                carrier = f"{flag} {'cargo plane' if air else ship}"
            said = Movement(
                mode=Mode.AIR if air else Mode.SEA,
                stops=tuple(stops),
                carrier=carrier,
                carrier_type="aircraft" if air else "vessel",
                operator=chance.choice((None, flag)),
                identifiers=(registration,) if air and chance.random() < 0.3 else (),
                **fields,  # type: ignore[arg-type]
            )
        yield told, (str(number), said)


def reports_of(said: list[Told]) -> Iterator[list[Told]]:
    """The day's tellings two to a report, never two of one event."""
    waiting: list[Told] = []
    for told in said:
        partner = next((other for other in waiting if other[0] != told[0]), None)
        if partner is None:
            waiting.append(told)
        else:
            waiting.remove(partner)
            yield [partner, told]
    yield from ([told] for told in waiting)


def make(count: int) -> tuple[list[Claims], dict[tuple[str, str], str]]:
    """Claims in reports, and which event each is of."""
    from dataclasses import replace

    chance = random.Random(SEED)
    cities = places(chance)
    by_day: dict[int, list[Told]] = defaultdict(list)
    made = number = 0
    while made < count:
        for day, told in event(number, chance, cities):
            by_day[day].append(told)
            made += 1
        number += 1
    claims, gold = [], {}
    for day, said in sorted(by_day.items()):
        chance.shuffle(said)
        for at, part_of in enumerate(reports_of(said)):
            report_id = f"day{day}-{at}"
            part = [
                (event_of, replace(one, id=f"{'m' if isinstance(one, Movement) else 'c'}-{report_id}-{place}"))
                for place, (event_of, one) in enumerate(part_of)
            ]
            text = " ".join(one.evidence[0].quote for _, one in part)
            report = Report(
                id=report_id,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                publisher=f"Paper {at % 97}",
                published=FIRST_DAY + timedelta(days=day) if chance.random() < 0.9 else None,
            )
            gold |= {(report_id, one.id): event_of for event_of, one in part}
            claims.append(
                Claims(
                    report=report,
                    movements=tuple(one for _, one in part if isinstance(one, Movement)),
                    deployments=tuple(one for _, one in part if isinstance(one, Deployment)),
                )
            )
    return claims, gold


def keys(found: RouteEvent | DeploymentEvent) -> list[tuple[str, str]]:
    if isinstance(found, RouteEvent):
        return [(claim.report_id, claim.movement.id) for claim in found.claims]
    return [(claim.report_id, claim.deployment.id) for claim in found.claims]


def pairs(size: int) -> int:
    return size * (size - 1) // 2


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    claims, gold = make(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    atlas = weigh(claims)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    right = found = 0
    for one in (*atlas.routes, *atlas.deployments):
        homes: dict[str, int] = defaultdict(int)
        for key in keys(one):
            homes[gold[key]] += 1
        found += pairs(sum(homes.values()))
        right += sum(pairs(size) for size in homes.values())
    sizes: dict[str, int] = defaultdict(int)
    for name in gold.values():
        sizes[name] += 1
    expected = sum(pairs(size) for size in sizes.values())
    print(
        f"claims {len(gold):,} in {len(claims):,} reports; events made {len(sizes):,}, "
        f"found {len(atlas.routes) + len(atlas.deployments):,}"
    )
    print(f"weighing {seconds:.1f} s of one core; peak memory {peak / 1024:.0f} MB ({before / 1024:.0f} MB before)")
    print(
        f"pairwise precision {right / max(found, 1):.3f}, recall {right / max(expected, 1):.3f}; "
        f"findings {len(atlas.findings):,}"
    )


if __name__ == "__main__":
    main()
