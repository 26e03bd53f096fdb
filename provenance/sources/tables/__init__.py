"""The reader of tabular files: delimited text, workbooks and the tables of documents."""

from provenance.sources.tables.delimited import delimited_rows
from provenance.sources.tables.dialects import dialect_of
from provenance.sources.tables.file_kinds import FileKind, file_kind, require_text
from provenance.sources.tables.marks import RawRow
from provenance.sources.tables.options import TableOptions
from provenance.sources.tables.plain_lines import plain_lines
from provenance.sources.tables.problems import CellProblem, CellProblems
from provenance.sources.tables.table import (
    Table,
    TableRow,
    header_names,
    open_table,
    read_header,
    read_rows,
    row_of,
    shown_header,
)
from provenance.sources.tables.text import LONGEST_LINE, Unfinished, strict_lines, text_lines
from provenance.sources.tables.text_checks import Use
from provenance.sources.tables.vetting import Line

__all__ = [
    "LONGEST_LINE",
    "CellProblem",
    "CellProblems",
    "FileKind",
    "Line",
    "RawRow",
    "Table",
    "TableOptions",
    "TableRow",
    "Unfinished",
    "Use",
    "delimited_rows",
    "dialect_of",
    "file_kind",
    "header_names",
    "open_table",
    "plain_lines",
    "read_header",
    "read_rows",
    "require_text",
    "row_of",
    "shown_header",
    "strict_lines",
    "text_lines",
]
