"""The tables, one a noun, by what they are about."""

from provenance.models.audit import AuditEntry, ImportRun, Installation
from provenance.models.base import metadata
from provenance.models.believed import Citation, CitationVersion, SameAs, Source
from provenance.models.derived import FactColumn, LearnedKnowledge
from provenance.models.found import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
    RecoverySerial,
    Unit,
)
from provenance.models.moved import Transfer, TransferParty
from provenance.models.what import (
    CategoryHs,
    CoalitionMember,
    ControlDate,
    DateCodeFormat,
    HsCode,
    MarkingRule,
    Part,
    PartKey,
    UnitType,
    UnitTypeAlias,
    WeaponAlias,
    WeaponSystem,
)
from provenance.models.who import (
    Organization,
    OrganizationAddress,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)

__all__ = [
    "AuditEntry",
    "CategoryHs",
    "Citation",
    "CitationVersion",
    "CoalitionMember",
    "Component",
    "ControlDate",
    "DateCodeFormat",
    "FactColumn",
    "HsCode",
    "Identification",
    "ImportRun",
    "Installation",
    "LearnedKnowledge",
    "MakerAttribution",
    "MarkingRule",
    "Organization",
    "OrganizationAddress",
    "OrganizationIdentifier",
    "OrganizationName",
    "OrganizationSeat",
    "Ownership",
    "Part",
    "PartKey",
    "Recovery",
    "RecoveryDate",
    "RecoverySerial",
    "SameAs",
    "Source",
    "Transfer",
    "TransferParty",
    "Unit",
    "UnitType",
    "UnitTypeAlias",
    "WeaponAlias",
    "WeaponSystem",
    "metadata",
]
