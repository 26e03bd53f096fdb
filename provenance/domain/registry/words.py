"""Statements about firms, weapons and types of units in plain words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary import Language, OwnershipStatus, Verification
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
    Form,
)
from provenance.domain.registry.log import RecordChange, Said
from provenance.domain.registry.periods import LASTING, spans
from provenance.schema.organizations import (
    Organization,
    OrganizationAddress,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)
from provenance.schema.reference import UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.row_values import name_of
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.text.partial_dates import format_span

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
        (
            name_of(each).removesuffix("_id").replace("_", " "),
            _shown(session, each, was[each]),
            _shown(session, each, now[each]),
        )
        for each in fields.after
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


def _shown(session: Session, column: Any, value: Any) -> str | None:
    if value is not None and column is WeaponSystem.first_known_source_id:
        return _label(session, Source, Source.publisher, value)
    return None if value is None else str(value)


def in_words(session: Session, said: Said) -> str:
    """What a statement says, when that held, whether it was checked, and its source."""
    form, content = said.form, said.content
    held = _period(form, content)
    checked = "" if content.get(form.checked) == Verification.VERIFIED else "not verified; "
    source = _label(session, Source, Source.publisher, content.get(form.source))
    return f"{_WORDS[form.name](session, content)}{f', {held}' if held else ''} ({checked}{source})"


def _name(_session: Session, content: Content) -> str:
    return f"{content[OrganizationName.name]}, {content[OrganizationName.kind]}"


def _weapon_name(_session: Session, content: Content) -> str:
    return _alias(content[WeaponAlias.alias], content[WeaponAlias.language])


def _unit_type_name(_session: Session, content: Content) -> str:
    return _alias(content[UnitTypeAlias.alias], content[UnitTypeAlias.language])


def _alias(alias: str, language: str) -> str:
    return alias + (f" ({language})" if language != Language.UND else "")


def _number(_session: Session, content: Content) -> str:
    return f"{content[OrganizationIdentifier.scheme]} {content[OrganizationIdentifier.value]}"


def _address(_session: Session, content: Content) -> str:
    return str(content[OrganizationAddress.as_written])


def _seat(_session: Session, content: Content) -> str:
    return f"{content[OrganizationSeat.kind]} {content[OrganizationSeat.country]}"


def _owned(session: Session, content: Content) -> str:
    owner = _label(session, Organization, Organization.label, content[Ownership.owner_id])
    percent, line = content[Ownership.share_percent], content[Ownership.product_line]
    control, status = content.get(Ownership.control), content[Ownership.status]
    details = [
        "share not stated" if percent is None else f"{percent:g} %",
        f"product line {line}" if line else "",
        f"{control} control" if control else "",
        status if status != OwnershipStatus.COMPLETED else "",
    ]
    return ", ".join([owner, *filter(None, details)])


_WORDS = {
    NAME.name: _name,
    NUMBER.name: _number,
    ADDRESS.name: _address,
    SEAT.name: _seat,
    OWNED.name: _owned,
    WEAPON_NAME.name: _weapon_name,
    UNIT_TYPE_NAME.name: _unit_type_name,
}


def _label(session: Session, table: type[Any], column: Any, uid: str | None) -> str:
    found = session.execute(select(column).where(table.uid == uid)).scalar() if uid else None
    return str(found) if found else "not known here"


def _period(form: Form, content: Content) -> str:
    noun = LASTING.get(form.name)
    if noun is None:
        return ""
    since, until = (format_span(span) for span in spans(noun, content))
    said = [
        f"from {since.removeprefix('from ')}" if since else "",
        f"until {until.removeprefix('until ')}" if until else "",
    ]
    return ", ".join(filter(None, said))


def label_of(session: Session, change: RecordChange) -> str:
    """What the record of a change is called, or was when it was made or removed."""
    table: Any = tables()[change.kind]
    column = table.label if change.kind is RecordKind.ORGANIZATION else table.designation
    found = session.execute(select(column).where(table.uid == change.record_uid)).scalar()
    return str(found or (change.row or {}).get(column) or "a removed record")
