"""A customer file with planted listed parties, near misses and ordinary firms, and what is found in it.

    python bench/customer_file.py --lists FOLDER [--rows 5000] [--nomenklatura PYTHON]

FOLDER holds published lists as bench/screening_pairs.py names them. The file is always the same: a fixed
seed plants listed names, each changed as people change them, from a legal form (grade 1) to two mistakes
(grade 4); near misses have a listed name's other words but not its own; ordinary firms are made of surnames,
invented words, and words that firms choose. Printed are recall by grade, the share of other rows with a hit,
and a reliability table: of the rows whose best hit has a score, the share that has the planted party.
bench/calibrate.py prints one of all hits, on parties that the scores were not fitted on.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening import FIXED, THEIRS, index_of, run_theirs
from screening_pairs import Listed, listed

from provenance.core.vocabulary.watched import PartyKind
from provenance.screening.calibration import THRESHOLD, likeness_for, probability
from provenance.screening.index import build
from provenance.screening.matcher import Matcher
from provenance.sources.customers import Customer
from provenance.text.folding import script_of
from provenance.text.name_words import name_words

SEED = 20_261_201
PLANTED, NEAR = 0.06, 0.06
"""The shares of planted rows and of near misses: more than a firm would have, enough to count."""

FORMS = (
    "Ltd", "LLC", "GmbH", "Inc.", "S.A.", "Co., Ltd.", "BV", "AG", "Oy", "AB", "s.r.o.", "Pty Ltd", "PLC",
)  # fmt: skip
TRADES = (
    "Trading", "Electronics", "Logistics", "Components", "Systems", "Technologies", "Engineering",
    "Solutions", "Instruments", "Automation", "Aviation", "Shipping", "Consulting", "Industries", "Supply",
    "Semiconductors",
)  # fmt: skip
SURNAMES = (
    "Jones", "Webb", "Miller", "Hansen", "Rossi", "Novak", "Dubois", "Lindqvist", "Okafor", "Tanaka",
    "Moreau", "Kowalski", "Fischer", "Santos", "Keller", "Murphy", "Virtanen", "Papadakis", "Ivanova",
    "Chen", "Nguyen", "Peeters", "Garcia", "Schmidt", "Andersen", "Costa", "Vermeer", "Byrne", "Castillo",
    "Weber", "Hughes",
)  # fmt: skip
CHOSEN = (
    "North Star", "Blue Ocean", "Delta", "Alpha", "Omega", "Nova", "Apex", "Summit", "Pioneer", "Vertex",
    "Orion", "Atlas", "Phoenix", "Horizon", "Zenith", "Quantum", "Fusion", "Titan", "Matrix", "Polaris",
    "Falcon", "Silver Line", "Golden Gate", "First Choice", "Green Energy", "Smart Chip", "Sun Micro",
    "Red Rock",
)  # fmt: skip
CITIES = (
    "Hamburg", "Lyon", "Austin", "Osaka", "Leeds", "Turin", "Gdansk", "Porto", "Ghent", "Malmo", "Boston",
)  # fmt: skip
_SYLLABLES = (
    "ba", "cor", "del", "en", "fi", "gra", "hol", "in", "ka", "lum", "mer", "nex", "or", "pra", "ri",
    "sol", "tek", "ul", "ver", "xi", "zan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: the name, what it is, the grade of a planted one, and the entry's place."""

    name: str
    what: str
    grade: int = 0
    entry: int | None = None


def slip(name: str, chance: random.Random) -> str:
    """A name with one typing error in its longest word: a letter left out, doubled, swapped or changed."""
    words = name.split()
    place = max(range(len(words)), key=lambda at: len(words[at]))
    word = words[place]
    if len(word) < 5:
        return name
    at = chance.randrange(1, len(word) - 2)
    words[place] = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("aeionrst") + word[at + 1 :],
        )
    )
    return " ".join(words)


def _turned(name: str, chance: random.Random) -> str:
    words = name.split()
    return " ".join([*words[1:], words[0]])


def _with_form(name: str, chance: random.Random) -> str:
    return f"{name.title()} {chance.choice(FORMS)}"


def _with_place(name: str, chance: random.Random) -> str:
    return f"{name} ({chance.choice(CITIES)}) {chance.choice(FORMS)}"


def _in_one(name: str, chance: random.Random) -> str:
    words = name.split()
    return " ".join([words[0] + words[1], *words[2:]]) if len(words) > 1 else name


CHANGES: tuple[tuple[int, Callable[[str, random.Random], str]], ...] = (
    (1, _with_form),
    (1, lambda name, chance: name.upper().replace(".", "").replace(",", "")),
    (2, slip),
    (2, _turned),
    (3, _in_one),
    (3, lambda name, chance: name[:35].rstrip()),
    (3, _with_place),
    (4, lambda name, chance: slip(_with_form(name, chance), chance)),
    (4, lambda name, chance: slip(slip(name, chance), chance)),
)


def invented(chance: random.Random) -> str:
    """A word of two to four syllables."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).title()


def ordinary(chance: random.Random) -> str:
    """The name of a firm that no list means."""
    own = chance.choice(
        (
            chance.choice(SURNAMES),
            f"{chance.choice(SURNAMES)} & {chance.choice(SURNAMES)}",
            chance.choice(CHOSEN),
            invented(chance),
            f"{invented(chance)} {chance.choice(CITIES)}",
        )
    )
    return f"{own} {chance.choice(TRADES)} {chance.choice(FORMS)}"


def near_miss(name: str, chance: random.Random) -> str | None:
    """A listed name with other own words; None where it has none or nothing else."""
    own = [word.text for word in name_words(name).words if word.kind in ("own", "given", "common")]
    words = name.split()
    kept = [word for word in words if not any(part in word.casefold() for part in own)]
    if not kept or len(kept) == len(words):
        return None
    return " ".join([chance.choice((invented(chance), chance.choice(SURNAMES))), *kept])


def rows(everybody: Sequence[Listed], count: int, seed: int = SEED) -> list[Row]:
    """The file, always the same for the same lists and seed."""
    chance = random.Random(seed)
    able = [
        (place, text.name)
        for place, one in enumerate(everybody)
        if one.entry.kind in (PartyKind.ENTITY, None)
        for text in one.entry.names[:1]
        if script_of(text.name) == "latin" and len(text.name.split()) > 1 and len(text.name) > 11
    ]
    found = []
    for number, (place, name) in enumerate(chance.sample(able, int(count * PLANTED))):
        grade, change = CHANGES[number % len(CHANGES)]
        found.append(Row(change(name, chance), "planted", grade, place))
    for _place, name in chance.sample(able, int(count * NEAR)):
        if other := near_miss(name, chance):
            found.append(Row(other, "near miss"))
    found += [Row(ordinary(chance), "ordinary") for _ in range(count - len(found))]
    chance.shuffle(found)
    return found


def show(file: Sequence[Row], best: Sequence[tuple[float, bool]], threshold: float) -> None:
    """Recall by grade, false rows, and how far scores can be relied on."""
    asked, told = Counter[int](), Counter[int]()
    false, others = Counter[str](), Counter[str]()
    for row, (score, right) in zip(file, best, strict=True):
        if row.what == "planted":
            asked[row.grade] += 1
            told[row.grade] += score >= threshold and right
        else:
            others[row.what] += 1
            false[row.what] += score >= threshold
    by_grade = ", ".join(f"grade {grade} {told[grade] / asked[grade]:.3f}" for grade in sorted(asked))
    print(f"  recall {sum(told.values()) / sum(asked.values()):.3f} ({by_grade})")
    for what, number in others.items():
        print(f"  {what}: {false[what]} of {number:,} rows have a hit ({false[what] / number:.2%})")
    bins = defaultdict[float, list[bool]](list)
    for score, right in best:
        if score >= threshold:
            bins[min(int(score * 10), 9) / 10].append(right)
    print("  score     best hits  right")
    for low in sorted(bins):
        print(f"  {low:.1f}-{low + 0.1:.1f}   {len(bins[low]):8,}  {sum(bins[low]) / len(bins[low]):.2f}")


def ours(
    everybody: Sequence[Listed], file: Sequence[Row]
) -> tuple[list[tuple[float, bool]], list[list[int]]]:
    """The best of each row, and the candidates of each row."""
    index, _places = index_of(everybody)
    least = likeness_for(THRESHOLD)
    asked = [Customer(at, row.name) for at, row in enumerate(file)]
    found = Matcher(index, build(())).by_name(asked, least)
    best, candidates = [], []
    for row, some in zip(file, found, strict=True):
        top = probability(max((one.score for one in some), default=0.0))
        best.append((top, any(one.party == row.entry and one.score >= least for one in some)))
        candidates.append([one.party for one in some])
    return best, candidates


def main() -> None:
    """Makes the file and screens it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--nomenklatura", default=None)
    options = parser.parse_args()
    everybody = listed(options.lists)
    file = rows(everybody, options.rows)
    print(f"provenance, {len(file):,} rows against {len(everybody):,} parties, from {THRESHOLD}")
    best, candidates = ours(everybody, file)
    show(file, best, THRESHOLD)
    if not options.nomenklatura:
        print("nomenklatura was not given: there is no yardstick")
        return
    pairs = [
        (at, party, text.name)
        for at, row in enumerate(file)
        for party in {*candidates[at], *([row.entry] if row.entry is not None else [])}
        for text in everybody[party].entry.names
    ]
    given = json.dumps([[file[at].name, name, "entity"] for at, _party, name in pairs])
    told = json.loads(run_theirs(options.nomenklatura, THEIRS, given))["logic-v2"]["scores"]
    theirs = [(0.0, False)] * len(file)
    for (at, party, _name), score in zip(pairs, told, strict=True):
        if score > theirs[at][0]:
            theirs[at] = (score, party == file[at].entry)
    print(f"logic-v2 on our candidates and the planted parties, from {FIXED['logic-v2']}")
    show(file, theirs, FIXED["logic-v2"])


if __name__ == "__main__":
    sys.exit(main())
