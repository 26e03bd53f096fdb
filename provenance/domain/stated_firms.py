"""Firms as a person names them: a known one is found, a new one is made only of a name that is meant to be
new."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from provenance.core.errors import Ambiguous, BadInput, NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary.field import NewName
from provenance.domain.known_names import NearNames, near_firms
from provenance.domain.organizations import FirmResolver
from provenance.domain.record_kinds import RecordKind
from provenance.domain.review import Doubt, ReviewReason
from provenance.domain.sources import Origin
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.text.ambiguous_names import ambiguity_of
from provenance.text.maker_words import not_a_firm


class StatedFirms(FirmResolver):
    """Finds the firms of an entry; ``notes`` are what its author should know.

    A maker is one of some hundreds, nearly all of them known: an unknown one is refused unless ``new`` has
    it. A party to a transfer or a seizure is often seen for the first time: it is taken, and said to be
    new, unless its name looks like a known one misspelt.
    """

    def __init__(self, session: Session, origin: Origin, new: Collection[NewName] = ()) -> None:
        super().__init__(session, origin)
        self._new = frozenset(new)
        self._near: NearNames | None = None
        self.notes: list[str] = []

    def unknown(self, name: str, what: NewName) -> tuple[str, ...] | None:
        """The known names near one that no firm has; None where a firm has it.

        Raises:
            BadInput: no firm is called so, or several are named.
            Ambiguous: the name may be that of several firms.
        """
        known = self.known(name)
        if len(known) > 1:
            raise self._ambiguous(name, what)
        if known:
            return None
        if (doubt := self.doubt(name)) is not None:
            self._refuse(doubt, what)
        return self._names.near(name)

    @property
    def _names(self) -> NearNames:
        if self._near is None:
            self._near = near_firms(self._session)
        return self._near

    def misspelt(self, name: str) -> tuple[str, ...]:
        """The known firm whose name this looks like a misspelling of, then those near it; none usually."""
        if (known := self._names.misspelt(name)) is None:
            return ()
        return tuple(dict.fromkeys((known, *self._names.near(name))))

    def _admit(self, name: str, what: NewName) -> None:
        if what in self._new:
            self._note(name)
            return
        if what is NewName.PARTY:
            if not (near := self.misspelt(name)):
                self._note(name)
                return
            raise NotFound(
                f"No organization is called {name}, which looks like a misspelt {near[0]}",
                near=near,
                code=f"new_{what}",
            )
        raise NotFound(f"No {what} is called {name}", near=self._names.near(name), code=f"new_{what}")

    def _note(self, name: str) -> None:
        near = self._names.near(name)
        hint = f" (near: {'; '.join(near[:3])})" if near else ""
        self.notes.append(f"no known organization is called {name}: a new, unverified one was made{hint}")

    def _leave(self, doubt: Doubt, what: NewName) -> None:
        """A maker that is none is refused; the words for a party are kept, and name no firm."""
        reason, name = doubt
        if what is NewName.MAKER:
            self._refuse(doubt, what)
        if reason is ReviewReason.TWO_FIRMS:
            self.notes.append(f"more than one known organization is called {name}: which one is unknown")
        else:
            self.notes.append(f"{name} is kept as written: {reason}")

    def _refuse(self, doubt: Doubt, what: NewName) -> None:
        reason, name = doubt
        if reason in (ReviewReason.TWO_FIRMS, ReviewReason.AMBIGUOUS_NAME):
            raise self._ambiguous(name, what)
        if reason is ReviewReason.SEVERAL_FIRMS:
            firms = "; ".join(self.pieces(name))
            raise BadInput(f"{what}: {name} names several firms: {firms}", hint="Name one of them.")
        if reason is ReviewReason.DOUBTED:
            raise BadInput(f"{what}: {name} is in doubt", hint="Leave out what is not known.")
        raise BadInput(f"{what}: {name} is {not_a_firm(name)}")

    def _ambiguous(self, name: str, what: NewName) -> Ambiguous:
        rows = self._session.execute(
            select(Organization.label, Organization.uid)
            .where(Organization.id.in_(self.known(name)))
            .order_by(Organization.label, Organization.id)
        )
        firms = [f"{row.label} ({reference(RecordKind.ORGANIZATION, row.uid)})" for row in rows]
        may_be = firms or [ambiguity_of(name) or ""]
        return Ambiguous(f"{what}: more than one organization is called {name}", candidates=may_be)


def misspelt_party(session: Session, name: str) -> tuple[str, ...]:
    """The known firms whose name a party's name looks like a misspelling of, the nearest first; none where a
    firm has that very name, or where it is like no other.
    """
    # Nothing is made here: whose firms they would be does not matter.
    firms = StatedFirms(session, Origin(0, ""))
    return () if firms.known(name) else firms.misspelt(name)
