"""Which organizations lie on the most supply paths into recoveries, and what is left without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select

from provenance.core.basis import Basis
from provenance.schema.chunks import chunks
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Document, Transfer
from provenance.text.plurals import many
from provenance.tracing.chokepoints import Survey, ranking
from provenance.tracing.owners import OwnershipFindings, fetch_ownership
from provenance.tracing.party_profiles import (
    PartyName,
    TradeTotals,
    party_names,
    trade_totals,
    transfers_at,
)
from provenance.tracing.surveys import (
    Scope,
    add_cautions,
    candidates,
    load_survey,
    rank_of,
    survey_basis,
)
from provenance.tracing.vertex_cut import MAX_CUT, greedy_vertex_cut


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """One organization on supply paths into recoveries; equal counts share a rank.

    ``reached`` recoveries and components are those that at least one path through it reaches, ``dependent``
    those whose known paths all pass it, ``replaceable`` the difference. ``documents`` are independent ones.
    """

    rank: int
    firm: str | None
    firm_ref: str | None
    reached_recoveries: int
    dependent_recoveries: int
    replaceable_recoveries: int
    reached_components: int
    dependent_components: int
    documents: int
    origin_groups: int
    trade: TradeTotals
    ownership: OwnershipFindings


@dataclass(frozen=True, slots=True)
class Removal:
    """How many recoveries keep a path after one more organization is removed.

    ``recoveries_left_at_least`` is the lower bound whichever organizations, as many as so far, are removed.
    """

    firm: str | None
    firm_ref: str | None
    recoveries_left: int
    recoveries_left_at_least: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much any supply path is known of; ``unranked`` organizations rest on too few documents."""

    recoveries_with_path: int
    recoveries: int
    components_with_path: int
    components: int
    unranked: int


@dataclass(frozen=True, slots=True)
class ChokepointSurvey:
    """The coverage, the organizations in their order, and the removal of several together."""

    coverage: Coverage
    rows: tuple[Chokepoint, ...]
    removals: tuple[Removal, ...]
    basis: Basis


def fetch_chokepoints(session: Session, scope: Scope, *, limit: int = 20) -> ChokepointSurvey:
    """The organizations on the most paths into recoveries; ``limit`` 0 is all.

    Those that rest on fewer than ``scope.min_documents`` independent documents are counted, not ranked.
    """
    found = load_survey(session, scope)
    wanted = candidates(session, found, scope)
    ranked = wanted & (found.counts.documents >= scope.min_documents)
    numbers = ranking(found.counts, ranked)
    shown = numbers[: limit or None].tolist()
    cut = greedy_vertex_cut(found, ranked, MAX_CUT)
    names = party_names(session, found.ledger, [*shown, *cut.parties])
    firms = {node: int(found.ledger.parties[node][1]) for node in shown}
    owned = fetch_ownership(session, list(firms.values()), scope.as_of.day or session.today, rule=scope.rule)
    rows = tuple(
        _row(session, found, node, names[node], rank_of(found, numbers, node), owned[firms[node]])
        for node in shown
    )
    unranked = int(np.count_nonzero(wanted & ~ranked))
    basis = survey_basis(session, "trace chokepoints", found, scope)
    basis.filters["min_documents"] = str(scope.min_documents)
    if unranked:
        basis.unknown.insert(
            0,
            f"Not ranked: {many(unranked, 'organization')} with fewer than {scope.min_documents} independent"
            " documents.",
        )
    if rows:
        basis.unknown.append("“All known paths” is a lower bound: dates may rule out further combinations.")
    add_cautions(basis, empty=not rows)
    recovered = found.recovered
    return ChokepointSurvey(
        Coverage(
            found.with_path, recovered.recoveries, found.components_with_path, len(recovered.component),
            unranked,
        ),
        rows,
        tuple(
            Removal(names[node].name, names[node].ref, left, bound)
            for node, left, bound in zip(cut.parties, cut.left, cut.at_least_left, strict=True)
        ),
        basis,
    )  # fmt: skip


def _row(
    session: Session, found: Survey, node: int, name: PartyName, rank: int, owned: OwnershipFindings
) -> Chokepoint:
    counts, ledger = found.counts, found.ledger
    numbers = transfers_at(ledger, found.paths.edge[found.reached.edges], node)
    reached, dependent = int(counts.reached_recoveries[node]), int(counts.dependent_recoveries[node])
    return Chokepoint(
        rank=rank,
        firm=name.name,
        firm_ref=name.ref,
        reached_recoveries=reached,
        dependent_recoveries=dependent,
        replaceable_recoveries=reached - dependent,
        reached_components=int(counts.reached_components[node]),
        dependent_components=int(counts.dependent_components[node]),
        documents=int(counts.documents[node]),
        origin_groups=_origin_groups(session, numbers),
        trade=trade_totals(session, int(ledger.parties[node][1]), numbers),
        ownership=owned,
    )


def _origin_groups(session: Session, numbers: Sequence[int]) -> int:
    """How many origins the statements go back to: those of their documents, otherwise of their sources."""
    found: set[str] = set()
    for chunk in chunks(numbers):
        rows = session.execute(
            select(func.coalesce(Document.origin_group, Source.origin_group))
            .select_from(Transfer)
            .outerjoin(Document, Document.id == Transfer.document_id)
            .outerjoin(Citation, Citation.transfer_id == Transfer.id)
            .outerjoin(Source, Source.id == Citation.source_id)
            .where(Transfer.id.in_(chunk))
            .distinct()
        ).scalars()
        found |= {group for group in rows if group}
    return len(found)
