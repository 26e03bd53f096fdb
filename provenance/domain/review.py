"""What could not be resolved automatically, for a person to review."""

from __future__ import annotations

from enum import StrEnum


class ReviewReason(StrEnum):
    """Why a person should review what an import could not settle by itself."""

    PARENTHESIS = "parenthesis is neither a known owner nor a known name of the brand"
    TWO_FIRMS = "more than one known organization has this name"
    NEW_FIRM = "no known organization has this name; a new, unverified one was made"
    NEW_WEAPON = "no known weapon or unit has this name; a new, unverified one was made"
    RECOVERY_DIFFERS = "rows of one recovery contradict each other; the first statement is kept"
    DECIDED = "the source now says something else, but a person has decided; the decision is kept"
    EQUAL_ROWS = "equal rows without a key; each is counted as a component of its own"
    MAYBE_CORRECTED = "a new row agrees with a record of this source but for some cells; both are counted"
    MAYBE_SAME_RECOVERY = "may be one recovery: weapon and date agree, or one number with two weapons"


Doubt = tuple[ReviewReason, str]
"""A reason, and the text or record that it concerns."""
