"""`provenance screen`: names, files and the database's own records against the lists."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.context import Context, FormatOption, OutOption, context_of, printer
from provenance.cli.values import day
from provenance.cli.watchlists import progress
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.cli.render import Answer, Section
    from provenance.screening.answering import ScreenedName, Terms
    from provenance.screening.asking import Screening
    from provenance.screening.runs import RunTerms
    from provenance.sources.customers import Columns, Customer

FOUND_SOMETHING = 6
_SHOWN_HITS = 5
_SHOWN_ROWS = 50


def register(app: typer.Typer) -> None:
    """Adds this group's command."""
    app.command("screen")(screen)


def screen(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME…]", help="Names, each in quotes; or: show RUN, for a run that was kept."
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="A customer file, CSV or XLSX; one customer a row.")
    ] = None,
    names_from: Annotated[
        str | None, typer.Option("--names-from", help="The file's column of names.")
    ] = None,
    id_column: Annotated[str | None, typer.Option("--id-column", help="The column of your own ids.")] = None,
    date_column: Annotated[
        str | None, typer.Option("--date-column", help="Screen each row as of the day in this column.")
    ] = None,
    address_column: Annotated[
        str | None, typer.Option("--address-column", help="The column of addresses.")
    ] = None,
    country_column: Annotated[
        str | None, typer.Option("--country-column", help="The column of countries.")
    ] = None,
    identifiers_column: Annotated[
        str | None, typer.Option("--identifiers-column", help="The column of numbers: INN 7704730655; LEI …")
    ] = None,
    transfers: Annotated[
        bool, typer.Option("--transfers", help="Screen the parties of transfers, as of each transfer's day.")
    ] = False,
    all_organizations: Annotated[
        bool, typer.Option("--all-organizations", help="Screen every organization here by all its names.")
    ] = False,
    address: Annotated[
        list[str] | None, typer.Option("--address", help="An address of the one name given; repeatable.")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", help="The country of the names given.")] = None,
    identifier: Annotated[
        list[str] | None, typer.Option("--identifier", help="A number of the one name given: INN 7704730655.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As of this day, for rows that have none of their own.")
    ] = None,
    lists: Annotated[
        list[str] | None, typer.Option("--list", help="Only this list; known-chains is one too. Repeatable.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option("--threshold", min=0.3, max=1.0, help="Hits from this score on; else 0.5.")
    ] = None,
    new_since: Annotated[
        str | None, typer.Option("--new-since", help="Only hits that this run did not have: N-…, or last.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep/--no-keep", help="Keep the run and its hits.")] = True,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Screen names, addresses and numbers against the lists; exit code 6 when something is found.

    Example: provenance screen --file customers.csv --id-column "Customer no" --date-column Shipped
    """
    from provenance.screening.answering import Terms
    from provenance.screening.scoring import THRESHOLD
    from provenance.sources.customers import Columns

    own = context_of(context)
    if names and len(names) == 2 and names[0] == "show" and _is_run(names[1]):
        _show_run(own, names[1], format, out)
        return
    terms = Terms(threshold or THRESHOLD, tuple(lists or ()))
    columns = Columns(names_from, id_column, date_column, address_column, country_column, identifiers_column)
    by_hand = (names or [], address or [], country, identifier or [])
    question = _Question(own, terms, day("--as-of", as_of, first=False))
    customers = question.customers(file, columns, by_hand, transfers, all_organizations)
    answer, found = question.answered(customers, new_since, keep)
    printer(format, out).print(answer)
    if found:
        raise typer.Exit(FOUND_SOMETHING)


def _is_run(text: str) -> bool:
    from provenance.core.identity import read_reference

    try:
        return text == "last" or read_reference(text) is not None
    except ValueError:
        return True


class _Question:
    """One run of the command: who is screened, on which terms, and what it was asked with."""

    def __init__(self, own: Context, terms: Terms, as_of: date | None) -> None:
        from provenance.core.vocabulary.watched import ScreeningKind

        self._own = own
        self._terms = terms
        self._as_of = as_of
        self._file: Path | None = None
        self._kind = ScreeningKind.NAMES
        self._settings: dict[str, str] = {"as of": as_of.isoformat()} if as_of else {}
        if terms.lists:
            self._settings["lists"] = ", ".join(terms.lists)

    def customers(
        self,
        file: Path | None,
        columns: Columns,
        by_hand: tuple[list[str], list[str], str | None, list[str]],
        transfers: bool,
        all_organizations: bool,
    ) -> list[Customer]:
        """Who is to be screened.

        Raises:
            UsageError: nobody, or from two places at once.
        """
        from dataclasses import replace

        from provenance.core.errors import UsageError
        from provenance.core.vocabulary.watched import ScreeningKind
        from provenance.screening.own_records import organizations, transfer_parties

        given = bool(by_hand[0] or by_hand[1] or by_hand[3])
        if sum((file is not None, given, transfers, all_organizations)) != 1:
            raise UsageError(
                "Screen one of: names, --file, --transfers, --all-organizations",
                hint='Such as: provenance screen "Kalashnikov Concern"',
            )
        if file is not None:
            self._file, self._kind = file, ScreeningKind.FILE
            found = self._from_file(file, columns)
        elif given:
            found = _by_hand(*by_hand)
        else:
            self._kind = ScreeningKind.TRANSFERS if transfers else ScreeningKind.ORGANIZATIONS
            with self._own.reading() as session:
                found = transfer_parties(session) if transfers else organizations(session)
        return [one if one.day or one.fault else replace(one, day=self._as_of) for one in found]

    def _from_file(self, file: Path, columns: Columns) -> list[Customer]:
        from provenance.sources.customers import read_customers

        customers, settled = read_customers(file, columns)
        self._settings |= {f"{meant} column": name for meant, name in asdict(settled).items() if name}
        return customers

    def answered(self, customers: list[Customer], new_since: str | None, keep: bool) -> tuple[Answer, bool]:
        """The answer, and whether something was found."""
        from provenance.schema.session import writing
        from provenance.screening.asking import ask_lists, only_new
        from provenance.screening.runs import RunTerms, find_run, keep_run, known_hits

        with self._own.reading() as session, progress("screened: rows") as count_up:
            earlier = None
            if new_since:
                number, earlier = find_run(session, new_since)
                known = known_hits(session, number)
                self._settings["new since"] = earlier.ref
            counter = _Counter(count_up)
            found = ask_lists(session, customers, self._terms, dict(self._settings), counter.more)
        answers, ref = found.answers, None
        if keep:
            settings: dict[str, Any] = {"threshold": self._terms.threshold, **self._settings}
            terms = RunTerms(self._kind, settings, self._own.settings.actor, self._file)
            ref = self._kept(terms, customers, answers, writing, keep_run)
        if earlier is not None:
            answers = only_new(answers, known)
            new = sum(len(answer.hits) for answer in answers)
            found.basis.notes.append(f"Shown: the {new:,} hits that {earlier.ref} did not have.")
        return _answer(found, answers, ref), any(answer.hits for answer in answers)

    def _kept(
        self, terms: RunTerms, customers: Sequence[Customer], answers: Sequence[ScreenedName],
        writing: Any, keep_run: Any,
    ) -> str:  # fmt: skip
        with writing(self._own.writing_engine()) as session:
            ref: str = keep_run(session, terms, customers, answers)
            return ref


class _Counter:
    """Turns counts of batches into a count so far."""

    def __init__(self, show: Any) -> None:
        self._show = show
        self._count = 0

    def more(self, count: int) -> None:
        """So many rows more are done."""
        self._count += count
        self._show(self._count)


def _by_hand(
    names: list[str], addresses: list[str], country: str | None, identifiers: list[str]
) -> list[Customer]:
    from provenance.cli.values import country as country_of
    from provenance.core.errors import UsageError
    from provenance.sources.customers import Customer, read_identifiers

    if len(names) > 1 and (addresses or identifiers):
        raise UsageError(
            "--address and --identifier belong to one name", hint="Put several into a file: --file."
        )
    code = country_of(country) if country else None
    numbers = tuple(number for text in identifiers for number in read_identifiers(text))
    return [
        Customer(
            row=place,
            name=" ".join(name.split()),
            addresses=tuple(addresses),
            country=code if code and len(code) == 2 else None,
            identifiers=numbers,
        )
        for place, name in enumerate(names or [""], start=1)
    ]


def _answer(found: Screening, answers: Sequence[ScreenedName], ref: str | None) -> Answer:
    from provenance.cli.render import Answer

    rows = [asdict(answer) for answer in answers]
    if ref:
        found.basis.notes.append(f"Kept as {ref}: provenance screen show {ref}")
    return Answer("provenance.screen/1", rows, _sections(rows), found.basis, fields={"run": ref})


def _sections(rows: list[dict[str, Any]]) -> list[Section]:
    from provenance.cli.render import Section

    sections = []
    telling = [row for row in rows if _tells(row)]
    for row in telling[:_SHOWN_ROWS]:
        sections += _row_sections(row, len(rows) > 1)
    if len(telling) > _SHOWN_ROWS:
        more = len(telling) - _SHOWN_ROWS
        sections.append(Section(f"… and {more:,} rows more: --format csv --out FILE has all of them"))
    clear = sum(not _tells(row) for row in rows)
    if clear:
        sections.append(Section("", lines=[f"No hit for {clear:,} of {len(rows):,} rows."]))
    return sections


def _tells(row: dict[str, Any]) -> bool:
    names = ("hits", "not_screened", "set_aside", "other_times", "dismissed")
    return any(row.get(name) for name in names)


def _row_sections(row: dict[str, Any], numbered: bool) -> list[Section]:
    from provenance.cli.render import Column, Section

    own = f" [{row['id']}]" if row["id"] else ""
    title = f"row {row['row']}{own}: {row['name']}" if numbered else str(row["name"])
    if row["not_screened"]:
        return [Section(title, lines=[f"NOT SCREENED: {row['not_screened']}. This is no clearance."])]
    columns = [
        Column("score", lambda hit: f"{hit['score']:.2f}", right=True),
        Column("list", lambda hit: f"{hit['list']} {hit['version']}"),
        Column("key", lambda hit: str(hit["key"])),
        Column("party", lambda hit: str(hit["party"])),
        Column("matched", lambda hit: str(hit["matched"]), yields=2),
        Column("listed", lambda hit: f"{hit['listed_from'] or '?'} – {hit['listed_to'] or ''}", yields=1),
    ]
    sections = []
    for name, said in (
        ("hits", title),
        ("other_times", f"{title}: at another time"),
        ("set_aside", f"{title}: set aside by number"),
        ("dismissed", f"{title}: dismissed by judgement"),
    ):
        hits = row.get(name)
        if not hits:
            continue
        shown = hits[:_SHOWN_HITS]
        lines = [f"{hit['key']}: {hit['reason']}. Asks {hit['asks']}{_judged(hit)}" for hit in shown]
        if len(hits) > len(shown):
            lines.append(f"… and {len(hits) - len(shown):,} more: --format json shows all.")
        sections.append(Section(said, shown, columns, lines))
    return sections


def _judged(hit: dict[str, Any]) -> str:
    said = hit.get("judgement")
    if not said:
        return ""
    open_again = f"; open again: {said['reopened']}" if said["reopened"] else ""
    return f". Judged {said['verdict']} by {said['actor']} on {said['at'][:10]}: {said['reason']}{open_again}"


def _show_run(own: Context, text: str, format: OutputFormat, out: Path | None) -> None:
    from provenance.cli.render import Answer, Section
    from provenance.screening.runs import find_run, rows_of_run

    with own.reading() as session:
        number, run = find_run(session, text)
        rows = rows_of_run(session, number)
    settings = "; ".join(f"{name} {value}" for name, value in run.settings.items())
    lines = [
        f"By {run.actor} at {run.at:%Y-%m-%d %H:%M} UTC with provenance {run.program_version}: {settings}.",
        f"Against {', '.join(run.versions) or 'no list'}.",
        f"{run.rows_screened:,} rows screened, {run.rows_not_screened:,} not; {run.rows_with_hits:,} with"
        f" {run.hits:,} hits. Result {run.result_sha256[:12]}, input {run.input_sha256[:12]}.",
    ]
    if run.file_name and run.file_sha256:
        lines.append(f"File {run.file_name}, SHA-256 {run.file_sha256}.")
    sections: list[Section] = [Section(f"Screening run {run.ref} ({run.kind})", lines=lines)]
    for row in rows[:_SHOWN_ROWS]:
        sections += _row_sections(row, True)
    printer(format, out).print(Answer("provenance.screen-run/1", rows, sections, fields={"run": asdict(run)}))
