"""Requests and results of tracing: supply paths, reach, chokepoints, gaps, owners, graphs."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from provenance.core.basis import Basis
from provenance.core.vocabulary import EvidenceClass
from provenance.core.vocabulary.tracing import KnownBy
from provenance.services.contracts.base import Contract, Request, Result
from provenance.tracing.chokepoint_survey import Chokepoint as Chokepoint
from provenance.tracing.chokepoint_survey import Coverage, Removal
from provenance.tracing.evidence_classes import CLASSES as CLASSES
from provenance.tracing.evidence_classes import DOCUMENTED as DOCUMENTED
from provenance.tracing.gap_survey import GapRow
from provenance.tracing.gaps import GapQuestion as GapQuestion
from provenance.tracing.graph import MAX_NODES
from provenance.tracing.graph import Edge as Edge
from provenance.tracing.graph import Node as Node
from provenance.tracing.graph_files import GraphFormat as GraphFormat
from provenance.tracing.listed_owners import RuleState
from provenance.tracing.owners import FormerOwner as FormerOwner
from provenance.tracing.owners import ListedOwner as ListedOwner
from provenance.tracing.owners import OwnershipFindings as OwnershipFindings
from provenance.tracing.owners import Stake as Stake
from provenance.tracing.owners import Treatment
from provenance.tracing.party_profiles import TradedAmounts as TradedAmounts
from provenance.tracing.party_profiles import TradeTotals as TradeTotals
from provenance.tracing.reach import ReachedFirm as ReachedFirm
from provenance.tracing.reach import ReachedRecovery
from provenance.tracing.recurring_survey import Recurring as Recurring
from provenance.tracing.strongest_paths import PointKind as PointKind
from provenance.tracing.supply_paths import GapKind as GapKind
from provenance.tracing.supply_paths import PathStep as PathStep
from provenance.tracing.supply_paths import PointOfDiversion as PointOfDiversion
from provenance.tracing.supply_paths import StepKind as StepKind
from provenance.tracing.supply_paths import SupplyPath as SupplyPath
from provenance.tracing.svg import describe as describe


class KnowledgeRequest(Request):
    """A question about what was known by the end of a day; ``known_on`` None is now.

    ``include_read_parts`` counts part numbers read automatically from markings, where none is stated.
    """

    known_on: date | None = None
    known_by: KnownBy = KnownBy.PUBLISHED
    include_read_parts: bool = False


class ClassesRequest(KnowledgeRequest):
    """A question about the transfers of some evidence classes."""

    evidence_classes: tuple[EvidenceClass, ...] = DOCUMENTED


class ScopeRequest(ClassesRequest):
    """A question about the paths into recoveries.

    ``weapons`` and ``firm`` are any of their names or references; empty and None are all.
    """

    weapons: tuple[str, ...] = ()
    firm: str | None = None


class PathRequest(KnowledgeRequest):
    """The supply paths of a component, or of every component of a recovery.

    ``ref`` is a reference, or a component's record key. ``wide`` adds transfers of the part family, or of the
    customs code alone.
    """

    ref: str
    wide: bool = False
    show_confidential: bool = False


class TracedItem(Contract):
    """A component that was traced, with or without a path.

    ``label`` is its marking or description; ``part_read`` says that its part number was read automatically;
    ``tentative`` are its tentative maker and part number, which no path relies on; ``in_transit_until`` is
    the last day on which it may have been moving.
    """

    component: str
    label: str | None
    recovery: str
    recovery_ref: str
    maker: str | None
    part_numbers: tuple[str, ...]
    part_read: bool
    lot: str | None
    tentative: tuple[str, ...]
    in_transit_until: date | None
    authenticity: str | None
    paths: int
    transfers: int
    transfers_on_no_path: int


class PathResult(Result):
    """Supply paths of components, each a row with its steps."""

    schema_id: ClassVar[str] = "provenance.trace-path/2"
    basis: Basis
    components: tuple[TracedItem, ...]
    rows: tuple[SupplyPath, ...]


class ReachRequest(ClassesRequest):
    """Who lies after or before a firm by date; ``same_goods`` keeps to one part, lot or item all the way."""

    firm: str
    same_goods: bool = False


class UpstreamResult(Result):
    """Every party that may have supplied a firm, nearest first."""

    schema_id: ClassVar[str] = "provenance.trace-to/2"
    basis: Basis
    firm: str
    firm_ref: str
    rows: tuple[ReachedFirm, ...]


class DownstreamResult(Result):
    """Every party that goods of a firm may have reached, nearest first, and the recoveries."""

    schema_id: ClassVar[str] = "provenance.trace-from/2"
    basis: Basis
    firm: str
    firm_ref: str
    recoveries: tuple[ReachedRecovery, ...]
    rows: tuple[ReachedFirm, ...]


class RankingRequest(ScopeRequest):
    """A ranking of organizations on paths; ``country`` is a code (ISO 3166), ``limit`` 0 is all.

    ``rule`` is the key of the ownership rule to apply, ``off`` for none, None for all on record.
    """

    country: str | None = None
    with_makers: bool = False
    rule: str | None = None
    limit: int = Field(default=20, ge=0)


class ChokepointsRequest(RankingRequest):
    """Chokepoints that rest on at least ``min_documents`` independent documents."""

    min_documents: int = Field(default=2, ge=1)


class ChokepointsResult(Result):
    """Organizations on the most supply paths into recoveries, and what is left without several of them."""

    schema_id: ClassVar[str] = "provenance.trace-chokepoints/2"
    basis: Basis
    coverage: Coverage
    removals: tuple[Removal, ...]
    rows: tuple[Chokepoint, ...]


class RecurringResult(Result):
    """Distributors by the recoveries they reach, evidence classes apart."""

    schema_id: ClassVar[str] = "provenance.trace-recurring/2"
    basis: Basis
    rows: tuple[Recurring, ...]


class GapsRequest(ScopeRequest):
    """The questions that would extend the most paths; ``limit`` 0 is all."""

    limit: int = Field(default=20, ge=0)


class GapsResult(Result):
    """Whom to ask what, by the recoveries that would gain; ``questions`` counts all of them."""

    schema_id: ClassVar[str] = "provenance.trace-gaps/2"
    basis: Basis
    questions: int
    rows: tuple[GapRow, ...]


class OwnersRequest(Request):
    """The listed owners of a firm on a day, None for today; ``rule`` as in `RankingRequest`."""

    firm: str
    on: date | None = None
    rule: str | None = None


class RuleOnDay(Contract):
    """An ownership rule, what it asks of the owners, and whether it is in force on the day asked about."""

    key: str
    rule: str
    asks: str
    state: RuleState
    verification: str
    note: str | None


class OwnersRow(Contract):
    """What ownership shows of one firm; ``listed_on`` are the lists with its own name.

    ``owners`` are its direct owners on that day, listed or not; economic and legal control may part.
    ``former_owners`` are those before, with what their source says of the end.
    """

    firm: str
    firm_ref: str
    on: date
    listed_on: tuple[str, ...]
    owners: tuple[Stake, ...]
    former_owners: tuple[FormerOwner, ...]
    listed_owners: tuple[ListedOwner, ...]
    treatments: tuple[Treatment, ...]


class OwnersResult(Result):
    """The listed owners of a firm on a day, and the rules that treat it like them."""

    schema_id: ClassVar[str] = "provenance.trace-owners/2"
    basis: Basis
    rules: tuple[RuleOnDay, ...]
    rows: tuple[OwnersRow, ...]


class GraphRequest(ScopeRequest):
    """A graph of paths into recoveries, into those of ``ref``, or of the firms ``around`` one firm.

    Above ``max_nodes`` parties are grouped by role and country. ``file_format`` asks for a file's content.
    """

    ref: str | None = None
    around: str | None = None
    max_nodes: int = Field(default=MAX_NODES, ge=10)
    file_format: GraphFormat | None = None


class GraphResult(Result):
    """A supply graph: nodes, and its edges as rows; ``content`` is that of the file asked for."""

    schema_id: ClassVar[str] = "provenance.trace-graph/2"
    basis: Basis
    title: str
    notes: tuple[str, ...]
    nodes: tuple[Node, ...]
    content: str | None
    rows: tuple[Edge, ...]
