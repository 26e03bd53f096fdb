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
    Organization,
    OrganizationAddress,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)
from provenance.schema.reference import UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.row_values import (
    columns_of,
    holds_a_day,
    row_number,
    row_of,
    table_name,
    value_in,
)
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.text.firm_names import name_key
from provenance.text.folding import script_of, search_text

Content = dict[Any, Any]
"""A statement by column, as JSON holds its values: days as ISO text, other records as uids."""

Identity = tuple[str, ...]
"""What makes two statements about a record the same one: the form, and the values of some columns."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of statement: its table, the column of the record that it is about, and the columns by which
    two statements are the same one. ``derived`` are columns that follow from the others; ``checked`` and
    ``seeded`` say how far it was checked and whether the reference data states it, where the table does.
    """

    table: type[TableModel]
    about: RecordKind
    record: Any
    identity: tuple[Any, ...]
    source: Any
    derived: tuple[Any, ...] = ()
    checked: Any = None
    seeded: Any = None
    unique: Any = None
    """The derived column that no two records have the same value in."""
    aside: tuple[Any, ...] = ()
    """Columns that are not what a statement says, but how it came to be here."""

    @property
    def name(self) -> str:
        """The table's name."""
        return table_name(self.table)

    @property
    def columns(self) -> tuple[Any, ...]:
        """The columns of a content."""
        left_out = (row_number(self.table), self.record, *self.derived)
        return tuple(
            column for column in columns_of(self.table) if not any(column is each for each in left_out)
        )

    def identity_of(self, content: Content) -> Identity:
        """What makes it the same statement as another one about the record."""
        return (self.name, *(str(content.get(column)) for column in self.identity))


Lasting = type[OrganizationName] | type[OrganizationSeat] | type[Ownership]


def bounds(noun: Lasting) -> tuple[Any, Any, Any, Any]:
    """The columns that say from and until when a statement held."""
    return noun.since_earliest, noun.since_latest, noun.until_earliest, noun.until_latest


def _designated(noun: type[WeaponAlias] | type[UnitTypeAlias], about: RecordKind, record: Any) -> Form:
    return Form(
        noun,
        about,
        record,
        identity=(noun.alias,),
        source=noun.source_id,
        derived=(noun.alias_key, noun.folded),
        checked=noun.verification,
        seeded=noun.from_seed,
        unique=noun.alias_key,
        aside=(noun.note,),
    )


NAME = Form(
    OrganizationName,
    RecordKind.ORGANIZATION,
    OrganizationName.organization_id,
    identity=(OrganizationName.name, OrganizationName.kind),
    source=OrganizationName.source_id,
    derived=(OrganizationName.name_key, OrganizationName.folded, OrganizationName.script),
    checked=OrganizationName.verification,
    seeded=OrganizationName.from_seed,
    aside=(OrganizationName.note,),
)
NUMBER = Form(
    OrganizationIdentifier,
    RecordKind.ORGANIZATION,
    OrganizationIdentifier.organization_id,
    identity=(OrganizationIdentifier.scheme, OrganizationIdentifier.value),
    source=OrganizationIdentifier.source_id,
    checked=OrganizationIdentifier.verification,
    aside=(OrganizationIdentifier.note,),
)
ADDRESS = Form(
    OrganizationAddress,
    RecordKind.ORGANIZATION,
    OrganizationAddress.organization_id,
    identity=(OrganizationAddress.as_written,),
    source=OrganizationAddress.source_id,
    aside=(OrganizationAddress.note,),
)
SEAT = Form(
    OrganizationSeat,
    RecordKind.ORGANIZATION,
    OrganizationSeat.organization_id,
    identity=(OrganizationSeat.kind, OrganizationSeat.country, *bounds(OrganizationSeat)),
    source=OrganizationSeat.source_id,
    checked=OrganizationSeat.verification,
    seeded=OrganizationSeat.from_seed,
    aside=(OrganizationSeat.note,),
)
OWNED = Form(
    Ownership,
    RecordKind.ORGANIZATION,
    Ownership.owned_id,
    identity=(
        Ownership.owner_id,
        Ownership.scope,
        Ownership.product_line,
        Ownership.share_percent,
        Ownership.control,
        Ownership.status,
        *bounds(Ownership),
    ),
    source=Ownership.source_id,
    checked=Ownership.verification,
    seeded=Ownership.from_seed,
    aside=(Ownership.uid, Ownership.further_sources, Ownership.note),
)
WEAPON_NAME = _designated(WeaponAlias, RecordKind.WEAPON_SYSTEM, WeaponAlias.weapon_system_id)
UNIT_TYPE_NAME = _designated(UnitTypeAlias, RecordKind.UNIT_TYPE, UnitTypeAlias.unit_type_id)

FORMS: Mapping[str, Form] = {
    form.name: form for form in (NAME, NUMBER, ADDRESS, SEAT, OWNED, WEAPON_NAME, UNIT_TYPE_NAME)
}
_OF_SOURCES = (
    *(form.source for form in FORMS.values()),
    Organization.source_id,
    WeaponSystem.source_id,
    WeaponSystem.first_known_source_id,
    UnitType.source_id,
)
_REFERS: dict[Any, RecordKind] = dict.fromkeys(_OF_SOURCES, RecordKind.SOURCE)
_REFERS[Ownership.owner_id] = RecordKind.ORGANIZATION
_REFERS[WeaponSystem.variant_of_id] = RecordKind.WEAPON_SYSTEM


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
        if self._numbers.get((kind, uid)) is None:
            self._numbers[kind, uid] = self.session.execute(
                select(id_column(kind)).where(uid_column(kind) == uid)
            ).scalar()
        return self._numbers[kind, uid]


def written(uids: Uids, column: Any, value: Any) -> Any:
    """A value of a column as a content holds it."""
    if value is not None and column in _REFERS:
        return uids.uid(_REFERS[column], value)
    return value.isoformat() if isinstance(value, date) else value


def read_back(uids: Uids, column: Any, value: Any) -> Any:
    """A content's value as the column holds it; None for a record that is not in this database."""
    if value is not None and column in _REFERS:
        return uids.number(_REFERS[column], value)
    return date.fromisoformat(value) if value is not None and holds_a_day(column) else value


def live(session: Session, form: Form, number: int, uids: Uids) -> list[tuple[int, Content]]:
    """The statements of a form that stand about a record: row numbers and contents, in their order."""
    key = row_number(form.table)
    rows = session.execute(select(form.table).where(form.record == number).order_by(key))
    return [
        (
            value_in(row, key),
            {column: written(uids, column, value_in(row, column)) for column in form.columns},
        )
        for row in rows
    ]


def agrees(said: Content, content: Content) -> bool:
    """Whether a statement as it was made is the one that stands; columns that came later do not matter."""
    return all(content.get(column) == value for column, value in said.items())


def put(session: Session, form: Form, number: int, content: Content, uids: Uids) -> None:
    """Writes a statement about a record; nothing where it names a record that is not in this database, or
    where it is a name that another weapon or type of unit has meanwhile: each name means one of them.
    """
    if form.unique is not None and _is_taken(session, form, number, content):
        return
    values = {column: read_back(uids, column, value) for column, value in content.items()}
    if any(values[column] is None for column, value in content.items() if value is not None):
        return
    insert_row(session, row_of(form.table, {**values, **_derived(form, content), form.record: number}))


def _is_taken(session: Session, form: Form, number: int, content: Content) -> bool:
    key = _derived(form, content)[form.unique]
    others = select(form.record).where(form.unique == key, form.record != number)
    return session.execute(others.limit(1)).first() is not None


def take_away(session: Session, form: Form, row: int) -> None:
    """Takes a statement out of what stands; the audit trail keeps it."""
    session.execute(delete(form.table).where(row_number(form.table) == row))


def _derived(form: Form, content: Content) -> Content:
    if form is NAME:
        name = content[OrganizationName.name]
        return {
            OrganizationName.name_key: name_key(name),
            OrganizationName.folded: search_text(name),
            OrganizationName.script: script_of(name),
        }
    if form.derived:
        (alias,) = (content[column] for column in form.identity)
        key, folded = form.derived
        return {key: designation_key(alias), folded: search_text(alias)}
    return {}
