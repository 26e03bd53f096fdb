"""Which column of a stranger's table is which field: guessed from headers, shown, overridden, saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from provenance.core.errors import BadInput, UsageError

FIELD_HEADERS: dict[str, tuple[str, ...]] = {
    "key": ("id", "record", "record id", "component id", "record key", "key", "no", "number", "ref"),
    "recovery": (
        "recovery",
        "recovery id",
        "incident",
        "incident id",
        "specimen",
        "sample",
        "wreck",
        "found in",
    ),
    "weapon": ("weapon", "weapon system", "system", "platform", "missile", "armament", "model of weapon"),
    "weapon_kind": ("weapon kind", "weapon type", "kind of weapon"),
    "recovery_kind": ("recovery kind", "how recovered"),
    "extent": ("extent",),
    "serial": ("serial", "serial number", "serial no", "s/n", "weapon serial", "airframe serial"),
    "tail": ("tail number", "tail no", "tail"),
    "recovered": (
        "recovered",
        "recovery date",
        "date recovered",
        "date of recovery",
        "found on",
        "date found",
    ),
    "used": ("used", "date used", "date of use", "attack date", "strike date"),
    "captured": ("captured", "date captured"),
    "place": ("place", "location", "found at"),
    "unit": ("unit", "board", "assembly", "sub-assembly", "module"),
    "description": ("description", "component", "component description", "name", "item", "type of component"),
    "marking": ("marking", "markings", "top mark", "as marked", "text on part"),
    "maker": ("maker", "manufacturer", "brand", "mfr", "producer", "vendor", "company"),
    "maker_country": (
        "maker country",
        "manufacturer country",
        "brand country",
        "country of maker",
        "country of manufacturer",
        "country",
    ),
    "country": ("country of recovery", "recovery country"),
    "mpn": (
        "mpn",
        "part number",
        "part no",
        "p/n",
        "partnumber",
        "manufacturer part number",
        "oem part number",
        "part",
    ),
    "date_code": ("date code", "datecode", "d/c", "dc"),
    "lot": ("lot", "lot code", "lot number", "batch"),
    "made": ("made", "manufacture date", "manufactured", "production date", "date of manufacture"),
    "pieces": ("pieces", "quantity", "qty", "count", "pcs"),
    "category": ("category", "component category", "class"),
    "hs6": ("hs6", "hs", "hs code", "hs-6", "customs code"),
    "condition": ("condition", "state"),
    "authenticity": ("authenticity",),
    "credibility": ("credibility", "admiralty credibility"),
    "address": ("address", "url", "link", "source url", "record address"),
    "published": ("published", "publication date", "date published"),
    "retrieved": ("retrieved", "accessed", "date retrieved", "last verified"),
    "note": ("note", "notes", "remark", "remarks", "comment"),
}
"""The fields of a component list and the headers that are taken to mean them, in lower case.

A bare "country" is the maker's where no other column is: hence the order of the two.
"""

_IN_UKRAINIAN_AND_RUSSIAN: dict[str, tuple[str, ...]] = {
    "key": ("№", "№ з/п", "№ п/п", "номер", "номер запису", "номер записи"),
    "recovery": ("зразок", "образец", "знахідка", "находка", "уламки"),
    "weapon": ("зброя", "озброєння", "засіб ураження", "виріб", "оружие", "вооружение", "изделие"),
    "weapon_kind": ("вид зброї", "тип зброї", "вид оружия", "тип оружия"),
    "serial": ("серійний номер", "заводський номер", "серийный номер", "заводской номер"),
    "tail": ("бортовий номер", "бортовой номер"),
    "recovered": ("дата виявлення", "дата знахідки", "дата вилучення", "дата обнаружения", "дата изъятия"),
    "used": ("дата застосування", "дата удару", "дата применения", "дата удара"),
    "captured": ("дата захоплення", "дата захвата"),
    "place": ("місце", "місце виявлення", "место", "место обнаружения"),
    "unit": ("блок", "плата", "вузол", "узел", "модуль"),
    "description": ("компонент", "назва", "найменування", "опис", "название", "наименование", "описание"),
    "marking": ("маркування", "маркировка"),
    "maker": ("виробник", "производитель", "изготовитель"),
    "maker_country": ("країна виробника", "країна", "страна производителя", "страна"),
    "mpn": ("парт-номер", "номер деталі", "артикул", "номер детали"),
    "date_code": ("дата-код", "код дати", "код даты"),
    "lot": ("партія", "номер партії", "партия", "номер партии"),
    "made": ("дата виробництва", "дата виготовлення", "дата производства", "дата изготовления"),
    "pieces": ("кількість", "к-сть", "шт", "количество", "кол-во"),
    "category": ("категорія", "категория"),
    "hs6": ("уктзед", "код уктзед", "тн вэд", "код тн вэд"),
    "condition": ("стан", "состояние"),
    "address": ("посилання", "адреса запису", "ссылка"),
    "published": ("дата публікації", "дата публикации"),
    "note": ("примітка", "примітки", "примечание", "примечания"),
}
FIELD_HEADERS |= {
    field: (*FIELD_HEADERS[field], *headers) for field, headers in _IN_UKRAINIAN_AND_RUSSIAN.items()
}

PART_HEADERS: dict[str, tuple[str, ...]] = {
    "mpn": FIELD_HEADERS["mpn"],
    "maker": FIELD_HEADERS["maker"],
    "description": ("description", "title", "name", "item"),
    "category": FIELD_HEADERS["category"],
    "hs6": FIELD_HEADERS["hs6"],
    "eccn": ("eccn", "export control classification number", "us eccn"),
    "eccn_source": ("eccn source", "source of eccn"),
    "eccn_as_of": ("eccn date", "eccn as of", "eccn as-of date"),
    "introduced": (
        "introduction",
        "introduction date",
        "date introduced",
        "date of introduction",
        "release date",
        "released",
        "launch date",
        "launched",
    ),
    "top_code": (
        "top codes",
        "top mark",
        "top marks",
        "top marking",
        "top side marking",
        "top-side marking",
        "smd code",
        "smd codes",
        "smd marking",
        "device marking",
        "device code",
        "package marking",
        "marking",
        "markings",
        "marking code",
    ),
}
"""The fields of a parts catalogue and the headers that are taken to mean them, in lower case."""

Fields = Mapping[str, tuple[str, ...]]

IGNORED = "-"
"""What a header is mapped to when it is to be left out."""


def _plain(header: str) -> str:
    return " ".join(header.replace("_", " ").replace(".", " ").casefold().split())


def guess_mapping(header: Sequence[str], fields: Fields = FIELD_HEADERS) -> dict[str, str]:
    """Header to field, for each header that is understood; the first that fits a field has it."""
    mapping: dict[str, str] = {}
    for field, known in fields.items():
        for candidate in (field.replace("_", " "), *known):
            match = next((name for name in header if _plain(name) == candidate and name not in mapping), None)
            if match is not None:
                mapping[match] = field
                break
    return {name: mapping[name] for name in header if name in mapping}


def parse_overrides(pairs: Sequence[str], fields: Fields = FIELD_HEADERS) -> dict[str, str]:
    """What a user wrote as ``HEADER=FIELD``; ``HEADER=-`` leaves a column out.

    Raises:
        UsageError: not of that form, or there is no such field.
    """
    overrides: dict[str, str] = {}
    for pair in pairs:
        header, equals, field = pair.rpartition("=")
        if not equals or not header:
            raise UsageError(f"{pair!r} is not of the form HEADER=FIELD")
        overrides[header.strip()] = _field(field.strip(), fields)
    return overrides


def _field(name: str, fields: Fields) -> str:
    if name != IGNORED and name not in fields:
        raise UsageError(f"There is no field {name!r}", hint=f"Fields: {', '.join(fields)}; - to leave out")
    return name


def settle_mapping(
    header: Sequence[str],
    saved: Mapping[str, str],
    overrides: Mapping[str, str],
    fields: Fields = FIELD_HEADERS,
) -> dict[str, str]:
    """The mapping in force: what was guessed, over it what was saved, over that what was said.

    Raises:
        UsageError: a header that the file does not have, or two headers for one field.
    """
    strangers = [name for name in overrides if name not in header]
    if strangers:
        raise UsageError(
            f"The file has no column {', '.join(strangers)}", hint=f"It has: {', '.join(header)}"
        )
    said = {name: field for name, field in {**saved, **overrides}.items() if name in header}
    taken = set(said.values())
    guessed = {name: field for name, field in guess_mapping(header, fields).items() if field not in taken}
    settled = {**guessed, **said}
    mapping = {name: settled[name] for name in header if settled.get(name, IGNORED) != IGNORED}
    twice = sorted({field for field in mapping.values() if list(mapping.values()).count(field) > 1})
    if twice:
        raise UsageError(f"Two columns are mapped to {', '.join(twice)}")
    return mapping


def load_mapping(file: Path, fields: Fields = FIELD_HEADERS) -> dict[str, str]:
    """A mapping saved by `save_mapping`.

    Raises:
        BadInput: not such a file.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(f"no column mapping: {error}", file=file.name) from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadInput('a column mapping is {"HEADER": "field", …}', file=file.name)
    return {str(header): _field(field, fields) for header, field in found.items()}


def save_mapping(file: Path, header: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Keeps a mapping for the next file of the same make, the columns that are left out as such.

    Raises:
        BadInput: the file cannot be written.
    """
    whole = {name: mapping.get(name, IGNORED) for name in header if name}
    try:
        file.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None
