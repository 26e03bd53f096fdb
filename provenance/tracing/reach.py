"""The parties before or after a firm, with evidence, and the recoveries that its goods may have reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from provenance.core.basis import AUTHENTICITY, NO_CLEARANCE, Basis
from provenance.core.identity import reference
from provenance.core.vocabulary import EvidenceClass
from provenance.core.vocabulary.tracing import Dated
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.names import organization_labels
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Recovery
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer
from provenance.tracing.evidence_classes import CLASSES
from provenance.tracing.ledger import Ledger
from provenance.tracing.party_profiles import PartyName, party_names
from provenance.tracing.reachability import ReachedParty, reachable_parties, recoveries_supplied
from provenance.tracing.recovered_components import RecoveredComponents
from provenance.tracing.statements import PartyKind
from provenance.tracing.surveys import ON_A_PATH, READ_PARTS, Scope, handling_in, load
from provenance.tracing.transfer_tlp import handling_of


@dataclass(frozen=True, slots=True)
class ReachedFirm:
    """A party within reach of the firm asked about, ``steps`` away, through the party before it.

    ``row`` counts from 1; ``through_row`` is that of the party before it, None where that is the firm itself
    or is not among the rows. All that a row says is of one path, the one by which the party is reached
    earliest: ``date_order`` says whether the dates prove the order of its steps, ``same_goods`` whether it is
    of one part, lot or item all the way. ``day`` is the first possible day forward, the last one backward.
    ``evidence_class``, ``transfer``, ``goods`` and ``note`` are of the last step.
    """

    row: int
    firm: str | None
    firm_ref: str | None
    steps: int
    through: str | None
    through_ref: str | None
    through_row: int | None
    date_order: Dated
    same_goods: bool
    day: date | None
    evidence_class: EvidenceClass
    transfer: str
    goods: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ReachedRecovery:
    """A recovery in which goods of the firm may have ended up."""

    recovery: str
    recovery_ref: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Every party within reach, nearest first, and (forward only) the recoveries."""

    firm: PartyName
    rows: tuple[ReachedFirm, ...]
    recoveries: tuple[ReachedRecovery, ...]
    basis: Basis


def node_of_firm(ledger: Ledger, organization_id: int) -> int | None:
    """The node of an organization; None where no transfer of the ledger names it."""
    wanted = (PartyKind.FIRM, str(organization_id))
    return next((node for node, key in enumerate(ledger.parties) if key == wanted), None)


def fetch_reach(
    session: Session, organization_id: int, scope: Scope, *, forward: bool, same_goods: bool
) -> Reach:
    """Follows the transfers of some classes by date, forward from a firm or backward from it."""
    ledger, recovered = load(session, scope)
    firm = PartyName(*organization_labels(session, [organization_id])[organization_id])
    basis = _basis(session, scope, recovered, forward=forward, same_goods=same_goods)
    start = node_of_firm(ledger, organization_id)
    if start is None:
        basis.unknown.append("No transfer of these evidence classes names this firm.")
        basis.cautions.append(NO_CLEARANCE)
        return Reach(firm, (), (), basis)
    rows = _rows(session, ledger, reachable_parties(ledger, start, forward=forward, same_goods=same_goods))
    basis.cautions += [ON_A_PATH] if rows else [NO_CLEARANCE]
    if not forward:
        basis.counted = {"parties": len(rows)}
        return Reach(firm, rows, (), basis)
    recoveries, components = recoveries_supplied(ledger, recovered, start)
    basis.counted = {"components": len(components), "recoveries": len(recoveries)}
    basis.cautions += [AUTHENTICITY, *([READ_PARTS] if scope.as_of.read_parts else [])]
    basis.notes.append(
        "Recoveries are reached only by the same part, lot or item all the way; parties may also be reached"
        " by other goods, which says less. What a row says is of the path it shows; there may be others."
    )
    return Reach(firm, rows, _recoveries(session, recoveries.tolist()), basis)


def _basis(
    session: Session, scope: Scope, recovered: RecoveredComponents, *, forward: bool, same_goods: bool
) -> Basis:
    basis = Basis(
        "trace from" if forward else "trace to",
        "recoveries in which goods of the firm may have ended up" if forward else "parties before the firm",
        data_fingerprint(session),
        handling=(
            handling_in(session, scope)
            if forward
            else handling_of(session, scope.classes, scope.as_of.max_tlp)
        ),
    )
    basis.filters = scope.filters()
    if same_goods:
        basis.filters["same_goods"] = "one part, lot or item along the whole path"
    basis.counted = {"components": 0, "recoveries": 0} if forward else {"parties": 0}
    if forward:
        basis.out_of = {"components": len(recovered.component), "recoveries": recovered.recoveries}
    return basis


def _rows(session: Session, ledger: Ledger, reached: Sequence[ReachedParty]) -> tuple[ReachedFirm, ...]:
    names = party_names(session, ledger, {node for item in reached for node in (item.node, item.through)})
    stated = _stated(session, [int(ledger.number[ledger.transfer[item.edge]]) for item in reached])
    row_of = {item.place: row for row, item in enumerate(reached, start=1)}

    def last(item: ReachedParty) -> _LastStep:
        return stated[int(ledger.number[ledger.transfer[item.edge]])]

    return tuple(
        ReachedFirm(
            row=row,
            firm=names[item.node].name,
            firm_ref=names[item.node].ref,
            steps=item.steps,
            through=names[item.through].name,
            through_ref=names[item.through].ref,
            through_row=row_of.get(item.before),
            date_order=item.dated,
            same_goods=item.same_goods,
            day=item.day,
            evidence_class=CLASSES[ledger.evidence[ledger.transfer[item.edge]]],
            transfer=last(item).ref,
            goods=last(item).goods,
            note=last(item).note,
        )
        for row, item in enumerate(reached, start=1)
    )


@dataclass(frozen=True, slots=True)
class _LastStep:
    ref: str
    goods: str | None
    note: str | None


def _stated(session: Session, numbers: Sequence[int]) -> dict[int, _LastStep]:
    """The reference of each transfer, and what its source says of the goods and of itself."""
    found: dict[int, _LastStep] = {}
    for chunk in chunks(sorted(set(numbers))):
        rows = session.execute(
            select(Transfer.id, Transfer.uid, Transfer.goods_as_written, Transfer.note).where(
                Transfer.id.in_(chunk)
            )
        )
        found |= {
            row.id: _LastStep(reference("transfer", row.uid), row.goods_as_written, row.note) for row in rows
        }
    return found


def _recoveries(session: Session, numbers: Sequence[int]) -> tuple[ReachedRecovery, ...]:
    """The recoveries by label."""
    found: list[tuple[str, int, str]] = []
    for chunk in chunks(numbers):
        rows = session.execute(
            select(Recovery.label, Recovery.id, Recovery.uid).where(Recovery.id.in_(list(chunk)))
        )
        found += [(row.label, row.id, row.uid) for row in rows]
    return tuple(ReachedRecovery(label, reference("recovery", uid)) for label, _number, uid in sorted(found))
