"""What a ranking cannot place, whether it is one at all, and what its shares are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provenance.core.basis import LeftOut
from provenance.queries.filter_pipeline import Rule

NO_MAKER = Rule("whose maker is not identified", unjudged=True)
NO_OWNER = Rule(
    "whose owner at manufacture is unknown (undated, or the owner changed within the date)", unjudged=True
)
NO_COUNTRY = Rule("of firms of unknown country", unjudged=True)


def of_other_country(wanted: str) -> Rule:
    """The rule that leaves out the firms of every country but one."""
    return Rule(f"of firms of countries other than {wanted}")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Components that passed the filters of a ranking, and of which is unknown what they count for.

    ``components`` of ``out_of``: those that are placed, also with firms of another country, and these.
    ``reasons`` are the rules that left them out. Where they are more than half, an order of the others is not
    a ranking: their place may turn it round.
    """

    components: int
    out_of: int
    reasons: tuple[LeftOut, ...]

    @property
    def is_most(self) -> bool:
        """Whether more than half is unknown."""
        return self.components * 2 > self.out_of


def unplaced(left_out: Sequence[LeftOut], ungrouped: str, counted: int, *, of_firms: bool) -> Unplaced:
    """What of a ranking is unknown; ``ungrouped`` is its own reason for components without a group.

    Of firms of another country only a ranking ``of_firms`` knows what they count for: their parts and weapons
    are not looked at.
    """
    unknown = {NO_MAKER.reason, NO_OWNER.reason, NO_COUNTRY.reason, ungrouped}
    other = of_other_country("").reason
    reasons = tuple(each for each in left_out if each.reason in unknown)
    others = (each.components for each in left_out if each.reason.startswith(other))
    elsewhere = sum(others) if of_firms else 0
    missing = sum(each.components for each in reasons)
    return Unplaced(missing, counted + elsewhere + missing, reasons)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the shares of countries are of: all that passed the filters, and what has a known country."""

    components: int
    recoveries: int
    components_known: int
    recoveries_known: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of a country, 0 to 1, of all that is counted and of what has a known country.

    Shares of recoveries overlap: a recovery may hold parts of several countries, so that they add up to more
    than 1.
    """

    components_of_all: float
    components_of_known: float
    recoveries_of_all: float
    recoveries_of_known: float


_DECIMALS = 4
"""A hundredth of a percent: finer than any list of some thousands of components can say."""


def shares_of(components: int, recoveries: int, totals: Totals) -> Shares:
    """The shares of some components and their recoveries; there is at least one."""
    return Shares(
        round(components / totals.components, _DECIMALS),
        round(components / totals.components_known, _DECIMALS),
        round(recoveries / totals.recoveries, _DECIMALS),
        round(recoveries / totals.recoveries_known, _DECIMALS),
    )
