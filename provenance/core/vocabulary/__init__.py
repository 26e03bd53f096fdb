"""The closed vocabularies of the model, in the terms of the field; standard library only.

A value that a source leaves open is NULL in the database, never a member of a vocabulary, except
where "not stated" is itself a statement (the extent of a recovery, the kind of a date).
"""

from enum import StrEnum


class Verification(StrEnum):
    """How far a statement of reference data has been checked against its source."""

    VERIFIED = "verified"
    PARTLY = "partly"
    UNVERIFIED = "unverified"
    CONFLICT = "conflict"


class OrganizationKind(StrEnum):
    """What an organization is; funds and holdings make nothing and never own a brand in a count."""

    OPERATING = "operating"
    FUND = "fund"
    HOLDING = "holding"
    AGENCY = "agency"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """How a name belongs to an organization."""

    LEGAL = "legal"
    BRAND = "brand"
    FORMER = "former"
    ALIAS = "alias"


class SeatKind(StrEnum):
    """Where an organization is run from, and where it is registered."""

    HEADQUARTERS = "headquarters"
    LEGAL = "legal"


class OwnershipScope(StrEnum):
    """Whether a whole firm changed hands or one of its product lines."""

    ALL = "all"
    PRODUCT_LINE = "product_line"


class OwnershipStatus(StrEnum):
    """Announced and lapsed deals are on record and never roll a brand up."""

    COMPLETED = "completed"
    ANNOUNCED = "announced"
    LAPSED = "lapsed"


class WeaponKind(StrEnum):
    """Kinds of weapon systems and equipment."""

    MISSILE = "missile"
    DRONE = "drone"
    GUIDED_MUNITION = "guided_munition"
    VEHICLE = "vehicle"
    RADIO = "radio"
    ELECTRONIC_WARFARE = "electronic_warfare"
    NAVIGATION = "navigation"
    COMPUTER = "computer"
    OPTICS = "optics"
    COMMAND = "command"
    OTHER = "other"


WEAPONS_IN_THE_AIR = (WeaponKind.MISSILE, WeaponKind.DRONE, WeaponKind.GUIDED_MUNITION)


class UnitKind(StrEnum):
    """Kinds of units that several weapons share."""

    COMPUTER = "computer"
    NAVIGATION = "navigation"
    ANTENNA = "antenna"
    SEEKER = "seeker"
    JAMMER = "jammer"
    OPTICS = "optics"
    COMMUNICATION = "communication"
    PROPULSION = "propulsion"
    OTHER = "other"


class Language(StrEnum):
    """Languages of aliases; ``und`` where it makes no difference."""

    EN = "en"
    RU = "ru"
    UK = "uk"
    UND = "und"


class RecoveryKind(StrEnum):
    """How the thing came into examining hands; only the first counts as found in a weapon."""

    BATTLEFIELD = "battlefield"
    SEIZURE = "seizure"
    INTERCEPTION = "interception"


class Extent(StrEnum):
    """How much a recovery record stands for, as far as its source says."""

    SPECIMEN = "specimen"
    SEVERAL = "several"
    UNIT = "unit"
    MODEL = "model"
    UNSTATED = "unstated"


class SerialKind(StrEnum):
    """Numbers that single out a specimen."""

    SERIAL = "serial"
    TAIL = "tail"
    CHASSIS = "chassis"
    SAMPLE = "sample"


class RecoveryDateKind(StrEnum):
    """What happened on a date that a source gives for a recovery."""

    RECOVERED = "recovered"
    CAPTURED = "captured"
    USED = "used"
    PRODUCED = "produced"
    EXAMINED = "examined"
    PUBLISHED = "published"
    UNSTATED = "unstated"


class MarkingState(StrEnum):
    """What is left of a marking."""

    PRESENT = "present"
    ILLEGIBLE = "illegible"
    OBLITERATED = "obliterated"
    NONE = "none"


class Authenticity(StrEnum):
    """What is held about a component being genuine; NULL is "not assessed"."""

    NO_SIGNS = "no_signs"
    SUSPECT = "suspect"
    COUNTERFEIT = "counterfeit"
    DENIED = "denied_by_maker"


SUSPECT_AUTHENTICITY = (Authenticity.SUSPECT, Authenticity.COUNTERFEIT, Authenticity.DENIED)


class StatementStatus(StrEnum):
    """How firmly an attribution or identification is held.

    ``published`` stands because a source says so; ``confirmed`` because somebody decided; what a
    program guesses is ``tentative`` and enters a count only on request.
    """

    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"


class ComponentCategory(StrEnum):
    """Kinds of components, coarse enough for a source's own label to be mapped onto them."""

    ANALOG = "analog"
    ANTENNA = "antenna"
    BATTERY = "battery"
    CAMERA = "camera"
    CONNECTOR = "connector"
    CRYSTAL = "crystal"
    DATALINK = "datalink"
    DISCRETE = "discrete"
    DISPLAY = "display"
    ENGINE = "engine"
    FPGA = "fpga"
    IMU = "imu"
    INTERFACE = "interface"
    LOGIC = "logic"
    MCU = "mcu"
    MECHANICAL = "mechanical"
    MEMORY = "memory"
    MODULE = "module"
    MOTOR = "motor"
    NAVIGATION = "navigation"
    OPTO = "opto"
    PASSIVE = "passive"
    POWER = "power"
    PROCESSOR = "processor"
    REGULATOR = "regulator"
    RELAY = "relay"
    RF = "rf"
    SENSOR = "sensor"
    SOC = "soc"
    TRANSCEIVER = "transceiver"


class TraceCategory(StrEnum):
    """What a marking that is no part number may be: the trace code of a maker, or his logo in letters."""

    TRACE = "trace"
    LOGO = "logo"


class Side(StrEnum):
    """On which side of a transfer a party stood; ``unstated`` where a source only says "involved"."""

    FROM = "from"
    TO = "to"
    UNSTATED = "unstated"


class PartyRole(StrEnum):
    """What a party to a transfer was on that date."""

    MAKER = "maker"
    AUTHORISED_DISTRIBUTOR = "authorised_distributor"
    INDEPENDENT_DISTRIBUTOR = "independent_distributor"
    BROKER = "broker"
    MARKETPLACE = "marketplace"
    FORWARDER = "forwarder"
    IMPORTER = "importer"
    SUPPLIER = "supplier"
    PROCUREMENT_FRONT = "procurement_front"
    END_USER = "end_user"
    UNKNOWN = "unknown"


class EvidenceClass(StrEnum):
    """What a transfer rests on, strongest first; classes are never mixed in a count."""

    ITEM_DOCUMENT = "item_document"
    TRADE_RECORD_SAME_PART = "trade_record_same_part"
    BANK_RECORD = "bank_record"
    ALLEGATION = "allegation"
    NAMED_BY_PUBLISHER = "named_by_publisher"
    TRADE_RECORD_SAME_HS = "trade_record_same_hs"


class Reliability(StrEnum):
    """Admiralty scale for sources; F means that it cannot be judged, NULL that nobody has judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0, mildest first; a record without a mark is treated as AMBER."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class SameVerdict(StrEnum):
    """Whether two records are held to be one thing."""

    SAME = "same"
    NEVER = "never"


class ImportStatus(StrEnum):
    """Life of an import; ``running`` with no process behind it was interrupted."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class DateReading(StrEnum):
    """How a date-code format turns digits into a date."""

    YYWW = "yyww"
    YWW = "yww"
    YM_LETTER = "ym_letter"
    MMYY = "mmyy"
    WWYY = "wwyy"
    NONE = "none"


class CountryBasis(StrEnum):
    """Which country, and which firm, a count by nationality goes by."""

    BRAND = "brand"
    OWNER_AT_MANUFACTURE = "owner-at-manufacture"
    OWNER_NOW = "owner-now"
    DOMICILE = "domicile"


class OutputFormat(StrEnum):
    """What an answering command can print."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
