"""Rows that cannot be used: an import stops at them, or counts them and goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from provenance.core.errors import BadInput
from provenance.importing.summary import ImportSummary
from provenance.sources.records import Rejected
from provenance.text.plurals import many

ROWS_REJECTED = "rows_rejected"
"""The code of an error about rows that cannot be used."""

_SHOWN = 20
"""The most rows that an error names."""


def refuse_rows(
    summary: ImportSummary, refused: Sequence[Rejected], rest: Iterable[Any] = (), *, goes_on: bool
) -> None:
    """Counts rows that cannot be used if the import goes on without them; otherwise it ends with an error.

    ``rest`` are the rows that have not been read yet: the error names those of them that cannot be used too.

    Raises:
        BadInput: there are such rows, and the import does not go on.
    """
    if not refused:
        return
    if goes_on:
        summary.rejected += len(refused)
        summary.rejections += refused
        return
    every = [*refused, *(item for item in rest if isinstance(item, Rejected))]
    lines = [f"line {item.line}: {item.reason}" for item in every[1:_SHOWN]]
    raise BadInput(
        every[0].reason,
        file=summary.file,
        line=every[0].line,
        hint="\n".join([*lines, f"{many(len(every), 'row')} cannot be used."]),
        code=ROWS_REJECTED,
    )
