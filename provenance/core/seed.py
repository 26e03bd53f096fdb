"""The folder and the tables of the seed: reference data that comes with the program."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path


def seed_path() -> Path:
    """The folder of the seed: inside the installed package, or beside it in a checkout."""
    packaged = Path(__file__).parents[1] / "_seed"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "seed"


def seed_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the seed (CSV, UTF-8), such as ``legal_form.csv``, by their columns' names.

    Raises FileNotFoundError where the seed has no such table.
    """
    with (seed_path() / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)
