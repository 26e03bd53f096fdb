"""The reading of a table that precedes its records: what its columns are, by all of their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from provenance.sources.column_styles import StatedStyle, StyleSurvey
from provenance.sources.record_keys import KeySurvey
from provenance.sources.tables import CellProblems, RawRow, Table
from provenance.text.column_styles import Style, Written


def settle_styles(table: Table, columns: Mapping[str, Written], stated: StatedStyle) -> dict[str, Style]:
    """The style of each of these columns, by header; rows are read only where a column is not stated.

    Raises:
        BadInput: as `StyleSurvey.settle`, or the file cannot be read to its end.
    """
    survey = StyleSurvey(table, columns, stated)
    look_through(table, survey)
    return survey.settle()


def look_through(table: Table, styles: StyleSurvey, keys: KeySurvey | None = None) -> None:
    """Reads a table once for all that is to be known of its columns before its rows become records.

    Raises:
        BadInput: the file cannot be read to its end.
    """
    # Problems with cells are noted when the rows become records.
    options = replace(table.options, problems=CellProblems())
    named = styles.looked_at
    uses = None if table.uses is None else {name: use for name, use in table.uses.items() if name in named}
    quiet = replace(table, options=options, uses=uses if styles.is_open else {})

    def look_at_keys(rows: Sequence[RawRow]) -> None:
        if keys is not None:
            keys.look([row.cells for row in rows])

    blocks = quiet.blocks(look_at_keys if keys is not None else None, keep=True)
    while styles.is_open or (keys is not None and keys.is_open):
        if (block := next(blocks, None)) is None:
            return
        if styles.is_open:
            styles.look(block)
