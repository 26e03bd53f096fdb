"""`provenance trace owners`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms
from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.tracing.owners import Corporate

RuleOption = Annotated[
    str | None,
    typer.Option("--rule", help="Go by this ownership rule alone, or off for none; else by all on record."),
]


def register_trace(trace: typer.Typer) -> None:
    """Hangs the command on the group."""
    trace.command("owners")(owners)


def owners(
    context: typer.Context,
    firm: Annotated[
        str, typer.Argument(help="Any of the firm's names, or its reference.", autocompletion=firms)
    ],
    on: Annotated[str | None, typer.Option("--on", help="As of this day; else today.")] = None,
    rule: RuleOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show which listed parties own a firm, by what way, and which rule would treat it like them.

    Example: provenance trace owners "Alpha Trading" --on 2025-10-15 --rule us-bis-affiliates
    """
    from provenance.cli.render import Answer, Section
    from provenance.cli.values import day
    from provenance.core.basis import NO_CLEARANCE
    from provenance.queries.names import organization_labels, organization_named
    from provenance.tracing.corporate import fetch_rules
    from provenance.tracing.owners import OFF, fetch_corporate

    when = day("--on", on, first=False) or date.today()
    with context_of(context).reading() as session:
        number = organization_named(session, firm)
        found = fetch_corporate(session, [number], when, rule=rule)[number]
        label, ref = organization_labels(session, [number])[number]
        rules = [] if rule == OFF else [item for item in fetch_rules(session) if rule in (None, item.key)]
    row = {"firm": label, "firm_ref": ref, "on": when, **corporate_fields(found)}
    lines = [f"Name on a list that day: {', '.join(found.listed) or 'none known'}."]
    lines += [
        f"Owned by {item.owner} ({item.owner_ref}), name on {', '.join(item.lists)}: {item.path}"
        + ("; not all links verified" if item.unverified else "")
        for item in found.owners
    ] or ["No owner of a listed name is on record."]
    lines += [
        f"{item.rule}: {item.percent:g} % of listed owners; that day {item.state} ({item.verification})."
        for item in found.treatments
    ]
    lines += [f"{item.name}: {item.state(when)} on {when}. {item.note or ''}" for item in rules]
    lines.append("The same name is a lead, not an identity. " + NO_CLEARANCE)
    printer(format, out).print(
        Answer("provenance.trace-owners/1", [row], [Section(f"{label} ({ref})", lines=lines)])
    )


def corporate_fields(found: Corporate | None) -> dict[str, Any]:
    """What ownership says of a firm, as answers hold it."""
    from dataclasses import asdict

    if found is None:
        return {"listed_on": [], "listed_owners": [], "ownership_rules": []}
    return {
        "listed_on": list(found.listed),
        "listed_owners": [asdict(item) for item in found.owners],
        "ownership_rules": [asdict(item) for item in found.treatments],
    }
