"""The services of tracing on the small world: typed answers, their basis, their JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from provenance.core.errors import NotFound, UsageError
from provenance.core.vocabulary import EvidenceClass, Tlp
from provenance.core.vocabulary.tracing import Dated, KnownBy
from provenance.services.contracts.base import Result
from provenance.services.contracts.tracing import (
    ChokepointsRequest,
    GapsRequest,
    GraphRequest,
    OwnersRequest,
    PathRequest,
    RankingRequest,
    ReachRequest,
)
from provenance.services.tracing import (
    chokepoints,
    downstream,
    gaps,
    graph,
    owners,
    recurring_distributors,
    supply_paths,
    upstream,
)
from provenance.services.workspace import Workspace
from provenance.tracing.gaps import GapQuestion
from provenance.tracing.graph_files import GraphFormat
from provenance.tracing.strongest_paths import PointKind
from provenance.tracing.supply_paths import GapKind, StepKind
from tests.support.chains import fill_world
from tests.support.commands import run
from tests.support.databases import Level, SqliteDatabases
from tests.support.json_schema import problems

ANY = tuple(EvidenceClass)


@pytest.fixture(scope="module")
def world(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The small world on 1 March 2026; nobody writes to it."""
    address = sqlite_databases.filled(Level.REFERENCE)
    fill_world(run, address, tmp_path_factory.mktemp("world"))
    yield Workspace(address, "tester", clock=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
    sqlite_databases.discard(address)


class TestSupplyPaths:
    def test_the_steps_and_the_point_of_diversion(self, world: Workspace) -> None:
        found = supply_paths(world, PathRequest(ref="w1"))
        (path,), (item,) = found.rows, found.components
        assert [(step.kind, step.sender, step.recipient) for step in path.steps] == [
            (StepKind.TRANSFER, "North Semi", "Alder AG"),
            (StepKind.TRANSFER, "Alder AG", "Birch Ltd"),
            (StepKind.TRANSFER, "Birch Ltd", "OOO Cedar"),
            (StepKind.GAP, "OOO Cedar", "Kh-101 W1"),
        ]
        assert path.steps[-1].gap == GapKind.INTO_WEAPON
        assert (path.component, path.path, path.recorded_steps, path.gaps) == (item.component, 1, 3, 1)
        assert (path.diversion.kind, path.diversion.last_authorised) == (
            PointKind.LAST_AUTHORISED_HOLDER, "Alder AG",
        )  # fmt: skip
        assert (item.transfers, item.transfers_on_no_path) == (4, 1)

    def test_what_is_unknown_is_none(self, world: Workspace) -> None:
        (path,) = supply_paths(world, PathRequest(ref="w1")).rows
        step, gap = path.steps[0], path.steps[-1]
        assert (step.reliability, step.credibility, step.note) == (None, None, None)
        assert (gap.earliest, gap.evidence_class, gap.document) == (None, None, None)

    def test_all_components_of_a_recovery(self, world: Workspace) -> None:
        recovery = supply_paths(world, PathRequest(ref="w1")).components[0].recovery_ref
        found = supply_paths(world, PathRequest(ref=recovery))
        assert [(item.label, item.paths) for item in found.components] == [("NORTH 1", 1), ("SOUTH 9", 0)]
        assert found.basis.counted == {"components": 1, "recoveries": 1}
        assert found.basis.out_of == {"components": 2, "recoveries": 1}
        # The recovery has another component with a path, so that it is not without one.
        assert [(left.components, left.recoveries) for left in found.basis.left_out] == [(1, 0)]

    def test_as_it_was_known(self, world: Workspace) -> None:
        known = supply_paths(world, PathRequest(ref="w1", known_on=date(2023, 12, 31)))
        assert known.rows[0].recorded_steps == 2
        entered = PathRequest(ref="w1", known_on=date(2023, 12, 31), known_by=KnownBy.ENTERED)
        assert supply_paths(world, entered).rows == ()
        assert known.basis.filters["known_on"] == "2023-12-31"

    def test_beyond_the_clearance_it_is_left_out_and_counted(self, world: Workspace) -> None:
        public = Workspace(world.database, "tester", clearance=Tlp.GREEN)
        found = supply_paths(public, PathRequest(ref="w1"))
        assert (found.components, found.rows, found.basis.handling) == ((), (), None)
        assert (
            "Left out: 1 component stricter than TLP:GREEN (no mark counts as AMBER)." in found.basis.unknown
        )

    def test_nothing_of_that_name(self, world: Workspace) -> None:
        with pytest.raises(NotFound):
            supply_paths(world, PathRequest(ref="nowhere"))


class TestReach:
    def test_forward_with_the_recoveries(self, world: Workspace) -> None:
        found = downstream(world, ReachRequest(firm="Alder AG"))
        assert [(row.firm, row.steps, row.through_row, row.date_order) for row in found.rows] == [
            ("Birch Ltd", 1, None, Dated.CERTAIN), ("OOO Cedar", 2, 1, Dated.CERTAIN),
        ]  # fmt: skip
        assert [row.recovery for row in found.recoveries] == ["Kh-101 W1", "Kh-101 W2"]
        assert found.basis.counted == {"components": 2, "recoveries": 2}

    def test_backward(self, world: Workspace) -> None:
        found = upstream(world, ReachRequest(firm="OOO Cedar"))
        assert [(row.firm, row.steps) for row in found.rows] == [
            ("Birch Ltd", 1), ("Alder AG", 2), ("North Semi", 3),
        ]  # fmt: skip
        assert found.basis.counted == {"parties": 3}

    def test_goods_cannot_leave_before_they_arrive(self, world: Workspace) -> None:
        assert [row.firm for row in upstream(world, ReachRequest(firm="Delta FZE")).rows] == ["Birch Ltd"]

    def test_a_firm_on_no_transfer_is_not_cleared(self, world: Workspace) -> None:
        basis = downstream(world, ReachRequest(firm="Murata")).basis
        assert any("not a clearance" in caution for caution in basis.cautions)
        assert basis.unknown == ["No transfer of these evidence classes names this firm."]


class TestSurveys:
    def test_chokepoints_with_ties(self, world: Workspace) -> None:
        found = chokepoints(world, ChokepointsRequest())
        assert [(row.rank, row.firm, row.reached_recoveries, row.documents) for row in found.rows] == [
            (1, "Alder AG", 2, 2), (1, "Birch Ltd", 2, 2),
        ]  # fmt: skip
        coverage = found.coverage
        assert (coverage.recoveries_with_path, coverage.components_with_path) == (2, 2)
        assert (coverage.recoveries, coverage.components, coverage.unranked) == (2, 3, 1)
        (removal,) = found.removals
        assert (removal.recoveries_left, removal.recoveries_left_at_least) == (0, 0)

    def test_what_came_and_went_is_never_one_sum(self, world: Workspace) -> None:
        birch = chokepoints(world, ChokepointsRequest(country="HK")).rows[0].trade
        assert [(item.amount, item.unit) for item in birch.received.quantities] == [(100, "pcs")]
        assert [(item.amount, item.unit) for item in birch.sent.quantities] == [(100, "pcs")]
        assert (birch.received.values, birch.received.unvalued) == ((), 1)
        assert (birch.countries, birch.partner_countries) == (("HK",), ("DE", "RU"))

    def test_the_limit_cuts_rows_and_no_counts(self, world: Workspace) -> None:
        found = recurring_distributors(world, RankingRequest(limit=1))
        assert len(found.rows) == 1
        assert found.basis.counted == {"components": 2, "recoveries": 2}
        assert len(recurring_distributors(world, RankingRequest(limit=0)).rows) == 3

    def test_each_recovery_in_one_evidence_class(self, world: Workspace) -> None:
        for row in recurring_distributors(world, RankingRequest(evidence_classes=ANY)).rows:
            assert sum(row.by_class.values()) == row.recoveries
            assert row.by_class["trade_record_same_part"] == row.recoveries

    def test_gaps_by_what_would_gain(self, world: Workspace) -> None:
        found = gaps(world, GapsRequest())
        rows = {(row.firm, row.question, row.recoveries, row.traceable) for row in found.rows}
        assert rows == {
            ("South Semi", GapQuestion.FIRST_BUYER, 1, 0),
            ("Birch Ltd", GapQuestion.NEXT_RECIPIENT, 1, 0),
            ("OOO Cedar", GapQuestion.NEXT_RECIPIENT, 1, 1),
        }
        assert found.questions == 3
        assert gaps(world, GapsRequest(limit=1)).questions == 3

    def test_a_weapon_or_firm_that_is_not_on_record(self, world: Workspace) -> None:
        with pytest.raises(NotFound):
            gaps(world, GapsRequest(weapons=("Nothing-9",)))
        with pytest.raises(NotFound):
            chokepoints(world, ChokepointsRequest(rule="no-such-rule"))

    def test_every_survey_says_what_it_does_not_show(self, world: Workspace) -> None:
        for basis in (
            chokepoints(world, ChokepointsRequest()).basis,
            recurring_distributors(world, RankingRequest()).basis,
        ):
            assert "This does not show who knew what they were selling." in basis.cautions[0]
            assert "Authenticity was not assessed" in basis.cautions[1]
        assert "lower bound" in " ".join(chokepoints(world, ChokepointsRequest()).basis.unknown)


class TestGraph:
    def test_from_maker_to_weapon(self, world: Workspace) -> None:
        found = graph(world, GraphRequest(ref="w1"))
        labels = {node.key: node.label for node in found.nodes}
        assert [(labels[edge.tail], labels[edge.head], edge.gap) for edge in found.rows] == [
            ("North Semi", "Alder AG", False), ("Alder AG", "Birch Ltd", False),
            ("Birch Ltd", "OOO Cedar", False), ("OOO Cedar", "Kh-101: 1 recovery", True),
        ]  # fmt: skip
        assert found.content is None

    @pytest.mark.parametrize("kind", list(GraphFormat))
    def test_the_content_of_a_file_carries_its_mark(self, world: Workspace, kind: GraphFormat) -> None:
        content = graph(world, GraphRequest(file_format=kind)).content
        assert content is not None and "Birch Ltd" in content
        assert kind not in (GraphFormat.SVG, GraphFormat.HTML) or "TLP:AMBER" in content

    def test_around_a_firm_or_of_a_component_not_both(self, world: Workspace) -> None:
        found = graph(world, GraphRequest(around="Alder AG"))
        assert found.basis.counted == {"parties": len(found.nodes)}
        with pytest.raises(UsageError):
            graph(world, GraphRequest(around="Alder AG", ref="w1"))


def test_owners_on_a_day(world: Workspace) -> None:
    found = owners(world, OwnersRequest(firm="Birch Ltd"))
    assert (found.rows[0].on, found.rows[0].listed_owners) == (date(2026, 3, 1), ())
    states = {rule.key: rule.state for rule in found.rules}
    assert states["us-bis-affiliates"] == "suspended"
    assert owners(world, OwnersRequest(firm="Birch Ltd", rule="off")).rules == ()


ANSWERS: dict[str, Callable[[Workspace], Result]] = {
    "path": lambda world: supply_paths(world, PathRequest(ref="w1")),
    "no path": lambda world: supply_paths(world, PathRequest(ref="w4")),
    "from": lambda world: downstream(world, ReachRequest(firm="Alder AG")),
    "to": lambda world: upstream(world, ReachRequest(firm="OOO Cedar")),
    "chokepoints": lambda world: chokepoints(world, ChokepointsRequest()),
    "recurring": lambda world: recurring_distributors(world, RankingRequest(evidence_classes=ANY)),
    "gaps": lambda world: gaps(world, GapsRequest()),
    "owners": lambda world: owners(world, OwnersRequest(firm="Birch Ltd")),
    "graph": lambda world: graph(world, GraphRequest(file_format=GraphFormat.SVG)),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_as_its_json_schema_says(world: Workspace, name: str) -> None:
    result = ANSWERS[name](world)
    assert problems(result.document(), type(result).document_schema()) == []
    assert type(result).model_validate(result.model_dump()) == result
