"""`provenance trace chokepoints`, `recurring` and `gaps`: questions about all known supply paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from provenance.cli.context import Display
from provenance.cli.option_groups import grouped
from provenance.cli.trace.options import LimitOption, RuleOption, Scope, Traced, working

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import RankingRequest

Ranking = TypeVar("Ranking", bound="RankingRequest")

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


@dataclass(frozen=True, kw_only=True)
class RankedScope(Scope):
    """Which paths are looked at, and which organizations on them are ranked."""

    country: CountryOption = None
    with_makers: MakersOption = False
    rule: RuleOption = None

    def ranking(self, kind: type[Ranking], known: Traced, **more: Any) -> Ranking:
        """A request for a ranking; see `Scope.request`."""
        from provenance.cli.values import country

        return self.request(
            kind,
            known,
            country=country(self.country) if self.country else None,
            with_makers=self.with_makers,
            rule=self.rule,
            **more,
        )


def register_trace(trace: typer.Typer) -> None:
    """Adds the commands to the group."""
    trace.command("chokepoints")(grouped(chokepoints))
    trace.command("recurring")(grouped(recurring))
    trace.command("gaps")(grouped(gaps))


def chokepoints(
    context: typer.Context,
    scope: RankedScope,
    known: Traced,
    min_documents: DocumentsOption = 2,
    limit: LimitOption = 20,
    *,
    display: Display,
) -> None:
    """Rank organizations by the recoveries whose supply paths pass through them.

    Also shows how many recoveries keep a path when the first ones are removed together.

    Example: provenance trace chokepoints --country HK --weapon Orlan-10
    """
    from provenance.cli.views.trace_surveys import chokepoints_view
    from provenance.services.contracts.tracing import ChokepointsRequest
    from provenance.services.tracing import chokepoints as find_chokepoints

    request = scope.ranking(ChokepointsRequest, known, min_documents=min_documents, limit=limit)
    with working(_READING):
        found = find_chokepoints(known.workspace(context), request)
    display.show(found, chokepoints_view)


def recurring(
    context: typer.Context, scope: RankedScope, known: Traced, limit: LimitOption = 20, *, display: Display
) -> None:
    """List distributors by the recoveries they reach, evidence classes kept apart.

    Example: provenance trace recurring --class any
    """
    from provenance.cli.views.trace_surveys import recurring_view
    from provenance.services.contracts.tracing import RankingRequest
    from provenance.services.tracing import recurring_distributors

    request = scope.ranking(RankingRequest, known, limit=limit)
    with working(_READING):
        found = recurring_distributors(known.workspace(context), request)
    display.show(found, recurring_view)


def gaps(
    context: typer.Context, scope: Scope, known: Traced, limit: LimitOption = 20, *, display: Display
) -> None:
    """List what to ask and whom, by how many recoveries an answer would help to trace.

    Example: provenance trace gaps --weapon Kh-101 --limit 10
    """
    from provenance.cli.views.trace_surveys import gaps_view
    from provenance.services.contracts.tracing import GapsRequest
    from provenance.services.tracing import gaps as find_gaps

    request = scope.request(GapsRequest, known, limit=limit)
    with working(_READING):
        found = find_gaps(known.workspace(context), request)
    display.show(found, gaps_view)
