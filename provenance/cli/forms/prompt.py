"""Prompts: a question on the terminal and its answer, with completion or, on a dumb terminal, without."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import typer

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

    from provenance.services.forms import Suggestion

Suggest = Callable[[str], "Iterable[Suggestion]"]
"""The suggestions for a half-typed answer."""


class Prompt(Protocol):
    """Asks questions and shows messages."""

    def ask(self, question: str, suggest: Suggest | None = None) -> str:
        """The answer as typed, without surrounding spaces.

        Raises:
            Abort: the user cancels.
        """
        ...

    def show(self, text: str) -> None:
        """Shows a message."""
        ...


class PlainPrompt:
    """Asks line by line on stderr; for a dumb terminal, and for answers from a pipe."""

    def ask(self, question: str, suggest: Suggest | None = None) -> str:
        """The next line of stdin.

        Raises:
            Abort: the user cancels, or there is none.
        """
        typer.echo(question, nl=False, err=True)
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            raise typer.Abort from None
        if not line:
            raise typer.Abort
        return line.strip()

    def show(self, text: str) -> None:
        """A line on stderr."""
        typer.echo(text, err=True)


class TerminalPrompt:
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

    def show(self, text: str) -> None:
        """A line on stderr."""
        typer.echo(text, err=True)


def _completer(suggest: Suggest) -> Completer:
    from prompt_toolkit.completion import Completer, Completion

    class DatabaseCompleter(Completer):
        def get_completions(self, document: Any, complete_event: Any) -> Iterator[Completion]:
            typed = document.text_before_cursor.lstrip()
            for each in suggest(typed):
                yield Completion(each.text, start_position=-len(typed), display=each.shown or each.text)

    return DatabaseCompleter()


def is_terminal() -> bool:
    """Whether both stdin and stdout are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def prompt_here() -> Prompt:
    """The prompt that suits this terminal or pipe."""
    dumb = os.environ.get("TERM", "") in ("", "dumb") and os.name != "nt"
    return PlainPrompt() if dumb or not (sys.stdin.isatty() and sys.stderr.isatty()) else TerminalPrompt()
