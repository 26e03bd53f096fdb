"""Vocabularies of watchlists: lists, the parties on them, what a list asks, screening runs."""

from enum import StrEnum


class Asks(StrEnum):
    """What a list asks of those who deal with a party on it, from the weakest to the strongest."""

    VOLUNTARY = "voluntary"
    DILIGENCE = "diligence"
    LICENCE = "licence"
    PROHIBITION = "prohibition"


class PartyKind(StrEnum):
    """What a listed party is; an entry may be an address alone."""

    ENTITY = "entity"
    PERSON = "person"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    ADDRESS = "address"
    ASSET = "asset"


class ListedNameKind(StrEnum):
    """How a name belongs to a listed party; some lists mark aliases as weak themselves."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK = "weak"
    FORMER = "former"


class ListingBasis(StrEnum):
    """Whether a date of a listing is one that the list states, or lies between two of its versions."""

    STATED = "stated"
    VERSIONS = "versions"


class ScreeningKind(StrEnum):
    """What a run screened."""

    NAMES = "names"
    FILE = "file"
    TRANSFERS = "transfers"
    ORGANIZATIONS = "organizations"


class ListedOn(StrEnum):
    """Whether a party was listed on a day, as far as versions and stated dates show."""

    LISTED = "listed"
    POSSIBLY = "possibly"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"


class Verdict(StrEnum):
    """The verdict on a hit: the same party, another party, or not decided yet."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"
