"""The road from a marking to its answer: read, ask the catalogue, weigh, calibrate, say why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from provenance.identify.answers import Answer, Asked, Candidate
from provenance.identify.calibration import Confidence, Signs
from provenance.identify.catalogue import Carrier, Catalogue, EmptyCatalogue
from provenance.identify.clues import RuleHit
from provenance.identify.knowledge import Knowledge, Ranking, rank_all, read_case, signs_of
from provenance.identify.memory import collector_at_rest
from provenance.identify.parts import PartMatch, catalogue_strength, find_parts
from provenance.identify.reasons import maker_reason
from provenance.identify.rules import TRACE_CATEGORIES
from provenance.identify.shortened import full_number
from provenance.identify.top_codes import find_carriers, with_carriers
from provenance.text.date_codes import DateBounds, DateCodeFormat, DateFormats, read_date_codes
from provenance.text.folding import fold_marking
from provenance.text.markings import PartText, Reading, as_meant, read_marking
from provenance.text.part_numbers import split_part_number
from provenance.text.partial_dates import UNKNOWN, DateSpan
from provenance.text.suffixes import read_suffix

_MAKERS_FOR_DATES = 2
_LIKELY_FOR_DATES = 0.25
_BLOCK = 256
_O_AMONG_DIGITS = re.compile(r"(?<=\d)O(?=\d)")
_PACKAGE_LETTERS = re.compile(
    r"[A-Z]{1,2}(?:R|RM|RU|RN|RW|CP|ST|SV|BC|SW|RT|RJ|KS|N|Q)Z?|[A-Z]{1,2}[A-Z]\d|\d{2}[A-Z]{2}"
)
"""Package and temperature letters as several makers print them on a line of their own."""
_SETTLING_FITS = frozenset({"exact", "misread", "shortened"})
"""Fits that tell which part it is; a base part or a beginning may be that of parts not in the catalogue."""


class Identifier:
    """Answers markings from what is known and a catalogue. Reads only; may be shared between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        catalogue: Catalogue | None = None,
        date_formats: Sequence[DateCodeFormat] = (),
    ) -> None:
        self._knowledge = knowledge
        self._catalogue: Catalogue = catalogue or EmptyCatalogue()
        self._date_formats = DateFormats(date_formats)

    def identify(self, text: str, bounds: DateBounds | None = None, maker: str = "") -> Answer:
        """The answer to one marking, with candidates from nothing to five; never raises on any text.

        ``bounds`` are the days between which the part must have been made, as far as known; ``maker`` is
        who is known to have made it: dates are read as that maker writes them, candidates stay what they are.
        Where the first candidate is more than possible, its part's introduction bounds the dates as well.
        """
        return self._answers([Asked(text, bounds, maker)])[0]

    def identify_all(self, markings: Iterable[str | Asked]) -> Iterator[Answer]:
        """The answers to many markings, in order; the catalogue is asked once for some hundred of them.

        A marking that comes again among those is answered from memory. See `identify`.
        """
        waiting = iter(markings)
        while block := list(islice(waiting, _BLOCK)):
            asked = [Asked(each) if isinstance(each, str) else each for each in block]
            distinct = list(dict.fromkeys(asked))
            answers = dict(zip(distinct, self._answers(distinct), strict=True))
            yield from (answers[each] for each in asked)

    def _answers(self, asked: Sequence[Asked]) -> list[Answer]:
        # What answers are made of is freed before the collector wakes, or it would look through it all.
        with collector_at_rest():
            return self._answers_of(asked)

    def _answers_of(self, asked: Sequence[Asked]) -> list[Answer]:
        readings = [read_marking(each.text) for each in asked]
        found = find_parts(readings, self._catalogue)
        carriers = find_carriers(readings, found, self._catalogue)
        known = self._knowledge
        cases = [read_case(reading, known.rules, known.names) for reading in readings]
        rankings = rank_all(cases, known, [catalogue_strength(matches) for matches in found])
        return list(map(self._answer, asked, rankings, found, carriers))

    def _answer(
        self,
        asked: Asked,
        ranking: Ranking,
        matches: tuple[PartMatch, ...],
        carriers: tuple[Carrier, ...],
    ) -> Answer:
        reading = ranking.case.reading
        if not reading.tokens:
            return Answer(asked.text, (), (), "", reading.raw_lines, reading.as_read)
        candidates = with_carriers(self._candidates(ranking, matches), carriers)
        likely = [each.maker for each in candidates[:_MAKERS_FOR_DATES] if each.score >= _LIKELY_FOR_DATES]
        makers = [asked.maker] if asked.maker else likely
        bounds = _bounds(asked, candidates)
        dates = read_date_codes(reading, self._date_formats, makers, bounds, _part_keys(candidates))
        lots = {each.lot for each in dates if each.lot}
        lot = lots.pop() if len(lots) == 1 else ""
        return Answer(asked.text, candidates, dates, lot, reading.raw_lines, reading.as_read)

    def _candidates(self, ranking: Ranking, matches: tuple[PartMatch, ...]) -> tuple[Candidate, ...]:
        known, case = self._knowledge, ranking.case
        reading = case.reading
        if not ranking.ranked:
            return ()
        found = []
        numbers = [hit for hit in case.hits if _names_number(hit)]
        signs = signs_of(ranking.ranked, ranking.clues, case.hits, known.families, reading)
        for maker, chance in self._chances(ranking.ranked, signs):
            level = known.calibration.level(chance, maker == signs.maker and signs.unrivalled)
            if level is None:
                break  # The chances of those that follow are no greater.
            if not ranking.speaks_for(maker):
                continue
            own = _best_match(maker, matches)
            reason = maker_reason(maker, own, ranking, known)
            hit = _part_hit(maker, numbers) or _split_hit(maker, case.hits, reading)
            number = own.part.number if own and own.fit == "base" else _number_read(hit, reading)
            if own and own.fit != "base":
                mpn, number = own.entry.mpn, own.part.number
            else:
                meant = _meant(hit, number) if hit else number
                mpn = full_number(hit.match.rule.key, meant) if hit else number
                reason += f"; {number} read as {meant}" if meant != number else ""
                reason += f"; {meant} is {mpn} without its beginning" if mpn != meant else ""
            candidate = _candidate(maker, mpn, number, chance, level, reason, own, hit)
            introduced = _introduction(own, matches)
            found.append(candidate if introduced.is_unknown else candidate._replace(introduced=introduced))
        return tuple(found)

    def _chances(self, ranked: Sequence[tuple[str, float]], signs: Signs) -> Iterator[tuple[str, float]]:
        """The first maker's chance by its signs; the others share what is left of belief by their shares."""
        first = self._knowledge.calibration.chance(signs)
        yield ranked[0][0], first
        rest = 1 - ranked[0][1]
        for maker, share in ranked[1:]:
            yield maker, min(first, (1 - first) * share / rest) if rest > 0 else 0.0


def _candidate(
    maker: str,
    mpn: str,
    printed: str,
    chance: float,
    level: Confidence,
    reason: str,
    match: PartMatch | None,
    hit: RuleHit | None,
) -> Candidate:
    part = split_part_number(mpn)
    category = hit.match.rule.category if hit else ""
    in_catalogue = match is not None and match.fit != "base"
    return Candidate(
        maker,
        mpn,
        part.base,
        part.suffix,
        level,
        round(chance, 4),
        reason,
        category,
        in_catalogue,
        read_suffix(part.base, part.suffix),
        printed,
    )


def _number_read(hit: RuleHit | None, reading: Reading) -> str:
    """The part number as read: the family's stretch, with the package letters that stand right behind it."""
    if hit is None:
        return ""
    number = hit.part.number
    if hit.part.joined_after or split_part_number(number).suffix:
        return number
    tokens = reading.tokens
    place = next((place for place, token in enumerate(tokens) if token.key == hit.part.key), len(tokens))
    behind = tokens[place + 1 : place + 2]
    if not behind or not _PACKAGE_LETTERS.fullmatch(behind[0].key):
        return number
    return PartText("", f"{number} {behind[0].text}", len(number)).number


def _meant(hit: RuleHit, number: str) -> str:
    """The number with misreadings mended: an O between digits, and what keeps it from its family."""
    key = fold_marking(number)
    mended = as_meant(key) if hit.is_mended else _O_AMONG_DIGITS.sub("0", key)
    return mended if mended != key else number


def _names_number(hit: RuleHit) -> bool:
    """Whether what a family begins may be a part number: no name of a family, no trace, some digit."""
    if hit.is_name or hit.match.rule.category in TRACE_CATEGORIES:
        return False
    return not hit.part.key.isalpha()


def _part_hit(maker: str, numbers: Sequence[RuleHit]) -> RuleHit | None:
    """The family of this maker that best says which stretch is the part number; the first among equals."""
    own = [hit for hit in numbers if maker in (hit.match.rule.maker, hit.match.rule.later_owner_line)]
    return max(own, key=lambda hit: (hit.is_first, hit.match.length, len(hit.part.key)), default=None)


def _split_hit(maker: str, hits: tuple[RuleHit, ...], reading: Reading) -> RuleHit | None:
    """A family named by letters of their own, with the digits that stand behind them: "ATMEGA 2560"."""
    for hit in hits:
        letters = hit.part.key
        if not letters.isalpha() or maker != hit.match.rule.maker or hit.match.length != len(letters):
            continue
        for part in reading.parts:
            # Two digits at least: Spartan 6 is a family, no part.
            numbered = part.key[len(letters) : len(letters) + 2]
            joined = part.joined_after == len(letters) and part.key.startswith(letters)
            if joined and len(numbered) == 2 and numbered.isdigit():
                return hit._replace(part=part)
    return None


def _best_match(maker: str, matches: tuple[PartMatch, ...]) -> PartMatch | None:
    return next((match for match in matches if match.entry.maker == maker and match.fit != "near"), None)


def _introduction(own: PartMatch | None, matches: tuple[PartMatch, ...]) -> DateSpan:
    """When the part was introduced that a match settles: no other part of its maker may fit as well."""
    if own is None or own.fit not in _SETTLING_FITS or own.entry.introduced.is_unknown:
        return UNKNOWN
    equals = [
        match for match in matches if match.entry.maker == own.entry.maker and match.strength >= own.strength
    ]
    return own.entry.introduced if len(equals) == 1 else UNKNOWN


def _bounds(asked: Asked, candidates: Sequence[Candidate]) -> DateBounds | None:
    """What bounds the dates: what is known, and the introduction of a part that the marking settles."""
    first = candidates[0] if candidates else None
    if asked.part_known or first is None or first.confidence == "possible" or first.introduced.is_unknown:
        return asked.bounds
    if asked.maker and asked.maker != first.maker:
        return asked.bounds
    return replace(asked.bounds or DateBounds(), part=first.mpn, introduced=first.introduced)


def _part_keys(candidates: Sequence[Candidate]) -> set[str]:
    numbers = {
        number
        for candidate in candidates
        for number in (candidate.mpn, candidate.base_part, candidate.printed)
        # Bare digits that may be a code may be a date as well.
        if not (candidate.carriers and number.isdigit())
    }
    return set(map(fold_marking, filter(None, numbers)))
