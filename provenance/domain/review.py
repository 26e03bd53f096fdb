"""What could not be resolved automatically, for a person to review."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ReviewReason(StrEnum):
    """Why a person should review what an import could not settle by itself."""

    PARENTHESIS = "parenthesis is neither a known owner nor a known name of the brand"
    TWO_FIRMS = "more than one known organization has this name"
    AMBIGUOUS_NAME = "the name may be that of several firms; none was assumed"
    SEVERAL_FIRMS = "one cell names several firms; none of them was chosen"
    SEVERAL_WEAPONS = "one cell names several weapons; none of them was chosen"
    OTHER_NUMBER = "this firm is on record with another number of the same kind; the new one was not added"
    SHARED_NUMBER = "two firms have one registration number; they may be one"
    JOINED_BY_NUMBER = "a firm on record has this registration number; the name was taken for its own"
    SEVERAL_PARTS = "the words of one line of goods name several part numbers; none of them was chosen"
    READ_IN_WORDS = "part number read in the words of the goods, which have no column of it; check it"
    DOUBTED = "the source itself doubts this; it was not assumed"
    NOT_A_FIRM = "this is a country, a thing or a placeholder, not a firm; none was made"
    NOT_A_WEAPON = "this is a kind of weapon or a placeholder, not a weapon; none was made"
    UNLIKELY = "this is hardly true; it is kept as stated"
    NEW_FIRM = "no known organization has this name; a new, unverified one was made"
    NEW_WEAPON = "no known weapon or unit has this name; a new, unverified one was made"
    RECOVERY_DIFFERS = "rows of one recovery contradict each other; the first statement is kept"
    DECIDED = "the source now says something else, but a person has decided; the decision is kept"
    AMENDED = "the list says something else than was amended here; the amendment stands"
    WITHDRAWN = "this comes in again, but was withdrawn here: it is not counted until somebody restores it"
    EQUAL_ROWS = "equal rows without a key; each is counted as a component of its own"
    EQUAL_TRANSFERS = "equal rows without a key; counted once, though they may be separate deliveries"
    MAYBE_CORRECTED = "a new row agrees with a record of this source but for some cells; both are counted"
    MAYBE_SAME_RECOVERY = "may be one recovery, reported twice; they are counted apart"


Doubt = tuple[ReviewReason, str]
"""A reason, and the text or record that it concerns."""


class Introduced(NamedTuple):
    """A record that was made of a name that none had: its table and uid."""

    table: str
    uid: str
