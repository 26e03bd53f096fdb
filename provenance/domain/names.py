"""Names in an entry to records: firms, weapons, units, recoveries; an unknown one is made, unverified."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound
from provenance.core.vocabulary import UnitKind, WeaponKind
from provenance.domain.journal import Author
from provenance.domain.organizations import FirmResolver, names_like
from provenance.domain.references import row_of_reference
from provenance.domain.weapons import WeaponResolver
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Recovery
from provenance.schema.session import Session
from provenance.sources.records import MakerRecord, RecoveryRecord
from provenance.text.maker_strings import read_maker


class Names:
    """Looks names up, creates what is new, and notes what could not be resolved."""

    def __init__(self, session: Session, author: Author) -> None:
        self._session = session
        self._author = author
        self._firms: FirmResolver | None = None
        self._weapons: WeaponResolver | None = None
        self.notes: list[str] = []

    def firm(self, text: str | None) -> int | None:
        """The organization of that name or reference; None where two have the name, or none is given.

        Raises:
            NotFound: a reference that no organization has.
        """
        if text is None:
            return None
        if (referred := row_of_reference(self._session, text)) is not None:
            return self._of_kind(referred, "organization", text)
        return self._resolve(text, lambda firms: firms.organization(text))

    def maker(self, text: str | None) -> tuple[int | None, MakerRecord | None]:
        """Whose brand a cell names, and what it says, read as an import reads it.

        Raises:
            NotFound: a reference that no organization has.
        """
        if text is None:
            return None, None
        if row_of_reference(self._session, text) is not None:
            number = self.firm(text)
            label = self.firm_label(number)
            return number, MakerRecord(as_written=label or text, brand=label)
        reading = read_maker(text)
        record = MakerRecord(as_written=text, brand=reading.brand, parentheses=reading.parentheses)
        if record.brand is None:
            return None, record
        return self._resolve(record.brand, lambda firms: firms.maker(record).organization_id), record

    def _resolve(self, name: str, find: Callable[[FirmResolver], int | None]) -> int | None:
        """The record with a name, with a note where it could not be resolved."""
        if self._firms is None:
            self._firms = FirmResolver(self._session, self._author.origin)
        # Asked before a new firm of that very name is among the near ones.
        near = names_like(self._session, name)
        made = self._firms.made["organization"]
        found = find(self._firms)
        if found is None:
            self.notes.append(f"more than one known organization is called {name}: which one is unknown")
        elif self._firms.made["organization"] > made:
            hint = f" (near: {'; '.join(near[:3])})" if near else ""
            self.notes.append(f"no known organization is called {name}: a new, unverified one was made{hint}")
        return found

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
            NotFound: a reference that no weapon and no unit type has.
        """
        if text is None:
            return None, None
        if (referred := row_of_reference(self._session, text)) is not None:
            if referred[0] == "unit_type":
                return None, referred[1]
            return self._of_kind(referred, "weapon_system", text), None
        record = RecoveryRecord(
            key=text, label=text, designation=text, weapon_names=(text,), weapon_kind=kind
        )
        return self._resolved(record, text, "weapon")

    def unit_type(self, text: str | None, kind: UnitKind | None = None) -> int | None:
        """The unit type of that name.

        Raises:
            NotFound: a reference that no unit type has.
        """
        if text is None:
            return None
        if (referred := row_of_reference(self._session, text)) is not None:
            return self._of_kind(referred, "unit_type", text)
        record = RecoveryRecord(
            key=text, label=text, unit_designation=text, unit_names=(text,), unit_kind=kind
        )
        return self._resolved(record, text, "unit")[1]

    def _resolved(self, record: RecoveryRecord, text: str, what: str) -> tuple[int | None, int | None]:
        if self._weapons is None:
            self._weapons = WeaponResolver(self._session, self._author.origin)
        found = self._weapons.resolve(record)
        if found.doubts:
            self.notes.append(f"no known {what} is called {text}: a new, unverified one was made")
        return found.weapon_system_id, found.unit_type_id

    def _of_kind(self, referred: tuple[str, int], wanted: str, text: str) -> int:
        if referred[0] != wanted:
            article = "an" if wanted == "organization" else "a"
            raise NotFound(f"{text} is not {article} {wanted.replace('_', ' ')}")
        return referred[1]


def recovery_called(session: Session, text: str) -> int:
    """The recovery of that reference, or of that very label where only one has it.

    Raises:
        NotFound: there is none.
        BadInput: it was withdrawn.
    """
    referred = row_of_reference(session, text)
    if referred is not None and referred[0] != "recovery":
        raise NotFound(f"{text} is not a recovery")
    if referred is not None:
        rows = session.execute(select(Recovery).where(Recovery.id == referred[1])).all()
    else:
        rows = session.execute(select(Recovery).where(Recovery.label == text).limit(2)).all()
    if len(rows) != 1:
        raise NotFound(
            f"{'More than one' if rows else 'No'} recovery is called {text}",
            hint="Give its reference: provenance find TEXT, or provenance log recovery for a new one.",
        )
    if rows[0].withdrawn_at is not None:
        raise BadInput(f"the recovery {text} was withdrawn")
    number: int = rows[0].id
    return number
