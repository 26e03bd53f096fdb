"""The throw-away server is gone when the tests are, however they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.commands import CHECKOUT
from tests.support.postgres import NAMED_SERVER

HOLD_A_SERVER = """
from tests.support.postgres import NoServer, server
try:
    with server() as found:
        print(found.admin.query["host"], flush=True)
        input()
except NoServer as reason:
    print(f"none: {reason}", flush=True)
"""


def alive(process: int) -> bool:
    """Whether a process is still there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.mark.postgres
@pytest.mark.skipif(os.name != "posix", reason="no throw-away server on this system")
@pytest.mark.parametrize("ending", ["the tests end", "the tests are killed"])
def test_nothing_is_left_of_it(ending: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != NAMED_SERVER}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_A_SERVER],
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout and holder.stdin
    said = holder.stdout.readline().strip()
    if said.startswith("none"):
        pytest.skip(f"PostgreSQL: {said}")
    folder = Path(said)
    running = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    assert alive(running)
    if ending == "the tests are killed":
        holder.send_signal(signal.SIGKILL)
    else:
        holder.stdin.write("\n")
    holder.stdin.close()
    holder.wait(timeout=60)
    until = time.monotonic() + 60
    while (folder.exists() or alive(running)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(running)
    assert not folder.exists()
