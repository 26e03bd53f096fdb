"""Names in one cell taken apart, and words under which spellings meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.watched import ListedNameKind
from provenance.text.name_words import MOST_WORDS, name_words
from provenance.text.party_names import read_names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Delta Ltd, a.k.a. Omega (DLT)", ["Delta Ltd", "Omega", "DLT"]),
        ("Sinobright Company; and any successor, sub-unit, or subsidiary thereof", ["Sinobright Company"]),
        ("Obsidian (formerly known as Grain House)", ["Obsidian", "Grain House"]),
        ("АО «Концерн «Гранит» (АО «Гранит»)", ["АО «Концерн «Гранит»", "АО «Гранит»"]),
        ("Granit Research Institute (CETC 13)", ["Granit Research Institute", "CETC 13"]),
        ("Helix (Moscow)", ["Helix (Moscow"]),
        ("and Shijiazhuang Institute", ["Shijiazhuang Institute"]),
        ("Obsidian doing business as Helix", ["Obsidian", "Helix"]),
        ("  ", []),
    ],
)
def test_every_name_of_a_cell(cell: str, names: list[str]) -> None:
    assert [name.name.rstrip(")") for name in read_names(cell)] == names


def test_a_former_name_is_distinguished_from_an_alias() -> None:
    kinds = [name.kind for name in read_names("Obsidian, f.k.a. Grain, a.k.a. Helix")]
    assert kinds == [ListedNameKind.PRIMARY, ListedNameKind.FORMER, ListedNameKind.ALIAS]


def words(name: str) -> list[str]:
    return [word.text for word in name_words(name).words if word.kind not in ("form", "link")]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("深圳市华强电子科技有限公司", "Shenzhen Huaqiang Electronic Technologies Limited"),
        ("ООО «Лесной Завод»", "Lesnoi Plant LLC"),
        ("Granit Import & Export", "Гранит Импорт Экспорт"),
        ("I.B.M. Trading", "IBM Trade Co"),
        ("No.5 Research Inst.", "5th Research Institute"),
    ],
)
def test_spellings_have_words_in_common(left: str, right: str) -> None:
    assert len(set(words(left)) & set(words(right))) >= len(set(words(right))) - 1


def test_a_name_of_legal_forms_says_so() -> None:
    assert name_words("Co., Ltd.").only_forms
    assert not name_words("Delta Co., Ltd.").only_forms


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for name in read_names(text):
        found = name_words(name.name)
        assert len(found.words) <= MOST_WORDS
        assert all(word.text for word in found.words)
