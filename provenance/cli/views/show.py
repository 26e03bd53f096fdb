"""One record of any kind, for people: its facts, then a table for each of its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from provenance.cli.views.contents import contents_sections
from provenance.cli.views.record_words import (
    GRADES,
    HANDLED_BY,
    IN_FULL,
    LEFT_OUT,
    STANDING,
    column_name,
    fact_name,
    kind_name,
    list_name,
    standing,
    unknown_word,
    value_text,
)
from provenance.cli.views.tables import Column, Section
from provenance.cli.views.transfers import party_text, transfer_columns
from provenance.cli.views.words import UNKNOWN, many
from provenance.core.tlp import UNMARKED, MarkOrigin, stricter_than
from provenance.services.contracts.exposure import PartyLine, TransferLine
from provenance.services.contracts.records import SeizureFacts
from provenance.text.marking_states import without_marking

if TYPE_CHECKING:
    from provenance.core.vocabulary import Tlp
    from provenance.services.contracts.records import RecordBase, ShowResult

_SHOWN_ROWS = 30
"""The most rows of a list that are shown unless all are asked for."""

_ALWAYS_SHOWN = 4
"""The first columns of a list, which are never hidden."""

_EMPTY: tuple[Any, ...] = (None, "", (), {})

_OWN_FIELDS = ("kind", "ref", "title", "handle_as", "handle_as_from", "left_out")


def show_sections(found: ShowResult, *, everything: bool, clearance: Tlp | None) -> list[Section]:
    """The record's facts and lists; ``clearance`` is named where it left rows out."""
    (record,) = found.rows
    facts = [*_facts(record), *_handling(record, clearance)]
    columns = [Column("", lambda row: str(row[0])), Column("", lambda row: str(row[1]))]
    title = f"{standing(record)}{kind_name(record.kind)} {record.ref}"
    if record.title or record.kind == "component":
        title += f": {record.title or without_marking(getattr(record, 'marking_state', None))}"
    sections = [Section(title, facts, columns)]
    for each in fields(record):
        rows = getattr(record, each.name)
        if each.name == "components" and rows:
            sections += contents_sections(rows, None if everything else _SHOWN_ROWS)
            continue
        if isinstance(rows, tuple) and rows and is_dataclass(rows[0]):
            sections.append(_list(each.name, rows, everything))
    return sections


def _facts(record: RecordBase) -> list[tuple[str, str]]:
    """The facts that are known, and those whose absence is worth a word."""
    found: list[tuple[str, str]] = []
    for each in fields(record):
        value = getattr(record, each.name)
        if each.name in _OWN_FIELDS or (isinstance(value, tuple) and value and is_dataclass(value[0])):
            continue
        if isinstance(value, dict):
            found += _more(value)
        elif isinstance(value, SeizureFacts):
            found += _seizure(value)
        elif value in (None, "", (), False):
            if value is None and (word := unknown_word(each.name)):
                found.append((fact_name(each.name), word))
        else:
            found.append((fact_name(each.name), value_text(each.name, value)))
    return found


def _more(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The declared fields that are known."""
    return [(fact_name(name), value_text(name, value)) for name, value in fields.items() if value]


def _seizure(seizure: SeizureFacts) -> list[tuple[str, str]]:
    route = f"{seizure.from_country or '?'} → {seizure.to_country or '?'}"
    found = []
    for each in fields(seizure):
        if each.name == "from_country":
            found.append(("route", route))
        elif each.name == "more":
            found += _more(seizure.more)
        elif each.name != "to_country":
            value = getattr(seizure, each.name)
            text = "unknown" if value is None else value_text(each.name, value)
            found.append((fact_name(each.name), text))
    return found


def _handling(record: RecordBase, clearance: Tlp | None) -> list[tuple[str, str]]:
    found = []
    if record.left_out:
        counts = ", ".join(many(count, LEFT_OUT.get(name, name)) for name, count in record.left_out.items())
        found.append(("left out", f"{counts} {stricter_than(clearance)}"))
    if record.handle_as is not None and record.handle_as_from is not None:
        is_unmarked = record.handle_as == UNMARKED and record.handle_as_from is not MarkOrigin.OWN
        unmarked = f"no mark counts as {UNMARKED}" if is_unmarked else ""
        whose = "; ".join(filter(None, (HANDLED_BY.get(record.handle_as_from, ""), unmarked)))
        found.append(("handle as", f"TLP:{record.handle_as} ({whose})"))
    return found


def _list(name: str, rows: Sequence[Any], everything: bool) -> Section:
    shown = rows if everything else rows[:_SHOWN_ROWS]
    lines = [f"{row.record_key} reads: {row.text}" for row in shown if name == "sources" and row.text]
    lines += [
        f"{row.record_key} read before: {text}"
        for row in shown
        if name == "sources"
        for text in row.earlier_texts
    ]
    if len(rows) > len(shown):
        lines.append(f"… and {len(rows) - len(shown):,} more: --all shows them.")
    if not any(getattr(row, "current", True) for row in rows):
        lines.append("None of these stands any longer.")
    return Section(f"{list_name(name)} ({len(rows):,})", shown, _columns(rows), lines)


def _columns(rows: Sequence[Any]) -> list[Column]:
    """A column for each grade, and for each field that any row has a value in."""
    if isinstance(rows[0], TransferLine):
        return transfer_columns()
    if isinstance(rows[0], PartyLine):
        return [Column("party", party_text), Column("side", lambda row: row.side)]
    named = [
        each.name
        for each in fields(rows[0])
        if each.name not in (*IN_FULL, *STANDING)
        and (each.name in GRADES or any(getattr(row, each.name) not in _EMPTY for row in rows))
    ]
    return [_column(name, place) for place, name in enumerate(named)]


def _column(name: str, place: int) -> Column:
    yields = place if place >= _ALWAYS_SHOWN and name not in GRADES else 0
    return Column(
        column_name(name),
        lambda row: (standing(row) if place == 0 else "") + _cell(name, getattr(row, name)),
        yields=yields,
    )


def _cell(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {text}" for name, text in _more(value))
    if value in _EMPTY:
        return unknown_word(name) or UNKNOWN
    return value_text(name, value)
