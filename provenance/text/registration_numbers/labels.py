"""What numbers are called, in English, Ukrainian, Russian, Chinese, Spanish, Turkish; and their schemes."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from provenance.text.registration_numbers.schemes import ANY, GENERAL, NATIONAL, REGISTER, TAX, VAT

INN_AND_KPP = "INN/KPP"
"""The label of a tax number with the code of the reason for its registration after a slash."""

_WORDS: dict[tuple[str, str | None], str] = {
    ("IMO COMPANY", None): "company number imo; company imo; imo company; registered owner imo; imo owner",
    ("IMO", None): "imo; vessel imo; ship imo; imo ship; imo vessel; vessel registration identification;"
    " vessel registration; имо; імо; 海事组织编号",
    ("MMSI", None): "mmsi; maritime mobile service identity",
    ("LEI", None): "lei; legal entity identifier; legal entity; global lei",
    ("DUNS", None): "duns; d-u-n-s; dun & bradstreet; dun and bradstreet; data universal numbering system",
    ("BIC", None): "swift/bic; bic/swift; swift; bic",
    ("CAGE", None): "cage; ncage; commercial and government entity",
    (INN_AND_KPP, "RU"): "inn/kpp; инн/кпп; inn kpp; инн кпп; инн / кпп; inn / kpp",
    ("INN", "RU"): "inn; инн; tax id/inn; tax id / inn; russian tax id; russian inn; инн юл; инн фл; ідпн;"
    " иннюл",
    ("OGRN", "RU"): "ogrn; огрн; psrn; primary state registration; main state registration;"
    " основной государственный регистрационный",
    ("OGRNIP", "RU"): "ogrnip; огрнип; psrnsp",
    ("KPP", "RU"): "kpp; кпп",
    ("OKPO", "RU"): "okpo; окпо; government gazette",
    ("EDRPOU", "UA"): "edrpou; yedrpou; usreou; usr; єдрпоу; едрпоу; код єдрпоу; код едрпоу; edrpo;"
    " ідентифікаційний код",
    ("RNTRC", "UA"): "rntrc; rnokpp; рнокпп; іпн; ipn; ukrainian tax; інн",
    ("UNP", "BY"): "unp; унп; унн; unn",
    ("BIN", "KZ"): "bin; бин; бін",
    ("IIN", "KZ"): "iin; иин; жсн",
    ("USCC", "CN"): "uscc; unified social credit; uniform social credit;"
    " social credit; usci; 统一社会信用代码; 社会信用代码; 统一信用代码; 信用代码",
    ("CN REG", "CN"): "chinese registration; 工商注册号; 营业执照注册号",
    ("CN ID", "CN"): "chinese national id; 身份证; 身份证号码; 公民身份号码",
    ("BRN", "HK"): "brn; br; hk br; hk brn; 商业登记号码; 商業登記號碼; 商业登记证号码; 商業登記證號碼",
    ("CR", "HK"): "hk cr; hk crn; hong kong company; hong kong cr; 公司编号; 公司編號; 公司注册编号;"
    " 公司註冊編號",
    ("CR", None): "cr; crn; c.r.",
    ("UEN", "SG"): "uen; acra",
    ("TW UBN", "TW"): "ubn; 統一編號; 统一编号",
    ("JP CN", "JP"): "法人番号; corporate number",
    ("VKN", "TR"): "vkn; vergi; vergi no; vergi kimlik; vergi numarasi; vergi numarası; turkish tax",
    ("TCKN", "TR"): "tckn; t.c. kimlik; tc kimlik; tc kimlik no; turkish identification; turkish national id",
    ("MERSIS", "TR"): "mersis; mersıs; mersİs; mersis no",
    ("EIN", "US"): "ein; fein; employer identification; federal tax id; irs",
    ("NIT", "CO"): "nit",
    ("RIF", "VE"): "rif; r.i.f.",
    ("CUIT", "AR"): "cuit; c.u.i.t.; cuil",
    ("RFC", "MX"): "rfc; r.f.c.",
    ("CURP", "MX"): "curp; c.u.r.p.",
    ("CNPJ", "BR"): "cnpj; c.n.p.j.",
    ("RUT", "CL"): "rut; r.u.t.",
    ("RNC", "DO"): "rnc",
    ("DNI", None): "dni; d.n.i.",
    ("NIE", "ES"): "nie; n.i.e.",
    ("CIF", "ES"): "cif; c.i.f.",
    ("SSN", "US"): "ssn",
    ("UK COMPANY", "GB"): "uk company; uk crn; companies house",
    ("CH UID", "CH"): "uid",
    ("RS PIB", "RS"): "pib; пиб",
    ("PL NIP", "PL"): "nip",
    ("KRS", "PL"): "krs",
    ("REGON", "PL"): "regon",
    ("FR SIREN", "FR"): "siren",
    ("HRB", "DE"): "hrb; handelsregister",
    ("GSTIN", "IN"): "gstin; gst",
    ("PAN", "IN"): "pan",
    ("CIN", "IN"): "cin",
    ("RUC", None): "ruc",
    ("CEDULA", None): "cedula; cédula; cedula de ciudadania; cédula de ciudadanía; c.c.; numero de identidad",
    ("IR FIRM", "IR"): "shenase melli; شناسه ملی",
    ("IR PERSON", "IR"): "code melli; کد ملی",
    ("PASSPORT", None): "passport; pasaporte; passeport; паспорт; 护照; stateless person passport;"
    " diplomatic passport; travel document",
    ("DRIVER", None): "driver's license; driver's licence; drivers license; driving licence",
    ("FOLIO MERCANTIL", "MX"): "folio mercantil",
    ("MATRICULA MERCANTIL", None): "matricula mercantil; matrícula mercantil",
    ("LICENCE", None): "trade license; trade licence; business license; business licence; commercial license;"
    " commercial licence; license; licence; economic register;"
    " chamber of commerce; mohre; dmcc license; jafza license;"
    " trade register license; ticaret sicil izin; рлн; 营业执照; 许可证",
    ("MSN", None): "aircraft manufacturer serial; msn",
    ("CONSTRUCTION", None): "aircraft construction",
    ("TAIL", None): "aircraft tail; tail",
    (TAX, None): "tax id; tax identification; taxpayer identification; taxpayer id; tax; tin; tax payer id;"
    " tax code; fiscal code; taxpayer; tax reference; trn; податковий; код платника; код налогоплательщика;"
    " налоговый; идентификационный номер налогоплательщика; 税号; 纳税人识别号; 税务登记号",
    (VAT, None): "vat; v.a.t.; vat id; vat registration; vat reg; value added tax; ндс; пдв; mva; ust-id;"
    " ust-idnr; tva; iva; partita iva",
    (REGISTER, None): "registration; registration id; reg; reg id; registered; company; company id;"
    " company registration; company reg; business registration; business registration document; business;"
    " commercial registry; commercial register; commercial registration; trade register;"
    " trade registry; register; registry; corporate; corporate registration; incorporation;"
    " certificate of incorporation; enterprise; enterprise code; company code; registrar; entity;"
    " istanbul chamber of commerce; ticaret sicil; ticaret sicil no; sicil; registro mercantil; org;"
    " organisation; organization; реєстраційний; реєстраційний номер; регистрационный;"
    " регистрационный номер; рег; код компании; 注册号; 注册号码; 登记号; 注册编号; 公司注册号; 註冊號",
    (NATIONAL, None): "national id; national identification; national identity; identity card; id card;"
    " national; personal id; personal identification; identity; residency; ccc; n.n.; nric; cnic;"
    " birth certificate; особистий; личный номер",
    (ANY, None): "identification; identifier; id; id number; ідентифікаційний; идентификационный",
}

_SUFFIX = (
    r"(?:[\s.:]*(?:(?:numbers?|numero|número|nos?|num|nr|code|kod|kodu|номер|код|id)(?![^\W\d_])\.?"
    r"|[№#]|号码?|號碼?|编号))*"
)
_JOIN = r"[\s.\-_/'’]*"
_AFTER = r"[\s.:：#№=\-–—,]*"


class Label(NamedTuple):
    """What a number is called: the code of a scheme or a general one, and the place that it implies."""

    code: str
    place: str | None = None

    @property
    def is_general(self) -> bool:
        """Whether the scheme is still open."""
        return self.code in GENERAL


@cache
def _labels() -> dict[str, Label]:
    """Each name of a scheme, as `_plain` writes it."""
    found: dict[str, Label] = {}
    for (code, place), words in _WORDS.items():
        for name in (*words.split(";"), code):
            found.setdefault(_plain(name), Label(code, place))
    return found


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def vocabulary() -> str:
    """All labels and what they mean, as one text."""
    return "\n".join(f"{name} {label}" for name, label in sorted(_labels().items()))


class FoundLabel(NamedTuple):
    """A label in a text: where it and what belongs to it ("No.:") begin and end, and which it is."""

    start: int
    end: int
    label: Label


def find_labels(text: str) -> list[FoundLabel]:
    """Every label in a text, in order; of several that begin at one place the longest."""
    found: list[FoundLabel] = []
    at = 0
    for start in _STARTS.finditer(text):
        if start.start() >= at and (one := find_label_at(text, start.start())) is not None:
            found.append(one)
            at = one.end
    return found


def label_of(text: str) -> Label | None:
    """The label that a text is, such as the header of a column; None where it names no scheme."""
    text = text.strip()
    if (known := named_label(text)) is not None:
        return known
    found = find_label_at(text, 0)
    return found.label if found is not None and found.end >= len(text) else None


def named_label(name: str) -> Label | None:
    """The label whose name a text is, letter for letter; faster than looking for one in a text."""
    return _labels().get(_plain(name)) if name else None


def find_label_at(text: str, at: int) -> FoundLabel | None:
    """The label that begins at a place of a text; None where none does."""
    pattern = _pattern(text[at : at + 1].casefold())
    match = pattern.match(text, at) if pattern else None
    return FoundLabel(at, match.end(), _labels()[_plain(match["name"])]) if match else None


_STARTS = re.compile(r"(?<![^\W_])[^\W\d_]|[\u3000-\u9fff]")
"""Where a label may begin: at the beginning of a word; Chinese names have no borders."""


@cache
def _names() -> dict[str, list[str]]:
    """The names of schemes by their first letter, the longest first."""
    names = {name.strip() for words in _WORDS.values() for name in words.split(";")}
    names |= {code for code, _place in _WORDS}
    by_letter: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(_plain(name)), name)):
        by_letter.setdefault(_plain(name)[0], []).append(name)
    return by_letter


@cache
def _pattern(letter: str) -> re.Pattern[str] | None:
    """A pattern for the names that begin with a letter; None where none does."""
    names = _names().get(letter)
    if names is None:
        return None
    return re.compile(rf"(?P<name>{'|'.join(map(_pattern_of, names))}){_SUFFIX}{_AFTER}", re.IGNORECASE)


def _pattern_of(name: str) -> str:
    """A pattern for a name however its words are joined: "tax id", "TaxID", "TAX-ID"."""
    end = r"(?![^\W\d_])" if name < "\u3000" else ""
    return _JOIN.join(map(re.escape, re.findall(r"[^\W_]+", name))) + end
