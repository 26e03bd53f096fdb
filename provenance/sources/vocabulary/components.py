"""The words above the columns of lists of components and of parts catalogues."""

from __future__ import annotations

from provenance.sources.vocabulary.common import (
    CATEGORY,
    HS,
    LOT,
    MAKER,
    MPN,
    NOTE,
    PIECES,
    PUBLISHED,
    RECORD_ADDRESS,
)
from provenance.sources.vocabulary.words import Fields, both, words

# A field that comes first has the first choice: a bare "country" is the maker's where no other column is, and
# "found in" names the weapon unless another column does.
COMPONENTS: Fields = {
    "key": words(
        "id; record id; component id; record key; record number; uid; guid; uuid; ідентифікатор;"
        " идентификатор; 编号",
        "record; no; number; #; nr; item no; line no; №; № з/п; № запису; номер; номер запису;"
        " № п/п; п/п;"
        " з/п; номер записи; № записи; 序号; line; row; row no",
    ),
    "weapon": words(
        "weapon; weapon system; weapon model; weapon name; model of weapon; name of weapon; uav; uav model;"
        " missile; missile type; armament; drone; drone model;"
        " зброя; озброєння; засіб ураження; назва зброї; зразок озброєння; бпла; дрон; ракета;"
        " оружие; вооружение; образец вооружения; средство поражения; название оружия;"
        " 武器; 武器系统; 武器名称; 武器型号; 无人机; 导弹",
        "platform; system; weapon platform; виріб; найменування виробу; назва виробу; изделие;"
        " наименование изделия; комплекс; 装备",
        "found in drones; found in weapons; found in weapon; found in uav; found in; found inside;"
        " recovered from; знайдено в; знайдено у; виявлено в; вилучено з; найдено в; обнаружено в;"
        " извлечено из; 发现于; 来源武器",
    ),
    "recovery": words(
        "recovery id; recovery; recovery number; recovery no; specimen; specimen id; wreck; wreck id;"
        " incident; incident id; зразок; знахідка; уламки; номер зразка; образец; находка; обломки;"
        " номер образца",
        "sample; sample id; case; case id; case number; exhibit; exhibit id; found in; found inside;"
        " recovered from",
    ),
    "designator": words(
        "designator; designators; ref; ref des; refdes; reference designator; reference; references;"
        " board reference; позиційне позначення; поз. позначення; позиционное обозначение; поз. обозначение;"
        " 位号; 元件位号"
    ),
    "weapon_kind": words(
        "weapon kind; weapon type; type of weapon; kind of weapon; weapon class; вид зброї; тип зброї;"
        " вид озброєння; тип озброєння; вид оружия; тип оружия; вид вооружения; 武器类型"
    ),
    "recovery_kind": words("how recovered; recovery type; type of recovery"),
    "extent": words(),
    "serial": words(
        "serial; serial number; serial no; serial nr; serial num; s/n; sn; weapon serial;"
        " weapon serial number; airframe serial; airframe number; airframe; factory number;"
        " серійний номер; заводський номер; серійний №; зав. номер; зав. №; номер виробу;"
        " серійний номер виробу; заводський номер виробу; серийный номер изделия;"
        " серийный номер; заводской номер; серийный №; номер изделия; 序列号; 编号(武器); 出厂编号"
    ),
    "tail": words("tail; tail number; tail no; side number; бортовий номер; бортовий №; бортовой номер;"
    " бортовой №"),
    "recovered": words(
        "recovered; recovery date; date recovered; date of recovery; recovered on; found on; date found;"
        " date of discovery; seized on;"
        " дата виявлення; дата знахідки; дата вилучення; виявлено; вилучено;"
        " дата обнаружения; дата изъятия; дата находки; обнаружено; изъято; 回收日期; 发现日期; 缴获日期",
    ),
    "used": words(
        "used; date used; date of use; used on; attack date; date of attack; strike date; date of strike;"
        " дата застосування; дата удару; дата атаки; дата применения; дата удара; 使用日期; 袭击日期"
    ),
    "captured": words(
        "captured; date captured; date of capture; captured on; capture date; дата захоплення; дата захвата"
    ),
    "place": words(
        "place; place found; found at; place of recovery; recovery place; recovery location;"
        " location found;"
        " where found; місце; місце виявлення; місце знахідки; місце вилучення; населений пункт;"
        " место; место обнаружения; место находки; место изъятия; населенный пункт; 地点; 发现地点",
        "location; region; область; регіон; регион; 位置",
    ),
    "unit": words(
        "unit; board; pcb; assembly; sub-assembly; subassembly; module; unit name; board name;"
        " блок; плата; вузол; модуль; узел; 板; 模块; 组件; 电路板"
    ),
    "description": words(
        "description; component description; part description; item description; опис; опис компонента;"
        " описание; описание компонента; 描述; 说明书描述",
        "component; component type; type of component; component name; part name; item name; part type;"
        " компонент; назва; найменування; назва компонента; найменування компонента; тип;"
        " название; наименование; наименование компонента; 名称; 品名; 器件名称",
        "name; item; title; function; призначення; функція; назначение; функция; 功能",
        "value; comment value; номінал; номинал; 值; 参数",
        joined="; ",
    ),
    "marking": words(
        "marking; markings; top mark; top marks; top marking; topmark; as marked; text on part;"
        " text on chip;"
        " marking text; chip marking; package marking; laser marking;"
        " маркування; маркування на корпусі; маркировка на корпусе; напис;"
        " напис на корпусі; текст маркування; маркировка; надпись; надпись на корпусе;"
        " текст маркировки; 丝印; 标记; 印字; 打标",
        joined="\n",
    ),
    "name_marking": words(
        "name and marking; name/marking; name (marking); description and marking; найменування/маркування;"
        " найменування та маркування; назва/маркування; назва та маркування; наименование/маркировка;"
        " наименование и маркировка; название/маркировка; название и маркировка; 名称/标记; 名称及标记"
    ),
    "maker": MAKER,
    "maker_country": words(
        (
            *both("manufacturer; manufacturer's; mfr; maker; maker's; brand; producer", "country"),
            *both("country of; country of the", "maker; manufacturer; brand; producer"),
            *both("country", "manufacturer; maker"),
            "країна виробника", "країна виробник", "страна производителя", "страна производитель",
            "страна изготовителя", "制造商国家", "厂商国家",
        ),
        "country; country code; країна; страна; 国家",
    ),
    "country": words(
        "country of recovery; recovery country; country found; found in country; country where found;"
        " країна виявлення; страна обнаружения; 发现国家",
    ),
    "mpn": MPN,
    "date_code": words(
        "date code; datecode; date codes; d/c; dc; дата-код; код дати; дата код; код даты; 生产批次;"
        " 日期代码; 日期码; 周期代码"
    ),
    "lot": LOT,
    "made": words(
        "made; manufacture date; manufacturing date; manufactured; production date; date of production;"
        " date of manufacture; date manufactured; year of manufacture; production year;"
        " дата виробництва; дата виготовлення; рік виробництва; рік випуску; рік вип; год вып;"
        " дата производства; дата изготовления; год выпуска; год производства; 生产日期; 制造日期"
    ),
    "pieces": words(f"{PIECES} кількість; кіл-сть; к-сть; штук; шт; количество; кол-во; кол; 数量; 件数"),
    "category": CATEGORY,
    "hs6": HS,
    "condition": words("condition; стан; состояние; 状态", "state"),
    "authenticity": words("authentic; genuineness; справжність; автентичність; подлинность"),
    "credibility": words("admiralty credibility"),
    "address": RECORD_ADDRESS,
    "published": PUBLISHED,
    "retrieved": words("accessed; date retrieved; retrieved on; last verified; date accessed"),
    "note": NOTE,
    "alternate_maker": words(
        both(
            "manufacturer; mfr; mfg; maker; brand; alternate manufacturer; alt manufacturer; виробник;"
            " производитель",
            "2; 3; 4; alternate; alt",
        ),
        "alternate manufacturer; alt manufacturer; alternative manufacturer; second source maker;"
        " альтернативний виробник; альтернативный производитель; 替代制造商",
    ),
    "alternate_mpn": words(
        (
            *both("mpn; part number; p/n; manufacturer part number; mfr part number; mfr part no; mfr part;"
                  " парт-номер; номер детали", "2; 3; 4; alternate; alt"),
            *both("alternate; alt; alternative; substitute; replacement; second source",
                  "mpn; part number; part; parts; part no; p/n"),
            "alternates", "replaceable with", "аналог", "аналоги", "замена", "заміна", "替代型号", "替代料",
        ),
    ),
}  # fmt: skip

PARTS: Fields = {
    "mpn": MPN,
    "maker": MAKER,
    "description": words(
        "description; part description; опис; описание; 描述",
        "title; name; item; part name; назва; название; наименование; 名称; 品名",
        joined="; ",
    ),
    "category": CATEGORY,
    "hs6": HS,
    "eccn": words("export control classification number; us eccn; eccn code"),
    "eccn_source": words("source of eccn"),
    "eccn_as_of": words("eccn date; eccn as of; eccn as-of date"),
    "introduced": words(
        "introduction; introduction date; date introduced; date of introduction; release date; released;"
        " launch date; launched"
    ),
    "top_code": words(
        "top codes; top mark; top marks; top marking; top side marking; top-side marking; smd code;"
        " smd codes; smd marking; device marking; device code; package marking; marking; markings;"
        " marking code; код маркування; маркування; маркировка; код маркировки; 丝印",
        joined=";",
    ),
}
