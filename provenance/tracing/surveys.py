"""What surveys of all known supply paths have in common: their scope, their data, and their basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from provenance.core.basis import AUTHENTICITY, NO_CLEARANCE, Basis
from provenance.core.tlp import Handling
from provenance.core.vocabulary import EvidenceClass
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.session import Session
from provenance.text.plurals import many
from provenance.tracing.chokepoints import Survey, only_makers, organization_mask, survey
from provenance.tracing.component_tlp import handling_of_components, together
from provenance.tracing.evidence_classes import DOCUMENTED
from provenance.tracing.ledger import Ledger, load_ledger
from provenance.tracing.network import Mask, Numbers
from provenance.tracing.party_profiles import countries_of
from provenance.tracing.recovered_components import RecoveredComponents, load_recovered
from provenance.tracing.statements import AsOf, PartyKind
from provenance.tracing.transfer_tlp import handling_of

READ_PARTS = (
    "Part numbers read automatically from markings are counted where none is stated: a wrong reading makes a"
    " wrong path."
)
ON_A_PATH = (
    "Being on a supply path is not evidence of wrongdoing."
    " This does not show who knew what they were selling."
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What to survey: components of some weapons or makers, transfers of some classes, as known on a day.

    ``rule`` is the key of the ownership rule to apply, None for all on record.
    """

    weapons: Sequence[int] = ()
    makers: Sequence[int] = ()
    country: str | None = None
    classes: Sequence[EvidenceClass] = DOCUMENTED
    as_of: AsOf = field(default_factory=AsOf)
    min_documents: int = 2
    with_makers: bool = False
    rule: str | None = None

    @property
    def wide(self) -> bool:
        """Whether transfers that only a customs code joins to a component are admitted."""
        return EvidenceClass.TRADE_RECORD_SAME_HS in self.classes

    def filters(self) -> dict[str, str]:
        """What a basis has to state of it."""
        return {"evidence_classes": ", ".join(self.classes), **self.as_of.filters()}


def load(session: Session, scope: Scope) -> tuple[Ledger, RecoveredComponents]:
    """Reads the transfers and the components that a survey is about."""
    ledger = load_ledger(session, scope.as_of, classes=scope.classes)
    recovered = load_recovered(
        session,
        ledger,
        weapons=scope.weapons,
        makers=scope.makers,
        published_by=scope.as_of.day,
        max_tlp=scope.as_of.max_tlp,
        read_parts=scope.as_of.read_parts,
    )
    return ledger, recovered


def load_survey(session: Session, scope: Scope) -> Survey:
    """Reads what a survey is about and counts its paths."""
    ledger, recovered = load(session, scope)
    return survey(ledger, recovered, wide=scope.wide)


def handling_in(session: Session, scope: Scope) -> Handling | None:
    """The handling of an answer that looks at the transfers and components of a scope."""
    highest = scope.as_of.max_tlp
    return together(
        handling_of(session, scope.classes, highest), handling_of_components(session, scope.weapons, highest)
    )


def candidates(session: Session, found: Survey, scope: Scope) -> Mask:
    """The organizations of the scope that lie on any path."""
    ledger = found.ledger
    wanted = organization_mask(ledger) & (found.counts.reached_recoveries > 0)
    if not scope.with_makers:
        wanted &= ~only_makers(ledger)
    if scope.country:
        numbers = {node: int(ledger.parties[node][1]) for node in np.flatnonzero(wanted).tolist()}
        there = countries_of(session, numbers.values())
        for node, number in numbers.items():
            wanted[node] = scope.country in there[number]
    return wanted


def rank_of(found: Survey, ranked: Numbers, node: int) -> int:
    """The rank of a party among the ranked ones; equal counts share a rank."""
    better = found.counts.reached_recoveries[ranked] > found.counts.reached_recoveries[node]
    return int(np.count_nonzero(better)) + 1


def survey_basis(session: Session, question: str, found: Survey, scope: Scope) -> Basis:
    """The basis of a survey: its coverage, what has no path, and what its counts cannot show."""
    recovered = found.recovered
    basis = Basis(question, "recoveries with a known supply path", data_fingerprint(session))
    basis.filters = {
        **scope.filters(),
        "same_goods": "the same item, lot or part number along the whole path",
    }
    basis.cautions += [READ_PARTS] if scope.as_of.read_parts else []
    basis.handling = handling_in(session, scope)
    basis.counted = {"components": found.components_with_path, "recoveries": found.with_path}
    basis.out_of = {"components": len(recovered.component), "recoveries": recovered.recoveries}
    if untraced := len(recovered.component) - found.components_with_path:
        without = recovered.recoveries - found.with_path
        basis.leave_out("without any such path on record", untraced, without, unjudged=True)
    _explain_parties(basis, found.ledger)
    return basis


def _explain_parties(basis: Basis, ledger: Ledger) -> None:
    kinds = (PartyKind.NAME, PartyKind.CONFIDENTIAL)
    if unmatched := sum(kind in kinds for kind, _who in ledger.parties):
        basis.unknown.append(
            f"On paths but not ranked: {many(unmatched, 'party')} not matched to one firm on record, or named"
            " in confidence."
        )
    if ledger.to_self:
        basis.notes.append(f"Transfers from a firm to itself are on no path: {ledger.to_self:,}.")
    basis.notes.append("Goods cannot leave before they arrive: paths ruled out by dates are not counted.")


def add_cautions(basis: Basis, *, empty: bool) -> None:
    """Adds what a reader of a survey must not conclude."""
    basis.cautions += [NO_CLEARANCE] if empty else [ON_A_PATH, AUTHENTICITY]
