"""The import of a version of a list: read whole, checked against the versions stored, written at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from provenance.core.errors import BadInput, UsageError
from provenance.schema.session import Database, Session, hold
from provenance.sources.formats import ReadOptions
from provenance.sources.tables import Unfinished
from provenance.sources.watchlists.archives import unpacked
from provenance.sources.watchlists.records import ListEntry
from provenance.watchlists.account import ListSummary, count_contents
from provenance.watchlists.keys import entries_by_key
from provenance.watchlists.plausible_days import with_plausible_days
from provenance.watchlists.requests import ListImport
from provenance.watchlists.version_writer import LIST_SHRANK, TWO_VERSIONS_OF_A_DAY, VersionWriter

Progress = Callable[[int], None]
AfterWriting = Callable[[Session], None]

_PROGRESS_STEP = 500
_SHOWN = 3

NO_LIST_NAMED = "no_list_named"
"""The code of the error that the name of a list resolves."""

__all__ = ["LIST_SHRANK", "NO_LIST_NAMED", "TWO_VERSIONS_OF_A_DAY", "ListImport", "import_list"]


class _DryRunOver(Exception):
    """Rolls a dry run back."""


def import_list(
    database: Database, request: ListImport, on_progress: Progress = lambda _count: None,
    after: AfterWriting = lambda _session: None,
) -> ListSummary:  # fmt: skip
    """Reads a file whole and writes it as a version of its list; ``after`` runs in the same transaction.

    Raises:
        BadInput: the file is cut or broken, it is much shorter than the version before, or its count is
            not the stated one. Nothing is written.
        UsageError: no list is named, the day lies in the future, or it has another version.
    """
    today = database.clock().date()
    if request.as_of > today:
        raise UsageError(f"A version of {request.as_of} is in the future")
    if request.since is not None and request.since > request.as_of:
        raise UsageError(f"A listing since {request.since} begins after the version of {request.as_of}")
    with unpacked(request.file, request.format.sniff) as content:
        return _import(database, replace(request, content=content), today, on_progress, after)


def _import(
    database: Database, request: ListImport, today: date, on_progress: Progress, after: AfterWriting
) -> ListSummary:
    key = request.watchlist or request.format.list_of(request.readable)
    if not key:
        _refuse_unreadable(request, today)
        raise UsageError("Which list is this a version of?", code=NO_LIST_NAMED)
    request = _as_extract(request)
    summary = ListSummary(key, request.as_of, partial=request.partial, dry_run=request.dry_run)
    entries = _read(request, summary, today, on_progress)
    parties, summary.repeated, disputed = entries_by_key(entries)
    summary.read = len(entries)
    count_contents(summary, parties.values())
    if disputed:
        summary.notes.append(
            f"numbers used for different entries: {len(disputed):,} ({', '.join(disputed[:_SHOWN])}…);"
            " these entries are known by their names instead, and all of them count"
        )
    _check_count(request, summary)
    try:
        with database.writing() as session:
            hold(session, "watchlist", key)
            VersionWriter(session, request, database.actor, key, summary).write(parties)
            if not summary.unchanged:
                after(session)
            if request.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    return summary


def _refuse_unreadable(request: ListImport, today: date) -> None:
    """Reads the beginning of a file, so that one of another format is called what it is.

    Raises:
        BadInput: it cannot be read.
    """
    options = ReadOptions(today, mapping=request.mapping, table=request.table, style=request.style)
    next(iter(request.format.read(request.readable, options)), None)


def _as_extract(request: ListImport) -> ListImport:
    """The request for a file that only adds entries, which is never a whole version."""
    if request.partial or not request.format.is_extract(request.readable):
        return request
    request.table.note("an amendment: it adds parties to its list and removes none")
    return replace(request, partial=True)


def _read(request: ListImport, summary: ListSummary, today: date, on_progress: Progress) -> list[ListEntry]:
    entries: list[ListEntry] = []
    options = ReadOptions(today, mapping=request.mapping, table=request.table, style=request.style)
    summary.notes = options.notes
    summary.columns, summary.cells = options.columns, options.cells
    try:
        for read in request.format.read(request.readable, options):
            entry = with_plausible_days(read, request.as_of)
            if entry.stated_from is None and request.since is not None:
                entry = replace(entry, stated_from=request.since)
            entries.append(entry)
            summary.review += [(entry.line, text) for text in entry.review]
            if len(entries) % _PROGRESS_STEP == 0:
                on_progress(len(entries))
    except Unfinished as error:
        if not (request.partial and entries):
            raise
        summary.notes.append(
            f"the file breaks off at line {error.line} and was read up to there: {error.reason}"
        )
    if not entries:
        raise BadInput("the file has no entries", file=request.file.name, line=1)
    return entries


def _check_count(request: ListImport, summary: ListSummary) -> None:
    # Counted on what is stored: a row that repeats another is no further party.
    if request.expected is not None and request.expected != summary.parties:
        repeated = f", {summary.repeated:,} of them repeated" if summary.repeated else ""
        raise BadInput(
            f"the file has {summary.read:,} entries{repeated}; the letter states {request.expected:,}",
            file=request.file.name,
            hint="Look for merged cells or missing rows. Nothing was imported.",
        )
