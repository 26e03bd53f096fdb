"""The measuring scripts still start: what they take from the program is where they look for it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BENCH = ROOT / "bench"
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
#: What the program is measured beside: the one kind of module that may be missing here.
PEERS = {re.split(r"[^\w-]", need)[0].replace("-", "_") for need in EXTRAS["bench"]}


@pytest.mark.parametrize("script", sorted(BENCH.glob("*.py")), ids=lambda script: script.stem)
def test_a_script_finds_what_it_measures(script: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {script.stem}"], cwd=BENCH, capture_output=True, text=True
    )
    missing = re.search(r"No module named '([a-z_]+)'", done.stderr)
    if missing and missing[1] in PEERS:
        pytest.skip(f"{missing[1]} is not installed: pip install -e '.[bench]'")
    assert done.returncode == 0, done.stderr
