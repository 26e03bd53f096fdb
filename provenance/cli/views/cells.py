"""How a file's columns were read, and which of its cells were not, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from provenance.cli.notes import tell
from provenance.cli.views.tables import Section
from provenance.cli.views.words import many, one_line
from provenance.text.folding import printable

if TYPE_CHECKING:
    from provenance.services.contracts.cells import UnreadCell

_DIFFERENTLY = "To read the file differently: {columns}--sheet, --header-row, --encoding."
_SHOWN_GROUPS = 30
_SHOWN_LINES = 5


def show_columns(columns: Mapping[str, str], unread: Sequence[str], record_keys: str | None = None) -> None:
    """Prints on stderr which field each column was read as, which were not read, and how records are known
    again where no column is their key.
    """
    if not columns:
        return
    fields = ", ".join(f"{_name(name)} = {field}" for name, field in columns.items())
    tell(f"Columns: {fields}")
    if unread:
        tell(f"Kept in the raw text only: {', '.join(map(_name, unread))}")
    if record_keys:
        tell(_name(record_keys))


def show_layout_notes(notes: Sequence[str]) -> None:
    """Prints on stderr how a file was laid out and what of it was not read, and how to read it otherwise."""
    for section in note_sections(notes):
        for line in section.lines:
            tell(line)


def note_sections(notes: Sequence[str], columns: str = "") -> list[Section]:
    """What there is to know of how a file was read; empty where there is nothing.

    ``columns`` is the option that names columns, of a command that has one.
    """
    lines = [f"Note: {_name(note.removesuffix('.'))}." for note in notes]
    differently = _DIFFERENTLY.format(columns=f"{columns}, " if columns else "")
    return [Section("", lines=[*lines, differently])] if notes else []


def cell_sections(cells: Sequence[UnreadCell]) -> list[Section]:
    """The cells that hold no value of their column, equal ones together; empty where all were read."""
    if not cells:
        return []
    groups: dict[tuple[str, str], list[int]] = {}
    for cell in cells:
        groups.setdefault((cell.column, cell.problem), []).append(cell.line)
    lines = [f"{_name(column)}: {problem} ({_lines(at)})" for (column, problem), at in groups.items()]
    more = len(lines) - _SHOWN_GROUPS
    shown = lines[:_SHOWN_GROUPS] + ([f"… and {more:,} more; to list all: --format json"] if more > 0 else [])
    return [Section(f"Not read, kept in the raw text only: {many(len(cells), 'cell')}", lines=shown)]


def _lines(at: Sequence[int]) -> str:
    first = ", ".join(str(line) for line in at[:_SHOWN_LINES])
    more = len(at) - _SHOWN_LINES
    return f"line{'s' if len(at) > 1 else ''} {first}" + (f" and {more:,} more" if more > 0 else "")


def _name(header: str) -> str:
    """A header on one line, without signs that act on a terminal."""
    return printable(one_line(header))
