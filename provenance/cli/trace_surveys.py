"""`provenance trace chokepoints`, `recurring` and `gaps`: questions about all roads on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.trace_options import (
    AtOption,
    ClassOption,
    FirmOption,
    KnownByOption,
    LimitOption,
    WeaponOption,
    as_of,
    scope_of,
    working,
)
from provenance.cli.trace_owners import RuleOption, corporate_fields
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.tracing import KnownBy

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.tracing.owners import Corporate
    from provenance.tracing.people import Figures
    from provenance.tracing.statements import AsOf
    from provenance.tracing.surveying import Chokepoints, GapRow, Recurring

CountryOption = Annotated[
    str | None,
    typer.Option("--country", help="Organizations that sit in this country, or stood in it as a party."),
]
DocumentsOption = Annotated[
    int, typer.Option("--min-documents", min=1, help="Rank what rests on so many independent documents.")
]
MakersOption = Annotated[
    bool, typer.Option("--with-makers", help="Rank those too that only ever were the maker.")
]


def register_trace(trace: typer.Typer) -> None:
    """Hangs the commands on the group."""
    trace.command("chokepoints")(chokepoints)
    trace.command("recurring")(recurring)
    trace.command("gaps")(gaps)


def chokepoints(
    context: typer.Context,
    country: CountryOption = None,
    firm: FirmOption = None,
    weapon: WeaponOption = None,
    class_: ClassOption = None,
    min_documents: DocumentsOption = 2,
    with_makers: MakersOption = False,
    rule: RuleOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 20,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Which organizations stand on the most documented roads into recoveries, and what is left without them.

    Example: provenance trace chokepoints --country HK --weapon Orlan-10
    """
    from provenance.tracing.surveying import fetch_chokepoints

    state = as_of(at, known_by, max_tlp)
    with context_of(context).reading() as session:
        scope = scope_of(
            session, weapon=weapon, firm=firm, country=country, classes=class_, state=state,
            min_documents=min_documents, with_makers=with_makers,
        )  # fmt: skip
        with working("Reading all transfers and following their roads…"):
            found = fetch_chokepoints(session, scope, limit=limit)
        owned = _owned(session, [row.firm.ref for row in found.rows], state, rule)
    printer(format, out).print(_chokepoints(found, owned))


def recurring(
    context: typer.Context,
    country: CountryOption = None,
    firm: FirmOption = None,
    weapon: WeaponOption = None,
    class_: ClassOption = None,
    with_makers: MakersOption = False,
    rule: RuleOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 20,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List distributors by the recoveries they reach, evidence classes apart.

    Example: provenance trace recurring --class any
    """
    from provenance.tracing.surveying import fetch_recurring

    state = as_of(at, known_by, max_tlp)
    with context_of(context).reading() as session:
        scope = scope_of(
            session, weapon=weapon, firm=firm, country=country, classes=class_, state=state,
            with_makers=with_makers,
        )  # fmt: skip
        with working("Reading all transfers and following their roads…"):
            rows, basis = fetch_recurring(session, scope, limit=limit)
        owned = _owned(session, [row.firm.ref for row in rows], state, rule)
    printer(format, out).print(_recurring(rows, basis, owned))


def gaps(
    context: typer.Context,
    firm: FirmOption = None,
    weapon: WeaponOption = None,
    class_: ClassOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 20,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List the chains worth a request: whom to ask what, by how many recoveries would gain.

    Example: provenance trace gaps --weapon Kh-101 --limit 10
    """
    from provenance.tracing.surveying import fetch_gaps

    state = as_of(at, known_by, max_tlp)
    with context_of(context).reading() as session:
        scope = scope_of(session, weapon=weapon, firm=firm, classes=class_, state=state)
        with working("Reading all transfers and following their roads…"):
            rows, total, basis = fetch_gaps(session, scope, limit=limit)
    printer(format, out).print(_gaps(rows, total, basis))


Owned = dict[str | None, "Corporate"]


def _owned(session: Any, refs: list[str | None], state: AsOf, rule: str | None) -> Owned:
    """What ownership says of the firms shown, on the day asked about, else today."""
    from datetime import date

    from provenance.queries.names import organization_named
    from provenance.tracing.owners import fetch_corporate

    numbers = {ref: organization_named(session, ref) for ref in refs if ref}
    found = fetch_corporate(session, list(numbers.values()), state.day or date.today(), rule=rule)
    return {ref: found[number] for ref, number in numbers.items()}


def _amounts(row: dict[str, Any], what: str, unknown: str) -> str:
    told = []
    for side, verb in (("taken", "took"), ("given", "gave")):
        amounts, silent = row[side][what], row[side][unknown]
        said = [f"{amount:,.10g} {unit}" for unit, amount in sorted(amounts.items())]
        said += [f"{silent:,} not stated"] if silent else []
        told += [f"{verb} {' + '.join(said)}"] if said else []
    return "; ".join(told) or "–"


def _figures(figures: Figures) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(figures)


def _when(row: dict[str, Any]) -> str:
    if not row["first"]:
        return "not known"
    return str(row["first"]) if row["first"] == row["last"] else f"{row['first']} – {row['last']}"


def _coverage(found: Chokepoints) -> str:
    return (
        f"Coverage: {found.with_road:,} of {found.recoveries:,} recoveries have any documented road"
        f" ({found.components_with_road:,} of {found.components:,} components)."
    )


def _chokepoints(found: Chokepoints, owned: Owned) -> Answer:
    from dataclasses import asdict

    from provenance.cli.render import Answer, Column, Section
    from provenance.cli.trace_answers import count

    rows = []
    for row in found.rows:
        whole = asdict(row)
        figures, firm = whole.pop("figures"), whole.pop("firm")
        about = corporate_fields(owned.get(row.firm.ref))
        rows.append(
            {"rank": row.rank, "firm": firm["name"], "firm_ref": firm["ref"], **whole, **figures, **about}
        )
    columns = [
        Column("rank", lambda row: str(row["rank"]), right=True),
        Column("firm", lambda row: f"{row['firm']} ({', '.join(row['countries']) or '–'})"),
        count("some_recoveries", "some road"),
        count("every_recoveries", "every road"),
        count("replaceable_recoveries", "other roads"),
        count("some_components", "components", 2),
        count("documents", "documents"),
        count("origin_groups", "origins", 1),
        Column("transfers", _when, yields=3),
        Column("quantity", lambda row: _amounts(row, "quantities", "unquantified"), yields=5),
        Column("value", lambda row: _amounts(row, "values", "unvalued"), yields=4),
        Column("countries", lambda row: ", ".join(row["partner_countries"]) or "–", yields=6),
    ]
    lines = [] if rows else ["No organization rests on enough independent documents to be ranked."]
    title = "Recoveries to which some road, every known road, or other roads too lead"
    sections = [Section(_coverage(found)), Section(title, rows, columns if rows else (), lines)]
    sections += _ownership(rows, owned)
    if found.cut:
        sections.append(_cut(found))
    return Answer("provenance.trace-chokepoints/1", rows, sections, found.basis, _chokepoint_fields(found))


def _chokepoint_fields(found: Chokepoints) -> dict[str, Any]:
    """What stands beside the rows: the coverage, and what is left after each cut."""
    return {
        "coverage": {
            "recoveries_with_road": found.with_road,
            "recoveries": found.recoveries,
            "components_with_road": found.components_with_road,
            "components": found.components,
            "unranked": found.unranked,
        },
        "cut_off": [
            {
                "firm": step.firm.name,
                "firm_ref": step.firm.ref,
                "left": step.left,
                "at_least_left": step.at_least_left,
            }
            for step in found.cut
        ],
    }


def _ownership(rows: list[dict[str, Any]], owned: Owned) -> list[Any]:
    """What ownership says of the firms shown; nothing where it says nothing."""
    from provenance.cli.render import Section

    said = [(row["firm"], about.words()) for row in rows if (about := owned.get(row["firm_ref"]))]
    lines = [f"{firm}: {words}" for firm, words in said if words]
    if lines:
        lines.append("The same name is a lead, not an identity; see provenance trace owners FIRM.")
    return [Section("Listed names and listed owners", lines=lines)] if lines else []


def _cut(found: Chokepoints) -> Any:
    from provenance.cli.render import Section

    lines = [
        f"{number}. without {step.firm.name}: {step.left:,} of {found.with_road:,} recoveries keep a road"
        f" (whichever {number} are cut off, at least {step.at_least_left:,} do)"
        for number, step in enumerate(found.cut, start=1)
    ]
    lines.append(
        "Each recovery draws one unit over any open road; taken greedily; the bound is one greatest flow's."
    )
    return Section("Cut off together, one after the other", lines=lines)


def _recurring(found: list[Recurring], basis: Any, owned: Owned) -> Answer:
    from provenance.cli.render import Answer, Column, Section
    from provenance.cli.trace_answers import count

    rows = [
        {
            "rank": row.rank,
            "firm": row.firm.name,
            "firm_ref": row.firm.ref,
            "recoveries": row.recoveries,
            "by_class": row.by_class,
            "documents": row.documents,
            **_figures(row.figures),
            **corporate_fields(owned.get(row.firm.ref)),
        }
        for row in found
    ]
    names = list(found[0].by_class) if found else []
    columns = [
        Column("rank", lambda row: str(row["rank"]), right=True),
        Column("firm", lambda row: f"{row['firm']} ({', '.join(row['countries']) or '–'})"),
        Column("role", lambda row: ", ".join(row["roles"]).replace("_", " "), yields=2),
        *(
            Column(name.replace("_", " "), lambda row, name=name: f"{row['by_class'][name]:,}", right=True)  # type: ignore[misc]  # the default binds the loop's name
            for name in names
        ),
        count("documents", "documents"),
        Column("transfers", _when, yields=3),
    ]
    lines = [] if rows else ["No distributor is on a road into a recovery, by these classes."]
    title = "Recoveries reached, by the weakest class on the strongest road"
    sections = [Section(title, rows, columns if rows else (), lines), *_ownership(rows, owned)]
    return Answer("provenance.trace-recurring/1", rows, sections, basis)


def _gaps(found: list[GapRow], total: int, basis: Any) -> Answer:
    from provenance.cli.render import Answer, Section
    from provenance.cli.trace_answers import count, text

    rows = [
        {
            "ask": row.firm.name,
            "ask_ref": row.firm.ref,
            "question": row.question.value,
            "recoveries": row.recoveries,
            "components": row.components,
            "traceable": row.traceable,
            "requests_so_far": row.asked,
        }
        for row in found
    ]
    columns = [
        text("ask"),
        text("question"),
        count("recoveries"),
        count("components"),
        count("traceable", "with lot or date code"),
        count("requests_so_far", "asked before"),
    ]
    lines = [f"… and {total - len(rows):,} more: --limit 0 shows all."] if total > len(rows) else []
    lines += [] if rows else ["No chain breaks off at a firm that could be asked."]
    title = f"Questions worth a letter ({total:,}), by the recoveries that would gain"
    return Answer(
        "provenance.trace-gaps/1", rows, [Section(title, rows, columns if rows else (), lines)], basis
    )
