"""`provenance same`: what people say is one item, through the door that they use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases
from tests.support.field_log import component, recovery, say


@pytest.fixture(scope="module")
def wrecks(sqlite_databases: SqliteDatabases) -> Iterator[tuple[str, str, str, str]]:
    """A database with one wreck that two colleagues logged, and another: address and references."""
    address = sqlite_databases.filled(Level.REFERENCE)
    one = recovery(address, "--serial", "M-101")
    other = recovery(address, "--place", "Kyiv")
    third = recovery(address, "--serial", "M-102")
    yield address, one, other, third
    sqlite_databases.discard(address)


def same(address: str, *words: str) -> Outcome:
    return say(address, "same", *words)


def test_a_decision_is_recorded_explained_shown_and_undone(wrecks: tuple[str, str, str, str]) -> None:
    address, one, other, _third = wrecks
    said = same(address, one, other, "--reason", "one wreck, two reports")
    assert said.out == (
        f"Kh-101 M-101 ({one}) and Kh-101, Kyiv, 2024-01-02 ({other}) are recorded as the same.\n"
    )
    why = same(address, other, one, "--why", "--format", "json").json
    assert why["same"] is True
    assert [(row["by"], row["reason"]) for row in why["rows"]] == [("olena", "one wreck, two reports")]
    for ref, fellow in ((one, other), (other, one)):
        shown = say(address, "show", ref, "--format", "json").rows[0]
        assert shown["same_as"] == [fellow]
        assert [(each["ref"], each["verdict"], each["said_by"]) for each in shown["decisions"]] == [
            (fellow, "same", "olena")
        ]
    undone = same(address, "M-101", other, "--undo", "--reason", "another day")
    assert "are no longer recorded as the same" in undone.out
    shown = say(address, "show", one, "--format", "json").rows[0]
    assert shown["same_as"] == []
    assert shown["decisions"][0]["undone_reason"] == "another day"
    assert "UNDONE: " in say(address, "show", one).out
    assert same(address, one, other, "--why", "--format", "json").json["same"] is False


def test_a_never_that_others_overrule_is_reported_and_a_join_across_it_refused(
    wrecks: tuple[str, str, str, str],
) -> None:
    address, one, other, third = wrecks
    assert same(address, one, third, "--never", "--reason", "two tails").code == 0
    assert same(address, one, other, "--reason", "one wreck").code == 0
    refused = same(address, other, third, "--reason", "looks alike")
    assert refused.code == 3
    assert "recorded as different (olena, " in refused.err
    assert "two tails" in refused.err
    assert "--confirm" in refused.err
    done = same(address, other, third, "--reason", "looks alike", "--confirm")
    assert done.code == 0
    assert "With them 3 records count as one" in done.out
    assert "Contradiction" in done.out
    shown = say(address, "show", one, "--format", "json").rows[0]
    assert [each["note"] for each in shown["decisions"] if each["verdict"] == "never"] == [
        "overruled: other statements make them count as one"
    ]
    told = same(address, third, "--why")
    assert "are two different items (olena, " in told.out
    for pair in ((other, third), (one, other), (one, third)):
        assert same(address, *pair, "--undo", "--reason", "for the next test").code == 0


REFUSED = [
    (("{one}", "{one}", "--reason", "x"), 2, "are one record"),
    (("{one}", "{other}"), 2, "needs its reason"),
    (("{one}", "{other}", "--reason", "   "), 2, "needs its reason"),
    (("{one}",), 2, "Name two records"),
    (("{one}", "Texas Instruments", "--reason", "x"), 2, "only two of a kind"),
    (("{one}", "Kh-101", "--reason", "x"), 2, "Kh-101 is a weapon system"),
    (("{one}", "no such thing", "--reason", "x"), 4, "is called no such thing"),
    (("{one}", "{third}", "--undo", "--reason", "x"), 4, "Nothing to undo"),
    (("{one}", "{other}", "--why", "--never"), 2, "--why only shows"),
]


@pytest.mark.parametrize(("words", "code", "reason"), REFUSED)
def test_what_cannot_be_decided_is_refused_plainly(
    wrecks: tuple[str, str, str, str], words: tuple[str, ...], code: int, reason: str
) -> None:
    address, one, other, third = wrecks
    done = same(address, *(word.format(one=one, other=other, third=third) for word in words))
    assert done.code == code, done.err
    assert reason in done.err
    assert done.out == ""


def test_components_in_two_recoveries_are_not_one_without_a_word(wrecks: tuple[str, str, str, str]) -> None:
    address, one, other, _third = wrecks
    chips = [component(address, ref, "--marking", "ADM3202ARNZ") for ref in (one, other)]
    noted = same(address, *chips, "--reason", "the same chip")
    assert "one component cannot have been in both" in noted.out
    assert one in noted.out


def test_firms_are_named_by_any_name_and_stay_themselves(wrecks: tuple[str, str, str, str]) -> None:
    address, one, *_others = wrecks
    for maker in ("Kvuks Group", "Кваксс Груп"):
        component(address, one, "--marking", "QX-1", "--maker", maker, "--new-maker")
    said = same(address, "Kvuks Group", "Кваксс Груп", "--reason", "one register entry")
    assert said.code == 0, said.err
    # Both names now lead to one firm in answers, but a decision is about the records themselves.
    assert same(address, "Кваксс Груп", "Kvuks Group", "--undo", "--reason", "two entries").code == 0


def test_what_was_withdrawn_is_said_to_be(wrecks: tuple[str, str, str, str]) -> None:
    address, one, *_others = wrecks
    gone = recovery(address, "--serial", "M-103")
    assert say(address, "log", "withdraw", gone, "--reason", "typed twice").code == 0
    assert "is withdrawn and does not count" in same(address, one, gone, "--reason", "typed twice").out
