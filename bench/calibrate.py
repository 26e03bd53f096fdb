"""What a likeness of names is worth: fits the table that screening turns likenesses into probabilities by.

    python bench/calibrate.py --lists FOLDER [--check]

FOLDER holds published lists as bench/screening_pairs.py names them. Customer files as bench/customer_file.py
makes them, of other seeds than the one that is measured, are screened; each hit is the planted party (or one
with an equal name or number) or it is not. On one half of the listed parties and ordinary firms the share of
right hits by likeness is fitted by isotonic regression, for the best entry of a list and for those beside a
better one; on the other half the table is printed that says how far it holds.

Without ``--check`` provenance/screening/calibration_table.py is written again: do that after every change of
the word tables, coefficients or rules.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import customer_file
import numpy as np
from screening import index_of
from screening_pairs import PROJECT, Listed, half_of, listed, related

from provenance.screening.calibration import (
    HIGHEST,
    THRESHOLD,
    is_outranked,
    likeness_for,
    probability,
    stamp,
)
from provenance.screening.index import build
from provenance.screening.matcher import Matcher, is_same_whole
from provenance.sources.customers import Customer

SEEDS = range(301, 317)
"""Files that nothing else is measured on."""

LEAST_LIKENESS = 0.3
FEWEST = 50
"""Hits that a step of the table rests on at least: fewer say too little about a share."""

SLOPE = 0.004
"""How far a step rises to either side of its share, so that more likeness is always more probable."""

HIGHEST_LIKENESS = 1.06
"""An equal name of the same country and address: what `assessment` may add to a full match."""

TABLE = PROJECT / "provenance" / "screening" / "calibration_table.py"
HEAD = '''"""Made by bench/calibrate.py; do not edit. Shares among {hits:,} hits of {files} files."""

from __future__ import annotations

STAMP = "{stamp}"
"""What `calibration.stamp` was when the table was made."""

PRIOR = {prior}
"""The share of the files' rows that are listed parties."""

ALONE = (
{alone}
)
"""Likeness and probability, both growing; between two of them the line that joins them counts."""

BESIDE_A_BETTER_ONE = (
{beside}
)
"""The same for entries where the list has a better one."""
'''


@dataclass(frozen=True, slots=True)
class Found:
    """A hit: its likeness, whether it is right, whether it is its row's best, whether its list has a better
    one, and whether to fit on it."""

    likeness: float
    right: bool
    best: bool
    outranked: bool
    fitted: bool


def found_in(everybody: Sequence[Listed], seeds: Sequence[int]) -> list[Found]:
    """What the files of some seeds find."""
    index, _places = index_of(everybody)
    matcher = Matcher(index, build(()))
    texts = names_in_order(everybody)
    hits: list[Found] = []
    for seed in seeds:
        file = customer_file.rows(everybody, 5_000, seed)
        answers = matcher.by_name([Customer(at, row.name) for at, row in enumerate(file)], LEAST_LIKENESS)
        for row, candidates in zip(file, answers, strict=True):
            planted = everybody[row.entry] if row.entry is not None else None
            half = half_of(planted.key if planted else hashlib.sha256(row.name.encode()).hexdigest())
            shown = [one for one in candidates if not one.general or is_same_whole(row.name, texts[one.row])]
            best: dict[str, float] = {}
            for one in shown:
                its_list = everybody[one.party].list
                best[its_list] = max(best.get(its_list, 0.0), one.score)
            hits += [
                Found(
                    one.score,
                    planted is not None
                    and (one.party == row.entry or related(everybody[one.party], planted)),
                    one.score == max(best.values()),
                    is_outranked(one.score, best[everybody[one.party].list]),
                    half == "tuned",
                )
                for one in shown
            ]
    return hits


def names_in_order(everybody: Sequence[Listed]) -> list[str]:
    """The listed names as `index_of` numbers them."""
    from provenance.text.name_words import name_words

    return [text.name for one in everybody for text in one.entry.names if name_words(text.name).words]


@dataclass(slots=True)
class Step:
    """Neighbouring likenesses, from the lowest to the highest, and how many of their hits are right."""

    low: float
    high: float
    hits: int
    right: int

    @property
    def share(self) -> float:
        """The share of right hits; neither 0 nor 1, which no number of hits can show."""
        return (self.right + 0.5) / (self.hits + 1)

    def extend(self, above: Step) -> None:
        """Takes in the step above."""
        self.high = above.high
        self.hits += above.hits
        self.right += above.right


def isotonic(likeness: np.ndarray, right: np.ndarray) -> list[Step]:
    """The growing step function that is nearest to the shares: pool adjacent violators.

    Each step rests on at least `FEWEST` hits but for the last; equal likenesses stay together.
    """
    order = np.argsort(likeness, kind="stable")
    steps: list[Step] = []
    for score, is_right in zip(likeness[order].tolist(), right[order].tolist(), strict=True):
        one = Step(score, score, 1, int(is_right))
        if steps and (score == steps[-1].high or steps[-1].hits < FEWEST):
            steps[-1].extend(one)
        else:
            steps.append(one)
    pooled: list[Step] = []
    for step in steps:
        pooled.append(step)
        while len(pooled) > 1 and pooled[-2].share >= pooled[-1].share:
            above = pooled.pop()
            pooled[-1].extend(above)
    return pooled


def knots_of(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """The table: both ends of each step, a little apart so that it grows throughout."""
    found = [(0.0, 0.0)]
    for step in steps:
        for place, chance in ((step.low, step.share - SLOPE), (step.high, step.share + SLOPE)):
            place, chance = round(place, 4), round(min(chance, HIGHEST - 0.001), 4)
            if place > found[-1][0] and chance > found[-1][1]:
                found.append((place, chance))
    return [*found, (HIGHEST_LIKENESS, HIGHEST)]


def show(title: str, hits: Sequence[Found], value: np.ndarray) -> None:
    """The reliability of probabilities, in bands of a tenth."""
    right = np.array([one.right for one in hits])
    best = np.array([one.best for one in hits])
    asked = np.array([one.likeness for one in hits]) >= likeness_for(THRESHOLD)
    print(f"{title}\n  probability     hits   mean  right     rows' best  mean  right")
    for tenth in range(10):
        low, high = tenth / 10, (tenth + 1) / 10
        band = asked & (value >= low) & (value < high)
        if band.any():
            alone = band & best
            shares = f"{value[alone].mean():.2f}   {right[alone].mean():.2f}" if alone.any() else ""
            print(
                f"  {low:.1f} to {high:.1f}   {band.sum():7,}   {value[band].mean():.2f}   "
                f"{right[band].mean():.2f}        {alone.sum():7,}  {shares}"
            )


def fit(hits: Sequence[Found], outranked: bool) -> list[tuple[float, float]]:
    """One of the two tables, from the hits to fit on."""
    chosen = [one for one in hits if one.fitted and one.outranked == outranked]
    likeness = np.array([one.likeness for one in chosen])
    return knots_of(isotonic(likeness, np.array([one.right for one in chosen])))


def write(hits: Sequence[Found]) -> None:
    """Fits both tables and writes them."""
    tables = {
        name: "\n".join(f"    ({place}, {chance})," for place, chance in fit(hits, outranked))
        for name, outranked in (("alone", False), ("beside", True))
    }
    head = HEAD.format(
        hits=sum(one.fitted for one in hits),
        files=len(SEEDS),
        stamp=stamp(),
        prior=customer_file.PLANTED,
        **tables,
    )
    TABLE.write_text(head, encoding="utf-8")


def main() -> None:
    """Fits the tables, writes them, and prints how far they hold on the other half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="measure the tables that stand, write nothing")
    options = parser.parse_args()
    hits = found_in(listed(options.lists), SEEDS)
    if not options.check:
        write(hits)
        print("written; `--check` measures it")
        return
    for title, wanted in (("the half fitted on", True), ("the other half", False)):
        half = [one for one in hits if one.fitted == wanted]
        show(title, half, np.array([probability(one.likeness, outranked=one.outranked) for one in half]))


if __name__ == "__main__":
    sys.exit(main())
