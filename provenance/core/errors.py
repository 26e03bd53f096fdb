"""The errors of the program; `exit_code` is the command's exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self


class ProvenanceError(Exception):
    """Anything that ends a command with a message instead of a traceback.

    ``message`` says what is wrong, ``hint`` what to do next. ``code`` names the case where the command line
    has a better hint, one that names its options.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


class UsageError(ProvenanceError):
    """The command is used wrongly: its values do not go together."""

    exit_code = 2


class BadInput(ProvenanceError):
    """A file or a value from outside cannot be used; names file, line and reason."""

    exit_code = 3

    def __init__(
        self, reason: str, *, file: str = "", line: int | None = None, hint: str = "", code: str = ""
    ) -> None:
        where = ":".join(part for part in (file, str(line) if line else "") if part)
        super().__init__(f"{where}: {reason}" if where else reason, hint=hint, code=code)
        self.file, self.line, self.reason = file, line, reason

    def with_hint(self, more: str) -> Self:
        """The same error with another sentence of advice."""
        hint = "\n".join(filter(None, (self.hint, more)))
        return type(self)(self.reason, file=self.file, line=self.line, hint=hint, code=self.code)


class NotFound(ProvenanceError):
    """Nothing has that name or reference; similar names are offered."""

    exit_code = 4

    def __init__(self, message: str, *, near: Sequence[str] = (), hint: str = "", code: str = "") -> None:
        meant = f"Did you mean: {'; '.join(near)}?" if near else ""
        super().__init__(message, hint="\n".join(line for line in (meant, hint) if line), code=code)
        self.near = tuple(near)


class Ambiguous(NotFound):
    """More than one record has that name."""

    def __init__(self, message: str, *, candidates: Sequence[str], code: str = "") -> None:
        super().__init__(message, hint=f"It could be: {'; '.join(candidates)}.", code=code)
        self.near = tuple(candidates)


class Withheld(NotFound):
    """The record is marked more strictly than what may be shown."""


class NoDatabase(ProvenanceError):
    """There is no database, or it needs ``provenance init``."""

    exit_code = 5


class IntegrityFailure(ProvenanceError):
    """A check of integrity failed."""

    exit_code = 7
