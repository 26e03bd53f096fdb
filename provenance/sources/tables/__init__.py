"""The reader of tabular files: delimited text, workbooks and the tables of documents."""

from provenance.sources.tables.delimited import delimited_rows, guess_delimiter
from provenance.sources.tables.file_kinds import FileKind, file_kind, require_text
from provenance.sources.tables.problems import CellProblem, CellProblems
from provenance.sources.tables.table import (
    Table,
    TableOptions,
    TableRow,
    open_table,
    read_header,
    read_rows,
    row_of,
    shown_header,
)
from provenance.sources.tables.text import LONGEST_LINE, Unfinished, strict_lines, text_lines

__all__ = [
    "LONGEST_LINE",
    "CellProblem",
    "CellProblems",
    "FileKind",
    "Table",
    "TableOptions",
    "TableRow",
    "Unfinished",
    "delimited_rows",
    "file_kind",
    "guess_delimiter",
    "open_table",
    "read_header",
    "read_rows",
    "require_text",
    "row_of",
    "shown_header",
    "strict_lines",
    "text_lines",
]
