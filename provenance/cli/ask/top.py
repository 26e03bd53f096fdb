"""`provenance top`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.ask.options import (
    CategoryOption,
    CredibilityOption,
    LimitOption,
    MadeAfterOption,
    Readings,
    SinceOption,
    SuspectOption,
    TierOption,
    UntilOption,
    WeaponKindOption,
    WeaponOption,
    filters,
)
from provenance.cli.completion import firms
from provenance.cli.context import Clearance, Display
from provenance.cli.values import country as read_country
from provenance.cli.values import day
from provenance.core.vocabulary import CountryBasis

if TYPE_CHECKING:
    from provenance.services.contracts.ranking import GroupBy


def top(
    context: typer.Context,
    country: Annotated[
        str,
        typer.Option(
            "--country", help="Country of the firm on the chosen basis: a code or name, any, unknown."
        ),
    ] = "US",
    basis: Annotated[
        CountryBasis,
        typer.Option("--basis", help="The firm for which a brand counts, and the country of its seat."),
    ] = CountryBasis.OWNER_NOW,
    weapon_kind: WeaponKindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    weapon: WeaponOption = None,
    category: CategoryOption = None,
    chpl_tier: TierOption = None,
    made_after: MadeAfterOption = None,
    min_recoveries: Annotated[
        int, typer.Option("--min-recoveries", min=1, help="Found in at least this many recoveries.")
    ] = 2,
    min_credibility: CredibilityOption = None,
    include_suspect: SuspectOption = False,
    by: Annotated[str, typer.Option("--by", help="What to rank: firm, part, weapon or country.")] = "firm",
    brands: Annotated[bool, typer.Option("--brands", help="Show the brands of each firm.")] = False,
    evidence: Annotated[
        str | None,
        typer.Option(
            "--evidence", help="Every recovery and component behind this firm's figure.", autocompletion=firms
        ),
    ] = None,
    limit: LimitOption = 20,
    compare_until: Annotated[
        str | None,
        typer.Option(
            "--compare-until",
            help="Also count up to this earlier date, and show what moved until --until (or today).",
        ),
    ] = None,
    *,
    readings: Readings,
    clearance: Clearance,
    display: Display,
) -> None:
    """Rank firms by the distinct recoveries in which their parts were found.

    Presence of a part is not evidence of wrongdoing by its maker.

    Example: provenance top --country any --basis brand --weapon-kind any --limit 10
    """
    from provenance.cli.views.top import evidence_sections, top_sections
    from provenance.services import ranking
    from provenance.services.contracts.ranking import EvidenceRequest, TopRequest

    chosen = filters(
        weapon_kind=weapon_kind,
        since=since,
        until=until,
        weapon=weapon,
        category=category,
        chpl_tier=chpl_tier,
        made_after=made_after,
        min_credibility=min_credibility,
        include_suspect=include_suspect,
        readings=readings,
    )
    workspace = clearance.workspace(context)
    if evidence is not None:
        question = EvidenceRequest(firm=evidence, filters=chosen, basis=basis)
        display.show(ranking.evidence(workspace, question), evidence_sections)
        return
    request = TopRequest(
        filters=chosen,
        basis=basis,
        country=read_country(country),
        by=_group(by),
        min_recoveries=min_recoveries,
        brands=brands,
        limit=limit,
        compare_until=day("--compare-until", compare_until, first=False),
    )
    display.show(ranking.rank(workspace, request), top_sections)


def _group(text: str) -> GroupBy:
    from provenance.core.errors import UsageError
    from provenance.services.contracts.ranking import GroupBy

    try:
        return GroupBy(text)
    except ValueError:
        raise UsageError(f"--by {text}: it is one of {', '.join(GroupBy)}") from None
