"""`provenance trace chokepoints`, `recurring` and `gaps`: questions about all known supply paths."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.context import (
    ColumnsOption,
    ExplainOption,
    FormatOption,
    MaxTlpOption,
    OutOption,
    printer,
)
from provenance.cli.trace.options import (
    AtOption,
    ClassOption,
    FirmOption,
    KnownByOption,
    LimitOption,
    RuleOption,
    WeaponOption,
    evidence_classes,
    known_on,
    working,
    workspace_of,
)
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.tracing import KnownBy

CountryOption = Annotated[
    str | None,
    typer.Option("--country", help="Only organizations seated in this country or recorded there as a party."),
]
DocumentsOption = Annotated[
    int,
    typer.Option(
        "--min-documents", min=1, help="Independent documents that an organization needs to be ranked."
    ),
]
MakersOption = Annotated[
    bool, typer.Option("--with-makers", help="Also rank firms that only appear as the maker.")
]
_READING = "Reading all transfers and following their paths…"


def register_trace(trace: typer.Typer) -> None:
    """Adds the commands to the group."""
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
    explain: ExplainOption = False,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Rank organizations by the recoveries whose supply paths pass through them.

    Also shows how many recoveries keep a path when the first ones are removed together.

    Example: provenance trace chokepoints --country HK --weapon Orlan-10
    """
    from provenance.cli.views.trace_surveys import chokepoints_view
    from provenance.services.contracts.tracing import ChokepointsRequest
    from provenance.services.tracing import chokepoints as find_chokepoints

    request = ChokepointsRequest(
        weapons=tuple(weapon or ()),
        firm=firm,
        country=_country(country),
        evidence_classes=evidence_classes(class_),
        known_on=known_on(at),
        known_by=known_by,
        min_documents=min_documents,
        with_makers=with_makers,
        rule=rule,
        limit=limit,
    )
    with working(_READING):
        found = find_chokepoints(workspace_of(context, max_tlp), request)
    printer(format, out, explain, columns).show(found, chokepoints_view)


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
    explain: ExplainOption = False,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List distributors by the recoveries they reach, evidence classes kept apart.

    Example: provenance trace recurring --class any
    """
    from provenance.cli.views.trace_surveys import recurring_view
    from provenance.services.contracts.tracing import RankingRequest
    from provenance.services.tracing import recurring_distributors

    request = RankingRequest(
        weapons=tuple(weapon or ()),
        firm=firm,
        country=_country(country),
        evidence_classes=evidence_classes(class_),
        known_on=known_on(at),
        known_by=known_by,
        with_makers=with_makers,
        rule=rule,
        limit=limit,
    )
    with working(_READING):
        found = recurring_distributors(workspace_of(context, max_tlp), request)
    printer(format, out, explain, columns).show(found, recurring_view)


def gaps(
    context: typer.Context,
    firm: FirmOption = None,
    weapon: WeaponOption = None,
    class_: ClassOption = None,
    at: AtOption = None,
    known_by: KnownByOption = KnownBy.PUBLISHED,
    max_tlp: MaxTlpOption = None,
    limit: LimitOption = 20,
    explain: ExplainOption = False,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List what to ask and whom, by how many recoveries an answer would help to trace.

    Example: provenance trace gaps --weapon Kh-101 --limit 10
    """
    from provenance.cli.views.trace_surveys import gaps_view
    from provenance.services.contracts.tracing import GapsRequest
    from provenance.services.tracing import gaps as find_gaps

    request = GapsRequest(
        weapons=tuple(weapon or ()),
        firm=firm,
        evidence_classes=evidence_classes(class_),
        known_on=known_on(at),
        known_by=known_by,
        limit=limit,
    )
    with working(_READING):
        found = find_gaps(workspace_of(context, max_tlp), request)
    printer(format, out, explain, columns).show(found, gaps_view)


def _country(text: str | None) -> str | None:
    from provenance.cli.values import country as read_country

    return read_country(text) if text else None
