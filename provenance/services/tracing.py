"""Tracing: supply paths of components, what lies before and after a firm, chokepoints, gaps, owners."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.core.basis import AUTHENTICITY, NO_CLEARANCE, Basis
from provenance.core.errors import UsageError
from provenance.core.tlp import Handling, ceiling, stricter_than
from provenance.domain.ownership import load_genealogy
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.names import (
    organization_labels,
    organization_named,
    weapons_named,
    with_variants,
)
from provenance.schema.session import Session
from provenance.services.contracts.tracing import (
    ChokepointsRequest,
    ChokepointsResult,
    DownstreamResult,
    GapsRequest,
    GapsResult,
    GraphRequest,
    GraphResult,
    KnowledgeRequest,
    OwnersRequest,
    OwnersResult,
    OwnersRow,
    PathRequest,
    PathResult,
    RankingRequest,
    ReachRequest,
    RecurringResult,
    RuleOnDay,
    ScopeRequest,
    TracedItem,
    UpstreamResult,
)
from provenance.services.workspace import Workspace
from provenance.text.plurals import many
from provenance.tracing.chokepoint_survey import fetch_chokepoints
from provenance.tracing.component_tlp import component_mark
from provenance.tracing.gap_survey import fetch_gaps
from provenance.tracing.graph import SupplyGraph, summarised
from provenance.tracing.graph_builder import neighbourhood_graph, supply_graph_of
from provenance.tracing.graph_files import WRITERS
from provenance.tracing.owners import fetch_ownership, former_owners, ownership_rules
from provenance.tracing.reach import Reach, fetch_reach
from provenance.tracing.recurring_survey import fetch_recurring
from provenance.tracing.statements import AsOf
from provenance.tracing.supply_paths import ComponentTrace, trace_component
from provenance.tracing.surveys import ON_A_PATH, READ_PARTS, Scope, handling_in
from provenance.tracing.traced_components import traced_components_named
from provenance.tracing.transfer_tlp import handling_of


def supply_paths(workspace: Workspace, request: PathRequest) -> PathResult:
    """The supply paths of a component or of all components of a recovery, the strongest first.

    Raises:
        NotFound: the reference names neither.
    """
    as_of, allowed = _as_of(workspace, request), ceiling(workspace.clearance)
    with workspace.reading() as session:
        named = traced_components_named(session, request.ref, read_parts=as_of.read_parts)
        marks = {item.ref: component_mark(session, item.members) for item in named}
        shown = [item for item in named if allowed(marks[item.ref])]
        found = [
            trace_component(
                session, item, as_of, wide=request.wide, show_confidential=request.show_confidential
            )
            for item in shown
        ]
        basis = _path_basis(found, data_fingerprint(session), as_of, wide=request.wide)
    of_transfers = [mark for item in found for mark in item.marks]
    basis.handling = Handling.of([*(marks[item.ref] for item in shown), *of_transfers])
    if hidden := len(named) - len(shown):
        strict = stricter_than(workspace.clearance)
        basis.unknown.append(f"Left out: {many(hidden, 'component')} {strict}.")
    return PathResult(
        basis=basis,
        components=tuple(map(_traced_item, found)),
        rows=tuple(path for traced in found for path in traced.paths),
    )


def _traced_item(traced: ComponentTrace) -> TracedItem:
    item = traced.component
    return TracedItem(
        component=item.ref,
        label=item.label,
        recovery=item.recovery,
        recovery_ref=item.recovery_ref,
        maker=item.maker,
        part_numbers=item.mpns,
        part_read=item.part_read,
        lot=item.lot,
        tentative=item.tentative,
        in_transit_until=item.in_transit_until,
        authenticity=item.authenticity,
        paths=len(traced.paths),
        transfers=traced.transfers,
        transfers_on_no_path=traced.transfers_on_no_path,
    )


def _path_basis(found: Sequence[ComponentTrace], data: str, as_of: AsOf, *, wide: bool) -> Basis:
    traced = [item.component for item in found if item.paths]
    untraced = [item.component for item in found if not item.paths]
    more = ", part number, part family or customs code" if wide else " or part number"
    basis = Basis("trace path", "components with a known supply path", data)
    basis.filters = {
        "same_goods": f"transfers of the item, its lot{more}",
        **as_of.filters(),
    }
    basis.counted = {"components": len(traced), "recoveries": len({item.recovery_ref for item in traced})}
    basis.out_of = {
        "components": len(found),
        "recoveries": len({item.component.recovery_ref for item in found}),
    }
    if untraced:
        without = {item.recovery_ref for item in untraced} - {item.recovery_ref for item in traced}
        basis.leave_out("without any transfer on record", len(untraced), len(without), unjudged=True)
    basis.cautions += [READ_PARTS] if any(item.part_read for item in traced) else []
    basis.cautions += [ON_A_PATH, AUTHENTICITY] if traced else [NO_CLEARANCE]
    return basis


def downstream(workspace: Workspace, request: ReachRequest) -> DownstreamResult:
    """Every party that goods of a firm may have reached by date, and the recoveries they may have ended in.

    Raises:
        NotFound: no firm has that name.
    """
    found = _reach(workspace, request, forward=True)
    return DownstreamResult(
        basis=found.basis,
        firm=found.firm.name or "",
        firm_ref=found.firm.ref or "",
        recoveries=found.recoveries,
        rows=found.rows,
    )


def upstream(workspace: Workspace, request: ReachRequest) -> UpstreamResult:
    """Every party that may have supplied a firm, by date.

    Raises:
        NotFound: no firm has that name.
    """
    found = _reach(workspace, request, forward=False)
    return UpstreamResult(
        basis=found.basis, firm=found.firm.name or "", firm_ref=found.firm.ref or "", rows=found.rows
    )


def _reach(workspace: Workspace, request: ReachRequest, *, forward: bool) -> Reach:
    with workspace.reading() as session:
        number = organization_named(session, request.firm)
        scope = Scope(classes=request.evidence_classes, as_of=_as_of(workspace, request))
        return fetch_reach(session, number, scope, forward=forward, same_goods=request.same_goods)


def chokepoints(workspace: Workspace, request: ChokepointsRequest) -> ChokepointsResult:
    """The organizations on the most supply paths into recoveries.

    Raises:
        NotFound: no such firm, weapon or ownership rule.
    """
    with workspace.reading() as session:
        scope = _ranking_scope(session, workspace, request, min_documents=request.min_documents)
        found = fetch_chokepoints(session, scope, limit=request.limit)
    return ChokepointsResult(
        basis=found.basis, coverage=found.coverage, removals=found.removals, rows=found.rows
    )


def recurring_distributors(workspace: Workspace, request: RankingRequest) -> RecurringResult:
    """Distributors by the recoveries they reach, evidence classes apart.

    Raises:
        NotFound: no such firm, weapon or ownership rule.
    """
    with workspace.reading() as session:
        scope = _ranking_scope(session, workspace, request)
        rows, basis = fetch_recurring(session, scope, limit=request.limit)
    return RecurringResult(basis=basis, rows=rows)


def gaps(workspace: Workspace, request: GapsRequest) -> GapsResult:
    """The questions that would extend the most supply paths, and whom to ask.

    Raises:
        NotFound: no such firm or weapon.
    """
    with workspace.reading() as session:
        rows, total, basis = fetch_gaps(session, _scope(session, workspace, request), limit=request.limit)
    return GapsResult(basis=basis, questions=total, rows=rows)


def owners(workspace: Workspace, request: OwnersRequest) -> OwnersResult:
    """The listed owners of a firm on a day, and the rules that treat it like them.

    Raises:
        NotFound: no such firm or rule.
    """
    with workspace.reading() as session:
        day = request.on or session.today
        number = organization_named(session, request.firm)
        found = fetch_ownership(session, [number], day, rule=request.rule)[number]
        former = former_owners(session, number, day)
        rules = ownership_rules(session, request.rule)
        label, ref = organization_labels(session, [number])[number]
        basis = Basis("trace owners", "owners whose name is on a watchlist", data_fingerprint(session))
    basis.filters = {"on": str(day)} | ({"ownership_rule": request.rule} if request.rule else {})
    basis.counted = {"listed_owners": len(found.listed_owners)}
    basis.cautions = ["The same name is a lead, not an identity.", NO_CLEARANCE]
    return OwnersResult(
        basis=basis,
        rules=tuple(
            RuleOnDay(
                key=rule.key,
                rule=rule.name,
                asks=rule.asks,
                state=rule.state(day),
                verification=rule.verification,
                note=rule.note,
            )
            for rule in rules
        ),
        rows=(
            OwnersRow(
                firm=label,
                firm_ref=ref,
                on=day,
                listed_on=found.listed_on,
                owners=found.owners,
                former_owners=former,
                listed_owners=found.listed_owners,
                treatments=found.treatments,
            ),
        ),
    )


def graph(workspace: Workspace, request: GraphRequest) -> GraphResult:
    """The supply graph of recoveries, of one component or recovery, or around one firm.

    Raises:
        NotFound: no such record, firm or weapon.
        UsageError: both a component and a firm.
    """
    if request.ref and request.around:
        raise UsageError("A graph is either of a component or around a firm, not both")
    with workspace.reading() as session:
        scope = _scope(session, workspace, request)
        basis = Basis("trace graph", "recoveries with a known supply path", data_fingerprint(session))
        basis.filters = scope.filters()
        if request.around:
            basis.handling = handling_of(session, scope.classes, scope.as_of.max_tlp)
            drawn = _graph_around(session, scope, request.around, basis)
        else:
            basis.handling = handling_in(session, scope)
            drawn = _graph_into(session, scope, request, basis)
    basis.cautions = [*([READ_PARTS] if request.include_read_parts else []), ON_A_PATH, AUTHENTICITY]
    found = summarised(drawn, request.max_nodes)
    notes = (*found.notes, *([f"TLP:{basis.handling.tlp}"] if basis.handling else []))
    basis.notes += found.notes
    printed = SupplyGraph(found.title, found.nodes, found.edges, list(notes), found.summarised)
    return GraphResult(
        basis=basis,
        title=found.title,
        notes=notes,
        nodes=tuple(found.nodes),
        content=WRITERS[request.file_format](printed) if request.file_format else None,
        rows=tuple(found.edges),
    )


def _graph_around(session: Session, scope: Scope, firm: str, basis: Basis) -> SupplyGraph:
    number = organization_named(session, firm)
    label = organization_labels(session, [number])[number][0]
    found = neighbourhood_graph(session, scope, number, title=f"Transfers before and after {label}")
    basis.unit = "parties before and after a firm"
    basis.filters["around"] = label
    basis.counted = {"parties": len(found.nodes)}
    return found


def _graph_into(session: Session, scope: Scope, request: GraphRequest, basis: Basis) -> SupplyGraph:
    title = f"Supply paths into {request.ref or 'recoveries'}"
    title += f" of {', '.join(request.weapons)}" if request.weapons else ""
    title += f" with components of {request.firm}" if request.firm else ""
    members: list[int] | None = None
    if request.ref:
        named = traced_components_named(session, request.ref)
        members = [member for item in named for member in item.members]
    graph_, found = supply_graph_of(session, scope, title=title, components=members)
    basis.counted = {"components": found.components_with_path, "recoveries": found.with_path}
    basis.out_of = {"components": len(found.recovered.component), "recoveries": found.recovered.recoveries}
    graph_.notes.append(
        f"{found.with_path:,} of {many(found.recovered.recoveries, 'recovery')} with a known supply path by"
        " these evidence classes."
    )
    return graph_


def _as_of(workspace: Workspace, request: KnowledgeRequest) -> AsOf:
    return AsOf(request.known_on, request.known_by, workspace.clearance, request.include_read_parts)


def _ranking_scope(
    session: Session, workspace: Workspace, request: RankingRequest, *, min_documents: int = 1
) -> Scope:
    return _scope(
        session,
        workspace,
        request,
        country=request.country,
        with_makers=request.with_makers,
        rule=request.rule,
        min_documents=min_documents,
    )


def _scope(
    session: Session,
    workspace: Workspace,
    request: ScopeRequest,
    *,
    country: str | None = None,
    with_makers: bool = False,
    rule: str | None = None,
    min_documents: int = 1,
) -> Scope:
    """What a survey is to look at, its names looked up."""
    weapons = weapons_named(session, request.weapons) if request.weapons else ()
    return Scope(
        weapons=sorted(with_variants(session, weapons)[0]) if weapons else (),
        makers=_brands_of(session, request.firm) if request.firm else (),
        country=country,
        classes=request.evidence_classes,
        as_of=_as_of(workspace, request),
        min_documents=min_documents,
        with_makers=with_makers,
        rule=rule,
    )


def _brands_of(session: Session, firm: str) -> list[int]:
    """The firm and every brand that belongs to it today."""
    number = organization_named(session, firm)
    genealogy = load_genealogy(session, today=session.today)
    ever = genealogy.owned.get(number, {number}) | {number}
    return sorted(brand for brand in ever if genealogy.belongs_on(brand, number, session.today))
