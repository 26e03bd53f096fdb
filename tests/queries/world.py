"""A small made-up world of finds, told as a list that somebody imports, with answers known by hand.

Nine recoveries. Counted by default are W1 to W5 and W9: missiles and drones.

=====  ==========================  =======================  ============================
       weapon                      when                     why it is here
=====  ==========================  =======================  ============================
W1     Kh-101, serial 7001         recovered 2023-02-10     the best examined one
W2     Kh-101, serial 7002         used 2024-01-02          a use stands in for a find
W3     Lancet-3, tail L-33         recovered in 2023-05     a coarse date in one quarter
W4     Lancet, variant not known   never said               undated
W5     Geran-2, tail Ы-1276        captured 2022-09-15      a capture is a find
W6     R-330Zh Zhitel              recovered 2022-06-01     electronic warfare: another kind
W7     Kh-101                      recovered 2023-08-01     a seizure: never counts
W8     (Baget computer)            recovered 2023-08-01     a unit; its weapon is not named
W9     Kh-59, variant not known    used in 2023             too coarse for a quarter
=====  ==========================  =======================  ============================
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sources.lists import Row, write_list
from tests.support.commands import Outcome, run

_HEADER = (
    "id",
    "recovery",
    "weapon",
    "serial",
    "tail",
    "recovered",
    "used",
    "captured",
    "recovery_kind",
    "maker",
    "maker_country",
    "mpn",
    "marking",
    "date_code",
    "made",
    "pieces",
    "category",
    "hs6",
    "authenticity",
    "credibility",
    "published",
)

RECOVERIES: dict[str, Row] = {
    "W1": {"weapon": "Kh-101", "serial": "7001", "recovered": "2023-02-10"},
    "W2": {"weapon": "Х-101", "serial": "7002", "used": "2024-01-02"},
    "W3": {"weapon": "Lancet-3", "tail": "L-33", "recovered": "2023-05"},
    "W4": {"weapon": "Ланцет"},
    "W5": {"weapon": "Герань-2", "tail": "Ы-1276", "captured": "2022-09-15"},
    "W6": {"weapon": "R-330Zh Zhitel", "recovered": "2022-06-01"},
    "W7": {"weapon": "Kh-101", "recovered": "2023-08-01", "recovery_kind": "seizure"},
    "W8": {"weapon": "Baget-62-037", "recovered": "2023-08-01"},
    "W9": {"weapon": "Kh-59", "used": "2023"},
}


def row(key: str, recovery: str, maker: str, mpn: str, **more: str) -> Row:
    """A row of the list: a component of one of the recoveries."""
    found = {"id": key, "recovery": recovery, "maker": maker, "mpn": mpn}
    return dict.fromkeys(_HEADER, "") | RECOVERIES[recovery] | found | more


ROWS: tuple[Row, ...] = (
    row(
        "c1",
        "W1",
        "Analog Devices",
        "AD8572",
        date_code="1935",
        category="analog",
        hs6="854233",
        credibility="2",
        published="2023-06",
    ),
    row("c2", "W1", "Analog Devices, Inc.", "AD7606", category="analog", hs6="854239"),
    row(
        "c3",
        "W2",
        "ANALOG DEVICES",
        "AD8572",
        date_code="2235",
        hs6="854233",
        credibility="1",
        published="2024-05-10",
    ),
    row("c4", "W5", "Analog Devices", "", marking="ZKW 4/81", made="2022-02"),
    row(
        "c5",
        "W1",
        "Texas Instruments",
        "LM1117",
        pieces="3",
        category="regulator",
        hs6="854239",
        credibility="3",
    ),
    row("c6", "W2", "TI", "LM1117", category="regulator"),
    row("c7", "W3", "Texas Instruments", "TMS320", date_code="2301", category="processor", hs6="854231"),
    row("c8", "W3", "Texas Instruments", "TMS320", authenticity="suspect"),
    row("c9", "W1", "Maxim Integrated", "MAX232", made="2020-05"),
    row("c10", "W3", "Maxim", "MAX232", made="2022-03"),
    row("c11", "W4", "Maxim Integrated Products", "MAX3485"),
    row("c12", "W5", "Linear Technology", "LT1086", made="2018"),
    row("c13", "W2", "International Rectifier", "IRF7413", made="2014-06"),
    row("c14", "W9", "International Rectifier", "IRF7413", made="2016"),
    row("c15", "W3", "Cypress", "CY7C68013A"),
    row("c16", "W9", "Infineon", "IRS2104"),
    row("c17", "W1", "Murata", "GRM188", category="passive", hs6="853224", published="2024"),
    row("c18", "W5", "Murata", "GRM188", hs6="853224"),
    row("c19", "W1", "Quuxtronics", "QX-1", published="2024-07"),
    row("c20", "W3", "QUUXTRONICS", "QX-1"),
    row("c21", "W2", "Rotorwin", "SW100", maker_country="CN", category="engine", hs6="880730"),
    row("c22", "W1", "Not identified", "", marking="[red]=1+1[/red]"),
    row("c23", "W6", "Texas Instruments", "TMS320"),
    row("c24", "W7", "Analog Devices", "AD8572"),
    row("c25", "W8", "Texas Instruments", "LM358"),
    row("c26", "W2", "Altera", "EP4CE6", made="2017"),
    row("c27", "W3", "Altera", "EP4CE6", made="2013"),
)

LIST = (*ROWS, ROWS[0], ROWS[4], *ROWS[:3])
"""The list as published: five rows stand there twice."""


def write_world(folder: Path, rows: tuple[Row, ...] = LIST, name: str = "finds.csv") -> Path:
    """Writes the list."""
    return write_list(folder / name, rows, _HEADER)


KEYED = ("--map", "id=key")
"""The list's author says that c1 is a record's key, not a position on a board."""

SOURCE = (
    *KEYED,
    "--no-read",
    "--source",
    "field-notes",
    "--publisher",
    "Field notes",
    "--title",
    "Finds of the northern group",
)


@dataclass(frozen=True)
class World:
    """A database with the small world in it, to be asked."""

    address: str

    def says(self, *words: str) -> Outcome:
        """What the command line says."""
        return run(self.address, *words)

    def answer(self, *words: str) -> Any:
        """The JSON of an answer; every component is either counted or left out for a reason."""
        said = self.says(*words, "--format", "json")
        assert said.code == 0, said.err
        found = said.json
        if basis := found.get("basis"):
            left = sum(item["components"] for item in basis["left_out"])
            assert basis["counted"]["components"] + left == basis["out_of"]["components"] == 27
        return found

    def top(self, *words: str) -> list[tuple[int, str, int, int]]:
        """Rank, name, recoveries and components of each line of `top`."""
        rows = self.answer("top", *words)["rows"]
        by = next(name for name in ("firm", "part", "weapon", "country") if name in rows[0]) if rows else ""
        return [(row["rank"], row[by], row["recoveries"], row["components"]) for row in rows]

    def left_out(self, *words: str) -> dict[str, tuple[int, int]]:
        """Components and recoveries that an answer left out, by reason; "?" marks what it could not judge."""
        return {
            ("? " if item["unjudged"] else "") + item["reason"]: (item["components"], item["recoveries"])
            for item in self.answer(*words)["basis"]["left_out"]
        }
