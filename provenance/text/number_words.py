"""Numbers that names spell out, as digits: "Second", "2nd" and "Twenty-One" are numbers like "21"."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = {
    word: str(value)
    for value, words in enumerate(
        (
            "one first pervyi pervaya persha pershyi",
            "two second vtoroi vtoraya druhyi druha",
            "three third tretii tretya",
            "four fourth chetvertyi chetvertaya chetvertyi",
            "five fifth pyatyi pyataya",
            "six sixth shestoi shestaya",
            "seven seventh sedmoi sedmaya",
            "eight eighth vosmoi vosmaya",
            "nine ninth devyatyi devyataya",
        ),
        start=1,
    )
    for word in words.split()
}
_TEENS = {
    word: str(value)
    for value, words in enumerate(
        (
            "ten tenth",
            "eleven eleventh",
            "twelve twelfth",
            "thirteen thirteenth",
            "fourteen fourteenth",
            "fifteen fifteenth",
            "sixteen sixteenth",
            "seventeen seventeenth",
            "eighteen eighteenth",
            "nineteen nineteenth",
        ),
        start=10,
    )
    for word in words.split()
}
_TENS = {
    word: 10 * value
    for value, words in enumerate(
        (
            "twenty twentieth",
            "thirty thirtieth",
            "forty fortieth",
            "fifty fiftieth",
            "sixty sixtieth",
            "seventy seventieth",
            "eighty eightieth",
            "ninety ninetieth",
        ),
        start=2,
    )
    for word in words.split()
}


def with_digits(words: Sequence[str]) -> list[str]:
    """Words in small letters with spelled numbers below a hundred as digits: twenty, first: "21".

    English, and the ordinals of Russian and Ukrainian in Latin letters.
    """
    found: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        following = _UNITS.get(words[at + 1]) if at + 1 < len(words) else None
        if word in _TENS and following is not None:
            found.append(str(_TENS[word] + int(following)))
            at += 2
            continue
        tens = str(_TENS[word]) if word in _TENS else None
        found.append(tens or _TEENS.get(word) or _UNITS.get(word) or word)
        at += 1
    return found
