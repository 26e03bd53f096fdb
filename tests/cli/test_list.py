"""`list`: hand-counted rows by field, date and person; what is left out is said."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.commands import run
from tests.support.databases import Databases, Level
from tests.support.field_log import component, recovery, ref_of, say


class Filled(NamedTuple):
    """A database with three wrecks: two of Olena's, one of them withdrawn, one of Petro's."""

    address: str
    first: str
    petros: str
    withdrawn: str


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def filled(request: pytest.FixtureRequest) -> Iterator[Filled]:
    """A database that nobody writes to any more."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    address = databases.filled(Level.REFERENCE)
    first = recovery(address, "--serial", "31526", "--place", "Київ", "--tlp", "GREEN")
    ad = ("--maker", "Analog Devices", "--identification", "confirmed", "--basis", "photo")
    component(address, first, "--marking", "AD8572ARZ", "--unit", "U1", "--pieces", "2", "--lot", "L7", *ad)
    component(address, first, "--marking", "ad8573", "--unit", "U1", "--pieces", "10", "--made", "2022", *ad)
    component(address, first, "--marking", "Ґ-17", "--made", "2021-05..2021-06", "--tlp", "RED")
    petros = ref_of(
        run(address, "--actor", "petro", "log", "recovery", "--weapon", "Shahed-136", "--format", "jsonl")
    )
    component(address, petros, "--marking", "AD8572ARZ", "--category", "memory")
    withdrawn = recovery(address, "--serial", "99")
    component(address, withdrawn, "--marking", "LM358")
    assert say(address, "withdraw", withdrawn, "--reason", "mistake").code == 0
    yield Filled(address, first, petros, withdrawn)
    databases.discard(address)


def listed(filled: Filled, *words: str) -> Any:
    """The whole answer."""
    done = say(filled.address, "list", *words, "--format", "json")
    assert done.code == 0, done.err
    return done.json


def markings(filled: Filled, *words: str) -> list[str]:
    """The markings of the components listed, in order."""
    return [row["marking"] for row in listed(filled, "components", *words)["rows"]]


def test_everything_that_stands_in_order(filled: Filled) -> None:
    found = listed(filled, "components")
    assert [row["marking"] for row in found["rows"]] == ["AD8572ARZ", "ad8573", "Ґ-17", "AD8572ARZ"]
    assert found["total"] == 4
    assert found["left_out"] == {"withdrawn": 1}
    assert found["basis"]["counted"] == {"records": 4}
    with_all = listed(filled, "components", "--withdrawn", "--where", "withdrawn_on!=?")
    assert [row["marking"] for row in with_all["rows"]] == ["LM358"]
    assert "WITHDRAWN: " in say(filled.address, "list", "components", "--withdrawn").out


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("marking=ad857", ["AD8572ARZ", "ad8573", "AD8572ARZ"]),
        ("marking=АD8572", ["AD8572ARZ", "AD8572ARZ"]),
        ("marking!=ad857", ["Ґ-17"]),
        ("maker=analog", ["AD8572ARZ", "ad8573", "AD8572ARZ"]),
        ("maker_status=confirmed", ["AD8572ARZ", "ad8573"]),
        ("pieces=2", ["AD8572ARZ"]),
        ("pieces>2", ["ad8573"]),
        ("pieces>=2", ["AD8572ARZ", "ad8573"]),
        ("pieces=?", ["Ґ-17", "AD8572ARZ"]),
        ("pieces!=?", ["AD8572ARZ", "ad8573"]),
        ("made=2021-06", ["Ґ-17"]),
        ("made<=2022-03", ["ad8573", "Ґ-17"]),
        ("made>2021-06-15", ["ad8573", "Ґ-17"]),
        ("made>2021-06", ["ad8573"]),
        ("category=Memory", ["AD8572ARZ"]),
        ("unit=u1", ["AD8572ARZ", "ad8573"]),
    ],
)
def test_each_condition_is_hand_counted(filled: Filled, condition: str, expected: list[str]) -> None:
    assert markings(filled, "--where", condition) == expected


def test_what_cannot_be_judged_is_counted(filled: Filled) -> None:
    found = listed(filled, "components", "--where", "pieces>1", "--where", "lot=L7")
    assert [row["marking"] for row in found["rows"]] == ["AD8572ARZ"]
    assert found["basis"]["unknown"] == [
        "2 left out, of which is not known: pieces.",
        "1 left out, of which is not known: lot.",
    ]


def test_who_and_when(filled: Filled) -> None:
    found = listed(filled, "recoveries", "--by", "Petro")
    assert [row["ref"] for row in found["rows"]] == [filled.petros]
    assert found["rows"][0]["entered_by"] == "petro"
    assert listed(filled, "recoveries", "--entered-since", "2020")["total"] == 2
    assert listed(filled, "recoveries", "--entered-since", "2099")["total"] == 0
    weapons = listed(filled, "weapons", "--entered-since", "2020")
    assert weapons["total"] == 0
    assert "when they were entered" in weapons["basis"]["unknown"][0]


def test_ties_are_sorted_the_same_way_each_time_and_the_unknown_comes_last(filled: Filled) -> None:
    assert markings(filled, "--sort", "pieces") == ["AD8572ARZ", "ad8573", "Ґ-17", "AD8572ARZ"]
    assert markings(filled, "--sort", "-pieces") == ["ad8573", "AD8572ARZ", "Ґ-17", "AD8572ARZ"]
    assert markings(filled, "--sort=marking,-pieces") == ["AD8572ARZ", "AD8572ARZ", "ad8573", "Ґ-17"]
    weapons = [row["weapon"] for row in listed(filled, "components", "--sort=-weapon,-marking")["rows"]]
    assert weapons == ["Shahed-136", "Kh-101", "Kh-101", "Kh-101"]


def test_the_limit_says_how_many_more_there_are(filled: Filled) -> None:
    done = say(filled.address, "list", "components", "--limit", "1")
    assert "… and 3 more: --limit 0 shows all." in done.out
    assert "Left out: 1 withdrawn" in done.out
    found = listed(filled, "components", "--limit", "1")
    assert (len(found["rows"]), found["total"]) == (1, 4)
    assert "1 of 4 are shown" in found["basis"]["notes"][-1]


def test_marks_are_honoured(filled: Filled) -> None:
    found = listed(filled, "components", "--max-tlp", "GREEN")
    assert [(row["marking"], row["tlp"]) for row in found["rows"]] == [
        ("AD8572ARZ", "GREEN"),
        ("ad8573", "GREEN"),
    ]
    assert found["left_out"] == {"too_strict": 3}
    assert found["basis"]["handling"]["tlp"] == "GREEN"
    assert listed(filled, "components")["basis"]["handling"]["tlp"] == "RED"


def test_what_may_not_be_shown_is_not_even_counted(filled: Filled) -> None:
    for words, components in (((), 3), (("--max-tlp", "RED"), 3), (("--max-tlp", "GREEN"), 2)):
        rows = listed(filled, "recoveries", *words)["rows"]
        assert [row["components"] for row in rows if row["ref"] == filled.first] == [components]
    for words, recoveries in (((), 1), (("--max-tlp", "GREEN"), 1), (("--max-tlp", "CLEAR"), 0)):
        (weapon,) = listed(filled, "weapons", "--where", "name=Kh-101", *words)["rows"][:1]
        assert weapon["recoveries"] == recoveries
    firms = listed(filled, "firms", "--where", "name=Analog Devices", "--max-tlp", "CLEAR")["rows"]
    assert [row["components"] for row in firms if row["name"] == "Analog Devices"] == [0]


def test_csv_has_the_columns_asked_for(filled: Filled, tmp_path: Path) -> None:
    words = ("list", "recoveries", "--columns", "ref,components,numbers", "--format", "csv")
    done = say(filled.address, *words)
    rows = list(csv.reader(io.StringIO(done.out)))
    assert rows[0] == ["ref", "components", "numbers"]
    assert [filled.first, "3", "31526"] in rows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "is not one of"),
        (("components", "--where", "nonsense=1"), "there is no field nonsense; there are ref, marking"),
        (("components", "--where", "maker"), "write FIELD=VALUE"),
        (("components", "--where", "maker>x"), "maker is not a number or a date"),
        (("components", "--where", "made>yesterday"), "made>yesterday"),
        (("components", "--sort", "nonsense"), "sort by nonsense: there is no field"),
    ],
)
def test_what_cannot_be_read_is_refused(filled: Filled, words: tuple[str, ...], said: str) -> None:
    done = say(filled.address, "list", *words)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    "noun",
    ["recoveries", "units", "components", "firms", "weapons", "unit-types", "parts", "transfers",
     "documents", "traces", "letters", "photos", "custody", "sources", "imports"],
)  # fmt: skip
def test_every_noun_can_be_listed_and_filtered_by_every_field(filled: Filled, noun: str) -> None:
    from provenance.services.lists import fields_of

    total = listed(filled, noun, "--limit", "1")["total"]
    assert listed(filled, noun, "--withdrawn")["total"] >= total
    for field in fields_of(noun):
        answer = listed(filled, noun, "--where", f"{field}=?", "--sort", field, "--limit", "1")
        others = listed(filled, noun, "--where", f"{field}!=?", "--limit", "1")
        assert answer["total"] + others["total"] == total
