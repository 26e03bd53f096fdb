"""Distributors by the recoveries that their goods reach, evidence classes kept apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.core.basis import Basis
from provenance.core.vocabulary import EvidenceClass
from provenance.schema.session import Session
from provenance.tracing.chokepoints import Survey, ranking, survey
from provenance.tracing.evidence_classes import CLASSES
from provenance.tracing.ledger import of_classes
from provenance.tracing.network import Numbers
from provenance.tracing.owners import OwnershipFindings, fetch_ownership
from provenance.tracing.party_profiles import TradeTotals, party_names, trade_totals, transfers_at
from provenance.tracing.surveys import (
    Scope,
    add_cautions,
    candidates,
    load_survey,
    rank_of,
    survey_basis,
)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A distributor and the recoveries it reaches, each under the weakest class of its strongest path.

    ``by_class`` counts the recoveries by evidence class.
    """

    rank: int
    firm: str | None
    firm_ref: str | None
    recoveries: int
    by_class: dict[str, int]
    documents: int
    trade: TradeTotals
    ownership: OwnershipFindings


def fetch_recurring(
    session: Session, scope: Scope, *, limit: int = 20
) -> tuple[tuple[Recurring, ...], Basis]:
    """Distributors by the recoveries they reach, each under one evidence class; ``limit`` 0 is all."""
    found = load_survey(session, scope)
    by_class = _by_class(found, scope)
    numbers = ranking(found.counts, candidates(session, found, scope))
    shown = numbers[: limit or None].tolist()
    names = party_names(session, found.ledger, shown)
    firms = {node: int(found.ledger.parties[node][1]) for node in shown}
    owned = fetch_ownership(session, list(firms.values()), scope.as_of.day or session.today, rule=scope.rule)
    edges = found.paths.edge[found.reached.edges]
    rows = tuple(
        Recurring(
            rank=rank_of(found, numbers, node),
            firm=names[node].name,
            firm_ref=names[node].ref,
            recoveries=int(found.counts.reached_recoveries[node]),
            by_class={name: int(counts[node]) for name, counts in by_class.items()},
            documents=int(found.counts.documents[node]),
            trade=trade_totals(session, firms[node], transfers_at(found.ledger, edges, node)),
            ownership=owned[firms[node]],
        )
        for node in shown
    )
    basis = survey_basis(session, "trace recurring", found, scope)
    basis.notes.append("Each recovery is counted once, under the weakest class on its strongest path.")
    add_cautions(basis, empty=not rows)
    return rows, basis


def _by_class(found: Survey, scope: Scope) -> dict[EvidenceClass, Numbers]:
    """For each class how many recoveries a party reaches with it and not with the stronger ones alone."""
    so_far = np.zeros(found.ledger.nodes, np.int64)
    by_class: dict[EvidenceClass, Numbers] = {}
    for place, name in enumerate(CLASSES):
        if name in scope.classes:
            weakest = name == CLASSES[-1]
            ledger = found.ledger if weakest else of_classes(found.ledger, place)
            here = found if weakest else survey(ledger, found.recovered, wide=scope.wide)
            by_class[name] = here.counts.reached_recoveries - so_far
            so_far = here.counts.reached_recoveries
    return by_class
