"""The language in which a command speaks: chosen once, before anything is said."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence

from provenance.cli.forms.language import LOCALES, translation
from provenance.cli.speech.phrases import Phrases

CATALOGUE = "answers.json"
LANGUAGE_OPTION = "--language"
VARIABLE = "PROVENANCE_LANGUAGE"
_ENGLISH = Phrases({})


class _Speech:
    """The phrases of the language that is spoken now."""

    phrases = _ENGLISH


def speak(words: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Chooses the language: of `--language` among the words, of PROVENANCE_LANGUAGE, or of the system.

    A language that there is not is left to the command to refuse.
    """
    variables = os.environ if environment is None else environment
    wanted = _asked(words) or variables.get(VARIABLE)
    language = "uk" if wanted and wanted.casefold()[:2] in ("uk", "ua") else "en"
    if not wanted:
        language = translation(None, variables).language
    _Speech.phrases = _ENGLISH if language == "en" else phrases_of(language)
    return language


def _asked(words: Sequence[str]) -> str | None:
    for place, word in enumerate(words):
        if word == LANGUAGE_OPTION and place + 1 < len(words):
            return words[place + 1]
        if word.startswith(f"{LANGUAGE_OPTION}="):
            return word.partition("=")[2]
        if word == "--":
            break
    return None


def phrases_of(language: str) -> Phrases:
    """The translations of a language; none where it has no catalogue."""
    file = LOCALES / language / "LC_MESSAGES" / CATALOGUE
    return Phrases(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else _ENGLISH


def said(text: str) -> str:
    """A sentence of the program, in the language that is spoken."""
    return text if _Speech.phrases is _ENGLISH else _Speech.phrases.said(text)


def word(text: str) -> str:
    """A word of a vocabulary, in the language that is spoken."""
    return text if _Speech.phrases is _ENGLISH else _Speech.phrases.word(text)
