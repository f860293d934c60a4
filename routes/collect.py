"""Inputs → the claims of each report, one at a time, so that a corpus never has to fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from routes.model import Claims, Report, Unreadable
from routes.read.reports import read_reports

if TYPE_CHECKING:
    from spacy.language import Language

    from gazetteer.store import Gazetteer
    from routes.extract.places.unresolved import Ask

FAULT_ADVICE = "this is a fault of dateline: please report it with the text"


def collect_claims(
    inputs: Iterable[str | Path],
    *,
    published: date | None = None,
    gazetteer: Gazetteer | None = None,
    ask: Ask | None = None,
) -> Iterator[Claims | Unreadable]:
    """Read the inputs and extract each report's claims.

    The gazetteer and the language model are opened when the first report is there, and once.

    Args:
        inputs: Files, folders or ``-``.
        published: Day of publication of reports that give none.
        gazetteer: An open gazetteer; the compiled one if None.
        ask: Asked for names the gazetteer lacks; nobody is asked if None.

    Yields:
        The claims of each report, or an Unreadable where there is no report or extraction failed.
    """
    from gazetteer.store import open_gazetteer
    from routes.extract.claims import extract_claims
    from routes.extract.places.unresolved import ask_online
    from routes.extract.text.language import load_language

    language: Language | None = None
    for made in read_reports(inputs, published=published):
        if isinstance(made, Unreadable):
            yield made
            continue
        gazetteer = gazetteer or open_gazetteer()
        language = language or load_language()
        claims = guarded(made, partial(extract_claims, made, gazetteer, language))
        yield ask_online(claims, ask) if ask and isinstance(claims, Claims) else claims


def collect_places(
    inputs: Iterable[str | Path], *, published: date | None = None, gazetteer: Gazetteer | None = None
) -> Iterator[Claims | Unreadable]:
    """Read the inputs and find each report's places alone; no language model is loaded.

    Args:
        inputs: Files, folders or ``-``.
        published: Day of publication of reports that give none.
        gazetteer: An open gazetteer; the compiled one if None.

    Yields:
        Claims with ``places`` only, or an Unreadable.
    """
    from gazetteer.store import open_gazetteer
    from routes.extract.places.mentions import find_places
    from routes.extract.text.sentences import split_sentences

    def places_of(report: Report, gazetteer: Gazetteer) -> Claims:
        return Claims(report=report, places=find_places(report, split_sentences(report.text), gazetteer))

    for made in read_reports(inputs, published=published):
        if isinstance(made, Unreadable):
            yield made
            continue
        gazetteer = gazetteer or open_gazetteer()
        yield guarded(made, partial(places_of, made, gazetteer))


def guarded(report: Report, extract: Callable[[], Claims]) -> Claims | Unreadable:
    """One report's claims; a fault on one report must not cost the user all the others, and is never silent.

    Args:
        report: The report.
        extract: Gives its claims.
    """
    try:
        return extract()
    except Exception as error:
        reason = f"extraction failed ({type(error).__name__}: {error})"
        return Unreadable(path=report.path or report.id, reason=reason, advice=FAULT_ADVICE)
