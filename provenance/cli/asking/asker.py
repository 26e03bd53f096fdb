"""Puts a question on the terminal and takes the answer: with completion, or plainly where it is dumb."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import typer

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What completion offers: the text that is put in, and how it is shown."""

    text: str
    shown: str = ""


Suggest = Callable[[str], Iterable[Suggestion]]


class Asker(Protocol):
    """Somebody to be asked."""

    def ask(self, question: str, suggest: Suggest | None = None) -> str:
        """The answer as typed, without blanks around it.

        Raises:
            Abort: the person breaks off.
        """
        ...

    def tell(self, text: str) -> None:
        """Says something."""
        ...


class PlainAsker:
    """Asks line by line on stderr; for a dumb terminal, and for answers out of a pipe."""

    def ask(self, question: str, suggest: Suggest | None = None) -> str:
        """The next line of stdin."""
        typer.echo(question, nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            raise typer.Abort
        return line.strip()

    def tell(self, text: str) -> None:
        """A line on stderr."""
        typer.echo(text, err=True)


class PromptAsker:
    """Asks with line editing, history and completion."""

    def __init__(self) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.output import create_output

        self._session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))

    def ask(self, question: str, suggest: Suggest | None = None) -> str:
        """The answer, completed with Tab."""
        try:
            answer = self._session.prompt(
                question,
                completer=_completer(suggest) if suggest else None,
                complete_while_typing=False,
            )
        except (EOFError, KeyboardInterrupt):
            raise typer.Abort from None
        return answer.strip()

    def tell(self, text: str) -> None:
        """A line on stderr."""
        typer.echo(text, err=True)


def _completer(suggest: Suggest) -> Completer:
    from prompt_toolkit.completion import Completer, Completion

    class FromDatabase(Completer):
        def get_completions(self, document: Any, complete_event: Any) -> Iterator[Completion]:
            begun = document.text_before_cursor.lstrip()
            for each in suggest(begun):
                yield Completion(each.text, start_position=-len(begun), display=each.shown or each.text)

    return FromDatabase()


def on_a_terminal() -> bool:
    """Whether somebody sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asker() -> Asker:
    """The best way to ask here."""
    dumb = os.environ.get("TERM", "") in ("", "dumb") and os.name != "nt"
    return PlainAsker() if dumb or not (sys.stdin.isatty() and sys.stderr.isatty()) else PromptAsker()
