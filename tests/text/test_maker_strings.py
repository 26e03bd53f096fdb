from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.maker_strings import ChainHeading, ChainMention, MakerReading, read_maker, split_names

LABELS: dict[ChainHeading, str] = {
    "suppliers": "Suppliers",
    "importers": "Importers",
    "foreign_suppliers": "Foreign suppliers",
    "involved": "Involved companies",
}
brands = st.sampled_from(["Nexa", "Alpha Micro", "Blue Co., Ltd.", "Nova (HK) Co., Ltd", "Suppliers Hub"])
owners = st.lists(st.sampled_from(["Orion", "Vega Corp., Ltd", "Lyra, Inc.", "Rho (HK) Ltd"]), max_size=3)
firms = st.sampled_from(
    ["LLC IQ DEMO", "TREK JSC", "BETA CO., LTD", "GAMMA, LLC", "CHIP AND DALE", "PI AND CO", "RHO, INC. (HK)"]
)
mentions = st.builds(
    lambda heading, names: ChainMention(heading, tuple(names)),
    st.sampled_from(sorted(LABELS)),
    st.lists(firms, min_size=1, max_size=4),
)
readings = st.builds(
    lambda brand, aliases, chain: MakerReading(brand, tuple(aliases), tuple(chain)),
    brands,
    owners,
    st.lists(mentions, max_size=3),
)


def as_published(reading: MakerReading) -> str:
    parenthesis = f" ({', '.join(reading.parentheses)})" if reading.parentheses else ""
    chain = [f" {LABELS[mention.heading]} {', '.join(mention.names)}" for mention in reading.chain]
    return f"{reading.brand}{parenthesis}{''.join(chain)}"


@pytest.mark.parametrize(
    "cell", ["Not identified", "", "  ", "unknown", "n/a", "-", "невідомо", "не встановлено", "неизвестно"]
)
def test_an_unknown_maker_is_not_a_firm(cell: str) -> None:
    assert read_maker(cell) == MakerReading(None)


@pytest.mark.parametrize(
    ("cell", "brand", "parentheses"),
    [
        ("Spansion (Cypress, Infineon)", "Spansion", ("Cypress", "Infineon")),
        ("Adesto (Dialog - Renesas Electronics)", "Adesto", ("Dialog", "Renesas Electronics")),
        ("Qinheng Co., Ltd. (WinChipHead, WCH)", "Qinheng Co., Ltd.", ("WinChipHead", "WCH")),
        ("YXC (Shenzhen Yangxing Co., Ltd)", "YXC", ("Shenzhen Yangxing Co., Ltd",)),
        ("YXC (Shenzhen Yangxing Сo., Ltd)", "YXC", ("Shenzhen Yangxing Сo., Ltd",)),
        ("Wolfspeed, Inc. (Cree, Inc.)", "Wolfspeed, Inc.", ("Cree, Inc.",)),
        ("NETSOL (Evolution of Technology & SOLution)", "NETSOL", ("Evolution of Technology & SOLution",)),
        ("Turnigy（Hextronik）", "Turnigy", ("Hextronik",)),
        ("Nexa (Orion (HK) Ltd, Vega)", "Nexa", ("Orion (HK) Ltd", "Vega")),
        ("Unknown (China)", None, ("China",)),
    ],
)
def test_a_parenthesis_after_the_brand(cell: str, brand: str | None, parentheses: tuple[str, ...]) -> None:
    assert read_maker(cell) == MakerReading(brand, parentheses)


@pytest.mark.parametrize(
    "name",
    [
        "Allystar Technology (Shenzhen) Co., Ltd.",
        "Sankyo Shoji (H.K.) Limited",
        "EGmicro - Yijing Microelectronics Co., Ltd",
        "Baoter XCHC Electron / Bourns",
        "All irf, Infineon Isc",
        "(WCH)",
        "unclosed)",
        "Foreign Suppliers Ltd",
        "Foreign suppliers Ltd",
        "Importers Union",
        "Suppliers TREK JSC",
        "Global Suppliers LLC",
        "Global Suppliers Group",
        "GLOBAL SUPPLIERS TREK JSC",
        "Murata Suppliers",
        "Alliance of Importers and Makers",
    ],
)
def test_a_name_is_left_whole(name: str) -> None:
    assert read_maker(name) == MakerReading(name)


def test_spaces_of_any_kind_become_single() -> None:
    assert read_maker(" Jiangsu\xa0Rixin \n Co., Ltd. ").brand == "Jiangsu Rixin Co., Ltd."


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        (
            "Swiwin Importers LLC IQ COMPONENTS, TREK JSC Foreign suppliers ALIGN TRADING COMPANY LIMITED, "
            "HYTERA COMMUNICATIONS LIMITED, HADSUND INTERNATIONAL TECHNOLOGY LIMITED",
            MakerReading(
                "Swiwin",
                chain=(
                    ChainMention("importers", ("LLC IQ COMPONENTS", "TREK JSC")),
                    ChainMention(
                        "foreign_suppliers",
                        (
                            "ALIGN TRADING COMPANY LIMITED",
                            "HYTERA COMMUNICATIONS LIMITED",
                            "HADSUND INTERNATIONAL TECHNOLOGY LIMITED",
                        ),
                    ),
                ),
            ),
        ),
        (
            "Hi-Link Foreign suppliers SHENZHEN HI-LINK ELECTRONIC CO., LTD",
            MakerReading(
                "Hi-Link",
                chain=(ChainMention("foreign_suppliers", ("SHENZHEN HI-LINK ELECTRONIC CO., LTD",)),),
            ),
        ),
        (
            "Hi-Link Foreign suppliers HI-LINK Co., Ltd",
            MakerReading("Hi-Link", chain=(ChainMention("foreign_suppliers", ("HI-LINK Co., Ltd",)),)),
        ),
        (
            "InvenSense (TDK) Suppliers JSC CHIP AND DIP",
            MakerReading("InvenSense", ("TDK",), (ChainMention("suppliers", ("JSC CHIP AND DIP",)),)),
        ),
        (
            "VNIIR-PROGRESS JSC Involved companies PANTES LLC, PSB TECHNOLOGIES LLC",
            MakerReading(
                "VNIIR-PROGRESS JSC",
                chain=(ChainMention("involved", ("PANTES LLC", "PSB TECHNOLOGIES LLC")),),
            ),
        ),
        (
            "Not identified Suppliers JSC CHIP AND DIP",
            MakerReading(None, chain=(ChainMention("suppliers", ("JSC CHIP AND DIP",)),)),
        ),
        (
            "Global Suppliers Group Importers TREK JSC",
            MakerReading("Global Suppliers Group", chain=(ChainMention("importers", ("TREK JSC",)),)),
        ),
    ],
)
def test_fields_that_ran_into_the_cell(cell: str, reading: MakerReading) -> None:
    assert read_maker(cell) == reading


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PANTES LLC, AVIV GROUP LLC", ["PANTES LLC", "AVIV GROUP LLC"]),
        ("ALPHA CO., LTD, BETA, LLC; GAMMA, JSC", ["ALPHA CO., LTD", "BETA, LLC", "GAMMA, JSC"]),
        ("ALPHA, INC., LLC BETA", ["ALPHA, INC.", "LLC BETA"]),
        ("ALPHA CO., LTD SHENZHEN BRANCH, BETA", ["ALPHA CO., LTD SHENZHEN BRANCH", "BETA"]),
        ("ALPHA CO., LTD (HK), BETA", ["ALPHA CO., LTD (HK)", "BETA"]),
        ("ALPHA (HK, CN), BETA", ["ALPHA (HK, CN)", "BETA"]),
        ("ALPHA, LIMITED BRANDS", ["ALPHA", "LIMITED BRANDS"]),
        ("JSC CHIP AND DIP", ["JSC CHIP AND DIP"]),
        ("ООО Альфа, ЗАО Бета", ["ООО Альфа", "ЗАО Бета"]),
        ("深圳科技，北京电子", ["深圳科技", "北京电子"]),
        ("", []),
        (" , ,", []),
    ],
)
def test_a_list_of_firms(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@given(readings)
def test_a_cell_put_together_is_taken_apart_again(reading: MakerReading) -> None:
    assert read_maker(as_published(reading)) == reading


@given(st.text())
def test_any_text_is_read_and_loses_no_letter(text: str) -> None:
    reading = read_maker(text)
    if reading.brand is not None and not reading.parentheses and not reading.chain:
        assert re.sub(r"[\s()（）]", "", reading.brand) == re.sub(r"[\s()（）]", "", text)


def published_rows() -> list[dict[str, str]]:
    default = Path(__file__).parents[2].parent / "shared" / "data"
    file = Path(os.environ.get("PROVENANCE_REAL_DATA", default)) / "components" / "gur_components.csv"
    if not file.is_file():
        pytest.skip(f"the published list is not here: {file} (set PROVENANCE_REAL_DATA)")
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_the_published_makers_read_as_they_were_read_by_eye() -> None:
    rows = published_rows()
    cells = sorted({row["manufacturer"] for row in rows})
    read = {cell: read_maker(cell) for cell in cells}
    assert len(cells) == 575
    assert [cell for cell in cells if read[cell].brand is None] == ["Not identified"]
    assert sum(bool(reading.parentheses) for reading in read.values()) == 61
    assert sum(len(reading.parentheses) for reading in read.values()) == 65
    chained = {cell for cell in cells if read[cell].chain}
    assert len(chained) == 24
    assert len({row["component_id"] for row in rows if row["manufacturer"] in chained}) == 26
    assert {name for cell in chained for mention in read[cell].chain for name in mention.names} == {
        "ALIGN TRADING COMPANY LIMITED", "AVIV GROUP LLC", "CHIMEVRASIA LLC",
        "HADSUND INTERNATIONAL TECHNOLOGY LIMITED", "HYTERA COMMUNICATIONS LIMITED", "JSC CHIP AND DIP",
        "LLC IQ COMPONENTS", "PANTES LLC", "PSB TECHNOLOGIES LLC", "SHENZHEN HI-LINK ELECTRONIC CO., LTD",
        "TK MIR LLC", "TREK JSC", "WAVETEL TECHNOLOGY LIMITED",
    }  # fmt: skip
    whole = {cell for cell in cells if read[cell] == MakerReading(" ".join(cell.split()))}
    taken_apart = {cell for cell in cells if read[cell].parentheses or read[cell].chain}
    assert whole | taken_apart | {"Not identified"} == set(cells)
