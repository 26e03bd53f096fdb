from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core import vocabulary as vocab
from provenance.text.partial_dates import format_span
from provenance.text.weapon_entries import (
    EntryDateKind,
    Extent,
    KindHint,
    SerialKind,
    WeaponEntry,
    read_entry,
)


def serials(entry: WeaponEntry) -> list[tuple[str, str]]:
    return [(serial.kind, serial.value) for serial in entry.serials]


def dates(entry: WeaponEntry) -> list[tuple[str, str]]:
    return [(found.kind, format_span(found.span)) for found in entry.dates]


def test_a_specimen_with_its_number_and_the_day_it_was_used() -> None:
    entry = read_entry("Missile Kh-555 №3152630000001 (used on 03.02.2024)")
    assert entry.designation_text == "Kh-555"
    assert entry.kind_hint == "missile"
    assert entry.extent == "specimen"
    assert serials(entry) == [("serial", "3152630000001")]
    assert dates(entry) == [("used", "2024-02-03")]
    assert entry.dates[0].as_written == "used on 03.02.2024"
    assert entry.place is None


def test_the_caller_says_whether_day_or_month_comes_first() -> None:
    assert dates(read_entry("Missile Kh-22 (used on 03.02.2024)", day_first=False)) == [
        ("used", "2024-03-02")
    ]


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("Missile Kh-22 No.3920600000001", ("serial", "3920600000001")),
        ("Missile Kh-22 № 3920600000001", ("serial", "3920600000001")),
        ("Orlan-30 UAV No. 10662", ("serial", "10662")),
        ("Orlan-30 UAV No 10662", ("serial", "10662")),
        ("Granat UAV №204", ("serial", "204")),
        ("Encryption equipment T-240 №163А-000001", ("serial", "163А-000001")),
        ("Cargo truck ZSA-X \"Topaz\" No. Z00000001М0000002", ("serial", "Z00000001М0000002")),
        ('UAV "Merlin", Tail Number 20111', ("tail", "20111")),
        ('UAV "Supercam S150", tail number 2308S150FFC00001', ("tail", "2308S150FFC00001")),
        ('UAV "GERAN-1" (Shahed-131) Ы-1999', ("tail", "Ы-1999")),
        ("GERAN-1 (Shahed-131) ЬІ-9001", ("tail", "ЬІ-9001")),
        ("Geran-1 UAV (К-0203)", ("tail", "К-0203")),
        ('"Typhoon-U" (chassis serial number ХТС 437040H0000001)', ("chassis", "ХТС 437040H0000001")),
        ("Sigma (CBTS.600000, sample No.4)", ("sample", "4")),
        ("Navigation equipment Sirius (sample 3)", ("sample", "3")),
    ],
)  # fmt: skip
def test_what_the_text_itself_calls_a_number_names_a_specimen(text: str, serial: tuple[str, str]) -> None:
    entry = read_entry(text)
    assert serials(entry) == [serial]
    assert entry.extent == "specimen"


@pytest.mark.parametrize(
    "text",
    [
        'Missile Kh-47M3 "Klinok" (9-S-7799)',
        "Sigma (CBTS.600000)",
        "Albatross loitering munition (Izdeliye-77)",
        "Portable receiver-indicator 14Ц829",
        "Shahed-131 (GERAN-1) MS007",
        "Shahed-131 UAV (157 components)",
        "R-171V Exciter of HF-VHF radio transmitters \"Artek-Vega\" (ЦЛ2.209.777)",
        "Missile Х-101",
        'Missile "Kalibr" Х-555',
        "300 mm 9M555 MLRS guided missile",
        "Missile Kh-59 (used in 2024)",
    ],
)  # fmt: skip
def test_model_codes_counts_and_dates_name_no_specimen(text: str) -> None:
    entry = read_entry(text)
    assert entry.serials == ()
    assert entry.extent == "model"


def test_two_numbers_are_several_specimens() -> None:
    entry = read_entry("Missile Kh-38 (No.9504510000003 and No.9504510000014)")
    assert entry.extent == "several"
    assert serials(entry) == [("serial", "9504510000003"), ("serial", "9504510000014")]


def test_a_serial_and_a_tail_number_of_one_airframe_are_one_specimen() -> None:
    assert read_entry("Orlan-30 UAV, serial No. 771, tail number 10332").extent == "specimen"


@pytest.mark.parametrize(
    "text", ["Components from other Kh-555 missiles", "Kh-555 missiles", "Two Shahed-131 UAVs"]
)
def test_a_plural_pools_several(text: str) -> None:
    assert read_entry(text).extent == "several"


def test_a_plural_inside_a_description_is_not_a_plural() -> None:
    assert read_entry('Simulator of manoeuvring air targets type E77M "FOBOS"').extent == "model"


def test_parts_of_one_weapon_or_of_an_unnamed_one_leave_the_extent_open() -> None:
    assert read_entry("Components of the Kh-555 missile").extent == "unstated"
    assert read_entry("Equipment of external communication and control").extent == "unstated"


@pytest.mark.parametrize(
    ("text", "unit", "host", "kind"),
    [
        ('Computing machine "Baget-99-001" of the Kh-555 missile', "Baget-99-001", "Kh-555", "missile"),
        ('Electronic computer "Zond-83" from the X-32 "Buran" missile', "Zond-83", "X-32 Buran", "missile"),
        ("Active radar homing head ARGS-35 of the 3M-24 Uran missile", "ARGS-35", "3M-24 Uran", "missile"),
        ('CRP-antenna of UAV "Shahed-131"', "CRP-antenna", "Shahed-131", "drone"),
        ('Optical system QIR90 of "Merlin" UAV', "QIR90", "Merlin", "drone"),
        ("Jammer from the Oniks aviation missile system, codename S300A1-2", "S300A1-2", "Oniks", "missile"),
        ('Surveillance system of the "Sharp Eye" of the Falcon UAV', "Sharp Eye", "Falcon", "drone"),
        ('Hardware machine of the automated mobile complex "Torn"', "Hardware machine", "Torn", None),
        (
            'Automated workplace of the 1B1099 command vehicle of the 1B199 "Mortar" complex',
            "Automated workplace", "1B1099", "command",
        ),
    ],
)  # fmt: skip
def test_a_unit_is_separated_from_its_weapon(text: str, unit: str, host: str, kind: str | None) -> None:
    entry = read_entry(text)
    assert (entry.extent, entry.unit_text, entry.host_text) == ("unit", unit, host)
    assert entry.designation_text == host
    assert entry.kind_hint == kind
    assert unit in entry.unit_candidates
    assert unit not in entry.candidates


@pytest.mark.parametrize(
    ("text", "designation"),
    [
        ("9M728 cruise missile from the Iskander-K missile system", "9M728"),
        ("FPV drone of the airplane type Privet-82", "Privet-82"),
        ("Small-sized laser device of the scout LPR-9", "LPR-9"),
        ("Block of automation of communication management BAUS9", "BAUS9"),
        ('Basic set of the reconnaissance complex of military intelligence KRUX "Lucznik"', "KRUX Lucznik"),
        ("Portable radar for reconnaissance of ground targets 1L299", "1L299"),
    ],
)
def test_not_every_of_parts_a_unit_from_a_weapon(text: str, designation: str) -> None:
    entry = read_entry(text)
    assert entry.extent == "model"
    assert entry.unit_text is None
    assert entry.designation_text == designation


def test_a_whole_weapon_keeps_the_system_it_belongs_to_as_a_last_candidate() -> None:
    entry = read_entry("9M728 cruise missile from the Iskander-K missile system")
    assert entry.candidates[0] == "9M728"
    assert "Iskander-K" in entry.candidates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Missile Kh-59MK (used from March 2022)", ("used", "from 2022-03")),
        ("Missile Kh-59MK (usage from June 2022)", ("used", "from 2022-06")),
        ('UAV "Shahed-131" (use in 2025)', ("used", "2025")),
        ("Zala 421-08 UAV (captured in April 2022)", ("captured", "2022-04")),
        ("Missile 3M-54 Kalibr (produced not earlier than 2021)", ("produced", "from 2021")),
        ("Missile Kh-555 (produced 1Q2023)", ("produced", "2023-Q1")),
        ("Navigation system SN-77 (produced in March 2023)", ("produced", "2023-03")),
        ('"Uragan" 9M27 MLRS guided missile (researched in May 2024)', ("examined", "2024-05")),
        ("Kh-22 missile, found on 13.12.2023", ("recovered", "2023-12-13")),
        ("Kh-22 missile (published 13.12.2023)", ("published", "2023-12-13")),
        ("Orlan-30 UAV (May 2022)", ("unstated", "2022-05")),
    ],
)
def test_a_date_is_of_the_kind_that_its_word_says(text: str, found: tuple[str, str]) -> None:
    assert dates(read_entry(text)) == [found]


def test_a_capitalised_word_beside_a_date_is_a_place() -> None:
    entry = read_entry('Missile 9M728 "Iskander-K" (Poltava, 19.08.2023)')
    assert entry.place == "Poltava"
    assert dates(entry) == [("unstated", "2023-08-19")]
    assert "Poltava" not in entry.candidates
    assert read_entry("UAV BM-77 (recovered in Sumy on 03.02.2024)").place == "Sumy"


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ('UAV "GERAN-1" (Shahed-131) (K series)', "K series"),
        ('Geran-1 UAV (series "Э", with R-73 missile)', 'series "Э", with R-73 missile'),
        ('UAV "GERAN-1" (Shahed-131) black', "black"),
        ("Shahed-131 (GERAN-1) MS007", "MS007"),
        (
            'BMP-9 "Kurgan" combat vehicle with the combat module "Berezhok"',
            'with the combat module "Berezhok"',
        ),
        ("Navigation system of the russian-made Shahed-131 UAV", "russian-made"),
        ("Shahed-131 UAV", None),
    ],
)
def test_words_that_tell_a_variant(text: str, variant: str | None) -> None:
    assert read_entry(text).variant == variant


def test_a_variants_names_are_not_candidates() -> None:
    entry = read_entry('BMP-9 "Kurgan" combat vehicle with the combat module "Berezhok"')
    assert "Berezhok" not in " ".join(entry.candidates)
    explained = read_entry("MC9 (provides: Support for protocols of R-168-25U-2, R-168-5UV, etc)")
    assert explained.candidates == ("MC9",)


@pytest.mark.parametrize(
    ("text", "designation", "others"),
    [
        ('Missile Kh-47M2 "Kinzhal" (9-S-7760)', "Kh-47M2 Kinzhal", ["Kh-47M2", "Kinzhal", "9-S-7760"]),
        ('Receiver-indicator "GROT-X" (index 14Ц899, No. 7500000001)', "GROT-X", ["14Ц899"]),
        ('Portable VHF radio station R-160 Code "Arbat-5UN"', "R-160", ["Arbat-5UN"]),
        ('Portable radio station R-390, code "Acorn" №35160001', "R-390", ["Acorn"]),
        ("Gliding and correction module extended range (UMPK-X)", "UMPK-X", []),
        (
            'Combat vehicle BM 9A999 tactical anti-aircraft missile complex "TOR-X"',
            "BM 9A999",
            ["9A999", "TOR-X"],
        ),
        ("Automated radio jamming station R-378 BMW", "R-378 BMW", []),
        ("Zala 421-08 UAV", "Zala 421-08", ["421-08"]),
        ("Knyaz Igor Svyatoslavich UAV", "Knyaz Igor Svyatoslavich", []),
        ("All-day wearable reconnaissance device VNPR 1PN199", "VNPR 1PN199", ["1PN199"]),
        ("The Silok-07 electronic warfare (EW) system.", "Silok-07", []),
        ("Barrage munition with artificial intelligence V3U", "V3U", []),
        ("Elbrus personal electronic computing machine", "Elbrus", []),
    ],
)
def test_names_and_the_further_strings_to_try(text: str, designation: str, others: list[str]) -> None:
    entry = read_entry(text)
    assert entry.designation_text == designation
    assert designation in entry.candidates
    assert set(others) <= set(entry.candidates)


def test_a_code_is_not_torn_from_the_letters_that_belong_to_it() -> None:
    assert "R-378" not in read_entry("Automated radio jamming station R-378 BMW").candidates


def test_a_name_that_decides_nothing_alone_is_offered_with_its_noun_and_kind() -> None:
    assert {"ORION uav system", "ORION drone"} <= set(read_entry("ORION UAV system").candidates)
    assert "Orion navigation equipment" in read_entry("Navigation equipment Orion").candidates


def test_a_name_with_its_second_name_is_tried_first() -> None:
    assert read_entry('UAV "GERAN-1" (Shahed-131) Ы-1999').candidates[0] == "GERAN-1 (Shahed-131)"


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Ballistic missile KN-23/KN-24", "KN-23/KN-24"),
        ("Ballistic missile KN-23 / KN-24", "KN-23 / KN-24"),
        ("KN-23 or KN-24 ballistic missile", "KN-23 / KN-24"),
        ('Remote control radar 1L111 "Fara" / radar 1L277 "Sobol"', "1L111 Fara / 1L277 Sobol"),
    ],
)
def test_of_two_alternatives_neither_is_claimed(text: str, together: str) -> None:
    entry = read_entry(text)
    assert entry.designation_text == together
    assert not {"KN-23", "KN-24", "1L111", "1L277", "Fara", "Sobol"} & set(entry.candidates)


@pytest.mark.parametrize("text", ["", "  ", "."])
def test_a_blank_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="blank"):
        read_entry(text)


def test_the_words_used_are_those_of_the_model() -> None:
    assert set(get_args(KindHint)) == {kind.value for kind in vocab.WeaponKind}
    assert set(get_args(Extent)) == {extent.value for extent in vocab.Extent}
    assert set(get_args(SerialKind)) == {kind.value for kind in vocab.SerialKind}
    assert set(get_args(EntryDateKind)) == {kind.value for kind in vocab.RecoveryDateKind}


@given(st.text(max_size=80).filter(lambda text: any(map(str.isalnum, text))))
def test_any_text_with_a_letter_or_digit_gives_a_name_and_a_candidate(text: str) -> None:
    entry = read_entry(text)
    assert entry.designation_text
    assert entry.candidates
    assert entry.text == text


@given(
    st.sampled_from(["Missile Kh-555", "Orlan-30 UAV", 'UAV "Merlin"', "Navigation system SN-77"]),
    st.integers(100, 10**13),
)
def test_a_number_after_its_sign_is_always_that_number(name: str, number: int) -> None:
    entry = read_entry(f"{name} №{number}")
    assert serials(entry) == [("serial", str(number))]
    assert entry.designation_text == read_entry(name).designation_text


LINK = "Linked weapon as published by GUR: "


def published_names() -> list[str]:
    default = Path(__file__).parents[2].parent / "shared" / "data"
    folder = Path(os.environ.get("PROVENANCE_REAL_DATA", default))
    file = folder / "components" / "gur_components.csv"
    if not file.is_file():
        pytest.skip(f"the published list is not here: {file} (set PROVENANCE_REAL_DATA)")
    with file.open(encoding="utf-8", newline="") as rows:
        return sorted({row["notes"].removeprefix(LINK) for row in csv.DictReader(rows)})


def test_the_published_list_reads_as_it_was_read_by_eye() -> None:
    entries = [read_entry(name) for name in published_names()]
    assert len(entries) == 152
    assert all(entry.designation_text in (*entry.candidates, entry.text.rstrip(".")) for entry in entries)
    assert Counter(entry.extent for entry in entries) == {
        "model": 104, "specimen": 33, "unit": 12, "several": 2, "unstated": 1,
    }  # fmt: skip
    assert Counter(found.kind for entry in entries for found in entry.dates) == {
        "used": 4, "unstated": 5, "produced": 3, "examined": 2, "captured": 1,
    }  # fmt: skip
    assert [entry.place for entry in entries if entry.place] == ["Chernihiv"]
    assert Counter(serial.kind for entry in entries for serial in entry.serials) == {
        "serial": 22, "tail": 7, "sample": 5, "chassis": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "weapon", "serial"),
    [
        ('UAV "Gerbera", Tail Number ЫЫ 748', "Gerbera", ("tail", "ЫЫ 748")),
        ("Gerbera UAV Tail Number ЫЫ 748", "Gerbera", ("tail", "ЫЫ 748")),
        ("Lancet-3 56. 024Z111 525", "Lancet-3", ("serial", "56. 024Z111 525")),
        ('UAV "Lancet-3" 56. 024Z111 525', "Lancet-3", ("serial", "56. 024Z111 525")),
    ],
)
def test_a_number_in_groups_is_the_specimens(text: str, weapon: str, serial: tuple[str, str]) -> None:
    entry = read_entry(text)
    assert (entry.designation_text, entry.extent, serials(entry)) == (weapon, "specimen", [serial])


@pytest.mark.parametrize("text", ["Zala 421 16", "Kh-47 M2 3", "R-330 BMW", '122 mm MLRS 9K51 "Tornado-G"'])
def test_a_model_with_a_version_is_no_number(text: str) -> None:
    assert serials(read_entry(text)) == []
