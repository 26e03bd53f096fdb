"""Catalogues: finding parts by keys and by the beginning of a key."""

from __future__ import annotations

from provenance.identify.catalogue import CatalogueEntry, EmptyCatalogue, catalogue_strength, find_parts
from provenance.text.markings import read_marking
from tests.support.listed_parts import ListedParts

CATALOGUE = ListedParts(
    [
        CatalogueEntry("SN74LVC14APWR", "texas-instruments"),
        CatalogueEntry("ADM3202ARNZ", "analog-devices"),
        CatalogueEntry("MAX3232ESE+", "maxim-integrated"),
        CatalogueEntry("MAX3232EIDR", "texas-instruments"),
        CatalogueEntry("EPM7512AEQC208-10N", "altera"),
    ]
)


def found(marking: str) -> list[tuple[str, str]]:
    return [(match.entry.mpn, match.fit) for match in find_parts([read_marking(marking)], CATALOGUE)[0]]


def test_the_whole_number_is_an_exact_fit() -> None:
    assert found("ADM3202 ARNZ #2135")[0] == ("ADM3202ARNZ", "exact")


def test_a_base_part_fits_every_maker_that_sells_it() -> None:
    matches = find_parts([read_marking("MAX3232")], CATALOGUE)[0]
    assert {match.entry.maker for match in matches} == {"maxim-integrated", "texas-instruments"}
    assert all(match.fit == "base" for match in matches)
    strengths = catalogue_strength(matches)
    assert strengths["maxim-integrated"] == strengths["texas-instruments"] < 0.8


def test_an_omitted_prefix_is_supplied() -> None:
    assert ("SN74LVC14APWR", "shortened") in found("LVC14A")


def test_misread_characters_still_find_the_part() -> None:
    assert found("ADM32O2ARNZ")[0] == ("ADM3202ARNZ", "misread")


def test_one_wrong_character_is_near() -> None:
    assert ("EPM7512AEQC208-10N", "base") in found("EPM7512AEQI208-10N")
    assert found("ADX3202ARNZ") == []
    assert ("ADM3202ARNZ", "near") in found("ADM3202ARNX") or ("ADM3202ARNZ", "base") in found("ADM3202ARNX")


def test_what_no_catalogue_has_finds_nothing() -> None:
    assert found("G4 transistor 1A") == []
    assert find_parts([read_marking("ADM3202ARNZ")], EmptyCatalogue()) == [()]
