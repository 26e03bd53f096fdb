"""The words of published entry names: what a noun says about kind, extent and dates. Only words, no
entries."""

from __future__ import annotations

import re
from typing import Literal

KindHint = Literal[
    "missile", "drone", "guided_munition", "vehicle", "radio", "electronic_warfare", "navigation", "computer",
    "optics", "command", "other",
]  # fmt: skip
EntryDateKind = Literal["recovered", "used", "captured", "produced", "examined", "published", "unstated"]

KIND_NOUNS: dict[KindHint, tuple[str, ...]] = {
    "missile": (
        "missile", "cruise missile", "ballistic missile", "guided missile", "hypersonic missile",
        "missile system", "rocket",
    ),
    "drone": (
        "drone", "FPV drone", "UAV", "UAV system", "UAS", "UCAV", "unmanned aerial vehicle",
        "unmanned aircraft", "quadcopter", "loitering munition", "barrage munition", "barraging munition",
        "aerial target", "air target",
    ),
    "guided_munition": (
        "guided munition", "guided bomb", "glide bomb", "gliding bomb", "aerial bomb", "guided shell",
        "guided projectile", "MLRS guided missile", "MLRS missile", "MLRS rocket", "guided rocket",
        "correction module", "glide kit",
    ),
    "vehicle": (
        "vehicle", "combat vehicle", "armoured vehicle", "armored vehicle", "armoured car", "tank", "truck",
        "MLRS", "multiple launch rocket system", "helicopter", "aircraft", "anti-aircraft missile system",
        "anti-aircraft missile complex",
    ),
    "radio": (
        "radio", "radio station", "radio set", "transceiver", "communication station", "search receiver",
        "radio receiver", "radio transmitter", "exciter", "modem",
    ),
    "electronic_warfare": (
        "jammer", "jamming station", "interference transmitter", "jamming transmitter", "electronic warfare",
        "electronic warfare system", "EW system",
    ),
    "navigation": (
        "navigation system", "navigation equipment", "navigation receiver", "satellite positioning",
        "receiver-indicator", "navigator", "GNSS receiver", "GPS receiver", "GLONASS receiver",
        "satellite receiver", "satellite navigation receiver",
    ),
    "computer": ("computer", "computing machine", "laptop"),
    "optics": (
        "laser device", "rangefinder", "thermal imager", "sight", "binoculars", "optical-electronic system",
        "optoelectronic system", "surveillance system", "camera",
    ),
    "command": (
        "command vehicle", "staff vehicle", "observation vehicle", "command and staff vehicle",
        "command and observation vehicle", "command post",
    ),
    "other": (
        "radar", "radar station", "detector", "signaling system", "signalling system",
        "encryption equipment", "classification equipment",
    ),
}  # fmt: skip

WHOLE_WEAPON_KINDS: frozenset[KindHint] = frozenset(
    {"missile", "drone", "guided_munition", "vehicle", "command"}
)

DATE_KIND_WORDS: dict[EntryDateKind, tuple[str, ...]] = {
    "recovered": ("recovered", "recovery", "found", "collected", "discovered"),
    "used": ("used", "use", "usage", "fired", "launched", "struck", "hit", "downed", "shot down", "crashed"),
    "captured": ("captured", "capture", "seized", "taken"),
    "produced": ("produced", "production", "manufactured", "made", "built", "assembled"),
    "examined": (
        "examined", "examination", "researched", "research", "investigated", "studied", "inspected",
        "analysed", "analyzed", "disassembled", "documented",
    ),
    "published": ("published", "publication", "posted", "reported"),
}  # fmt: skip

PARTS_WORDS = frozenset({"components", "parts", "elements", "fragments", "debris", "wreckage", "remains"})
SEVERAL_WORDS = frozenset(
    {"other", "several", "various", "different", "multiple", "many", "two", "three", "four"}
)
# A set or a variant is the item itself, not a unit taken from it.
WHOLE_WORDS = frozenset(
    {"set", "kit", "version", "variant", "modification", "prototype", "model", "family", "type"}
)
# "Device of the scout" says whose tool it is, not what it came from.
PERSON_WORDS = frozenset(
    {"scout", "soldier", "operator", "commander", "crew", "gunner", "pilot", "infantry", "troops"}
)
ARTICLES = frozenset({"the", "a", "an", "its", "this", "one"})

_OTHER_COMMON_WORDS = """
    a active air aircraft airplane all an and antenna anti apparatus area armour army automated
    automatic automation autonomous aviation ballistic barrage basic black block board body box
    cannon carrier channel chassis circuit class classification code codename combat command
    communication complex computing control controlled correction crp crpa cruise data day detection
    device devices digital direct electronic electronics encryption engine equipment ew exciter
    extended finder fixed flight for fpv from geo glide gliding global glonass gnss gps grenade
    ground guidance guided gun gyro hardware head heavy hf high homing hybrid hypersonic index
    indicator inertial infrared intelligence interceptor interference internal jamming kh kit km
    landing laser launch launcher light loitering long machine management means measuring medium
    military mine mini mlrs mm mobile modernised modernized module mortar motor mount mounted multi
    multipurpose munition navigation new non number object of on onboard operational optical
    optoelectronic part personal place portable post power processing processor program protection
    radar radio range receiver receiving recon reconnaissance reference relay remote russian
    satellite search seeker self semi sensor serial series server set ship short side signal
    signaling signalling simulator single small soldier solid source special state station strategic
    strike striking supply support surface surveillance switch switching system tactical tail tank
    target terminal the thermal tool tracked training transceiver transmission transmitter transport
    twin type uhf unified unit universal unmanned vehicle version vhf video vs warfare warhead
    wearable wheeled wireless with workplace workstation
"""


def _folded_words() -> frozenset[str]:
    nouns = (noun for kind in KIND_NOUNS.values() for noun in kind)
    in_nouns = {part for noun in nouns for part in re.split(r"[\s-]", noun.lower())}
    return frozenset(in_nouns | set(_OTHER_COMMON_WORDS.split()) | PARTS_WORDS | SEVERAL_WORDS | WHOLE_WORDS)


COMMON_WORDS = _folded_words()


def is_common_word(word: str) -> bool:
    """Whether a word, or each part of a hyphened or slashed one, is one of the field's common words."""
    parts = [part for part in re.split(r"[-/]", word.lower().strip(".")) if part]
    return bool(parts) and all(
        part in COMMON_WORDS or part.removesuffix("s") in COMMON_WORDS for part in parts
    )


def noun_pattern() -> re.Pattern[str]:
    """A pattern that finds the kind nouns, longest first; its group `plural` is set for a plural form."""
    nouns = sorted((noun for kind in KIND_NOUNS.values() for noun in kind), key=len, reverse=True)
    alternatives = "|".join(re.escape(noun).replace(r"\ ", r"[\s-]+") for noun in nouns)
    return re.compile(rf"(?<![\w-])(?P<noun>{alternatives})(?P<plural>s)?(?![\w-])", re.IGNORECASE)


def kind_of_noun(noun: str) -> KindHint | None:
    """The kind that a noun states (any case, hyphen or space between its words); None for another word."""
    wanted = re.sub(r"[\s-]+", " ", noun.lower())
    for kind, nouns in KIND_NOUNS.items():
        if any(re.sub(r"[\s-]+", " ", known.lower()) == wanted for known in nouns):
            return kind
    return None


def date_kind_of(word: str) -> EntryDateKind:
    """The kind of date that the word before it states; `unstated` for a word that states none."""
    for kind, words in DATE_KIND_WORDS.items():
        if word.lower() in words:
            return kind
    return "unstated"
