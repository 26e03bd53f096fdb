"""Names in an entry to records: firms, weapons, units, recoveries; a new one is made if its author says
so."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound
from provenance.core.vocabulary import UnitKind, WeaponKind
from provenance.core.vocabulary.field import NewName
from provenance.domain.handles import by_handle, only_one
from provenance.domain.journal import Author
from provenance.domain.known_names import near_unit_types, near_weapons
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import row_of_reference
from provenance.domain.sources import Origin
from provenance.domain.stated_firms import StatedFirms
from provenance.domain.weapons import WeaponNames, WeaponResolver
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Recovery
from provenance.schema.session import Session
from provenance.sources.records import MakerRecord, RecoveryRecord
from provenance.text.doubts import is_doubted
from provenance.text.maker_strings import read_maker
from provenance.text.maker_words import not_a_weapon


class Names:
    """Looks names up, creates what its author says is new, and notes what could not be resolved."""

    def __init__(self, session: Session, author: Author) -> None:
        self._session = session
        self._author = author
        self._firms: StatedFirms | None = None
        self._weapons: WeaponResolver | None = None
        self._notes: list[str] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be resolved, and what was made."""
        return (*self._notes, *(self._firms.notes if self._firms else ()))

    @property
    def firms(self) -> StatedFirms:
        """The firms on record, and the author's new ones."""
        if self._firms is None:
            self._firms = StatedFirms(self._session, self._author.origin, self._author.new)
        return self._firms

    def firm(self, text: str | None) -> int | None:
        """The organization of that name or reference, a party; None where none can be told from it.

        Raises:
            NotFound: a reference that no organization has, or a new name that looks like a known one
                misspelt.
        """
        if text is None:
            return None
        if (referred := row_of_reference(self._session, text)) is not None:
            return self._of_kind(referred, RecordKind.ORGANIZATION, text)
        return self.firms.organization(text)

    def maker(self, text: str | None) -> tuple[int | None, MakerRecord | None]:
        """Whose brand a cell names, and what it says, read as an import reads it.

        Raises:
            NotFound: a reference that no organization has, or a name that no maker has and that is not said
                to be new, or that several have.
            BadInput: the text is not the name of a firm, or of several.
        """
        if text is None:
            return None, None
        if row_of_reference(self._session, text) is not None:
            number = self.firm(text)
            label = self.firm_label(number)
            return number, MakerRecord(as_written=label or text, brand=label)
        reading = read_maker(text)
        record = MakerRecord(as_written=text, brand=reading.brand, parentheses=reading.parentheses)
        return (None if record.brand is None else self.firms.maker(record).organization_id), record

    def firm_label(self, number: int | None) -> str | None:
        """What an organization is called."""
        if number is None:
            return None
        label: str = self._session.execute(
            select(Organization.label).where(Organization.id == number)
        ).scalar_one()
        return label

    def weapon(self, text: str | None, kind: WeaponKind | None) -> tuple[int | None, int | None]:
        """The weapon system of that name, or the unit type where the name is known as one.

        Raises:
            NotFound: a reference or a name that no weapon and no unit type has, and that is not said to be
                new.
            BadInput: the text is not the name of a weapon.
        """
        if text is None:
            return None, None
        if (referred := row_of_reference(self._session, text)) is not None:
            if referred[0] == RecordKind.UNIT_TYPE:
                return None, referred[1]
            return self._of_kind(referred, RecordKind.WEAPON_SYSTEM, text), None
        record = RecoveryRecord(
            key=text, label=text, designation=text, weapon_names=(text,), weapon_kind=kind
        )
        return self._resolved(record, text, NewName.WEAPON)

    def unit_type(self, text: str | None, kind: UnitKind | None = None) -> int | None:
        """The unit type of that name.

        Raises:
            NotFound: a reference or a name that no unit type has, and that is not said to be new.
        """
        if text is None:
            return None
        if (referred := row_of_reference(self._session, text)) is not None:
            return self._of_kind(referred, RecordKind.UNIT_TYPE, text)
        record = RecoveryRecord(
            key=text, label=text, unit_designation=text, unit_names=(text,), unit_kind=kind
        )
        return self._resolved(record, text, NewName.UNIT_TYPE)[1]

    def _resolved(self, record: RecoveryRecord, text: str, what: NewName) -> tuple[int | None, int | None]:
        if self._weapons is None:
            self._weapons = WeaponResolver(self._session, self._author.origin)
        if self._weapons.known(record) is None:
            near = near_designations(self._session, text, what)
            if what not in self._author.new:
                raise NotFound(f"No {_noun(what)} is called {text}", near=near, code=f"new_{what}")
            hint = f" (near: {'; '.join(near[:3])})" if near else ""
            self._notes.append(
                f"no known {_noun(what)} is called {text}: a new, unverified one was made{hint}"
            )
        found = self._weapons.resolve(record)
        return found.weapon_system_id, found.unit_type_id

    def _of_kind(self, referred: tuple[str, int], wanted: RecordKind, text: str) -> int:
        if referred[0] != wanted:
            article = "an" if wanted is RecordKind.ORGANIZATION else "a"
            raise NotFound(f"{text} is not {article} {wanted.replace('_', ' ')}")
        return referred[1]


def near_designations(session: Session, text: str, what: NewName) -> tuple[str, ...]:
    """What the weapons or unit types are called whose names resemble one that none has.

    Raises:
        BadInput: the text is a kind of weapon.
    """
    if what is NewName.WEAPON and (reason := not_a_weapon(text)) is not None:
        raise BadInput(f"weapon: {text} is {reason}", hint="Leave out what is not known.")
    if what is NewName.WEAPON and is_doubted(text):
        raise BadInput(f"weapon: {text} is in doubt", hint="Leave out what is not known.")
    if what is NewName.WEAPON and WeaponNames(session).lists_several(text):
        raise BadInput(f"weapon: {text} names several weapons", hint="Log a recovery of each of them.")
    known = near_weapons(session) if what is NewName.WEAPON else near_unit_types(session)
    return known.near(text)


def unknown_name(session: Session, what: NewName, text: str) -> tuple[str, ...] | None:
    """The known names near one that no record has; None where a record has it, or it says that it is unknown.

    Raises:
        BadInput: the text cannot be a name of that kind.
        NotFound: a reference that no record has, or a name that several firms have.
    """
    if row_of_reference(session, text) is not None:
        return None
    if what in (NewName.WEAPON, NewName.UNIT_TYPE):
        names_of = "weapon_names" if what is NewName.WEAPON else "unit_names"
        designated = RecoveryRecord.model_validate({"key": text, "label": text, names_of: (text,)})
        known = WeaponNames(session).known(designated)
        return None if known is not None else near_designations(session, text, what)
    brand = read_maker(text).brand if what is NewName.MAKER else text
    # Nothing is made here: whose firms they would be does not matter.
    return None if brand is None else StatedFirms(session, Origin(0, "")).unknown(brand, what)


def _noun(what: NewName) -> str:
    return what.replace("_", " ")


def recovery_called(session: Session, text: str) -> int:
    """The recovery of that reference, of that very label where only one has it, or of that source's key or
    number: serial, tail, chassis, exhibit.

    Raises:
        NotFound: there is none.
        Ambiguous: several have the key or number.
        BadInput: it was withdrawn.
    """
    referred = row_of_reference(session, text)
    if referred is not None and referred[0] != "recovery":
        raise NotFound(f"{text} is not a recovery")
    if referred is not None:
        rows = session.execute(select(Recovery).where(Recovery.id == referred[1])).all()
    else:
        rows = session.execute(select(Recovery).where(Recovery.label == text).limit(2)).all()
        if not rows and (found := only_one(session, text, by_handle(session, text, (RecordKind.RECOVERY,)))):
            rows = session.execute(select(Recovery).where(Recovery.id == found[1])).all()
    if len(rows) != 1:
        raise NotFound(
            f"{'More than one' if rows else 'No'} recovery is called {text}",
            hint="Give its reference: provenance find TEXT, or provenance log recovery for a new one.",
        )
    if rows[0].withdrawn_at is not None:
        raise BadInput(f"the recovery {text} was withdrawn")
    number: int = rows[0].id
    return number
