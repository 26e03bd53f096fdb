"""What kind of component an English, Ukrainian or Russian description means, and its customs code.

Source: the editors' reading of published lists and of the Harmonized System's headings, unverified. A word
that several kinds share (microcircuit, driver, controller, converter) decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.core.vocabulary import ComponentCategory as Kind


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of component and, where the description is that exact, its six-digit HS code."""

    category: Kind
    hs6: str | None = None


_KINDS = tuple(
    (re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE), Described(kind, hs6))
    for words, kind, hs6 in (
        (r"single.board computer|microcomputer|motherboard|video capture|raspberry pi", Kind.MODULE, None),
        (r"micro-?controller|мікроконтролер|микроконтроллер", Kind.MCU, None),
        (r"fpga|cpld|pld\b|plis\b|programmable (?:logic|gate)|пліс|плис", Kind.FPGA, None),
        (
            r"micro-?processor|(?:digital )?signal processor|мікропроцесор|микропроцессор",
            Kind.PROCESSOR,
            None,
        ),
        (
            r"\w*photo-?diode|led\b|laser|superluminescent|photo-?coupler|opto-?coupler|optoisolator|оптопар",
            Kind.OPTO,
            None,
        ),
        (
            r"(?:s|d|sd|f)?ram (?:chip|memory)|eeprom|flash memory|memory chip|мікросхема пам|микросхема пам",
            Kind.MEMORY,
            None,
        ),
        (r"tantalum (?:smd )?capacitor|capacitor smd tantalum|танталов", Kind.PASSIVE, "853221"),
        (r"mlcc|multi-?layer ceramic capacitor", Kind.PASSIVE, "853224"),
        (r"alumin(?:i?um|ous) electrolytic capacitor", Kind.PASSIVE, "853222"),
        (
            r"capacitor|resistor|potentiometer|inductor|inductance coil|choke|ferrite|конденсатор|резистор"
            r"|дросел|дроссел|(?:thin|thick).film resistor",
            Kind.PASSIVE,
            None,
        ),
        (r"thyristor|triac|тиристор|симістор|симистор", Kind.DISCRETE, "854130"),
        (r"(?:schottky|zener|tvs|rectifier) diode|diode\b|діод|диод", Kind.DISCRETE, "854110"),
        (r"(?:\w+ )?mosfet\b|transistor|igbt|транзистор", Kind.DISCRETE, None),
        (
            r"voltage (?:regulator|stabili[sz]er)|ldo\b|low.?drop|стабілізатор|стабилизатор",
            Kind.REGULATOR,
            None,
        ),
        (r"dc.{0,3}dc.{0,3}converter|power supply (?:unit|module)|ac.dc", Kind.POWER, None),
        (
            r"(?:operational|instrumentation) amplifier|comparator|analog(?:ue)?.(?:to.)?digital converter"
            r"|digital.(?:to.)?analog(?:ue)? converter|\d+-bit (?:adc|dac)|reference voltage|ацп\b|цап\b"
            r"|операційний підсилювач|операционный усилитель|компаратор",
            Kind.ANALOG,
            None,
        ),
        (
            r"ethernet (?:transceiver|controller|switch)|transceiver|приймач-передавач|трансивер",
            Kind.TRANSCEIVER,
            None,
        ),
        (r"line driver|rs-?\d{3}|level (?:shifter|translator)", Kind.INTERFACE, None),
        (r"flip-?flop|latch|shift register|(?:octal|bus|clock) buffer|logic gate|тригер", Kind.LOGIC, None),
        (r"accelerometer|gyroscope|inertial|imu\b|акселерометр|гіроскоп|гироскоп", Kind.IMU, None),
        (
            r"(?:gnss|gps|glonass|satellite navigation) (?:module|receiver)",
            Kind.NAVIGATION,
            "852691",
        ),
        (r"antenna|антен", Kind.ANTENNA, "852910"),
        (r"(?:video|fpv|ip|course|digital) camera\b", Kind.CAMERA, "852589"),
        (r"(?:thermal imaging |video |web ?|ip )?camera\b|камер[аи]\b|тепловізор", Kind.CAMERA, None),
        (r"plug connector|connector plug", Kind.CONNECTOR, "853669"),
        (r"connector|розніман|роз.?єм|разъ[её]м", Kind.CONNECTOR, None),
        (r"(?:solid state |electromagnetic )?relay\b|реле\b", Kind.RELAY, None),
        (r"quartz|crystal (?:oscillator|resonator)|clock oscillator|кварц", Kind.CRYSTAL, None),
        (r"batter(?:y|ies)\b|accumulator\b|акумулятор|аккумулятор|ultracapacitor", Kind.BATTERY, None),
        (r"servo|(?:brushless |electric )?motor\b|сервопривод|електродвигун", Kind.MOTOR, None),
        (r"(?:\w+-stroke |gasoline |petrol |diesel )?engine\b|двигун внутр", Kind.ENGINE, None),
        (r"display\b|monitor\b|дисплей", Kind.DISPLAY, None),
        (r"(?:radio )?modem\b|data ?link|модем", Kind.DATALINK, None),
        (
            r"(?:ball |roller )?bearing|gearbox|brake pad|turbocharger|water pump|підшипник|подшипник",
            Kind.MECHANICAL,
            None,
        ),
        (r"(?:pressure |airspeed )?sensor|датчик|давач", Kind.SENSOR, None),
    )
)
_AMBIGUOUS = re.compile(
    r"(?<!\w)(?:driver|controller|memory module|memory card|spark plug|liquid crystal|charge"
    r"|management|protection|housing|fuel supply|digital potentiometer|single.chip|switch for|for the)",
    re.IGNORECASE,
)
"""Words next to which the others mean something else: a MOSFET driver is not a MOSFET."""
_STRONG = frozenset({Kind.MCU, Kind.FPGA, Kind.TRANSCEIVER, Kind.INTERFACE})


def described_kind(text: str) -> Described | None:
    """The kind that a description names first; None where it names none clearly.

    ``text`` may hold a marking as well.
    """
    found = next((described for words, described in _KINDS if words.search(text)), None)
    if found is None or (found.category not in _STRONG and _AMBIGUOUS.search(text)):
        return None
    return found
