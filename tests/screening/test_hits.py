"""The rows of an answer: order with ties, figures, what is new, and rows that older versions stored."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from provenance.screening.hits import (
    Hit,
    HitJudgement,
    ScreenedCustomer,
    known_hits,
    only_new,
    ranked,
    screened_customer,
    totals_of,
    with_more_hits,
)
from provenance.sources.customers import OrderLine


def hit(key: str, score: float = 0.7, reason: str = "name: x", matched: str = "x", **more: Any) -> Hit:
    given = {
        "list": "ours", "version": "2024-01-01", "party": key, "asks": None, "listed_from": None,
        "listed_to": None, "party_uid": f"uid-{key}", "entry_digest": "e",
    }  # fmt: skip
    return Hit(**{**given, **more, "key": key, "score": score, "reason": reason, "matched": matched})


def row(*hits: Hit, number: int = 1, **more: Any) -> ScreenedCustomer:
    return ScreenedCustomer(number, more.pop("id", None), more.pop("name", "Reef"), hits, **more)


JUDGED = HitJudgement("J-1", "positive", "ann", "2024-01-01T00:00:00+00:00", "asked")


def test_the_best_is_first_and_ties_are_broken_by_kind_length_list_and_key() -> None:
    hits = [
        hit("e", 0.7, list="zulu"),
        hit("d", 0.7),
        hit("c", 0.7),
        hit("b", 0.7, matched="longer"),
        hit("address", 0.7, reason="address: same building, same unit", matched="the longest of all"),
        hit("both", 0.7, reason="address: same building; also name: x", matched="a name and a place"),
        hit("a", 0.9),
    ]
    assert [one.key for one in ranked(hits)] == ["a", "both", "b", "c", "d", "e", "address"]


@given(st.permutations(["a", "b", "c", "d"]))
def test_equal_hits_are_in_one_order_however_they_were_found(keys: list[str]) -> None:
    assert [one.key for one in ranked(map(hit, keys))] == ["a", "b", "c", "d"]


def test_hits_of_another_list_are_put_in_order() -> None:
    answer = with_more_hits(row(hit("b", 0.6)), [hit("a", 0.9), hit("c", 0.5)])
    assert [one.key for one in answer.hits] == ["a", "b", "c"]


def test_the_figures_counted_by_hand() -> None:
    rows = [
        row(hit("a"), replace(hit("b"), judgement=JUDGED)),
        row(replace(hit("c"), judgement=replace(JUDGED, reopened="the entry has changed since"))),
        row(number=3, not_screened="the name is only a legal form"),
        row(set_aside=(hit("d"), hit("e")), other_times=(hit("f"),), dismissed=(hit("g"),)),
        row(listed_since=(hit("h"), hit("i")), other_kinds=(hit("j"),), undated=True),
        row(),
    ]
    assert asdict(totals_of(rows)) == {
        "rows": 6, "rows_with_hits": 3, "rows_not_screened": 1, "undated": 1, "hits": 3, "listed_since": 2,
        "set_aside": 2, "other_times": 1, "other_kinds": 1, "dismissed": 1, "judged": 1, "reopened": 1,
    }  # fmt: skip
    assert [one.is_reported for one in rows] == [True, True, True, True, True, False]


def test_only_what_an_earlier_run_did_not_have_for_the_same_customer() -> None:
    earlier = [
        row(hit("a"), id="C-1"), row(hit("b")), row(hit("c", list="theirs"), id="C-1"),
        row(hit("d"), id="C-2", role="Ship-to"), row(listed_since=(hit("e"),), id="C-3"),
    ]  # fmt: skip
    rows = [
        row(hit("a"), hit("b"), hit("c"), id="C-1"), row(hit("a"), hit("b")),
        row(hit("d"), id="C-2", role="Ship-to"), row(hit("d"), id="C-2", role="Bill-to"),
        row(hit("e"), id="C-3"),
    ]  # fmt: skip
    found = [[one.key for one in answer.hits] for answer in only_new(rows, known_hits(earlier))]
    assert found == [["b", "c"], ["a"], [], ["d"], []]


def test_a_renumbered_party_is_not_new_and_another_one_of_its_number_is() -> None:
    known = known_hits([row(hit("1", party_uid="reef")), row(hit("7", party_uid=None), name="Old run")])
    rows = [
        row(hit("9", party_uid="reef")), row(hit("1", party_uid="inn")),
        row(hit("7", party_uid="any"), name="Old run"),
    ]  # fmt: skip
    assert [[one.key for one in answer.hits] for answer in only_new(rows, known)] == [[], ["1"], []]


def test_a_row_comes_back_from_json_as_it_was() -> None:
    answer = row(
        replace(hit("a"), judgement=JUDGED, addresses=("1 Quay",), countries=("MT",), numbers=("INN 7",)),
        id="C-1",
        listed_since=(hit("c", only_today=True),),
        dismissed=(hit("b"),),
        customer_digest="d",
        role="Ship-to",
        order=OrderLine(part="LM358", quantity="10"),
        addresses=("2 Quay",),
    )
    assert screened_customer(json.loads(json.dumps(asdict(answer)))) == answer


def test_a_row_that_an_older_version_stored_lacks_what_that_version_did_not_know() -> None:
    old_hit = {
        "list": "ours", "version": "2024-01-01", "key": "a", "party": "A", "score": 0.7, "matched": "x",
        "reason": "name: x", "asks": "not known", "listed_from": None, "listed_to": None,
    }  # fmt: skip
    old = {"row": 1, "id": None, "name": "", "hits": [old_hit], "not_screened": None, "set_aside": [],
           "other_times": []}  # fmt: skip
    answer = screened_customer(old)
    assert (answer.name, answer.customer_digest, answer.dismissed) == (None, None, ())
    assert (answer.hits[0].party_uid, answer.hits[0].judgement) == (None, None)
