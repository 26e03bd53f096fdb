"""Screening: names, customer files and the database's own records against the lists; stored runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.core.progress import Progress
from provenance.core.vocabulary.watched import ScreeningKind
from provenance.importing.runs import sha256_of
from provenance.schema.session import Session
from provenance.screening.calibration import THRESHOLD
from provenance.screening.database_records import organizations, transfer_parties
from provenance.screening.hits import KnownHit, ScreeningTerms, known_hits, only_new, totals_of
from provenance.screening.runs import (
    RunTerms,
    find_run,
    rows_of_run,
    save_run,
)
from provenance.screening.screener import screen_against_lists
from provenance.services.contracts.cells import unread_cells
from provenance.services.contracts.screening import (
    ScreenRequest,
    ScreenResult,
    ScreenRunRequest,
    ScreenRunResult,
)
from provenance.services.workspace import Workspace
from provenance.sources.column_styles import StatedStyle
from provenance.sources.customers import Columns, Customer, read_customers
from provenance.sources.formats import ReadOptions
from provenance.sources.mapping import columns_of
from provenance.text.party_names import several_names
from provenance.text.registration_numbers import read_numbers


def screen(
    workspace: Workspace, request: ScreenRequest, on_progress: Progress = lambda _count: None
) -> ScreenResult:
    """Screens customers against the lists and stores the run; ``on_progress`` is given the rows done so far.

    Raises:
        NotFound: there is no such list or earlier run, or nothing to screen against.
        BadInput: the file cannot be read.
        UsageError: the file has no such column, or none with names or addresses.
    """
    threshold = THRESHOLD if request.threshold is None else request.threshold
    terms = ScreeningTerms(threshold, request.lists, request.known_chains, request.only)
    style = StatedStyle(dates=request.dates)
    options = ReadOptions(workspace.today, table=request.layout.options(), style=style)
    customers, settings = _given_customers(request, options)
    earlier, known = None, set[KnownHit]()
    with workspace.reading() as session:
        customers = _as_of(request, customers or _own_records(session, request.kind))
        if request.new_since:
            number, earlier = find_run(session, request.new_since)
            known = known_hits(rows_of_run(session, number))
            settings["new_since"] = earlier.ref
        screening = screen_against_lists(session, customers, terms, settings, on_progress)
    lists = {"lists": ", ".join(request.lists)} if request.lists else {}
    lists |= {"known_chains": "yes"} if request.known_chains else {}
    lists |= {"only": str(request.only)} if request.only else {}
    ref = None
    if request.save:
        run = _run_terms(workspace, request, {"threshold": threshold, **settings, **lists})
        with workspace.writing() as session:
            ref = save_run(session, run, customers, screening.answers)
    answers = screening.answers
    screening.basis.notes += [f"{note.removesuffix('.')}." for note in options.notes]
    return ScreenResult(
        basis=screening.basis,
        run=ref,
        new_since=earlier.ref if earlier else None,
        columns=options.columns.read,
        unread_columns=options.columns.unread,
        notes=tuple(options.notes),
        cells=unread_cells(options.cells),
        totals=totals_of(answers),
        rows=tuple(only_new(answers, known) if earlier else answers),
    )


def _given_customers(request: ScreenRequest, options: ReadOptions) -> tuple[list[Customer], dict[str, str]]:
    """The customers that a user names or a file holds, none for own records; and the settings to note."""
    settings = {"as_of": request.as_of.isoformat()} if request.as_of else {}
    if request.kind is ScreeningKind.NAMES:
        return _named(request, options.notes), settings
    if request.file is None:
        return [], settings
    customers = read_customers(request.file, Columns(**request.columns.model_dump()), options)
    settings |= {
        f"{meant}_column": ", ".join(names) for meant, names in columns_of(options.columns.read).items()
    }
    return customers, settings


def _named(request: ScreenRequest, notes: list[str]) -> list[Customer]:
    """A customer per name; without a name one that has only addresses or numbers.

    Single words may be one name that was not put in quotes: it is screened, too.
    """
    names = list(request.names or ("",))
    if len(names) > 1 and not any(" " in name.strip() for name in names):
        names.append(" ".join(names))
        notes.append(f"The words were also screened as one name, {names[-1]}: put such a name in quotes")
    read = [read_numbers(text, assumed_place=request.country) for text in request.identifiers]
    return [
        Customer(
            row=place,
            name=" ".join(name.split()),
            addresses=request.addresses,
            country=request.country,
            identifiers=tuple(number for one in read for number in one.numbers),
            no_numbers=tuple(text for one in read for text in one.unread),
            further_names=several_names(name),
        )
        for place, name in enumerate(names, start=1)
    ]


def _own_records(session: Session, kind: ScreeningKind) -> list[Customer]:
    if kind is ScreeningKind.TRANSFERS:
        return transfer_parties(session)
    return organizations(session) if kind is ScreeningKind.ORGANIZATIONS else []


def _as_of(request: ScreenRequest, customers: Sequence[Customer]) -> list[Customer]:
    if request.as_of is None:
        return list(customers)
    return [
        one if one.day or one.fault else replace(one, day=request.as_of, undated=False) for one in customers
    ]


def _run_terms(workspace: Workspace, request: ScreenRequest, settings: dict[str, str | float]) -> RunTerms:
    file = request.file
    return RunTerms(
        kind=request.kind,
        settings=settings,
        actor=workspace.actor,
        file_name=file.name if file else None,
        file_sha256=sha256_of(file) if file else None,
    )


def show_run(workspace: Workspace, request: ScreenRunRequest) -> ScreenRunResult:
    """A stored run and its rows.

    Raises:
        NotFound: there is no such run.
    """
    with workspace.reading() as session:
        number, run = find_run(session, request.run)
        return ScreenRunResult(run=run, rows=tuple(rows_of_run(session, number)))
