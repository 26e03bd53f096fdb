"""The words above the columns of lists of transfers: customs records, bills of lading, invoices."""

from __future__ import annotations

import re

from provenance.sources.vocabulary.common import HS, LOT, MAKERS, MPN, NOTE, PUBLISHED, RECORD_ADDRESS
from provenance.sources.vocabulary.words import Fields, FieldWords, both, words

_NUMBER = (
    "inn; ogrn; kpp; inn/kpp; tax id; tax number; tax no; tax code; tin; vat; vat number; vat no; vat id;"
    " eori; eori number; iec; lei; duns; uscc; unified social credit code; brn; edrpou; registration number;"
    " registration no; reg no; registration id; company number; company registration number"
)
_NUMBER_RU = "инн; инн/кпп; огрн; кпп; окпо; бин; унп; рнн; регистрационный номер"
_NUMBER_UK = "єдрпоу; код єдрпоу; іпн; рнокпп; ідентифікаційний код; реєстраційний номер; код"
_NUMBER_ZH = "税号; 统一社会信用代码; 注册号; 海关编码注册号"
_SENDERS = "consignor; exporter; shipper; sender; seller; supplier; vendor"
_RECIPIENTS = "consignee; importer; recipient; receiver; buyer; purchaser"
_SENDERS_RU = "отправителя; грузоотправителя; экспортера; продавца; поставщика"
_RECIPIENTS_RU = "получателя; грузополучателя; импортера; покупателя"
_SENDERS_UK = "відправника; експортера; продавця; постачальника"
_RECIPIENTS_UK = "одержувача; отримувача; імпортера; покупця"
_SENDERS_ZH, _RECIPIENTS_ZH = "发货人; 出口商", "收货人; 进口商"


def _numbers(english: str, russian: str, ukrainian: str, chinese: str) -> FieldWords:
    """The words above the registration numbers of a party."""
    return words(
        (
            *both(english, _NUMBER),
            *both(_NUMBER, english, " of "),
            *both(_NUMBER_RU, russian),
            *both(_NUMBER_UK, ukrainian),
            *both(chinese, _NUMBER_ZH, ""),
        ),
        joined="; ",
    )


_PARTY = re.compile(
    r"\b(?:of\s+(?:the\s+)?)?(?:{})(?:'s)?\b|{}".format(
        "|".join(
            word
            for party in (_SENDERS, _RECIPIENTS, _SENDERS_RU, _RECIPIENTS_RU, _SENDERS_UK, _RECIPIENTS_UK)
            for word in party.split("; ")
        ),
        "|".join((*_SENDERS_ZH.split("; "), *_RECIPIENTS_ZH.split("; "))),
    ),
    re.IGNORECASE,
)


def without_party(header: str) -> str:
    """What a header calls the numbers of a party, without the party: "ИНН получателя" is "ИНН"."""
    return " ".join(_PARTY.sub(" ", header.replace("_", " ")).split())


# "G022" and the like are the columns by which data sets of Russian declarations name its boxes: box 2 is the
# consignor, 8 the consignee, 31 the goods, 33 the code, 34 the origin (form of the customs declaration,
# Decision 257 of the Customs Union Commission, 20 May 2010). Values are left to the user: box 42 is in the
# currency of the contract, box 46 in dollars.
TRANSFERS: Fields = {
    "key": words(
        "id; record id; record key; transfer id; uid; ідентифікатор; идентификатор",
        "record; no; row; number; #; line; №; № з/п; № п/п; 序号",
    ),
    "consignor": words(
        "shipper; exporter; sender; from; from party; shipper name; exporter name; sender name;"
        " consignor name; name of consignor; name of exporter; name of shipper; export company;"
        " відправник; назва відправника; експортер; відправник/експортер;"
        " отправитель; наименование отправителя; экспортер; отправитель/экспортер; грузоотправитель;"
        " 发货人; 出口商; 发货人名称; 出口企业; g022",
        "seller; supplier; vendor; seller name; supplier name; vendor name; продавець; постачальник;"
        " продавец;"
        " поставщик; 供应商; foreign party",
    ),
    "consignor_role": words("from role; exporter role; seller role; shipper role"),
    "consignor_channel": words("from channel"),
    "consignor_country": words(
        (
            *both("from; exporter; shipper; sender; seller; supplier; consignor", "country; country code"),
            *both("country of; country of the", "consignor; exporter; shipper; sender; seller"),
            "країна відправника", "країна експортера", "страна отправителя", "страна экспортера",
            "发货人国家",
        )
    ),
    "consignor_place": words(
        (
            *both("consignor; exporter; shipper; sender; seller; supplier", "address; full address"),
            "адреса відправника", "адрес отправителя", "адрес экспортера", "发货人地址", "g023",
        )
    ),
    "consignee": words(
        "importer; receiver; recipient; to; to party; consignee name; importer name; recipient name;"
        " name of consignee; name of importer; import company;"
        " одержувач; отримувач; назва одержувача; імпортер; одержувач/імпортер;"
        " получатель; наименование получателя; импортер; получатель/импортер; грузополучатель;"
        " 收货人; 进口商; 收货人名称; 进口企业; g082",
        "buyer; purchaser; customer; buyer name; customer name; покупець; покупатель; 采购商",
    ),
    "consignee_role": words("to role; importer role; buyer role; consignee role"),
    "consignee_channel": words("to channel"),
    "consignee_country": words(
        (
            *both("to; importer; buyer; recipient; receiver; consignee", "country; country code"),
            *both("country of; country of the", "consignee; importer; buyer; recipient"),
            "країна одержувача", "країна імпортера", "страна получателя", "страна импортера", "收货人国家",
        )
    ),
    "consignee_place": words(
        (
            *both("consignee; importer; buyer; recipient; receiver", "address; full address"),
            "адреса одержувача", "адрес получателя", "адрес импортера", "收货人地址", "g083",
        )
    ),
    "consignor_numbers": _numbers(_SENDERS, _SENDERS_RU, _SENDERS_UK, _SENDERS_ZH),
    "consignee_numbers": _numbers(_RECIPIENTS, _RECIPIENTS_RU, _RECIPIENTS_UK, _RECIPIENTS_ZH),
    "confidential": words("in confidence; конфіденційно; конфиденциально"),
    "component": words("component id; component reference"),
    "lot": LOT,
    "mpn": MPN.also(("product code maker",)),
    "maker": words(
        (
            *both(MAKERS, "; name; company; firm; brand"),
            "виробник", "назва виробника", "производитель", "изготовитель", "фирма-изготовитель", "制造商",
            "生产商", "厂商", "g31_11",
        ),
        "brand; brand name; trademark; trade mark; торгова марка; бренд; торговая марка; товарный знак;"
        " марка;"
        " 品牌; 商标; g31_12",
    ),
    "part_family": words("family; series; product family; part series"),
    "weapon": words("weapon system; for weapon"),
    "goods": words(
        "goods description; description of goods; product description; commodity description; description;"
        " cargo description; item description; goods name; name of goods;"
        " опис товару; опис товарів; найменування товару; назва товару;"
        " описание товара; описание товаров; наименование товара; наименование товаров;"
        " 品名; 货物描述; 商品名称; 货物名称; g31_1",
        "item; commodity; product; cargo; product name; товар; 商品; 货物",
    ),
    "hs6": HS.also(("g33",)),
    "quantity": words(
        "qty; number of units; кількість; к-сть; количество; кол-во; 数量", "amount; pieces; units; pcs;"
        " count"
    ),
    "quantity_unit": words(
        "unit; unit of quantity; uom; unit of measure; quantity unit; measure; од. виміру; одиниця виміру;"
        " одиниці виміру; ед. изм.; ед. измерения; единица измерения; единицы измерения; 单位; 计量单位"
    ),
    "value": words(
        "invoice value; total value; total price; вартість; фактурна вартість; фактурная стоимость;"
        " стоимость; общая стоимость; 总价; 金额; 货值",
        "customs value; cif value; fob value; price; митна вартість; таможенная стоимость; цена; 价格",
    ),
    "currency": words("currency code; валюта; код валюти; код валюты; валюта контракта; 币种; 货币"),
    "date": words(
        "shipment date; declaration date; date of shipment; date of declaration; registration date;"
        " date of registration; arrival date; date of arrival; import date; export date; shipping date;"
        " дата відправлення; дата реєстрації; дата декларації; дата оформлення; дата;"
        " дата отгрузки; дата регистрации; дата декларации; дата оформления; дата ввоза; 日期; 发货日期;"
        " 申报日期; g072",
        "period; month; період; период",
    ),
    "origin": words(
        "country of origin; origin country; origin; made in; країна походження; страна происхождения;"
        " страна производства; 原产国; 原产地; g34"
    ),
    "transit": words("transit country; transit countries; via; country of transit; країна транзиту;"
    " страна транзита"),
    "destination": words(
        "country of destination; destination country; destination; країна призначення; страна назначения;"
        " 目的国; 目的地国家; g17"
    ),
    "document": words(
        "document number; document no; declaration number; declaration no; bill of lading number;"
        " bill of lading no; bill of lading; b/l number; b/l no; b/l; bol number; awb; awb number;"
        " airway bill;"
        " номер декларації; номер митної декларації; номер документа; номер декларации; номер дт;"
        " номер гтд;"
        " номер таможенной декларации; номер накладной; 提单号; 报关单号; nd",
        "declaration; invoice; invoice number; invoice no; document; номер інвойсу; рахунок; счет;"
        " номер инвойса; 发票号",
    ),
    "document_kind": words("kind of document; document type; type of document; вид документа;"
    " тип документа"),
    "document_date": words("date of document; invoice date; дата документа; дата инвойса"),
    "document_origin": words("document of; document holder"),
    "evidence_class": words("evidence; evidence grade", "class"),
    "credibility": words("admiralty credibility"),
    "address": RECORD_ADDRESS,
    "published": PUBLISHED,
    "retrieved": words("accessed; date retrieved"),
    "tlp": words("tlp mark; marking tlp"),
    "note": NOTE,
}  # fmt: skip
