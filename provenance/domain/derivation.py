"""Kind and customs code of a component where no source says so: by its part, marking, description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.identify.deciding import component_category
from provenance.text.descriptions import described_kind

READ = "read from the marking"
BY_PART = "by the part's entry in the catalogue"
DESCRIBED = "read from the description"
BY_CATEGORY = "by category"
CATEGORY_BASES = (READ, BY_PART, DESCRIBED)
HS6_BASES = (BY_PART, DESCRIBED, BY_CATEGORY)
"""Where a derived category or customs code comes from, as the component keeps it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a component: as its source states it, as its part's catalogue entry has it, its texts.

    ``family`` is the category of the marking rule that its number belongs to, empty where there is none.
    """

    category: str | None = None
    hs6: str | None = None
    part_category: str | None = None
    part_hs6: str | None = None
    family: str = ""
    text: str = ""


def derive_kind(known: Known, codes: Mapping[str, str]) -> dict[str, str]:
    """The columns that follow, each with its basis; what is stated, or follows from nothing, is absent.

    The catalogue's entry of the part goes before the family of its number, and that before the description;
    ``codes`` are the HS6 codes of categories that have one.
    """
    found: dict[str, str] = {}
    described = described_kind(known.text) if known.text else None
    category = known.category
    if category is None:
        family = component_category(known.family)
        options = (
            (known.part_category, BY_PART),
            (str(family) if family else None, READ),
            (str(described.category) if described else None, DESCRIBED),
        )
        category, basis = next((option for option in options if option[0]), (None, ""))
        if category:
            found |= {"category": category, "category_basis": basis}
    if known.hs6 is None:
        exact = described.hs6 if described and described.category == category else None
        by_category = codes.get(category) if category else None
        codes_found = ((known.part_hs6, BY_PART), (exact, DESCRIBED), (by_category, BY_CATEGORY))
        hs6, basis = next((option for option in codes_found if option[0]), (None, ""))
        if hs6:
            found |= {"hs6": hs6, "hs6_basis": basis}
    return found
