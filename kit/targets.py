"""The machines that the kit is for, and which requirements a folder of wheels lacks for one of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

PYTHONS = ("3.11", "3.12", "3.13")
_OLDEST_TO_NEWEST_GLIBC = range(5, 29)
LINUX = (
    *(f"manylinux_2_{minor}_x86_64" for minor in reversed(_OLDEST_TO_NEWEST_GLIBC)),
    "manylinux2014_x86_64",
    "manylinux2010_x86_64",
    "manylinux1_x86_64",
)
"""Up to glibc 2.28: Debian 11, Ubuntu 20.04 and newer."""

_LINUX_ENVIRONMENT = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
}
_WINDOWS_ENVIRONMENT = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
}


@dataclass(frozen=True)
class Target:
    """One kind of machine: the names that its Python uses, and the wheels that it accepts."""

    system: str
    python: str

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platform tags of its wheels, best first."""
        return LINUX if self.system == "linux" else ("win_amd64",)

    @property
    def abis(self) -> tuple[str, ...]:
        """The binary interfaces that its wheels may be built for."""
        return (f"cp{self.python.replace('.', '')}", "abi3", "none")

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which the markers of its packages are evaluated."""
        system = _LINUX_ENVIRONMENT if self.system == "linux" else _WINDOWS_ENVIRONMENT
        return system | {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
        }

    @property
    def tags(self) -> set[Tag]:
        """The tags of the wheels that it accepts."""
        version = tuple(int(part) for part in self.python.split("."))
        interpreter = f"cp{self.python.replace('.', '')}"
        return {
            *cpython_tags(version, platforms=self.platforms),
            *compatible_tags(version, interpreter, self.platforms),
        }

    def __str__(self) -> str:
        return f"{self.system}, Python {self.python}"


TARGETS = tuple(Target(system, python) for system in ("linux", "windows") for python in PYTHONS)


@dataclass(frozen=True)
class Wheel:
    """A wheel in a folder."""

    path: Path
    name: str
    version: Version
    tags: frozenset[Tag]

    def requirements(self) -> Iterator[Requirement]:
        """Its stated requirements."""
        with zipfile.ZipFile(self.path) as archive:
            member = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            told = HeaderParser().parsestr(archive.read(member).decode("utf-8"))
        for line in told.get_all("Requires-Dist") or ():
            yield Requirement(line)


def wheels_in(folder: Path) -> list[Wheel]:
    """Every wheel of a folder, newest first."""
    found = []
    for path in sorted(folder.glob("*.whl")):
        name, version, _build, tags = parse_wheel_filename(path.name)
        found.append(Wheel(path, canonicalize_name(name), version, tags))
    return sorted(found, key=lambda wheel: wheel.version, reverse=True)


def lacking(folder: Path, target: Target, wanted: str) -> list[str]:
    """All requirements, direct or not, that a folder does not meet for a target; empty if it is complete.

    Markers are judged by the target's machine, not by this one, as the installer there will.
    """
    wheels = [wheel for wheel in wheels_in(folder) if wheel.tags & target.tags]
    missing: list[str] = []
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(wanted)]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = sorted(requirement.extras) or [""]
        if all((name, extra) in seen for extra in extras):
            continue
        seen |= {(name, extra) for extra in extras}
        fits = (
            wheel
            for wheel in wheels
            if wheel.name == name and requirement.specifier.contains(wheel.version, prereleases=True)
        )
        wheel = next(fits, None)
        if wheel is None:
            missing.append(f"{requirement.name}{requirement.specifier}")
            continue
        for further in wheel.requirements():
            environments = [target.environment | {"extra": extra} for extra in extras]
            if further.marker is None or any(map(further.marker.evaluate, environments)):
                waiting.append(further)
    return sorted(missing)
