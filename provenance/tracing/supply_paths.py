"""The supply paths of one component: transfers with their evidence, and gaps as steps of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from provenance.core.vocabulary import EvidenceClass, PartyRole
from provenance.core.vocabulary.tracing import Channel, Dated, MovedLevel
from provenance.schema.session import Session
from provenance.tracing.evidence_classes import CLASSES, DOCUMENTED, channel_of
from provenance.tracing.fragments import join_fragments
from provenance.tracing.network import NEVER, Numbers
from provenance.tracing.statements import AsOf, Party, PartyKind, statements
from provenance.tracing.strongest_paths import (
    EdgePath,
    PointKind,
    point_of_diversion,
    strongest_paths,
)
from provenance.tracing.traced_components import TracedComponent, transfers_of
from provenance.tracing.transfer_graph import TransferEdge, TransferGraph, day_number, transfer_graph_of


class StepKind(StrEnum):
    """Whether a record shows a step."""

    TRANSFER = "transfer"
    GAP = "gap"


class GapKind(StrEnum):
    """Which step no record shows: out of the maker's hands, between two holders, or into the weapon."""

    FROM_MAKER = "from_maker"
    BETWEEN_HOLDERS = "between_holders"
    INTO_WEAPON = "into_weapon"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a supply path; of a gap only its two ends are known.

    ``sender`` or ``recipient`` None is an unknown party, but for a gap out of the maker's hands, where it is
    a maker that is not identified. ``countries`` are those that the goods passed, in order; ``transfers``
    are this transfer and others between the same two parties.
    """

    kind: StepKind
    sender: str | None
    sender_ref: str | None
    sender_role: str | None
    recipient: str | None
    recipient_ref: str | None
    recipient_role: str | None
    gap: GapKind | None = None
    earliest: date | None = None
    latest: date | None = None
    countries: tuple[str, ...] = ()
    evidence_class: EvidenceClass | None = None
    reliability: str | None = None
    credibility: int | None = None
    level: MovedLevel | None = None
    goods: str | None = None
    quantity: float | None = None
    quantity_unit: str | None = None
    document: str | None = None
    document_ref: str | None = None
    origin_groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PointOfDiversion:
    """Where goods left the maker's own network, as closely as ``kind`` says.

    ``first_outside`` is the first holder known to be outside it, None where none is on record.
    """

    kind: PointKind
    last_authorised: str | None = None
    last_authorised_ref: str | None = None
    first_outside: str | None = None
    first_outside_ref: str | None = None


@dataclass(frozen=True, slots=True)
class SupplyPath:
    """One path from maker to find; ``path`` counts a component's paths from 1, the strongest first.

    ``weakest_class`` and the two grades are those of the weakest recorded step; a gap breaks the path
    whatever they are. ``date_order`` says whether the dates prove the order of its steps.
    """

    component: str
    path: int
    recorded_steps: int
    gaps: int
    weakest_class: EvidenceClass
    weakest_reliability: str | None
    weakest_credibility: int | None
    documented: bool
    date_order: Dated
    diversion: PointOfDiversion
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class ComponentTrace:
    """What is on record of how one component moved; ``marks`` are the TLP marks of its ``transfers``."""

    component: TracedComponent
    paths: tuple[SupplyPath, ...] = ()
    transfers: int = 0
    transfers_on_no_path: int = 0
    marks: tuple[str | None, ...] = ()


def trace_component(
    session: Session,
    item: TracedComponent,
    as_of: AsOf,
    *,
    wide: bool = False,
    show_confidential: bool = False,
) -> ComponentTrace:
    """The strongest supply path of a component to each last known holder, best first."""
    found = statements(
        session, transfers_of(session, item, wide=wide), as_of, show_confidential=show_confidential
    )
    graph = transfer_graph_of(found)
    marks = tuple(statement.tlp for statement in found)
    if not graph.edges:
        return ComponentTrace(item, (), len(found), len(found), marks)
    until = day_number(item.in_transit_until, NEVER)
    pieces = strongest_paths(graph.network, graph.classes, _makers(graph, item), until)
    paths = tuple(
        _supply_path(graph, joined, item, number)
        for number, joined in enumerate(join_fragments(graph, pieces), start=1)
    )
    used = {graph.edges[edge].statement.number for piece in pieces for edge in piece.edges}
    return ComponentTrace(item, paths, len(found), len(found) - len(used), marks)


def _makers(graph: TransferGraph, item: TracedComponent) -> Numbers:
    named = graph.node((PartyKind.FIRM, str(item.maker_id))) if item.maker_id else None
    extra = np.array([named] if named is not None else [], np.int64)
    return np.union1d(graph.makers(), extra)


@dataclass(slots=True)
class _PathDraft:
    """A path while it is put together: its steps, its parties in order, and after which of them a gap is."""

    steps: list[PathStep]
    parties: list[Party]
    gaps: set[int]

    def add_gap(self, kind: GapKind, recipient: Party) -> None:
        sender = self.parties[-1]
        self.steps.append(_gap(kind, sender, recipient))
        self.gaps.add(len(self.parties) - 1)


def _supply_path(
    graph: TransferGraph, pieces: Sequence[EdgePath], item: TracedComponent, number: int
) -> SupplyPath:
    """A path, or several pieces of one separated by gaps, from the maker to the find."""
    draft = _PathDraft([], [], set())
    edges = [graph.edges[edge] for piece in pieces for edge in piece.edges]
    first = edges[0].sender
    if not _is_maker(first, item):
        draft.parties.append(_maker(item))
        draft.add_gap(GapKind.FROM_MAKER, first)
    draft.parties.append(first)
    for piece in pieces:
        own = [graph.edges[edge] for edge in piece.edges]
        if own[0].sender.key != draft.parties[-1].key:
            draft.add_gap(GapKind.BETWEEN_HOLDERS, own[0].sender)
            draft.parties.append(own[0].sender)
        for edge in own:
            draft.steps.append(_step(edge, graph.edges))
            draft.parties.append(edge.recipient)
    weapon = Party(("found", item.ref), item.recovery, item.recovery_ref, "to", None, None, None, False)
    draft.add_gap(GapKind.INTO_WEAPON, weapon)
    grades = [edge.statement.grade for edge in edges]
    classes = [edge.statement.evidence_class for edge in edges]
    return SupplyPath(
        component=item.ref,
        path=number,
        recorded_steps=len(edges),
        gaps=len(draft.gaps),
        weakest_class=max(classes, key=CLASSES.index),
        weakest_reliability=max(grades, key=lambda grade: grade.rank[0]).reliability,
        weakest_credibility=max(grades, key=lambda grade: grade.rank[1]).credibility,
        documented=all(name in DOCUMENTED for name in classes),
        date_order=max((piece.dated for piece in pieces), key=[Dated.CERTAIN, Dated.POSSIBLE].index),
        diversion=_diversion(draft, item),
        steps=tuple(draft.steps),
    )


def _is_maker(party: Party, item: TracedComponent) -> bool:
    return party.role == PartyRole.MAKER or (
        item.maker_id is not None and party.key == (PartyKind.FIRM, str(item.maker_id))
    )


def _maker(item: TracedComponent) -> Party:
    role = PartyRole.MAKER if item.maker else None
    return Party(("maker", item.ref), item.maker, None, "from", role, None, None, False)


def _channel(party: Party, item: TracedComponent) -> Channel | None:
    # A suspected counterfeit was never in the maker's own network, whatever brand is on it.
    if item.suspect and party.key[0] == "maker":
        return None
    return Channel.AUTHORISED if _is_maker(party, item) else channel_of(party.role, party.channel)


def _diversion(draft: _PathDraft, item: TracedComponent) -> PointOfDiversion:
    found = point_of_diversion([_channel(party, item) for party in draft.parties], draft.gaps)
    if found.last_inside is None:
        return PointOfDiversion(found.kind)
    last = draft.parties[found.last_inside]
    if found.kind == PointKind.LAST_AUTHORISED_HOLDER:
        outside: Party | None = draft.parties[found.last_inside + 1]
    else:
        outside = draft.parties[found.first_outside] if found.first_outside is not None else None
    return PointOfDiversion(
        found.kind, last.name, last.ref, outside.name if outside else None, outside.ref if outside else None
    )


def _gap(kind: GapKind, sender: Party, recipient: Party) -> PathStep:
    return PathStep(
        StepKind.GAP,
        sender.name,
        sender.ref,
        sender.role,
        recipient.name,
        recipient.ref,
        recipient.role,
        kind,
    )


def _step(edge: TransferEdge, everything: Sequence[TransferEdge]) -> PathStep:
    statement, sender, recipient = edge.statement, edge.sender, edge.recipient
    parallel = [
        other.statement.ref
        for other in everything
        if (other.sender.key, other.recipient.key) == (sender.key, recipient.key)
        and other.statement is not statement
    ]
    return PathStep(
        kind=StepKind.TRANSFER,
        sender=sender.name,
        sender_ref=sender.ref,
        sender_role=sender.role,
        recipient=recipient.name,
        recipient_ref=recipient.ref,
        recipient_role=recipient.role,
        earliest=statement.earliest,
        latest=statement.latest,
        countries=_countries(edge),
        evidence_class=statement.evidence_class,
        reliability=statement.grade.reliability,
        credibility=statement.grade.credibility,
        level=statement.level,
        goods=statement.goods,
        quantity=statement.quantity,
        quantity_unit=statement.quantity_unit,
        document=statement.document,
        document_ref=statement.document_ref,
        origin_groups=statement.origin_groups,
        sources=statement.sources,
        transfers=(statement.ref, *parallel),
        note=statement.note,
    )


def _countries(edge: TransferEdge) -> tuple[str, ...]:
    """Countries in the order in which the goods passed them, as far as they are known."""
    statement = edge.statement
    route = (
        edge.sender.country, *statement.transit, edge.recipient.country or statement.destination,
    )  # fmt: skip
    return tuple(dict.fromkeys(place for place in route if place))
