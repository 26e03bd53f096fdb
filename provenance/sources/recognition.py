"""Recognition: which format a file looks like, if another one was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from provenance.core.errors import BadInput, ProvenanceError
from provenance.sources.formats import FileFormat, FileSample, Recognised
from provenance.sources.headers import header_keys, known_headers
from provenance.sources.kinds import SourceKind
from provenance.sources.tables import (
    FileKind,
    Table,
    TableOptions,
    file_kind,
    header_names,
    open_table,
    require_text,
    shown_header,
)

UNKNOWN_COLUMNS = "unknown_columns"
"""The code of the error that a column mapping by the user resolves."""

_START = 1 << 16
"""Bytes of a file that are looked at: more than the longest header of a published list."""


def sample_of(file: Path) -> FileSample:
    """The beginning of a file, as far as it can be read.

    Raises:
        BadInput: the file does not exist.
    """
    kind = file_kind(file)
    text = ""
    known = frozenset().union(*_every_vocabulary(), *_fixed_columns())
    if kind in (FileKind.TEXT, FileKind.XML, FileKind.HTML):
        with file.open("rb") as stream:
            text = stream.read(_START).decode("utf-8-sig", "replace")
    try:
        header = header_names(file, TableOptions(kind=kind, known=known))
    except ProvenanceError:
        header = ()
    return FileSample(kind, header, text)


def _every_vocabulary() -> list[frozenset[str]]:
    return [known_headers(kind) for kind in SourceKind]


def _fixed_columns() -> list[frozenset[str]]:
    # The registry imports every format, and formats import this module: hence the import here.
    from provenance.sources.registry import every_format

    return [header_keys(known.columns) for known in every_format()]


def formats_like(file: Path, *, besides: str = "") -> list[FileFormat[object]]:
    """The formats that a file looks like: those with fixed columns if there are any, otherwise all."""
    # The registry imports every format, and formats import this module: hence the import here.
    from provenance.sources.registry import every_format

    sample = sample_of(file)
    found = [known for known in every_format() if known.name != besides and known.sniff(sample)]
    return [known for known in found if not known.fields] or found


def other_format_hint(file: Path, asked_for: Recognised, *, settled_only: bool = False) -> str:
    """The format that a file of another format looks like, one of the same kind first; empty if none.

    With ``settled_only`` formats with mapped headers do not count: a broken table often looks like one.
    """
    found = formats_like(file, besides=asked_for.name)
    if not found or (settled_only and found[0].fields):
        return ""
    found.sort(key=lambda known: known.kind is not asked_for.kind)
    looks = " or ".join(f"{known.name} ({known.kind}: {known.title})" for known in found[:2])
    return f"The file looks like {looks}. Use that format."


def called_what_it_is(error: BadInput, file: Path, asked_for: Recognised) -> BadInput:
    """An error about a file, its advice the format that the file looks like, if there is one."""
    if not file.is_file() or asked_for.sniff(sample := sample_of(file)):
        return error
    settled_only = bool(asked_for.fields) and sample.kind is FileKind.TEXT
    hint = other_format_hint(file, asked_for, settled_only=settled_only) or error.hint
    return type(error)(error.reason, file=error.file, line=error.line, hint=hint, code=error.code)


def wrong_columns(table: Table, asked_for: Recognised, reason: str) -> BadInput:
    """The error for a table whose columns a format cannot use; says which other format it looks like."""
    return BadInput(
        f"{reason}; the header has {shown_header(table.header)}",
        file=table.file.name,
        line=table.header_line,
        hint=other_format_hint(table.file, asked_for),
        code=UNKNOWN_COLUMNS if asked_for.fields else "",
    )


def refuse_fixed_format(table: Table, asked_for: Recognised) -> None:
    """Refuses a table with the columns of a published list that has a format of its own.

    Raises:
        BadInput: names the format.
    """
    if hint := other_format_hint(table.file, asked_for, settled_only=True):
        reason = f"the columns are those of another format than {asked_for.name}"
        raise BadInput(reason, file=table.file.name, line=table.header_line, hint=hint, code=UNKNOWN_COLUMNS)


def open_as(file: Path, options: TableOptions, asked_for: Recognised, required: Sequence[str] = ()) -> Table:
    """The table of a file of an expected format; ``required`` are the columns that the format fixes.

    Raises:
        BadInput: as `open_table`, or a column is missing; says which other format the file looks like.
    """
    known = known_headers(asked_for.kind) if asked_for.fields else header_keys(required)
    try:
        table = open_table(file, replace(options, known=options.known | known))
    except BadInput as error:
        raise called_what_it_is(error, file, asked_for) from None
    if missing := [name for name in required if name not in table.header]:
        raise wrong_columns(table, asked_for, f"missing column {', '.join(missing)}")
    return table


def refuse_other_format(file: Path, asked_for: Recognised) -> None:
    """Refuses a file without a header that is clearly of another kind.

    Raises:
        BadInput: the file is not text, or looks like another format and not like this one.
    """
    try:
        require_text(file)
    except BadInput as error:
        raise called_what_it_is(error, file, asked_for) from None
    if asked_for.sniff(sample_of(file)):
        return
    if hint := other_format_hint(file, asked_for, settled_only=True):
        raise BadInput(f"this is not a file of the format {asked_for.name}", file=file.name, hint=hint)
