"""What stands in a cell for a maker or a weapon without naming one."""

from __future__ import annotations

import pytest

from provenance.text.ambiguous_names import ambiguity_of
from provenance.text.maker_words import not_a_firm, not_a_weapon, several_firms


@pytest.mark.parametrize(
    "text",
    [
        *("China", "USA", "U.S.A.", "Taiwan", "USA/China", "Hong Kong", "EU", "Korea", "CN", "Malay"),
        *(
            "Made in China",
            "made in the USA",
            "Assembled in Malaysia",
            "Origin: Taiwan",
            "Chinese manufacturer",
        ),
        *(
            "Китай",
            "КНР",
            "США",
            "Сделано в Китае",
            "Зроблено в Китаї",
            "китайський виробник",
            "Китай/Тайвань",
        ),
        *("中国", "中国制造", "台湾", "美国"),
        *("Board", "chip", "Chips", "IC", "PCB", "module", "Various", "no name", "OEM", "see photo"),
        *("микросхема", "плата", "мікросхема", "чип", "нонейм", "芯片", "电路板", "其他"),
        *("Unknown", "N/A", "-", "?", "невідомо", "неизвестно", "12345", "2021", "x"),
        *("Ltd", "Co., Ltd.", "ООО", "Inc."),
    ],
)
def test_no_firm_is_called_so(text: str) -> None:
    assert not_a_firm(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Texas Instruments",
            "3M",
            "ST",
            "IR",
            "SG",
            "ARM",
            "GE",
            "Jordan Valley",
            "China Resources Microelectronics",
        ),
        *(
            "Board of Trade Electronics",
            "Chip One Stop",
            "Americhip",
            "Original Parts Ltd",
            "Микрон",
            "Интеграл",
        ),
        *(
            "ООО Чип",
            "德州仪器",
            "中国电子科技集团",
            "삼성전자",
            "Hong Kong Sunrise",
            "Производственное объединение Х",
        ),
    ],
)
def test_a_firm_may_be_called_so(text: str) -> None:
    assert not_a_firm(text) is None


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("TI/National", ("TI", "National")),
        ("Texas Instruments / Analog Devices", ("Texas Instruments", "Analog Devices")),
        ("Philips or Intersil", ("Philips", "Intersil")),
        ("Филипс или Интел", ("Филипс", "Интел")),
        ("德州仪器/意法半导体", ("德州仪器", "意法半导体")),
        ("Acme; Foo", ("Acme", "Foo")),
        ("M/A-COM", ()),
        ("S/N", ()),
        ("AT&T", ()),
        ("Orion", ()),
        ("Victor", ()),
    ],
)
def test_firms_side_by_side(text: str, firms: tuple[str, ...]) -> None:
    assert several_firms(text) == firms


@pytest.mark.parametrize(
    "text", ["UAV", "drone", "БпЛА", "ракета", "cruise missile", "无人机", "unknown", "н/д"]
)
def test_no_weapon_is_called_so(text: str) -> None:
    assert not_a_weapon(text) is not None


@pytest.mark.parametrize(
    "text", ["Kh-101", "Shahed-136", "Orlan-10 UAV", "Герань-2", "Supercam S350", "Lancet"]
)
def test_a_weapon_may_be_called_so(text: str) -> None:
    assert not_a_weapon(text) is None


def test_a_short_name_of_several_firms_says_which() -> None:
    assert ambiguity_of("National") == (
        "National Semiconductor, National Instruments, or Matsushita's brand National"
    )
    assert ambiguity_of("National Semiconductor") is None
