"""A guided form: asks for what the flags left open, each thing once, and reads it as flags are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import typer

from provenance.cli.asking import questions as said
from provenance.cli.asking.asker import Asker, Suggest, Suggestion
from provenance.cli.asking.speech import Speech, yes_or_no
from provenance.core.errors import BadInput, NotFound

if TYPE_CHECKING:
    from provenance.fields.entries import Cell

Found = TypeVar("Found")
Texts = dict[str, str]
Suggestions = Callable[[str, str], list[Suggestion]]
"""What is suggested for a kind of thing at a half-typed answer."""

_IDLE = frozenset(("", "none"))


class Form:
    """One form: who is asked, in which language, with what completion and defaults."""

    def __init__(
        self, asker: Asker, speech: Speech, suggestions: Suggestions, defaults: Mapping[str, str]
    ) -> None:
        self.asker = asker
        self.speech = speech
        self._suggestions = suggestions
        self._defaults = dict(defaults)

    def offer(self, name: str, text: str) -> None:
        """Makes a text what Enter takes for a cell."""
        self._defaults[name] = text

    def begin(self, title: str) -> None:
        """Says what is asked for and how to answer."""
        self.asker.tell(self.speech(said.TITLES[title]))
        self.asker.tell(self.speech(said.INTRODUCTION))

    def ask_cell(self, cell: Cell, check: Callable[[str], object] | None = None) -> str:
        """A cell's text, asked until it can be read; ``?`` for the unknown.

        ``check`` raises BadInput or NotFound for a text that reads well and is of no use.
        """
        question = self.speech(said.QUESTIONS[cell.name])
        if cell.choices is not None:
            return self.choose(question, cell.choices, self._defaults.get(cell.name, ""))
        suggest = self._suggest(cell.completes) if cell.completes else None
        while True:
            text = self._ask(question, self._defaults.get(cell.name, ""), suggest)
            try:
                value = cell.read(text) if text and not (cell.required and text == "?") else None
                if cell.required and value is None:
                    self.asker.tell(self.speech(said.NEEDED))
                    continue
                if check is not None and value is not None:
                    check(text)
            except (ValueError, BadInput, NotFound) as error:
                self._not_understood(self._reason(cell.name, error))
                continue
            return text or "?"

    def choose(self, question: str, choices: type[StrEnum], default: str = "") -> str:
        """One of a vocabulary, by number, by its own word or by its name in this language."""
        words = self._choices(choices)
        for number, (member, word) in enumerate(words.items(), start=1):
            shown = word if word == member else f"{word} ({member})"
            self.asker.tell(f"  {number}  {shown}")
        while True:
            text = self._ask(f"{question} ({self.speech(said.CHOOSE)})", default, None)
            found = self._chosen(text, words)
            if found is not None:
                return found
            self._not_understood(self.speech(said.ONE_OF, choices=", ".join(words.values())))

    def _choices(self, choices: type[StrEnum]) -> dict[str, str]:
        return {str(member): self.speech(said.CHOICES.get(member, member)) for member in choices}

    def _chosen(self, text: str, words: Mapping[str, str]) -> str | None:
        from provenance.text.unknown import says_unknown

        plain = text.strip().casefold()
        if plain.isdecimal() and 1 <= int(plain) <= len(words):
            return list(words)[int(plain) - 1]
        spelled = plain.replace(" ", "_").replace("-", "_")
        for member, word in words.items():
            if plain == word.casefold() or spelled == member.casefold():
                return member
        return "?" if says_unknown(plain) else None

    def number(self, question: str, highest: int) -> int | None:
        """A number from 1 to ``highest``; None where nothing is typed or the answer is "unknown"."""
        from provenance.text.unknown import says_unknown

        while True:
            text = self._ask(question, "", None)
            if says_unknown(text):
                return None
            if text.isdecimal() and 1 <= int(text) <= highest:
                return int(text)
            self._not_understood(f"1 – {highest}")

    def confirm(self, question: str, default: bool | None = None) -> bool:
        """Yes or no, in either language."""
        yes, no = self.speech.yes_or_no
        offered = {True: f"{yes.upper()}/{no}", False: f"{yes}/{no.upper()}", None: f"{yes}/{no}"}[default]
        while True:
            text = self.asker.ask(f"{question}? [{offered}] ")
            if not text and default is not None:
                return default
            if (answer := yes_or_no(text)) is not None:
                return answer
            self.asker.tell(self.speech(said.SAY_YES_OR_NO, yes=yes, no=no))

    def confirm_future(self, name: str, text: str) -> bool:
        """Whether a date that is still to come is meant as it is."""
        label = self.speech(said.QUESTIONS.get(name, name))
        return self.confirm(self.speech(said.FUTURE, name=label, date=_shown(text)))

    def save(self, cells: Iterable[Cell], texts: Mapping[str, str]) -> None:
        """Shows what would be logged and asks whether to.

        Raises:
            Abort: it is not to be logged.
        """
        self.asker.tell(self.speech(said.SUMMARY))
        choices = {each.name for each in cells if each.choices is not None}
        for name, text in texts.items():
            label = self.speech(said.QUESTIONS[name]) if name in said.QUESTIONS else name
            self.asker.tell(f"  {label}: {_shown(self._told(text, chosen=name in choices))}")
        if not self.confirm(self.speech(said.SAVE), default=True):
            self.asker.tell(self.speech(said.NOT_LOGGED))
            raise typer.Abort

    def _told(self, text: str, *, chosen: bool) -> str:
        """An answer as it is read back: a choice by its name in this language."""
        if text == "?":
            return self.speech(said.UNKNOWN)
        return self.speech(said.CHOICES[text]) if chosen and text in said.CHOICES else text

    def _ask(self, question: str, default: str, suggest: Suggest | None) -> str:
        bracket = f" [{_shown(default)}]" if default not in _IDLE else ""
        text = self.asker.ask(f"{question}{bracket}: ", suggest)
        return text or default

    def _suggest(self, what: str) -> Suggest:
        return lambda begun: self._suggestions(what, begun)

    def _reason(self, name: str, error: Exception) -> str:
        if self.speech.language != "en" and name in said.HINTS:
            return self.speech(said.HINTS[name])
        return error.message if isinstance(error, BadInput | NotFound) else str(error)

    def _not_understood(self, reason: str) -> None:
        self.asker.tell(_shown(self.speech(said.NOT_UNDERSTOOD, reason=reason)))


def _shown(text: str) -> str:
    from provenance.text.folding import printable

    return printable(text)
