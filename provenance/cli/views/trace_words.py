"""Words and columns that the views of tracing share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from provenance.cli.views.tables import Column
from provenance.cli.views.words import UNKNOWN, plain_name
from provenance.core.vocabulary import Control
from provenance.text.confidence import HIDDEN
from provenance.text.partial_dates import DateSpan, format_span

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import ListedOwner, OwnershipFindings, Stake

SAME_NAME = "The same name is a lead, not an identity"


def text_column(key: str, header: str | None = None, yields: int = 0) -> Column:
    """A column of words, a dash where a value is unknown."""
    return Column(header or key, lambda row: UNKNOWN if row[key] is None else str(row[key]), yields=yields)


def count_column(key: str, header: str | None = None, yields: int = 0) -> Column:
    """A column of counts."""
    return Column(header or key, lambda row: f"{row[key]:,}", right=True, yields=yields)


def words(value: str | None) -> str:
    """A term of a vocabulary in words, a dash for the unknown."""
    return UNKNOWN if value is None else plain_name(value)


def party(name: str | None, ref: str | None) -> str:
    """A party; one that is not matched to one firm says so."""
    if name is None:
        return "unknown"
    return name if ref is not None or name == HIDDEN else f"{name} (not matched to one firm)"


def when(earliest: date | None, latest: date | None) -> str:
    """A day or a span of days."""
    return format_span(DateSpan(earliest, latest)) or "date unknown"


def amount(value: float, unit: str | None, missing: str) -> str:
    """How much, in which unit; ``missing`` names a unit that is not stated."""
    return f"{value:,.10g} {unit or missing}"


def more_rows(total: int, shown: int) -> list[str]:
    """The line that says how many rows were left off, if any."""
    return [f"… and {total - shown:,} more: --limit 0 shows all."] if total > shown else []


def stakes(owner: ListedOwner) -> str:
    """The stakes from a firm up to an owner: ``Pink Ltd (60 %) ← Red Holding (100 %)``."""
    return " ← ".join(map(stake, owner.stakes))


def stake(held: Stake) -> str:
    """An owner with what it has: ``Pink Ltd (60 %, legal control only)``."""
    share = "share not stated" if held.percent is None else f"{held.percent:g} %"
    control = _CONTROL[held.control] if held.control else ""
    return f"{held.owner} ({share}{control})"


_CONTROL = {
    Control.BOTH: "",
    Control.ECONOMIC: ", economic interest without the right to decide",
    Control.LEGAL: ", right to decide without ownership",
}


def ownership_words(found: OwnershipFindings) -> str:
    """What ownership shows of a firm, in short; empty where it shows nothing."""
    parts = [f"name on {', '.join(found.listed_on)}"] if found.listed_on else []
    parts += [f"owned by {item.owner} (name on {', '.join(item.lists)})" for item in found.listed_owners]
    parts += [f"{item.rule}: {item.percent:g} %, {words(item.state)}" for item in found.treatments]
    return "; ".join(parts)


def flat(rows: Sequence[Any], *keys: str) -> list[dict[str, Any]]:
    """Some attributes of rows, by name, for columns."""
    return [{key: getattr(row, key) for key in keys} for row in rows]
