"""What a header means: one vocabulary for every kind of list, in the languages that people write."""

from __future__ import annotations

from collections import Counter

import pytest

from provenance.fields.components import COMPONENT_FIELDS
from provenance.sources import headers
from provenance.sources.headers import header_key, headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import guess_mapping


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("components", "Mfr.", "maker"),
        ("components", "PART_NUMBER", "mpn"),
        ("components", "Part-Number", "mpn"),
        ("components", "S/N", "serial"),
        ("components", "№", "key"),
        ("components", "Серійний номер", "serial"),
        ("components", "Производитель", "maker"),
        ("components", "制造商", "maker"),
        ("components", "型号", "mpn"),
        ("parts", "Виробник", "maker"),
        ("parts", "Top-Side Marking", "top_code"),
        ("transfers", "Отправитель", "consignor"),
        ("transfers", "收货人", "consignee"),
        ("transfers", "Код ТН ВЭД", "hs6"),
        ("customers", "Company name", "name"),
        ("customers", "公司名称", "name"),
        ("customers", "Ülke", "country"),
        ("customers", "ИНН", "identifiers"),
        ("watchlists", "Registered Address", "address"),
        ("watchlists", "A.K.A.", "aliases"),
        ("watchlists", "ЄДРПОУ", "identifiers"),
    ],
)
def test_a_header_is_understood_in_its_own_language(kind: str, header: str, field: str) -> None:
    assert guess_mapping([header], headers_of(SourceKind(kind))) == {header: field}


@pytest.mark.parametrize("kind", SourceKind)
def test_no_header_is_understood_as_two_fields(kind: SourceKind) -> None:
    keys = Counter(
        key
        for field, words in headers_of(kind).items()
        for key in {header_key(word) for word in (field, *words)}
    )
    twice = {key for key, count in keys.items() if count > 1}
    # "country" is the name of one field of components and, bare, the usual header of another.
    assert twice == ({"country"} if kind is SourceKind.COMPONENTS else set())


def test_the_field_s_own_name_comes_before_the_words_for_it() -> None:
    assert guess_mapping(["Company", "Name"], headers_of(SourceKind.CUSTOMERS)) == {"Name": "name"}


def test_a_field_that_is_declared_for_forms_and_templates_is_a_header_too() -> None:
    declared = {field.name: field.headers for field in COMPONENT_FIELDS if field.headers}
    assert declared, "laboratory at least"
    fields = headers_of(SourceKind.COMPONENTS)
    for name, words in declared.items():
        assert guess_mapping([words[0], "Maker"], fields) == {words[0]: name, "Maker": "maker"}


def test_a_declaration_adds_words_to_a_field_that_lists_have_already(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {SourceKind.COMPONENTS: {"marking": ("laser text",), "solder": ("solder alloy", "припій")}}
    monkeypatch.setattr(headers, "_DECLARED", more)
    found = guess_mapping(["Laser text", "Припій", "Maker"], headers_of(SourceKind.COMPONENTS))
    assert found == {"Laser text": "marking", "Припій": "solder", "Maker": "maker"}
    assert "solder" not in headers_of(SourceKind.PARTS)
