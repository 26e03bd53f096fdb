"""The words above the columns of lists of parties: customers to screen, and watchlists."""

from __future__ import annotations

from dataclasses import replace

from provenance.sources.vocabulary.words import Fields, FieldWords, both, words

_NOTE = "note; notes; remark; remarks; comment; comments; примітка; примітки; примечание; примечания; 备注"

_ADDRESS = words(
    "street address; full address; addresses; registered address; registered office; legal address;"
    " business address; address 1; address 2; address 3; address line 1; address line 2; address line 3;"
    " street; company address; entity address; адреса; юридична адреса; повна адреса; адрес;"
    " юридический адрес; полный адрес; місцезнаходження; место нахождения; местонахождение;"
    " 地址; 注册地址; 公司地址; adres",
    "location; city; town; postal code; postcode; zip; zip code; province; місто; поштовий індекс; город;"
    " индекс; почтовый индекс; 城市; 邮编; şehir",
    joined=", ",
    all_ranks=True,
)
_COUNTRY = words(
    "country; country code; country name; party country; country of registration; registration country;"
    " country or region; country/region; country or territory; country/territory; country or area;"
    " країна або регіон; країна/регіон; страна или регион; страна/регион; 国家或地区; 国家/地区; 国家和地区;"
    " країна; країна реєстрації; страна; страна регистрации; 国家; 国别; ulke",
    "jurisdiction; nationality; юрисдикція; юрисдикция; 注册地",
)

SCHEMES = {
    "INN": ("inn", "инн", "іпн", "ипн"),
    "OGRN": ("ogrn", "огрн"),
    "KPP": ("kpp", "кпп"),
    "EDRPOU": ("edrpou", "єдрпоу", "код єдрпоу", "егрпоу", "код егрпоу"),
    "LEI": ("lei", "lei code"),
    "BRN": ("brn", "business registration number"),
    "IMO": ("imo", "imo number", "imo no", "imo code"),
    "USCC": ("uscc", "统一社会信用代码", "unified social credit code"),
    "CAGE": ("cage", "cage code"),
    "DUNS": ("duns", "duns number", "d-u-n-s"),
    "VAT": ("vat", "vat number", "vat no", "vat id"),
    "TAX": ("tax id", "tax number", "tax no", "tax identification number", "tin", "vkn"),
}
"""Schemes of registration numbers, each with the headers that name it."""

_NUMBERS = words(
    (
        *both("identifier; identifiers; registration", "; number; numbers; no; id; code"),
        *both("company; reg; registry; state registration; business registration", "number; no; id; code"),
        *(word for names in SCHEMES.values() for word in names),
        "registration nr", "реєстраційний номер", "код", "ідентифікаційний код",
        "регистрационный номер", "идентификационный номер", "注册号", "税号", "登记号",
    ),
    joined="; ",
)  # fmt: skip

_FIRM = (
    "company; entity; firm; party; organisation; organization; customer; client; legal entity; counterparty"
)
_NAMES = (
    *both(_FIRM, "name; full name; legal name"),
    *both(
        "name of; name of the; full name of; full name of the",
        f"{_FIRM}; individual; person; individual or entity; individual/entity; entity or individual;"
        " person or entity; entity/individual; individuals and entities; subject; foreign party;"
        " foreign person; foreign entity; foreign company; foreign firm; end user; end-user; listed party;"
        " listed person; denied party; denied person; blocked party; buyer; consignee; recipient",
    ),
    *both("full; legal; full legal; registered; official; primary; main; foreign party", "name"),
    "name of individual entity or ship",
    "повна назва", "повне найменування", "назва компанії", "назва організації", "назва юридичної особи",
    "назва підприємства", "найменування юридичної особи", "піб/назва", "назва", "найменування",
    "полное наименование", "наименование компании", "наименование организации", "название компании",
    "название организации", "наименование юридического лица", "наименование", "название",
    "公司名称", "企业名称", "单位名称", "机构名称", "客户名称", "实体名称", "公司全称", "名称", "unvan",
    "şirket adı",
)  # fmt: skip
_OBJECTS = (
    f"{_FIRM}; companies; entities; buyer; seller; supplier; vendor; consignee; consignor; importer;"
    " exporter;"
    " foreign party; end user; end-user; subject; listed party; blocked party; denied party; person;"
    " компанія; організація; підприємство; юридична особа; контрагент; клієнт; фірма;"
    " компания; организация; предприятие; юридическое лицо; контрагент; клиент; фирма;"
    " 公司; 企业; 客户; 实体; 单位; firma"
)


def _names(more: str = "") -> FieldWords:
    return words((*_NAMES, *words(more).ranks[0]) if more else _NAMES, _OBJECTS)


ROLES = {
    "bill_to": "bill to; bill-to; billing; billed to; invoice to; invoicee; payer; плательщик; платник",
    "sold_to": "sold to; sold-to; buyer; purchaser; покупець; покупатель; 采购商; 买方",
    "ship_to": "ship to; ship-to; shipping; shipped to; deliver to; delivery; одержувач; получатель; 收货人",
    "consignee": "consignee; ultimate consignee; вантажоодержувач; грузополучатель; recipient",
    "intermediate_consignee": "intermediate consignee; intermediary; посередник; посредник",
    "end_user": "end user; end-user; final user; ultimate user; кінцевий споживач; конечный пользователь;"
    " кінцевий користувач; 最终用户",
    "forwarder": "forwarder; freight forwarder; forwarding agent; carrier; перевізник; перевозчик;"
    " експедитор; экспедитор; 货代",
    "notify_party": "notify party; notify; 通知人",
}
"""The parts that a party may play in an order, each with the words that columns about it begin with."""


def _of_role(role: str, words_of_role: str) -> Fields:
    """The fields of a role: its name, address, country and numbers."""
    objects = "party; company; firm; organization; organisation; entity; account"
    names = (
        *both(words_of_role, "name; company name; party name; full name"),
        *both("name of; name of the", words_of_role),
    )
    return {
        f"{role}_name": words(names, (*both(words_of_role, objects), *words(words_of_role).ranks[0])),
        f"{role}_address": words(
            both(words_of_role, "address; street; street address; address 1; address 2; address line 1;"
                 " address line 2; city; town; zip; postal code; postcode; адреса; адрес; 地址"),
            joined=", ",
        ),
        f"{role}_country": words(both(words_of_role, "country; country code; країна; страна; 国家")),
        f"{role}_identifiers": words(
            both(words_of_role, "identifier; registration number; tax id; tax number; inn; инн; edrpou;"
                 " єдрпоу; vat; vat number; lei"),
            joined="; ",
        ),
    }  # fmt: skip


def _without_roles(names: FieldWords, roles: Fields) -> FieldWords:
    """The words for a name but for those of a party with a role, which are fields of their own."""
    taken = {word for field in roles.values() for rank in field.ranks for word in rank}
    return replace(
        names,
        ranks=tuple(tuple(word for word in rank if word not in taken) for rank in names.ranks),
        several=True,
    )


_OF_ROLES: Fields = {
    field: meant for role, meaning in ROLES.items() for field, meant in _of_role(role, meaning).items()
}

CUSTOMERS: Fields = {
    "name": _without_roles(_names("account name; trading partner; business partner"), _OF_ROLES),
    **_OF_ROLES,
    "id": words(
        "customer id; customer no; customer number; customer code; client id; account number; account no;"
        " account; код клієнта; код клиента; 客户编号",
        "no; number; #; nr; №; № з/п; № п/п; 序号",
    ),
    "date": words(),
    "address": _ADDRESS,
    "country": _COUNTRY,
    "identifiers": _NUMBERS,
    "order": words(
        "order; order no; order number; order id; sales order; so number; purchase order; po; po number;"
        " invoice; invoice no; invoice number; номер замовлення; замовлення; номер заказа; заказ; 订单号"
    ),
    "part": words(
        "part; part no; part number; p/n; mpn; mfr part no; manufacturer part number; артикул; парт-номер;"
        " 料号; 型号",
        "item; item no; item number; product; product code; sku; material; goods; товар; 产品",
    ),
    "quantity": words(
        "quantity; qty; pieces; pcs; ordered quantity; кількість; к-сть; количество; кол-во; 数量"
    ),
    "value": words(
        "value; amount; total; total amount; line total; net value; сума; вартість; сумма; стоимость; 金额"
    ),
}

WATCHLISTS: Fields = {
    "id": words(
        "id; entry id; unique id; list id; entry number",
        "no; number; nr; #; ref; reference; entry; item; n; №; № з/п; п/п; № п/п; 序号; 编号",
    ),
    "name": _names(
        "name and address; name & address; name, address; entity name and address; name and address of entity"
    ),
    "aliases": words(
        "alias; a.k.a.; aka; other names; other name; also known as; alternative names; alternate names;"
        " alternative name; alias names; alias 1; alias 2; alias 3; aka 1; aka 2; original name;"
        " native name;"
        " name in original script; псевдоніми; псевдонім; інші назви; також відомий як; псевдонимы;"
        " псевдоним;"
        " другие названия; также известен как; 别名; 又名; 曾用名",
        joined=";",
    ),
    "address": _ADDRESS,
    # A letter to a firm that ships names the country of a party as where goods for it would go.
    "country": FieldWords(
        (*_COUNTRY.ranks, ("destination", "destination country", "country of destination"))
    ),
    "identifiers": _NUMBERS,
    "since": words(
        "since; listed since; date listed; listed on; listed from; listing date; date of listing; date added;"
        " added on; designated on; date designated; designation date; date of designation; effective from;"
        " effective date; in force since; дата включення; включено; діє з; дата включения; включен;"
        " действует с; 列入日期; 生效日期"
    ),
    "until": words(
        "until; listed until; date removed; removed on; delisted on; expires; expires on; expiration date;"
        " expiry date; effective until; дата виключення; виключено; діє до; дата исключения; исключен;"
        " действует до; 失效日期"
    ),
    "remarks": words(f"{_NOTE}; reason; reasons; additional information; підстава; основание", joined="; "),
}
