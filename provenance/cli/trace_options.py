"""Options that several `provenance trace` commands share, and what they are read into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import firms, weapons
from provenance.core.errors import UsageError
from provenance.core.vocabulary import EvidenceClass
from provenance.core.vocabulary.tracing import KnownBy

if TYPE_CHECKING:
    from provenance.schema.session import Session
    from provenance.tracing.statements import AsOf
    from provenance.tracing.surveying import Scope

AtOption = Annotated[
    str | None, typer.Option("--at", help="As it was known by the end of this day; else as it is now.")
]
KnownByOption = Annotated[
    KnownBy,
    typer.Option(
        "--known-by",
        help="With --at: since it was published (else retrieved, else entered), or since it was entered.",
    ),
]
ClassOption = Annotated[
    list[str] | None,
    typer.Option(
        "--class",
        help=f"Evidence classes to go by: {', '.join(EvidenceClass)}, or any; repeatable."
        " Else the three behind which there is a record.",
    ),
]
WeaponOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weapon", help="Found in this weapon, by any of its names; repeatable.", autocompletion=weapons
    ),
]
FirmOption = Annotated[
    str | None,
    typer.Option("--firm", help="Components of this firm's brands only.", autocompletion=firms),
]
LimitOption = Annotated[int, typer.Option("--limit", min=0, help="Show so many; 0 shows all.")]
ConfidentialOption = Annotated[
    bool,
    typer.Option(
        "--show-confidential", help="Show names given in confidence, marked; never for a letter or a picture."
    ),
]


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows on a terminal that something is being worked out, and nothing in a pipe."""
    import sys

    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def as_of(day: str | None, by: KnownBy, max_tlp: str | None) -> AsOf:
    """The state of knowledge that the options ask about.

    Raises:
        UsageError: no day, or no mark.
    """
    from provenance.cli.values import day as read_day
    from provenance.cli.values import max_tlp as read_max_tlp
    from provenance.tracing.statements import AsOf

    return AsOf(read_day("--at", day, first=False), by, read_max_tlp(max_tlp))


def evidence_classes(texts: list[str] | None) -> tuple[EvidenceClass, ...]:
    """The evidence classes asked for, strongest first.

    Raises:
        UsageError: there is no such class.
    """
    from provenance.tracing.classes import CLASSES, DOCUMENTED

    if not texts:
        return DOCUMENTED
    wanted = {text.casefold().replace(" ", "_").replace("-", "_") for text in texts}
    strangers = wanted - {"any", *CLASSES}
    if strangers:
        raise UsageError(f"--class {', '.join(sorted(strangers))}: it is one of {', '.join(CLASSES)}, any")
    return CLASSES if "any" in wanted else tuple(name for name in CLASSES if name in wanted)


def scope_of(
    session: Session,
    *,
    weapon: list[str] | None = None,
    firm: str | None = None,
    country: str | None = None,
    classes: list[str] | None = None,
    state: AsOf,
    min_documents: int = 2,
    with_makers: bool = False,
) -> Scope:
    """What a survey is to look at.

    Raises:
        NotFound: no such weapon or firm.
        UsageError: no such class or country.
    """
    from datetime import date

    from provenance.cli.values import country as read_country
    from provenance.domain.ownership import load_genealogy
    from provenance.queries.names import organization_named, weapons_named, with_variants
    from provenance.tracing.surveying import Scope

    weapons = sorted(with_variants(session, weapons_named(session, weapon))[0]) if weapon else []
    makers: list[int] = []
    if firm:
        number = organization_named(session, firm)
        genealogy = load_genealogy(session, today=date.today())
        ever = genealogy.owned.get(number, {number}) | {number}
        makers = sorted(brand for brand in ever if genealogy.belongs_on(brand, number, date.today()))
    return Scope(
        weapons=weapons,
        makers=makers,
        country=read_country(country) if country else None,
        classes=evidence_classes(classes),
        as_of=state,
        min_documents=min_documents,
        with_makers=with_makers,
    )
