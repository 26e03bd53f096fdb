"""Closed vocabularies of evidence: photos, what they show, why they are attached, requirements."""

from enum import StrEnum


class PhotoState(StrEnum):
    """How far a photo could be read; every photo is stored and hashed unaltered.

    ``kept`` is a RAW file, which is not decoded; ``damaged`` cannot be decoded completely; ``too_large`` has
    more pixels than is safe to decode.
    """

    READ = "read"
    KEPT = "kept"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"


class EvidenceKind(StrEnum):
    """What a file of evidence is, in the words of who hands it in: a photo where nothing else is stated."""

    PHOTO = "photo"
    X_RAY = "x_ray"
    VIDEO = "video"
    DOCUMENT = "document"
    LAB_REPORT = "lab_report"


class TakenBasis(StrEnum):
    """What the time of a photo rests on."""

    CAMERA = "camera"
    CAMERA_CORRECTED = "camera_corrected"
    STATED = "stated"


class View(StrEnum):
    """What a photo shows of the record it is attached to.

    ``in_place`` is before anything was moved or removed; ``host_board`` the board with the part on it;
    ``marking`` a close-up that can be read; ``data_plate`` a serial number or type plate.
    """

    TOP = "top"
    BOTTOM = "bottom"
    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    SCALE = "scale"
    MARKING = "marking"
    IN_PLACE = "in_place"
    HOST_BOARD = "host_board"
    UNIT = "unit"
    DATA_PLATE = "data_plate"
    CONNECTORS = "connectors"
    OVERVIEW = "overview"
    SITE = "site"
    SEAL = "seal"
    DOCUMENT = "document"


class AttachmentBasis(StrEnum):
    """Why a photo is attached to a record, most certain first."""

    STATED = "stated"
    LABEL_IN_NAME = "label_in_name"
    LABEL_IN_PICTURE = "label_in_picture"
    AFTER_LABEL = "after_label"


class RecordFact(StrEnum):
    """What a checklist requires of a record besides photos."""

    RECOVERY_DATE = "recovery_date"
    PLACE = "place"
    AIRFRAME_SERIAL = "airframe_serial"
    HOST_UNIT = "host_unit"
    MARKING_STATE = "marking_state"
    CUSTODY = "custody"


class RequirementSubject(StrEnum):
    """Kinds of records that a requirement of the checklist is about."""

    RECOVERY = "recovery"
    UNIT = "unit"
    COMPONENT = "component"


class Need(StrEnum):
    """How strongly a checklist requires an item."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
