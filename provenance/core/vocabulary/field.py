"""Vocabularies of field work: the direction of goods, and the aspects and values of assessments."""

from __future__ import annotations

from enum import StrEnum


class Movement(StrEnum):
    """The direction of a seized consignment at the border where it was stopped."""

    EXPORT = "export"
    IMPORT = "import"
    TRANSIT = "transit"


class CounterfeitKind(StrEnum):
    """The kind of a counterfeit, in the words of IDEA-STD-1010 and SAE AS6171."""

    RECYCLED = "recycled"
    REMARKED = "remarked"
    OVERPRODUCED = "overproduced"
    CLONED = "cloned"
    DEFECTIVE = "defective"
    TAMPERED = "tampered"
    FORGED_DOCUMENTATION = "forged_documentation"


class IdentificationState(StrEnum):
    """How certain the identification of a component is; ``unidentified`` is the absence of a statement."""

    UNIDENTIFIED = "unidentified"
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"


class Aspect(StrEnum):
    """What is assessed; each aspect is assessed separately, and no two are ever averaged."""

    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"
    AUTHENTICITY = "authenticity"
    MARKING_STATE = "marking_state"
    TLP = "tlp"


class NewName(StrEnum):
    """A kind of name that no record has yet, and that a person declares to be new."""

    WEAPON = "weapon"
    UNIT_TYPE = "unit_type"
    MAKER = "maker"
    PARTY = "party"


FIELD_LOG = "field-log"
"""The prefix of the keys of field logs as sources."""

NOT_ASSESSED = "not_assessed"
"""The value that withdraws an assessment; the database then holds NULL."""
