"""All transfers as arrays: which are in, what is one part, one document, one lot."""

from __future__ import annotations

from datetime import UTC, date, datetime

from provenance.core.vocabulary import Tlp
from provenance.schema.session import Session
from provenance.tracing.evidence_classes import DOCUMENTED
from provenance.tracing.ledger import Ledger, load_ledger, of_classes, part_groups
from provenance.tracing.network import ALWAYS, NEVER
from provenance.tracing.statements import AsOf
from tests.tracing.records import Records

DAY = date(2021, 3, 1)


def load(session: Session, as_of: AsOf | None = None) -> Ledger:
    return load_ledger(session, as_of or AsOf())


def test_days_and_what_moved(scratch: Session) -> None:
    records = Records(scratch)
    part = records.part("NORTH-1")
    component = records.component(records.recovery())
    records.transfer("A", "B", on=DAY, part_id=part, lot="L7")
    records.transfer("A", "B", component_id=component, lot="L7", latest=DAY)
    records.transfer("A", "B", hs6="854231", lot="L8")
    ledger = load(scratch)
    assert ledger.earliest.tolist() == [DAY.toordinal(), ALWAYS, ALWAYS]
    assert ledger.latest.tolist() == [DAY.toordinal(), DAY.toordinal(), NEVER]
    assert (ledger.part.tolist(), ledger.component.tolist()) == ([part, 0, 0], [0, component, 0])
    assert (ledger.lot.tolist(), ledger.hs6.tolist()) == ([1, 1, 2], [0, 0, 854231])


def test_only_the_classes_asked_for_the_strongest_being_zero(scratch: Session) -> None:
    records = Records(scratch)
    for name in ("allegation", "item_document", "bank_record"):
        records.transfer("A", "B", evidence_class=name)
    assert load(scratch).evidence.tolist() == [3, 0, 2]
    documented = load_ledger(scratch, AsOf(), classes=DOCUMENTED)
    assert documented.evidence.tolist() == [0, 2]
    assert len(of_classes(load(scratch), 2).tail) == 2


def test_withdrawn_and_too_strict_ones_are_out(scratch: Session) -> None:
    records = Records(scratch)
    kept = records.transfer("A", "B")
    gone = records.transfer("A", "B", withdrawn_at=datetime(2024, 5, 1, tzinfo=UTC))
    red = records.transfer("A", "B", tlp="RED")
    for number in (kept, gone, red):
        records.cite(number, published_latest=date(2024, 1, 1))
    assert load(scratch).number.tolist() == [kept, red]
    assert load(scratch, AsOf(max_tlp=Tlp.AMBER)).number.tolist() == [kept]
    assert load(scratch, AsOf(date(2024, 4, 30))).number.tolist() == [kept, gone, red]


def test_one_document_however_many_cite_it(scratch: Session) -> None:
    records = Records(scratch)
    invoices = [
        records.rows.add("document", kind="invoice", reference="7", reference_key="7", origin_group=group)
        for group in ("customs", "court")
    ]
    other = records.rows.add("document", kind="contract", reference="7", reference_key="7")
    for document in (*invoices, other):
        records.transfer("A", "B", document_id=document)
    first, second, third = load(scratch).document.tolist()
    assert first == second != third


def test_without_a_document_one_for_each_origin_group(scratch: Session) -> None:
    records = Records(scratch)
    groups = ("blog", "blog", "news", None)
    for group in groups:
        number = records.transfer("A", "B")
        if group:
            records.cite(number, records.source(origin_group=group))
    one, same, other, uncited = load(scratch).document.tolist()
    assert one == same
    assert len({one, other, uncited}) == 3
    assert max(one, other, uncited) < 0


def test_one_part_number_is_one_part_unless_two_makers_have_it(scratch: Session) -> None:
    records = Records(scratch)
    north, south = records.firm("North Semi"), records.firm("South Semi")
    mine, bare = records.part("NE555", north), records.part("NE555")
    assert part_groups(scratch)[bare] == part_groups(scratch)[mine]
    theirs = records.part("NE555", south)
    assert len({part_groups(scratch)[number] for number in (mine, bare, theirs)}) == 3
    records.same("organization", north, south)
    groups = part_groups(scratch)
    assert groups[mine] == groups[bare] == groups[theirs]


def test_goods_passed_to_oneself_are_counted_and_on_no_edge(scratch: Session) -> None:
    records = Records(scratch)
    firm = records.firm("Alder AG")
    records.transfer(firm, firm)
    records.transfer(firm, "B")
    ledger = load(scratch)
    assert (len(ledger.number), len(ledger.tail), ledger.to_self) == (2, 1, 1)
