"""Features in bundles, and the weights that stand beside them.

A bundle is one feature, a text such as ``"tail=Airport"``, or it names a function that lists features and gives its
arguments: ``("word_before", "in", "city")``. The same bundles of several features come up again and again in news, so
what one weighs is worked out once. (They hold the function's name and not the function, so that the garbage collector
need not look at the thousands that are kept.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

Bundle = str | tuple[Any, ...]
"""A feature, or the name of a function that answers with features, and its arguments."""
_MAX_KEPT = 1 << 16
_F = TypeVar("_F", bound=Callable[..., Sequence[str]])
_LISTERS: dict[str, Callable[..., Sequence[str]]] = {}


def lists_features(function: _F) -> _F:
    """Make a function one that bundles may name, without the underscore before its name."""
    _LISTERS[function.__name__.removeprefix("_")] = function
    return function


def features_of(bundles: Iterable[Bundle]) -> list[str]:
    """Names of the features of some bundles."""
    features: list[str] = []
    for bundle in bundles:
        features += (bundle,) if isinstance(bundle, str) else _LISTERS[bundle[0]](*bundle[1:])
    return features


class Weights(dict[Bundle, float]):
    """Bundle → sum of the weights of its features.

    Args:
        table: Weight of each feature; those it lacks weigh nothing.
    """

    def __init__(self, table: Mapping[str, float]) -> None:
        super().__init__()
        self._table = table
        self._fill()

    def _fill(self) -> None:
        for feature, weight in self._table.items():
            self[feature] = weight

    def __missing__(self, bundle: Bundle) -> float:
        """Add up a bundle that was not asked for before."""
        if isinstance(bundle, str):
            return 0.0
        table = self._table
        if len(self) >= len(table) + _MAX_KEPT:
            self.clear()
            self._fill()
        total = 0.0
        for feature in _LISTERS[bundle[0]](*bundle[1:]):
            if feature in table:
                total += table[feature]
        self[bundle] = total
        return total
