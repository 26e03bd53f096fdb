"""The vocabulary of headers: which words above a column mean which field, in several languages.

A word is compared by `header_key`, so that case, spaces, dots, underscores and accents do not matter. Within
a field the first word that a file has counts, and the field's own name comes before all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from provenance.fields.components import COMPONENT_FIELDS
from provenance.sources.kinds import SourceKind
from provenance.text.folding import fold

Fields = Mapping[str, tuple[str, ...]]
"""Fields, each with the words that mean it; a field that comes first has the first choice of columns."""


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """The key by which headers are compared: their letters and digits, in Latin script."""
    return fold(header) or header.strip().casefold()


def headers_of(kind: SourceKind) -> Fields:
    """The fields of a kind of file and the headers that are understood to mean them."""
    declared = _DECLARED.get(kind, {})
    known = {field: (*words, *declared.get(field, ())) for field, words in _WORDS[kind].items()}
    return known | {field: words for field, words in declared.items() if field not in known}


@lru_cache
def known_headers(kind: SourceKind) -> frozenset[str]:
    """The keys of all headers that are understood for a kind of file, by which its header is found."""
    return frozenset(
        header_key(word) for field, words in headers_of(kind).items() for word in (field, *words)
    )


def _words(*texts: str) -> tuple[str, ...]:
    """Words separated by semicolons, one text per language."""
    return tuple(word.strip() for text in texts for word in text.split(";"))


_DECLARED: dict[SourceKind, Fields] = {
    SourceKind.COMPONENTS: {field.name: field.headers for field in COMPONENT_FIELDS if field.headers}
}
"""Headers of fields that are declared once for lists, forms and templates alike (`provenance.fields`)."""

_MPN = _words(
    "part number; part no; p/n; partnumber; manufacturer part number; oem part number; part",
    "парт-номер; номер деталі; артикул",
    "номер детали",
    "型号; 零件号; 制造商零件编号",
)
_MAKER = _words(
    "manufacturer; brand; mfr; producer; vendor; company",
    "виробник",
    "производитель; изготовитель",
    "制造商; 厂商; 品牌",
)
_HS = _words("hs; hs code; hs-6; customs code", "уктзед; код уктзед", "тн вэд; код тн вэд", "海关编码")
_LOT = _words("lot code; lot number; batch", "партія; номер партії", "партия; номер партии", "批号")
_NOTE = _words(
    "note; notes; remark; remarks; comment", "примітка; примітки", "примечание; примечания", "备注"
)
_PUBLISHED = _words("publication date; date published", "дата публікації", "дата публикации")
_RECORD_ADDRESS = _words("url; link; record address", "посилання; адреса запису", "ссылка")
_CATEGORY = _words("component category; class", "категорія", "категория", "类别")

_PARTY_ADDRESS = _words(
    "street address; full address; addresses; location; registered address",
    "адреса",
    "адрес",
    "地址",
    "adres",
)
_PARTY_COUNTRY = _words("country code; jurisdiction", "країна", "страна", "国家", "ulke")
_PARTY_NUMBERS = _words(
    "identifier; tax id; tax number; registration number; registration no; company number; inn; lei; brn",
    "єдрпоу",
    "инн; огрн",
    "注册号",
)
_PARTY_NAMES = _words("назва; найменування", "наименование; название", "名称; 公司名称; 企业名称", "unvan")

# A bare "country" is the maker's where no other column is: hence the order of the two.
_COMPONENTS: Fields = {
    "key": _words(
        "id; record; record id; component id; record key; no; number",
        "№; № з/п; номер; номер запису",
        "№ п/п; номер записи",
        "序号; 编号",
    ),
    "recovery": _words(
        "recovery id; incident; incident id; specimen; sample; wreck; found in",
        "зразок; знахідка; уламки",
        "образец; находка",
    ),
    "weapon": _words(
        "weapon system; system; platform; missile; armament; model of weapon",
        "зброя; озброєння; засіб ураження; виріб",
        "оружие; вооружение; изделие",
        "武器",
    ),
    "weapon_kind": _words("weapon type; kind of weapon", "вид зброї; тип зброї", "вид оружия; тип оружия"),
    "recovery_kind": _words("how recovered"),
    "extent": (),
    "serial": _words(
        "serial number; serial no; s/n; weapon serial; airframe serial",
        "серійний номер; заводський номер",
        "серийный номер; заводской номер",
        "序列号",
    ),
    "tail": _words("tail number; tail no", "бортовий номер", "бортовой номер"),
    "recovered": _words(
        "recovery date; date recovered; date of recovery; found on; date found",
        "дата виявлення; дата знахідки; дата вилучення",
        "дата обнаружения; дата изъятия",
    ),
    "used": _words(
        "date used; date of use; attack date; strike date",
        "дата застосування; дата удару",
        "дата применения; дата удара",
    ),
    "captured": _words("date captured", "дата захоплення", "дата захвата"),
    "place": _words("location; found at", "місце; місце виявлення", "место; место обнаружения", "地点"),
    "designator": _words(
        "ref; ref des; refdes; reference designator; reference; references; designation on board; position",
        "позначення; позиційне позначення; позиція; поз",
        "обозначение; позиционное обозначение; позиция",
        "位号",
    ),
    "unit": _words("board; assembly; sub-assembly; module", "блок; плата; вузол", "узел; модуль"),
    "description": _words(
        "component; component description; name; item; type of component",
        "компонент; назва; найменування; опис",
        "название; наименование; описание",
        "描述; 名称; 品名",
    ),
    "marking": _words(
        "markings; top mark; as marked; text on part", "маркування", "маркировка", "丝印; 标记"
    ),
    "maker": _MAKER,
    "maker_country": _words(
        "manufacturer country; brand country; country of maker; country of manufacturer; country",
        "країна виробника; країна",
        "страна производителя; страна",
    ),
    "country": _words("country of recovery; recovery country"),
    "mpn": _MPN,
    "date_code": _words("datecode; d/c; dc", "дата-код; код дати", "код даты", "生产批次; 日期代码"),
    "lot": _LOT,
    "made": _words(
        "manufacture date; manufactured; production date; date of manufacture",
        "дата виробництва; дата виготовлення",
        "дата производства; дата изготовления",
        "生产日期",
    ),
    "pieces": _words("quantity; qty; count; pcs", "кількість; к-сть; шт", "количество; кол-во", "数量"),
    "category": _CATEGORY,
    "hs6": _HS,
    "condition": _words("state", "стан", "состояние"),
    "authenticity": (),
    "credibility": _words("admiralty credibility"),
    "address": (*_RECORD_ADDRESS, "source url"),
    "published": _PUBLISHED,
    "retrieved": _words("accessed; date retrieved; last verified"),
    "note": _NOTE,
}

_PARTS: Fields = {
    "mpn": _MPN,
    "maker": _MAKER,
    "description": _words(
        "title; name; item", "назва; опис", "название; описание; наименование", "描述; 名称; 品名"
    ),
    "category": _CATEGORY,
    "hs6": _HS,
    "eccn": _words("export control classification number; us eccn"),
    "eccn_source": _words("source of eccn"),
    "eccn_as_of": _words("eccn date; eccn as of; eccn as-of date"),
    "introduced": _words(
        "introduction; introduction date; date introduced; date of introduction; release date; released;"
        " launch date; launched"
    ),
    "top_code": _words(
        "top codes; top mark; top marks; top marking; top side marking; top-side marking; smd code;"
        " smd codes; smd marking; device marking; device code; package marking; marking; markings;"
        " marking code",
        "маркування",
        "маркировка",
        "丝印",
    ),
}

_TRANSFERS: Fields = {
    "key": _words("id; record; record id; record key; transfer id; no; row"),
    "consignor": _words(
        "shipper; exporter; sender; seller; supplier; from; from party", "відправник", "отправитель", "发货人"
    ),
    "consignor_role": _words("from role; exporter role; seller role"),
    "consignor_channel": _words("from channel"),
    "consignor_country": _words("from country; exporter country; shipper country; country of consignor"),
    "consignor_place": _words("consignor address; exporter address; shipper address"),
    "consignee": _words(
        "importer; receiver; recipient; buyer; to; to party", "одержувач", "получатель", "收货人"
    ),
    "consignee_role": _words("to role; importer role; buyer role"),
    "consignee_channel": _words("to channel"),
    "consignee_country": _words("to country; importer country; buyer country; country of consignee"),
    "consignee_place": _words("consignee address; importer address; buyer address"),
    "confidential": _words("in confidence"),
    "component": _words("component id; component reference"),
    "lot": _LOT,
    "mpn": (*_MPN, "article"),
    "maker": _words(
        "manufacturer; brand; mfr; trademark; producer",
        "виробник",
        "производитель; изготовитель",
        "制造商; 品牌",
    ),
    "part_family": _words("family; series; product family"),
    "weapon": _words("weapon system; for weapon"),
    "goods": _words(
        "description; goods description; description of goods; item; commodity; product",
        "опис товару",
        "описание товара; наименование товара",
        "品名",
    ),
    "hs6": (*_HS, *_words("tariff code; tn ved; commodity code")),
    "quantity": _words("qty; amount; pieces; units", "кількість", "количество", "数量"),
    "quantity_unit": _words("unit; unit of quantity; uom"),
    "value": _words("invoice value; customs value; price; total value"),
    "currency": _words("currency code", "валюта"),
    "date": _words(
        "shipment date; declaration date; date of shipment; registration date; arrival date; period"
    ),
    "origin": _words(
        "country of origin; origin country", "країна походження", "страна происхождения", "原产国"
    ),
    "transit": _words("transit country; transit countries; via; country of transit"),
    "destination": _words(
        "country of destination; destination country", "країна призначення", "страна назначения"
    ),
    "document": _words("document number; declaration number; declaration; invoice; bill of lading; awb"),
    "document_kind": _words("kind of document; document type"),
    "document_date": _words("date of document"),
    "document_origin": _words("document of; document holder"),
    "evidence_class": _words("evidence; class; evidence grade"),
    "credibility": _words("admiralty credibility"),
    "address": _RECORD_ADDRESS,
    "published": _PUBLISHED,
    "retrieved": _words("accessed; date retrieved"),
    "tlp": _words("marking tlp"),
    "note": _NOTE,
}

_CUSTOMERS: Fields = {
    "name": (
        *_words("customer; customer name; company; company name; party; firm; account name"),
        *_PARTY_NAMES,
    ),
    "id": _words("customer id; customer no; customer number; account; account no; number; no"),
    "date": (),
    "address": _PARTY_ADDRESS,
    "country": _PARTY_COUNTRY,
    "identifiers": _PARTY_NUMBERS,
}

_WATCHLISTS: Fields = {
    "id": _words("no; number; nr; ref; entry; item; n", "№; № з/п", "п/п; № п/п"),
    "name": (
        *_words("party; entity; company; firm; name of entity; customer"),
        *_PARTY_NAMES,
        *_words("party name; name and address; name & address; name, address; entity name and address"),
    ),
    "aliases": _words("alias; a.k.a.; other names; also known as", "псевдоніми", "псевдонимы", "别名"),
    "address": _PARTY_ADDRESS,
    "country": _PARTY_COUNTRY,
    "identifiers": _PARTY_NUMBERS,
    "remarks": (*_NOTE, "reason"),
}

_WORDS: dict[SourceKind, Fields] = {
    SourceKind.COMPONENTS: _COMPONENTS,
    SourceKind.PARTS: _PARTS,
    SourceKind.TRANSFERS: _TRANSFERS,
    SourceKind.CUSTOMERS: _CUSTOMERS,
    SourceKind.WATCHLISTS: _WATCHLISTS,
}
