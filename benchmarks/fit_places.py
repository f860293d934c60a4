"""Fit the weights of place recognition and resolution, and report how well they do on reports they were not fitted to.

    python -m benchmarks.fit_places fit LGL.jsonl GWN.jsonl [--gazetteer FILE]      writes the three tables
    python -m benchmarks.fit_places score LGL.jsonl GWN.jsonl [--gazetteer FILE]  cross-validates

Gold: JSON lines {"id", "text", "toponyms": [{"start", "end", "lat", "lon"}]}. Only weights are kept, no text.
Needs the extra `bench` (scikit-learn).
"""

from __future__ import annotations

import argparse
import json
import math
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from gazetteer.features import FEATURES, NUMBER, WEIGHTS_PATH
from gazetteer.resolve import Resolver, Weighed, sureness
from gazetteer.store import distance_km, open_gazetteer
from routes.extract.places.bundles import Weights, features_of
from routes.extract.places.evidence import NameSpan
from routes.extract.places.judgement import mention_features, scores_of, setting_features
from routes.extract.places.mentions import PLAUSIBLE, RESOLVED, is_listed, look_at, names_of
from routes.extract.places.spans import NameIndex
from routes.extract.places.word_uses import LEXICON

RIGHT_KM = 161.0
FOLDS = 5
LEAST_COUNT = 4  # features seen less often have no weight
C_FIRST, C_SECOND = 0.15, 0.3
L2_RESOLUTION = 1.0
ROUNDS = 3
START = {
    "population.city": 1.0,
    "kind.country": 8.0,
    "kind.admin1": 7.0,
    "kind.region": 6.0,
    "kind.continent": 6.0,
    "kind.sea": 6.0,
    "admin1.share": 3.0,
    "country.share": 3.0,
    "inside": 5.0,
}

EXPECTED = {"inside": 5.0, "inside.elsewhere": 2.0, "contains": 3.0, "population.country": 2.0}
"""Weights that the choice of a place is drawn to instead of 0.

What a report says of containers is no coincidence; and small-town news has more towns named after great countries
than other news has.
"""

DROPPED: set[str] = set()  # features of resolution left out, for the ablation


@dataclass(slots=True)
class Item:
    """One name found in one report, with the gold toponym of the same span, if there is one."""

    corpus: str
    report: str
    span: NameSpan
    features: list[str]
    gold: dict | None
    first: float = 0.0
    places: list[Weighed] | None = None
    second: float = 0.0


@dataclass(slots=True)
class Corpus:
    """A set of annotated reports."""

    name: str
    rows: list[dict]


def read_corpus(path: str) -> Corpus:
    lines = Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")
    return Corpus(Path(path).stem, [json.loads(line) for line in lines])


def items_of(corpora: list[Corpus], gazetteer) -> list[Item]:
    index = NameIndex(gazetteer, Weights({}))
    items = []
    for corpus in corpora:
        for row in corpus.rows:
            gold = {(t["start"], t["end"]): t for t in row["toponyms"]}
            for span in look_at(row["text"], index):
                bundles = *span.name.profile.bundles, *span.name.bundles, *span.bundles
                report = f"{corpus.name}/{row['id']}"
                items.append(Item(corpus.name, report, span, features_of(bundles), gold.get((span.start, span.end))))
    return items


class FirstLook:
    """Logistic regression over the features of the first look."""

    def __init__(self, items: list[Item]) -> None:
        counts = Counter(f for item in items for f in set(item.features))
        self.numbers = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST_COUNT))}
        model = LogisticRegression(C=C_FIRST, max_iter=300, fit_intercept=False, solver="liblinear")
        model.fit(self.matrix(items), [item.gold is not None for item in items])
        self.coefficients = model.coef_[0]

    def matrix(self, items: list[Item]):
        rows, columns = [], []
        for i, item in enumerate(items):
            for feature in set(item.features):
                number = self.numbers.get(feature)
                if number is not None:
                    rows.append(i)
                    columns.append(number)
        return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(items), len(self.numbers)))

    def apply(self, items: list[Item]) -> None:
        for item, score in zip(items, self.matrix(items) @ self.coefficients, strict=True):
            item.span.score = float(score)
            item.first = 1.0 / (1.0 + math.exp(-score))


def by_report(items: list[Item]) -> dict[str, list[Item]]:
    reports: dict[str, list[Item]] = {}
    for item in items:
        reports.setdefault(item.report, []).append(item)
    return reports


def weigh(items: list[Item], texts: dict[str, str], weights: np.ndarray) -> None:
    resolver = Resolver(tuple(float(w) for w in weights))
    for report, group in by_report(items).items():
        plausible = [item for item in group if item.first >= PLAUSIBLE]
        names = names_of(texts[report], [(item.span, item.first) for item in plausible])
        for item in group:
            item.places = None
        for item, places in zip(plausible, resolver.weigh(names), strict=True):
            item.places = places


def is_right(item: Item, place) -> bool:
    return distance_km(item.gold["lon"], item.gold["lat"], place.lon, place.lat) <= RIGHT_KM


def fit_resolution(items: list[Item], start: np.ndarray) -> np.ndarray:
    """Conditional logit: the weights under which the right places of each name have the largest shares."""
    blocks, rights, sizes = [], [], []
    for item in items:
        if item.gold is None or item.gold["lat"] is None or not item.places or len(item.places) < 2:
            continue
        right = [is_right(item, w.sense.named.place) for w in item.places]
        if any(right) and not all(right):
            block = np.zeros((len(right), len(FEATURES)))
            for i, w in enumerate(item.places):
                for number, value in (*w.sense.own, *w.context):
                    if FEATURES[number] not in DROPPED:
                        block[i, number] = value
            blocks.append(block)
            rights += right
            sizes.append(len(right))
    x, right = np.vstack(blocks), np.array(rights)
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    segment = np.repeat(np.arange(len(sizes)), sizes)

    expected = np.array([EXPECTED.get(name, 0.0) * (name not in DROPPED) for name in FEATURES])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ w
        power = np.exp(score - np.maximum.reduceat(score, starts)[segment])
        total, good = np.add.reduceat(power, starts), np.add.reduceat(power * right, starts) + 1e-12
        gradient = x.T @ (power / total[segment] - power * right / good[segment])
        off = w - expected
        return float(np.log(total / good).sum() + 0.5 * L2_RESOLUTION * (off @ off)), gradient + L2_RESOLUTION * off

    start = np.where([name in DROPPED for name in FEATURES], 0.0, start)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


class SecondLook:
    """Logistic regression over the features of the second look."""

    def __init__(self, items: list[Item]) -> None:
        features = second_features(items)
        self.numbers = {f: i for i, f in enumerate(sorted({f for row in features for f, _ in row}))}
        used = [item for item in items if item.places]
        model = LogisticRegression(C=C_SECOND, max_iter=500, fit_intercept=False, solver="liblinear")
        model.fit(self.matrix(features), [item.gold is not None for item in used])
        self.coefficients = model.coef_[0]

    def matrix(self, features):
        rows, columns, values = [], [], []
        for i, row in enumerate(features):
            for feature, value in row:
                if feature in self.numbers:
                    rows.append(i)
                    columns.append(self.numbers[feature])
                    values.append(value)
        return csr_matrix((values, (rows, columns)), shape=(len(features), len(self.numbers)))

    def apply(self, items: list[Item]) -> None:
        used = [item for item in items if item.places]
        for item in items:
            item.second = 0.0
        for item, score in zip(used, self.matrix(second_features(items)) @ self.coefficients, strict=True):
            item.second = 1.0 / (1.0 + math.exp(-score))


def second_features(items: list[Item]) -> list[list[tuple[str, float]]]:
    features = {}
    for group in by_report(items).values():
        size = len(group), sum(item.first for item in group) / len(group)
        scores = scores_of([item.span for item in group])
        for item in group:
            if item.places:
                valued = [
                    *setting_features(item.span.name.profile.coarse, item.places, size),
                    *mention_features(item.span, scores[item.span.name.key]),
                ]
                features[id(item)] = [(name, value) for bundle, value in valued for name in features_of([bundle])]
    return [features[id(item)] for item in items if item.places]


def fold_of_report(report: str) -> int:
    return zlib.crc32(report.encode()) % FOLDS


def fold_of(item: Item) -> int:
    return fold_of_report(item.report)


def first_looks_apart(items: list[Item]) -> None:
    """First-look scores of each report by a model that has not seen it, as the later stages will meet them."""
    for k in range(FOLDS):
        FirstLook([item for item in items if fold_of(item) != k]).apply([i for i in items if fold_of(i) == k])


def fit_all(items: list[Item], texts: dict[str, str]) -> tuple[FirstLook, np.ndarray, SecondLook]:
    first_looks_apart(items)
    weights = np.array([START.get(name, 0.0) * (name not in DROPPED) for name in FEATURES])
    for _ in range(ROUNDS):
        weigh(items, texts, weights)
        weights = fit_resolution(items, weights)
    weigh(items, texts, weights)
    second = SecondLook(items)
    return FirstLook(items), weights, second


def apply_all(items: list[Item], texts: dict[str, str], models: tuple[FirstLook, np.ndarray, SecondLook]) -> None:
    first, weights, second = models
    first.apply(items)
    weigh(items, texts, weights)
    second.apply(items)


def figures(items: list[Item], corpus: Corpus) -> dict[str, float]:
    """The same figures as the evaluation sets' scorer prints."""
    gold = sum(len(row["toponyms"]) for row in corpus.rows)
    located = sum(t["lat"] is not None for row in corpus.rows for t in row["toponyms"])
    mine = [
        item
        for item in items
        if item.corpus == corpus.name and item.places and is_listed(item.second, sureness(item.places))
    ]
    exact = [item for item in mine if item.gold is not None]
    placed = [item for item in exact if item.gold["lat"] is not None]
    right = sum(
        sureness(item.places) >= RESOLVED and is_right(item, item.places[0].sense.named.place) for item in placed
    )
    predicted = len(mine) - len(exact) + len(placed)
    return {
        "P": len(exact) / len(mine),
        "R": len(exact) / gold,
        "acc161": right / len(placed),
        "e2eP": right / predicted,
        "e2eR": right / located,
        "e2eF1": 2 * right / (predicted + located),
    }


def show(label: str, values: dict[str, float]) -> None:
    print(f"{label:34}" + "  ".join(f"{name} {value:.3f}" for name, value in values.items()), flush=True)


def score(items: list[Item], corpora: list[Corpus], texts: dict[str, str]) -> None:
    held_out: dict[int, tuple[float, list[Weighed] | None]] = {}
    for k in range(FOLDS):
        models = fit_all([item for item in items if fold_of(item) != k], texts)
        held = [item for item in items if fold_of(item) == k]
        apply_all(held, texts, models)
        held_out |= {id(item): (item.second, item.places) for item in held}
    for item in items:
        item.second, item.places = held_out[id(item)]
    for corpus in corpora:
        show(f"{corpus.name}, {FOLDS} folds over reports", figures(items, corpus))
    if len(corpora) < 2:
        return
    for corpus in corpora:
        models = fit_all([item for item in items if item.corpus != corpus.name], texts)
        held = [item for item in items if item.corpus == corpus.name]
        apply_all(held, texts, models)
        show(f"{corpus.name}, fitted to the other", figures(held, corpus))


def write_table(path: Path, what: str, weights: dict[str, float]) -> None:
    head = f"# {what}, fitted by benchmarks/fit_places.py. Columns: feature, weight.\n"
    rows = "".join(f"{name}\t{weight:.3f}\n" for name, weight in sorted(weights.items()) if abs(weight) >= 0.0005)
    path.write_text(head + rows, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=["fit", "score"])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--gazetteer")
    options = parser.parse_args()
    corpora = [read_corpus(path) for path in options.gold]
    texts = {f"{corpus.name}/{row['id']}": row["text"] for corpus in corpora for row in corpus.rows}
    items = items_of(corpora, open_gazetteer(options.gazetteer))
    if options.job == "score":
        score(items, corpora, texts)
        return
    first, weights, second = fit_all(items, texts)
    write_table(
        LEXICON / "recognition_weights.tsv",
        "Log-odds that a name is a place, by feature of routes/extract/places/evidence.py",
        {f: float(first.coefficients[i]) for f, i in first.numbers.items()},
    )
    write_table(
        LEXICON / "judgement_weights.tsv",
        "Log-odds that a name is a place, by feature of routes/extract/places/judgement.py",
        {f: float(second.coefficients[i]) for f, i in second.numbers.items()},
    )
    write_table(
        WEIGHTS_PATH,
        "Weight of each feature of gazetteer/features.py",
        {name: float(weights[NUMBER[name]]) for name in FEATURES},
    )


if __name__ == "__main__":
    main()
