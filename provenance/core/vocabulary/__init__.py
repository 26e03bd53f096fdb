"""The closed vocabularies of the model, in the terms of the field; standard library only.

A value that a source does not state is NULL in the database, never a member of a vocabulary, except
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
    """Announced and lapsed deals are on record, but never attribute a brand to an owner."""

    COMPLETED = "completed"
    ANNOUNCED = "announced"
    LAPSED = "lapsed"


class Control(StrEnum):
    """What an owner has: the economic interest, the legal right to decide, or both; NULL is "not stated".

    They part where a court or a government takes the votes from an owner who keeps the shares.
    """

    BOTH = "both"
    ECONOMIC = "economic"
    LEGAL = "legal"


class OwnershipFormat(StrEnum):
    """The formats of files that state who owns whom."""

    GLEIF = "gleif"
    BODS = "bods"
    CSV = "csv"


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
    """How the item was obtained; only the first counts as found in a weapon."""

    BATTLEFIELD = "battlefield"
    SEIZURE = "seizure"
    INTERCEPTION = "interception"


class Extent(StrEnum):
    """What a recovery record covers, as far as its source says."""

    SPECIMEN = "specimen"
    SEVERAL = "several"
    UNIT = "unit"
    MODEL = "model"
    UNSTATED = "unstated"


class SerialKind(StrEnum):
    """Numbers that identify a specimen."""

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
    """The state of a marking."""

    PRESENT = "present"
    ILLEGIBLE = "illegible"
    OBLITERATED = "obliterated"
    NONE = "none"


class Authenticity(StrEnum):
    """Whether a component is genuine, as assessed; NULL is "not assessed"."""

    NO_SIGNS = "no_signs"
    SUSPECT = "suspect"
    COUNTERFEIT = "counterfeit"
    DENIED = "denied_by_maker"


SUSPECT_AUTHENTICITY = (Authenticity.SUSPECT, Authenticity.COUNTERFEIT, Authenticity.DENIED)


class StatementStatus(StrEnum):
    """How certain an attribution or identification is. ``published`` means that a source states it,
    ``confirmed`` that a person decided; what the program infers is ``tentative`` and counts only on request.
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
    """What a marking that is not a part number may be: a maker's trace code, or its logo in letters."""

    TRACE = "trace"
    LOGO = "logo"


class Side(StrEnum):
    """The side of a transfer that a party was on; ``unstated`` where a source only says "involved"."""

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
    """Admiralty scale for sources; F means that it cannot be judged, NULL that it was not assessed."""

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
    """Whether two records are recorded as the same item."""

    SAME = "same"
    NEVER = "never"


class ImportStatus(StrEnum):
    """The state of an import; ``running`` without a process means that it was interrupted."""

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
    """The basis of a count by nationality: which firm counts for a brand, and which of its seats."""

    BRAND = "brand"
    OWNER_AT_MANUFACTURE = "owner-at-manufacture"
    OWNER_NOW = "owner-now"
    DOMICILE = "domicile"


class OutputFormat(StrEnum):
    """The output formats of commands that answer a question."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
