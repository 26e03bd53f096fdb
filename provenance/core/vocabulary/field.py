"""Vocabularies of field work: which way goods went, what is believed and on which axis."""

from __future__ import annotations

from enum import StrEnum


class Movement(StrEnum):
    """What a seized consignment was doing at the border where it was stopped."""

    EXPORT = "export"
    IMPORT = "import"
    TRANSIT = "transit"


class CounterfeitKind(StrEnum):
    """In what way a component is not what it passes for, in the words of IDEA-STD-1010 and SAE AS6171."""

    RECYCLED = "recycled"
    REMARKED = "remarked"
    OVERPRODUCED = "overproduced"
    CLONED = "cloned"
    DEFECTIVE = "defective"
    TAMPERED = "tampered"
    FORGED_DOCUMENTATION = "forged_documentation"


class IdentificationState(StrEnum):
    """How firmly it is held which part a component is; ``unidentified`` is the absence of a statement."""

    UNIDENTIFIED = "unidentified"
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"


class Aspect(StrEnum):
    """What an assessment is about; each is judged by itself, and no two are ever averaged."""

    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"
    AUTHENTICITY = "authenticity"
    MARKING_STATE = "marking_state"
    TLP = "tlp"


FIELD_LOG = "field-log"
"""How the keys of the sources begin that are people's own field logs."""

NOT_ASSESSED = "not_assessed"
"""How a user takes an assessment back; the database then holds NULL."""
