"""A day in a hangar, in both languages: a whole wreck logged, got wrong and put right, nothing withdrawn."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.photographs import take
from tests.importing.state import rows_of
from tests.support.dialogue import ENGLISH, UKRAINIAN, Dialogue
from tests.support.field_log import ref_of, say
from tests.support.reel_labels import DIGIKEY, code, enveloped, photograph

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

QUESTIONS: Mapping[str, Mapping[str, str]] = {
    ENGLISH: {
        "weapon": "Weapon",
        "serial": "Serial number",
        "used": "Used on",
        "recovered": "Recovered on",
        "place": "Place",
        "country": "Country",
        "tlp": "TLP mark",
        "note": "Note",
        "save": "Log it",
        "amend": "Amend it",
        "why": "Reason for the correction",
        "extent": "Extent",
        "kind": "How it was obtained",
        "name": "Its name",
        "recovery": "Recovery",
        "unit": "Unit (board)",
        "marking": "Marking (//",
        "pieces": "Number of pieces",
        "component_serial": "Serial number of the component",
        "authenticity": "Authenticity",
        "from": "Sender",
        "to": "Recipient",
        "item": "The item itself",
        "part": "Part number",
        "lot": "Lot code",
        "quantity": "Quantity",
        "date": "Date of the transfer",
        "document": "Number of the document",
        "source": "Source (its key",
    },
    UKRAINIAN: {
        "weapon": "Зброя",
        "serial": "Серійний номер",
        "used": "Дата застосування",
        "recovered": "Дата знахідки",
        "place": "Місце",
        "country": "Країна",
        "tlp": "Позначка TLP",
        "note": "Примітка",
        "save": "Записати",
        "amend": "Виправити",
        "why": "Причина виправлення",
        "extent": "Обсяг",
        "kind": "Як потрапило",
        "name": "Назва знахідки",
        "recovery": "Знахідка",
        "unit": "Блок",
        "marking": "Маркування (//",
        "pieces": "Кількість",
        "component_serial": "Серійний номер самого",
        "authenticity": "Справжність",
        "from": "Відправник",
        "to": "Отримувач",
        "item": "Сам предмет",
        "part": "Номер деталі",
        "lot": "Код партії",
        "quantity": "Кількість",
        "date": "Дата передачі",
        "document": "Номер документа",
        "source": "Джерело (його ключ",
    },
}


class Hangar:
    """One person with a terminal, in one language."""

    def __init__(self, address: str, language: str, folder: Path) -> None:
        self.address = address
        self.folder = folder
        self.language = language
        self._asks = QUESTIONS[language]

    def form(self, *words: str) -> Dialogue:
        """A form that has begun."""
        return Dialogue(self.address, words, self.language)

    def answer(self, form: Dialogue, **answers: str) -> None:
        """Answers questions in this order."""
        for name, text in answers.items():
            form.answer(self._asks[name.rstrip("_")], text)

    def say(self, *words: str | Path) -> Any:
        """What a command says that asks nothing."""
        done = say(self.address, *words)
        assert done.code == 0, done.err
        return done


@pytest.fixture(params=[ENGLISH, UKRAINIAN], ids=["English", "Ukrainian"])
def hangar(fresh: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hangar]:
    """A hangar with an empty log."""
    yield Hangar(fresh, request.param, tmp_path)


def log_the_wreck(hangar: Hangar) -> str:
    """A recovery by form: a step back for the weapon, a number for the date, before it is saved."""
    form = hangar.form("log", "recovery")
    hangar.answer(form, weapon="Kh-55", serial="<")
    hangar.answer(form, weapon="Kh-101", serial="77", used="2024-01-02", recovered="?", place="Kharkiv")
    hangar.answer(form, country="UA", tlp="", note="in a barn")
    form.child.expect(r"(\d+)  [^\n]*: 2024-01-02")
    number = form.child.match.group(1)
    hangar.answer(form, save=number)
    hangar.answer(form, used="2024-01-03", save="")
    found = re.search(r"R-[0-9A-Z]{5}-[0-9A-Z]{5}", form.end())
    assert found is not None
    return found[0]


def log_the_board(hangar: Hangar, ref: str) -> list[str]:
    """Three components of a board as fast as they can be typed; the second is of another wreck."""
    file = hangar.folder / "board.txt"
    file.write_text("U1 | TMS320C6416TGLZ | 1\nU1 | MAX3232ECD // 2231 | 2\nU1 | LM358N | 1\n", "utf-8")
    done = hangar.say("log", "components", "--recovery", ref, "--file", file, "--format", "jsonl")
    return [line["component_ref"] for line in done.lines]


def amend_the_marking(hangar: Hangar, ref: str) -> None:
    """A component by form: only marking and pieces change, Enter keeps the rest, a step back on the way."""
    form = hangar.form("amend", ref)
    hangar.answer(form, recovery="", unit="", marking="AD7606BSTZ // #2135", pieces="<")
    hangar.answer(
        form,
        marking="AD7606BSTZ-RL // #2135",
        pieces="4",
        component_serial="",
        authenticity="",
        tlp="",
        note="",
    )
    hangar.answer(form, why="read under a microscope", amend="")
    form.end()


def amend_the_number(hangar: Hangar, ref: str) -> None:
    """A recovery by form: the number; everything else is kept by Enter."""
    form = hangar.form("amend", ref)
    hangar.answer(form, weapon="", serial="78", used="", recovered="", place="", country="", tlp="", note="")
    hangar.answer(form, extent="", kind="", name="", why="the plate was dirty", amend="")
    form.end()


def photograph_the_board(hangar: Hangar, chip: str) -> str:
    """Four photos of a component tagged at once, one of the bag that lay beside it; the bag's photo."""
    card = hangar.folder / "card"
    for number in range(1, 5):
        take(card / f"IMG_000{number}.jpg", number)
    photograph(card / "IMG_0005.jpg", code(enveloped(DIGIKEY)))
    hangar.say("log", "photos", card)
    hangar.say("evidence", "tag", "IMG_0001..IMG_0005", "--component", chip, "--face", "зверху")
    hangar.say("evidence", "tag", "IMG_0002", "--face", "marking")
    tagged = hangar.say("evidence", "tag", "IMG_*", "--format", "json").rows
    assert [(row["record"], row["views"]) for row in tagged] == [
        (chip, ["top", "marking"] if row["file"] == "IMG_0002.jpg" else ["top"]) for row in tagged
    ]
    return "IMG_0005.jpg"


def transfer_the_lot(hangar: Hangar, chip: str) -> str:
    """A transfer by form, which is left half-way and gone on with: a step back for the recipient."""
    form = hangar.form("log", "transfer")
    hangar.answer(form, from_="Acme Components|broker|HK", to="OOO Zapad", item="<")
    hangar.answer(form, to="OOO Vostok", item=chip, part="?")
    form.child.expect(QUESTIONS[hangar.language]["lot"])
    form.child.sendintr()
    form.child.expect("provenance log transfer --guided")
    form.child.close()
    form = hangar.form("log", "transfer")
    form.child.expect("OOO Vostok")
    form.child.sendline("")
    hangar.answer(form, lot="2100114366", quantity="?", date="2023-05", document="?", source="ours")
    hangar.answer(form, tlp="", note="?", save="")
    found = re.search(r"T-[0-9A-Z]{5}-[0-9A-Z]{5}", form.end())
    assert found is not None
    return found[0]


def test_one_whole_wreck(hangar: Hangar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_STORE", str(hangar.folder / "store"))
    monkeypatch.setenv("PROVENANCE_DRAFTS", str(hangar.folder / "drafts"))
    ref = log_the_wreck(hangar)
    first, strange, third = log_the_board(hangar, ref)
    other = ("log", "recovery", "--weapon", "Kh-55", "--used", "2024-02-02", "--format", "jsonl")
    elsewhere = ref_of(hangar.say(*other))
    bag = photograph_the_board(hangar, first)
    seller = ("--from", "Digi-Key|authorised_distributor|US", "--ask", "Texas Instruments")
    done = hangar.say("evidence", "read", bag, *seller, "--format", "json").json
    assert done["component"] == first and done["transfer"] and len(done["requests"]) == 1
    moved_by = transfer_the_lot(hangar, first)
    hangar.say("amend", moved_by, "quantity=500", "--reason", "on the second page")
    hangar.say("label", ref, first, "--out", hangar.folder / "labels.pdf")

    amend_the_marking(hangar, first)
    amend_the_number(hangar, ref)
    hangar.say("move", strange, "--to", elsewhere, "--unit", "Navigation", "--reason", "bags swapped")
    hangar.say("amend", third, "pieces=3", "note=beside the connector", "--reason", "miscounted")

    (wreck,) = hangar.say("show", ref, "--format", "json").rows
    assert (wreck["title"], wreck["place"], wreck["note"]) == ("Kh-101 78", "Kharkiv", "in a barn")
    assert [each["date"] for each in wreck["dates"]] == ["2024-01-03"]
    assert [each["ref"] for each in wreck["components"]] == [first, third]
    (chip,) = hangar.say("show", first, "--format", "json").rows
    assert (chip["marking"], chip["pieces"], chip["unit"]) == ("AD7606BSTZ-RL\n#2135", 4, "U1")
    assert [each["as_written"] for each in chip["parts"] if each["current"]] == ["AD7606BSTZ-RL"]
    (moved,) = hangar.say("show", strange, "--format", "json").rows
    assert (moved["recovery"]["ref"], moved["unit"]) == (elsewhere, "Navigation")
    assert len(rows_of(hangar.address, "transfer")) == 3  # the label's, and the one that was stated anew
    for name in ("recovery", "component", "unit"):
        assert [row.withdrawn_at for row in rows_of(hangar.address, name)] == [None] * len(
            rows_of(hangar.address, name)
        )
    told = [row["action"] for row in hangar.say("history", first, "--format", "json").rows]
    assert told[0] == "entered" and told[-2:] == ["label_printed", "amended"]
    assert told.count("label_printed") == 1
