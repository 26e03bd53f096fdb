"""The filters of a basis in plain prose: "US firms by current owner; missiles, drones; 2+ recoveries"."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.cli.speech.language import said
from provenance.cli.views.words import evidence_class, plain_name

_OWNERSHIP = {
    "brand": "by brand",
    "owner-at-manufacture": "by owner at manufacture",
    "owner-now": "by current owner",
    "domicile": "by legal seat of the current owner",
}
_RANKED = {"firm": "firms", "part": "parts", "weapon": "weapons", "country": "countries"}
_KINDS = {
    "missile": "missiles",
    "drone": "drones",
    "guided_munition": "guided munitions",
    "vehicle": "vehicles",
    "radio": "radios",
    "computer": "computers",
    "command": "command systems",
    "navigation": "navigation systems",
    "other": "other equipment",
}
_EXCLUDED = {
    "suspect": "suspected counterfeits",
    "read_makers": "makers read automatically",
    "read_parts": "part numbers read automatically",
}
_PHRASES = {
    "weapons": "from {}",
    "categories": "category {}",
    "chpl_tiers": "CHPL tier {}",
    "made_after": "made after {}",
    "credibility_at_least": "credibility {} or better",
    "at_most_tlp": "up to TLP:{}",
    "at_least_recoveries": "{}+ recoveries",
    "first_seen_since": "first seen since {}",
    "direction": "direction {}",
    "from_country": "from {}",
    "to_country": "to {}",
    "goods": "goods with “{}”",
    "customs_code": "HS {}",
    "party": "consignor or consignee {}",
    "same_goods": "{}",
    "evidence_classes": "evidence: {}",
    "known_on": "as known on {}",
    "known_by": "known once {}",
    "min_documents": "{}+ independent documents",
    "around": "around {}",
    "on": "as of {}",
    "ownership_rule": "ownership rule {}",
    "score_from": "scores of {} or more",
    "lists": "against {}",
    "where": "{}",
    "entered_since": "entered since {}",
    "entered_by_person": "entered by {}",
    "withdrawn": "withdrawn records {}",
    "new_since": "hits new since {}",
}
_DATES = {("since", "until"): "recovered or used", ("seized_since", "seized_until"): "seized"}
_SUBJECT = ("by", "country", "country_basis", "firm")


def filters_in_words(filters: Mapping[str, str]) -> str:
    """The filters as one sentence; empty where there are none. A filter without words of its own is named."""
    phrases = [_subject(filters), _weapon_kinds(filters)]
    phrases += [_period(filters, *bounds, word) for bounds, word in _DATES.items()]
    worded = {*_SUBJECT, "weapon_kinds", *_EXCLUDED, *(bound for bounds in _DATES for bound in bounds)}
    for name, value in filters.items():
        if name == "at_least_recoveries" and value == "1":
            continue
        if name not in worded:
            phrase = _PHRASES.get(name, f"{said(plain_name(name))}: {{}}")
            phrases.append(phrase.format(said(_value(name, value))))
    phrases.append(_excluded(filters))
    stated = "; ".join(said(phrase) for phrase in phrases if phrase)
    return f"{stated[:1].upper()}{stated[1:]}." if stated else ""


def _value(name: str, value: str) -> str:
    """The value of a filter in words."""
    if name == "evidence_classes":
        return ", ".join(map(evidence_class, value.split(", ")))
    return value.replace("; ", " or ")


def _subject(filters: Mapping[str, str]) -> str:
    """What is ranked, of which country, and on which basis: "US firms by current owner"."""
    basis = _OWNERSHIP.get(filters.get("country_basis", ""), filters.get("country_basis", ""))
    if "firm" in filters:
        return " ".join(word for word in (filters["firm"], basis) if word)
    if "by" not in filters:
        country = filters.get("country")
        return " ".join(word for word in (f"country {country}" if country else "", basis) if word)
    by, country = filters["by"], filters.get("country", "any")
    if by == "country":
        return f"all countries {basis}"
    ranked = _RANKED.get(by, by)
    if country == "any":
        return f"{said(f'all {ranked}')} {said(basis)}".strip()
    firms = "firms of unknown country" if country == "unknown" else f"{country} firms"
    if by == "firm":
        return f"{said(firms)} {said(basis)}"
    return f"{ranked} {'of' if by == 'part' else 'with parts of'} {firms} {basis}"


def _weapon_kinds(filters: Mapping[str, str]) -> str:
    kinds = filters.get("weapon_kinds")
    if kinds is None:
        return ""
    if kinds == "any":
        return "all kinds of weapons"
    return ", ".join(said(_KINDS.get(kind, plain_name(kind))) for kind in kinds.split(", "))


def _period(filters: Mapping[str, str], since: str, until: str, word: str) -> str:
    first, last = filters.get(since), filters.get(until)
    if first and last:
        return f"{word} {first} to {last}"
    if first or last:
        return f"{word} since {first}" if first else f"{word} until {last}"
    return ""


def _excluded(filters: Mapping[str, str]) -> str:
    """Which doubtful components are counted: "suspected counterfeits and automatic readings excluded"."""
    phrases = []
    for state, word in (("counted", "included"), ("left out", "excluded")):
        names = [phrase for name, phrase in _EXCLUDED.items() if filters.get(name) == state]
        if {_EXCLUDED["read_makers"], _EXCLUDED["read_parts"]} <= set(names):
            names = [*names[:-2], "automatic readings"]
        if names:
            phrases.append(f"{said(' and ').join(map(said, names))} {said(word)}")
    return "; ".join(phrases)
