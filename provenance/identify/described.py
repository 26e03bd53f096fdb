"""The words beside a number: which categories they allow a family of numbers to have."""

from __future__ import annotations

from functools import lru_cache

from provenance.core.vocabulary import ComponentCategory as Kind
from provenance.text.descriptions import described_kind

_KIN = (
    {Kind.ANALOG, Kind.REGULATOR, Kind.POWER, Kind.INTERFACE, Kind.LOGIC, Kind.SENSOR},
    {Kind.DISCRETE, Kind.POWER, Kind.OPTO, Kind.RF},
    {Kind.TRANSCEIVER, Kind.INTERFACE, Kind.LOGIC, Kind.RF, Kind.DATALINK, Kind.NAVIGATION},
    {Kind.MCU, Kind.PROCESSOR, Kind.SOC, Kind.FPGA, Kind.MODULE},
    {Kind.SENSOR, Kind.IMU, Kind.NAVIGATION},
    {Kind.FPGA, Kind.MEMORY, Kind.LOGIC},
    {Kind.ANTENNA, Kind.RF, Kind.NAVIGATION},
    {Kind.MOTOR, Kind.ENGINE, Kind.MECHANICAL},
    {Kind.PASSIVE, Kind.CRYSTAL, Kind.RELAY, Kind.CONNECTOR},
    {Kind.POWER, Kind.BATTERY},
    {Kind.CAMERA, Kind.OPTO, Kind.DISPLAY},
)
"""Categories that descriptions and families of numbers use for each other: a power switch is a regulator to
one and a discrete to another. Chosen by reading them, not fitted to a list."""
_REMEMBERED = 4096


def may_be(category: str, described: str) -> bool:
    """Whether what is described so may be of that category."""
    return category == described or any(category in kin and described in kin for kin in _KIN)


@lru_cache(maxsize=_REMEMBERED)
def described_category(words: tuple[str, ...]) -> str:
    """The category that a marking's words name, empty where they name none."""
    found = described_kind(" ".join(words)) if words else None
    return str(found.category) if found else ""
