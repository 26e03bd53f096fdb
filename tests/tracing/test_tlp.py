"""How strictly answers about transfers and components are to be handled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.tlp import Handling, strictness
from provenance.core.vocabulary import Tlp
from provenance.schema.session import Session
from provenance.tracing.component_tlp import component_mark, handling_of_components, together
from provenance.tracing.evidence_classes import CLASSES
from provenance.tracing.ledger import load_ledger
from provenance.tracing.recovered_components import load_recovered
from provenance.tracing.statements import AsOf
from provenance.tracing.transfer_tlp import handling_of, mark_of, too_strict
from tests.tracing.records import Records

MARK = st.one_of(st.none(), st.sampled_from([str(mark) for mark in Tlp]))


class TestTransfers:
    @pytest.mark.parametrize(
        ("own", "others", "mark"),
        [
            (None, [], None),
            (None, ["GREEN"], None),
            (None, ["RED", "AMBER+STRICT"], "RED"),
            ("GREEN", [None, "CLEAR"], "GREEN"),
            ("GREEN", ["AMBER"], "AMBER"),
            ("RED", ["GREEN"], "RED"),
        ],
    )
    def test_a_source_makes_it_stricter_never_milder(
        self, own: str | None, others: list[str | None], mark: str | None
    ) -> None:
        assert mark_of(own, others) == mark

    @given(MARK, st.lists(MARK, max_size=4))
    def test_never_milder_than_its_own(self, own: str | None, others: list[str | None]) -> None:
        assert strictness(mark_of(own, others)) >= strictness(own)

    def test_the_strictest_transfer_of_the_classes_and_how_many_have_no_mark(self, scratch: Session) -> None:
        records = Records(scratch)
        for tlp in ("GREEN", None, None):
            records.transfer("A", "B", tlp=tlp)
        red = records.transfer("A", "B", tlp="RED", evidence_class="allegation")
        documented = [name for name in CLASSES if name != "allegation"]
        assert handling_of(scratch, documented, None) == Handling(Tlp.AMBER, 2)
        assert handling_of(scratch, CLASSES, None) == Handling(Tlp.RED, 2)
        assert handling_of(scratch, CLASSES, Tlp.AMBER) == Handling(Tlp.AMBER, 2)
        assert handling_of(scratch, CLASSES, Tlp.GREEN) == Handling(Tlp.GREEN, 0)
        assert handling_of(scratch, [], None) is None
        assert too_strict(scratch, Tlp.AMBER) == {red}
        assert too_strict(scratch, None) == frozenset()


class TestComponents:
    def test_its_own_mark_that_of_its_recovery_and_of_its_sources(self, scratch: Session) -> None:
        records = Records(scratch)
        plain = records.component(records.recovery())
        own = records.component(records.recovery(), tlp="GREEN")
        above = records.component(records.recovery(tlp="RED"), tlp="GREEN")
        reported = records.component(records.recovery())
        records.rows.add("citation", component_id=reported, source_id=records.source(tlp="AMBER+STRICT"))
        marks = [component_mark(scratch, [number]) for number in (plain, own, above, reported)]
        assert marks == [None, "AMBER", "RED", "AMBER+STRICT"]
        assert component_mark(scratch, [plain, above]) == "RED"

    def test_what_is_stricter_is_in_no_survey_and_seizures_are_in_none(self, scratch: Session) -> None:
        records = Records(scratch)
        plain = records.component(records.recovery())
        red = records.component(records.recovery(tlp="RED"))
        records.component(records.recovery(kind="seizure", tlp="RED"))
        ledger = load_ledger(scratch, AsOf())
        assert load_recovered(scratch, ledger).component.tolist() == [plain, red]
        assert load_recovered(scratch, ledger, max_tlp=Tlp.AMBER).component.tolist() == [plain]
        assert handling_of_components(scratch, [], None) == Handling(Tlp.RED, 1)
        assert handling_of_components(scratch, [], Tlp.AMBER) == Handling(Tlp.AMBER, 1)
        assert handling_of_components(scratch, [], Tlp.GREEN) is None

    def test_together_the_strictest_and_all_without_a_mark(self) -> None:
        green, red = Handling(Tlp.GREEN, 2), Handling(Tlp.RED, 1)
        assert together(green, None, red) == Handling(Tlp.RED, 3)
        assert together(None, None) is None
