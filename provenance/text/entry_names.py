"""The names inside a phrase: model codes, quoted names and proper names, and the noun that states the
kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from provenance.text.entry_words import KindHint, is_common_word, kind_of_noun, noun_pattern

TokenKind = Literal["quoted", "code", "capitals", "proper", "number", "word", "mark"]

ASIDE_MARK = "\x01"
_TOKEN = re.compile(rf'"[^"]*"|{ASIDE_MARK}|[,;]|[^\s,;"{ASIDE_MARK}]+')
_MEASURE = re.compile(
    r"\d+(?:[.,]\d+)?(?:-?(?:mm|cm|m|km|g|kg|v|w|kw|khz|mhz|ghz|d|x|st|nd|rd|th|bit|pcs))?", re.IGNORECASE
)
_HYPHENED_CAPITALS = re.compile(r"[^\W\d_a-zа-я][\w.]*(?:[-/][^\W\d_a-zа-я]\w*)+")
_GENITIVE = re.compile(r"\b(?:of|for)\s", re.IGNORECASE)
_NOUN = noun_pattern()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, quoted name or symbol, where it begins, and how strongly it looks like a name."""

    text: str
    kind: TokenKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """Neighbouring tokens that are one name (`Kh-47M2 "Kinzhal"`), quotation marks dropped."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The whole name with single spaces."""
        return " ".join(token.text for token in self.tokens)

    @property
    def start(self) -> int:
        """Where the name begins in its phrase."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where the name ends in its phrase."""
        return self.tokens[-1].end

    def parts(self) -> tuple[str, ...]:
        """Names that may be used for the whole: model codes first, then quoted names, then proper names."""
        groups = list(_grouped(self.tokens))
        order = {"code": 0, "quoted": 1, "proper": 2}
        ranked = sorted(groups, key=lambda group: order.get(_strongest(group), 3))
        return tuple(" ".join(token.text for token in group) for group in ranked)


@dataclass(frozen=True, slots=True)
class KindNoun:
    """A noun that states a kind, and whether it puts the described item itself in the plural."""

    text: str
    kind: KindHint
    plural: bool
    start: int
    end: int


def find_names(phrase: str) -> tuple[Name, ...]:
    """The names of a phrase, in order; common words, measures and abbreviations of the field do not count."""
    tokens = _demoted(list(_tokens(phrase)))
    names: list[Name] = []
    running: list[Token] = []
    for token in [*tokens, Token("", "mark", len(phrase), len(phrase))]:
        if token.kind in ("quoted", "code", "capitals", "proper") or (token.kind == "number" and running):
            running.append(token)
            continue
        if running:
            names.append(Name(tuple(running)))
        running = []
    return tuple(names)


def find_kind_nouns(phrase: str) -> tuple[KindNoun, ...]:
    """The nouns of a phrase that state a kind, in order, longest reading first; quoted names do not count."""
    unquoted = re.sub(r'"[^"]*"', lambda match: "\x02" * len(match.group()), phrase)
    return tuple(
        KindNoun(
            match["noun"],
            kind,
            match["plural"] is not None and not _GENITIVE.search(unquoted, 0, match.start()),
            match.start(),
            match.end(),
        )
        for match in _NOUN.finditer(unquoted)
        if (kind := kind_of_noun(match["noun"])) is not None
    )


def nearest_noun(nouns: Iterable[KindNoun], name: Name | None) -> KindNoun | None:
    """The kind noun nearest to a name, the one after it where two are equally near."""
    if name is None:
        return next(iter(nouns), None)

    def distance(noun: KindNoun) -> tuple[int, bool]:
        after = noun.start >= name.end
        return (noun.start - name.end if after else name.start - noun.end), not after

    outside = (noun for noun in nouns if noun.end <= name.start or noun.start >= name.end)
    return min(outside, key=distance, default=None)


def _tokens(phrase: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(phrase):
        text = match.group()
        kind = _token_kind(text)
        bare = text.strip('"').strip() if kind == "quoted" else text.rstrip(".:")
        if bare:
            yield Token(bare, kind, match.start(), match.end())


def _token_kind(text: str) -> TokenKind:
    if text.startswith('"'):
        return "quoted"
    if text in {",", ";", "/", "-", "–", ASIDE_MARK}:
        return "mark"
    bare = text.rstrip(".:")
    if re.fullmatch(r"\d{1,3}", bare):
        return "number"
    if _MEASURE.fullmatch(bare) or is_common_word(bare):
        return "word"
    if re.search(r"\d", bare) or _HYPHENED_CAPITALS.fullmatch(bare):
        return "code"
    if len(bare) > 1 and bare.isupper():
        return "capitals"
    return "proper" if bare[:1].isupper() and "-" not in bare else "word"


def _demoted(tokens: list[Token]) -> list[Token]:
    """The first word is capitalised anyway: a name only next to a name, or where nothing else is one."""
    if not tokens or tokens[0].kind != "proper":
        return tokens
    follower = tokens[1].kind if len(tokens) > 1 else "mark"
    beside_a_name = follower in ("quoted", "code", "capitals", "proper", "number")
    others = any(token.kind in ("quoted", "code", "capitals") for token in tokens[1:])
    if beside_a_name or not others:
        return tokens
    first = tokens[0]
    return [Token(first.text, "word", first.start, first.end), *tokens[1:]]


def _grouped(tokens: tuple[Token, ...]) -> Iterator[list[Token]]:
    """Neighbours that stay together: a code with its short capitals ("R-330 BMW"), proper names in a row."""
    group: list[Token] = []
    for token in tokens:
        if group and not _stays_with(group[-1], token):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _stays_with(before: Token, token: Token) -> bool:
    if token.kind == "number":
        return True
    if token.kind == "capitals":
        return before.kind == "code" and len(token.text) <= 4
    return before.kind == token.kind == "proper"


def _strongest(group: list[Token]) -> str:
    kinds = {token.kind for token in group}
    return next((kind for kind in ("code", "quoted", "proper") if kind in kinds), "capitals")
