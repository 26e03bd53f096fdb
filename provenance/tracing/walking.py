"""Walks from a firm with names and evidence, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from provenance.core.basis import NO_CLEARANCE, Basis
from provenance.core.identity import reference
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.names import organization_labels
from provenance.schema.recoveries import Recovery
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer
from provenance.tracing.classes import CLASSES
from provenance.tracing.finds import load_finds
from provenance.tracing.ledger import Ledger, load_ledger
from provenance.tracing.marks import handling_of
from provenance.tracing.people import Named, names_of
from provenance.tracing.statements import AsOf
from provenance.tracing.surveying import STANDS_ON_ROADS
from provenance.tracing.walks import Reached, fed, walk


@dataclass(frozen=True, slots=True)
class Step:
    """A holder that the walk comes to, ``steps`` away, by way of ``through``.

    ``dated`` is certain where the order of some road is; ``day`` the first possible day forward, the last
    possible one back; ``evidence_class`` and ``transfer`` are of the last hop.
    """

    holder: Named
    node: int
    through: Named
    through_node: int
    steps: int
    dated: str
    same_goods: bool
    day: date | None
    evidence_class: str
    transfer: str


@dataclass(slots=True)
class Walk:
    """Everyone reached, nearest first; ``recoveries`` (forward only) in which its goods may have ended."""

    firm: Named
    node: int | None
    forward: bool
    rows: list[Step]
    recoveries: list[Named]
    components: int
    basis: Basis


def fetch_walk(
    session: Session,
    organization_id: int,
    *,
    forward: bool,
    same_goods: bool,
    classes: Sequence[str],
    as_of: AsOf,
) -> Walk:
    """Walks by date over the transfers of some classes, forward from a firm or back from it."""
    ledger = load_ledger(session, as_of, classes=classes)
    finds = load_finds(session, ledger, published_by=as_of.day)
    firm = Named(*organization_labels(session, [organization_id])[organization_id])
    start = next(
        (node for node, key in enumerate(ledger.holders) if key == ("firm", str(organization_id))), None
    )
    basis = Basis(
        "trace from" if forward else "trace to",
        "recoveries that goods of the firm may have ended in",
        data_fingerprint(session),
        filters={
            "classes": ", ".join(classes),
            "goods": "one part, lot or item all the way" if same_goods else "any, marked where the same",
            "dates": "goods cannot leave before they arrive",
            **as_of.settings(),
        },
        counted={"components": 0, "recoveries": 0},
        out_of={"components": len(finds.component), "recoveries": finds.recoveries},
        handling=handling_of(session, classes, as_of.max_tlp),
    )
    if start is None:
        basis.notes += ["No transfer of these classes names this firm.", NO_CLEARANCE]
        return Walk(firm, None, forward, [], [], 0, basis)
    reached = walk(ledger, start, forward=forward, same_goods=same_goods)
    rows = _steps(session, ledger, reached)
    recoveries, components = fed(ledger, finds, start)
    if not forward:
        recoveries, components = recoveries[:0], components[:0]
    basis.counted = {"components": len(components), "recoveries": len(recoveries)}
    basis.notes.append(STANDS_ON_ROADS)
    basis.notes.append(
        "Recoveries are reached by roads of the same part, lot or item alone; a holder may be reached by"
        " other goods, which says less."
    )
    return Walk(firm, start, forward, rows, _recoveries(session, recoveries.tolist()), len(components), basis)


def _steps(session: Session, ledger: Ledger, reached: Sequence[Reached]) -> list[Step]:
    names = names_of(session, ledger, {node for item in reached for node in (item.node, item.through)})
    refs = _refs(session, [int(ledger.number[ledger.transfer[item.hop]]) for item in reached])
    return [
        Step(
            holder=names[item.node],
            node=item.node,
            through=names[item.through],
            through_node=item.through,
            steps=item.steps,
            dated=item.dated,
            same_goods=item.same_goods,
            day=item.day,
            evidence_class=CLASSES[ledger.evidence[ledger.transfer[item.hop]]],
            transfer=refs[int(ledger.number[ledger.transfer[item.hop]])],
        )
        for item in reached
    ]


def _refs(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 5_000):
        rows = session.execute(
            select(Transfer.id, Transfer.uid).where(Transfer.id.in_(wanted[start : start + 5_000]))
        )
        found |= {row.id: reference("transfer", row.uid) for row in rows}
    return found


def _recoveries(session: Session, numbers: Sequence[int]) -> list[Named]:
    found: list[Named] = []
    for start in range(0, len(numbers), 5_000):
        rows = session.execute(
            select(Recovery.label, Recovery.uid)
            .where(Recovery.id.in_([int(number) for number in numbers[start : start + 5_000]]))
            .order_by(Recovery.label, Recovery.id)
        )
        found += [Named(row.label, reference("recovery", row.uid)) for row in rows]
    return found
