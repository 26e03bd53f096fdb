"""Leads between recoveries, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section, number, text
from provenance.cli.views.words import one_line, plain_name

if TYPE_CHECKING:
    from provenance.services.contracts.leads import (
        BatchMember,
        BatchRow,
        LotsResult,
        SharedGoods,
        SimilarResult,
        SimilarRow,
    )

_NAMED = 4
"""Shared things named in a row; the others are counted, and JSON has all."""

_LONGEST = 40
"""Characters of a marking that stands for a part."""


def lot_sections(found: LotsResult) -> list[Section]:
    """Each batch with how rare it is, then where its items were found."""
    title = f"Lots and date codes in several recoveries ({found.total:,})"
    if not found.rows:
        return [Section(title, lines=["None on record."])]
    columns = [
        text("batch", lambda row: row.code),
        text("kind", lambda row: plain_name(row.kind)),
        text("maker", lambda row: row.maker),
        text("goods", _goods),
        text("recoveries", lambda row: f"{row.recoveries:,} of {row.of_recoveries:,}"),
        number("components", lambda row: row.components),
    ]
    lines = [line for row in found.rows for line in _members(row)]
    if (left := found.total - len(found.rows)) > 0:
        lines.append(f"… and {left:,} more: --limit 0 shows all.")
    return [Section(title, found.rows, columns), Section("Found in", lines=lines)]


def _goods(row: BatchRow) -> str:
    if row.part is not None:
        return f"{row.part} (read)" if row.part_read else row.part
    return f"marked {_short(row.marking)}" if row.marking else ""


def _short(marking: str) -> str:
    line = one_line(marking)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _members(row: BatchRow) -> list[str]:
    return [f"{row.code}:", *(f"  {_member(each)}" for each in row.members)]


def _member(member: BatchMember) -> str:
    unit = f", {member.unit}" if member.unit else ""
    pieces = f", {member.pieces:,} pieces" if member.pieces else ""
    return f"{member.component_ref} in {member.recovery} ({member.recovery_ref}){unit}{pieces}"


def similar_sections(found: SimilarResult, *, swapped: bool) -> list[Section]:
    """The most similar ones, each with the rarest things in common; then what changed since one."""
    title = f"Sharing parts with {found.label} ({found.ref}): {found.total:,}"
    if not found.rows:
        sections = [Section(title, lines=["None on record shares a part, marking or lot with it."])]
    else:
        columns = [
            text("ref", lambda row: row.ref),
            text("name", lambda row: row.label),
            text("dated", _dated, yields=3),
            number("shared", lambda row: len(row.shared), yields=1),
            text("weight", lambda row: f"{row.weight:.2f}"),
            text("likeness", lambda row: f"{row.likeness:.0%}", yields=2),
            text("rarest in common", _rarest),
        ]
        left = found.total - len(found.rows)
        lines = [f"… and {left:,} more: --limit 0 shows all."] if left > 0 else []
        sections = [Section(title, found.rows, columns, lines)]
    if found.compared_with is not None:
        sections.append(_changes(found))
    elif swapped:
        said = "None of its type that shares a part is certainly dated earlier: --against compares any two."
        sections.append(Section("Swapped", lines=[said]))
    return sections


def _dated(row: SimilarRow) -> str | None:
    if row.dated is None:
        return None
    return row.dated if row.earlier is None else f"{row.dated} ({'earlier' if row.earlier else 'later'})"


def _rarest(row: SimilarRow) -> str:
    named = "; ".join(map(_shared, row.shared[:_NAMED]))
    left = len(row.shared) - _NAMED
    return f"{named} and {left:,} more" if left > 0 else named


def _shared(goods: SharedGoods) -> str:
    name = f"lot {goods.name}" if goods.kind == "lot" else _short(goods.name)
    return f"{name} (in {goods.recoveries:,})"


def _changes(found: SimilarResult) -> Section:
    title = f"Different from {found.compared_with}"
    if not found.changes:
        return Section(title, lines=["Nothing that can be compared differs."])
    columns = [
        text("unit", lambda row: row.unit),
        text("kind", lambda row: plain_name(row.category or "unknown")),
        text("only in the other", lambda row: _names(row.gone)),
        text("only in this one", lambda row: _names(row.come)),
        text("", lambda row: "may have been replaced" if row.swapped else ""),
    ]
    lines = ["What is not listed may be missing from a report and not from the weapon."]
    return Section(title, found.changes, columns, lines)


def _names(names: Sequence[str]) -> str:
    return "; ".join(map(_short, names))
