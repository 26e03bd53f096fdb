"""A small seed that a test may change, made of the program's own."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from provenance.seeding import files
from provenance.seeding.load import REFERENCE_FILES

FILLED_BY_SEED = [name.removesuffix(".csv") for name in REFERENCE_FILES]

REFERENCES = {
    "source": "source",
    "organization": "organization",
    "owned": "organization",
    "owner": "organization",
    "maker": "organization",
    "later_owner_line": "organization",
    "weapon_system": "weapon_system",
    "variant_of": "weapon_system",
    "unit_type": "unit_type",
}
"""Columns that hold the key of a row of another file, in every reference file that has them."""

KEPT = {
    "organization": {"actel", "analog-devices", "intel", "maxim-integrated", "texas-instruments"},
    "weapon_system": {"kh-101", "geran-2", "shahed-136"},
    "unit_type": {"args-14"},
}
"""A seed of so few rows loads in no time; the whole one stands in the reference database."""


class Seed:
    """A piece of the seed that a test may change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for path in files.seed_path().glob("*.csv"):
            shutil.copyfile(path, folder / path.name)
        used: set[str] = {"editors-memory", "gur-war-sanctions"}
        for name in FILLED_BY_SEED:
            if name != "source":
                self._rewrite(name, lambda rows, name=name: [row for row in rows if _kept(name, row)])
                for row in self._rows(name):
                    used |= {row["source"], *row.get("further_sources", "").split(";")}
        self._rewrite("source", lambda rows: [row for row in rows if row["key"] in used])

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.csv"

    def _rows(self, name: str) -> list[dict[str, str]]:
        with self._path(name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def _rewrite(self, name: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
        rows = self._rows(name)
        with self._path(name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(change(rows))

    def add(self, name: str, /, **cells: str) -> int:
        """Writes a row at the end, empty where nothing is said; says its line."""
        self._rewrite(name, lambda rows: [*rows, dict.fromkeys(rows[0], "") | cells])
        return len(self._path(name).read_text(encoding="utf-8").splitlines())

    def drop(self, name: str, /, **cells: str) -> None:
        """Takes the rows with these cells out."""
        self._rewrite(name, lambda rows: [row for row in rows if not cells.items() <= row.items()])

    def change(self, name: str, key: str, /, **cells: str) -> None:
        """Writes other cells into the row of a key."""
        self._rewrite(name, lambda rows: [row | cells if row["key"] == key else row for row in rows])

    def write(self, name: str, /, text: str) -> None:
        """Writes a whole file."""
        self._path(name).write_text(text, encoding="utf-8")

    def add_firm(self, key: str, name: str) -> None:
        """Writes a firm with one name."""
        said = {"verification": "unverified", "source": "editors-memory"}
        self.add("organization", key=key, label=name, kind="operating", **said)
        self.add("organization_name", organization=key, name=name, kind="brand", **said)

    def add_weapon(self, key: str, designation: str, *aliases: str) -> None:
        """Writes a missile with its names."""
        said = {"verification": "unverified", "source": "editors-memory"}
        self.add("weapon_system", key=key, designation=designation, kind="missile", **said)
        for alias in (designation, *aliases):
            self.add("weapon_alias", weapon_system=key, alias=alias, language="und", **said)


def _kept(name: str, row: dict[str, str]) -> bool:
    """Whether a row is one of the kept things, or speaks of kept things only."""
    if name in KEPT and row["key"] not in KEPT[name]:
        return False
    spoken_of = [(kind, row.get(column)) for column, kind in REFERENCES.items() if kind != "source"]
    return all(key in KEPT[kind] for kind, key in spoken_of if key)
