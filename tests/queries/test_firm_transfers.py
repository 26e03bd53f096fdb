"""`exposure` looks for transfers by party, part and words, and says what "none" rests on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.commands import run

ROWS = """consignor,consignee,mpn,maker,goods,hs6,date,note
Alder AG,Birch Ltd,AD9361BBCZ,Analog Devices,,,2022-01-05,told at second hand
Birch Ltd,OOO Cedar,AD9361BBCZ,,,,2022-02-05,
Birch Ltd,OOO Cedar,,,"INTEGRATED CIRCUITS, ANALOG DEVICES, 40 PCS",854239,2022-03-05,
Birch Ltd,OOO Cedar,,,"МИКРОСХЕМЫ, АРТ. AD9361-BBCZ; АРТ. LM358DR",854239,2022-04-05,
Birch Ltd,OOO Cedar,,,"DEVICES FOR ANALOG SIGNALS",854239,2022-05-05,
Birch Ltd,OOO Cedar,LM358DR,Texas Instruments,,,2022-06-05,
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("firm_transfers")
    database, file = str(folder / "a.db"), folder / "t.csv"
    file.write_text(ROWS, encoding="utf-8")
    run(database, "init")
    run(database, "import", "transfers", file, "--source", "t", "--publisher", "P", "--title", "T")
    return lambda *words: run(database, *words)


def lines(found: Any, firm: str) -> dict[str, list[str]]:
    answer = found("exposure", firm, "--format", "json").json
    return {line["date"]: line["found_by"] for line in answer["transfers"]}


def test_parts_and_words_are_found_though_the_firm_is_no_party(found: Any) -> None:
    assert lines(found, "Analog Devices") == {
        "2022-01-05": ["part"],
        # No maker is stated, and only this firm has a part of that number.
        "2022-02-05": ["part"],
        "2022-03-05": ["name_in_words"],
        "2022-04-05": ["part_in_words"],
    }


def test_none_says_what_was_looked_for(found: Any) -> None:
    out = " ".join(found("exposure", "Murata").out.split())
    assert "None found. Looked for: the firm and its brands as parties" in out
    assert "0 part numbers" in out or "part numbers of theirs" in out
    assert "Murata" in out


def test_the_source_s_caveat_stands_beside_the_transfer(found: Any) -> None:
    assert "told at second hand" in found("exposure", "Analog Devices").out
