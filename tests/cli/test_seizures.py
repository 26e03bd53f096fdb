"""Seizures: where they went, what was declared; and that they count nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.importing.state import rows_of
from tests.support.field_log import component, ref_of, say, seizures_of

SEIZED = (
    ("transit", "CN", "RU", "854231", "electronic parts", "2023-05", "Analog Devices"),
    ("transit", "CN", "RU", "854231", "toys", "2023-06", "?"),
    ("export", "PL", "BY", "8542.39 90", "integrated circuits", "2024", "ООО Зет"),
    ("?", "RU", "CN", "?", "?", "?", "?"),
)


@pytest.fixture
def border(fresh: str) -> str:
    """A database with four seizures; the first has a component of Analog Devices in it."""
    for movement, start, end, hs, goods, when, consignor in SEIZED:
        words = ["--movement", movement, "--from-country", start, "--to-country", end, "--hs", hs]
        words += ["--goods", goods, "--seized", when, "--consignor", consignor, "--authority", "Customs"]
        ref = ref_of(say(fresh, "log", "seizure", *words, "--border-point", "?", "--format", "jsonl"))
        if goods == "electronic parts":
            held = ["--maker", "Analog Devices", "--identification", "confirmed", "--basis", "label on reel"]
            component(fresh, ref, "--marking", "AD7606BSTZ", *held)
    return fresh


def asked(address: str, *words: str) -> list[tuple[str, str, str]]:
    """Direction, route and goods of the seizures that an answer lists."""
    rows = say(address, "seizures", *words, "--format", "json").rows
    return [(row["movement"], f"{row['from_country']}-{row['to_country']}", row["goods"]) for row in rows]


def test_are_listed_by_direction_route_and_goods(border: str) -> None:
    assert asked(border) == [
        ("export", "PL-BY", "integrated circuits"),
        ("transit", "CN-RU", "electronic parts"),
        ("transit", "CN-RU", "toys"),
        (None, "RU-CN", None),
    ]
    routes = say(border, "seizures", "--format", "json").json["routes"]
    assert [(row["from_country"], row["to_country"], row["seizures"]) for row in routes] == [
        ("PL", "BY", 1),
        ("CN", "RU", 2),
        ("RU", "CN", 1),
    ]


@pytest.mark.parametrize(
    ("words", "goods", "unjudged"),
    [
        (["--direction", "transit"], ["electronic parts", "toys"], 1),
        (["--to-country", "China"], [None], 0),
        (["--hs", "8542"], ["integrated circuits", "electronic parts", "toys"], 1),
        (["--goods", "TOY"], ["toys"], 1),
        (["--firm", "Analog Devices"], ["electronic parts"], 3),
        (["--since", "2023-06", "--until", "2023"], ["toys"], 1),
    ],
)
def test_what_cannot_be_judged_is_left_out_and_said(
    border: str, words: list[str], goods: list[str], unjudged: int
) -> None:
    found = say(border, "seizures", *words, "--format", "json").json
    assert [row["goods"] for row in found["rows"]] == goods
    left = [item for item in found["basis"]["left_out"] if item["unjudged"]]
    assert sum(item["recoveries"] for item in left) == unjudged
    gone = sum(item["recoveries"] for item in found["basis"]["left_out"])
    assert gone + len(goods) == found["basis"]["out_of"]["recoveries"] == 4


def test_never_count_as_found_in_a_weapon(border: str) -> None:
    for by in ("firm", "part", "weapon", "country"):
        words = ["--by", by, "--country", "any", "--weapon-kind", "any", "--min-recoveries", "1"]
        found = say(border, "top", *words, "--format", "json").json
        assert found["rows"] == []
        reasons = [item["reason"] for item in found["basis"]["left_out"]]
        assert "from seizures and interceptions" in reasons
    exposure = say(border, "exposure", "Analog Devices", "--format", "json").json
    assert exposure["basis"]["counted"]["components"] == 0


def test_a_firm_that_nobody_knows_is_new_and_unverified_and_a_code_keeps_its_spelling(border: str) -> None:
    made = next(row for row in rows_of(border, "organization") if row.label == "ООО Зет")
    assert (made.verification, made.kind) == ("unverified", "unknown")
    seizure = next(row for row in seizures_of(border) if row.consignor_id == made.id)
    assert (seizure.declared_hs, seizure.hs6) == ("8542.39 90", "854239")
    known = next(row for row in rows_of(border, "organization") if row.label == "Analog Devices")
    assert known.id in {row.consignor_id for row in seizures_of(border)}


def test_the_answer_says_that_being_named_is_no_finding_and_keeps_its_basis(
    border: str, tmp_path: Path
) -> None:
    assert "not a finding against anyone" in " ".join(say(border, "seizures").out.split())
    assert "not a clearance" in say(border, "seizures", "--to-country", "KP").out
    out = tmp_path / "seizures.csv"
    assert say(border, "seizures", "--format", "csv", "--out", out).code == 0
    basis = json.loads((tmp_path / "seizures.csv.basis.json").read_text(encoding="utf-8"))
    assert basis["basis"]["handling"] == {"tlp": "AMBER", "unmarked": 4}


def test_a_wrong_word_is_refused(border: str) -> None:
    assert say(border, "seizures", "--from-country", "Atlantis").code == 2
    assert say(border, "seizures", "--hs", "x").code == 2
    assert say(border, "seizures", "--max-tlp", "purple").code == 2
