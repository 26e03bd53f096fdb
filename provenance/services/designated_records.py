"""One weapon or type of unit with everything on record around it."""

from __future__ import annotations

from provenance.core.identity import reference
from provenance.domain.references import uid_of
from provenance.domain.registry.designated import UNIT_TYPE, WEAPON
from provenance.services.contracts.designations import DesignatedNoun
from provenance.services.contracts.records import ShowRequest, ShowResult
from provenance.services.designations import designated_meant
from provenance.services.records import show
from provenance.services.workspace import Workspace


def show_designated(workspace: Workspace, noun: str, text: str) -> ShowResult:
    """The weapon or the type of unit that a text means.

    Raises:
        NotFound: there is none.
        Withheld: it is marked more strictly than the clearance.
    """
    of = WEAPON if DesignatedNoun(noun) is DesignatedNoun.WEAPON else UNIT_TYPE
    with workspace.reading() as session:
        uid = uid_of(session, of.kind, designated_meant(session, of, text))
    return show(workspace, ShowRequest(text=reference(of.kind, uid)))
