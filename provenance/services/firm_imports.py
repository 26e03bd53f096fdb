"""Imports of ownership, with the figures of `top` that move by them."""

from __future__ import annotations

from provenance.importing.ownership import OwnershipJob, import_ownership
from provenance.queries.moved_figures import MovedFigure, count_firms, moved_figures
from provenance.services.contracts.count_filters import CountFilters
from provenance.services.contracts.firm_imports import (
    FirmImportRequest,
    FirmImportResult,
    FirmImportRow,
    LeftOutRow,
)
from provenance.services.contracts.rejections import RejectedRow
from provenance.services.firm_changes import OWNERS
from provenance.services.selection import selection_of
from provenance.services.workspace import Workspace
from provenance.sources.records import SourceRecord


def import_firms(workspace: Workspace, request: FirmImportRequest) -> FirmImportResult:
    """Imports who owns whom; the same file twice changes nothing.

    Raises:
        BadInput: the file cannot be read, or is not of that format.
        UsageError: names are given for a format that has its own.
    """
    stated = request.source
    source = SourceRecord(
        key=stated.key,
        publisher=stated.publisher or stated.key,
        title=stated.title or stated.key,
        address=stated.address,
        origin_group=stated.origin_group or stated.publisher or stated.key,
    )
    job = OwnershipJob(
        request.file,
        request.format.value,
        source,
        workspace.actor,
        request.names,
        request.everything,
        request.dry_run,
    )
    with workspace.writing() as session:
        selection = selection_of(session, workspace, CountFilters())
        before = count_firms(session, selection, OWNERS, session.today)
        account = import_ownership(session, job)
        moved: tuple[MovedFigure, ...] = ()
        if not request.dry_run:
            moved = moved_figures(session, before, count_firms(session, selection, OWNERS, session.today))
    summary = account.summary
    row = FirmImportRow(
        file=summary.file,
        format=summary.format,
        dry_run=summary.dry_run,
        read=summary.read,
        new=summary.new,
        known=summary.known,
        changed=summary.changed,
        repeated=summary.repeated,
        rejected=summary.rejected,
        left_out=tuple(
            LeftOutRow(reason=reason, records=count) for reason, count in account.left_out.most_common()
        ),
        matched_by_name=account.matched,
        made=account.made,
        rejections=tuple(RejectedRow(line=each.line, reason=each.reason) for each in summary.rejections),
    )
    return FirmImportResult(counted_on=tuple(OWNERS), moved=moved, rows=(row,))
