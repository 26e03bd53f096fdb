"""`provenance top`, `exposure` and `new`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import firms, weapons
from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.values import categories, country, day, tiers, weapon_kinds, window
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import ComponentCategory, CountryBasis, OutputFormat, WeaponKind

if TYPE_CHECKING:
    from provenance.queries.counting import GroupBy


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("top")(top)
    app.command("exposure")(exposure)
    app.command("new")(new)


WeaponKindOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weapon-kind",
        help=f"{', '.join(WeaponKind)}, or any; repeatable. Else missile, drone and guided_munition.",
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", help="Recovered (else captured, else used) since: 2023, 2023-04, 2023-04-01."),
]
UntilOption = Annotated[
    str | None, typer.Option("--until", help="Recovered (else captured, else used) until.")
]
WeaponOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weapon", help="Out of this weapon, by any of its names; repeatable.", autocompletion=weapons
    ),
]
CategoryOption = Annotated[
    list[str] | None, typer.Option("--category", help=f"{', '.join(ComponentCategory)}; repeatable.")
]
TierOption = Annotated[
    list[str] | None,
    typer.Option("--chpl-tier", help="Tier of the Common High Priority List: 1, 2, 3, 3.A, 3.B…"),
]
SuspectOption = Annotated[
    bool, typer.Option("--include-suspect", help="Count suspected and confirmed counterfeits too.")
]
TentativeOption = Annotated[
    bool, typer.Option("--include-tentative", help="Count what the program only guesses too.")
]
MadeAfterOption = Annotated[str | None, typer.Option("--made-after", help="Certainly made after this day.")]


def top(
    context: typer.Context,
    country_: Annotated[
        str,
        typer.Option(
            "--country", help="Country of the firm on the chosen basis: a code or name, any, unknown."
        ),
    ] = "US",
    basis: Annotated[
        CountryBasis, typer.Option("--basis", help="Which firm answers for a brand, and where it sits.")
    ] = CountryBasis.OWNER_NOW,
    weapon_kind: WeaponKindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    weapon: WeaponOption = None,
    category: CategoryOption = None,
    chpl_tier: TierOption = None,
    made_after: MadeAfterOption = None,
    min_recoveries: Annotated[
        int, typer.Option("--min-recoveries", min=1, help="Seen in at least so many: once is not “keeps”.")
    ] = 2,
    min_credibility: Annotated[
        int | None,
        typer.Option(
            "--min-credibility", min=1, max=5, help="Admiralty credibility at least this good (1 is best)."
        ),
    ] = None,
    include_suspect: SuspectOption = False,
    include_tentative: TentativeOption = False,
    by: Annotated[str, typer.Option("--by", help="What to rank: firm, part, weapon or country.")] = "firm",
    brands: Annotated[bool, typer.Option("--brands", help="Show the brands under each firm.")] = False,
    evidence: Annotated[
        str | None,
        typer.Option(
            "--evidence", help="Every recovery and component behind this firm's figure.", autocompletion=firms
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Show so many; 0 shows all.")] = 20,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Whose parts keep turning up: firms by distinct recoveries.

    Presence of a part is no evidence of wrongdoing by its maker.

    Example: provenance top --country any --basis brand --weapon-kind any --limit 10
    """
    from provenance.cli.answers import evidence_answer, top_answer
    from provenance.queries.counting import TopQuestion
    from provenance.queries.evidence import fetch_evidence
    from provenance.queries.filters import Selection
    from provenance.queries.names import weapons_named
    from provenance.queries.top import fetch_top

    first, last = window(since, until)
    with context_of(context).reading() as session:
        selection = Selection(
            weapon_kinds=weapon_kinds(weapon_kind),
            since=first,
            until=last,
            weapon_ids=weapons_named(session, weapon or []),
            categories=categories(category),
            tiers=tiers(session, chpl_tier),
            made_after=day("--made-after", made_after, first=False),
            min_credibility=min_credibility,
            include_suspect=include_suspect,
            include_tentative=include_tentative,
            max_tlp=read_max_tlp(max_tlp),
        )
        question = TopQuestion(
            selection=selection,
            basis=basis,
            country=country(country_),
            by=_group(by),
            min_recoveries=min_recoveries,
            brands=brands,
            limit=limit,
        )
        today = date.today()
        if evidence is not None:
            answer = evidence_answer(fetch_evidence(session, question, evidence, today=today))
        else:
            answer = top_answer(fetch_top(session, question, today=today), question)
        printer(format, out).print(answer)


def exposure(
    context: typer.Context,
    firm: Annotated[
        str,
        typer.Argument(
            help="Any of the firm's names, today's or former, or its reference.", autocompletion=firms
        ),
    ],
    weapon_kind: Annotated[
        list[str] | None,
        typer.Option("--weapon-kind", help=f"{', '.join(WeaponKind)}; repeatable. Else any."),
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    weapon: WeaponOption = None,
    include_suspect: SuspectOption = False,
    include_tentative: TentativeOption = False,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Show so many lines of each list; 0 shows all.")
    ] = 20,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """One firm: its brands by date, its parts, where and when they turned up, transfers, sources.

    Presence of a part is no evidence of wrongdoing by its maker; an empty result is no clearance.

    Example: provenance exposure "Maxim Integrated"
    """
    from provenance.cli.firm_answers import exposure_answer
    from provenance.queries.exposure import fetch_exposure
    from provenance.queries.filters import Selection
    from provenance.queries.names import weapons_named

    first, last = window(since, until)
    with context_of(context).reading() as session:
        selection = Selection(
            weapon_kinds=weapon_kinds(weapon_kind or ["any"]),
            since=first,
            until=last,
            weapon_ids=weapons_named(session, weapon or []),
            include_suspect=include_suspect,
            include_tentative=include_tentative,
            max_tlp=read_max_tlp(max_tlp),
        )
        answer = exposure_answer(fetch_exposure(session, firm, selection, today=date.today()), limit)
        printer(format, out).print(answer)


def new(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help="First seen since: 2023, 2023-04, 2023-04-01.")],
    basis: Annotated[
        CountryBasis, typer.Option("--basis", help="Which firm answers for a brand.")
    ] = CountryBasis.BRAND,
    weapon_kind: WeaponKindOption = None,
    include_tentative: TentativeOption = False,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Show so many of each list; 0 shows all.")
    ] = 20,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """First sightings of firms and parts since a day, by recovery and by publication apart.

    Example: provenance new --since 2024
    """
    from provenance.cli.firm_answers import sightings_answer
    from provenance.queries.filters import Selection
    from provenance.queries.sightings import fetch_sightings

    first = day("--since", since, first=True)
    assert first is not None
    with context_of(context).reading() as session:
        selection = Selection(
            weapon_kinds=weapon_kinds(weapon_kind),
            include_tentative=include_tentative,
            max_tlp=read_max_tlp(max_tlp),
        )
        found = fetch_sightings(session, first, selection, basis, today=date.today())
        printer(format, out).print(sightings_answer(found, limit))


def _group(text: str) -> GroupBy:
    from provenance.core.errors import UsageError
    from provenance.queries.counting import GroupBy

    try:
        return GroupBy(text)
    except ValueError:
        raise UsageError(f"--by {text}: rank by {', '.join(GroupBy)}") from None
