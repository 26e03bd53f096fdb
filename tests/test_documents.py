"""Documents cannot go stale: the reference is what the program says, README shows what it prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def checked(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "docs" / script), "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_generated_references_are_what_the_program_says_now() -> None:
    done = checked("generate.py")
    assert done.returncode == 0, done.stderr


def test_every_output_in_the_readme_is_what_the_program_prints_now() -> None:
    done = checked("readme.py")
    assert done.returncode == 0, done.stderr
    if "Skipped" in done.stderr:
        pytest.skip(done.stderr.strip())


def test_every_command_has_an_example_in_its_help_and_a_place_in_the_reference() -> None:
    import typer

    from provenance.cli.main import app

    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a Typer with several commands is a group
    assert commands
    for name, command in commands.items():
        assert "Example: provenance " in (command.help or ""), name
        assert f"## provenance {name}\n" in reference
