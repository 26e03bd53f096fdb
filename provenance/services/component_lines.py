"""Components logged line by line, each saved before the next is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from provenance.core.errors import BadInput
from provenance.fields.entries import Faults
from provenance.importing.lines import FastLog, Fate
from provenance.schema.engines import reading_engine
from provenance.services.contracts.entries import LineRow, LinesLogged, LinesRequest
from provenance.services.workspace import Workspace


class ComponentLines:
    """Logs lines for one recovery: ``unit | marking | pieces | note``; ``undo`` withdraws the last one."""

    def __init__(self, workspace: Workspace, request: LinesRequest) -> None:
        """Opens the log.

        Raises:
            NotFound: the recovery does not exist.
        """
        self._log = FastLog(
            workspace.job(),
            reading_engine(workspace.database),
            recovery=request.recovery,
            batch=request.batch,
        )
        self._counts: Counter[Fate] = Counter()
        self._rejected = 0

    @property
    def title(self) -> str:
        """The recovery's label and reference."""
        return self._log.title

    def count(self, fate: Fate) -> int:
        """How many lines had this outcome so far."""
        return self._counts[fate]

    @property
    def rejected(self) -> int:
        """How many lines could not be used so far."""
        return self._rejected

    def log(self, text: str) -> LinesLogged:
        """Logs one line.

        Raises:
            BadInput: the line cannot be used.
        """
        try:
            taken = self._log.take(text)
        except Faults as faults:
            self._rejected += 1
            raise BadInput(str(faults)) from None
        except BadInput:
            self._rejected += 1
            raise
        self._counts[taken.fate] += 1
        return LinesLogged(rows=(LineRow(**asdict(taken)),))
