"""What a recovery is called that has no name of its own: the same words through every door; pure."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.core.vocabulary import RecoveryDateKind

_FIRST = (RecoveryDateKind.RECOVERED, RecoveryDateKind.USED, RecoveryDateKind.CAPTURED)
_RANK = {kind: place for place, kind in enumerate(dict.fromkeys((*_FIRST, *RecoveryDateKind)))}
"""Which date says when: the one of the lowest rank that is known."""

Dates = Sequence[tuple[RecoveryDateKind, str]]
"""The dates of a recovery as written, each with its kind."""


def recovery_label(
    found: str | None, numbers: Sequence[str], place: str | None, dates: Dates, more: Sequence[str] = ()
) -> str:
    """The label of a recovery: the weapon or unit with its numbers, or with where and when it was found.

    A number says which specimen it is, so that rows of one specimen have one label whatever else they state.
    ``more`` is what only a seizure states; it stands with where and when behind the weapon and any numbers.
    Empty where nothing is known.
    """
    specimen = " ".join(filter(None, (found, *numbers)))
    if numbers and not more:
        return specimen
    when = min(dates, key=lambda each: _RANK[each[0]], default=(None, ""))[1]
    return ", ".join(filter(None, (specimen, *more, place, when)))
