"""Transfers as statements: their parties, grades, marks, and since when they are known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from provenance.core.vocabulary import Side, Tlp
from provenance.core.vocabulary.tracing import KnownBy, MovedLevel
from provenance.schema.session import Session
from provenance.text.confidence import HIDDEN
from provenance.tracing.statements import AsOf, Grade, Statement, level_of, statements
from tests.tracing.records import Records


def one(session: Session, number: int, as_of: AsOf | None = None, **options: Any) -> Statement:
    (found,) = statements(session, [number], as_of or AsOf(), **options)
    return found


class TestLevel:
    @pytest.mark.parametrize(
        ("known", "level"),
        [
            ({"component_id": 1, "lot": "L", "part_id": 2}, MovedLevel.COMPONENT),
            ({"lot": "L", "part_id": 2}, MovedLevel.LOT),
            ({"part_id": 2, "hs6": "854231"}, MovedLevel.PART),
            ({"part_family": "STM32", "hs6": "854231"}, MovedLevel.PART_FAMILY),
            ({"hs6": "854231"}, MovedLevel.HS_ONLY),
            ({}, MovedLevel.GOODS),
        ],
    )
    def test_the_closest_description_counts(self, known: dict[str, Any], level: MovedLevel) -> None:
        blank = dict.fromkeys(("component_id", "lot", "part_id", "part_family", "hs6"))
        assert level_of(SimpleNamespace(**blank | known)) == level


class TestParties:
    def test_a_side_without_parties_is_an_unknown_one(self, scratch: Session) -> None:
        records = Records(scratch)
        found = one(scratch, records.transfer(None, records.firm("Birch Ltd")))
        (sender,), (recipient,) = found.side(Side.FROM), found.side(Side.TO)
        assert (sender.name, sender.ref, sender.role) == (None, None, None)
        assert (recipient.name, recipient.role) == ("Birch Ltd", None)

    def test_several_parties_share_a_side_in_their_order(self, scratch: Session) -> None:
        records = Records(scratch)
        number = records.transfer(records.firm("Alder AG"), records.firm("Birch Ltd"))
        records.party(number, "to", "OOO Cedar", role="importer", country="RU")
        found = one(scratch, number).side(Side.TO)
        assert [(party.name, party.role, party.country) for party in found] == [
            ("Birch Ltd", None, None), ("OOO Cedar", "importer", "RU"),
        ]  # fmt: skip

    def test_a_name_given_in_confidence_is_hidden_with_its_country(self, scratch: Session) -> None:
        records = Records(scratch)
        number = records.transfer(None, records.firm("Birch Ltd"))
        records.party(number, "from", records.firm("Geheim GmbH"), confidential=True, country="LI")
        (hidden,) = one(scratch, number).side(Side.FROM)
        assert (hidden.name, hidden.ref, hidden.country) == (HIDDEN, None, None)
        (shown,) = one(scratch, number, show_confidential=True).side(Side.FROM)
        assert (shown.name, shown.country) == ("Geheim GmbH (in confidence)", "LI")
        assert shown.ref is not None

    def test_the_same_bare_name_in_two_transfers_connects_nothing(self, scratch: Session) -> None:
        records = Records(scratch)
        first, second = (records.transfer("Acme", None) for _ in range(2))
        keys = {party.key for item in statements(scratch, [first, second], AsOf())
                for party in item.side(Side.FROM)}  # fmt: skip
        assert len(keys) == 2

    def test_firms_recorded_as_the_same_are_one_party(self, scratch: Session) -> None:
        records = Records(scratch)
        one_, other = records.firm("Alder AG"), records.firm("Alder GmbH")
        records.same("organization", one_, other)
        first, second = records.transfer(one_, None), records.transfer(other, None)
        keys = {party.key for item in statements(scratch, [first, second], AsOf())
                for party in item.side(Side.FROM)}  # fmt: skip
        assert len(keys) == 1


class TestEvidence:
    def test_the_best_of_several_grades_and_every_publisher_once(self, scratch: Session) -> None:
        records = Records(scratch)
        number = records.transfer(records.firm("Alder AG"), None)
        graded = records.source(publisher="Customs", reliability="B", origin_group="customs")
        records.cite(number, graded, credibility=3)
        records.cite(number, graded, credibility=2, record_key="again")
        records.cite(number, records.source(publisher="Blog", origin_group="blog"))
        found = one(scratch, number)
        assert found.grade == Grade("B", 2)
        assert (found.sources, found.origin_groups) == (("Customs", "Blog"), ("blog", "customs"))

    def test_not_assessed_is_worse_than_what_cannot_be_judged(self) -> None:
        graded = [Grade(None, None), Grade("F", 6), Grade("E", 5), Grade("A", 1)]
        assert sorted(graded, key=lambda grade: grade.rank) == graded[::-1]

    def test_a_document_states_the_origin_and_without_one_it_is_unknown(self, scratch: Session) -> None:
        records = Records(scratch)
        document = records.rows.add("document", title="invoice 7", origin_group="court")
        with_one = one(scratch, records.transfer("A", "B", document_id=document))
        assert (with_one.document, with_one.origin_groups) == ("invoice 7", ("court",))
        without = one(scratch, records.transfer("A", "B"))
        assert (without.document, without.document_ref, without.origin_groups) == (None, None, ())

    def test_the_strictest_mark_counts_and_what_is_stricter_stays_out(self, scratch: Session) -> None:
        records = Records(scratch)
        number = records.transfer("A", "B", tlp="GREEN")
        records.cite(number, records.source(tlp="RED"))
        assert one(scratch, number).tlp == "RED"
        assert statements(scratch, [number], AsOf(max_tlp=Tlp.AMBER)) == []
        unmarked = records.transfer("A", "B")
        assert one(scratch, unmarked, AsOf(max_tlp=Tlp.AMBER)).tlp is None
        assert statements(scratch, [unmarked], AsOf(max_tlp=Tlp.GREEN)) == []

    def test_each_transfer_once_in_the_order_of_their_numbers(self, scratch: Session) -> None:
        records = Records(scratch)
        first, second = records.transfer("A", "B"), records.transfer("B", "C")
        found = statements(scratch, [second, first, second], AsOf())
        assert [item.number for item in found] == [first, second]


MAY = date(2024, 5, 1)


class TestKnowledge:
    @pytest.mark.parametrize(
        ("asked", "since", "withdrawn", "known"),
        [
            (None, None, None, True),
            (None, date(2030, 1, 1), None, True),
            (None, MAY, datetime(2024, 6, 1, tzinfo=UTC), False),
            (MAY, MAY, None, True),
            (MAY, date(2024, 5, 2), None, False),
            (MAY, None, None, False),
            (MAY, MAY, datetime(2024, 5, 1, 23, tzinfo=UTC), False),
            (MAY, MAY, datetime(2024, 5, 2, tzinfo=UTC), True),
        ],
    )
    def test_known_and_not_withdrawn_by_the_end_of_the_day(
        self, asked: date | None, since: date | None, withdrawn: datetime | None, known: bool
    ) -> None:
        assert AsOf(asked).knows(since, withdrawn) is known

    def test_known_since_the_first_publication_of_any_source(self, scratch: Session) -> None:
        records = Records(scratch)
        number = records.transfer("A", "B", entered_at=datetime(2025, 1, 1, tzinfo=UTC))
        records.cite(number, published_earliest=date(2024, 4, 1), published_latest=date(2024, 4, 30))
        records.cite(number, records.source(published_latest=date(2024, 3, 15)))
        assert statements(scratch, [number], AsOf(date(2024, 3, 14))) == []
        assert len(statements(scratch, [number], AsOf(date(2024, 3, 15)))) == 1

    def test_without_a_publication_by_retrieval_and_without_that_by_entry(self, scratch: Session) -> None:
        records = Records(scratch)
        entered = datetime(2025, 1, 1, tzinfo=UTC)
        retrieved, bare = (records.transfer("A", "B", entered_at=entered) for _ in range(2))
        records.cite(retrieved, retrieved=date(2024, 6, 1))
        both = [retrieved, bare]
        assert [item.number for item in statements(scratch, both, AsOf(date(2024, 6, 1)))] == [retrieved]
        assert len(statements(scratch, both, AsOf(date(2025, 1, 1)))) == 2

    def test_by_entry_alone_publication_does_not_matter(self, scratch: Session) -> None:
        records = Records(scratch)
        number = records.transfer("A", "B", entered_at=datetime(2025, 1, 1, tzinfo=UTC))
        records.cite(number, published_latest=date(2020, 1, 1))
        assert statements(scratch, [number], AsOf(date(2024, 12, 31), KnownBy.ENTERED)) == []
        assert len(statements(scratch, [number], AsOf(date(2025, 1, 1), KnownBy.ENTERED))) == 1

    def test_a_basis_states_only_what_was_asked(self) -> None:
        assert AsOf().filters() == {}
        assert AsOf(MAY, max_tlp=Tlp.AMBER).filters() == {
            "known_on": "2024-05-01", "known_by": "published", "at_most_tlp": "AMBER",
        }  # fmt: skip
