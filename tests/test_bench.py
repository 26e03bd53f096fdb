"""The measuring scripts still start: what they take from the program is where they look for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.mark.parametrize("script", sorted(BENCH.glob("*.py")), ids=lambda script: script.stem)
def test_a_script_finds_what_it_measures(script: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {script.stem}"], cwd=BENCH, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
