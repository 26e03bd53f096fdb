"""Options that several questions share, read into the filters of a count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import weapons
from provenance.cli.notes import show_notes
from provenance.cli.values import categories, day, weapon_kinds, window
from provenance.core.errors import NotFound, Withheld
from provenance.core.vocabulary import ComponentCategory, Tlp, WeaponKind

if TYPE_CHECKING:
    from provenance.services.contracts.count_filters import CountFilters

WeaponKindOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weapon-kind",
        help=f"{', '.join(WeaponKind)}, or any; repeatable. Defaults to missile, drone, guided_munition.",
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since", help="Recovered (if unknown: captured or used) since: 2023, 2023-04, 2023-04-01."
    ),
]
UntilOption = Annotated[
    str | None, typer.Option("--until", help="Recovered (if unknown: captured or used) until.")
]
WeaponOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weapon", help="Found in this weapon, by any of its names; repeatable.", autocompletion=weapons
    ),
]
CategoryOption = Annotated[
    list[str] | None, typer.Option("--category", help=f"{', '.join(ComponentCategory)}; repeatable.")
]
TierOption = Annotated[
    list[str] | None,
    typer.Option(
        "--chpl-tier", help="Tier of the Common High Priority List: 1, 2, 3, 3.A, 3.B…; repeatable."
    ),
]
SuspectOption = Annotated[
    bool, typer.Option("--include-suspect", help="Also count suspected and confirmed counterfeits.")
]


@dataclass(frozen=True, slots=True)
class Readings:
    """Which of the program's own readings of markings are counted as well."""

    include_read_parts: Annotated[
        bool, typer.Option("--include-read-parts", help="Also count part numbers read automatically.")
    ] = False
    include_read_makers: Annotated[
        bool,
        typer.Option(
            "--include-read-makers", help="Also count makers read automatically, where none is published."
        ),
    ] = False
    include_tentative: Annotated[
        bool, typer.Option("--include-tentative", help="Both of these; the former name.")
    ] = False

    def included(self) -> dict[str, bool]:
        """What is included, by the names of `CountFilters`; says what the former name stands for."""
        if self.include_tentative:
            show_notes(["--include-tentative is both --include-read-parts and --include-read-makers."])
        return {
            "include_read_parts": self.include_read_parts or self.include_tentative,
            "include_read_makers": self.include_read_makers or self.include_tentative,
        }


MadeAfterOption = Annotated[str | None, typer.Option("--made-after", help="Certainly made after this date.")]
CredibilityOption = Annotated[
    int | None,
    typer.Option(
        "--min-credibility", min=1, max=5, help="Admiralty credibility at least this good (1 = best)."
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", min=0, help="Maximum rows (0 = all).")]
ListLimitOption = Annotated[int, typer.Option("--limit", min=0, help="Maximum rows of each list (0 = all).")]


def filters(
    *,
    weapon_kind: Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    weapon: Sequence[str] | None = None,
    category: Sequence[str] | None = None,
    chpl_tier: Sequence[str] | None = None,
    made_after: str | None = None,
    min_credibility: int | None = None,
    include_suspect: bool = False,
    readings: Readings | None = None,
) -> CountFilters:
    """The filters that the options describe.

    Raises:
        UsageError: an option cannot be read.
    """
    from provenance.services.contracts.count_filters import CountFilters

    first, last = window(since, until)
    return CountFilters(
        weapon_kinds=weapon_kinds(weapon_kind),
        since=first,
        until=last,
        weapons=tuple(weapon or ()),
        categories=categories(category),
        chpl_tiers=tuple(chpl_tier or ()),
        made_after=day("--made-after", made_after, first=False),
        min_credibility=min_credibility,
        include_suspect=include_suspect,
        **(readings.included() if readings else {}),
    )


@contextmanager
def clearance_hint(clearance: Tlp | None) -> Iterator[None]:
    """Names the option that withholds a record, if one is withheld."""
    try:
        yield
    except Withheld as error:
        hint = f"--max-tlp {clearance} leaves out what is stricter."
        raise NotFound(error.message, hint=hint) from None
