"""What each group of features and each table of the gazetteer brings to places: everything, then without one at a time.

    python -m benchmarks.places_ablation LGL.jsonl GWN.jsonl [--gazetteer FILE] > TABLE.md

Fitted to three fifths of the reports, scored on the rest (the same split for every line), as a Markdown table.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks import fit_places as fp
from gazetteer.place import Kind, NameKind, Referent
from gazetteer.store import Gazetteer, open_gazetteer

HELD_FOLDS = frozenset({0, 1})
FEATURE_GROUPS = {
    "words and marks before": ("p1=", "p2=", "P1", "pc=", "p-mark", "p-word", "mark=", "before=", "moving"),
    "words and marks after": ("n1=", "N1", "ns=", "n-", "n=", "next="),
    "rest of the chain": ("cp=", "c0=", "c-", "tail=", "whole", "full name"),
    "names beside it": ("after-name", "before-name", "contained"),
    "people of the report": ("person", "age"),
    "first, family and common words": ("first=", "family=", "common", "uses=", "pair="),
    "kind and size of the place": ("kind=", "has=", "places=", "sense=", "spelling="),
}
RESOLUTION_GROUPS = {
    "votes by country": ("country.share", "country.votes", "country.named", "country.share.place"),
    "votes by division": ("admin1.share", "admin1.votes", "admin1.named", "admin2.votes", "admin2.named"),
    "votes nearby": ("near.votes",),
    "containers": ("inside", "inside.elsewhere", "contains"),
    "population": (
        "population.city",
        "population.division",
        "population.share",
        "population.largest",
        "capital",
        "shadowed",
        "shadowed.size",
    ),
}
TABLES: dict[str, Callable[[Referent], bool]] = {
    "demonyms": lambda n: n.name_kind is NameKind.DEMONYM,
    "counties and districts": lambda n: n.place.kind is Kind.ADMIN2,
    "regions, seas and waterways": lambda n: n.place.kind in (Kind.REGION, Kind.SEA, Kind.WATERWAY),
    "airports, ports, bases, sites": lambda n: n.place.kind is Kind.SITE,
    "abbreviations, press and former names": lambda n: (
        n.name_kind in (NameKind.ABBREVIATION, NameKind.PRESS, NameKind.FORMER)
    ),
    "towns under 5,000 inhabitants": lambda n: n.place.kind is Kind.CITY and n.place.population < 5000,
}


class Without:
    """A gazetteer without some of its names."""

    def __init__(self, gazetteer: Gazetteer, dropped: Callable[[Referent], bool]) -> None:
        self._gazetteer, self._dropped = gazetteer, dropped

    def referents(self, key: str) -> tuple[Referent, ...]:
        return tuple(n for n in self._gazetteer.referents(key) if not self._dropped(n))

    def has_key(self, key: str) -> bool:
        return bool(self.referents(key))

    def name_lengths(self, first_word: str) -> tuple[int, ...]:
        lengths = self._gazetteer.name_lengths(first_word)
        return lengths if 1 not in lengths or self.referents(first_word) else tuple(n for n in lengths if n > 1)


def line(label: str, items: list[fp.Item], corpora: list[fp.Corpus], texts: dict[str, str]) -> None:
    models = fp.fit_all([item for item in items if fp.fold_of(item) not in HELD_FOLDS], texts)
    held = [item for item in items if fp.fold_of(item) in HELD_FOLDS]
    fp.apply_all(held, texts, models)
    cells = []
    for corpus in corpora:
        rows = [row for row in corpus.rows if fp.fold_of_report(f"{corpus.name}/{row['id']}") in HELD_FOLDS]
        figures = fp.figures(held, fp.Corpus(corpus.name, rows))
        cells += [f"{figures[name]:.3f}" for name in ("P", "acc161", "e2eP", "e2eF1")]
    print(f"| {label} | " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--gazetteer")
    options = parser.parse_args()
    corpora = [fp.read_corpus(path) for path in options.gold]
    texts = {f"{corpus.name}/{row['id']}": row["text"] for corpus in corpora for row in corpus.rows}
    gazetteer = open_gazetteer(options.gazetteer)
    print("| without | " + " | ".join(f"{c.name} {f}" for c in corpora for f in ("P", "acc", "e2e P", "e2e F1")) + " |")
    print("|---" * (1 + 4 * len(corpora)) + "|")
    items = fp.items_of(corpora, gazetteer)
    line("nothing", items, corpora, texts)
    whole = {id(item): item.features for item in items}
    for label, prefixes in FEATURE_GROUPS.items():
        for item in items:
            item.features = [f for f in whole[id(item)] if not f.startswith(prefixes)]
        line(label, items, corpora, texts)
    for item in items:
        item.features = whole[id(item)]
    for label, features in RESOLUTION_GROUPS.items():
        fp.DROPPED.update(features)
        line(label, items, corpora, texts)
        fp.DROPPED.clear()
    for label, dropped in TABLES.items():
        line(label, fp.items_of(corpora, Without(gazetteer, dropped)), corpora, texts)


if __name__ == "__main__":
    main()
