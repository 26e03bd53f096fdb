"""Adding a text field to a component or recovery is a declaration, a column and a migration: three files."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from provenance.schema.migrations import newest_file_revision
from tests.support.commands import CHECKOUT

FIELD = """    FieldSpec(
        "{name}",
        "{about}",
        values.words,
        column=lambda table: table.{name},
        headers=("{header}",),
        asked=True,
        question=mark("{about}"),
    ),
"""
COLUMN = "    {name}: Mapped[str | None] = Field(default=None)\n"
MIGRATION = '''"""A {table} has a {name}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("{table}", sa.Column("{name}", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("{table}", "{name}")
'''
SEAL = "SEAL-00417"
BRIGADE = "47 окрема"


@dataclass(frozen=True)
class Addition:
    """A text field that is added to a noun: where its declaration and its column go, each before a line."""

    table: str
    name: str
    about: str
    header: str
    declared_in: str
    before_field: str
    before_column: str
    revision: str


COMPONENT = Addition(
    "component",
    "seal_number",
    "Number of the seal on the component",
    "seal on the component",
    "provenance/fields/components.py",
    "    CREDIBILITY,\n",
    "    laboratory: Mapped[str | None] = Field(default=None)\n",
    "9998",
)
RECOVERY = Addition(
    "recovery",
    "brigade",
    "Brigade that recovered it",
    "бригада",
    "provenance/fields/recoveries.py",
    '    FieldSpec("variant",',
    "    variant: Mapped[str | None] = Field(default=None)\n",
    "9999",
)


class Scratch:
    """A copy of the program, in which files are changed and counted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: defaultdict[str, set[str]] = defaultdict(set)
        self._noun = ""
        left_out = shutil.ignore_patterns("__pycache__")
        for name in ("provenance", "migrations", "seed"):
            shutil.copytree(CHECKOUT / name, folder / name, ignore=left_out)

    def add(self, addition: Addition, newest: str) -> None:
        """Follows the recipe in docs/development.md."""
        stated, self._noun = asdict(addition), addition.table
        self.before(addition.declared_in, addition.before_field, FIELD.format(**stated))
        self.before("provenance/schema/recoveries.py", addition.before_column, COLUMN.format(**stated))
        file = f"migrations/versions/{addition.revision}_{addition.name}.py"
        self.write(file, MIGRATION.format(newest=newest, **stated))

    def before(self, file: str, old: str, new: str) -> None:
        """Adds lines to a file, before a line of it."""
        self.replace(file, old, f"{new}{old}")

    def replace(self, file: str, old: str, new: str) -> None:
        """Changes a file in one place."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {text.count(old)} times {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.touched[self._noun].add(file)

    def write(self, file: str, text: str) -> None:
        """Adds a file."""
        (self.folder / file).write_text(text, encoding="utf-8")
        self.touched[self._noun].add(file)

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
    """The program with a field more of a component and one of a recovery, and a database of it."""
    changed = Scratch(tmp_path_factory.mktemp("scratch"))
    changed.add(COMPONENT, newest_file_revision())
    changed.add(RECOVERY, COMPONENT.revision)
    changed.run("init")
    return changed


@pytest.mark.parametrize("addition", [COMPONENT, RECOVERY], ids=lambda addition: addition.table)
def test_three_files_are_touched(scratch: Scratch, addition: Addition) -> None:
    assert len(scratch.touched[addition.table]) == 3, scratch.touched


def test_it_is_an_option_and_a_key_of_the_answer(scratch: Scratch) -> None:
    (recovery,) = scratch.rows("log", "recovery", "--weapon", "Kh-101", "--used", "2024-01-02")
    words = ("--recovery", recovery["ref"], "--marking", "LT1086CM", "--seal-number", SEAL)
    (logged,) = scratch.rows("log", "component", *words)
    (shown,) = scratch.rows("show", logged["ref"])
    assert shown["more"] == {"component_serial": None, "seal_number": SEAL}
    assert SEAL in scratch.run("show", logged["ref"])
    assert "Number of the seal on the component" in scratch.run("log", "component", "--help")


def test_it_is_a_column_of_the_template_which_is_taken_back(scratch: Scratch) -> None:
    (recovery,) = scratch.rows("log", "recovery", "--weapon", "Kh-101", "--used", "2024-01-03")
    file = scratch.folder / "components.csv"
    scratch.run("log", "template", "components", "--out", file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    said = {"recovery": recovery["ref"], "marking": "LT1086CM", "seal_number": SEAL}
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(said.get(name, "") for name in header)
    (logged,) = scratch.rows("log", "file", file)[0]["logged"]
    assert scratch.rows("show", logged["ref"])[0]["more"] == {"component_serial": None, "seal_number": SEAL}


def test_it_is_read_from_lists_under_its_words(scratch: Scratch) -> None:
    file = scratch.folder / "list.csv"
    file.write_text(f"id,weapon,marking,Seal on the component\nK-7,Kh-101,LT1086CM,{SEAL}\n", "utf-8")
    scratch.run("import", "components", file, "--source", "a-list", "--publisher", "P", "--title", "T")
    assert scratch.rows("show", "K-7")[0]["more"] == {"component_serial": None, "seal_number": SEAL}


def test_it_is_asked_in_the_form(scratch: Scratch) -> None:
    program = "from provenance.cli.forms.questions import *; print(ASKED, QUESTIONS)"
    printed = scratch.python("-c", program)
    assert "'seal_number', 'tlp', 'note')" in printed
    assert "('weapon', 'brigade', 'serial'," in printed
    assert "Number of the seal on the component" in printed
    assert "Brigade that recovered it" in printed


def test_a_recoverys_is_an_option_and_a_key_of_the_answer(scratch: Scratch) -> None:
    stated = ("--weapon", "Kh-101", "--used", "2024-02-01", "--brigade", BRIGADE)
    (logged,) = scratch.rows("log", "recovery", *stated)
    (shown,) = scratch.rows("show", logged["ref"])
    assert shown["more"] == {"brigade": BRIGADE}
    assert BRIGADE in scratch.run("show", logged["ref"])
    assert "Brigade that recovered it" in scratch.run("log", "recovery", "--help")


def test_a_recoverys_is_a_column_of_the_template_which_is_taken_back(scratch: Scratch) -> None:
    file = scratch.folder / "recoveries.csv"
    scratch.run("log", "template", "recoveries", "--out", file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    said = {"weapon": "Kh-101", "used": "2024-02-02", "brigade": BRIGADE}
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(said.get(name, "") for name in header)
    (logged,) = scratch.rows("log", "file", file)[0]["logged"]
    assert scratch.rows("show", logged["ref"])[0]["more"] == {"brigade": BRIGADE}


def test_a_recoverys_is_read_from_lists_and_renewed_by_them(scratch: Scratch) -> None:
    """Rows of one recovery complement each other; what the list says later is what holds."""
    file = scratch.folder / "recoveries of a list.csv"
    source = ("--source", "wrecks", "--publisher", "P", "--title", "T")
    header = "id,recovery id,weapon,marking,Бригада\n"

    def imported(*rows: str) -> dict[str, Any]:
        file.write_text(header + "".join(f"{row}\n" for row in rows), "utf-8")
        (summary,) = scratch.rows("import", "components", file, *source)
        return summary

    def brigade() -> Any:
        (component,) = scratch.rows("show", "W-1")
        return scratch.rows("show", component["recovery"]["ref"])[0]["more"]["brigade"]

    imported("W-1,wreck 9,Kh-101,LT1086CM,", f"W-2,wreck 9,Kh-101,AD9361,{BRIGADE}")
    assert brigade() == BRIGADE
    again = imported("W-1,wreck 9,Kh-101,LT1086CM,?", f"W-2,wreck 9,Kh-101,AD9361,{BRIGADE}")
    assert again["new"] == 0
    assert brigade() == BRIGADE
    imported("W-1,wreck 9,Kh-101,LT1086CM,?", "W-2,wreck 9,Kh-101,AD9361,3 окрема")
    assert brigade() == "3 окрема"
    differing = imported("W-1,wreck 9,Kh-101,LT1086CM,5 окрема", "W-2,wreck 9,Kh-101,AD9361,3 окрема")
    assert brigade() == "3 окрема"
    assert any("brigade: " in each["text"] for each in differing["review"])
