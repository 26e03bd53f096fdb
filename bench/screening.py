"""Screening beside nomenklatura and rapidfuzz, on pairs out of the lists themselves; quality and speed.

    python bench/screening.py --lists FOLDER [--nomenklatura PYTHON] [--customers 10000]

FOLDER holds published lists as bench/screening_pairs.py names them. PYTHON is an interpreter of an
environment in which nomenklatura is installed; it needs PyICU and with it a compiler. Without it rapidfuzz
is the only yardstick, and that is said. Coefficients were fitted on the tuned half (``--fit`` prints them
anew); every figure is of the judged one.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from screening_pairs import PROJECT, Listed, Pair, listed, pairs

from provenance.screening.index import NamedParty, NameIndex, build
from provenance.screening.matcher import Matcher
from provenance.screening.score import FEATURES, THRESHOLD, features, scores
from provenance.screening.search import Queries, compare_pairs, find_pairs, possible_hits, query_names
from provenance.text.name_words import name_words

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
FIXED = {"ours": THRESHOLD, "logic-v1": 0.7, "logic-v2": 0.7, "token_sort": 0.85}
"""The threshold of each contender fixed beforehand: nomenklatura's own default, token_sort's usual one."""

CLEAN_WEIGHT = 0.4
"""What all names of clean makers together weigh in the fit, beside all pairs."""

LEAST = 0.2
"""Below this a threshold lets everything through."""

THEIRS = """
import json, sys, time
from followthemoney.proxy import EntityProxy
from nomenklatura.matching import get_algorithm
given = json.load(sys.stdin)
schemata = {"person": "Person", "entity": "Organization"}
def entity(name, kind, number):
    said = {"id": number, "schema": schemata.get(kind, "LegalEntity"), "properties": {"name": [name]}}
    return EntityProxy.from_dict(said, cleaned=False)
told = {}
for name in ("logic-v1", "logic-v2"):
    algorithm = get_algorithm(name)
    settings = algorithm.default_config()
    entities = [
        (entity(left, kind, f"a{at}"), entity(right, kind, f"b{at}"))
        for at, (left, right, kind) in enumerate(given)
    ]
    began = time.process_time()
    found = [algorithm.compare(left, right, settings).score for left, right in entities]
    told[name] = {"scores": found, "seconds": time.process_time() - began}
json.dump(told, sys.stdout)
"""

_INDEXED = """
import json, sys, tempfile, time
from pathlib import Path
from followthemoney.proxy import EntityProxy
from nomenklatura.matching import get_algorithm
given = json.load(sys.stdin)
algorithm = get_algorithm("logic-v2")
settings = algorithm.default_config()
def entity(names, number):
    return EntityProxy.from_dict(
        {"id": number, "schema": "Organization", "properties": {"name": names}}, cleaned=False
    )
parties = [entity(names, f"p{at}") for at, names in enumerate(given["parties"])]
candidates = given["candidates"]
began = time.process_time()
for at, name in enumerate(given["customers"]):
    asked = entity([name], f"c{at}")
    for party in candidates[at]:
        algorithm.compare(asked, parties[party], settings)
print(json.dumps(time.process_time() - began))
"""


def index_of(everybody: Sequence[Listed]) -> tuple[NameIndex, dict[tuple[str, str], int]]:
    """All listed names packed, and the place of each (entry, name) in the index."""
    named, wanted = [], {}
    for number, one in enumerate(everybody):
        for text in one.entry.names:
            words = name_words(text.name)
            if words.words:
                wanted[one.key, text.name] = (number, words.words)
                named.append(NamedParty(number, len(named), words))
    index = build(named)
    places = {(named[row].party, named[row].words.words): at for at, row in enumerate(index.row.tolist())}
    return index, {key: places[said] for key, said in wanted.items()}


def ours(index: NameIndex, places: dict[tuple[str, str], int], judged: Sequence[Pair]) -> np.ndarray:
    """Our score of each pair; 0 where the search would not have led to it."""
    names = np.array([places[pair.keys[1], pair.right] for pair in judged])
    return Matcher(index, build(())).scores_of([pair.left for pair in judged], names)


def fit(everybody: Sequence[Listed]) -> None:
    """Prints the coefficients, fitted on the tuned half by logistic regression with a ridge."""
    index, places = index_of(everybody)
    tuned = (pair for pair in pairs(everybody) if pair.half == "tuned")
    chosen = [pair for pair in tuned if (pair.keys[1], pair.right) in places]
    asked = query_names(index, [name_words(pair.left) for pair in chosen])
    names = np.array([places[pair.keys[1], pair.right] for pair in chosen])
    possible = possible_hits(index, asked, compare_pairs(index, asked, np.arange(len(chosen)), names))
    table = features(index, asked, possible)
    same = np.array([chosen[place].same for place in possible.query], dtype=np.float64)
    clean = clean_makers(index)
    weight = np.r_[np.ones(len(table)), np.full(len(clean), CLEAN_WEIGHT * len(table) / max(1, len(clean)))]
    table, same = np.r_[table, clean], np.r_[same, np.zeros(len(clean))]
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = np.c_[(table - middle) / spread, np.ones(len(table))]
    ridge = np.diag([1.0] * table.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _step in range(60):
        guess = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (weight * (guess - same)) + ridge @ weights
        curve = (scaled * (weight * guess * (1 - guess))[:, None]).T @ scaled + ridge
        weights -= np.linalg.solve(curve, slope)
    for name, weight, size in zip(FEATURES, weights, spread, strict=False):
        print(f"    {weight / size:.4f},  # {name}")
    print(f"INTERCEPT = {weights[-1] - (weights[:-1] * middle / spread).sum():.4f}")


def clean_makers(index: NameIndex) -> np.ndarray:
    """Features of what the search leads to for the makers of the seed, alike throughout left out.

    They are what a customer file is mostly made of: firms that no list means, with names that are like some.
    """
    with (PROJECT / "seed" / "organization_name.csv").open(encoding="utf-8", newline="") as stream:
        names = [name_words(row["name"]) for row in csv.DictReader(stream)]
    asked = query_names(index, [name for name in names[::2] if name.words and not name.only_forms])
    tables = [features(index, asked, found) for found in find_pairs(index, asked)]
    every = np.concatenate(tables)
    return every[every[:, 2] < 0.95]


def token_sort(judged: Sequence[Pair]) -> np.ndarray:
    """rapidfuzz's token_sort_ratio over its own default processing."""
    from rapidfuzz import fuzz, utils

    return np.array(
        [
            fuzz.token_sort_ratio(pair.left, pair.right, processor=utils.default_process) / 100
            for pair in judged
        ]
    )


def f1(found: np.ndarray, same: np.ndarray, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 at a threshold."""
    hits = found >= threshold
    right = int((hits & same).sum())
    precision = right / max(1, int(hits.sum()))
    recall = right / max(1, int(same.sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def show(name: str, found: np.ndarray, same: np.ndarray) -> None:
    """One contender: at its fixed threshold, at its best one, and by threshold."""
    fixed = f1(found, same, FIXED[name])
    candidates = [score for score in np.unique(found.round(3)) if score >= LEAST]
    best = max(candidates or [1.0], key=lambda threshold: f1(found, same, threshold)[2])
    at_best = f1(found, same, float(best))
    print(
        f"  {name:<11} fixed {FIXED[name]:.2f}: P {fixed[0]:.3f} R {fixed[1]:.3f} F1 {fixed[2]:.3f}"
        f"   best {best:.2f}: P {at_best[0]:.3f} R {at_best[1]:.3f} F1 {at_best[2]:.3f}"
    )


def compare_quality(everybody: Sequence[Listed], python: str | None) -> None:
    """Prints precision, recall and F1 of every contender on the half that nothing was tuned on."""
    index, places = index_of(everybody)
    every = [
        pair for pair in pairs(everybody) if pair.half == "judged" and (pair.keys[1], pair.right) in places
    ]
    found: dict[str, np.ndarray] = {"ours": ours(index, places, every), "token_sort": token_sort(every)}
    if python:
        given = json.dumps([[pair.left, pair.right, pair.kind] for pair in every])
        told = json.loads(run_theirs(python, THEIRS, given))
        for name, answer in told.items():
            found[name] = np.array(answer["scores"])
            print(f"{name}: {len(every) / answer['seconds']:,.0f} pairs a second")
    groups: dict[str, Callable[[Pair], bool]] = {
        "all": lambda pair: True,
        "entities": lambda pair: pair.kind == "entity",
        "persons": lambda pair: pair.kind == "person",
        "one script": lambda pair: "/" not in pair.scripts and pair.scripts != "mixed",
        "two scripts": lambda pair: "/" in pair.scripts,
    }
    for title, belongs in groups.items():
        chosen = np.array([belongs(pair) for pair in every])
        same = np.array([pair.same for pair in every])[chosen]
        print(f"\n{title}: {int(same.sum()):,} pairs of one party, {int((~same).sum()):,} of two")
        for name, answer in found.items():
            show(name, answer[chosen], same)
    makers_hit(index)
    same = np.array([pair.same for pair in every])
    print("\nours by threshold (all)\n  score  precision  recall     F1")
    for threshold in THRESHOLDS:
        precision, recall, both = f1(found["ours"], same, threshold)
        print(f"  {threshold:.2f}       {precision:.3f}   {recall:.3f}  {both:.3f}")


def makers_hit(index: NameIndex) -> None:
    """Prints how many names of the seed's makers find something: those that nothing was fitted on."""
    with (PROJECT / "seed" / "organization_name.csv").open(encoding="utf-8", newline="") as stream:
        names = [name_words(row["name"]) for row in csv.DictReader(stream)][1::2]
    asked = query_names(index, [name for name in names if name.words and not name.only_forms])
    found: set[int] = set()
    for one in find_pairs(index, asked):
        found |= set(one.query[scores(index, asked, one) >= THRESHOLD].tolist())
    print(f"\n{len(found):,} of {len(asked.names):,} names of component makers find something on these lists")


def run_theirs(python: str, program: str, given: str) -> str:
    """What a program of another environment prints, fed with a text."""
    done = subprocess.run([python, "-c", program], input=given, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def enlarged(everybody: Sequence[Listed], parties: int, names: int) -> list[list[str]]:
    """So many parties with so many names: the listed ones, then ones made of their words."""
    chance = random.Random(7)
    made = [[text.name for text in one.entry.names] for one in everybody][:parties]
    words = [name.split() for one in made for name in one]
    while len(made) < parties:
        left, right = chance.choice(words), chance.choice(words)
        made.append([" ".join([*left[: len(left) // 2 + 1], *right[len(right) // 2 :]])])
    spare = names - sum(map(len, made))
    for at in range(max(0, spare)):
        own = made[at % parties]
        own.append(
            " ".join(reversed(own[0].split())) if at < parties else f"{own[0]} {chance.choice(words)[0]}"
        )
    return made


def compare_speed(everybody: Sequence[Listed], python: str | None, count: int) -> None:
    """Prints names a second, ours against the brute force of the others, and what the search missed."""
    chance = random.Random(11)
    parties = enlarged(everybody, 20_000, 40_000)
    texts = [name for own in parties for name in own]
    customers = []
    for at in range(count):
        words = chance.choice(texts).split()
        other = chance.choice(texts).split()
        customers.append(" ".join(words if at % 10 == 0 else [*words[:1], *other[-2:]]))
    began = time.process_time()
    index = build(
        NamedParty(party, party, name_words(name)) for party, own in enumerate(parties) for name in own
    )
    print(f"\n{len(parties):,} parties, {len(texts):,} names; packed in {time.process_time() - began:.1f} s")
    name_words.cache_clear()
    began = time.process_time()
    asked = query_names(index, [name_words(name) for name in customers])
    found = find_pairs(index, asked)
    hits = sum(int((scores(index, asked, one) >= THRESHOLD).sum()) for one in found)
    spent = time.process_time() - began
    print(f"  ours        {count / spent:9,.0f} names a second on one core ({hits:,} hits)")
    started = time.process_time()
    NameIndex.from_bytes(index.to_bytes())
    print(f"  opening the index takes {1000 * (time.process_time() - started):.1f} ms")
    print(f"  memory at its highest {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    speed_of_rapidfuzz(customers, texts)
    if python:
        speed_of_nomenklatura(python, customers, parties)
    brute_force(index, customers)


def speed_of_rapidfuzz(customers: Sequence[str], texts: Sequence[str], some: int = 200) -> None:
    """token_sort_ratio against every name, on one core."""
    from rapidfuzz import fuzz, process, utils

    ready = [utils.default_process(text) for text in texts]
    began = time.process_time()
    asked = [utils.default_process(name) for name in customers[:some]]
    process.cdist(asked, ready, scorer=fuzz.token_sort_ratio, score_cutoff=85, workers=1, dtype=np.uint8)
    print(
        f"  token_sort  {some / (time.process_time() - began):9,.0f} names a second by brute force, one core"
    )


def speed_of_nomenklatura(
    python: str, customers: Sequence[str], parties: Sequence[Sequence[str]], some: int = 30
) -> None:
    """logic-v2 over the 50 parties that share the rarest words with a name: the best a blocker could do."""
    holders: dict[str, set[int]] = {}
    for party, own in enumerate(parties):
        for name in own:
            for word in name.casefold().split():
                holders.setdefault(word, set()).add(party)
    candidates = []
    for name in customers[:some]:
        words = sorted(
            (word for word in name.casefold().split() if word in holders), key=lambda word: len(holders[word])
        )
        near = list(dict.fromkeys(party for word in words for party in sorted(holders[word])))
        candidates.append(near[:50])
    given = {"parties": list(parties), "customers": list(customers[:some]), "candidates": candidates}
    spent = json.loads(run_theirs(python, _INDEXED, json.dumps(given)))
    looked = sum(map(len, candidates)) / some
    print(
        f"  logic-v2    {some / spent:9,.0f} names a second, given {looked:.0f} candidates a name for nothing"
        f" ({spent / max(1, sum(map(len, candidates))) * 1e3:.2f} ms a pair)"
    )


def brute_force(index: NameIndex, customers: Sequence[str], some: int = 1_000) -> None:
    """Every listed name against random customers, and what the candidate search missed of it."""
    chosen = random.Random(13).sample(list(customers), some)
    missed = found = 0
    for start in range(0, some, 25):
        asked = query_names(index, [name_words(name) for name in chosen[start : start + 25]])
        wanted = _pairs_by_brute_force(index, asked)
        searched = {
            (int(row), int(name))
            for one in find_pairs(index, asked)
            for row, name, score in zip(one.query, one.listed, scores(index, asked, one), strict=True)
            if score >= THRESHOLD
        }
        found += len(wanted)
        missed += len(wanted - searched)
    print(f"  brute force, all pairs of {some:,} customers: {found:,} hits, the search missed {missed:,}")


def _pairs_by_brute_force(index: NameIndex, asked: Queries) -> set[tuple[int, int]]:
    rows = np.repeat(np.arange(len(asked.names)), len(index))
    names = np.tile(np.arange(len(index)), len(asked.names))
    possible = possible_hits(index, asked, compare_pairs(index, asked, rows, names))
    found = scores(index, asked, possible) >= THRESHOLD
    return set(zip(possible.query[found].tolist(), possible.listed[found].tolist(), strict=True))


def main() -> None:
    """Runs the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=Path, required=True)
    parser.add_argument("--nomenklatura", default=None)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    everybody = listed(options.lists)
    if options.fit:
        fit(everybody)
        return
    if not options.nomenklatura:
        print("nomenklatura was not given: rapidfuzz's token_sort_ratio is the only yardstick")
    compare_quality(everybody, options.nomenklatura)
    compare_speed(everybody, options.nomenklatura, options.customers)


if __name__ == "__main__":
    sys.exit(main())
