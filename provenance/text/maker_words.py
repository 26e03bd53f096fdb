"""What people write where a firm or a weapon should stand that names none, or names several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from provenance.core.vocabulary import ComponentCategory, WeaponKind
from provenance.text.countries import names_country
from provenance.text.firm_names import packaged_forms
from provenance.text.folding import fold, fold_words
from provenance.text.unknown import says_no_number, says_none

_WORDS = """
board boards pcb pcba motherboard mainboard chip chips microchips chipset ic ics microcircuit
microcircuits microchip unit units device devices component components electronics part parts item items
module modules assembly sensor sensors capacitor capacitors resistor resistors transistor transistors
diode inductor coil transformer connector connectors plug socket cable wire antenna antennas processor
processors microprocessor microcontroller controller memory flash relay relays battery batteries motor
motors servo servos engine engines pump camera cameras lens display radio receiver transmitter transceiver
converter regulator amplifier oscillator crystal quartz switch fuse other others misc miscellaneous
various several multiple different mixed assorted generic noname unbranded brandless oem custom homemade
handmade original copy clone fake counterfeit unmarked logo same ditto manufacturer maker brand vendor
supplier company firm factory producer individual individuals person persons citizen физлицо фізособа 个人
true false плата плати платы чип чіп чипи чипы чіпи микросхема
микросхемы мікросхема мікросхеми микрочип мікрочип компонент компоненты компоненти деталь детали деталі
модуль модули модулі блок датчик датчики сенсор сенсори конденсатор конденсаторы конденсатори резистор
резисторы резистори транзистор диод діод разъем разъём роз'єм кабель антенна антена процессор процесор
микроконтроллер мікроконтролер память пам'ять реле батарея аккумулятор акумулятор двигатель двигун
сервопривод камера приемник приёмник приймач передатчик передавач прочее другое другие інше інші разное
різне разные різні несколько кілька декілька нонейм ноунейм самодельный самодельная саморобний саморобна
кустарный кустарна производитель виробник фирма фірма завод оригинал оригінал копия копія подделка підробка
电路板 线路板 主板 芯片 集成电路 元件 元器件 电子元件 模块 传感器 电容 电阻 晶体管 二极管 连接器
天线 处理器 存储器 继电器 电池 电机 发动机 摄像头 其他 其它 多个 各种 若干 无品牌 无牌 杂牌 无标 制造商
厂家 品牌 公司 同上
"""
_PHRASES = (
    *("circuit board", "printed circuit board", "integrated circuit", "integrated circuits"),
    *("custom made", "electronic component", "electronic components", "no name", "no brand"),
    *("home made", "self made", "no marking", "no logo", "see photo", "see note", "печатная плата"),
    *("друкована плата", "без названия", "без назви", "без бренда", "без бренду", "нет бренда"),
    *("немає бренду", "то же", "те саме"),
)
_PRINTED_OF_NO_FIRM = (
    *("electrostatic sensitive device", "electrostatic sensitive devices", "esd sensitive", "rohs"),
    *("rohs compliant", "lead free", "pb free", "fcc id", "ce mark", "iso 9001", "international standard"),
    *("national standard", "military standard", "china national", "patent pending"),
    *("warranty void if removed", "do not open", "handle with care", "warning", "caution", "brushless fan"),
    *("cooling fan", "dc fan", "dc brushless fan", "brushless motor", "warranty seal"),
)
"""Warnings, marks of conformity, kinds of fans and beginnings of names that stand printed on things."""
_WEAPONS = """
weapon weapons uav uas suav ucav rpas drone drones missile missiles rocket rockets bomb bombs munition
munitions fpv quadcopter multicopter helicopter aircraft vehicle loitering kamikaze mine mines shell
torpedo tank radar wreck wreckage debris fragment fragments remains specimen sample обломки обломок
фрагмент фрагменты фрагменти уламки уламок рештки остатки образец зразок
зброя оружие ракета ракети ракеты дрон дрони дроны бпла безпілотник беспилотник
квадрокоптер коптер вертоліт вертолет вертолёт бомба бомби бомбы снаряд міна мина баражувальний
барражирующий літак самолет самолёт каб рсзв рсзо 无人机 导弹 火箭弹 炸弹 武器
"""
_BESIDE_KINDS = """
attack strike reconnaissance surveillance guided cruise ballistic glide unmanned aerial enemy type kind model
of the a an ударний ударна ударный ударная розвідувальний разведывательный крилата крылатая балістична
баллистическая ворожий ворожа вражеский вражеская тип типу типа
"""
"""Words beside a kind of weapon that name none either ("enemy reconnaissance UAV")."""

_WEAPON_PHRASES = (
    *("cruise missile", "ballistic missile", "guided bomb", "glide bomb", "loitering munition"),
    *("fpv drone", "kamikaze drone", "attack drone", "unmanned aerial vehicle", "крилата ракета"),
    *("крылатая ракета", "балістична ракета", "баллистическая ракета", "керована авіабомба"),
    *("управляемая авиабомба", "ударний дрон", "ударный дрон", "дрон-камікадзе", "дрон-камикадзе"),
    *("巡航导弹", "弹道导弹"),
)
_CODES = "us usa uk gb prc roc uae eu cn tw jp kr de fr ru ua by"
"""Short forms of countries that are no firm's. Other codes are firms too: ST, AD, IR, SG, BEL, ARM."""

_IMITATIONS = (
    "clone clones copy copies fake counterfeit replica knockoff imitation analogue noname клон копия копія"
    " подделка підробка аналог имитация імітація"
)
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)

_LONGEST_CODE = 3

_UNIONS_AND_REGIONS = (
    *("eu", "european union", "europe", "asia", "korea", "western", "the west", "foreign", "imported"),
    *("domestic", "європа", "єс", "європейський союз", "европа", "ес", "европейский союз", "азия"),
    *("азія", "корея", "импорт", "імпорт", "импортный", "імпортний", "иностранный", "іноземний"),
    *("отечественный", "вітчизняний", "欧洲", "欧盟", "亚洲", "进口", "国产", "外国"),
)
_COUNTRIES_IN_CHINESE = (
    *("中国", "中國", "中华人民共和国", "美国", "美國", "日本", "德国", "德國", "法国", "英国"),
    *("瑞士", "荷兰", "台湾", "臺灣", "台灣", "韩国", "韓國", "南韩", "俄罗斯", "伊朗", "马来西亚"),
    *("新加坡", "菲律宾", "泰国", "香港"),
)
_PEOPLES = (
    *("chinese", "american", "us made", "russian", "iranian", "japanese", "korean", "taiwanese"),
    *("german", "malay", "malaysian", "european", "китайский", "китайская", "китайський", "китайська"),
    *("американский", "американська", "американський", "американская", "российский", "російський"),
    *("иранский", "іранський", "японский", "японський", "корейский", "корейський", "немецкий"),
    *("німецький",),
)
_ORIGIN = re.compile(
    r"(?:made|manufactured|produced|assembled|diffused|fabricated) in\b|product of\b|"
    r"(?:country of )?origin\b|"
    r"(?:сделано|изготовлено|произведено|собрано) во?\b|(?:зроблено|виготовлено|вироблено|складено) [ву]\b|"
    r"(?:производство|виробництво)\b|原产|产地",
    re.IGNORECASE,
)
"""What begins a statement of origin, which names a country or place, in whatever case of its language."""

_MADE_THERE = re.compile(r"(?:制造|製造|生产|产)$")
_FIRM_AFTER_PEOPLE = re.compile(
    r"\s+(?:manufacturers?|makers?|company|companies|firms?|origin|production|brand|chips?|производител[ья]|"
    r"производство|компания|фирма|виробник|виробництво|компанія|фірма)$",
    re.IGNORECASE,
)
_BETWEEN_FIRMS = re.compile(
    r"\s*(?:/|\\|\||;|；|、|\+)\s*|\s+(?:or|and/or|or possibly|или|либо|або|чи|vs\.?)\s+|\s*或\s*",
    re.IGNORECASE,
)
_BETWEEN_COUNTRIES = re.compile(r"\s*[/,;|、+&]\s*|\s+(?:and|or|и|или|та|або|і)\s+", re.IGNORECASE)


def not_a_firm(text: str) -> str | None:
    """Why a text is not the name of a firm; None where it may be one.

    Countries (China, Made in USA, Китай/Тайвань), words for kinds of things (board, микросхема), words for
    the unknown, legal forms alone, and texts without letters name no firm. Whether a firm of that name is
    known has to be asked first: Microchip, Diodes and ST are firms.
    """
    if says_no_number(text):
        return "a word for the unknown"
    key = fold(text)
    if not any(map(str.isalpha, key)):
        return "a number"
    if len(key) == 1:
        return "a single letter"
    if key in _things():
        return "a word for a kind of thing, not a firm"
    if packaged_forms().is_only_forms(text):
        return "a legal form without a name"
    if _WEB_ADDRESS.match(text.strip()):
        return "a web address, not a firm"
    if _is_imitation(text):
        return "a word for an imitation, not a firm"
    return "a country or region, not a firm" if is_place(text) else None


def _is_imitation(text: str) -> bool:
    """Whether a text is nothing but words for a copy, and whose it is by country ("Chinese clone")."""
    words = fold_words(text).split()
    return any(word in _imitations() for word in words) and all(
        word in _imitations() or word in _places() for word in words
    )


def several_firms(text: str) -> tuple[str, ...]:
    """The pieces of a cell that may name several firms ("TI/National", "Philips or Intersil"), else none.

    Whether the whole is one firm's name has to be asked first: M/A-COM and Vishay/Siliconix are.
    """
    pieces = tuple(piece for piece in _BETWEEN_FIRMS.split(text) if piece and len(fold(piece)) > 1)
    return pieces if len(pieces) > 1 else ()


def is_place(text: str) -> bool:
    """Whether a text is a country or region, several of them, or a statement of origin."""
    if _ORIGIN.match(text.strip()):
        return True
    pieces = [piece for piece in _BETWEEN_COUNTRIES.split(text.strip()) if piece]
    return bool(pieces) and all(map(_is_country, pieces))


def _is_country(text: str) -> bool:
    plain = _MADE_THERE.sub("", _FIRM_AFTER_PEOPLE.sub("", text.strip(" ."))).strip()
    key = fold(plain)
    if key in _places() or key in _CODES.split():
        return True
    if len(key) <= _LONGEST_CODE and plain.isascii():
        return False
    return names_country(plain)


def not_a_weapon(text: str) -> str | None:
    """Why a text is not the name of a weapon ("drone", "БпЛА", "unknown"); None where it may be one."""
    if says_none(text):
        return "a word for the unknown"
    words = re.findall(r"[^\W_]+", text)
    if fold(text) in _kinds_of_weapons() or _are_no_weapon([fold(word) for word in words]):
        return "a kind of weapon, not one of them"
    return None


def _are_no_weapon(words: Sequence[str]) -> bool:
    """Whether words are a kind of weapon, and what people say beside one."""
    kinds, beside = _kinds_of_weapons(), _beside_kinds()
    return any(word in kinds for word in words) and all(
        word in kinds or word in beside or says_none(word) for word in words
    )


@cache
def _kinds_of_weapons() -> frozenset[str]:
    kinds = (str(member) for member in WeaponKind)
    return frozenset(map(fold, (*_WEAPONS.split(), *_WEAPON_PHRASES, *kinds)))


@cache
def _beside_kinds() -> frozenset[str]:
    return frozenset((*map(fold, _BESIDE_KINDS.split()), *_places()))


@cache
def _imitations() -> frozenset[str]:
    return frozenset(map(fold, _IMITATIONS.split()))


@cache
def _places() -> frozenset[str]:
    return frozenset(map(fold, (*_UNIONS_AND_REGIONS, *_COUNTRIES_IN_CHINESE, *_PEOPLES)))


@cache
def _things() -> frozenset[str]:
    kinds = (str(member) for member in (*ComponentCategory, *WeaponKind))
    return frozenset(map(fold, (*_WORDS.split(), *_PHRASES, *_PRINTED_OF_NO_FIRM, *kinds)))
