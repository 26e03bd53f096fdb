"""The forms of statements about firms, weapons and types of units, and how one is written down.

A statement's content names other records by their uids, so that it means the same in every database and
outlasts the row that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.domain.weapons import designation_key
from provenance.schema.base import TableModel
from provenance.schema.organizations import (
    OrganizationAddress,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)
from provenance.schema.reference import UnitTypeAlias, WeaponAlias
from provenance.schema.row_values import name_of, row_number, row_of, table_name
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.text.firm_names import name_key
from provenance.text.folding import script_of, search_text

Content = dict[str, Any]
"""A statement by column, as JSON holds it: days as ISO text, other records as uids."""

Identity = tuple[str, ...]
"""What makes two statements about a record the same one: the form, and the values of some columns."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of statement: its table, the column of the record that it is about, and the columns by which
    two statements are the same one. ``derived`` are columns that follow from the others.
    """

    table: type[TableModel]
    about: RecordKind
    record: Any
    identity: tuple[str, ...]
    derived: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The table's name."""
        return table_name(self.table)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a content."""
        left_out = {"id", name_of(self.record), *self.derived}
        return tuple(column.name for column in self.table.__table__.c if column.name not in left_out)

    def identity_of(self, content: Content) -> Identity:
        """What makes it the same statement as another one about the record."""
        return (self.name, *(str(content.get(column)) for column in self.identity))


_SPANS = ("since_earliest", "since_latest", "until_earliest", "until_latest")

NAME = Form(
    OrganizationName,
    RecordKind.ORGANIZATION,
    OrganizationName.organization_id,
    ("name", "kind"),
    ("name_key", "folded", "script"),
)
NUMBER = Form(
    OrganizationIdentifier,
    RecordKind.ORGANIZATION,
    OrganizationIdentifier.organization_id,
    ("scheme", "value"),
)
ADDRESS = Form(
    OrganizationAddress, RecordKind.ORGANIZATION, OrganizationAddress.organization_id, ("as_written",)
)
SEAT = Form(
    OrganizationSeat, RecordKind.ORGANIZATION, OrganizationSeat.organization_id, ("kind", "country", *_SPANS)
)
OWNED = Form(
    Ownership,
    RecordKind.ORGANIZATION,
    Ownership.owned_id,
    ("owner_id", "scope", "product_line", "share_percent", "control", "status", *_SPANS),
)
WEAPON_NAME = Form(
    WeaponAlias, RecordKind.WEAPON_SYSTEM, WeaponAlias.weapon_system_id, ("alias",), ("alias_key", "folded")
)
UNIT_TYPE_NAME = Form(
    UnitTypeAlias, RecordKind.UNIT_TYPE, UnitTypeAlias.unit_type_id, ("alias",), ("alias_key", "folded")
)

FORMS: Mapping[str, Form] = {
    form.name: form for form in (NAME, NUMBER, ADDRESS, SEAT, OWNED, WEAPON_NAME, UNIT_TYPE_NAME)
}
_REFERS: Mapping[str, RecordKind] = {
    "owner_id": RecordKind.ORGANIZATION,
    "source_id": RecordKind.SOURCE,
    "first_known_source_id": RecordKind.SOURCE,
    "variant_of_id": RecordKind.WEAPON_SYSTEM,
}


def forms_of(kind: RecordKind) -> tuple[Form, ...]:
    """The forms of statements about records of a kind."""
    return tuple(form for form in FORMS.values() if form.about is kind)


@dataclass
class Uids:
    """Row numbers to uids and back, each looked up once."""

    session: Session
    _uids: dict[tuple[RecordKind, int], str] = field(default_factory=dict)
    _numbers: dict[tuple[RecordKind, str], int | None] = field(default_factory=dict)

    def uid(self, kind: RecordKind, number: int) -> str:
        """The uid of the record with that row number."""
        if (kind, number) not in self._uids:
            found: str = self.session.execute(
                select(uid_column(kind)).where(id_column(kind) == number)
            ).scalar_one()
            self._uids[kind, number] = found
        return self._uids[kind, number]

    def number(self, kind: RecordKind, uid: str) -> int | None:
        """The row number of the record with that uid; None where it is not in this database."""
        if (kind, uid) not in self._numbers:
            self._numbers[kind, uid] = self.session.execute(
                select(id_column(kind)).where(uid_column(kind) == uid)
            ).scalar()
        return self._numbers[kind, uid]


def written(uids: Uids, column: str, value: Any) -> Any:
    """A value of a column as a content holds it."""
    if value is not None and column in _REFERS:
        return uids.uid(_REFERS[column], value)
    return value.isoformat() if isinstance(value, date) else value


def read_back(uids: Uids, column: Any, value: Any) -> Any:
    """A content's value as the column holds it; None for a record that is not in this database."""
    if value is not None and column.name in _REFERS:
        return uids.number(_REFERS[column.name], value)
    return date.fromisoformat(value) if value is not None and _is_day(column) else value


def _is_day(column: Any) -> bool:
    return bool(column.type.python_type is date)


def live(session: Session, form: Form, number: int, uids: Uids) -> list[tuple[int, Content]]:
    """The statements of a form that stand about a record: row numbers and contents, in their order."""
    rows = session.execute(
        select(form.table).where(form.record == number).order_by(row_number(form.table))
    ).mappings()
    return [(row["id"], {name: written(uids, name, row[name]) for name in form.columns}) for row in rows]


def agrees(said: Content, content: Content) -> bool:
    """Whether a statement as it was made is the one that stands; columns that came later do not matter."""
    return all(content.get(name) == value for name, value in said.items())


def put(session: Session, form: Form, number: int, content: Content, uids: Uids) -> None:
    """Writes a statement about a record; nothing where it names a record that is not in this database."""
    columns: Any = form.table.__table__.c
    values = {columns[name]: read_back(uids, columns[name], value) for name, value in content.items()}
    lost = [name for name in content if content[name] is not None and values[columns[name]] is None]
    if lost:
        return
    values |= {columns[name]: value for name, value in _derived(form, content).items()}
    insert_row(session, row_of(form.table, {**values, columns[name_of(form.record)]: number}))


def take_away(session: Session, form: Form, row: int) -> None:
    """Takes a statement out of what stands; the audit trail keeps it."""
    session.execute(delete(form.table).where(row_number(form.table) == row))


def _derived(form: Form, content: Content) -> Content:
    if form is NAME:
        name = content["name"]
        return {"name_key": name_key(name), "folded": search_text(name), "script": script_of(name)}
    if form.derived:
        alias = content["alias"]
        return {"alias_key": designation_key(alias), "folded": search_text(alias)}
    return {}
