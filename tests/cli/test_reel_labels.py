"""The label on a bag or reel, from a photo to a document about the item and a request to its maker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.importing.state import rows_of
from tests.support.field_log import component, recovery, say
from tests.support.reel_labels import DIGIKEY, code, enveloped, photograph

LCSC = "{pbn:PICK1,on:SO2,pc:C12345,pm:STM32F103C8T6,qty:10,mc:,cc:1}"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the evidence store."""
    monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def reel(ready: str, store: Path, tmp_path: Path) -> tuple[str, str]:
    """A database in which a component has a photo of its bag, and the component."""
    chip = component(ready, recovery(ready), "--marking", "TPS54331DR", "--date-code", "2231")
    file = photograph(tmp_path / "reel.jpg", code(enveloped(DIGIKEY)))
    done = say(ready, "log", "photo", file, "--component", chip)
    assert done.code == 0 and "reel.jpg: provenance evidence read H-" in done.out
    return ready, chip


def read(address: str, *words: str | Path) -> Any:
    """What `evidence read` answers, as JSON."""
    done = say(address, "evidence", "read", *words, "--format", "json")
    assert done.code == 0, done.err
    return done.json


def test_every_field_is_shown_with_its_meaning_and_nothing_is_stored(reel: tuple[str, str]) -> None:
    ready, chip = reel
    found = read(ready, "reel.jpg")
    assert [(row["identifier"], row["value"]) for row in found["rows"]] == list(DIGIKEY)
    told = {row["identifier"]: (row["meaning"], row["reading"]) for row in found["rows"]}
    assert told["9D"] == ("date_code", "2022-08..2022-08-07")
    assert told["4L"] == ("country", "MY") and told["Q"] == ("quantity", "2,500")
    assert told["1P"][1].startswith("Texas Instruments TPS54331DR")
    assert told["11Z"] == (None, None)
    (label,) = found["labels"]
    assert (label["mpn"], label["lot"], label["date_code"]) == ("TPS54331DR", "2100114366", "2231")
    assert (found["component"], label["doubts"], found["transfer"]) == (chip, [], None)
    assert rows_of(ready, "transfer") == [] and rows_of(ready, "trace_request") == []
    shown = say(ready, "evidence", "read", "reel.jpg").out
    assert "20Z    not known" in shown and "Nothing is stored" in shown and "--from SELLER" in shown


def test_it_becomes_a_document_about_the_item_and_a_request(reel: tuple[str, str], tmp_path: Path) -> None:
    ready, chip = reel
    seller = ("--from", "Digi-Key|authorised_distributor|US", "--ask", "Texas Instruments")
    done = read(ready, "reel.jpg", *seller, "--letter", tmp_path / "l.md")
    (row,) = rows_of(ready, "transfer")
    assert (row.evidence_class, row.lot, row.quantity, row.quantity_unit) == (
        "item_document", "2100114366", 2500, "pcs"
    )  # fmt: skip
    assert (row.origin_country, "1T 2100114366" in row.note) == ("MY", True)
    (document,) = rows_of(ready, "document")
    assert document.reference == f"label in {done['photo']}"
    assert f"component       {chip}" in say(ready, "show", done["transfer"]).out
    again = say(ready, "evidence", "read", "reel.jpg", *seller)
    assert again.code == 3 and f"is on record as {done['transfer']}" in again.err
    assert len(rows_of(ready, "transfer")) == 1
    letter = (tmp_path / "l.md").read_text("utf-8")
    assert "lot 2100114366, date code 2231" in letter and "purchase order PO 4711" in letter
    assert "Digi" not in letter and "296-26991" not in letter  # no other firm of the path
    assert [row.asked is not None for row in rows_of(ready, "trace_request")] == [True]


def test_what_disagrees_with_the_component_is_a_doubt(reel: tuple[str, str]) -> None:
    ready, _chip = reel
    ref = recovery(ready)
    other = component(ready, ref, "--marking", "LM358N", "--date-code", "0512", "--lot", "X1")
    (label,) = read(ready, "reel.jpg", "--component", other)["labels"]
    assert [each.split(",")[0] for each in label["doubts"]] == [
        "the component's marking reads LM358N", "the component's lot is X1",
        "the component was made 2005-03-21..2005-03-27",
    ]  # fmt: skip


def test_several_labels_are_told_apart_and_one_is_chosen(ready: str, store: Path, tmp_path: Path) -> None:
    chip = component(ready, recovery(ready), "--marking", "STM32F103C8T6")
    codes = (code(enveloped(DIGIKEY)), code(LCSC, "QRCode"), code("https://example.org", "QRCode"))
    file = photograph(tmp_path / "two.jpg", *codes)
    say(ready, "log", "photo", file, "--component", chip)
    found = read(ready, "two.jpg")
    assert [each["syntax"] for each in found["labels"]] == ["iso_15434", "key_values"]
    assert found["other_codes"] == ["https://example.org"]
    refused = say(ready, "evidence", "read", "two.jpg", "--from", "LCSC")
    assert refused.code == 2 and "--label N" in refused.err
    read(ready, "two.jpg", "--from", "LCSC", "--label", "2", "--new-party")
    (row,) = rows_of(ready, "transfer")
    assert (row.lot, row.quantity) == (None, 10)


def test_a_file_that_is_not_logged_is_read_but_is_no_source(ready: str, store: Path, tmp_path: Path) -> None:
    file = photograph(tmp_path / "bag.jpg", code("(01)09506000134352(10)ABC(30)12", gs1=True))
    found = read(ready, file)
    assert [(row["identifier"], row["value"]) for row in found["rows"]] == [
        ("01", "09506000134352"), ("10", "ABC"), ("30", "12")
    ]  # fmt: skip
    chip = component(ready, recovery(ready), "--marking", "LM358N")
    refused = say(ready, "evidence", "read", file, "--component", chip, "--from", "LCSC")
    assert refused.code == 2 and "provenance log photo" in refused.err
    assert rows_of(ready, "transfer") == []


def test_doors_that_stay_shut(reel: tuple[str, str], store: Path, tmp_path: Path) -> None:
    ready, chip = reel
    assert say(ready, "evidence", "read", "reel.jpg", "--max-tlp", "GREEN").code == 4
    empty = photograph(tmp_path / "none.jpg", seed=9)
    assert "No label of a bag or reel was read" in say(ready, "evidence", "read", empty).out
    say(ready, "log", "photo", empty, "--component", chip)
    assert say(ready, "evidence", "read", "none.jpg", "--from", "LCSC").code == 3
    assert say(ready, "evidence", "read", "gone.jpg").code == 4
    strict = photograph(tmp_path / "strict.jpg", code(enveloped(DIGIKEY)), seed=5)
    say(ready, "log", "photo", strict, "--component", chip, "--tlp", "RED")
    refused = say(ready, "evidence", "read", "strict.jpg", "--ask", "Texas Instruments")
    assert refused.code == 3 and "TLP:RED and may not be sent" in refused.err
    say(ready, "withdraw", chip, "--reason", "logged twice")
    refused = say(ready, "evidence", "read", "reel.jpg", "--from", "LCSC")
    assert refused.code == 3 and f"{chip} was withdrawn" in refused.err
    for file in store.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
            file.write_bytes(file.read_bytes() + b"x")
    assert say(ready, "evidence", "read", "strict.jpg").code == 7
    assert rows_of(ready, "transfer") == [] and rows_of(ready, "trace_request") == []


def test_a_reel_label_is_not_taken_for_a_label_of_ours(ready: str, store: Path, tmp_path: Path) -> None:
    text = enveloped([("1P", "LM358N"), ("1T", "C-12345-67890")])
    done = say(ready, "log", "photo", photograph(tmp_path / "bag.jpg", code(text)), "--format", "json")
    assert [row["questions"] for row in done.rows] == [[]]
