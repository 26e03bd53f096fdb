"""Makes the picture of some roads: into recoveries, or around one firm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import EvidenceClass, PartyRole, StatementStatus
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import MakerAttribution, Recovery
from provenance.schema.reference import WeaponSystem
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer, TransferParty
from provenance.text.partial_dates import DateSpan, format_span
from provenance.tracing.chokepoints import Survey, survey
from provenance.tracing.classes import CLASSES, DOCUMENTED
from provenance.tracing.finds import Finds, load_finds
from provenance.tracing.ledger import Ledger, load_ledger
from provenance.tracing.network import Index, Mask, Numbers
from provenance.tracing.people import countries_of, names_of
from provenance.tracing.picture import WEAPON, Edge, Node, Picture, main_role
from provenance.tracing.reading import NOTHING
from provenance.tracing.surveying import Scope
from provenance.tracing.walks import walk


@dataclass(frozen=True, slots=True)
class _Moved:
    quantity: float | None
    unit: str | None
    earliest: date | None
    latest: date | None


def draw_roads(
    session: Session, scope: Scope, *, title: str, components: Sequence[int] = ()
) -> tuple[Picture, Survey]:
    """The roads into recoveries, from makers to weapons; into some components alone where they are given."""
    ledger = load_ledger(session, scope.as_of, classes=scope.classes)
    finds = load_finds(
        session, ledger, weapons=scope.weapons, makers=scope.makers, published_by=scope.as_of.day
    )
    if components:
        finds = _only(finds, components)
    found = survey(ledger, finds, wide=EvidenceClass.TRADE_RECORD_SAME_HS in scope.classes)
    hops = np.unique(found.roads.hop[found.reached.hops])
    of_code = _by_code_alone(ledger, hops)
    picture = Picture(title, *_between(session, ledger, hops, _documented(ledger, hops) & ~of_code))
    if of_code.any():
        picture.notes.append(
            "A step that only a customs code joins to the find may be of other goods: dashes."
        )
    _add_makers(session, found, picture)
    _add_weapons(session, found, picture)
    return picture, found


def _only(finds: Finds, components: Sequence[int]) -> Finds:
    kept = np.isin(finds.component, components)
    return Finds(*(column[kept] for column in vars(finds).values()))


def draw_around(session: Session, scope: Scope, organization_id: int, *, title: str) -> Picture:
    """Everything that may have reached a firm, or come from it, by date."""
    ledger = load_ledger(session, scope.as_of, classes=scope.classes)
    start = next(
        (node for node, key in enumerate(ledger.holders) if key == ("firm", str(organization_id))), None
    )
    if start is None:
        return Picture(title, notes=["No transfer of these classes names this firm."])
    after = {item.node for item in walk(ledger, start, forward=True)} | {start}
    before = {item.node for item in walk(ledger, start, forward=False)} | {start}
    kept = np.zeros(len(ledger.tail), bool)
    for side in (after, before):
        nodes = sorted(side)
        kept |= np.isin(ledger.tail, nodes) & np.isin(ledger.head, nodes)
    hops = np.flatnonzero(kept)
    nodes_, edges = _between(session, ledger, hops, _documented(ledger, hops))
    note = "Around one firm: goods of any kind, joined by firm and date; they need not be the same goods."
    return Picture(title, nodes_, edges, [note])


def _documented(ledger: Ledger, hops: Numbers) -> Mask:
    assert CLASSES[: len(DOCUMENTED)] == DOCUMENTED
    shown: Mask = ledger.evidence[ledger.transfer[hops]] < len(DOCUMENTED)
    return shown


def _by_code_alone(ledger: Ledger, hops: Numbers) -> Mask:
    """Which hops name no item, lot or part: a bank record of one shows a payment, not these goods."""
    places = ledger.transfer[hops]
    named: Mask = (ledger.component[places] != NOTHING) | (ledger.lot[places] != NOTHING)
    named |= ledger.part[places] != NOTHING
    return ~named


def _between(
    session: Session, ledger: Ledger, hops: Numbers, documented: Mask
) -> tuple[list[Node], list[Edge]]:
    """The holders of some hops, and one line for all hops between two of them, documented or not."""
    groups: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for hop, shown in zip(hops.tolist(), documented.tolist(), strict=True):
        groups[int(ledger.tail[hop]), int(ledger.head[hop]), shown].append(int(ledger.transfer[hop]))
    numbers = sorted({int(ledger.number[place]) for places in groups.values() for place in places})
    moved = _moved(session, numbers)
    edges = [
        _edge(ledger, tail, head, shown, [moved[int(ledger.number[place])] for place in places])
        for (tail, head, shown), places in groups.items()
    ]
    holders = sorted({node for tail, head, _shown in groups for node in (tail, head)})
    return _nodes(session, ledger, holders, numbers), edges


def _key(node: int) -> str:
    return f"holder {node}"


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
        dates=format_span(whole),
    )


def _nodes(session: Session, ledger: Ledger, holders: Sequence[int], numbers: Sequence[int]) -> list[Node]:
    names = names_of(session, ledger, holders)
    roles = _roles(session, numbers)
    firms = {node: int(ledger.holders[node][1]) for node in holders if ledger.holders[node][0] == "firm"}
    sits = countries_of(session, firms.values())
    return [
        Node(
            _key(node),
            names[node].name,
            main_role(roles.get(firms[node], ())) if node in firms else PartyRole.UNKNOWN,
            ", ".join(sorted(sits.get(firms[node], ()))) or None if node in firms else None,
            ref=names[node].ref,
        )
        for node in holders
    ]


def _roles(session: Session, numbers: Sequence[int]) -> dict[int, list[str]]:
    merged = clusters(session, "organization")
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
        found |= {row.id: _Moved(row.quantity, row.quantity_unit, row.earliest, row.latest) for row in rows}
    return found


def _add_makers(session: Session, found: Survey, picture: Picture) -> None:
    """Draws the gap from the brand on the parts to every first known holder that is not its maker."""
    roads, reached, ledger = found.roads, found.reached, found.ledger
    made = np.zeros(ledger.nodes, bool)
    made[ledger.tail[ledger.made]] = True
    begins = np.zeros(roads.network.nodes, bool)
    begins[reached.first] = True
    open_ = begins[reached.node] & ~made[roads.holder[reached.node]]
    brands = _brands(session)
    members = Index.of(roads.group, len(roads.group_layer))
    pairs: set[tuple[int, int]] = set()
    for node, group in zip(reached.node[open_].tolist(), reached.of_group[open_].tolist(), strict=True):
        for component in found.finds.component[members.of_one(group)].tolist():
            if (brand := brands.get(component)) is not None:
                pairs.add((brand, int(roads.holder[node])))
    drawn = {node.key: node for node in picture.nodes}
    labels = organization_labels(session, {brand for brand, _holder in pairs})
    keys = {key: node for node, key in enumerate(ledger.holders)}
    for brand, holder in sorted(pairs):
        known = keys.get(("firm", str(brand)))
        if known == holder:
            continue
        key = _key(known) if known is not None and _key(known) in drawn else f"brand {brand}"
        if key not in drawn:
            label, ref = labels[brand]
            drawn[key] = Node(key, label, PartyRole.MAKER, ref=ref)
            picture.nodes.append(drawn[key])
        picture.edges.append(Edge(key, _key(holder), gap=True))


def _brands(session: Session) -> dict[int, int]:
    merged = clusters(session, "organization")
    rows = session.execute(
        select(MakerAttribution.component_id, MakerAttribution.organization_id).where(
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status != StatementStatus.TENTATIVE,
            MakerAttribution.organization_id.is_not(None),
        )
    )
    return {row.component_id: merged.get(row.organization_id, row.organization_id) for row in rows}


def _add_weapons(session: Session, found: Survey, picture: Picture) -> None:
    """Draws the gap from every last known holder to the weapons in which the goods were found."""
    roads, reached, finds = found.roads, found.reached, found.finds
    weapon_of = _weapons(session, np.unique(finds.recovery).tolist())
    pairs: dict[tuple[int, str], set[int]] = defaultdict(set)
    labels: dict[str, Any] = {}
    members = Index.of(roads.group, len(roads.group_layer))
    for node, group in zip(reached.end.tolist(), reached.end_group.tolist(), strict=True):
        for recovery in set(finds.recovery[members.of_one(group)].tolist()):
            key, label, ref = weapon_of[recovery]
            labels[key] = (label, ref)
            pairs[int(roads.holder[node]), key].add(recovery)
    wrecks: dict[str, set[int]] = defaultdict(set)
    for (_holder, key), recoveries in pairs.items():
        wrecks[key] |= recoveries
    for key, (label, ref) in sorted(labels.items()):
        count = len(wrecks[key])
        counted = f"{label}: {count:,} {'recovery' if count == 1 else 'recoveries'}"
        picture.nodes.append(Node(key, counted, WEAPON, ref=ref))
    picture.edges += [Edge(_key(holder), key, gap=True) for holder, key in sorted(pairs)]


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
                row.designation or "weapon not named",
                ref,
            )
    return found
