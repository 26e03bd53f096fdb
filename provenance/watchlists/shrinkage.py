"""How a version shrank against the one before: as a whole, and section by section. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LARGEST_FALL = 0.2
"""A version that lacks more than this share of the one before is refused unless the user accepts it."""

FEWEST_OF_A_SECTION = 10
"""Parties of a section from which the share counts: of a smaller one a fifth is a party or two, and only its
disappearance is told."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Fall:
    """A section that shrank, None for the whole list: parties before and now."""

    section: str | None
    before: int
    now: int

    def __str__(self) -> str:
        where = "" if self.section is None else f"{self.section}: "
        return f"{where}{self.now:,} parties instead of {self.before:,}, a fall of {self.share:.0%}"

    @property
    def share(self) -> float:
        """How much is missing, of 1."""
        return (self.before - self.now) / self.before


def falls(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> list[Fall]:
    """Where a version shrank too much; both are the parties by key, with their sections.

    The whole list comes first. A section whose parties stand in another one now did not shrink, nor did one
    that has as many others instead.
    """
    whole = Fall(None, len(before), len(now))
    found = [whole] if whole.before and whole.share > LARGEST_FALL else []
    old, new = Counter(before.values()), Counter(now.values())
    staying = Counter(section for key, section in before.items() if key in now)
    named = [
        Fall(section, count, max(new[section], staying[section]))
        for section, count in old.items()
        if section is not None
    ]
    suspect = [one for one in named if _is_suspect(one)]
    return found + sorted(suspect, key=lambda one: (-one.before, one.section or ""))


def _is_suspect(fall: Fall) -> bool:
    if fall.now == 0:
        return True
    return fall.before >= FEWEST_OF_A_SECTION and fall.share > LARGEST_FALL


def told(found: Iterable[Fall]) -> str:
    """The falls in words."""
    texts = [str(one) for one in found]
    more = f"; and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return f"{'; '.join(texts[:_SHOWN])}{more}"
