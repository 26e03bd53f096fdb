"""The guided form on a real terminal, in both languages, as somebody at a wreck meets it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from tests.importing.state import rows_of
from tests.support.dialogue import ENGLISH, UKRAINIAN, Dialogue
from tests.support.field_log import only, recovery, standing

pexpect = pytest.importorskip("pexpect", reason="needs a pseudo-terminal")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture
def spoken(fresh: str) -> Iterator[str]:
    """A database for one dialogue."""
    yield fresh


def test_a_recovery_in_ukrainian(spoken: str) -> None:
    form = Dialogue(spoken, ["log", "recovery"], UKRAINIAN)
    form.answer("Зброя", "Герань-2")
    form.answer("Серійний номер", "Ы-1276")
    form.answer("Дата застосування", "31.02.2024")
    form.child.expect("Не зрозуміло: дата")
    form.answer("Дата застосування", "15.05.2024")
    form.answer("Дата знахідки", "?")
    form.answer("Місце", "95.1, 36.2")
    form.child.expect("в межах земної кулі")
    form.answer("Місце", "49,9935; 36,2304")
    form.answer("Точність координат", "30")
    form.answer("Країна", "Україна")
    form.answer("Позначка TLP", "2")
    form.answer("Примітка", "")
    form.child.expect("Як потрапило на дослідження: знайдено на полі бою")
    form.answer("Записати", "так")
    assert re.search(r"R-[0-9A-Z]{5}-[0-9A-Z]{5}", form.end())
    row = only(spoken, "recovery")
    assert (row.country, row.tlp, row.note) == ("UA", "GREEN", None)
    assert [(dated.kind, str(dated.earliest)) for dated in rows_of(spoken, "recovery_date")] == [
        ("used", "2024-05-15")
    ]
    assert only(spoken, "recovery_position").precision_m == 30


def test_a_component_in_english_with_a_candidate_chosen_by_number(spoken: str) -> None:
    recovery(spoken)
    form = Dialogue(spoken, ["log", "component"], ENGLISH)
    form.answer("Recovery", "")  # the last one is offered
    form.answer("Unit", "Board 1")
    form.answer("Marking (//", "AD7606BSTZ // #2135")
    form.child.expect("1  Analog Devices AD7606BSTZ")
    form.answer("Which one", "7")
    form.child.expect("Not understood: 1 –")
    form.answer("Which one", "1")
    form.answer("How certain", "confirmed")
    form.answer("Number of pieces", "2")
    form.answer("Serial number of the component", "")
    form.answer("Authenticity", "?")
    form.answer("TLP mark", "")
    form.answer("Note", "")
    form.answer("Basis (", "?")
    form.answer("Basis (", "read under a microscope")
    form.answer("Log it", "")
    assert "C-" in form.end()
    (part,) = standing(spoken, "identification")
    assert (part.as_written, part.status, part.method) == (
        "AD7606BSTZ",
        "confirmed",
        "read under a microscope",
    )
    row = only(spoken, "component")
    assert (row.marking, row.pieces, row.authenticity) == ("AD7606BSTZ\n#2135", 2, None)


@pytest.mark.parametrize(
    ("language", "saving", "no"), [(ENGLISH, "Log it", "n"), (UKRAINIAN, "Записати", "н")]
)
def test_no_means_no_in_both_languages(spoken: str, language: str, saving: str, no: str) -> None:
    ref = recovery(spoken)
    unit, serial, kind, note = {
        ENGLISH: ("Name of the unit", "Serial number", "Unit type", "Note"),
        UKRAINIAN: ("Назва блока", "Серійний номер", "Тип блока", "Примітка"),
    }[language]
    form = Dialogue(spoken, ["log", "unit", "--recovery", ref], language)
    form.answer(unit, "Board 1")
    form.answer(kind, "?")
    form.answer(serial, "")
    form.answer(note, "")
    form.answer(saving, no)
    form.child.expect(pexpect.EOF)
    form.child.close()
    assert form.child.exitstatus != 0
    assert rows_of(spoken, "unit") == []


def test_what_a_flag_says_is_not_asked(spoken: str) -> None:
    words = [
        "log",
        "seizure",
        "--guided",
        "--authority",
        "Митниця",
        "--from-country",
        "CN",
        "--to-country",
        "RU",
    ]
    form = Dialogue(spoken, words, UKRAINIAN)
    form.says_new("Митниця")
    form.answer("Дата вилучення", "2094")
    form.answer("Пункт пропуску", "Вільнюс")
    form.answer("Напрям переміщення", "транзит")
    form.answer("Відправник", "?")
    form.answer("Одержувач", "ТОВ Зет")
    form.says_new("ТОВ Зет")
    form.answer("Товар", "іграшки")
    form.answer("Митний код", "9503")
    form.child.expect("шість цифр")
    form.answer("Митний код", "950300")
    form.answer("TLP", "")
    form.answer("Примітка", "")
    form.answer("Записати", "т")
    form.answer("ще попереду", "yes")
    said = form.end()
    assert "R-" in said
    row = only(spoken, "seizure")
    assert (row.movement, row.from_country, row.to_country, row.hs6) == ("transit", "CN", "RU", "950300")
    assert (row.consignor_id, row.consignor_as_written, row.consignee_as_written) == (None, None, "ТОВ Зет")


def test_completion_comes_from_the_database(spoken: str) -> None:
    form = Dialogue(spoken, ["log", "recovery"], ENGLISH, terminal="xterm")
    form.child.expect("Weapon")
    form.child.send("Герань-\t")
    form.child.expect(r"Geran-\d")  # names in any script, by how they sound
    form.child.sendcontrol("c")
    form.child.expect(pexpect.EOF)
    assert rows_of(spoken, "recovery") == []
    # What was handed over, and by whom, comes from there as well.
    ref = recovery(spoken)
    form = Dialogue(spoken, ["log", "custody"], UKRAINIAN, terminal="xterm")
    form.child.expect("Що передано")
    form.child.send("R-\t")
    form.child.expect(ref)
    form.child.send("\r")
    form.child.expect("Коли")
    form.child.sendcontrol("c")
    form.child.expect(pexpect.EOF)
    assert rows_of(spoken, "custody_event") == []


def test_fast_mode_echoes_and_takes_back(spoken: str) -> None:
    form = Dialogue(spoken, ["log", "components", "--recovery", recovery(spoken)], UKRAINIAN)
    form.child.expect("Один компонент на рядок")
    for line, echo in (
        ("U1 | TMS320C6416TGLZ | 1", "Texas Instruments TMS320C6416TGLZ"),
        ('" | LT1086', "U1  LT1086"),
        ('" | LT1086', "U1  LT1086"),
        ("скасувати", "скасовано"),
        ("U1 | X | 0", "Не записано"),
    ):
        form.child.expect("> $")
        form.child.sendline(line)
        form.child.expect(echo)
    form.child.expect("> $")
    form.child.sendline("кінець")
    assert "Записано: 3" in form.end()
    # Typed twice, it is there twice.
    assert [row.withdrawn_at is None for row in rows_of(spoken, "component")] == [True, True, False]


def test_a_misspelt_weapon_among_complete_options_is_asked_about_on_a_terminal(spoken: str) -> None:
    words = ["log", "recovery", "--weapon", "Shahad-136", "--used", "2024-05-03"]
    form = Dialogue(spoken, words, ENGLISH)
    form.child.expect("No record is called Shahad-136. Did you mean:")
    form.child.expect("1  Shahed-136")
    form.child.expect("none of them: create a new, unverified record Shahad-136")
    form.answer("Which one", "1")
    form.end()
    assert [row.designation for row in rows_of(spoken, "weapon_system") if not row.from_seed] == []
    assert only(spoken, "recovery").label == "Shahed-136, 2024-05-03"
