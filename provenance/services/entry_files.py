"""Templates: empty tables to fill in without the program, and filled-in ones to log."""

from __future__ import annotations

from collections.abc import Callable

from provenance.fields.entries import Kind
from provenance.fields.templates import kind_called, write_template
from provenance.importing.templates import FileRequest as FieldFile
from provenance.importing.templates import FileSummary
from provenance.importing.templates import log_file as write_file
from provenance.schema.engines import reading_engine
from provenance.services.contracts.cells import unread_cells
from provenance.services.contracts.entries import (
    FileLogged,
    FileRequest,
    FileRow,
    LoggedRow,
    TemplateRequest,
    TemplateWritten,
)
from provenance.services.contracts.rejections import RejectedRow
from provenance.services.rejections import check_writable, write_rejected
from provenance.services.workspace import Workspace
from provenance.sources.column_styles import StatedStyle


def write_empty_template(request: TemplateRequest) -> TemplateWritten:
    """Writes an empty table with a column for every field of a kind of entry.

    Raises:
        UsageError: there is no such kind, or the file is neither .csv nor .xlsx.
        BadInput: the file exists already or cannot be written.
    """
    kind = kind_called(request.kind)
    write_template(kind, request.out)
    return TemplateWritten(file=str(request.out), kind=kind)


def log_file(
    workspace: Workspace, request: FileRequest, on_progress: Callable[[int], None] = lambda rows: None
) -> FileLogged:
    """Logs a filled-in template in one transaction; the same file twice changes nothing.

    Raises:
        BadInput: the file cannot be read or has unknown columns, or ``rejected`` cannot be written.
        UsageError: the kind is neither given nor named by the header.
    """
    keep_good = request.rejected is not None
    if request.rejected is not None and not request.dry_run:
        check_writable(request.rejected)
    wanted = FieldFile(
        request.file,
        kind_called(request.kind) if request.kind else None,
        keep_good=keep_good,
        dry_run=request.dry_run,
        future=request.accept_future,
        odd=request.accept_odd,
        amend=request.amend,
        new=request.new,
        table=request.layout.options(),
        style=StatedStyle(request.dates, request.decimal),
    )
    summary = write_file(workspace.job(), reading_engine(workspace.database), wanted, on_progress)
    if request.rejected is not None and not request.dry_run:
        write_rejected(request.rejected, summary.rejections)
    saved = not request.dry_run and (keep_good or not summary.rejected)
    return FileLogged(rows=(_row(summary, request.dry_run, saved),))


def _row(summary: FileSummary, dry_run: bool, saved: bool) -> FileRow:
    return FileRow(
        file=summary.file,
        kind=Kind(summary.kind),
        dry_run=dry_run,
        saved=saved,
        read=summary.read,
        new=summary.new,
        known=summary.known,
        amended=summary.amended,
        rejected=summary.rejected,
        changed=summary.changed,
        future=summary.future,
        odd=summary.odd,
        new_names=dict(summary.new_names),
        logged=tuple(LoggedRow(line=line, ref=ref, title=title) for line, ref, title in summary.refs),
        rejections=tuple(RejectedRow(line=each.line, reason=each.reason) for each in summary.rejections),
        notes=tuple(summary.notes),
        cells=unread_cells(summary.cells),
    )
