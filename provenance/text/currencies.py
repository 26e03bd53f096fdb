"""Currencies as prices name them: ISO 4217 codes, signs, and words in four languages."""

from __future__ import annotations

_NAMES = {
    "USD": "$ us$ usd$ долл дол доллар доллара долларов доларів долар долара 美元 美金 840",
    "EUR": "€ евро євро euro euros 欧元 978",
    "GBP": "£ фунт фунтов фунтів 英镑 826",
    "RUB": "₽ руб рубль рубля рублей rur рублів 卢布 643",
    "UAH": "₴ грн гривня гривні гривень гривна гривен 980",
    "CNY": "rmb cn¥ юань юаня юаней юанів 元 人民币 156",
    "JPY": "jp¥ иена иен єна єн 日元 392",
    "HKD": "hk$ 港币 港元 344",
    "TWD": "nt$ 新台币 901",
    "SGD": "s$ sg$ 702",
    "TRY": "₺ tl лир лира 949",
    "KRW": "₩ 410",
    "INR": "₹ rs 356",
    "KZT": "₸ тенге 398",
    "BYN": "byr бел.руб 933",
    "AED": "dhs дирхам дирхамов 784",
    "CHF": "франк франков 756",
    "PLN": "zł zl злотый 985",
}
_BY_NAME = {name: code for code, names in _NAMES.items() for name in names.split()}
_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN"
    " BZD CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL"
    " GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF"
    " KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR"
    " MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG"
    " SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU"
    " UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"
)
_CODES = frozenset(_ISO_4217.split())
"""ISO 4217 codes of 2024 that are money, with HRK, CNH and ZWL, which invoices still have."""
_OF_SIGN = {
    "$": frozenset(("USD", "HKD", "SGD", "AUD", "CAD", "NZD", "TWD", "BND", "FJD", "XCD")),
    "¥": frozenset(("CNY", "JPY", "CNH")),
}
"""Signs that several currencies have."""


def currency_code(text: str) -> str:
    """The ISO 4217 code of a currency: of its code in any case, its number, sign or name.

    A dollar sign alone is the US dollar, as invoices use it. Raises ValueError where the text is no
    currency, or a sign that several have.
    """
    plain = text.strip().casefold().rstrip(".").replace(" ", "")
    if plain.upper() in _CODES:
        return plain.upper()
    for ending in ("сша", "us"):
        plain = plain.removesuffix(ending).rstrip(".") or plain
    if (code := _BY_NAME.get(plain)) is not None:
        return code
    if plain == "¥":
        raise ValueError(f"{text.strip()} is the yuan or the yen: name the currency")
    raise ValueError(f"{text.strip()!r} is not a currency: give its code, such as USD")


def is_currency(text: str) -> bool:
    """Whether a text is a currency's code, sign or name, or a sign that several have."""
    if text.strip() in _OF_SIGN:
        return True
    try:
        currency_code(text)
    except ValueError:
        return False
    return True


def may_be_currency(sign: str, code: str) -> bool:
    """Whether what stands beside an amount can mean the currency of this code."""
    several = _OF_SIGN.get(sign.strip())
    if several is not None:
        return code in several
    return currency_code(sign) == code
