"""What people write in the column of the maker, and which firm it is: hand-written, in four scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from provenance.core.clock import system_clock
from provenance.domain.organizations import FirmResolver
from provenance.domain.review import ReviewReason
from provenance.domain.sources import Origin, source_id
from provenance.schema.engines import writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.session import Session, session_scope
from provenance.sources.records import MakerRecord, SourceRecord
from provenance.text.maker_strings import read_maker

LISTED = SourceRecord(key="a-list", publisher="A publisher", title="A list", origin_group="a-list")

FIRMS = {
    # Latin, in the short forms of lists.
    "TI": "Texas Instruments",
    "T.I.": "Texas Instruments",
    "Texas Instr.": "Texas Instruments",
    "Tex. Inst.": "Texas Instruments",
    "TEXAS INSTRUMENTS INC": "Texas Instruments",
    "Texas Instruments (TI)": "Texas Instruments",
    "ADI": "Analog Devices",
    "AD": "Analog Devices",
    "ST": "STMicroelectronics",
    "STM": "STMicroelectronics",
    "ST Micro": "STMicroelectronics",
    "SGS-Thomson": "STMicroelectronics",
    "NXP Semi": "NXP Semiconductors",
    "IR": "International Rectifier",
    "Int'l Rectifier": "International Rectifier",
    "Linear Tech": "Linear Technology",
    "LT": "Linear Technology",
    "Maxim": "Maxim Integrated",
    "Dallas": "Dallas Semiconductor",
    "On-Semi": "onsemi",
    "NatSemi": "National Semiconductor",
    "Fairchild Semi": "Fairchild Semiconductor",
    "Lattice": "Lattice Semiconductor",
    "Microchip": "Microchip Technology",
    "Diodes": "Diodes Incorporated",
    "Micron": "Micron Technology",
    "Samsung": "Samsung Electronics",
    "M/A-COM": "MACOM Technology Solutions",
    "Vishay/Siliconix": "Vishay",
    "Murata Electronics": "Murata Manufacturing",
    "Wurth Electronics": "Würth Elektronik",
    "MPS": "Monolithic Power Systems",
    "MXIC": "Macronix",
    # A brand keeps to itself, whoever owns it now.
    "Altera (Intel)": "Altera",
    "Atmel": "Atmel",
    "Freescale": "Freescale Semiconductor",
    "Motorola": "Motorola",
    "Philips": "Philips",
    "Xilinx": "Xilinx",
    # Cyrillic.
    "Тексас Инструментс": "Texas Instruments",
    "Техас Інструментс": "Texas Instruments",
    "ТІ": "Texas Instruments",
    "Аналог Девайсес": "Analog Devices",
    "Инфинеон": "Infineon Technologies",
    "Тошиба": "Toshiba",
    "Моторола": "Motorola",
    "Микрон": "Mikron",
    "ПАО «Микрон»": "Mikron",
    "Интеграл": "Integral",
    "ОАО «Интеграл»": "Integral",
    "Миландр": "Milandr",
    # Han, simplified and traditional.
    "德州仪器": "Texas Instruments",
    "德州儀器": "Texas Instruments",
    "意法半导体": "STMicroelectronics",
    "亚德诺": "Analog Devices",
    "恩智浦": "NXP Semiconductors",
    "英飞凌": "Infineon Technologies",
    "瑞萨": "Renesas Electronics",
    "安森美": "onsemi",
    "赛灵思": "Xilinx",
    "三星": "Samsung Electronics",
    "村田": "Murata Manufacturing",
    # Kana and Hangul.
    "テキサス・インスツルメンツ": "Texas Instruments",
    "シャープ": "Sharp",
    "삼성전자": "Samsung Electronics",
}

NO_FIRM = {
    "National": ReviewReason.AMBIGUOUS_NAME,
    "General": ReviewReason.AMBIGUOUS_NAME,
    "Austin": ReviewReason.AMBIGUOUS_NAME,
    "JRC": ReviewReason.AMBIGUOUS_NAME,
    "Tyco": ReviewReason.AMBIGUOUS_NAME,
    "泰科": ReviewReason.AMBIGUOUS_NAME,
    "Тайко": ReviewReason.AMBIGUOUS_NAME,
    "TI/National": ReviewReason.SEVERAL_FIRMS,
    "Maxim/Dallas": ReviewReason.SEVERAL_FIRMS,
    "Philips or Intersil": ReviewReason.SEVERAL_FIRMS,
    "Texas Instruments, Analog Devices": ReviewReason.SEVERAL_FIRMS,
    "德州仪器/意法半导体": ReviewReason.SEVERAL_FIRMS,
    "Интел или Филипс": ReviewReason.SEVERAL_FIRMS,
    "China": ReviewReason.NOT_A_FIRM,
    "USA": ReviewReason.NOT_A_FIRM,
    "Made in Taiwan": ReviewReason.NOT_A_FIRM,
    "Китай": ReviewReason.NOT_A_FIRM,
    "Зроблено в Китаї": ReviewReason.NOT_A_FIRM,
    "中国制造": ReviewReason.NOT_A_FIRM,
    "Board": ReviewReason.NOT_A_FIRM,
    "Chips": ReviewReason.NOT_A_FIRM,
    "микросхема": ReviewReason.NOT_A_FIRM,
    "芯片": ReviewReason.NOT_A_FIRM,
    "Ltd": ReviewReason.NOT_A_FIRM,
}
"""Labels that name no firm, or not one, and why."""

SAID_TO_BE_UNKNOWN = ("Unknown", "N/A", "-", "невідомо", "неизвестно", "不明")


def resolver(session: Session) -> FirmResolver:
    """A resolver for a list."""
    return FirmResolver(session, Origin(source_id(session, LISTED), LISTED.key))


def record(text: str) -> MakerRecord:
    """A cell as a list's reader reads it."""
    reading = read_maker(text)
    return MakerRecord(as_written=text, brand=reading.brand, parentheses=reading.parentheses)


@pytest.fixture
def session(fresh: str) -> Iterator[Session]:
    with session_scope(writing_engine(fresh), clock=system_clock) as opened:
        yield opened


def firms(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Organization)).scalar_one()


def test_each_label_is_that_firm(session: Session) -> None:
    found = resolver(session)
    numbers = {label: found.maker(record(label)).organization_id for label in FIRMS}
    called = {row.id: row.label for row in session.execute(select(Organization.id, Organization.label))}
    assert {label: called.get(number) for label, number in numbers.items()} == FIRMS
    assert not found.made


def test_each_of_the_others_is_none_and_says_why(session: Session) -> None:
    found, before = resolver(session), firms(session)
    read = {label: found.maker(record(label)) for label in NO_FIRM}
    assert {label: one.organization_id for label, one in read.items()} == dict.fromkeys(NO_FIRM)
    assert {label: one.doubts[0][0] for label, one in read.items()} == NO_FIRM
    assert firms(session) == before


def test_a_word_for_the_unknown_is_no_firm_and_no_doubt(session: Session) -> None:
    found = resolver(session)
    assert {found.maker(record(label)) for label in SAID_TO_BE_UNKNOWN} == {found.maker(record("?"))}


def test_a_party_is_no_country_and_no_placeholder(session: Session) -> None:
    found = resolver(session)
    assert [found.organization(name) for name in ("China", "N/A", "TI/National")] == [None, None, None]
    assert sum(found.review.values()) == 3
