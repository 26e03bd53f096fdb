"""Builds the supply graph of recoveries, or of the firms around one firm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import PartyRole
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Recovery
from provenance.schema.reference import WeaponSystem
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer, TransferParty
from provenance.text.partial_dates import DateSpan, format_span
from provenance.text.plurals import many
from provenance.text.quantity_units import in_base_unit
from provenance.tracing.brands import brands
from provenance.tracing.chokepoints import Survey, survey
from provenance.tracing.evidence_classes import CLASSES, DOCUMENTED
from provenance.tracing.graph import WEAPON, Edge, Node, SupplyGraph, main_role
from provenance.tracing.ledger import Ledger, load_ledger
from provenance.tracing.network import Index, Mask, Numbers
from provenance.tracing.numbering import NOTHING
from provenance.tracing.party_profiles import PartyName, countries_of, party_names
from provenance.tracing.reach import node_of_firm
from provenance.tracing.reachability import reachable_parties
from provenance.tracing.recovered_components import RecoveredComponents
from provenance.tracing.statements import PartyKey, PartyKind
from provenance.tracing.surveys import Scope, load


@dataclass(frozen=True, slots=True)
class _Moved:
    quantity: float | None
    unit: str | None
    earliest: date | None
    latest: date | None


def supply_graph_of(
    session: Session, scope: Scope, *, title: str, components: Sequence[int] | None = None
) -> tuple[SupplyGraph, Survey]:
    """The paths into recoveries, from makers to weapons; only those into ``components`` if given."""
    ledger, recovered = load(session, scope)
    if components is not None:
        recovered = _only(recovered, components)
    found = survey(ledger, recovered, wide=scope.wide)
    edge_numbers = np.unique(found.paths.edge[found.reached.edges])
    of_code = _by_code_alone(ledger, edge_numbers)
    graph = SupplyGraph(
        title, *_between(session, ledger, edge_numbers, _documented(ledger, edge_numbers) & ~of_code)
    )
    if of_code.any():
        graph.notes.append(
            "Dashes also mark steps that only a customs code connects to the recovered item:"
            " possibly other goods."
        )
    _add_makers(session, found, graph)
    _add_weapons(session, found, graph)
    return graph, found


def _only(recovered: RecoveredComponents, components: Sequence[int]) -> RecoveredComponents:
    return recovered.only(np.isin(recovered.component, components))


def neighbourhood_graph(session: Session, scope: Scope, organization_id: int, *, title: str) -> SupplyGraph:
    """Everything that may have come to a firm, or from it, by date."""
    ledger = load_ledger(session, scope.as_of, classes=scope.classes)
    start = node_of_firm(ledger, organization_id)
    if start is None:
        return SupplyGraph(title, notes=["No transfer of these evidence classes names this firm."])
    after = {item.node for item in reachable_parties(ledger, start, forward=True)} | {start}
    before = {item.node for item in reachable_parties(ledger, start, forward=False)} | {start}
    kept = np.zeros(len(ledger.tail), bool)
    for side in (after, before):
        nodes = sorted(side)
        kept |= np.isin(ledger.tail, nodes) & np.isin(ledger.head, nodes)
    edge_numbers = np.flatnonzero(kept)
    nodes_, edges = _between(session, ledger, edge_numbers, _documented(ledger, edge_numbers))
    note = "Around one firm: goods of any kind, connected by firm and date; they may be different goods."
    return SupplyGraph(title, nodes_, edges, [note])


def _documented(ledger: Ledger, edge_numbers: Numbers) -> Mask:
    assert CLASSES[: len(DOCUMENTED)] == DOCUMENTED
    shown: Mask = ledger.evidence[ledger.transfer[edge_numbers]] < len(DOCUMENTED)
    return shown


def _by_code_alone(ledger: Ledger, edge_numbers: Numbers) -> Mask:
    """Which edges name no item, lot or part: a bank record among them shows a payment, not these goods."""
    places = ledger.transfer[edge_numbers]
    named: Mask = (ledger.component[places] != NOTHING) | (ledger.lot[places] != NOTHING)
    named |= ledger.part[places] != NOTHING
    return ~named


def _between(
    session: Session, ledger: Ledger, edge_numbers: Numbers, documented: Mask
) -> tuple[list[Node], list[Edge]]:
    """The parties of some edges, and a line for each kind of unit between two of them, documented or not."""
    groups: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for edge_number, shown in zip(edge_numbers.tolist(), documented.tolist(), strict=True):
        groups[int(ledger.tail[edge_number]), int(ledger.head[edge_number]), shown].append(
            int(ledger.transfer[edge_number])
        )
    numbers = sorted({int(ledger.number[place]) for places in groups.values() for place in places})
    moved = _moved(session, numbers)
    edges = [
        _edge(ledger, tail, head, shown, kind)
        for (tail, head, shown), places in groups.items()
        for kind in _by_kind([moved[int(ledger.number[place])] for place in places])
    ]
    parties = sorted({node for tail, head, _shown in groups for node in (tail, head)})
    return _nodes(session, ledger, parties, numbers), edges


def _key(node: int) -> str:
    return f"party {node}"


def _by_kind(moved: list[_Moved]) -> list[list[_Moved]]:
    """The transfers by the kind of their unit: pieces and kilograms are lines of their own, never one sum.

    Those without a quantity go with the largest group.
    """
    kinds: dict[str | None, list[_Moved]] = defaultdict(list)
    for item in moved:
        if item.quantity is not None:
            kinds[item.unit].append(item)
    groups = sorted(kinds.values(), key=lambda items: -len(items)) or [[]]
    groups[0] += [item for item in moved if item.quantity is None]
    return groups


def _edge(ledger: Ledger, tail: int, head: int, documented: bool, moved: list[_Moved]) -> Edge:
    units = {item.unit for item in moved if item.quantity is not None}
    known = [item.quantity for item in moved if item.quantity is not None]
    one_unit = bool(known) and len(units) == 1
    first = [item.earliest for item in moved if item.earliest]
    last = [item.latest for item in moved if item.latest]
    whole = DateSpan(min(first), max(last)) if len(first) == len(last) == len(moved) else DateSpan()
    return Edge(
        _key(tail),
        _key(head),
        transfers=len(moved),
        quantity=sum(known) if one_unit else None,
        unit=units.pop() if one_unit else None,
        documented=documented,
        dates=format_span(whole) or None,
    )


def _nodes(session: Session, ledger: Ledger, parties: Sequence[int], numbers: Sequence[int]) -> list[Node]:
    names = party_names(session, ledger, parties)
    roles = _roles(session, numbers)
    firms = {
        node: int(ledger.parties[node][1]) for node in parties if ledger.parties[node][0] == PartyKind.FIRM
    }
    seats = countries_of(session, firms.values())
    return [
        Node(
            _key(node),
            _label(names[node], ledger.parties[node]),
            main_role(roles.get(firms[node], ())) if node in firms else None,
            ", ".join(sorted(seats.get(firms[node], ()))) or None if node in firms else None,
            ref=names[node].ref,
        )
        for node in parties
    ]


def _label(name: PartyName, key: PartyKey) -> str:
    """A party as the graph shows it; a name that is not one firm's says so."""
    if name.name is None:
        return "unknown"
    return f"{name.name} (not matched to one firm)" if key[0] == PartyKind.NAME else name.name


def _roles(session: Session, numbers: Sequence[int]) -> dict[int, list[str]]:
    merged = clusters(session, RecordKind.ORGANIZATION)
    found: dict[int, list[str]] = defaultdict(list)
    for chunk in chunks(numbers):
        rows = session.execute(
            select(TransferParty.organization_id, TransferParty.role).where(
                TransferParty.transfer_id.in_(chunk),
                TransferParty.organization_id.is_not(None),
                ~TransferParty.confidential,
            )
        )
        for row in rows:
            found[merged.get(row.organization_id, row.organization_id)].append(row.role)
    return found


def _moved(session: Session, numbers: Sequence[int]) -> dict[int, _Moved]:
    found: dict[int, _Moved] = {}
    for chunk in chunks(numbers):
        rows = session.execute(
            select(
                Transfer.id, Transfer.quantity, Transfer.quantity_unit, Transfer.earliest, Transfer.latest
            ).where(Transfer.id.in_(chunk))
        )
        for row in rows:
            if row.quantity is None:
                found[row.id] = _Moved(None, None, row.earliest, row.latest)
            else:
                amount = in_base_unit(row.quantity, row.quantity_unit)
                found[row.id] = _Moved(amount.quantity, amount.unit, row.earliest, row.latest)
    return found


def _add_makers(session: Session, found: Survey, graph: SupplyGraph) -> None:
    """Draws the gap from the brand on the parts to every first known holder that is not its maker."""
    paths, reached, ledger = found.paths, found.reached, found.ledger
    made = np.zeros(ledger.nodes, bool)
    made[ledger.tail[ledger.made]] = True
    begins = np.zeros(paths.network.nodes, bool)
    begins[reached.first] = True
    open_ = begins[reached.node] & ~made[paths.party[reached.node]]
    brand_of = brands(session)
    members = Index.of(paths.group, len(paths.group_layer))
    pairs: set[tuple[int, int]] = set()
    for node, group in zip(reached.node[open_].tolist(), reached.of_group[open_].tolist(), strict=True):
        for component in found.recovered.component[members.of_one(group)].tolist():
            if (brand := brand_of.get(component)) is not None:
                pairs.add((brand, int(paths.party[node])))
    drawn = {node.key: node for node in graph.nodes}
    labels = organization_labels(session, {brand for brand, _party in pairs})
    keys = {key: node for node, key in enumerate(ledger.parties)}
    for brand, party in sorted(pairs):
        known = keys.get((PartyKind.FIRM, str(brand)))
        if known == party:
            continue
        key = _key(known) if known is not None and _key(known) in drawn else f"brand {brand}"
        if key not in drawn:
            label, ref = labels[brand]
            drawn[key] = Node(key, label, PartyRole.MAKER, ref=ref)
            graph.nodes.append(drawn[key])
        graph.edges.append(Edge(key, _key(party), gap=True))


def _add_weapons(session: Session, found: Survey, graph: SupplyGraph) -> None:
    """Draws the gap from every last known holder to the weapons in which the goods were found."""
    paths, reached, recovered = found.paths, found.reached, found.recovered
    weapon_of = _weapons(session, np.unique(recovered.recovery).tolist())
    pairs: dict[tuple[int, str], set[int]] = defaultdict(set)
    labels: dict[str, Any] = {}
    members = Index.of(paths.group, len(paths.group_layer))
    for node, group in zip(reached.end.tolist(), reached.end_group.tolist(), strict=True):
        for recovery in set(recovered.recovery[members.of_one(group)].tolist()):
            key, label, ref = weapon_of[recovery]
            labels[key] = (label, ref)
            pairs[int(paths.party[node]), key].add(recovery)
    by_weapon: dict[str, set[int]] = defaultdict(set)
    for (_party, key), recoveries in pairs.items():
        by_weapon[key] |= recoveries
    for key, (label, ref) in sorted(labels.items()):
        counted = f"{label}: {many(len(by_weapon[key]), 'recovery')}"
        graph.nodes.append(Node(key, counted, WEAPON, ref=ref))
    graph.edges += [Edge(_key(party), key, gap=True) for party, key in sorted(pairs)]


def _weapons(session: Session, numbers: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    found: dict[int, tuple[str, str, str | None]] = {}
    for chunk in chunks(numbers):
        rows = session.execute(
            select(
                Recovery.id, WeaponSystem.id.label("weapon_id"), WeaponSystem.designation, WeaponSystem.uid
            )
            .select_from(Recovery)
            .outerjoin(WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id)
            .where(Recovery.id.in_(chunk))
        )
        for row in rows:
            ref = reference("weapon_system", row.uid) if row.uid else None
            found[row.id] = (
                f"weapon {row.weapon_id or 0}",
                row.designation or "weapon not stated",
                ref,
            )
    return found
