"""Closed vocabularies of evidence: pictures, what they show, why they hang where they hang, requirements."""

from enum import StrEnum


class PhotoState(StrEnum):
    """How far a kept picture could be looked into; every one of them is kept and hashed as it came.

    ``kept`` is a RAW file, which is not looked into; ``damaged`` does not decode to its end;
    ``too_large`` has more pixels than is safe to unpack.
    """

    READ = "read"
    KEPT = "kept"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"


class TakenBasis(StrEnum):
    """What the time of a picture rests on."""

    CAMERA = "camera"
    CAMERA_CORRECTED = "camera_corrected"
    STATED = "stated"


class View(StrEnum):
    """What a picture shows of the record it belongs to.

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
    """Why a picture is held to show a record, surest first."""

    STATED = "stated"
    LABEL_IN_NAME = "label_in_name"
    LABEL_IN_PICTURE = "label_in_picture"
    AFTER_LABEL = "after_label"


class RecordFact(StrEnum):
    """What a checklist asks of a record beside its pictures."""

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
    """How much a checklist insists."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
