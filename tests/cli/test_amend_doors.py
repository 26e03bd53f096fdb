"""The same correction through every door gives the same rows: fields, form and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.importing.state import rows_of
from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases
from tests.support.field_log import ref_of, say

REASON = "as read again"

RECOVERY = {"weapon": "Kh-101", "serial": "77", "used": "2024-01-02", "place": "Kharkiv", "note": "a field"}
COMPONENT = {"marking": "AD7606BSTZ // #2135", "pieces": "2", "note": "near the edge"}

CASES: Sequence[tuple[str, Mapping[str, str]]] = (
    ("recovery", {"serial": "78", "used": "2024-01-03", "note": ""}),
    ("recovery", {"weapon": "Kh-55", "place": "Куп'янськ", "country": "Україна"}),
    ("component", {"marking": "MAX3232ECD // 2231", "pieces": "3"}),
    ("component", {"note": "", "tlp": "GREEN", "pieces": "1", "component_serial": "CAM-00417"}),
)

TABLES = (
    "recovery",
    "recovery_serial",
    "recovery_date",
    "component",
    "identification",
    "maker_attribution",
    "assessment",
)

FORMS: Mapping[str, Sequence[str]] = {
    "recovery": ("weapon", "serial", "used", "recovered", "place", "country", "tlp", "note"),
    "component": ("recovery", "unit", "marking", "pieces", "component_serial", "authenticity", "tlp", "note"),
}
"""The questions of a form for such a record, in order, as far as they are relevant."""


def logged(address: str, folder: Path) -> dict[str, str]:
    """A recovery and a component, logged from tables, so that a file can amend them; references by kind."""
    found = {}
    for kind, cells in (("recovery", RECOVERY), ("component", COMPONENT)):
        more = {"recovery": "w1"} if kind == "component" else {}
        done = table(address, folder, kind, {**more, **cells})
        found[kind] = done.rows[0]["logged"][0]["ref"]
    return found


def table(address: str, folder: Path, kind: str, cells: Mapping[str, str], *words: str) -> Outcome:
    """What logging a table of one row says."""
    file = folder / f"{kind}.csv"
    own = {f"{kind}_row": "w1" if kind == "recovery" else "c1", **cells}
    file.write_text(",".join(own) + "\n" + ",".join(f'"{cell}"' for cell in own.values()) + "\n", "utf-8")
    done = say(address, "log", "file", file, *words, "--format", "json")
    assert done.code == 0, done.err
    return done


def by_fields(address: str, folder: Path, ref: str, kind: str, given: Mapping[str, str]) -> None:
    """Corrects with fields on the command line."""
    words = [f"{name}={text}" for name, text in given.items()]
    assert say(address, "amend", ref, *words, "--reason", REASON).code == 0


def by_file(address: str, folder: Path, ref: str, kind: str, given: Mapping[str, str]) -> None:
    """Corrects with the row of the table that it was logged from."""
    cells = RECOVERY if kind == "recovery" else {"recovery": "w1", **COMPONENT}
    now = {name: text for name, text in {**cells, **given}.items() if text}
    (row,) = table(address, folder, kind, now, "--amend", REASON).rows
    assert row["amended"] == 1


def by_form(address: str, folder: Path, ref: str, kind: str, given: Mapping[str, str]) -> None:
    """Corrects with answers to the questions; Enter keeps what is on record."""
    answers = [(given[name] or "?") if name in given else "" for name in FORMS[kind]]
    present = {"recovery": ("extent", "kind", "label"), "component": ("marking_state", "identification")}
    more = [""] * len(_asked_too(address, ref, present[kind]))
    lines = [*answers, *more, REASON, "yes"]
    done = say(address, "amend", ref, "--guided", "--language", "en", stdin="\n".join(lines) + "\n")
    assert done.code == 0, done.err


def _asked_too(address: str, ref: str, names: Sequence[str]) -> list[str]:
    """The fields that have a value and are asked for though a new entry is not asked for them."""
    shown = say(address, "show", ref, "--format", "json").rows[0]
    known = {"label": shown["title"], **shown, "kind": shown.get("recovery_kind")}
    return [name for name in names if known.get(name) and name != "identification"]


DOORS = {"fields": by_fields, "file": by_file, "form": by_form}


def rows(address: str) -> dict[str, list[Any]]:
    """All rows, but for who wrote them when."""
    left_out = ("uid", "id", "said_at", "superseded_by", "source_id", "citation_id")
    return {
        name: [
            tuple((key, str(value)) for key, value in row._mapping.items() if key not in left_out)
            for row in rows_of(address, name)
        ]
        for name in TABLES
    }


@pytest.mark.parametrize(("kind", "given"), CASES)
def test_every_door_gives_the_same_rows(
    sqlite_databases: SqliteDatabases, tmp_path: Path, kind: str, given: Mapping[str, str]
) -> None:
    found = {}
    for name, door in DOORS.items():
        address = sqlite_databases.filled(Level.REFERENCE)
        refs = logged(address, tmp_path)
        door(address, tmp_path, refs[kind], kind, given)
        found[name] = rows(address)
        history = say(address, "history", refs[kind], "--format", "json").rows[-1]
        found[name]["history"] = [history["action"], history["reason"], history["fields"]]
        sqlite_databases.discard(address)
    assert found["file"] == found["fields"]
    assert found["form"] == found["fields"]


def test_a_form_that_is_left_says_how_to_go_on(sqlite_databases: SqliteDatabases) -> None:
    address = sqlite_databases.filled(Level.REFERENCE)
    words = ("log", "recovery", "--weapon", "Kh-101", "--serial", "77", "--used", "2024-01-02")
    ref = ref_of(say(address, *words, "--format", "jsonl"))
    answers = ["", "78", "", "", "", "", "", "", "", "", "", "the plate", "no"]
    left = say(address, "amend", ref, "--guided", "--language", "en", stdin="\n".join(answers) + "\n")
    assert left.code != 0
    assert f"provenance amend {ref} serial=78 --reason 'the plate'" in left.err
    assert [row.value for row in rows_of(address, "recovery_serial")] == ["77"]
    sqlite_databases.discard(address)
