"""The claims of one event → the one movement or deployment to show, every field chosen by the rule of choosing.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from routes.model import Certainty, DateInterval, Deployment, Movement, Status, Stop
from routes.weigh import places
from routes.weigh.accounts import Account, Spot, day_interval
from routes.weigh.carriers import Identity, same_name
from routes.weigh.choosing import Told, choose, earliest
from routes.weigh.copies import Sources
from routes.weigh.itineraries import choose_date
from routes.weigh.words import fold

_PROGRESS = (Status.PLANNED, Status.ONGOING, Status.COMPLETED)
"""One trip's life: the later state does not contradict the earlier, it comes after it."""
_VOUCHED = {Certainty.STATED: 2.0, Certainty.ATTRIBUTED: 1.0, Certainty.HEDGED: 0.0}


def lead_of(accounts: Sequence[Account]) -> Account:
    """The claim whose words stand for the event: of the shown status, the fullest, then the earliest published."""
    happened = [account for account in accounts if not account.denies] or list(accounts)
    return min(happened, key=lambda account: (-len(account.spots), _vagueness(account), earliest(account)))


def _vagueness(account: Account) -> int:
    return -sum((account.days is not None, account.who.definite, bool(account.quotes)))


def merged_movement(
    accounts: Sequence[Account], stops: tuple[Stop, ...], end: Spot | None, sources: Sources
) -> Movement:
    """The movement to show, with its merged stops; ``end`` is where the last of them lies."""
    lead = lead_of(accounts)
    assert isinstance(lead.claim, Movement)
    status = chosen_status(accounts, sources, end)
    size = chosen_size(accounts, sources)
    certainty, attribution = chosen_certainty(accounts, status, sources)
    return replace(
        lead.claim,
        mode=next((account.mode for account in [lead, *accounts] if account.mode.value != "unknown"), lead.mode),
        stops=stops,
        status=status,
        certainty=certainty,
        attribution=attribution,
        carrier=chosen_name(accounts, sources),
        carrier_type=_text(accounts, sources, lambda claim: getattr(claim, "carrier_type", None)),
        identifiers=_identifiers(accounts),
        operator=_text(accounts, sources, lambda claim: getattr(claim, "operator", None)),
        cargo=_text(accounts, sources, lambda claim: getattr(claim, "cargo", None)),
        personnel_min=size[0] if size else None,
        personnel_max=size[1] if size else None,
        date=_trip_date(accounts, stops, sources),
        order_stated=all(
            getattr(account.claim, "order_stated", True) for account in accounts if len(account.spots) > 1
        ),
        edits=(),
    )


def merged_deployment(accounts: Sequence[Account], sources: Sources) -> Deployment:
    """The deployment to show."""
    lead = lead_of(accounts)
    assert isinstance(lead.claim, Deployment)
    status = chosen_status(accounts, sources)
    size = chosen_size(accounts, sources)
    certainty, attribution = chosen_certainty(accounts, status, sources)
    where = chosen_place(accounts, sources).claim
    assert isinstance(where, Deployment)
    size_text = next(
        (
            account.claim.size_text
            for account in sorted(accounts, key=earliest)
            if isinstance(account.claim, Deployment) and account.size == size and account.claim.size_text
        ),
        None,
    )
    return replace(
        lead.claim,
        position=where.position,
        text=where.text,
        status=status,
        certainty=certainty,
        attribution=attribution,
        force=chosen_name(accounts, sources),
        unit=_text(accounts, sources, lambda claim: getattr(claim, "unit", None)),
        commander=_text(accounts, sources, lambda claim: getattr(claim, "commander", None)),
        size_min=size[0] if size else None,
        size_max=size[1] if size else None,
        size_text=size_text,
        date=choose_date([Told(a.claim.date, a) for a in accounts if a.claim.date != DateInterval()], sources),
        edits=(),
    )


def status_family(status: Status) -> str:
    """Which statuses go together: stages of one trip do, a denial or failure stands against them."""
    return "progress" if status in _PROGRESS else status.value


def chosen_status(accounts: Sequence[Account], sources: Sources, end: Spot | None = None) -> Status:
    """Most supported; planned, ongoing and completed support each other and the furthest of them is shown.

    Args:
        accounts: The claims of the event.
        sources: Its independent sources.
        end: Where the merged trip ends. Having got to a stop before it ("anchored off Istanbul") is being on the way.
    """
    told = [Told(_status_as_seen_from(end, account), account) for account in accounts]
    return choose(
        told,
        sources,
        agree=lambda a, b: status_family(a) == status_family(b),
        precision=lambda status: float(_PROGRESS.index(status)) + 1 if status in _PROGRESS else 0.0,
    ).value


def _status_as_seen_from(end: Spot | None, account: Account) -> Status:
    short = end is not None and account.spots and places.meeting(account.spots[-1], end) == places.APART
    return Status.ONGOING if short and account.status is Status.COMPLETED else account.status


def chosen_certainty(accounts: Sequence[Account], status: Status, sources: Sources) -> tuple[Certainty, str | None]:
    """Certainty and attribution, chosen among the claims that hold with the shown status."""
    holding = [a for a in accounts if status_family(a.status) == status_family(status)]
    told = [Told(account.certainty, account) for account in holding]
    chosen = choose(told, sources, agree=lambda a, b: a is b, precision=lambda value: _VOUCHED[value])
    if chosen.value is Certainty.STATED:
        return chosen.value, None
    named = [a for a in sorted(holding, key=earliest) if a.certainty is chosen.value and a.claim.attribution]
    return chosen.value, named[0].claim.attribution if named else None


def chosen_size(accounts: Sequence[Account], sources: Sources) -> tuple[int, int] | None:
    """Number of persons, as one source gives it: nothing is averaged."""
    told = [Told(account.size, account) for account in accounts if account.size is not None]
    if not told:
        return None
    return choose(told, sources, agree=lambda a, b: a == b, precision=lambda size: -float(size[1] - size[0])).value


def chosen_name(accounts: Sequence[Account], sources: Sources) -> str | None:
    """The carrier's or force's name: one type, however written, is one name; the fullest writing is shown."""
    told = [Told((name, account.who), account) for account in accounts if (name := _called(account))]
    if not told:
        return None

    def agree(one: tuple[str, Identity], other: tuple[str, Identity]) -> bool:
        mine, yours = one[1], other[1]
        if mine.definite and not yours.definite:
            return True
        if mine.type and mine.type == yours.type:
            return True
        if mine.name and yours.name:
            return same_name(mine.name, yours.name) >= _SAME_NAME
        return fold(one[0]) == fold(other[0])

    def precision(value: tuple[str, Identity]) -> float:
        name, who = value
        return (
            10.0 * who.definite + 3.0 * bool(who.flag) + 2.0 * bool(who.kinds) + 0.1 * min(len(fold(name).split()), 9)
        )

    return choose(told, sources, agree=agree, precision=precision).value[0]


_SAME_NAME = 0.95


def _called(account: Account) -> str | None:
    claim = account.claim
    return claim.carrier if isinstance(claim, Movement) else claim.force


def chosen_place(accounts: Sequence[Account], sources: Sources) -> Account:
    """The claim of a deployment whose place is shown."""
    happened = [account for account in accounts if not account.denies] or list(accounts)
    told = [Told(replace(account.spots[0], days=None, almanac=None), account) for account in happened]
    return choose(
        told,
        sources,
        agree=lambda a, b: places.meeting(a, b) != places.APART,
        precision=lambda spot: -spot.radius_km if spot.lon is not None else -1e9,
    ).account


def _text(accounts: Sequence[Account], sources: Sources, read: Callable[[object], str | None]) -> str | None:
    told = [Told(text, account) for account in accounts if (text := read(account.claim))]
    if not told:
        return None
    return choose(
        told,
        sources,
        agree=lambda a, b: set(fold(b).split()) <= set(fold(a).split()) or fold(a) == fold(b),
        precision=lambda text: float(len(fold(text).split())),
    ).value


def _identifiers(accounts: Sequence[Account]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for account in sorted(accounts, key=earliest):
        for written in getattr(account.claim, "identifiers", ()):
            found.setdefault(fold(written).replace(" ", ""), written)
    return tuple(sorted(found.values()))


def _trip_date(accounts: Sequence[Account], stops: Sequence[Stop], sources: Sources) -> DateInterval:
    """From the first to the last day of the shown stops; where no stop is dated, the date told of the whole trip."""
    told = [Told(account.claim.date, account) for account in accounts if account.claim.date != DateInterval()]
    known = [days for stop in stops if (days := day_interval(stop.date))]
    whole = choose_date(told, sources)
    if not known:
        worded = [stop.date.text for stop in stops if stop.date.text]
        if not worded or whole.start or whole.end:
            return whole
        return DateInterval(text=worded[0] if worded[0] == worded[-1] else f"{worded[0]} – {worded[-1]}")
    days = day_interval(whole)
    if days and days[0] <= min(first for first, _ in known) and days[1] >= max(end for _, end in known):
        return whole
    return _hull_of_stops(stops, whole)


def _hull_of_stops(stops: Sequence[Stop], whole: DateInterval) -> DateInterval:
    first = min((stop.date for stop in stops if stop.date.start), key=lambda date: date.start or date.end)  # type: ignore[arg-type, return-value]
    ends = [stop.date.end for stop in stops if stop.date.end]
    return DateInterval(start=first.start, end=max(ends) if ends else None, text=first.text or whole.text)
