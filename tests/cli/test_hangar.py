"""In the hangar: many photos tagged at once, all labels of a wreck, custody lines that can be corrected."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evidence.photographs import take
from tests.importing.state import rows_of
from tests.support.databases import file_of
from tests.support.field_log import component, recovery, say
from tests.support.pdf import photographed, text_of


@pytest.fixture
def hangar(ready: str) -> Iterator[str]:
    """The address of a database whose evidence store is removed afterwards."""
    yield ready
    if ready.startswith("sqlite"):
        shutil.rmtree(f"{file_of(ready)}.evidence", ignore_errors=True)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the evidence store."""
    folder = tmp_path / "store"
    monkeypatch.setenv("PROVENANCE_STORE", str(folder))
    return folder


@pytest.fixture
def card(hangar: str, store: Path, tmp_path: Path) -> str:
    """The address of a database with six photos, two of which have one name."""
    for number in (8, 9, 10, 11):
        take(tmp_path / "card" / f"IMG_{number:04}.JPG", number)
    for number, folder in ((3, "a"), (4, "b")):
        take(tmp_path / "card" / folder / "DSC_0001.jpg", number)
    assert say(hangar, "log", "photos", tmp_path / "card").code == 0
    return hangar


def shows(address: str, *photos: str) -> list[tuple[str, str | None, list[str]]]:
    """File, record and views of photos."""
    rows = say(address, "evidence", "tag", *photos, "--format", "json").rows
    return [(row["file"], row["record"], row["views"]) for row in rows]


class TestTags:
    def test_a_range_a_pattern_and_a_name_get_one_set_of_tags(self, card: str) -> None:
        ref = recovery(card)
        chip = component(card, ref, "--marking", "LM358N")
        named = ("img_0009..IMG_0010", "*11.jpg", "IMG_0009.JPG")
        faces = ("--face", "зверху", "--face", "scale")
        done = say(card, "evidence", "tag", *named, "--component", chip, *faces)
        assert done.code == 0, done.err
        assert shows(card, "IMG_*") == [
            ("IMG_0008.JPG", None, []),
            *((f"IMG_{number}.JPG", chip, ["top", "scale"]) for number in ("0009", "0010", "0011")),
        ]
        again = say(card, "evidence", "tag", *named, "--component", chip, "--face", "top", "--format", "json")
        assert [row["changed"] for row in again.rows] == [False] * 3
        assert say(card, "evidence", "tag", "IMG_0010", "--face", "marking").code == 0
        assert shows(card, "IMG_0010") == [("IMG_0010.JPG", chip, ["top", "scale", "marking"])]

    def test_all_of_them_or_none(self, card: str) -> None:
        chip = component(card, recovery(card), "--marking", "LM358N")
        assert say(card, "evidence", "tag", "IMG_0011", "--component", chip).code == 0
        refused = say(card, "evidence", "tag", "IMG_*", "--face", "top")
        assert refused.code == 3 and "IMG_0008.JPG" in refused.err and "--component" in refused.err
        assert shows(card, "IMG_0011") == [("IMG_0011.JPG", chip, [])]

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (["DSC_0001.jpg"], 4, "2 photos have the file name DSC_0001.jpg"),
            (["IMG_0050..IMG_0060"], 4, "from IMG_0050 to IMG_0060"),
            (["IMG_0011..IMG_0008"], 2, "the first number is higher"),
            (["IMG_0008..DSC_0001"], 2, "differ in more than their last number"),
            (["IMG..DSC"], 2, "is not a range"),
            (["nothing*"], 4, "No photo has a file name like nothing*"),
        ],
    )
    def test_what_names_no_photo_or_several(self, card: str, words: list[str], code: int, said: str) -> None:
        refused = say(card, "evidence", "tag", *words, "--face", "top")
        assert (refused.code, refused.out) == (code, "")
        assert said in refused.err

    def test_a_unit_is_not_a_component_and_what_is_withdrawn_takes_no_tags(self, card: str) -> None:
        ref = recovery(card)
        chip = component(card, ref, "--marking", "LM358N")
        assert say(card, "evidence", "tag", "IMG_0008", "--unit", chip).code == 2
        assert say(card, "evidence", "tag", "IMG_0008", "--component", chip).code == 0
        say(card, "withdraw", ref, "--reason", "exercise")
        for words in (("--component", chip), ("--recovery", ref), ("--face", "top")):
            refused = say(card, "evidence", "tag", "IMG_0008", *words)
            assert refused.code == 3 and f"{ref} was withdrawn" in refused.err
        assert shows(card, "IMG_0008") == [("IMG_0008.JPG", chip, [])]


class TestLabels:
    def test_a_wreck_gets_all_of_its_labels_in_one_call(self, hangar: str, tmp_path: Path) -> None:
        ref = recovery(hangar, "--serial", "77")
        loose = component(hangar, ref, "--marking", "LM358N")
        chip = component(hangar, ref, "--marking", "MAX3232ECD // 2231", "--unit", "Плата Б-7")
        gone = component(hangar, ref, "--marking", "STM32F407VGT6", "--unit", "Плата Б-7")
        say(hangar, "withdraw", gone, "--reason", "logged twice")
        done = say(hangar, "label", ref, chip, "--out", tmp_path / "l.pdf", "--size", "62x29")
        assert done.code == 0 and "4 labels" in done.err
        pdf = (tmp_path / "l.pdf").read_bytes()
        assert len(photographed(pdf, tmp_path / "pages")) == 4
        words = " ".join(text_of(pdf).split())
        assert f"{chip} component · TLP:AMBER Kh-101 77 Плата Б-7 MAX3232ECD 2231" in words
        assert f"{loose} component · TLP:AMBER Kh-101 77 LM358N" in words and gone not in words
        assert say(hangar, "label", ref, "--out", tmp_path / "l.txt").code == 0
        blocks = (tmp_path / "l.txt").read_text("utf-8").strip().split("\n\n")
        assert [block.split("\n")[0][:1] for block in blocks] == ["R", "C", "B", "C"]
        assert blocks[3].split("\n")[1:] == [
            "component · TLP:AMBER", "Kh-101 77", "Плата Б-7", "MAX3232ECD 2231"
        ]  # fmt: skip
        only = say(hangar, "label", ref, "--only", "--out", tmp_path / "r.txt")
        assert "1 label in" in only.err

    def test_a_wreck_that_is_renamed_says_which_labels_are_out_of_date(
        self, hangar: str, tmp_path: Path
    ) -> None:
        ref = recovery(hangar, "--serial", "77")
        chip = component(hangar, ref, "--marking", "LM358N", "--unit", "U1")
        say(hangar, "label", ref, "--out", tmp_path / "l.pdf")
        later = component(hangar, ref, "--marking", "MAX3232ECD")
        said = say(hangar, "amend", ref, "serial=78", "--reason", "dirt").err
        assert "says Kh-101 77, TLP:AMBER; the record is now Kh-101 78, TLP:AMBER" in said
        assert "the labels of 2 items in it" in said and chip in said and later not in said

    def test_what_does_not_fit_is_said_to_be_missing(self, hangar: str, tmp_path: Path) -> None:
        ref = recovery(hangar, "--serial", "77")
        chip = component(hangar, ref, "--marking", "LM358N", "--unit", "U1")
        say(hangar, "label", chip, "--out", tmp_path / "l.pdf", "--size", "40x20")
        words = text_of((tmp_path / "l.pdf").read_bytes())
        assert "TLP:AMBER …" in words and "LM358N" in words


class TestCustodyLines:
    @pytest.mark.parametrize("columns", ["60", "80", "120"])
    def test_every_width_names_the_entry_to_correct(
        self, hangar: str, columns: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ref = recovery(hangar)
        for at, giver, taker in (
            ("2024-05-03 10:00", "Engineer squad 7 of the Kharkiv region", "Labratory"),
            ("2024-05-09", "Laboratory", "Institute of Forensic Examination"),
        ):
            words = ("--at", at, "--from", giver, "--to", taker, "--seal", "0041", "--state", "dented, wet")
            assert say(hangar, "log", "custody", ref, *words, "--reason", "examination").code == 0
        first, second = (f"K-{_spoken(row.uid)}" for row in rows_of(hangar, "custody_event"))
        monkeypatch.setenv("COLUMNS", columns)
        shown = say(hangar, "custody", ref).out
        assert shown.count(first) == 2 and shown.count(second) == 2  # its own line, and that of the gap
        words = ("--at", "2024-05-03", "--to", "Laboratory", "--corrects")
        corrected = say(hangar, "log", "custody", ref, *words, first)
        assert f"corrects {first}" in " ".join(corrected.out.split())
        refused = say(hangar, "log", "custody", ref, *words, first)
        assert refused.code == 2 and f"{first} is not a current entry" in refused.err
        assert f"{second} (2024-05-09, Laboratory to Institute of Forensic Examination)" in refused.err


def _spoken(uid: str) -> str:
    from provenance.core.identity import reference

    return reference("custody_event", uid).removeprefix("K-")
