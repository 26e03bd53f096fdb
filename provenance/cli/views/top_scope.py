"""What a ranking cannot place, shares of countries, and what moved between two days; for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.cli.views.tables import Column, Section, number, text
from provenance.cli.views.words import UNKNOWN, many
from provenance.services.contracts.ranking import NO_COUNTRY, NO_MAKER, NO_OWNER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.core.basis import LeftOut
    from provenance.services.contracts.ranking import Comparison, MovedGroup, Shares, Standing, TopResult

_STATED = "To state them: provenance log belief."
_UNGROUPED = {
    "part": "To count them: --include-read-parts. To state them: provenance log belief.",
    "country": "To count them: --by firm --country any. To state a seat: provenance firm seat.",
}
_CHANGES = {
    NO_MAKER.reason: "To count them: --include-read-makers. To state makers: provenance log belief.",
    NO_OWNER.reason: "To count them: --basis owner-now or brand. To date them: amend REF made=DATE.",
    NO_COUNTRY.reason: "To count them: --country any. To state a seat: provenance firm seat.",
}


_NOTICED = 0.1
"""The share of unknown components above which a ranking stands below a warning: every list has a few percent
without a maker."""


def unplaced_sections(found: TopResult) -> list[Section]:
    """The warning above a ranking of which much is unknown, or which is none because most is; or nothing."""
    unplaced = found.unplaced
    if unplaced.components <= unplaced.out_of * _NOTICED:
        return []
    said = (
        f"of {unplaced.components:,} of {many(unplaced.out_of, 'component')} it is unknown which {found.by}"
        " they count for"
    )
    lines = [
        f"The order may change: {said}." if found.is_ranking else f"Not a ranking: {said}.",
        *(line for reason in unplaced.reasons for line in _reason(reason, found)),
    ]
    return [
        Section("Much of this is unknown" if found.is_ranking else "Most of this is unknown", lines=lines)
    ]


def _reason(reason: LeftOut, found: TopResult) -> Iterator[str]:
    """What is unknown, and what would change it; not an option that was given already."""
    yield f"{many(reason.components, 'component')} ({many(reason.recoveries, 'recovery')}) {reason.reason}."
    filters = found.basis.filters if found.basis else {}
    change = _CHANGES.get(reason.reason) or _UNGROUPED.get(found.by)
    if change and any(
        option in change and filters.get(name) == "counted"
        for name, option in (("read_parts", "--include-read-parts"), ("read_makers", "--include-read-makers"))
    ):
        change = _STATED
    if change:
        yield change


def share_columns(shares: Callable[[Any], Shares | None]) -> list[Column]:
    """The shares of countries, each of all that is counted and of what has a known country."""
    return [
        _share_column("components", lambda row: _both(shares(row), "components")),
        _share_column("recoveries", lambda row: _both(shares(row), "recoveries")),
    ]


def _share_column(what: str, cell: Callable[[Any], str]) -> Column:
    return Column(f"share of {what} (of known)", cell, right=True)


def _both(shares: Shares | None, what: str) -> str:
    if shares is None:
        return UNKNOWN
    of_all, of_known = getattr(shares, f"{what}_of_all"), getattr(shares, f"{what}_of_known")
    return f"{of_all:.1%} ({of_known:.1%})"


def share_note(found: TopResult) -> list[Section]:
    """What the shares are of, and that shares of recoveries overlap."""
    totals = found.totals
    if totals is None or not found.rows:
        return []
    lines = [
        f"Shares are of {many(totals.components, 'component')} in {many(totals.recoveries, 'recovery')};"
        f" in parentheses of the {totals.components_known:,} in {totals.recoveries_known:,}"
        " whose country is known.",
        "Shares of recoveries overlap, and add up to more than 100%: a recovery may hold parts of several"
        " countries.",
    ]
    return [Section("Shares", lines=lines)]


def moved_sections(found: TopResult) -> list[Section]:
    """Each line up to the earlier and up to the later day, and what is in neither."""
    compared = found.compared
    if compared is None:
        return []
    columns = [
        text(found.by, lambda row: row.name),
        text("rank", lambda row: _step(row, lambda each: each.rank)),
        text("recoveries", lambda row: _step(row, lambda each: each.recoveries)),
        number("more recoveries", lambda row: _more(row, lambda each: each.recoveries)),
        text("components", lambda row: _step(row, lambda each: each.components)),
        number("more components", lambda row: _more(row, lambda each: each.components)),
    ]
    if found.by == "country":
        columns.append(text("share of components (of known)", _share_step))
    title = f"Up to {compared.earlier}, and up to {compared.later}"
    return [Section(title, compared.rows, columns), *_in_neither(compared)]


def _step(row: MovedGroup, value: Callable[[Standing], int]) -> str:
    """Before and after; a group of which nothing was counted then has no place before."""
    return f"{f'{value(row.before):,}' if row.before else 'none'} → {value(row.after):,}"


def _more(row: MovedGroup, value: Callable[[Standing], int]) -> int:
    return value(row.after) - (value(row.before) if row.before else 0)


def _share_step(row: MovedGroup) -> str:
    before, after = row.before and row.before.shares, row.after.shares
    said = [f"{each.components_of_known:.1%}" if each else "none" for each in (before, after)]
    return " → ".join(said)


def _in_neither(compared: Comparison) -> list[Section]:
    lines = [
        f"Up to {day}: {many(each.components, 'component')} ({many(each.recoveries, 'recovery')})"
        f" {each.reason}."
        for day, unjudged in (
            (compared.earlier, compared.unjudged_earlier),
            (compared.later, compared.unjudged_later),
        )
        for each in unjudged
    ]
    return [Section("Not counted, because unknown", lines=lines)] if lines else []
