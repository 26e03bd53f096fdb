"""The questions that would extend the most supply paths, and to whom they go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select

from provenance.core.basis import AUTHENTICITY, NO_WRONGDOING, Basis
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.traces import TraceRequest
from provenance.tracing.brands import brands
from provenance.tracing.chokepoints import organization_mask
from provenance.tracing.gaps import GapQuestion, gaps
from provenance.tracing.network import Mask, Numbers
from provenance.tracing.party_profiles import PartyName, party_names
from provenance.tracing.recovered_components import RecoveredComponents
from provenance.tracing.surveys import Scope, load_survey, survey_basis


@dataclass(frozen=True, slots=True)
class GapRow:
    """A question to a firm, and how many recoveries and components its answer would take further.

    ``traceable`` components have a lot or date code; ``requests_so_far`` have gone to the firm already.
    """

    firm: str | None
    firm_ref: str | None
    question: GapQuestion
    recoveries: int
    components: int
    traceable: int
    requests_so_far: int


def fetch_gaps(session: Session, scope: Scope, *, limit: int = 20) -> tuple[tuple[GapRow, ...], int, Basis]:
    """The questions worth a letter, by how many recoveries would gain; and how many there are in all."""
    found = load_survey(session, scope)
    ledger = found.ledger
    brand, coded = _brands_and_codes(session, found.recovered)
    rows = gaps(found, organization_mask(ledger), brand, coded)
    shown = rows[: limit or None]
    of_makers = [gap.party for gap in shown if gap.question == GapQuestion.FIRST_BUYER]
    makers = organization_labels(session, of_makers)
    names = party_names(
        session, ledger, [gap.party for gap in shown if gap.question != GapQuestion.FIRST_BUYER]
    )
    asked = _requests_so_far(session)
    found_rows = []
    for gap in shown:
        first = gap.question == GapQuestion.FIRST_BUYER
        name = PartyName(*makers[gap.party]) if first else names[gap.party]
        number = gap.party if first else int(ledger.parties[gap.party][1])
        found_rows.append(
            GapRow(
                name.name, name.ref, gap.question, gap.recoveries, gap.components, gap.traceable,
                asked.get(number, 0),
            )
        )  # fmt: skip
    basis = survey_basis(session, "trace gaps", found, scope)
    basis.notes.append("A seller can trace a component by its lot or date code.")
    basis.cautions += [NO_WRONGDOING, AUTHENTICITY]
    return tuple(found_rows), len(rows), basis


def _brands_and_codes(session: Session, recovered: RecoveredComponents) -> tuple[Numbers, Mask]:
    """Each component's maker (0 is unknown), and whether it has a lot or date code."""
    makers = brands(session)
    coded = set(
        session.execute(
            select(Component.id).where(Component.lot.is_not(None) | Component.date_code.is_not(None))
        ).scalars()
    )
    numbers = recovered.component.tolist()
    return (
        np.array([makers.get(number, 0) for number in numbers], np.int64),
        np.array([number in coded for number in numbers], bool),
    )


def _requests_so_far(session: Session) -> dict[int, int]:
    """How many requests went to each organization, by row number."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    found: dict[int, int] = {}
    rows = session.execute(
        select(TraceRequest.organization_id, func.count()).group_by(TraceRequest.organization_id)
    )
    for number, count in rows:
        first = merged.get(number, number)
        found[first] = found.get(first, 0) + count
    return found
