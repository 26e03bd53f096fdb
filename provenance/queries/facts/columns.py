"""The names of the packed columns, by sheet (`provenance.queries.facts.layout`)."""

from __future__ import annotations

from enum import StrEnum


class ComponentFact(StrEnum):
    """The columns of components."""

    ID = "id"
    RECOVERY = "recovery"
    CATEGORY = "category"
    CATEGORY_READ = "category_read"
    HS6 = "hs6"
    HS6_READ = "hs6_read"
    MADE_EARLIEST = "made_earliest"
    MADE_LATEST = "made_latest"
    PIECES = "pieces"
    AUTHENTICITY = "authenticity"
    ORGANIZATION = "organization"
    COUNTRY_STATED = "country_stated"
    GUESSED_ORGANIZATION = "guessed_organization"
    PART = "part"
    GUESSED_PART = "guessed_part"
    REPORTED = "reported"
    PUBLISHED_EARLIEST = "published_earliest"
    PUBLISHED_LATEST = "published_latest"
    CREDIBILITY = "credibility"


class RecoveryFact(StrEnum):
    """The columns of recoveries."""

    ID = "id"
    KIND = "kind"
    EXTENT = "extent"
    WEAPON = "weapon"
    UNIT_TYPE = "unit_type"
    RECOVERED_EARLIEST = "recovered_earliest"
    RECOVERED_LATEST = "recovered_latest"
    CAPTURED_EARLIEST = "captured_earliest"
    CAPTURED_LATEST = "captured_latest"
    USED_EARLIEST = "used_earliest"
    USED_LATEST = "used_latest"
    PRODUCED_LATEST = "produced_latest"
    UNSTATED_EARLIEST = "unstated_earliest"


class TransferFact(StrEnum):
    """The columns of transfers."""

    ID = "id"
    EVIDENCE_CLASS = "evidence_class"
    DOCUMENT = "document"
    EARLIEST = "earliest"
    LATEST = "latest"
    PART = "part"
    COMPONENT = "component"
    HS6 = "hs6"


class PartyFact(StrEnum):
    """The columns of the parties of transfers."""

    ID = "id"
    TRANSFER = "transfer"
    ORGANIZATION = "organization"
    SIDE = "side"
    ROLE = "role"
    CONFIDENTIAL = "confidential"
