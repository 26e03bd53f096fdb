"""Supply graphs out of the tables: nodes, what passes between them, and the gaps."""

from __future__ import annotations

from datetime import date

from provenance.core.vocabulary import EvidenceClass
from provenance.schema.session import Session
from provenance.text.confidence import HIDDEN
from provenance.tracing.evidence_classes import CLASSES
from provenance.tracing.graph import SupplyGraph
from provenance.tracing.graph_builder import neighbourhood_graph, supply_graph_of
from provenance.tracing.surveys import Scope
from tests.tracing.records import Records

JAN, FEB = date(2021, 1, 1), date(2021, 2, 1)
ANY = Scope(classes=CLASSES)


class World:
    """Two wrecks of a Kh-101 with a chip of North Semi each, which Alder sold to Birch."""

    def __init__(self, session: Session) -> None:
        self.records = Records(session)
        self.maker = self.records.firm("North Semi")
        self.part = self.records.part("NORTH-1", self.maker)
        self.alder, self.birch = self.records.firm("Alder AG"), self.records.firm("Birch Ltd")
        weapon = self.records.rows.add("weapon_system", designation="Kh-101")
        self.components = [
            self.records.component(
                self.records.recovery(label, weapon_system_id=weapon, recovered=date(2023, 6, 1)),
                part=self.part, maker=self.maker, hs6="854231",
            )
            for label in ("W1", "W2")
        ]  # fmt: skip
        for quantity in (100, 50):
            self.records.transfer(
                self.alder, self.birch, on=JAN, part_id=self.part, quantity=quantity, quantity_unit="pcs"
            )


def edges(graph: SupplyGraph) -> list[tuple[str, str, bool]]:
    labels = {node.key: node.label for node in graph.nodes}
    return [(labels[edge.tail], labels[edge.head], edge.gap) for edge in graph.edges]


def test_gaps_from_the_brand_and_into_the_weapons_counted_by_recovery(scratch: Session) -> None:
    World(scratch)
    graph, found = supply_graph_of(scratch, ANY, title="T")
    assert edges(graph) == [
        ("Alder AG", "Birch Ltd", False), ("North Semi", "Alder AG", True),
        ("Birch Ltd", "Kh-101: 2 recoveries", True),
    ]  # fmt: skip
    assert found.with_path == 2


def test_one_edge_adds_up_what_passed_in_one_unit(scratch: Session) -> None:
    world = World(scratch)
    edge = supply_graph_of(scratch, ANY, title="T")[0].edges[0]
    assert (edge.transfers, edge.quantity, edge.unit, edge.documented) == (2, 150, "pcs", True)
    assert edge.dates == "2021-01-01"
    world.records.transfer(world.alder, world.birch, part_id=world.part, quantity=3, quantity_unit="kg")
    pieces, weight = supply_graph_of(scratch, ANY, title="T")[0].edges[:2]
    assert (pieces.transfers, pieces.quantity, pieces.unit) == (2, 150, "pcs")
    assert (weight.transfers, weight.quantity, weight.unit, weight.dates) == (1, 3, "kg", None)


def test_what_is_not_documented_is_an_edge_of_its_own(scratch: Session) -> None:
    world = World(scratch)
    world.records.transfer(
        world.alder, world.birch, on=FEB, part_id=world.part, evidence_class=EvidenceClass.ALLEGATION
    )
    graph, _found = supply_graph_of(scratch, ANY, title="T")
    between = [(edge.transfers, edge.documented) for edge in graph.edges if not edge.gap]
    assert between == [(2, True), (1, False)]


def test_a_payment_known_by_customs_code_documents_no_step(scratch: Session) -> None:
    world = World(scratch)
    plant = world.records.firm("Plant 9")
    world.records.transfer(world.birch, plant, on=FEB, hs6="854231", evidence_class=EvidenceClass.BANK_RECORD)
    graph, _found = supply_graph_of(scratch, ANY, title="T")
    labels = {node.key: node.label for node in graph.nodes}
    (edge,) = [edge for edge in graph.edges if labels[edge.head] == "Plant 9"]
    assert not edge.documented
    assert any("only a customs code" in note for note in graph.notes)


def test_some_components_alone_and_none_at_all(scratch: Session) -> None:
    world = World(scratch)
    graph, found = supply_graph_of(scratch, ANY, title="T", components=world.components[:1])
    assert edges(graph)[-1] == ("Birch Ltd", "Kh-101: 1 recovery", True)
    assert found.recovered.recoveries == 1
    graph, found = supply_graph_of(scratch, ANY, title="T", components=[])
    assert (graph.nodes, graph.edges, found.recovered.recoveries) == ([], [], 0)


def test_names_in_confidence_and_unmatched_names(scratch: Session) -> None:
    world = World(scratch)
    number = world.records.transfer(None, "Acme", on=FEB, part_id=world.part)
    world.records.party(number, "from", world.birch, confidential=True, role="broker", country="LI")
    labels = {node.label for node in supply_graph_of(scratch, ANY, title="T")[0].nodes}
    assert {HIDDEN, "ACME (not matched to one firm)"} <= {label.replace("acme", "ACME") for label in labels}


def test_around_a_firm_everything_before_and_after_it(scratch: Session) -> None:
    world = World(scratch)
    other = world.records.part("BEARING-1")
    world.records.transfer(world.birch, world.records.firm("OOO Cedar"), on=FEB, part_id=other)
    world.records.transfer(world.records.firm("Dogwood"), world.records.firm("Elm"), on=FEB, part_id=other)
    graph = neighbourhood_graph(scratch, ANY, world.birch, title="T")
    assert edges(graph) == [("Alder AG", "Birch Ltd", False), ("Birch Ltd", "OOO Cedar", False)]


def test_a_firm_on_no_transfer(scratch: Session) -> None:
    graph = neighbourhood_graph(scratch, ANY, Records(scratch).firm("Fir"), title="T")
    assert (graph.nodes, graph.notes) == ([], ["No transfer of these evidence classes names this firm."])
