"""Every command that docs/field.md and docs/evidence.md show is run as it stands there, in order."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evidence.photographs import take
from tests.support.commands import CHECKOUT, Outcome, run
from tests.support.databases import Level, SqliteDatabases
from tests.support.reel_labels import DIGIKEY, code, enveloped, photograph

_REFERENCE = re.compile(r"\b(?P<kind>[RCHK])-(?:…|[0-9A-Z]{5}-[0-9A-Z]{5})")
_REMARK = re.compile(r"\s{2,}# .*$")


class Reader:
    """Somebody who types what a document shows, with references of his or her own for its examples."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.names = {"IMG_0412.jpg": folder / "IMG_0412.jpg", "/media/card": folder / "card"}
        for name in ("labels.pdf", "letter.md", "reel.jpg"):
            self.names[name] = folder / name
        self.refs: dict[str, list[str]] = {}

    def type(self, line: str, stdin: str = "") -> Outcome:
        """Runs a command and keeps the reference that it gave to what it logged and has not taken back."""
        command = _REFERENCE.sub(lambda ref: self.refs[ref["kind"]][-1], _REMARK.sub("", line))
        words = [self.names.get(word, word) for word in shlex.split(command)[1:]]
        done = run(self.address, *words, stdin=stdin)
        for told in done.out.splitlines():
            for ref in _REFERENCE.finditer(told):
                known = self.refs.setdefault(ref["kind"], [])
                if "withdrawn" in told:
                    known[:] = [one for one in known if one != ref[0]]
                else:
                    known.append(ref[0])
        return done


@pytest.fixture
def reader(
    sqlite_databases: SqliteDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Reader]:
    """A reader before a new database, with the pictures that the documents speak of."""
    monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "store"))
    address = sqlite_databases.filled(Level.REFERENCE)
    take(tmp_path / "IMG_0412.jpg", 1, "2024:05:03 14:20:00")
    (tmp_path / "card").mkdir()
    take(tmp_path / "card" / "IMG_1.jpg", 2, "2024:05:03 14:21:00")
    photograph(tmp_path / "reel.jpg", code(enveloped(DIGIKEY)))
    yield Reader(address, tmp_path)
    sqlite_databases.discard(address)


def blocks(name: str) -> Iterator[list[str]]:
    """The indented blocks of a document that show commands of the program."""
    text = (CHECKOUT / "docs" / name).read_text(encoding="utf-8")
    for block in re.findall(r"(?:^ {4}.+\n)+", text, re.MULTILINE):
        lines = [line.removeprefix("    ") for line in block.splitlines()]
        if lines[0].startswith("provenance "):
            yield lines


def test_every_command_is_run(reader: Reader) -> None:
    run_so_far = []
    for block in [*blocks("field.md"), *blocks("evidence.md")]:
        commands = [line for line in block if line.startswith("provenance ")]
        typed = [line.removeprefix("> ") for line in block if line.startswith("> ")]
        for line in commands:
            done = reader.type(line, stdin="\n".join(typed) + "\n" if typed else "")
            if "asks" in line:
                # Here nobody sits before a terminal; the dialogues are in tests/cli/test_log_guided.py.
                assert (done.code, "--guided" in done.err) == (2, True)
                continue
            assert done.code == 0, (line, done.err)
            run_so_far.append(line.split()[1:3])
            echoed = [row for row in block if row not in commands and not row.startswith("> ")]
            for row in echoed:
                assert row.split(maxsplit=1)[1] in done.out, row
    assert ["log", "components"] in run_so_far
    assert len(run_so_far) >= 14
