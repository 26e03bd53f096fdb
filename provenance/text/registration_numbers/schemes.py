"""The schemes of registration numbers: where each is issued, its form, its check digits.

A scheme with check digits is declared with the rule that knows them (python-stdnum, or `checksums`); only
those can be called valid or invalid. What stands under a general label ("Tax ID", "Registration Number")
with a country belongs to that country's scheme where form and check digits fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from provenance.text.registration_numbers import checksums
from provenance.text.registration_numbers.records import Validity

Rule = str | Callable[[str], bool]
"""The name of a module of python-stdnum, or a function, that knows the check digits."""

TAX, REGISTER, NATIONAL, ANY, VAT = "TAX", "REG", "NATIONAL ID", "ID", "VAT"
"""General labels: a tax number, an entry in a register, a person's number, "identification number", VAT."""

GENERAL = (TAX, REGISTER, NATIONAL, ANY, VAT, None)
"""What leaves the scheme open; None where there is no label at all."""

_FIRM: frozenset[str | None] = frozenset({TAX, REGISTER, ANY, VAT, None})
_REGISTER: frozenset[str | None] = frozenset({REGISTER, ANY, None})
_TAX: frozenset[str | None] = frozenset({TAX, ANY, VAT})
_PERSON: frozenset[str | None] = frozenset({NATIONAL, TAX, ANY, None})
_BOTH: frozenset[str | None] = frozenset({TAX, REGISTER, NATIONAL, ANY, VAT, None})
_NONE: frozenset[str | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme; ``place`` is None where it is worldwide, or named beside each number.

    ``form`` is the whole value after `key_of`; ``rule`` knows the check digits, None where there are none.
    ``general`` are the labels under which a number of this place, form and check digits is of this scheme.
    ``padded`` are the lengths to which lost leading zeros are put back where the check digits then hold.
    ``several`` says that a party may have many of them, one after the other or at once.
    """

    code: str
    place: str | None
    form: str
    rule: Rule | None = None
    general: frozenset[str | None] = _NONE
    padded: tuple[int, ...] = ()
    several: bool = False

    def fits(self, value: str) -> bool:
        """Whether a value has the form of this scheme."""
        return _pattern(self.form).fullmatch(value) is not None

    def validity(self, value: str) -> Validity:
        """What form and check digits say about a value."""
        if not self.fits(value):
            return Validity.INVALID
        if self.rule is None:
            return Validity.UNVERIFIABLE
        return Validity.VALID if _holds(self.rule, value) else Validity.INVALID


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form)


@lru_cache(maxsize=1 << 15)
def _holds(rule: Rule, value: str) -> bool:
    if callable(rule):
        return rule(value)
    return bool(import_module(f"stdnum.{rule}").is_valid(value))


_SCHEMES = (
    # Worldwide.
    Scheme("IMO", None, r"\d{7}", "imo"),
    Scheme("IMO COMPANY", None, r"\d{7}", checksums.is_imo_company),
    Scheme("MMSI", None, r"\d{9}", several=True),
    Scheme("LEI", None, r"[0-9A-Z]{18}\d{2}", "lei"),
    Scheme("DUNS", None, r"\d{9}", several=True),
    Scheme("BIC", None, r"[A-Z0-9]{4}[A-Z]{2}[0-9A-Z]{2}([0-9A-Z]{3})?", several=True),
    Scheme("CAGE", None, r"[0-9A-HJ-NP-Z]{5}", several=True),
    # Russia and its neighbours. A sole trader who registers again gets another OGRNIP.
    Scheme("INN", "RU", r"(?!00)(\d{10}|\d{12})", "ru.inn", _FIRM, padded=(10, 12)),
    Scheme("OGRN", "RU", r"[1-9]\d{12}", "ru.ogrn", _REGISTER | {TAX}),
    Scheme("OGRNIP", "RU", r"[34]\d{14}", "ru.ogrn", _REGISTER | {TAX}, several=True),
    Scheme("KPP", "RU", r"\d{4}[0-9A-Z]{2}\d{3}", several=True),
    Scheme("OKPO", "RU", r"\d{8}|\d{10}", checksums.is_okpo, padded=(8,)),
    Scheme("EDRPOU", "UA", r"\d{8}", "ua.edrpou", _FIRM, padded=(8,)),
    Scheme("RNTRC", "UA", r"\d{10}", "ua.rntrc", _PERSON, padded=(10,)),
    Scheme("UNP", "BY", r"[0-9A-Z]{2}\d{7}", "by.unp", _FIRM),
    Scheme("BIN", "KZ", r"\d{4}[4-6]\d{7}", checksums.is_kazakh, _FIRM, padded=(12,)),
    Scheme("IIN", "KZ", r"\d{4}[0-3]\d{7}", checksums.is_kazakh, _PERSON, padded=(12,)),
    Scheme("AZ VOEN", "AZ", r"\d{10}", "az.voen", _FIRM, padded=(10,)),
    Scheme("MD IDNO", "MD", r"\d{13}", "md.idno", _FIRM),
    # East Asia.
    Scheme("USCC", "CN", r"[0-9A-Z]{18}", "cn.uscc", _FIRM),
    Scheme("CN REG", "CN", r"\d{15}", checksums.is_chinese_registration, _REGISTER),
    Scheme("CN ID", "CN", r"\d{17}[0-9X]", checksums.is_chinese_person, frozenset({NATIONAL})),
    Scheme("BRN", "HK", r"\d{8}", None, _REGISTER - {None}),
    Scheme("TW UBN", "TW", r"\d{8}", "tw.ubn", _FIRM),
    Scheme("KR BRN", "KR", r"\d{10}", "kr.brn", _FIRM, several=True),
    Scheme("JP CN", "JP", r"\d{13}", "jp.cn", _FIRM),
    Scheme("UEN", "SG", r"\d{8,9}[A-Z]|[A-Z]\d\d[A-Z]{2}\d{4}[A-Z]", "sg.uen", _FIRM),
    # Türkiye and the Middle East.
    Scheme("VKN", "TR", r"\d{10}", "tr.vkn", _TAX, padded=(10,)),
    Scheme("TCKN", "TR", r"[1-9]\d{10}", "tr.tckimlik", _PERSON),
    Scheme("MERSIS", "TR", r"\d{16}", checksums.is_mersis, _REGISTER, padded=(16,)),
    Scheme("IR FIRM", "IR", r"\d{11}", checksums.is_iranian_firm, _FIRM | {NATIONAL}),
    Scheme("IR PERSON", "IR", r"\d{10}", checksums.is_iranian_person, frozenset({NATIONAL}), padded=(10,)),
    Scheme("IL FIRM", "IL", r"\d{9}", "il.hp", _FIRM),
    # The Americas.
    Scheme("EIN", "US", r"\d{9}", None, _TAX),
    Scheme("NIT", "CO", r"\d{9,10}", "co.nit", frozenset({TAX})),
    Scheme("CEDULA EC", "EC", r"\d{10}", "ec.ci", frozenset({NATIONAL, "CEDULA"}), padded=(10,)),
    Scheme("CEDULA DO", "DO", r"\d{11}", "do.cedula", frozenset({NATIONAL, "CEDULA"}), padded=(11,)),
    Scheme("RUC EC", "EC", r"\d{13}", "ec.ruc", frozenset({TAX, "RUC"}), padded=(13,)),
    Scheme("RUC PE", "PE", r"\d{11}", "pe.ruc", frozenset({TAX, "RUC"})),
    Scheme("RIF", "VE", r"[VEJPG]\d{9}", "ve.rif", frozenset({TAX})),
    Scheme("RNC", "DO", r"\d{9}", "do.rnc", _FIRM),
    Scheme("CUIT", "AR", r"\d{11}", "ar.cuit", _PERSON | _FIRM),
    Scheme("RFC", "MX", r"[A-ZÑ&]{3,4}\d{6}[0-9A-Z]{0,3}", None, _TAX),
    Scheme("CURP", "MX", r"[A-Z]{4}\d{6}[A-Z]{6}[0-9A-Z]\d", "mx.curp", frozenset({NATIONAL})),
    Scheme("CNPJ", "BR", r"\d{14}", "br.cnpj", _FIRM, padded=(14,)),
    Scheme("RUT", "CL", r"\d{8,9}|\d{7,8}K", "cl.rut", _BOTH),
    # Europe.
    Scheme("UK COMPANY", "GB", r"\d{8}|[A-Z]{2}\d{6}", None, frozenset({REGISTER})),
    Scheme("CH UID", "CH", r"CHE\d{9}", "ch.uid", _FIRM),
    Scheme("RS PIB", "RS", r"\d{9}", "rs.pib", _TAX),
    Scheme("ME PIB", "ME", r"\d{8}", "me.pib", _TAX),
    Scheme("MK EDB", "MK", r"\d{13}", "mk.edb", _TAX),
    Scheme("EE REG", "EE", r"\d{8}", "ee.registrikood", _REGISTER),
    Scheme("PL NIP", "PL", r"\d{10}", "pl.nip", _TAX),
    Scheme("REGON", "PL", r"\d{9}|\d{14}", "pl.regon", _REGISTER, padded=(9,)),
    Scheme("FR SIREN", "FR", r"\d{9}", "fr.siren", _REGISTER),
    Scheme("NO ORG", "NO", r"\d{9}", "no.orgnr", _REGISTER),
    # India.
    Scheme("GSTIN", "IN", r"\d{2}[A-Z0-9]{10}[0-9A-Z]{3}", "in_.gstin", _FIRM, several=True),
    Scheme("PAN", "IN", r"[A-Z]{5}\d{4}[A-Z]", None, _FIRM),
)


@cache
def _by_code() -> dict[str, Scheme]:
    return {scheme.code: scheme for scheme in _SCHEMES}


@cache
def _by_place() -> dict[str | None, list[Scheme]]:
    found: dict[str | None, list[Scheme]] = {}
    for scheme in _SCHEMES:
        found.setdefault(scheme.place, []).append(scheme)
    return found


def declarations() -> str:
    """All that is declared of the schemes, as one text."""
    return "\n".join(
        f"{one.code} {one.place} {one.form} {sorted(map(str, one.general))} {one.padded} {one.several}"
        for one in _SCHEMES
    )


def scheme_of(code: str | None) -> Scheme | None:
    """The scheme of a code; None for one that is not declared here."""
    return _by_code().get(code) if code else None


def decides(code: str | None) -> bool:
    """Whether two valid numbers of a scheme that differ are two parties: check digits, one to a party."""
    scheme = scheme_of(code)
    return scheme is not None and scheme.rule is not None and not scheme.several


@lru_cache(maxsize=1 << 12)
def schemes_in(place: str, label: str | None) -> tuple[Scheme, ...]:
    """The schemes of a country to which a number under a general label may belong, likeliest first."""
    return tuple(scheme for scheme in _by_place().get(place, ()) if label in scheme.general)


def restored(scheme: Scheme, value: str) -> str:
    """The value with the leading zeros that a spreadsheet took, where the check digits then hold."""
    if not value.isdigit() or scheme.validity(value) is Validity.VALID:
        return value
    for length in scheme.padded:
        # More than three zeros are never lost: with them every tenth number would fit by chance.
        if length - 3 <= len(value) < length and scheme.validity(padded := value.zfill(length)) is (
            Validity.VALID
        ):
            return padded
    return value
