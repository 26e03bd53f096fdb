"""Statements about firms, weapons and types of units in plain words."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary import OwnershipStatus, Verification
from provenance.domain.record_kinds import RecordKind, tables
from provenance.domain.registry.forms import (
    ADDRESS,
    NAME,
    NUMBER,
    OWNED,
    SEAT,
    UNIT_TYPE_NAME,
    WEAPON_NAME,
    Content,
)
from provenance.domain.registry.log import RecordChange, Said
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.text.partial_dates import DateSpan, format_span

WHAT = {
    NAME.name: "name",
    NUMBER.name: "number",
    ADDRESS.name: "address",
    SEAT.name: "seat",
    OWNED.name: "owner",
    WEAPON_NAME.name: "name",
    UNIT_TYPE_NAME.name: "name",
}
"""What a statement of each form is about."""


def told(
    session: Session, change: RecordChange, *, undone: bool = False
) -> list[tuple[str, str | None, str | None]]:
    """What a change says, or what its undoing does: what it is about, before and after (None: not stated)."""
    gone, said = (change.stated, change.withdrawn) if undone else (change.withdrawn, change.stated)
    fields = change.fields
    was, now = (fields.after, fields.before) if undone else (fields.before, fields.after)
    rows = [
        (name.replace("_", " "), _shown(session, name, was[name]), _shown(session, name, now[name]))
        for name in fields.after
    ]
    former: dict[str, list[str | None]] = {}
    for each in gone:
        former.setdefault(WHAT[each.form.name], []).append(in_words(session, each))
    for each in said:
        what = WHAT[each.form.name]
        # A statement that takes the place of one of its form is told beside it.
        before = former[what].pop(0) if former.get(what) else None
        rows.append((what, before, in_words(session, each)))
    return rows + [(what, before, None) for what, rest in former.items() for before in rest]


def _shown(session: Session, name: str, value: Any) -> str | None:
    if value is not None and name.endswith("source_id"):
        return _label(session, Source, Source.publisher, value)
    return None if value is None else str(value)


def in_words(session: Session, said: Said) -> str:
    """What a statement says, when that held, whether it was checked, and its source."""
    return described(session, said.form.name, said.content)


def described(session: Session, form: str, content: Content) -> str:
    """The same of a content, of the form with that name."""
    held = _period(content)
    checked = "" if content.get("verification") == Verification.VERIFIED else "not verified; "
    source = _label(session, Source, Source.publisher, content.get("source_id"))
    return f"{_WORDS[form](session, content)}{f', {held}' if held else ''} ({checked}{source})"


def _name(_session: Session, content: Content) -> str:
    return f"{content['name']}, {content['kind']}"


def _alias(_session: Session, content: Content) -> str:
    language = content["language"]
    return f"{content['alias']}" + (f" ({language})" if language != "und" else "")


def _number(_session: Session, content: Content) -> str:
    return f"{content['scheme']} {content['value']}"


def _address(_session: Session, content: Content) -> str:
    return str(content["as_written"])


def _seat(_session: Session, content: Content) -> str:
    return f"{content['kind']} {content['country']}"


def _owned(session: Session, content: Content) -> str:
    owner = _label(session, Organization, Organization.label, content["owner_id"])
    percent = content["share_percent"]
    details = [
        "share not stated" if percent is None else f"{percent:g} %",
        f"product line {content['product_line']}" if content["product_line"] else "",
        f"{content['control']} control" if content.get("control") else "",
        content["status"] if content["status"] != OwnershipStatus.COMPLETED else "",
    ]
    return ", ".join([owner, *filter(None, details)])


_WORDS = {
    NAME.name: _name,
    NUMBER.name: _number,
    ADDRESS.name: _address,
    SEAT.name: _seat,
    OWNED.name: _owned,
    WEAPON_NAME.name: _alias,
    UNIT_TYPE_NAME.name: _alias,
}


def _label(session: Session, table: type[Any], column: Any, uid: str | None) -> str:
    found = session.execute(select(column).where(table.uid == uid)).scalar() if uid else None
    return str(found) if found else "not known here"


def _period(content: Content) -> str:
    since = _span(content.get("since_earliest"), content.get("since_latest"))
    until = _span(content.get("until_earliest"), content.get("until_latest"))
    return (
        ", ".join(filter(None, (f"from {since}" if since else "", f"until {until}" if until else "")))
        .replace("from from ", "from ")
        .replace("until until ", "until ")
    )


def _span(earliest: str | None, latest: str | None) -> str:
    days = [None if text is None else date.fromisoformat(text) for text in (earliest, latest)]
    return format_span(DateSpan(*days))


def label_of(session: Session, change: RecordChange) -> str:
    """What the record of a change is called, or was when it was made or removed."""
    table: Any = tables()[change.kind]
    column = table.label if change.kind is RecordKind.ORGANIZATION else table.designation
    found = session.execute(select(column).where(table.uid == change.record_uid)).scalar()
    return str(found or (change.row or {}).get(column.name) or "a removed record")
