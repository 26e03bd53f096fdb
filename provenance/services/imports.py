"""Imports of published lists, and reading the markings of what is stored."""

from __future__ import annotations

from typing import Any

from provenance.core.errors import UsageError
from provenance.core.progress import Progress
from provenance.importing.catalogue import run_catalogue_import
from provenance.importing.run import ImportRequest as Job
from provenance.importing.run import run_import
from provenance.importing.summary import ImportSummary
from provenance.importing.transfers import run_transfer_import
from provenance.importing.vanished import Vanished
from provenance.services.contracts.cells import unread_cells
from provenance.services.contracts.imports import (
    FormatRow,
    FormatsListed,
    ImportRequest,
    ImportResult,
    ImportRow,
    MarkingsRead,
    NearRow,
    SourceStatement,
    VanishedRow,
)
from provenance.services.contracts.rejections import RejectedRow
from provenance.services.rejections import check_writable, write_rejected
from provenance.services.reviews import review_rows
from provenance.services.workspace import Workspace
from provenance.sources.column_styles import StatedStyle
from provenance.sources.formats import FileFormat, ReadOptions
from provenance.sources.mapping import load_mapping, parse_overrides, save_mapping
from provenance.sources.records import SourceRecord
from provenance.sources.registry import COMPONENTS, IMPORTED, PARTS, TRANSFERS, every_format, kind_of


def list_formats() -> FormatsListed:
    """Every format that the program reads: lists to import, customers to screen, watchlists."""
    imported = {known.kind for known in IMPORTED}
    rows = (
        FormatRow(kind=each.kind, imported=each.kind in imported, format=each.name, reads=each.title)
        for each in every_format()
    )
    return FormatsListed(rows=tuple(rows))


def import_list(
    workspace: Workspace, request: ImportRequest, on_progress: Progress = lambda rows: None
) -> ImportResult:
    """Imports a published list; the same file twice changes nothing.

    Raises:
        NotFound: there is no such format.
        BadInput: the file cannot be read, its columns are not understood, a date or number has
            two readings (codes ``dates`` and ``decimal``), or ``rejected`` cannot be written.
        UsageError: the mapping is contradictory, the format takes none, or the source is missing.
    """
    options = _options(workspace, request)
    keep_rejected = request.rejected is not None
    if request.rejected is not None and not request.dry_run:
        check_writable(request.rejected)
    terms = (
        request.file,
        options,
        request.dry_run,
        keep_rejected,
        request.read_markings,
        request.separate_equal,
    )
    try:
        summary = _run(workspace, request.format, terms, on_progress)
    finally:
        if request.mapping.save_to and options.columns.read:
            columns = options.columns
            save_mapping(request.mapping.save_to, [*columns.read, *columns.unread], columns.read)
    if request.rejected is not None and not request.dry_run:
        write_rejected(request.rejected, summary.rejections)
    return ImportResult(rows=(_row(workspace, summary, options),))


def read_markings(workspace: Workspace) -> MarkingsRead:
    """Reads the markings of all components again, as an import does."""
    # Reading needs what an import without it does not load.
    from provenance.importing.readings import read_all

    return MarkingsRead(rows=(read_all(workspace.job()),))


def _run(workspace: Workspace, name: str, terms: tuple[Any, ...], on_progress: Progress) -> ImportSummary:
    """Runs the import of the format's kind."""
    database = workspace.job()
    if name in TRANSFERS:
        return run_transfer_import(database, Job(TRANSFERS.named(name), *terms), on_progress)
    if name in PARTS:
        return run_catalogue_import(database, Job(PARTS.named(name), *terms), on_progress)
    return run_import(database, Job(COMPONENTS.named(name), *terms), on_progress)


def _options(workspace: Workspace, request: ImportRequest) -> ReadOptions:
    """How the file is read.

    Raises:
        UsageError: a mapping for a format whose columns are fixed, or one that is contradictory.
        BadInput: the saved mapping cannot be read.
    """
    mapping = request.mapping
    chosen: FileFormat[Any] = kind_of(request.format, IMPORTED).named(request.format)
    known = chosen.fields
    if not known and mapping.is_given:
        hint = "Only component, part and transfer lists can be mapped."
        raise UsageError(f"The columns of {chosen.name} are fixed.", hint=hint)
    return ReadOptions(
        workspace.today,
        source=_source(request.source),
        mapping=parse_overrides(mapping.overrides, known),
        table=request.layout.options(),
        saved_mapping=load_mapping(mapping.saved, known) if mapping.saved else {},
        style=StatedStyle(request.dates, request.decimal),
    )


def _source(stated: SourceStatement | None) -> SourceRecord | None:
    if stated is None:
        return None
    return SourceRecord(
        key=stated.key,
        publisher=stated.publisher or stated.key,
        title=stated.title or stated.key,
        address=stated.address,
        origin_group=stated.origin_group or stated.publisher or stated.key,
    )


def _row(workspace: Workspace, summary: ImportSummary, options: ReadOptions) -> ImportRow:
    return ImportRow(
        file=summary.file,
        format=summary.format,
        dry_run=summary.dry_run,
        read=summary.read,
        new=summary.new,
        known=summary.known,
        changed=summary.changed,
        repeated=summary.repeated,
        rejected=summary.rejected,
        renewed=summary.renewed,
        made={name: count for name, count in sorted(summary.made.items()) if count},
        columns=options.columns.read,
        unread_columns=options.columns.unread,
        record_keys=options.columns.keys,
        notes=tuple(options.notes),
        cells=unread_cells(summary.cells),
        readings=summary.readings,
        review=review_rows(workspace, summary),
        rejections=tuple(RejectedRow(line=each.line, reason=each.reason) for each in summary.rejections),
        vanished=tuple(map(_vanished_row, summary.vanished)),
    )


def _vanished_row(record: Vanished) -> VanishedRow:
    near = record.near and NearRow(ref=record.near.ref, title=record.near.title)
    return VanishedRow(ref=record.ref, title=record.title, near=near)
