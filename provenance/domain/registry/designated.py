"""What a person states about a weapon or a type of unit: that it exists, its names, and which is another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary import Language
from provenance.domain.amendments.amend import Terms as AmendTerms
from provenance.domain.amendments.amend import amend
from provenance.domain.derivation import Reader
from provenance.domain.journal import Author
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry.forms import UNIT_TYPE_NAME, WEAPON_NAME, Content, Form
from provenance.domain.registry.log import Merge, RecordChange, Said
from provenance.domain.registry.settle import ADD, MERGE
from provenance.domain.registry.usage import Use, uses_of
from provenance.domain.registry.writer import TAKE, Outcome, Terms, Writer
from provenance.domain.weapons import WeaponNames, designation_key
from provenance.schema.recoveries import Recovery, Unit
from provenance.schema.reference import UnitType, UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.row_values import Values, name_of, row_of, table_name
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold_new
from provenance.text.doubts import is_doubted
from provenance.text.folding import fold_marking
from provenance.text.maker_words import not_a_weapon

SHARED = "shared"
"""Code of the refusal of a name that another weapon or type of unit has."""


@dataclass(frozen=True, slots=True)
class Designated:
    """A kind of record with a designation: its table, its aliases, and where recoveries and units name it.

    ``field`` is what a recovery, and a unit, calls it in an amendment.
    """

    kind: RecordKind
    noun: type[WeaponSystem] | type[UnitType]
    alias: type[WeaponAlias] | type[UnitTypeAlias]
    about: Any
    names: Form
    users: tuple[tuple[RecordKind, type[Recovery] | type[Unit], Any], ...]
    field: str

    @property
    def words(self) -> str:
        """What such a record is called."""
        return self.kind.value.replace("_", " ")


WEAPON = Designated(
    RecordKind.WEAPON_SYSTEM,
    WeaponSystem,
    WeaponAlias,
    WeaponAlias.weapon_system_id,
    WEAPON_NAME,
    ((RecordKind.RECOVERY, Recovery, Recovery.weapon_system_id),),
    "weapon",
)
UNIT_TYPE = Designated(
    RecordKind.UNIT_TYPE,
    UnitType,
    UnitTypeAlias,
    UnitTypeAlias.unit_type_id,
    UNIT_TYPE_NAME,
    (
        (RecordKind.RECOVERY, Recovery, Recovery.unit_type_id),
        (RecordKind.UNIT, Unit, Unit.unit_type_id),
    ),
    "unit_type",
)


def add_designated(
    session: Session, of: Designated, designation: str, fields: Mapping[Any, Any], terms: Terms, key: str
) -> Outcome:
    """Makes a weapon or a type of unit of a name that none has; ``key`` is its source's.

    Raises:
        BadInput: one has that name, or it is not the name of one weapon.
    """
    refuse_designation(session, of, designation)
    hold_new(session, table_name(of.alias), designation_key(designation))
    refuse_shared(session, designation, None)
    uid = natural_uid(of.kind.value, key, designation_key(designation))
    if session.execute(select(of.noun.id).where(of.noun.uid == uid)).first() is not None:
        uid = new_uid()
    values: Values = {
        of.noun.uid: uid,
        of.noun.designation: designation,
        of.noun.verification: terms.verification.value,
        of.noun.source_id: terms.source_id,
        of.noun.from_seed: False,
        **fields,
    }
    number = insert_row(session, row_of(of.noun, values))
    writer = Writer(session, of.kind, number, terms)
    named = writer.said(of.names, _named(of, designation, Language.UND))
    return writer.change(ADD, stated=[named], row=writer.row())


def _named(of: Designated, alias: str, language: Language) -> Content:
    return {of.alias.alias: alias, of.alias.language: language.value}


def refuse_designation(session: Session, of: Designated, text: str) -> None:
    """Refuses what cannot be the name of one weapon or type of unit.

    Raises:
        BadInput: it is blank, in doubt, a kind of weapon, or several names.
    """
    if not designation_key(text):
        raise BadInput("name: it has no letter and no digit")
    if is_doubted(text):
        raise BadInput(f"name: {text} is in doubt", hint="Leave out what is not known.")
    if (reason := not_a_weapon(text)) is not None:
        raise BadInput(f"name: {text} is {reason}")
    if of is WEAPON and WeaponNames(session).lists_several(text):
        raise BadInput(f"name: {text} names several weapons", hint="State each name by itself.")


def refuse_shared(session: Session, text: str, own: tuple[RecordKind, int] | None) -> None:
    """Refuses a name that another weapon or type of unit has: each name means one of them.

    Raises:
        BadInput: one has it (code ``shared``); names it.
    """
    for of in (WEAPON, UNIT_TYPE):
        row = session.execute(
            select(of.noun.id, of.noun.uid, of.noun.designation)
            .join(of.alias, of.about == of.noun.id)
            .where(of.alias.alias_key == designation_key(text))
            .limit(1)
        ).first()
        if row is not None and (of.kind, row.id) != own:
            named = f"{row.designation} ({reference(of.kind, row.uid)})"
            raise BadInput(f"{text} is the name of {named} already", code=SHARED)


def rename_designated(writer: Writer, of: Designated, designation: str) -> Outcome:
    """What a weapon or a type of unit is called; its former designation stays one of its names."""
    refuse_designation(writer.session, of, designation)
    refuse_shared(writer.session, designation, (of.kind, writer.number))
    stated = []
    if not _has_name(writer, of, designation):
        stated.append(writer.said(of.names, _named(of, designation, Language.UND)))
    return writer.change("rename", stated=stated, fields={of.noun.designation: designation})


def alias_designated(writer: Writer, of: Designated, alias: str, language: Language) -> Outcome:
    """States another name of a weapon or a type of unit."""
    refuse_designation(writer.session, of, alias)
    refuse_shared(writer.session, alias, (of.kind, writer.number))
    return writer.change("alias", stated=[writer.said(of.names, _named(of, alias, language))])


def withdraw_alias(writer: Writer, of: Designated, alias: str) -> Outcome:
    """Withdraws a name of a weapon or a type of unit.

    Raises:
        BadInput: it has no such name, or it is its only one.
    """
    names = writer.live(of.names)
    gone = [each for each in names if each[of.alias.alias] == alias]
    if not gone:
        raise BadInput(f"{alias} is not one of its names", hint="Its names are shown by show.")
    if len(gone) == len(names):
        raise BadInput(f"{alias} is its only name", code="only_name")
    return writer.change("withdraw name", withdrawn=[Said(of.names, each) for each in gone])


def _has_name(writer: Writer, of: Designated, text: str) -> bool:
    key = designation_key(text)
    return any(designation_key(each[of.alias.alias]) == key for each in writer.live(of.names))


def is_known(session: Session, of: Designated, text: str) -> int | None:
    """The row number of the weapon or type of unit of that name; None where none has it."""
    number: int | None = session.execute(
        select(of.about).where(of.alias.alias_key == fold_marking(text))
    ).scalar()
    return number


def other_uses(session: Session, of: Designated, number: int) -> list[Use]:
    """What uses a record besides the recoveries and units that a merge amends."""
    amended = {(kind.value, name_of(column)) for kind, _table, column in of.users}
    uses = uses_of(session, of.kind, [number]).get(number, ())
    return [use for use in uses if (use.table, use.column) not in amended]


def merge_designated(
    session: Session,
    of: Designated,
    pair: tuple[int, int],
    author: Author,
    terms: Terms,
    reader: Callable[[], Reader],
) -> tuple[Outcome, int]:
    """Makes the second record a name of the first: its names become the other's, its recoveries and units are
    amended, and it is removed. Undoing brings all of it back, but for what was amended otherwise since.

    Returns the change, and how many recoveries and units were amended.

    Raises:
        BadInput: something else uses it, or one of its recoveries is withdrawn.
    """
    kept, gone = pair
    if others := other_uses(session, of, gone):
        named = ", ".join(f"{use.records} in {use.table}" for use in others)
        raise BadInput(f"It is also used by {named}, which a merge does not change")
    taker, giver = Writer(session, of.kind, kept, terms), Writer(session, of.kind, gone, terms)
    users, row, names = _users(session, of, gone), giver.row(), giver.live(of.names)
    _call(session, of, author, users, taker.row()[of.noun.designation], terms.reason, reader)
    mine = {each[of.alias.alias] for each in taker.live(of.names)}
    new = [{**each, of.alias.from_seed: False} for each in names if each[of.alias.alias] not in mine]
    merge = Merge(
        into=taker.uid,
        moved=tuple((kind.value, uid) for kind, _number, uid in users),
        names=new_uid() if new else None,
    )
    done = giver.change(MERGE, withdrawn=[Said(of.names, each) for each in names], row=row, merge=merge)
    if merge.names is not None:
        taker.change(TAKE, stated=[Said(of.names, each) for each in new], uid=merge.names)
    return done, len(users)


def _users(session: Session, of: Designated, number: int) -> list[tuple[RecordKind, int, str]]:
    found = []
    for kind, table, column in of.users:
        rows = session.execute(select(table.id, table.uid).where(column == number).order_by(table.id))
        found += [(kind, row.id, row.uid) for row in rows]
    return found


def _call(
    session: Session,
    of: Designated,
    author: Author,
    users: list[tuple[RecordKind, int, str]],
    designation: str,
    reason: str,
    reader: Callable[[], Reader],
) -> None:
    for kind, number, _uid in users:
        terms = AmendTerms(reason, accept_future=True, accept_odd=True)
        amend(session, author, (kind, number), {of.field: designation}, terms, reader=reader)


def give_back(
    session: Session,
    of: Designated,
    merged: RecordChange,
    author: Author,
    reason: str,
    reader: Callable[[], Reader],
) -> int:
    """After a merge was undone: calls the recoveries and units by their former name again, as far as they
    still have the other's; returns how many.
    """
    assert merged.merge is not None
    number = session.execute(select(of.noun.id).where(of.noun.uid == merged.record_uid)).scalar_one()
    taker = session.execute(select(of.noun.id).where(of.noun.uid == merged.merge.into)).scalar()
    designation = session.execute(select(of.noun.designation).where(of.noun.id == number)).scalar_one()
    there = _users(session, of, taker) if taker is not None else []
    users = [each for each in there if (each[0].value, each[2]) in merged.merge.moved]
    _call(session, of, author, users, designation, reason, reader)
    return len(users)
