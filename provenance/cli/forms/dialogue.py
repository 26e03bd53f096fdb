"""The course of a form: questions in order, a step back, a look at all answers before they are saved."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from provenance.cli.forms import questions as messages
from provenance.cli.forms.form import UNKNOWN, StepBack, Texts

if TYPE_CHECKING:
    from provenance.cli.forms.form import Form

Ask = Callable[[str], None]
"""Asks for a field by name and puts the answer among the texts."""


class Course:
    """One form on its way: ``ask`` asks for one field, ``complete`` for what the answers call for."""

    def __init__(
        self, form: Form, texts: Texts, ask: Ask, complete: Callable[[], None] = lambda: None
    ) -> None:
        self._form = form
        self._texts = texts
        self._ask = ask
        self._complete = complete
        self._asked: list[str] = []

    def fill(self, names: Sequence[str], is_relevant: Callable[[str], bool] = lambda name: True) -> None:
        """Asks for every field that has no text yet; the answer ``<`` goes back to the question before."""
        place = 0
        while place < len(names):
            name = names[place]
            if name in self._texts or not is_relevant(name):
                place += 1
            elif self._answered(name):
                self._asked.append(name)
                place += 1
            else:
                place = names.index(self._before(name))

    def _answered(self, name: str) -> bool:
        try:
            self._ask(name)
        except StepBack:
            return False
        self._form.keep(self._texts)
        return True

    def _before(self, name: str) -> str:
        """The question to go back to: this one, if what followed from its answer was being asked."""
        if name in self._texts:
            self._take_back(name)
            return name
        if not self._asked:
            self._form.prompt.show(self._form.translate(messages.NOTHING_BEFORE))
            return name
        former = self._asked.pop()
        self._take_back(former)
        return former

    def _take_back(self, name: str) -> None:
        """An answer becomes the default of its question."""
        text = self._texts.pop(name)
        self._form.offer({name: "" if text == UNKNOWN else text})

    def settle(self, shown: Callable[[], Mapping[str, str]], saving: str = messages.SAVE) -> None:
        """Shows the answers, changes those that are picked, until they are to be saved.

        Raises:
            Abort: they are not to be saved.
        """
        while True:
            try:
                self._complete()
                chosen = self._form.review(shown(), saving)
            except StepBack:
                chosen = self._asked[-1] if self._asked else next(iter(shown()), None)
            if chosen is None:
                return
            self._change(chosen)

    def _change(self, name: str) -> None:
        former = self._texts.get(name, UNKNOWN)
        if name in self._texts:
            self._take_back(name)
        if not self._answered(name):
            self._texts[name] = former


@contextmanager
def nothing_lost(form: Form, command: Callable[[], Sequence[str]]) -> Iterator[None]:
    """Says how to go on with the answers where a form is left without saving them."""
    try:
        yield
    except (typer.Abort, KeyboardInterrupt):
        words = command()
        if words:
            form.prompt.show(form.translate(messages.RESUME, command=shlex.join(words)))
        raise typer.Abort from None


def as_options(texts: Mapping[str, str], names: Mapping[str, str] | None = None) -> list[str]:
    """Answers as the words of a command: options, which ``names`` call otherwise than the fields."""
    found: list[str] = []
    for name, text in texts.items():
        if text != UNKNOWN:
            option = (names or {}).get(name, f"--{name.replace('_', '-')}")
            found += [option, text] if option else [text]
    return found
