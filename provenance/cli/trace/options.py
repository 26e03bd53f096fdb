"""Options that several `provenance trace` commands share, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from provenance.cli.completion import firms, weapons
from provenance.cli.context import Clearance
from provenance.core.errors import UsageError
from provenance.core.vocabulary import EvidenceClass
from provenance.core.vocabulary.tracing import KnownBy

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import ScopeRequest

Request = TypeVar("Request", bound="ScopeRequest")

FirmArgument = Annotated[
    str, typer.Argument(help="Any of the firm's names, or its reference.", autocompletion=firms)
]
AtOption = Annotated[
    str | None, typer.Option("--at", help="As known by the end of this day; defaults to now.")
]
KnownByOption = Annotated[
    KnownBy,
    typer.Option(
        "--known-by",
        help="With --at: known since publication (defaults to retrieval, then entry), or since entry.",
    ),
]
ReadPartsOption = Annotated[
    bool,
    typer.Option(
        "--include-read-parts",
        help="Also rely on part numbers read automatically from markings, where none is stated.",
    ),
]
ClassOption = Annotated[
    list[str] | None,
    typer.Option(
        "--class",
        help=f"Evidence classes to use: {', '.join(EvidenceClass)}, or any; repeatable."
        " Defaults to the three that rest on a record.",
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
    typer.Option("--firm", help="Only components of this firm's brands.", autocompletion=firms),
]
LimitOption = Annotated[int, typer.Option("--limit", min=0, help="Maximum rows (0 = all).")]
ConfidentialOption = Annotated[
    bool,
    typer.Option(
        "--show-confidential",
        help="Show names given in confidence, marked as such; letters and graphs never do.",
    ),
]
RuleOption = Annotated[
    str | None,
    typer.Option(
        "--rule", help="Apply this ownership rule alone, or off for none; defaults to all on record."
    ),
]


@dataclass(frozen=True, kw_only=True)
class Known(Clearance):
    """What was known by when, and how strictly marked it may be."""

    at: AtOption = None
    known_by: KnownByOption = KnownBy.PUBLISHED

    @property
    def on(self) -> date | None:
        """The last day of the date given with --at.

        Raises:
            UsageError: not a date.
        """
        from provenance.cli.values import day

        return day("--at", self.at, first=False)


@dataclass(frozen=True, kw_only=True)
class Traced(Known):
    """What was known by when, and of which components the part is known."""

    include_read_parts: ReadPartsOption = False


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which paths into recoveries a question is about."""

    firm: FirmOption = None
    weapon: WeaponOption = None
    class_: ClassOption = None

    def request(self, kind: type[Request], known: Traced, **more: Any) -> Request:
        """A request of a kind about these paths, as far as they were known; ``more`` are its other fields.

        Raises:
            UsageError: there is no such evidence class, or not a date.
        """
        return kind(
            weapons=tuple(self.weapon or ()),
            firm=self.firm,
            evidence_classes=evidence_classes(self.class_),
            known_on=known.on,
            known_by=known.known_by,
            include_read_parts=known.include_read_parts,
            **more,
        )


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows on a terminal what is being computed, and nothing in a pipe."""
    import sys

    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def evidence_classes(texts: list[str] | None) -> tuple[EvidenceClass, ...]:
    """The evidence classes asked for, strongest first.

    Raises:
        UsageError: there is no such class.
    """
    from provenance.services.contracts.tracing import CLASSES, DOCUMENTED

    if not texts:
        return DOCUMENTED
    wanted = {text.casefold().replace(" ", "_").replace("-", "_") for text in texts}
    strangers = wanted - {"any", *CLASSES}
    if strangers:
        raise UsageError(f"--class {', '.join(sorted(strangers))}: not one of {', '.join(CLASSES)}, any")
    return CLASSES if "any" in wanted else tuple(name for name in CLASSES if name in wanted)
