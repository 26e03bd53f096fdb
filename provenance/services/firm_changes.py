"""A change of what is stated about a firm, with the figures of `top` that move by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import CountryBasis, SeatKind
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry.writer import Outcome, Writer
from provenance.queries.moved_figures import MovedFigure, count_firms, moved_figures
from provenance.queries.names import organization_named
from provenance.schema.organizations import (
    Organization,
)
from provenance.schema.session import Session
from provenance.services.contracts.count_filters import CountFilters
from provenance.services.contracts.firms import (
    FirmChangeResult,
    StatedTerms,
)
from provenance.services.registry import (
    meant,
    number_of_change,
    rows_of,
    terms_of,
)
from provenance.services.selection import selection_of
from provenance.services.workspace import Workspace

FIRM = RecordKind.ORGANIZATION
NO_BASIS: tuple[CountryBasis, ...] = ()
OWNERS = (CountryBasis.OWNER_NOW, CountryBasis.OWNER_AT_MANUFACTURE, CountryBasis.DOMICILE)
ALL = tuple(CountryBasis)
SEATED = {
    SeatKind.HEADQUARTERS: (
        CountryBasis.BRAND,
        CountryBasis.OWNER_NOW,
        CountryBasis.OWNER_AT_MANUFACTURE,
    ),
    SeatKind.LEGAL: (CountryBasis.DOMICILE,),
}
"""The bases that each kind of seat is the country of."""


def firm_meant(session: Session, text: str) -> int:
    """The firm that a text means."""
    return meant(session, FIRM, text, organization_named)


class Changing:
    """One change of one firm in one transaction, with the figures before and after."""

    def __init__(self, workspace: Workspace, bases: Sequence[CountryBasis]) -> None:
        self._workspace = workspace
        self._bases = bases
        self.notes: list[str] = []

    def carry_out(
        self, firm: str, stated: StatedTerms, state: Callable[[Writer], Outcome], *, needs_source: bool = True
    ) -> FirmChangeResult:
        """Makes the change that ``state`` states."""
        with self._workspace.writing() as session:
            terms, notes = terms_of(session, self._workspace.actor, stated, needs_source=needs_source)
            self.notes += notes
            writer = Writer(session, FIRM, firm_meant(session, firm), terms)
            return self.told(session, writer.uid, lambda: state(writer))

    def told(
        self, session: Session, uid: str, change: Callable[[], Outcome], *, undone: bool = False
    ) -> FirmChangeResult:
        """What a change did, and which figures moved."""
        workspace, today = self._workspace, session.today
        selection = selection_of(session, workspace, CountFilters())
        before = count_firms(session, selection, self._bases, today)
        title = _title(session, uid)
        outcome = change()
        done = outcome.change
        moved: tuple[MovedFigure, ...] = ()
        if done is not None and self._bases:
            after = count_firms(session, selection, self._bases, today)
            moved = moved_figures(session, before, after)
        return FirmChangeResult(
            firm=_title(session, uid) or title or "",
            firm_ref=reference(FIRM, uid),
            action=("undo " if undone else "") + done.action if done else "none",
            change=number_of_change(session, done) if done else None,
            reason=done.reason if done else "",
            notes=(*self.notes, *outcome.notes),
            counted_on=tuple(self._bases) if done else (),
            moved=moved,
            rows=rows_of(session, done, undone=undone) if done else (),
        )


def _title(session: Session, uid: str) -> str | None:
    label: str | None = session.execute(select(Organization.label).where(Organization.uid == uid)).scalar()
    return label
