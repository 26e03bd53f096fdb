"""What is held of a record: superseded, never overwritten, on two axes that are never mixed."""

from __future__ import annotations

import pytest

from tests.importing.state import assert_chain_holds, assert_facts_are_current, rows_of
from tests.support.field_log import component, only, recovery, say, standing


def belief(address: str, ref: str, *words: str) -> str:
    """What `log belief` prints."""
    done = say(address, "log", "belief", ref, *words)
    assert done.code == 0, done.err
    return done.out


def test_a_judgement_is_superseded_and_the_earlier_one_stays(ready: str) -> None:
    ref = component(ready, recovery(ready), "--marking", "LT1086")
    belief(
        ready, ref, "--authenticity", "suspect", "--counterfeit-kind", "remarked", "--basis", "ghost marks"
    )
    belief(ready, ref, "--authenticity", "no_signs", "--basis", "X-ray", "--said-by", "KNDISE")
    belief(ready, ref, "--authenticity", "not-assessed", "--basis", "sample mixed up")
    said = rows_of(ready, "assessment")
    assert [(row.value, row.said_by, row.basis) for row in said] == [
        ("suspect", "olena", "ghost marks"),
        ("no_signs", "KNDISE", "X-ray"),
        (None, "olena", "sample mixed up"),
    ]
    assert [row.superseded_by for row in said] == [said[1].id, said[2].id, None]
    assert only(ready, "component").authenticity is None
    shown = say(ready, "show", ref).out
    assert "remarked" in shown
    assert "KNDISE" in shown
    assert_chain_holds(ready)
    assert_facts_are_current(ready)


def test_a_basis_is_needed(fresh: str) -> None:
    ref = component(fresh, recovery(fresh), "--marking", "LT1086")
    said = say(fresh, "log", "belief", ref, "--authenticity", "suspect")
    assert (said.code, "--basis" in said.err) == (2, True)
    assert say(fresh, "log", "belief", ref).code == 2


def test_suspects_leave_the_count_until_asked_for(ready: str) -> None:
    words = ["--maker", "Analog Devices", "--identification", "confirmed", "--basis", "logo"]
    ref = component(ready, recovery(ready), "--marking", "AD1", *words)
    top = ["top", "--min-recoveries", "1", "--format", "json"]
    assert len(say(ready, *top).rows) == 1
    belief(ready, ref, "--authenticity", "counterfeit", "--basis", "decapsulated")
    assert say(ready, *top).rows == []
    assert len(say(ready, *top, "--include-suspect").rows) == 1


def test_credibility_and_reliability_are_two_things(ready: str) -> None:
    words = ["--maker", "Analog Devices", "--identification", "confirmed", "--basis", "logo"]
    ref = component(ready, recovery(ready), "--marking", "AD1", *words)
    top = ["top", "--min-recoveries", "1", "--min-credibility", "2", "--format", "json"]
    assert say(ready, *top).rows == []
    belief(ready, ref, "--credibility", "2", "--basis", "seen by two people")
    assert len(say(ready, *top).rows) == 1
    source = next(row for row in rows_of(ready, "source") if row.publisher == "olena")
    assert source.reliability is None
    belief(ready, source.key, "--reliability", "B", "--basis", "long experience")
    graded = next(row for row in rows_of(ready, "source") if row.publisher == "olena")
    assert graded.reliability == "B"
    assert {row.credibility for row in rows_of(ready, "citation")} == {None, 2}
    aspects = {(row.aspect, row.value) for row in rows_of(ready, "assessment")}
    assert aspects == {("credibility", "2"), ("reliability", "B")}
    belief(ready, ref, "--credibility", "4", "--basis", "one of them was mistaken")
    assert say(ready, *top).rows == []
    assert_facts_are_current(ready)


def test_of_several_records_it_is_said_which(fresh: str) -> None:
    ref = component(fresh, recovery(fresh), "--marking", "AD1")
    new = ["--source", "blog", "--record", "1", "--publisher", "P", "--title", "T"]
    assert say(fresh, "log", "citation", ref, *new).code == 0
    words = ["--credibility", "3", "--basis", "photo"]
    said = say(fresh, "log", "belief", ref, *words)
    assert (said.code, "blog" in said.err, "--source KEY" in said.err) == (3, True, True)
    belief(fresh, ref, *words, "--source", "blog")
    assert [row.credibility for row in rows_of(fresh, "citation") if row.record_key == "1"] == [3]


def test_an_identification_is_confirmed_and_taken_back(ready: str) -> None:
    ref = component(ready, recovery(ready), "--marking", "AD7606BSTZ // #2135")
    said = belief(ready, ref, "--candidate", "1", "--identification", "confirmed", "--basis", "microscope")
    assert "AD7606BSTZ (tentative)" in said
    assert [row.status for row in standing(ready, "identification")] == ["confirmed"]
    top = ["top", "--min-recoveries", "1", "--format", "json"]
    assert [row["firm"] for row in say(ready, *top).rows] == ["Analog Devices"]
    belief(ready, ref, "--identification", "unidentified", "--basis", "another chip was looked at")
    assert standing(ready, "identification") == standing(ready, "maker_attribution") == []
    # The reading of the marking that stood first, and the word that took its place.
    assert [row.said_by for row in rows_of(ready, "identification")] == [None, "olena"]
    assert say(ready, *top).rows == []


def test_a_tentative_opinion_does_not_unseat_a_confirmed_one(ready: str) -> None:
    firm = ["--maker", "Analog Devices", "--identification", "confirmed", "--basis", "logo"]
    ref = component(ready, recovery(ready), "--marking", "AD1", *firm)
    belief(ready, ref, "--maker", "Maxim Integrated", "--basis", "a hunch")
    assert sorted((row.as_written, row.status) for row in standing(ready, "maker_attribution")) == [
        ("Analog Devices", "confirmed"),
        ("Maxim Integrated", "tentative"),
    ]
    belief(ready, ref, "--maker", "Maxim Integrated", "--identification", "confirmed", "--basis", "decap")
    assert [(row.as_written, row.status) for row in standing(ready, "maker_attribution")] == [
        ("Maxim Integrated", "confirmed")
    ]


@pytest.mark.parametrize(
    ("of", "words", "code"),
    [
        ("recovery", ["--authenticity", "suspect"], 3),
        ("recovery", ["--identification", "confirmed", "--mpn", "X"], 3),
        ("component", ["--reliability", "B"], 3),
        ("component", ["--credibility", "7"], 2),
        ("component", ["--authenticity", "fishy"], 2),
        ("component", ["--authenticity", "no_signs", "--counterfeit-kind", "cloned"], 3),
        ("component", ["--identification", "confirmed"], 3),
    ],
)
def test_what_cannot_be_held_of_such_a_record(fresh: str, of: str, words: list[str], code: int) -> None:
    found = recovery(fresh)
    ref = found if of == "recovery" else component(fresh, found, "--marking", "LT1086")
    assert say(fresh, "log", "belief", ref, *words, "--basis", "seen").code == code
    assert rows_of(fresh, "assessment") == []


def test_nothing_of_that_name(fresh: str) -> None:
    assert say(fresh, "log", "belief", "no-such-source", "--reliability", "B", "--basis", "x").code == 4
