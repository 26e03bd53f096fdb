"""Parties of transfers as arrays: who is a node, and which edges a transfer makes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provenance.schema.session import Session
from provenance.tracing.parties import Parties, join_parties, read_parties
from tests.tracing.records import Records


def edges_of(session: Session, *numbers: int) -> list[tuple[int, str, str]]:
    """Each edge as its transfer, counted from 0, and the kinds of its two parties."""
    senders, recipients, keys = read_parties(session, np.array(sorted(numbers), np.int64))
    found = join_parties(senders, recipients)
    pairs = zip(found.transfer.tolist(), found.tail.tolist(), found.head.tolist(), strict=True)
    return [(transfer, keys[tail][0], keys[head][0]) for transfer, tail, head in pairs]


def test_every_sender_is_joined_to_every_recipient(scratch: Session) -> None:
    records = Records(scratch)
    number = records.transfer(records.firm("A"), records.firm("B"))
    records.party(number, "from", records.firm("C"))
    records.party(number, "to", "D")
    assert sorted(edges_of(scratch, number)) == [
        (0, "firm", "firm"), (0, "firm", "firm"), (0, "firm", "name"), (0, "firm", "name"),
    ]  # fmt: skip


def test_a_side_without_parties_is_an_unknown_one_of_its_own(scratch: Session) -> None:
    records = Records(scratch)
    first, second = records.transfer(records.firm("A"), None), records.transfer(None, records.firm("B"))
    assert edges_of(scratch, first, second) == [(0, "firm", "unknown"), (1, "unknown", "firm")]
    _senders, _recipients, keys = read_parties(scratch, np.array([first, second], np.int64))
    assert len(set(keys)) == 4


def test_a_party_of_no_stated_side_is_on_no_edge(scratch: Session) -> None:
    records = Records(scratch)
    number = records.transfer(records.firm("A"), records.firm("B"))
    records.party(number, "unstated", records.firm("C"))
    assert edges_of(scratch, number) == [(0, "firm", "firm")]


def test_parties_of_other_transfers_are_left_out(scratch: Session) -> None:
    records = Records(scratch)
    wanted, other = records.transfer("A", "B"), records.transfer("C", "D")
    assert len(edges_of(scratch, wanted)) == 1
    assert len(edges_of(scratch, wanted, other)) == 2


def test_firms_recorded_as_the_same_are_one_node(scratch: Session) -> None:
    records = Records(scratch)
    one, other = records.firm("Alder AG"), records.firm("Alder GmbH")
    records.same("organization", one, other)
    numbers = [records.transfer(one, records.firm("B")), records.transfer(other, records.firm("C"))]
    senders, _recipients, _keys = read_parties(scratch, np.array(numbers, np.int64))
    assert len(set(senders.node.tolist())) == 1


def test_one_named_in_confidence_is_not_the_firm_of_that_name(scratch: Session) -> None:
    records = Records(scratch)
    firm = records.firm("Alder AG")
    open_ = records.transfer(firm, "B")
    hidden = records.transfer(None, "C")
    records.party(hidden, "from", firm, confidential=True)
    assert edges_of(scratch, open_, hidden) == [(0, "firm", "name"), (1, "confidential", "name")]


def test_a_maker_is_one_where_it_sent(scratch: Session) -> None:
    records = Records(scratch)
    number = records.transfer(None, None)
    maker, other = records.firm("North Semi"), records.firm("Alder AG")
    records.party(number, "from", maker, role="maker")
    records.party(number, "to", other, role="maker")
    senders, recipients, _keys = read_parties(scratch, np.array([number], np.int64))
    assert (senders.made.tolist(), recipients.made.tolist()) == ([True], [False])


SIDE = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=8)


def side(pairs: list[tuple[int, int]]) -> Parties:
    ordered = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return Parties(ordered[:, 0], ordered[:, 1], np.zeros(len(ordered), bool))


@given(SIDE, SIDE)
def test_the_edges_are_the_product_of_both_sides(
    senders: list[tuple[int, int]], recipients: list[tuple[int, int]]
) -> None:
    found = join_parties(side(senders), side(recipients))
    expected = [
        (transfer, tail, head)
        for transfer, tail in senders
        for other, head in recipients
        if transfer == other
    ]
    edges = zip(found.transfer.tolist(), found.tail.tolist(), found.head.tolist(), strict=True)
    assert sorted(edges) == sorted(expected)
