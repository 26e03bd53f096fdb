"""The one reader of registration numbers, for lists, letters, customers, parties and queries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from provenance.text.countries import UnknownCountry, country_code
from provenance.text.folding import fold_marking
from provenance.text.registration_numbers.grammar import (
    Piece,
    labelled_pieces_of,
    normal,
    pieces_of,
    unlabelled_pieces_of,
)
from provenance.text.registration_numbers.labels import INN_AND_KPP, Label, label_of, vocabulary
from provenance.text.registration_numbers.placeholders import placeholder_fault, says_none
from provenance.text.registration_numbers.records import (
    NumbersRead,
    RegistrationNumber,
    UnreadNumber,
    Validity,
)
from provenance.text.registration_numbers.schemes import (
    ANY,
    NATIONAL,
    TAX,
    Scheme,
    declarations,
    restored,
    scheme_of,
    schemes_in,
)

_READING = "2"
"""To be raised when this module or the grammar reads differently; words and schemes are noticed anyway."""

FEWEST_CHARACTERS = 4
"""A shorter value is no number."""

_LONGEST = 40
_MOST_LETTERS_BEFORE = 3
_LONG_NUMBER = 8
_FLOAT = re.compile(r"(\d{4,})[.,]0+")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_WITH_KPP = re.compile(r"(?P<inn>\d{9,10}|\d{12})\s*[/\\ ,-]\s*(?P<kpp>\d{4}[0-9A-Z]{2}\d{3})")
_BRN = re.compile(r"(\d{8})[- ]?\d{3}(?:[- ]?\d{2}[- ]?\d{2}[- ]?[0-9A-Z])?")
_WHOLE_BRN = re.compile(r"\d{8}-\d{3}-\d{2}-\d{2}-[0-9A-Z]")
_NUMBER_WORD = re.compile(r"^(?:(?:no|nr|num|number|номер)\b[\s.:]*|[№#:\s]+)+", re.IGNORECASE)
_COUNTRY_CODE = re.compile(r"^[A-Z]{2}(?=\d)")


@lru_cache(maxsize=1 << 15)
def read_numbers(
    text: str, label: str | None = None, place: str | None = None, assumed_place: str | None = None
) -> NumbersRead:
    """Every number in a text, each with its scheme, and what stands there that is none.

    ``label`` is what the numbers are called where the text does not say so itself, such as the header of
    their column; a label that is not known names a scheme of its own. ``place`` is the country that issued
    them where it is stated beside them. ``assumed_place`` is where their holder is: it settles a scheme only
    where the check digits agree. Both are ISO 3166-1 alpha-2.
    """
    reader = _Reader(label, place, assumed_place)
    for piece in pieces_of(text):
        reader.take(piece)
    return reader.result(text)


def read_labelled_numbers(text: str) -> tuple[RegistrationNumber, ...]:
    """The numbers of a text that is mostly about other things, such as remarks: those with a known label.

    A label counts where a part of the text between semicolons begins with it and its value follows at once.
    """
    reader = _Reader(None, None, None)
    for piece in labelled_pieces_of(text):
        if piece.label is not None and piece.has_digit and _follows_at_once(piece):
            reader.take(piece)
    return tuple(dict.fromkeys(reader.numbers))


@lru_cache(maxsize=1 << 16)
def read_stored(as_written: str, scheme: str | None, place: str | None) -> tuple[RegistrationNumber, ...]:
    """The numbers in a stored value, read again as this version of the program reads them.

    Where a scheme is stated, no label is looked for in the value; a general one ("tax number") is none.
    """
    label = _stated_label(scheme)
    if label is None or label.is_general:
        return read_numbers(as_written, scheme, place).numbers
    reader = _Reader(scheme, place, None)
    for piece in unlabelled_pieces_of(as_written, label):
        reader.take(piece)
    return tuple(dict.fromkeys(reader.numbers))


def stored_value(as_written: str, scheme: str | None, place: str | None) -> str:
    """The characters to store beside a value as written: those of its first number."""
    return next((one.value for one in read_stored(as_written, scheme, place)), key_of(as_written))


def header_label(header: str) -> str | None:
    """What the header of a column calls the numbers below it; None where it leaves that open."""
    label = label_of(header)
    return header if label is not None and label.code != ANY else None


def is_label(text: str) -> bool:
    """Whether a text is what a number is called, and nothing else."""
    return label_of(text) is not None


def reading_version() -> str:
    """A digest of the vocabulary and the schemes: what was read by another one is to be read again."""
    declared = f"{_READING} {vocabulary()} {declarations()}"
    return hashlib.sha256(declared.encode()).hexdigest()[:16]


def key_of(value: str) -> str:
    """A value as capital letters and digits; letters of other scripts that look Latin become Latin."""
    return fold_marking(normal(value)) if not value.isascii() else re.sub(r"[\W_]", "", value.upper())


class _Reader:
    """Collects the numbers of one text."""

    def __init__(self, label: str | None, place: str | None, assumed_place: str | None) -> None:
        self._named = label
        self._label = _stated_label(label)
        self._place = place
        self._assumed = assumed_place
        self.numbers: list[RegistrationNumber] = []
        self.unread: list[UnreadNumber] = []

    def take(self, piece: Piece) -> None:
        """Adds what one piece holds."""
        label = piece.label or self._label
        place = self._place or _stated_place((*piece.remarks, piece.before))
        if not piece.has_digit or _says_none_first(piece.value):
            self._take_words(piece, label)
            return
        for value, found, rest in _values(piece.value, label):
            stated = place or _stated_place((rest,)) or (found.place if found else None)
            self._add(value, found, stated, piece)

    def _take_words(self, piece: Piece, label: Label | None) -> None:
        text = piece.value
        country = _stated_place((text, *piece.remarks))
        if country and piece.label is None and self.numbers and self.numbers[-1].place is None:
            last = self.numbers.pop()
            self.numbers += read_stored(last.as_written, last.scheme, country) or [last]
        elif piece.label is not None or (text and says_none(text)):
            self.unread.append(UnreadNumber(text, label.code if label else None, "no number is given"))

    def _add(self, text: str, label: Label | None, place: str | None, piece: Piece) -> None:
        whole = _FLOAT.fullmatch(text)
        text = whole[1] if whole else text
        key = key_of(text)
        if why := _fault(text, key):
            self.unread.append(UnreadNumber(text, label.code if label else None, why))
            return
        scheme, value, place = _resolved(label, key, text, place, self._assumed)
        known = scheme_of(scheme)
        # "NIT" in Guatemala is another scheme than the Colombian one, and its check digits are not known.
        is_its = known is not None and known.place in (None, place)
        validity = known.validity(value) if known and is_its else Validity.UNVERIFIABLE
        self.numbers.append(RegistrationNumber(value, scheme, place, validity, text, piece.status))

    def result(self, text: str) -> NumbersRead:
        """What was read; a text of which nothing was read is named as such."""
        if not self.numbers and not self.unread and text.strip():
            code = self._label.code if self._label else None
            self.unread.append(UnreadNumber(" ".join(text.split()), code, "no number is given"))
        return NumbersRead(tuple(dict.fromkeys(self.numbers)), tuple(dict.fromkeys(self.unread)))


def _fault(text: str, key: str) -> str | None:
    """Why a value is no number; None where it may be one."""
    if _SHORTENED.fullmatch(text):
        return "a spreadsheet shortened it: its last digits are lost"
    if fault := placeholder_fault(key):
        return fault
    if len(key) < FEWEST_CHARACTERS:
        return f"shorter than {FEWEST_CHARACTERS} characters"
    return "too long for a number" if len(key) > _LONGEST else None


def _stated_label(text: str | None) -> Label | None:
    """The label that is stated beside numbers; one that is not known names a scheme of its own."""
    return (label_of(text) or Label(_own_label(text))) if text else None


def _own_label(text: str) -> str:
    """A label that is not known, as the code of a scheme of its own."""
    words = " ".join(re.sub(r"[^\w/&' ]+", " ", text).upper().split())
    return words.removesuffix(" NO").removesuffix(" NUMBER")


def _country(text: str) -> str | None:
    if any(map(str.isdigit, text)):
        return None
    try:
        return country_code(text.strip(" .,")) if text.strip(" .,") else None
    except UnknownCountry:
        return None


def _stated_place(texts: tuple[str, ...]) -> str | None:
    return next(
        (code for text in texts if text and label_of(text) is None and (code := _country(text))), None
    )


def _says_none_first(value: str) -> bool:
    """Whether a value says that there is none, with at most a filler behind: "n/a 0"."""
    first, _space, rest = value.partition(" ")
    is_filler = sum(map(str.isdigit, rest)) < FEWEST_CHARACTERS
    return says_none(value) or (first[:1].isalpha() and is_filler and says_none(first))


def _follows_at_once(piece: Piece) -> bool:
    """Whether a piece is a label and its value, with at most a word before either ("Italian", "Card")."""
    is_first = len(piece.before.split()) <= 1
    return is_first and any(map(_is_number_word, piece.value.split()[:2]))


def _is_number_word(word: str) -> bool:
    """Whether a word can begin a number: it has a digit, or is the short prefix of one ("RL", "J-")."""
    return any(map(str.isdigit, word)) or (word.isupper() and len(word.strip(".-")) <= _MOST_LETTERS_BEFORE)


def _values(text: str, label: Label | None) -> Iterator[tuple[str, Label | None, str]]:
    """The values in a piece, each with its label and the words after it."""
    with_kpp = _WITH_KPP.fullmatch(text)
    if with_kpp and _may_be_inn(with_kpp["inn"], label):
        yield with_kpp["inn"], Label("INN", "RU"), ""
        yield with_kpp["kpp"], Label("KPP", "RU"), ""
        return
    label = Label("INN", "RU") if label is not None and label.code == INN_AND_KPP else label
    words = _NUMBER_WORD.sub("", text).replace("\\", "/").split()
    lead: list[str] = []
    while words and not _is_number_word(words[0]):
        lead.append(words.pop(0))
    if lead and label is None:
        label = Label(_own_label(" ".join(lead)))
    for group, rest in _groups(words):
        for value in _parted_at_slash(group):
            yield value, label, rest


def _may_be_inn(value: str, label: Label | None) -> bool:
    if label is not None:
        return label.code in ("INN", INN_AND_KPP, TAX)
    inn = scheme_of("INN")
    return inn is not None and inn.validity(value) is Validity.VALID


def _groups(words: list[str]) -> Iterator[tuple[str, str]]:
    """The words of each number, spaces within it kept, and the words that follow the last one."""
    group: list[str] = []
    while words and (_is_number_word(words[0]) or words[0] in ("/", "-", ".")):
        word = words.pop(0)
        if word in ("/", "-", "."):
            group += [word] if group else []
        elif _is_whole(word) and group and _is_whole(group[-1] if group[-1] != "/" else group[-2]):
            yield _joined(group), ""
            group = [word]
        else:
            group.append(word)
    if group:
        yield _joined(group), " ".join(words).strip(" ,.")


def _joined(group: list[str]) -> str:
    return " ".join(group).strip(" /.-")


def _is_whole(word: str) -> bool:
    """Whether a word alone is long enough to be a number of its own."""
    return sum(map(str.isdigit, word)) >= _LONG_NUMBER


def _parted_at_slash(text: str) -> list[str]:
    parts = [part.strip() for part in text.split("/")]
    return parts if len(parts) > 1 and all(map(_is_whole, parts)) else [text]


def _resolved(
    label: Label | None, key: str, text: str, place: str | None, assumed: str | None
) -> tuple[str | None, str, str | None]:
    """The scheme, the value in its form, and the place of a number."""
    code = label.code if label else None
    if code is None and _WHOLE_BRN.fullmatch(text.strip()):
        code = "BRN"
    scheme = _named_scheme(code, key, place)
    if scheme is None:
        scheme = _general_scheme(code, key, place, assumed)
    if scheme is None:
        return code, _national_vat(code, key, place), place
    return scheme.code, _in_form(scheme, key, text), scheme.place or place


def _named_scheme(code: str | None, key: str, place: str | None) -> Scheme | None:
    """The scheme of that code; of another place or kind, what the number really is, or none."""
    scheme = scheme_of(code)
    if scheme is None:
        return None
    if scheme.code == "IMO" and scheme.validity(_bare_imo(key)) is Validity.INVALID:
        company = scheme_of("IMO COMPANY")
        return company if company and company.validity(_bare_imo(key)) is Validity.VALID else scheme
    if scheme.code == "OGRN" and len(key) == 15:
        return scheme_of("OGRNIP")
    if scheme.code in ("BIN", "IIN") and scheme.validity(key) is Validity.INVALID:
        return next((one for one in schemes_in("KZ", NATIONAL) + schemes_in("KZ", TAX)
                     if one.validity(key) is Validity.VALID), scheme)  # fmt: skip
    if scheme.place and place and scheme.place != place:
        # "INN" in Kyrgyzstan or Uzbekistan, "BIN" elsewhere: a tax number of that country.
        return None
    if scheme.code == "RNTRC" and len(key) in (8, 12):
        return scheme_of("EDRPOU") if len(key) == 8 else None
    return scheme


def _general_scheme(code: str | None, key: str, place: str | None, assumed: str | None) -> Scheme | None:
    """The scheme of a number under a general label, or none, by its place, form and check digits."""
    for country, is_stated in ((place, True), (assumed if place is None else None, False)):
        found = schemes_in(country, code) if country else ()
        fitting = [(one, one.validity(_in_form(one, key, key))) for one in found]
        for one, validity in fitting:
            if validity is Validity.VALID:
                return one
        for one, validity in fitting:
            if is_stated and code is not None and validity is Validity.UNVERIFIABLE:
                return one
        for one, _validity in fitting:
            if is_stated and code == TAX and one.rule is not None and one.fits(_in_form(one, key, key)):
                return one
    return _worldwide(key) if code is None else None


def _worldwide(key: str) -> Scheme | None:
    """A number without a label that only one scheme writes like this: an LEI or a USCC with letters."""
    if not any(map(str.isalpha, key)):
        return None
    for code in ("LEI", "USCC"):
        scheme = scheme_of(code)
        if scheme is not None and scheme.validity(key) is Validity.VALID:
            return scheme
    return None


def _bare_imo(key: str) -> str:
    return key.removeprefix("IMO")


def _in_form(scheme: Scheme, key: str, text: str) -> str:
    """The value as its scheme writes it: lost zeros put back, branch and country code cut off."""
    if scheme.code == "BRN":
        branch = _BRN.fullmatch(normal(text).strip())
        return branch[1] if branch else key[:8] if len(key) == 16 else key
    if scheme.code in ("IMO", "IMO COMPANY"):
        return _bare_imo(key)
    if scheme.code == "UK COMPANY":
        return key.zfill(8) if key.isdigit() else key
    if scheme.code == "CH UID":
        return key if key.startswith("CHE") else f"CHE{key}"
    if scheme.place and key.startswith(scheme.place) and not scheme.fits(key):
        key = _COUNTRY_CODE.sub("", key)
    if scheme.code == "CH UID" and key.endswith(("MWST", "TVA", "IVA")):
        return key.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return restored(scheme, key)


def _national_vat(code: str | None, key: str, place: str | None) -> str:
    """A VAT number without the code of its country, which one side writes and the other leaves out."""
    return key[2:] if code == "VAT" and place and key.startswith(place) and key[2:].isalnum() else key
