"""Runs that are compared, in turn, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock, and seconds of processor time where they are known (else the same)."""

    wall: float
    processor: float


def provenance_command(*words: str) -> list[str]:
    """This checkout's command line, run by the interpreter that runs the comparison."""
    import sys

    return [sys.executable, "-m", "provenance", *words]


def run_process(command: Sequence[str]) -> Taken:
    """One process from its start to its end; its output is thrown away.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(PROJECT)
    before, began = _of_children(), time.perf_counter()
    done = subprocess.run(
        list(command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    )
    wall, spent = time.perf_counter() - began, _of_children() - before
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")
    return Taken(wall, spent)


def _of_children() -> float:
    """Processor time of all processes that have ended, as finely as this system tells it."""
    try:
        import resource
    except ModuleNotFoundError:
        found = os.times()
        return found.children_user + found.children_system
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def time_call(call: Callable[[], object]) -> Taken:
    """One call in this process."""
    spent, began = time.process_time(), time.perf_counter()
    call()
    return Taken(time.perf_counter() - began, time.process_time() - spent)


def in_turn(contenders: Mapping[str, Callable[[], Taken]], rounds: int) -> dict[str, list[Taken]]:
    """Each contender once a round, after one round that does not count; the order alternates."""
    found: dict[str, list[Taken]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name in list(contenders) if number % 2 else list(contenders)[::-1]:
            taken = contenders[name]()
            if number:
                found[name].append(taken)
    return found


def report(title: str, found: Mapping[str, Sequence[Taken]], unit: str = "s") -> None:
    """Prints each contender's median, least and greatest time, and what ours is to theirs.

    The first contender is ours. Ratios are medians over the rounds' own ratios: what disturbed a round
    disturbed both.
    """
    scale = 1000 if unit == "ms" else 1
    names = list(found)
    print(f"\n{title}")
    for name in names:
        walls = [taken.wall * scale for taken in found[name]]
        print(
            f"  {name:<34} median {statistics.median(walls):9.2f} {unit}"
            f"  ({min(walls):.2f} to {max(walls):.2f}, {len(walls)} runs)"
        )
    for name in names[1:]:
        pairs = list(zip(found[names[0]], found[name], strict=True))
        wall = statistics.median(ours.wall / theirs.wall for ours, theirs in pairs)
        print(f"  {names[0]} / {name}: {wall:.2f} on the clock, {_processor(pairs)} of processor time")


def _processor(pairs: Sequence[tuple[Taken, Taken]]) -> str:
    """The ratio of processor times; rounds that a coarse clock saw none of are no measure."""
    ratios = [ours.processor / theirs.processor for ours, theirs in pairs if theirs.processor]
    return f"{statistics.median(ratios):.2f}" if ratios else "not measurable"
