"""`provenance firm`: what people state about firms, and which figures move, through the users' door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases
from tests.support.field_log import say

BASES = ("brand", "owner-at-manufacture", "owner-now", "domicile")


@pytest.fixture
def sample(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database with the reference data and the sample."""
    address = sqlite_databases.filled(Level.SAMPLE)
    yield address
    sqlite_databases.discard(address)


@pytest.fixture(scope="module")
def shared(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database for questions and refusals, which change nothing."""
    address = sqlite_databases.filled(Level.SAMPLE)
    yield address
    sqlite_databases.discard(address)


def firm(address: str, *words: str) -> Outcome:
    return say(address, "firm", *words)


def done(address: str, *words: str) -> Any:
    """What a command that must succeed answers, as JSON."""
    outcome = firm(address, *words, "--format", "json")
    assert outcome.code == 0, outcome.err
    return outcome.json


def top(address: str) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Every firm's line of `top`, by basis and reference."""
    words = ("--country", "any", "--min-recoveries", "1", "--limit", "0", "--format", "json")
    found = {}
    for basis in BASES:
        rows = say(address, "top", "--basis", basis, *words).rows
        found[basis] = {
            row["firm_ref"]: (row["country"], row["recoveries"], row["components"]) for row in rows
        }
    return found


def moved(answer: Any) -> set[tuple[str, str, Any, Any]]:
    """The figures that a command says moved."""

    def figures(count: Any) -> Any:
        return None if count is None else (count["country"], count["recoveries"], count["components"])

    return {
        (row["basis"], row["firm_ref"], figures(row["before"]), figures(row["after"]))
        for row in answer["moved"]
        if row["firm_ref"] is not None
    }


def recounted(before: Any, after: Any) -> set[tuple[str, str, Any, Any]]:
    """The same by counting everything before and after."""
    return {
        (basis, ref, before[basis].get(ref), after[basis].get(ref))
        for basis in BASES
        for ref in before[basis].keys() | after[basis].keys()
        if before[basis].get(ref) != after[basis].get(ref)
    }


CHANGES = [
    ("owns", "Analog Devices", "Texas Instruments", "--from", "2020", "--source", "own"),
    ("owns", "Analog Devices", "Texas Instruments", "--control", "legal", "--source", "own"),
    ("owns", "Analog Devices", "Maxim", "--remove", "--reason", "it never closed"),
    ("seat", "Texas Instruments", "headquarters", "CN", "--from", "2020", "--source", "own"),
    ("seat", "Texas Instruments", "legal", "Cayman Islands", "--from", "2020", "--source", "own"),
    ("kind", "Analog Devices", "fund", "--source", "own", "--reason", "for the test"),
    ("merge", "Texas Instruments", "Analog Devices", "--reason", "for the test"),
]


@pytest.mark.parametrize("words", CHANGES, ids=lambda words: " ".join(words[:3]))
def test_a_change_says_which_figures_of_top_moved_and_undoing_moves_them_back(
    sample: str, words: tuple[str, ...]
) -> None:
    before = top(sample)
    answer = done(sample, *words)
    after = top(sample)
    told, counted = moved(answer), recounted(before, after)
    assert told == {line for line in counted if line[0] in answer["counted_on"]}
    assert told == counted
    if words[0] == "merge":
        back = done(sample, *words[:3], "--undo", "--reason", "for the test")
    else:
        back = done(sample, "undo", answer["firm_ref"], "--reason", "for the test")
    assert top(sample) == before
    assert moved(back) == {(basis, ref, now, then) for basis, ref, then, now in told}


def test_some_of_these_changes_move_figures(sample: str) -> None:
    seated = done(sample, *CHANGES[3])
    lines = {row["basis"]: row for row in seated["moved"] if row["firm"] == "Texas Instruments"}
    assert set(lines) == {"brand", "owner-now", "owner-at-manufacture"}
    assert {(row["before"]["country"], row["after"]["country"]) for row in lines.values()} == {("US", "CN")}
    shown = firm(sample, *CHANGES[1])
    assert "No figure of top moved" in shown.out


def test_history_tells_what_was_stated_by_whom_and_why(sample: str) -> None:
    source = "Enterprise Chamber, order of 7 October 2025"
    stated = done(
        sample, "owns", "Wingtech", "Nexperia", "--until", "2025-10-07", "--control", "economic",
        "--source", source, "--reason", "the order is public",
    )  # fmt: skip
    assert stated["notes"] == [f"a new source was made: {source}"]
    assert [row["what"] for row in stated["rows"]] == ["owner"]
    assert "economic control" in stated["rows"][0]["after"]
    assert "from 2019" in stated["rows"][0]["after"], "what was left unsaid is kept"
    events = say(sample, "history", "Nexperia", "--format", "json").rows
    assert [(each["action"], each["actor"], each["reason"]) for each in events] == [
        ("stated", "olena", "the order is public")
    ]
    assert say(sample, "history", "Wingtech", "--format", "json").rows[0]["about"] == "owns, of Nexperia"
    undone = done(sample, "undo", "Nexperia", "--change", "1", "--reason", "read wrongly")
    assert undone["action"] == "undo owns"
    told = say(sample, "history", "Nexperia").out
    assert "stated (change 1, owns) by olena" in told
    assert "undone: 1, owns by olena" in told
    assert "reason: read wrongly" in told
    again = firm(sample, "undo", "Nexperia", "--change", "1", "--reason", "x")
    assert (again.code, "was undone before" in again.err) == (3, True)


def test_a_firm_is_added_named_numbered_and_removed(sample: str) -> None:
    added = done(sample, "add", "Feniks Elektroniks OOO", "--country", "RU", "--source", "own")
    ref = added["firm_ref"]
    done(sample, "alias", ref, "ООО «Феникс Электроникс»", "--from", "2019", "--source", "own")
    done(sample, "identify", ref, "INN", "7707083893", "--source", "own", "--verified")
    shown = done(sample, "show", "Феникс Электроникс")["rows"][0]
    assert [(row["scheme"], row["number"], row["fits"]) for row in shown["numbers"]] == [
        ("INN", "7707083893", True)
    ]
    assert {row["name"] for row in shown["names"]} == {"Feniks Elektroniks OOO", "ООО «Феникс Электроникс»"}
    renamed = done(
        sample, "rename", ref, "Feniks Trade OOO", "--from", "2024", "--source", "own", "--reason", "new name"
    )
    assert renamed["firm"] == "Feniks Trade OOO"
    names = {
        row["name"]: (row["kind"], row["until"]) for row in done(sample, "show", ref)["rows"][0]["names"]
    }
    assert names["Feniks Elektroniks OOO"] == ("former", "2024")
    assert ref in [row["ref"] for row in done(sample, "review", "--limit", "0")["rows"]]
    done(sample, "check", ref, "--verified", "--source", "own", "--reason", "register looked up")
    assert ref not in [row["ref"] for row in done(sample, "review", "--limit", "0")["rows"]]
    assert firm(sample, "remove", ref, "--reason", "no such firm").code == 0
    assert firm(sample, "show", "Feniks Trade").code == 4
    done(sample, "undo", ref, "--reason", "it exists")
    assert done(sample, "show", "Feniks Trade")["rows"][0]["ref"] == ref


REFUSED = [
    (("seat", "Nexperia", "legal", "KY"), 2, "--source"),
    (("seat", "Nexperia", "legal", "Atlantis", "--source", "own"), 3, "Atlantis"),
    (("seat", "Nexperia", "legal", "KY", "--source", "nosuchkey"), 4, "No source has the key nosuchkey"),
    (("seat", "Nexperia", "legal", "KY", "--remove", "--reason", "x"), 4, "No such statement"),
    (
        ("seat", "Nexperia", "legal", "KY", "--from", "2024", "--until", "2020", "--source", "own"),
        3,
        "before",
    ),
    (("identify", "Nexperia", "LEI", "529900T8BM49AURSDO56", "--source", "own"), 3, "--unverified"),
    (("identify", "Nexperia", "INN", "7707083894", "--source", "own"), 3, "check digits"),
    (("alias", "Nexperia", "NXP", "--source", "own"), 3, "firm merge A B"),
    (("alias", "Nexperia", "China", "--source", "own"), 3, "China is"),
    (("add", "Nexperia", "--source", "own"), 3, "is the name of Nexperia"),
    (("add", "Nexpreia", "--source", "own"), 3, "--new"),
    (("owns", "Nexperia", "Nexperia", "--source", "own"), 3, "does not own itself"),
    (("owns", "Maxim", "Analog Devices", "--source", "own"), 3, "circle"),
    (("remove", "Texas Instruments", "--reason", "x"), 3, "Only what nothing uses"),
    (("merge", "Maxim", "Texas Instruments"), 2, "--reason"),
    (("undo", "Nexperia", "--reason", "x"), 4, "Nothing to undo"),
    (("undo", "Nexperia", "--change", "7", "--reason", "x"), 4, "There is no change 7"),
    (("tree", "Nixperia"), 4, "Did you mean"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_cannot_be_so_is_refused_with_what_to_do(
    shared: str, words: tuple[str, ...], code: int, said: str
) -> None:
    outcome = firm(shared, *words)
    assert outcome.code == code, outcome.err
    assert said in outcome.err
    assert outcome.out == ""


def test_a_number_that_does_not_fit_is_kept_where_that_is_asked_for(sample: str) -> None:
    done(sample, "identify", "Nexperia", "INN", "7707083894", "--unverified", "--source", "own")
    (number,) = done(sample, "show", "Nexperia")["rows"][0]["numbers"]
    assert (number["number"], number["fits"], number["verification"]) == ("7707083894", False, "unverified")


def test_a_tree_tells_owners_as_of_a_day(shared: str) -> None:
    then = done(shared, "tree", "Maxim", "--at", "2020-01-01")
    assert [row["side"] for row in then["rows"] if row["side"] == "owner"] == []
    assert then["top_owner"].startswith("Maxim")
    now = done(shared, "tree", "Maxim")
    (owner,) = [row for row in now["rows"] if row["side"] == "owner"]
    assert owner["firm"] == "Analog Devices" == now["top_owner"]
    assert (owner["certain"], owner["attributes"]) == (True, True)
    drawn = firm(shared, "tree", "Analog Devices").out
    assert "└ Maxim" in drawn
    lines = [row for row in done(shared, "tree", "Nexperia")["rows"] if row["product_line"]]
    assert all(not row["attributes"] for row in lines)


def test_firms_are_listed_by_name_country_and_kind(shared: str) -> None:
    rows = done(shared, "list", "--name", "nexp", "--limit", "0")["rows"]
    assert [(row["firm"], row["headquarters"]) for row in rows] == [("Nexperia", "NL")]
    everyone = done(shared, "list", "--limit", "0")
    assert everyone["total"] == len(everyone["rows"])
    dutch = done(shared, "list", "--country", "Netherlands", "--limit", "0")["rows"]
    assert {row["firm"] for row in dutch} == {
        row["firm"] for row in everyone["rows"] if row["headquarters"] == "NL"
    }
    few = done(shared, "list", "--limit", "3")
    assert (few["total"], len(few["rows"])) == (everyone["total"], 3)
