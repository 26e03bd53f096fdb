"""Adding a text field to a component is a declaration, a column and a migration: three files."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from provenance.schema.migrations import newest_file_revision
from tests.support.commands import CHECKOUT

FIELD = """    FieldSpec(
        "component_serial",
        "Serial number of the component itself",
        values.words,
        column="component_serial",
        headers=("serial of the component",),
        asked=True,
        question=mark("Serial number of the component"),
    ),
    CREDIBILITY,
"""
COLUMN = """    condition: Mapped[str | None] = Field(default=None)
    component_serial: Mapped[str | None] = Field(default=None)
"""
MIGRATION = '''"""Components have serial numbers."""

import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("component", sa.Column("component_serial", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("component", "component_serial")
'''
SERIAL = "CAM-00417"


class Scratch:
    """A copy of the program, in which files are changed and counted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        left_out = shutil.ignore_patterns("__pycache__")
        for name in ("provenance", "migrations", "seed"):
            shutil.copytree(CHECKOUT / name, folder / name, ignore=left_out)

    def replace(self, file: str, old: str, new: str) -> None:
        """Changes a file in one place."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {text.count(old)} times {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.touched.add(file)

    def write(self, file: str, text: str) -> None:
        """Adds a file."""
        (self.folder / file).write_text(text, encoding="utf-8")
        self.touched.add(file)

    def run(self, *words: str | Path) -> str:
        """What the changed program prints."""
        database = f"sqlite:///{self.folder / 'scratch.db'}"
        return self.python("-m", "provenance", "--db", database, "--actor", "olena", *words)

    def python(self, *words: str | Path) -> str:
        """What Python prints with the changed program."""
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.folder), "COLUMNS": "100"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, *words: str | Path) -> list[dict[str, Any]]:
        """The rows of an answer."""
        found: list[dict[str, Any]] = json.loads(self.run(*words, "--format", "json"))["rows"]
        return found


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """The program with a field more, and a database of it."""
    changed = Scratch(tmp_path_factory.mktemp("scratch"))
    changed.replace("provenance/fields/components.py", "    CREDIBILITY,\n", FIELD)
    first = COLUMN.splitlines(keepends=True)[0]
    changed.replace("provenance/schema/recoveries.py", first, COLUMN)
    migration = MIGRATION.format(newest=newest_file_revision())
    changed.write("migrations/versions/9998_component_serial.py", migration)
    changed.run("init")
    return changed


def test_three_files_are_touched(scratch: Scratch) -> None:
    assert len(scratch.touched) == 3, scratch.touched


def test_it_is_an_option_and_a_key_of_the_answer(scratch: Scratch) -> None:
    (recovery,) = scratch.rows("log", "recovery", "--weapon", "Kh-101", "--used", "2024-01-02")
    words = ("--recovery", recovery["ref"], "--marking", "LT1086CM", "--component-serial", SERIAL)
    (logged,) = scratch.rows("log", "component", *words)
    (shown,) = scratch.rows("show", logged["ref"])
    assert shown["more"] == {"component_serial": SERIAL}
    assert SERIAL in scratch.run("show", logged["ref"])
    assert "Serial number of the component itself" in scratch.run("log", "component", "--help")


def test_it_is_a_column_of_the_template_which_is_taken_back(scratch: Scratch) -> None:
    (recovery,) = scratch.rows("log", "recovery", "--weapon", "Kh-101", "--used", "2024-01-03")
    file = scratch.folder / "components.csv"
    scratch.run("log", "template", "components", "--out", file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    said = {"recovery": recovery["ref"], "marking": "LT1086CM", "component_serial": SERIAL}
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(said.get(name, "") for name in header)
    (logged,) = scratch.rows("log", "file", file)[0]["logged"]
    assert scratch.rows("show", logged["ref"])[0]["more"] == {"component_serial": SERIAL}


def test_it_is_read_from_lists_under_its_words(scratch: Scratch) -> None:
    file = scratch.folder / "list.csv"
    file.write_text(f"id,weapon,marking,Serial of the component\nK-7,Kh-101,LT1086CM,{SERIAL}\n", "utf-8")
    scratch.run("import", "components", file, "--source", "a-list", "--publisher", "P", "--title", "T")
    assert scratch.rows("show", "K-7")[0]["more"] == {"component_serial": SERIAL}


def test_it_is_asked_in_the_form(scratch: Scratch) -> None:
    program = "from provenance.cli.forms.questions import *; print(ASKED['component'], QUESTIONS)"
    printed = scratch.python("-c", program)
    assert "'component_serial')" not in printed
    assert "'component_serial', 'tlp', 'note')" in printed
    assert "Serial number of the component" in printed
