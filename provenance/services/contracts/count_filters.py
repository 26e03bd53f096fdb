"""Which components a count is about."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from provenance.core.vocabulary import WEAPONS_IN_THE_AIR, ComponentCategory, WeaponKind
from provenance.services.contracts.base import Contract


class CountFilters(Contract):
    """Which components to count; None and empty mean all. Dates are inclusive.

    ``weapons`` are names or references of weapon systems, ``chpl_tiers`` tiers such as ``1`` or ``3.A``,
    ``made_after`` is a day after which a component was certainly made, ``min_credibility`` the worst
    Admiralty credibility. Makers and part numbers that the program read from markings count only where they
    are included, each for itself.
    """

    weapon_kinds: tuple[WeaponKind, ...] = WEAPONS_IN_THE_AIR
    since: date | None = None
    until: date | None = None
    weapons: tuple[str, ...] = ()
    categories: tuple[ComponentCategory, ...] = ()
    chpl_tiers: tuple[str, ...] = ()
    made_after: date | None = None
    min_credibility: int | None = Field(default=None, ge=1, le=5)
    include_suspect: bool = False
    include_read_makers: bool = False
    include_read_parts: bool = False
