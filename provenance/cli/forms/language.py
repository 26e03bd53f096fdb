"""The language of the forms: English or Ukrainian; yes and no are understood in both."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

from provenance.core.errors import UsageError
from provenance.core.messages import mark as mark

LANGUAGES = ("en", "uk")
LOCALES = Path(__file__).parents[2] / "locale"
DOMAIN = "provenance"

_YES = frozenset(("y", "yes", "т", "так", "ага"))
_NO = frozenset(("n", "no", "н", "ні", "нет"))
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_IN_UKRAINIAN = ("uk", "ua")


class Translation:
    """Messages in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = gettext.translation(DOMAIN, LOCALES, [language], fallback=True)

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language, with its values filled in."""
        text = self._catalogue.gettext(message) if message else ""
        return text.format(**values) if values else text

    @property
    def yes_or_no(self) -> tuple[str, str]:
        """The letters that a question offers."""
        return ("т", "н") if self.language == "uk" else ("y", "n")


def translation(given: str | None, environment: Mapping[str, str] | None = None) -> Translation:
    """The language given; defaults to that of the environment (LANGUAGE, LC_ALL, LANG), then to English.

    Raises:
        UsageError: the forms do not have that language.
    """
    if given is not None:
        if given.casefold()[:2] not in (*LANGUAGES, "ua"):
            raise UsageError(f"--language {given}: choose one of {', '.join(LANGUAGES)}")
        return Translation(_language(given))
    variables = os.environ if environment is None else environment
    found = next((variables[name] for name in _VARIABLES if variables.get(name)), "en")
    return Translation(_language(found))


def _language(text: str) -> str:
    return "uk" if text.casefold()[:2] in _IN_UKRAINIAN else "en"


def yes_or_no(answer: str) -> bool | None:
    """Whether an answer means yes or no, in either language; None where it means neither."""
    word = answer.strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None
