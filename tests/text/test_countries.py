from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text import countries
from provenance.text.countries import UnknownCountry, country_code, country_name
from provenance.text.folding import fold

lands = st.sampled_from(list(pycountry.countries))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US", "US"), ("us", "US"), ("USA", "US"), ("U.S.", "US"), ("U.S.A.", "US"),
        ("United States of America", "US"), ("США", "US"), ("Сполучені Штати", "US"),
        ("UK", "GB"), ("Great Britain", "GB"), ("Велика Британія", "GB"), ("Великобритания", "GB"),
        ("South Korea", "KR"), ("Korea, South", "KR"), ("Korea, Republic of", "KR"),
        ("Republic of Korea", "KR"),
        ("Південна Корея", "KR"), ("Южная Корея", "KR"), ("DPRK", "KP"), ("КНДР", "KP"),
        ("Taiwan", "TW"), ("Taiwan, Province of China", "TW"), ("Тайвань", "TW"),
        ("China", "CN"), ("P.R. China", "CN"), ("КНР", "CN"), ("Китай", "CN"),
        ("Hong Kong", "HK"), ("Hong Kong, China", "HK"), ("Гонконг", "HK"),
        ("Russia", "RU"), ("Russian Federation", "RU"), ("РФ", "RU"), ("Росія", "RU"), ("Россия", "RU"),
        ("Iran", "IR"), ("Islamic Republic of Iran", "IR"), ("Іран", "IR"),
        ("Turkey", "TR"), ("Türkiye", "TR"), ("TURKIYE", "TR"), ("Туреччина", "TR"),
        ("The Netherlands", "NL"), ("Нідерланди", "NL"), ("Германия", "DE"), ("Німеччина", "DE"),
        ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("Viet Nam", "VN"), ("Vietnam", "VN"),
        ("Kosovo", "XK"), ("Cote d'Ivoire", "CI"), ("Ivory Coast", "CI"), ("Гвинея", "GN"),
        ("KOR", "KR"), (" ua ", "UA"), ("UKR", "UA"), ("NA", "NA"),
    ],
)  # fmt: skip
def test_a_country_by_any_of_its_names(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", " ", "UNK", "unknown", "n/a", "N/A", "-", "невідомо", "неизвестно"])
def test_a_country_that_is_not_known_has_no_code(text: str) -> None:
    assert country_code(text) is None


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Korea", {"South Korea", "North Korea"}),
        ("Корея", {"South Korea", "North Korea"}),
        ("Germny", {"Germany"}),
        ("Untied States", {"United States"}),
        ("Atlantis", set()),
        ("EU", set()),
        ("XX", set()),
    ],
)
def test_a_text_that_is_not_a_country_is_refused_with_near_names(text: str, near: set[str]) -> None:
    with pytest.raises(UnknownCountry, match=text) as refusal:
        country_code(text)
    assert set(refusal.value.near) >= near
    assert bool(refusal.value.near) == bool(near)


def test_two_cyrillic_letters_are_not_a_code() -> None:
    with pytest.raises(UnknownCountry):
        country_code("СН")


@given(lands)
def test_every_country_is_found_by_its_codes_and_names(land: pycountry.db.Country) -> None:
    assert country_code(land.alpha_2) == country_code(land.alpha_3) == land.alpha_2
    assert country_code(land.name) == country_code(country_name(land.alpha_2)) == land.alpha_2
    assert country_code(country_name(land.alpha_2).upper()) == land.alpha_2


@pytest.mark.parametrize(
    ("code", "name"),
    [("US", "United States"), ("kr", "South Korea"), ("TW", "Taiwan"), ("RU", "Russia"), ("XK", "Kosovo")],
)
def test_a_country_has_a_short_name(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize("code", ["", "UNK", "USA", "XX"])
def test_a_code_that_is_none_has_no_name(code: str) -> None:
    with pytest.raises(UnknownCountry):
        country_name(code)


def test_no_two_countries_share_a_name() -> None:
    everyday = [(code, name) for code, names in countries._EVERYDAY_NAMES.items() for name in names]
    listed = [*countries._names_by_code().items(), *countries._iso_names(), *countries._translated_names()]
    holders: dict[str, set[str]] = {}
    for code, name in [*everyday, *listed]:
        holders.setdefault(fold(name), set()).add(code)
    assert [name for name, codes in holders.items() if len(codes) > 1] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China, Hong Kong SAR", "HK"),
        ("中国香港", "HK"),
        ("Гонконг", "HK"),
        ("КНДР", "KP"),
        ("ОАЭ", "AE"),
        ("Korea, North", "KP"),
        ("South Korea (ROK)", "KR"),
        ("Germany (DE)", "DE"),
        ("Тайвань (Китай)", "TW"),
        ("韩国", "KR"),
        ("俄罗斯", "RU"),
        ("Deutschland", "DE"),
        ("대한민국", "KR"),
    ],
)
def test_names_in_other_languages_and_spellings(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Korea",
        "Корея",
        "Korea (KR)",
        "EU",
        "European Union",
        "USA/China",
        "USA, China",
        "Multiple",
        "Asia",
        "USSR",
    ],
)
def test_what_is_no_single_country_is_not_decided(text: str) -> None:
    with pytest.raises(UnknownCountry):
        country_code(text)
