"""`provenance seizures`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms
from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.cli.values import window
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.field import Movement

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.queries.seizures import SeizuresAnswer


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("seizures")(seizures)


def seizures(
    context: typer.Context,
    movement: Annotated[
        Movement | None, typer.Option("--direction", help="What the goods were doing at the border.")
    ] = None,
    from_country: Annotated[
        str | None, typer.Option("--from-country", help="Country they came from.")
    ] = None,
    to_country: Annotated[str | None, typer.Option("--to-country", help="Country they went to.")] = None,
    goods: Annotated[str | None, typer.Option("--goods", help="A piece of the goods as declared.")] = None,
    hs: Annotated[str | None, typer.Option("--hs", help="The beginning of the customs code.")] = None,
    firm: Annotated[
        str | None,
        typer.Option("--firm", help="With this consignor or consignee.", autocompletion=firms),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="Seized since: 2023, 2023-04-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Seized until.")] = None,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List seizures by direction, route and goods. They never count as found in a weapon.

    Example: provenance seizures --to-country RU --hs 8542
    """
    from provenance.queries.names import organization_named
    from provenance.queries.seizures import SeizureQuestion, fetch_seizures

    first, last = window(since, until)
    with context_of(context).reading() as session:
        question = SeizureQuestion(
            movement=movement,
            from_country=_country("--from-country", from_country),
            to_country=_country("--to-country", to_country),
            goods=goods,
            hs=_hs(hs),
            firm=organization_named(session, firm) if firm else None,
            since=first,
            until=last,
            max_tlp=read_max_tlp(max_tlp),
        )
        answer = _answer(fetch_seizures(session, question))
    printer(format, out).print(answer)


def _country(option: str, text: str | None) -> str | None:
    from provenance.core.errors import UsageError
    from provenance.text.countries import UnknownCountry, country_code

    try:
        return country_code(text) if text is not None else None
    except UnknownCountry as error:
        raise UsageError(f"{option}: {error}") from None


def _hs(text: str | None) -> str | None:
    from provenance.core.errors import UsageError

    digits = text.replace(".", "").replace(" ", "") if text is not None else None
    if digits is not None and not (digits.isdecimal() and 2 <= len(digits) <= 12):
        raise UsageError(f"--hs {text}: two digits of a customs code or more")
    return digits


def _answer(found: SeizuresAnswer) -> Answer:
    from provenance.cli.render import Answer, Column, Section

    rows = [asdict(row) for row in found.rows]
    routes = [asdict(row) for row in found.routes]
    by_route = [
        _column("movement", "direction"),
        Column("route", _route),
        _column("hs6", "HS"),
        Column("seizures", lambda row: f"{row['seizures']:,}", right=True),
        Column("components", lambda row: f"{row['components']:,}", right=True),
    ]
    each = [
        _column("ref", "ref"),
        _column("seized", "seized"),
        _column("movement", "direction"),
        Column("route", _route),
        _column("border_point", "border point", 4),
        _column("goods", "goods"),
        _column("hs", "HS"),
        _column("consignor", "consignor", 1),
        _column("consignee", "consignee", 1),
        _column("authority", "authority", 3),
        Column("components", lambda row: f"{row['components']:,}", right=True, yields=5),
    ]
    if not rows:
        sections = [Section("Seizures", lines=["Nothing is on record that fits."])]
    else:
        sections = [
            Section("Seizures by direction, route and goods", routes, by_route),
            Section("Seizures", rows, each),
        ]
    return Answer("provenance.seizures/1", rows, sections, found.basis, {"routes": routes})


def _column(name: str, header: str, yields: int = 0) -> Any:
    from provenance.cli.render import Column

    return Column(header, lambda row: str(row[name] or "–"), yields=yields)


def _route(row: dict[str, Any]) -> str:
    return f"{row['from_country'] or '?'} → {row['to_country'] or '?'}"
