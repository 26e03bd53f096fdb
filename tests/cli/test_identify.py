"""`provenance identify` as an investigator meets it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import CHECKOUT, Outcome

Run = Callable[..., Outcome]


def test_all_words_are_one_marking(run: Run, ready: str) -> None:
    found = run(ready, "identify", "ADM3202", "ARNZ", "#2135", "--format", "json").rows
    assert [row["marking"] for row in found] == ["ADM3202 ARNZ #2135"]
    first = found[0]["candidates"][0]
    assert (first["maker"], first["mpn"], first["base_part"]) == ("Analog Devices", "ADM3202ARNZ", "ADM3202")
    assert first["confidence"] in ("certain", "likely", "possible")
    assert "ADM3202" in first["reason"]
    assert (found[0]["dates"][0]["from"], found[0]["dates"][0]["to"]) == ("2021-08-30", "2021-09-05")


@pytest.mark.parametrize("typed", ["adm3202", "фвь3202", "АDM3202", "ADM 3202"])
def test_typed_in_any_way_it_is_the_same_part(run: Run, ready: str, typed: str) -> None:
    first = run(ready, "identify", typed, "--format", "json").rows[0]["candidates"][0]
    assert (first["maker"], first["mpn"]) == ("Analog Devices", "ADM3202")


def test_a_file_gives_one_answer_per_line_blank_lines_too(run: Run, ready: str, tmp_path: Path) -> None:
    file = tmp_path / "markings.txt"
    file.write_text("ADM3202|ARNZ|#2135\n\nzzqq\n", encoding="utf-8")
    found = run(ready, "identify", "--file", str(file), "--format", "jsonl").rows
    assert [row["marking"] for row in found] == ["ADM3202|ARNZ|#2135", "", "zzqq"]
    assert found[0]["candidates"][0]["maker"] == "Analog Devices"
    assert found[1]["candidates"] == [] and found[1]["dates"] == []


def test_only_a_line_end_ends_a_marking_and_its_lines_stay_as_they_are(
    run: Run, ready: str, tmp_path: Path
) -> None:
    file = tmp_path / "markings.txt"
    file.write_bytes("\ufeffADM3202\x0c ARNZ|#2135\r\n\0\r\n".encode())
    found = run(ready, "identify", "--file", str(file), "--format", "jsonl").rows
    assert [row["marking"] for row in found] == ["ADM3202\x0c ARNZ|#2135", "\0"]
    assert found[0]["lines"] == ["ADM3202\x0c ARNZ", "#2135"]
    assert found[0]["as_read"] == "ADM3202 ARNZ #2135"
    first = found[0]["candidates"][0]
    assert (first["base_part"], first["mpn"], first["suffix"]) == ("ADM3202", "ADM3202ARNZ", "ARNZ")
    assert list(found[0]["dates"][0]) == ["from", "to", "reading", "reason"]


def test_the_encoding_of_a_list_that_is_not_utf_8_is_guessed_and_said(
    run: Run, ready: str, tmp_path: Path
) -> None:
    file = tmp_path / "markings.txt"
    file.write_bytes("ADM3202\nКР1533ЛА3 Ангстрем\n".encode("cp1251"))
    told = run(ready, "identify", "--file", str(file), "--format", "jsonl")
    assert (told.code, told.rows[1]["marking"]) == (0, "КР1533ЛА3 Ангстрем")
    assert "read as Windows-1251, which is a guess" in told.err


def test_a_list_in_another_encoding_than_stated_names_its_line_and_answers_nothing(
    run: Run, ready: str, tmp_path: Path
) -> None:
    file = tmp_path / "markings.txt"
    file.write_bytes(b"ADM3202\n\xff\xfe\n")
    told = run(ready, "identify", "--file", str(file), "--encoding", "utf-8", "--format", "jsonl")
    assert (told.code, told.out) == (3, "")
    assert "markings.txt:2: not UTF-8" in told.err


def test_from_a_pipe_one_marking_a_line(run: Run, ready: str) -> None:
    found = run(ready, "identify", "--format", "jsonl", stdin="ADM3202\nTPS84250\n").rows
    assert [row["candidates"][0]["maker"] for row in found] == ["Analog Devices", "Texas Instruments"]


def test_an_unknown_marking_gets_no_candidate(run: Run, ready: str) -> None:
    told = run(ready, "identify", "xyzzy")
    assert told.code == 0
    assert "No maker, part or date was recognised in this marking." in told.out
    assert "candidates, not findings" in told.out


def test_the_day_of_the_recovery_bounds_the_date(run: Run, ready: str) -> None:
    """#906 is week 6 of 2009 or of 2019; found in 2012, it is the first."""
    free = run(ready, "identify", "ADXL345 #906", "--format", "json").rows[0]["dates"]
    bounded = run(ready, "identify", "ADXL345 #906", "--made-by", "2012", "--format", "json").rows[0]["dates"]
    assert {reading["from"][:4] for reading in free} >= {"2009", "2019"}
    assert {reading["from"][:4] for reading in bounded} & {"2019"} == set()


def test_two_makers_of_one_number_are_two_candidates(run: Run, ready: str, tmp_path: Path) -> None:
    file = tmp_path / "parts.csv"
    file.write_text("mpn,maker\nQZ7788B,Texas Instruments\nQZ7788B,STMicroelectronics\n", encoding="utf-8")
    source = ("--source", "shop", "--publisher", "A distributor", "--title", "Its catalogue")
    assert run(ready, "import", "parts", str(file), *source).code == 0
    candidates = run(ready, "identify", "QZ7788B", "--format", "json").rows[0]["candidates"]
    assert {each["maker"] for each in candidates[:2]} == {"Texas Instruments", "STMicroelectronics"}
    assert all(each["in_catalogue"] and each["confidence"] != "certain" for each in candidates[:2])


def test_a_marking_and_a_file_are_one_too_many(run: Run, ready: str, tmp_path: Path) -> None:
    assert run(ready, "identify", "ADM3202", "--file", str(tmp_path / "x")).code == 2
    assert run(ready, "identify", "--file", str(tmp_path / "missing")).code == 3


@pytest.mark.parametrize(
    "typed",
    ["", " \t ", "?!*#-/", "😀🚀", "\x01\x02\x1b[31m", "A" * 10_000, "x " * 5_000, "\u202e\u200b", "ﷺ"],
)
def test_text_that_is_not_a_marking_gets_an_empty_answer(run: Run, ready: str, typed: str) -> None:
    told = run(ready, "identify", "--format", "jsonl", stdin=typed + "\n")
    assert told.code == 0
    assert [(row["candidates"], row["dates"]) for row in told.rows] == [([], [])]


def test_the_suffix_and_todays_owner_are_distinguished_from_part_and_brand(run: Run, ready: str) -> None:
    first = run(ready, "identify", "XC6SLX16-2FTG256C", "--format", "json").rows[0]["candidates"][0]
    assert (first["maker"], first["owner"], first["base_part"]) == ("Xilinx", "AMD", "XC6SLX16")
    assert (first["package"], first["temperature"], first["reel"]) == ("FTG256", "C", None)
    shown = run(ready, "identify", "XC6SLX16-2FTG256C").out
    assert "Xilinx (AMD)" in shown and "package FTG256, temperature C" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_a_list_is_counted_while_it_is_answered(ready: str, tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect", reason="needs a pseudo-terminal")
    file = tmp_path / "markings.txt"
    file.write_text("".join(f"ADM{number} 2135\n" for number in range(3000, 3300)), encoding="utf-8")
    words = ["-m", "provenance", "--db", ready, "identify", "--file", str(file), "--out", str(tmp_path / "x")]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT), "TERM": "xterm"}
    child = pexpect.spawn(sys.executable, words, env=environment, encoding="utf-8", timeout=60)
    child.expect(r"markings\.txt [\d,]+ rows")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "ADM3299 2135" in (tmp_path / "x").read_text(encoding="utf-8")
