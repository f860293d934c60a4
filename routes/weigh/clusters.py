"""Claims that tell of one event: strongest links first, never across a contradiction.

A claim without a date joins only after the dated ones have found each other, and only where it fits one event clearly
better than every other. The result depends on the set of claims alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from routes.model import Movement
from routes.weigh.accounts import Account, Key
from routes.weigh.blocking import candidate_pairs
from routes.weigh.likeness import Likeness, likeness, limits

_TOGETHER = frozenset({"way", "way_coarse", "end", "stop", "coarse", "same"})


_CONTRARY = frozenset({("time", "far"), ("ends", "both_differ")})
"""Levels that keep two claims out of one event even where a third claim fits both; the same number outweighs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two claims that were put together, or might be.

    Attributes:
        one, other: The two claims, smaller key first.
        judged: How alike they are; None for a link made by hand.
        by_hand: The words of the correction that made it, if any.
    """

    one: Key
    other: Key
    judged: Likeness | None
    by_hand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Which claims belong together.

    Attributes:
        groups: Indices of the claims of each event, ascending.
        links: The links that made each group, in the same order.
        doubtful: Links just short of the limit, or that fit two events alike, between different groups.
    """

    groups: tuple[tuple[int, ...], ...]
    links: tuple[tuple[Link, ...], ...]
    doubtful: tuple[Link, ...]


@dataclass(slots=True)
class _Forest:
    """Groups while they are being made; lives only within ``group``."""

    accounts: Sequence[Account]
    apart: frozenset[tuple[int, int]]
    bound: set[tuple[int, int]]
    parent: list[int]
    members: dict[int, list[int]]
    faces: dict[int, dict[object, int]]
    told_by: dict[int, dict[str, list[int]]]
    links: dict[int, list[Link]] = field(default_factory=dict)
    judged: dict[tuple[int, int], Likeness] = field(default_factory=dict)

    def root(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def likeness(self, one: int, other: int) -> Likeness:
        pair = (one, other) if one < other else (other, one)
        return self.judged.get(pair) or likeness(self.accounts[pair[0]], self.accounts[pair[1]])

    def clash(self, one: int, other: int) -> bool:
        """Whether two claims may not stand in one event."""
        pair = (one, other) if one < other else (other, one)
        if pair in self.apart:
            return True
        if pair in self.bound:
            return False
        if self.contradict(one, other):
            return True
        mine, yours = self.accounts[one], self.accounts[other]
        return mine.report.id == yours.report.id and not one_told_twice(mine, yours, self.likeness(one, other))

    def contradict(self, one: int, other: int) -> bool:
        """Whether what two claims say cannot hold of one event, whoever says it."""
        if ((one, other) if one < other else (other, one)) in self.bound:
            return False
        judged = self.likeness(one, other)
        if judged.ruled_out or ("kind", "named_differs") in judged.levels:
            return True
        return ("identifier", "same") not in judged.levels and bool(_CONTRARY & set(judged.levels))

    def join(self, one: int, other: int, link: Link, *, always: bool = False) -> bool:
        """Put two groups together unless anything in one contradicts anything in the other."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        if self._parted(a, b) or (not always and self.groups_clash(a, b)):
            return False
        a, b = (a, b) if a < b else (b, a)
        self.parent[b] = a
        self.members[a] += self.members.pop(b)
        for face, index in self.faces.pop(b).items():
            self.faces[a].setdefault(face, index)
        for report_id, indices in self.told_by.pop(b).items():
            self.told_by[a].setdefault(report_id, []).extend(indices)
        self.links[a] = [*self.links.get(a, []), *self.links.pop(b, []), link]
        return True

    def _parted(self, a: int, b: int) -> bool:
        """Whether a correction keeps two groups apart."""
        if not self.apart:
            return False
        return any((min(i, j), max(i, j)) in self.apart for i in self.members[a] for j in self.members[b])

    def groups_clash(self, a: int, b: int) -> bool:
        """Whether two groups contradict each other; claims that look the same are asked once."""
        if self._parted(a, b):
            return True
        if any(self.contradict(i, j) for i in self.faces[a].values() for j in self.faces[b].values()):
            return True
        common = self.told_by[a].keys() & self.told_by[b].keys()
        return any(
            self.clash(i, j)
            for report_id in common
            for i in self.told_by[a][report_id]
            for j in self.told_by[b][report_id]
        )


def _face(account: Account) -> object:
    """All of a claim that can contradict another's; claims with one face stand for each other."""
    undated = account.published if account.days is None else None
    ordered = getattr(account.claim, "order_stated", True)
    told = (account.who, account.unit, account.commander, account.mode, account.spots, account.days, account.almanac)
    return (*told, account.size, account.status, undated, ordered)


def one_told_twice(one: Account, other: Account, judged: Likeness) -> bool:
    """Whether two claims of one report are one event: a claim and its denial, or the same thing said again.

    What a report tells as two trips stays two, however alike they are.
    """
    levels = dict(judged.levels)
    if one.denies != other.denies:
        return levels.get("place") in _TOGETHER and "ends" not in levels
    same_days = one.days == other.days and one.days is not None
    return same_days and (one.who, one.unit, one.spots, one.status) == (
        other.who,
        other.unit,
        other.spots,
        other.status,
    )


def group(
    accounts: Sequence[Account],
    *,
    bound: Iterable[tuple[int, int, str]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Grouping:
    """Put the claims of one event together.

    Args:
        accounts: All movements or all deployments, sorted by key.
        bound: Pairs of indices that a correction makes one, with its words.
        apart: Pairs of indices that a correction keeps apart; stronger than ``bound``.
    """
    bound = tuple(bound)
    forest = _Forest(
        accounts=accounts,
        apart=frozenset((min(pair), max(pair)) for pair in apart),
        bound={(min(one, other), max(one, other)) for one, other, _ in bound},
        parent=list(range(len(accounts))),
        members={index: [index] for index in range(len(accounts))},
        faces={index: {_face(account): index} for index, account in enumerate(accounts)},
        told_by={index: {account.report.id: [index]} for index, account in enumerate(accounts)},
    )
    for one, other, words in bound:
        link = Link(one=accounts[one].key, other=accounts[other].key, judged=None, by_hand=words)
        forest.join(one, other, link, always=True)
    strong, weak = _judge(forest)
    undecided = _join_all(forest, strong)
    return _result(forest, weak, undecided)


_Edge = tuple[float, int, int]


def _judge(forest: _Forest) -> tuple[list[_Edge], list[_Edge]]:
    """Edges (negative score, index, index), strongest first: those over the limit, and the doubtful."""
    bounds = limits()
    strong: list[_Edge] = []
    weak: list[_Edge] = []
    for one, other in candidate_pairs(forest.accounts):
        judged = likeness(forest.accounts[one], forest.accounts[other])
        if judged.score >= bounds.doubtful:
            forest.judged[one, other] = judged
            (strong if judged.score >= bounds.same else weak).append((-judged.score, one, other))
    return sorted(strong), sorted(weak)


def _join_all(forest: _Forest, strong: list[_Edge]) -> list[_Edge]:
    """Dated and definite claims first, then each vague one where it fits best, then what is left.

    Gives the edges of the vague claims that fit two events alike which cannot be one.
    """
    vague = [_vague(account) for account in forest.accounts]
    for edge in strong:
        if not vague[edge[1]] and not vague[edge[2]]:
            _join(forest, edge)
    choices = _choices(forest, strong, vague)
    undecided = {index: rivals for index, edges in choices.items() if (rivals := _rivals(forest, index, edges))}
    for index, edges in sorted(choices.items(), key=lambda item: item[1][0]):
        if index not in undecided:
            _join(forest, edges[0])
    for edge in strong:
        if _may_follow(forest, edge, vague, undecided):
            _join(forest, edge)
    return [edge for _, edges in sorted(undecided.items()) for edge in edges]


def _vague(account: Account) -> bool:
    """Whether a claim may fit many events: no day is told, or a craft by no more than its kind."""
    nobody = is_movement(account) and not account.who.definite
    return account.days is None or nobody


def _rivals(forest: _Forest, index: int, edges: list[_Edge]) -> list[_Edge]:
    """The best edge and those as good, within the margin, that lead to an event the best one's cannot be."""
    best = edges[0]
    home = forest.root(_other(best, index))
    rivals = [
        edge
        for edge in edges[1:]
        if edge[0] - best[0] < limits().margin and forest.groups_clash(home, forest.root(_other(edge, index)))
    ]
    return [best, *rivals] if rivals else []


def _other(edge: _Edge, index: int) -> int:
    return edge[2] if edge[1] == index else edge[1]


def _may_follow(forest: _Forest, edge: _Edge, vague: list[bool], undecided: dict[int, list[_Edge]]) -> bool:
    """Whether an edge may still join: of two vague claims, or of a dated one that tells its craft by kind alone.

    A claim that fits two events alike joins neither by way of a third.
    """
    _, one, other = edge
    loose = [index for index in (one, other) if vague[index]]
    if len(loose) == 1:
        return loose[0] not in undecided and forest.accounts[loose[0]].days is not None
    fixed = any(not vague[i] for index in loose for i in forest.members[forest.root(index)])
    return bool(loose) and not (fixed and undecided.keys() & {one, other})


def _choices(forest: _Forest, strong: list[_Edge], loose: list[bool]) -> dict[int, list[_Edge]]:
    """For each vague claim the best edge to each group of others that it may join, best first."""
    best: dict[int, dict[int, _Edge]] = {}
    for edge in strong:
        _, one, other = edge
        if loose[one] == loose[other]:
            continue
        index, dated = (one, other) if loose[one] else (other, one)
        root = forest.root(dated)
        if root in best.setdefault(index, {}) or forest.groups_clash(forest.root(index), root):
            continue
        best[index][root] = edge
    return {index: sorted(edges.values()) for index, edges in best.items() if edges}


def _join(forest: _Forest, edge: _Edge) -> None:
    forest.join(edge[1], edge[2], _link(forest, edge))


def _link(forest: _Forest, edge: _Edge) -> Link:
    _, one, other = edge
    accounts = forest.accounts
    return Link(one=accounts[one].key, other=accounts[other].key, judged=forest.likeness(one, other))


def _result(forest: _Forest, weak: list[_Edge], undecided: list[_Edge]) -> Grouping:
    roots = sorted(forest.members)
    told: set[tuple[int, int]] = set()
    doubtful = []
    for edge in [*sorted(undecided), *weak]:
        ends = sorted((forest.root(edge[1]), forest.root(edge[2])))
        pair = (ends[0], ends[1])
        if pair[0] == pair[1] or pair in told:
            continue
        told.add(pair)
        if not forest.groups_clash(*pair):
            doubtful.append(_link(forest, edge))
    return Grouping(
        groups=tuple(tuple(sorted(forest.members[root])) for root in roots),
        links=tuple(tuple(forest.links.get(root, ())) for root in roots),
        doubtful=tuple(doubtful),
    )


def is_movement(account: Account) -> bool:
    """Whether an account is of a movement rather than of a deployment."""
    return isinstance(account.claim, Movement)
