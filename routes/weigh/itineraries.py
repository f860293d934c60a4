"""The stops of one trip as told by several reports → one row of stops, and what could not be laid into it.

The fullest telling is the ground; the stops of the others are laid beside it, and those it lacks are put in where their
neighbours show the place. An origin or destination that contradicts the one shown is kept as a rival, never drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gazetteer.place import Precision
from routes.model import DateInterval, Movement, Position, Role, Stop
from routes.weigh import places
from routes.weigh.accounts import Account, Spot, day_interval, spot_at
from routes.weigh.choosing import Told, choose, earliest
from routes.weigh.copies import Sources

_EXACT = {Precision.SITE: 4.0, Precision.CITY: 3.0, Precision.REGION: 2.0, Precision.SEA: 1.0, Precision.COUNTRY: 1.0}


@dataclass(slots=True)
class Berth:
    """One stop of the merged trip with everything told of it; lives only while a trip is merged.

    Attributes:
        told: (claim, index of its stop) for each telling of this stop.
        rivals: Tellings of another place for the same end of the trip.
        best: The most exact telling, then the earliest published.
    """

    told: list[tuple[Account, int]]
    best: tuple[Account, int]
    rivals: list[tuple[Account, int]] = field(default_factory=list)

    @classmethod
    def of(cls, told: tuple[Account, int]) -> Berth:
        """A stop that one claim tells of so far."""
        return cls(told=[told], best=told)

    def add(self, told: tuple[Account, int]) -> None:
        """Lay another telling beside the others."""
        self.told.append(told)
        self.best = min(self.best, told, key=lambda pair: (-_exactness(stop_of(*pair)), earliest(pair[0])))

    def spot(self) -> Spot:
        """The most exact telling of it, which the next report's stops are compared with."""
        return self.best[0].spots[self.best[1]]

    def roles(self) -> set[Role]:
        """Every role told of it."""
        return {stop_of(*pair).role for pair in self.told}


def stop_of(account: Account, index: int) -> Stop:
    """A movement claim's stop."""
    assert isinstance(account.claim, Movement)
    return account.claim.stops[index]


def dated(account: Account, index: int) -> DateInterval:
    """When the carrier was at a stop by this claim; the date of the whole trip where it has that stop alone."""
    stop = stop_of(account, index)
    if len(account.spots) == 1:
        return stop.date if stop.date != DateInterval() else account.claim.date
    return DateInterval() if dates_whole(account) else stop.date


def dates_whole(account: Account) -> bool:
    """Whether a claim dates its trip as a whole, without saying at which of several stops.

    A lone date at a country is such ("flew from Russia to Venezuela on Sunday").
    """
    if len(account.spots) == 1 or (account.days is None and account.almanac is None):
        return False
    at = [spot for index, spot in enumerate(account.spots) if stop_of(account, index).date != DateInterval()]
    return not at or (len(at) == 1 and at[0].kind in places.AREAS)


def berths_of(accounts: Sequence[Account]) -> tuple[list[Berth], list[tuple[Account, int]]]:
    """The stops of the merged trip in travelled order, and stops that found no place in it.

    Claims that something happened make the row; denials and failed attempts are laid beside it, and make it
    themselves only where there is nothing else.
    """
    happened = [account for account in accounts if not account.denies] or list(accounts)
    fullest = sorted(happened, key=lambda account: (-len(account.spots), -_located(account), earliest(account)))
    rest = sorted((account for account in accounts if account not in happened), key=earliest)
    row: list[Berth] = []
    astray: list[tuple[Account, int]] = []
    for account in fullest:
        astray += _lay(row, account, may_add=True)
    for account in rest:
        astray += _lay(row, account, may_add=False)
    return row, astray


def _located(account: Account) -> float:
    return sum(_exactness(stop_of(account, index)) for index in range(len(account.spots)))


def _exactness(stop: Stop) -> float:
    return _position_exactness(stop.position)


def _position_exactness(position: Position) -> float:
    return _EXACT.get(position.precision, 0.0) if position.precision and position.lon is not None else 0.0


def _positions_meet(one: Position, other: Position) -> bool:
    return places.meeting(spot_at(one), spot_at(other)) != places.APART


def _lay(row: list[Berth], account: Account, *, may_add: bool) -> list[tuple[Account, int]]:
    """Lay one claim's stops into the row; gives those that found no place."""
    if not row:
        row += [Berth.of((account, index)) for index in range(len(account.spots))]
        return []
    matched = {i: row[j] for i, j, _ in places.alignment(account.spots, [berth.spot() for berth in row])}
    astray, last = [], -1
    for index in range(len(account.spots)):
        if index in matched:
            matched[index].add((account, index))
            last = _at(row, matched[index])
            continue
        after = [_at(row, berth) for i, berth in matched.items() if i > index]
        last, placed = _place(row, (account, index), last, min(after, default=None), may_add=may_add)
        if not placed:
            astray.append((account, index))
    return astray


def _at(row: list[Berth], berth: Berth) -> int:
    return next(at for at, one in enumerate(row) if one is berth)


def _place(
    row: list[Berth], told: tuple[Account, int], before: int, after: int | None, *, may_add: bool
) -> tuple[int, bool]:
    """Put a stop that meets none between its neighbours; gives the index of the last stop laid, and whether placed."""
    role = stop_of(*told).role
    if role is Role.ORIGIN and Role.ORIGIN in row[0].roles():
        row[0].rivals.append(told)
        return before, True
    if role is Role.DESTINATION and Role.DESTINATION in row[-1].roles() and before < len(row) - 1:
        reached, meant = told[0].spots[told[1]].reached, not row[-1].spot().reached
        if may_add and reached and meant and before >= 0:
            row.insert(len(row) - 1, Berth.of(told))
            return len(row) - 2, True
        row[-1].rivals.append(told)
        return before, True
    if not may_add:
        return before, False
    if before >= 0:
        row.insert(before + 1, Berth.of(told))
        return before + 1, True
    if after == 0 or (after is None and role is Role.ORIGIN):
        row.insert(0, Berth.of(told))
        return 0, True
    if after is not None:
        row.insert(after, Berth.of(told))
        return after, True
    if role is Role.DESTINATION:
        row.append(Berth.of(told))
        return len(row) - 1, True
    return before, False


def merged_stops(row: Sequence[Berth], sources: Sources) -> tuple[Stop, ...]:
    """The stops to show, each with the chosen place and date and who tells it."""
    return tuple(_merged_stop(row, at, sources) for at in range(len(row)))


def _merged_stop(row: Sequence[Berth], at: int, sources: Sources) -> Stop:
    berth = row[at]
    index_of = {account.key: index for account, index in berth.told}
    told = [Told(stop_of(account, index).position, account) for account, index in berth.told]
    chosen = choose(told, sources, agree=_positions_meet, precision=_position_exactness)
    stop = stop_of(chosen.account, index_of[chosen.account.key])
    tellers = sorted({account.report.id for account, _ in berth.told})
    reasons = (f"told by {', '.join(tellers)}", *stop.reasons)
    return replace(stop, seq=at + 1, role=_role(row, at), date=chosen_date(berth, sources), reasons=reasons)


def _role(row: Sequence[Berth], at: int) -> Role:
    roles = row[at].roles()
    if at == 0 and Role.ORIGIN in roles:
        return Role.ORIGIN
    if at == len(row) - 1 and Role.DESTINATION in roles:
        return Role.DESTINATION
    if roles == {Role.VIA}:
        return Role.VIA
    if len(roles) == 1 and len(row) == 1:
        return next(iter(roles))
    if at == 0 and len(row) > 1 and roles & {Role.STOP, Role.VIA} == set():
        return Role.ORIGIN
    return Role.STOP


def chosen_date(berth: Berth, sources: Sources) -> DateInterval:
    """The date to show for a stop."""
    told = [Told(date, account) for account, index in berth.told if (date := dated(account, index)) != DateInterval()]
    return choose_date(told, sources)


def choose_date(told: Sequence[Told[DateInterval]], sources: Sources) -> DateInterval:
    """The date to show out of several: resolved ones before unresolved, else by the rule."""
    known = [one for one in told if one.value.start or one.value.end] or list(told)
    if not known:
        return DateInterval()
    return choose(known, sources, agree=_dates_agree, precision=_date_precision).value


def _dates_agree(one: DateInterval, other: DateInterval) -> bool:
    mine, yours = day_interval(one), day_interval(other)
    if mine is None or yours is None:
        return one.text == other.text
    return mine[0] < yours[1] and yours[0] < mine[1]


def _date_precision(date: DateInterval) -> float:
    days = day_interval(date)
    return -float(days[1] - days[0]) if days else -1e6
