"""The filters of a basis in plain prose, as people read them."""

from __future__ import annotations

import pytest

from provenance.cli.views.filters import filters_in_words

AIR = "missile, drone, guided_munition"
STRICT = {"suspect": "left out", "read_makers": "left out", "read_parts": "left out"}


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({}, ""),
        (
            {
                "by": "firm", "country": "US", "country_basis": "owner-now", "weapon_kinds": AIR, **STRICT,
                "at_least_recoveries": "2",
            },
            "US firms by current owner; missiles, drones, guided munitions; 2+ recoveries;"
            " suspected counterfeits and automatic readings excluded.",
        ),
        (
            {
                "by": "part", "country": "unknown", "country_basis": "brand", "weapon_kinds": "any",
                "suspect": "counted", "read_makers": "left out", "read_parts": "left out",
                "at_least_recoveries": "1",
            },
            "Parts of firms of unknown country by brand; all kinds of weapons;"
            " suspected counterfeits included; automatic readings excluded.",
        ),
        (
            {"suspect": "left out", "read_makers": "left out", "read_parts": "counted"},
            "Part numbers read automatically included; suspected counterfeits and makers read automatically"
            " excluded.",
        ),
        ({"by": "weapon", "country": "any"}, "All weapons."),
        ({"by": "country", "country": "any", "country_basis": "domicile"},
         "All countries by legal seat of the current owner."),
        ({"firm": "Intel", "weapons": "Kh-101; Kh-59", "since": "2023-01-01", "until": "2023-12-31"},
         "Intel; recovered or used 2023-01-01 to 2023-12-31; from Kh-101 or Kh-59."),
        ({"since": "2023-01-01", "at_most_tlp": "GREEN"},
         "Recovered or used since 2023-01-01; up to TLP:GREEN."),
        ({"categories": "memory", "chpl_tiers": "1", "made_after": "2020-12-31", "credibility_at_least": "3"},
         "Category memory; CHPL tier 1; made after 2020-12-31; credibility 3 or better."),
        ({"direction": "transit", "to_country": "RU", "seized_until": "2024-01-01"},
         "Seized until 2024-01-01; direction transit; to RU."),
        ({"a_filter_of_another_command": "x"}, "A filter of another command: x."),
    ],
)  # fmt: skip
def test_filters_read_as_a_sentence(filters: dict[str, str], words: str) -> None:
    assert filters_in_words(filters) == words
