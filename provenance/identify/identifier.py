"""From a marking to its answer: read it, look up its parts, rank makers, calibrate, give reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from provenance.identify.answers import Answer, Candidate, MarkingQuery
from provenance.identify.calibration import AnswerFeatures, Confidence
from provenance.identify.catalogue import (
    Carrier,
    Catalogue,
    EmptyCatalogue,
    PartMatch,
    catalogue_strength,
    find_parts,
)
from provenance.identify.dated_makers import not_before, without_younger
from provenance.identify.features import MarkingFeatures, read_features
from provenance.identify.grounds import ground_of
from provenance.identify.knowledge import Knowledge, Ranking, answer_features, rank_makers
from provenance.identify.numbers import (
    NamedPart,
    best_match,
    category_of,
    introduction,
    named_part,
    printed_since,
)
from provenance.identify.printed_text import read_printed
from provenance.identify.reasons import maker_reason
from provenance.identify.top_codes import find_carriers, with_carriers
from provenance.text.date_codes import DateBounds, DateCodeFormat, DateFormats, DateReading, read_date_codes
from provenance.text.folding import fold_marking
from provenance.text.markings import read_marking
from provenance.text.part_numbers import split_part_number
from provenance.text.partial_dates import DateSpan
from provenance.text.suffixes import read_suffix

_MAKERS_FOR_DATES = 2
_LIKELY_FOR_DATES = 0.25
_BLOCK = 256
"""Markings that are answered together: enough to share the cost of a query and of array operations."""


class Identifier:
    """Answers markings from knowledge and a catalogue. Reads only; may be shared between threads.

    ``today`` is the last day that a date code may mean.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        catalogue: Catalogue | None = None,
        date_formats: Sequence[DateCodeFormat] = (),
        *,
        today: date,
    ) -> None:
        self._knowledge = knowledge
        self._catalogue: Catalogue = catalogue or EmptyCatalogue()
        self._date_formats = DateFormats(date_formats)
        self._today = today

    def identify(self, text: str, bounds: DateBounds | None = None, maker: str = "") -> Answer:
        """The answer to one marking, with at most five candidates; never raises on any text.

        ``bounds`` are the days between which the part must have been made, as far as known; ``maker`` is
        who is known to have made it: dates are read as that maker writes them, candidates stay what they are.
        Where the first candidate is more than possible, its part's introduction bounds the dates as well.
        """
        return self._answers([MarkingQuery(text, bounds, maker)])[0]

    def made_by_code(self, code: str, maker: str, bounds: DateBounds) -> tuple[DateSpan, ...]:
        """The intervals, one of which is meant, that a date code allows which stands alone.

        ``maker`` is empty where it is not known. It is read as this maker writes dates and as many do;
        nothing is known where it has several marks.
        """
        makers = [maker] if maker else ()
        readings = read_date_codes(read_marking(code), self._date_formats, makers, bounds, today=self._today)
        is_one = len({reading.mark for reading in readings}) == 1
        return tuple(dict.fromkeys(reading.span for reading in readings)) if is_one else ()

    def identify_all(self, markings: Iterable[str | MarkingQuery]) -> Iterator[Answer]:
        """The answers to many markings, in order; the catalogue is queried once for some hundred of them.

        A marking that occurs again among those is answered once. See `identify`.
        """
        waiting = iter(markings)
        while block := list(islice(waiting, _BLOCK)):
            queries = [MarkingQuery(each) if isinstance(each, str) else each for each in block]
            distinct = list(dict.fromkeys(queries))
            answers = dict(zip(distinct, self._answers(distinct), strict=True))
            yield from (answers[each] for each in queries)

    def _answers(self, queries: Sequence[MarkingQuery]) -> list[Answer]:
        known = self._knowledge
        readings = [read_printed(each.text, known.rules, known.names) for each in queries]
        found = find_parts(readings, self._catalogue)
        carriers = find_carriers(readings, found, self._catalogue)
        markings = [read_features(reading, known.rules, known.names) for reading in readings]
        rankings = rank_makers(markings, known, [catalogue_strength(matches) for matches in found])
        return list(map(self._answer, queries, rankings, found, carriers))

    def _answer(
        self,
        query: MarkingQuery,
        ranking: Ranking,
        matches: tuple[PartMatch, ...],
        carriers: tuple[Carrier, ...],
    ) -> Answer:
        marking = ranking.candidates.marking
        reading = marking.reading
        if not reading.tokens:
            return Answer(query.text, (), (), "", reading.raw_lines, reading.as_given or reading.as_read)
        candidates = with_carriers(self._candidates(ranking, matches), carriers)
        dates = self._dates(query, marking, candidates)
        if (old_enough := without_younger(candidates, dates)) != candidates:
            candidates, dates = old_enough, self._dates(query, marking, old_enough)
        if candidates and not query.part_known:
            dates = not_before(dates, candidates[0])
        lots = {each.lot for each in dates if each.lot}
        lot = lots.pop() if len(lots) == 1 else ""
        return Answer(
            query.text, candidates, dates, lot, reading.raw_lines, reading.as_given or reading.as_read
        )

    def _dates(
        self, query: MarkingQuery, marking: MarkingFeatures, candidates: Sequence[Candidate]
    ) -> tuple[DateReading, ...]:
        """The dates in a marking; digits behind a maker's name are believed as behind a part number."""
        names = {fold_marking(word) for each in marking.names if each.whole for word in each.name.split()}
        likely = [each.maker for each in candidates[:_MAKERS_FOR_DATES] if each.score >= _LIKELY_FOR_DATES]
        return read_date_codes(
            marking.reading,
            self._date_formats,
            [query.maker] if query.maker else likely,
            _bounds(query, candidates),
            _part_keys(candidates) | names,
            today=self._today,
        )

    def _candidates(self, ranking: Ranking, matches: tuple[PartMatch, ...]) -> tuple[Candidate, ...]:
        known, marking = self._knowledge, ranking.candidates.marking
        if not ranking.ranked:
            return ()
        found = []
        features = answer_features(ranking.ranked, ranking.candidates, known.family_records)
        for maker, chance in self._chances(ranking.ranked, features):
            level = known.calibration.level(chance, maker == features.maker and features.unrivalled)
            if level is None:
                break  # The chances of those that follow are not greater.
            if not ranking.candidates.speak_for(maker):
                continue
            match = best_match(maker, matches)
            part = named_part(maker, marking, match)
            reason = maker_reason(maker, match, ranking.candidates, known)
            if part.remarks:
                reason = "; ".join((reason, *part.remarks))
            introduced = introduction(match, matches)
            ground = ground_of(maker, marking, ranking.candidates.sightings, match)
            candidate = _candidate(maker, part, chance, level, reason, introduced)
            category = category_of(maker, part, marking)
            since = printed_since(maker, part, marking)
            found.append(candidate._replace(ground=ground, category=category, since=since))
        return tuple(found)

    def _chances(
        self, ranked: Sequence[tuple[str, float]], features: AnswerFeatures
    ) -> Iterator[tuple[str, float]]:
        """The first maker's chance by its features; the others share the rest of belief by their shares."""
        first = self._knowledge.calibration.chance(features)
        yield ranked[0][0], first
        rest = 1 - ranked[0][1]
        for maker, share in ranked[1:]:
            yield maker, min(first, (1 - first) * share / rest) if rest > 0 else 0.0


def _candidate(
    maker: str, named: NamedPart, chance: float, level: Confidence, reason: str, introduced: DateSpan
) -> Candidate:
    part = split_part_number(named.mpn)
    return Candidate(
        maker,
        named.mpn,
        part.base,
        part.suffix,
        level,
        round(chance, 4),
        reason,
        in_catalogue=named.match is not None and named.match.fit != "base",
        suffix_parts=read_suffix(part.base, part.suffix),
        printed=named.printed,
        introduced=introduced,
    )


def _bounds(query: MarkingQuery, candidates: Sequence[Candidate]) -> DateBounds | None:
    """What bounds the dates: what is known, and the introduction of a part that the marking determines."""
    first = candidates[0] if candidates else None
    if query.part_known or first is None or first.confidence == "possible" or first.introduced.is_unknown:
        return query.bounds
    if query.maker and query.maker != first.maker:
        return query.bounds
    return replace(query.bounds or DateBounds(), part=first.mpn, introduced=first.introduced)


def _part_keys(candidates: Sequence[Candidate]) -> set[str]:
    """The numbers that are no dates: those of the first candidate, and of others that are not far behind."""
    numbers = {
        number
        for place, candidate in enumerate(candidates)
        if not place or candidate.score >= _LIKELY_FOR_DATES
        for number in (candidate.mpn, candidate.base_part, candidate.printed)
        # Bare digits that may be a code may be a date as well.
        if not (candidate.carriers and number.isdigit())
    }
    return set(map(fold_marking, filter(None, numbers)))
