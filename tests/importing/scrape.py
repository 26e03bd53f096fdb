"""A scrape of the War & Sanctions portal in small: made-up rows, each fault of the real one among them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.sources.lists import GUR_HEADER, Row, gur_row, write_list
from tests.support.commands import Outcome

KH_101 = "Missile Kh-101 №7701700000001 (used on 02.01.2024)"
SHAHED = 'UAV "Shahed-136" №13999'
BAGET = 'Electronic computing machine "Baget-62-037" of the Kh-101 missile'
NEW_WEAPON = "Vympel-77 UAV"

ROWS: tuple[Row, ...] = (
    gur_row(101, "Amplifier AD8572A", "Analog Devices", "US", KH_101, category="analog"),
    gur_row(102, "Microcontroller С8051F120", "Silicon Laboratories", "US", KH_101, category="mcu"),
    gur_row(103, "(unspecified)", "Linear Technology Corporation (Analog Devices)", "US", KH_101),
    gur_row(104, "Regulator LM1117 2218", "Texas Instruments (TI)", "US", KH_101, category="regulator"),
    gur_row(105, "MOSFET IRF7413", "International Rectifier (Acme Widgets)", "US", SHAHED),
    gur_row(106, "Battery pack US18650VTC", "Murata Suppliers JSC CHIP AND SALSA", "JP", SHAHED),
    gur_row(
        107,
        "Engine SW100B",
        "Rotorwin Importers LLC AJAX IMPORT, BOREI JSC Foreign suppliers ORIENT TRADING CO., LTD",
        "CN",
        SHAHED,
        category="engine",
    ),
    gur_row(108, "Servo drive", "Not identified", "UNK", SHAHED, category="motor"),
    gur_row(109, "Relay SSR-40DD", "TESTEK CONTROLS CO., LTD", "TW", BAGET, category="passive"),
    gur_row(110, "(unspecified)", "ТЕХАS INSТRUМЕNТS", "UNK", BAGET),
    gur_row(111, "Module QX-1", "Quuxtronics", "UNK", NEW_WEAPON),
    gur_row(112, "ADC AD7606", "ANALOG DEVICES INC.", "US", NEW_WEAPON),
)

LAST_PAGE = ROWS[-3:]
"""What the scraper fetched again and again."""

SCRAPE = (*ROWS, *LAST_PAGE, *LAST_PAGE)


IMPORT = ("import", "gur-components", "--no-read")
"""Words of the import: these tests are about the list; markings are read in tests of their own."""


@dataclass(frozen=True)
class Scraped:
    """A database with the scrape in it, and what the command said of the import."""

    address: str
    outcome: Outcome


def write_scrape(folder: Path, rows: tuple[Row, ...] | list[Row] = SCRAPE, name: str = "scrape.csv") -> Path:
    """Writes rows in the scrape's columns."""
    return write_list(folder / name, rows, GUR_HEADER)


def changed(number: int, **cells: str) -> tuple[Row, ...]:
    """The rows with one of them changed."""
    key = f"gur-{number}"
    assert key in {row["component_id"] for row in ROWS}
    return tuple(row | cells if row["component_id"] == key else row for row in ROWS)
