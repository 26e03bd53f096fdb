"""Firms under the names that people write, and no firm or weapon out of a slip of the pen."""

from __future__ import annotations

import pytest

from provenance.schema.organizations import Organization
from tests.intake.desk import Desk, csv_text

KNOWN = {
    "ADI": "Analog Devices",
    "Analog Devices, Inc.": "Analog Devices",
    "TI": "Texas Instruments",
    "Texas Instr.": "Texas Instruments",
    "TEXAS INSTRUMENTS INC": "Texas Instruments",
    "ST": "STMicroelectronics",
    "STM": "STMicroelectronics",
    "NXP": "NXP Semiconductors",
    "Linear Tech": "Linear Technology",
    "ON Semi": "onsemi",
    "德州仪器": "Texas Instruments",
    "意法半导体": "STMicroelectronics",
    "Infineon Technologies AG": "Infineon",
    "Altera": "Altera",
    "Microsemi": "Microsemi",
    "Freescale": "Freescale Semiconductor",
    "u-blox AG": "u-blox",
}
"""Labels as people write them, and the firm that each is; a brand is itself, not who bought it."""


def test_makers_are_found_by_what_people_write(desk: Desk) -> None:
    before = desk.count(Organization)
    rows = [["Weapon", "Component", "Manufacturer"], *(["Kh-101", f"chip {name}", name] for name in KNOWN)]
    desk.take(csv_text(rows))
    found = dict(zip(KNOWN, (item.maker for item in desk.items()), strict=True))
    assert {name: firm for name, firm in found.items() if not firm or not firm.startswith(KNOWN[name])} == {}
    assert desk.count(Organization) == before


@pytest.mark.parametrize(
    "label", ["Board", "chip", "China", "USA", "Unknown", "no name", "не встановлено", "Китай"]
)
def test_what_is_no_firm_makes_none(desk: Desk, label: str) -> None:
    before = desk.count(Organization)
    answer = desk.take(csv_text([["Weapon", "Marking", "Manufacturer"], ["Kh-101", "AD7606BSTZ", label]]))
    assert answer.accounted == {"read": 1, "new": 1}
    assert desk.items()[0].maker is None
    assert desk.count(Organization) == before


def test_a_new_firm_and_a_new_weapon_are_listed_with_the_near_ones(desk: Desk) -> None:
    rows = [["Weapon", "Marking", "Manufacturer"], ["Kh-1O1", "AD7606BSTZ", "Analog Devises"]]
    answer = desk.take(csv_text(rows))
    near = {row["text"]: row["near"] or [] for row in answer.row["review"]}
    assert any("Analog Devices" in names for names in near.values()), answer.row["review"]
    assert any("Kh-101" in names for names in near.values()) or desk.wrecks()[0].weapon == "Kh-101"
