"""Files of published lists read, and what their entries say in short."""

from __future__ import annotations

from pathlib import Path

from provenance.core.vocabulary.watched import ListedNameKind
from provenance.sources.formats import ReadOptions
from provenance.sources.registry import WATCHLISTS
from provenance.sources.watchlists.records import ListEntry
from tests.support.commands import CHECKOUT
from tests.support.days import TODAY

FIXTURES = CHECKOUT / "tests" / "sources" / "fixtures" / "watchlists"
PRIMARY, ALIAS, FORMER, WEAK = (
    ListedNameKind.PRIMARY,
    ListedNameKind.ALIAS,
    ListedNameKind.FORMER,
    ListedNameKind.WEAK,
)


def read(format_name: str, file: Path, text: str | None = None) -> list[ListEntry]:
    """The entries of a file, written first if its text is given."""
    if text is not None:
        file.write_text(text, encoding="utf-8", newline="")
    return list(WATCHLISTS.named(format_name).read(file, ReadOptions(TODAY)))


def names(entry: ListEntry) -> list[tuple[str, ListedNameKind]]:
    """The names of an entry with their kinds."""
    return [(name.name, name.kind) for name in entry.names]


def places(entry: ListEntry) -> list[tuple[str, str | None]]:
    """The addresses of an entry with their countries."""
    return [(place.text, place.country) for place in entry.addresses]
