"""Words above columns that lists of components, parts and transfers have in common."""

from __future__ import annotations

from provenance.sources.vocabulary.words import both, words

MAKERS = (
    "manufacturer; manufacturer's; manufacturers; mfr; mfg; mfgr; manuf; manufacturing; maker; producer; oem"
)
NUMBERS = "part number; part no; part num; part; part nr; p/n; pn; partnumber; number; no; reference; article"

_MAKERS_NUMBER = (
    *both(MAKERS, NUMBERS),
    "mpn",
    "mpn number",
    "парт-номер виробника",
    "номер деталі виробника",
    "артикул виробника",
    "номер производителя",
    "парт-номер производителя",
    "артикул производителя",
    "制造商零件编号",
    "制造商型号",
    "制造商料号",
    "厂商型号",
    "原厂型号",
)
MPN = words(
    _MAKERS_NUMBER,
    "part number; part no; part num; part nr; p/n; pn; partnumber; device; part id;"
    " парт-номер; партномер; парт номер; номер деталі; номер компонента; артикул;"
    " номер детали; парт-номер компонента; децимальный номер;"
    " 型号; 零件号; 零件编号; 料号; 器件型号",
    "part; model; model number; модель; тип компонента; 规格型号",
    (*both(MAKERS, "part number 1; part no 1; part 1; p/n 1"), *both("mpn; part number; part no; p/n", "1")),
)

STOCK_NUMBERS = (
    *both("internal; stock; company; house; our; erp; local; inventory", "part number; part no; p/n; number"),
    *both("supplier; vendor; distributor; seller; customer", NUMBERS),
    *both("digi-key; digikey; mouser; lcsc; farnell; rs; arrow; avnet", NUMBERS),
    "ipn", "sku", "stock code", "item code", "item number", "складський номер", "складской номер",
    "物料编码",
)  # fmt: skip
"""Numbers of a stock or a shop: never the maker's."""

SELLERS = (
    *both(
        "vendor; supplier; seller; distributor; reseller; dealer; purchased from; bought from",
        "; name; company; country; address",
    ),
    "постачальник", "дистриб'ютор", "продавець", "поставщик", "дистрибьютор", "продавец",
    "供应商", "经销商", "代理商", "卖方",
)  # fmt: skip
"""Who sold an item: never its maker."""

# Who numbers alternates numbers the first one too.
MAKER = words(
    (
        *both(MAKERS, "; name; company; firm; brand"),
        *both("name of; name of the", "manufacturer; maker; producer"),
        "виробник", "назва виробника", "фірма-виробник", "компанія-виробник",
        "производитель", "изготовитель", "наименование производителя", "фирма-изготовитель",
        "компания-производитель", "завод-изготовитель",
        "制造商", "厂商", "厂家", "生产商", "生产厂家", "制造商名称", "生产厂商",
    ),
    "brand; brand name; make; trademark; trade mark; бренд; торгова марка; бренд производителя;"
    " торговая марка; товарный знак; марка; 品牌; 商标",
    "company; company name; firm; компанія; фірма; компания; фирма; 公司",
    both(f"{MAKERS}; maker; brand; виробник; производитель", "1"),
)  # fmt: skip
HS = words(
    "hs; hs code; hs6; hs-6; hs codes; hscode; hs number; htsus; hts; hts code; customs code; tariff code;"
    " tn ved; tnved; commodity code; cn code; код уктзед; уктзед; код уктзед товару; тн вэд; код тн вэд;"
    " код товара по тн вэд; тнвэд; код тнвэд; 海关编码; hs编码; 税则号; 商品编码"
)
LOT = words(
    "lot code; lot number; lot no; lot; batch; batch number; batch no; lot/batch; партія; номер партії;"
    " код партії; партия; номер партии; код партии; 批号; 批次号"
)
NOTE = words(
    "note; notes; remark; remarks; comment; comments; примітка; примітки; коментар; примечание;"
    " примечания; комментарий; 备注; 注释; 说明",
    joined="; ",
)
PUBLISHED = words(
    "publication date; date published; published; published on; date of publication; дата публікації;"
    " опубліковано; дата публикации; опубликовано; 发布日期"
)
RECORD_ADDRESS = words(
    "url; record address; record url; web address", "link; source url; посилання; адреса запису; ссылка; 链接"
)
CATEGORY = words(
    "component category; part category; category; категорія; категорія компонента; категория;"
    " категория компонента; 类别; 分类",
    "class; component class; part class; клас; класс; 种类",
)
PIECES = "quantity; qty; qty pcs; quantity pcs; pieces; no of pieces; number of pieces; pcs; count;"
