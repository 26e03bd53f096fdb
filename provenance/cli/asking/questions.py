"""What the forms ask, cell by cell, in English; `provenance/locale` has them in Ukrainian."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.cli.asking.speech import mark

ASKED: Mapping[str, tuple[str, ...]] = {
    "recovery": (
        "weapon",
        "serial",
        "used",
        "recovered",
        "place",
        "precision",
        "country",
        "tlp",
        "note",
    ),
    "seizure": (
        "authority",
        "seized",
        "border_point",
        "movement",
        "from_country",
        "to_country",
        "consignor",
        "consignee",
        "goods",
        "hs",
        "tlp",
        "note",
    ),
    "unit": ("recovery", "label", "unit_type", "serial", "note"),
    "component": (
        "recovery",
        "unit",
        "marking",
        "marking_state",
        "description",
        "pieces",
        "authenticity",
        "counterfeit_kind",
        "tlp",
        "note",
    ),
    "citation": (
        "ref",
        "source",
        "publisher",
        "title",
        "record",
        "address",
        "published",
        "quote",
        "credibility",
    ),
}
"""The cells that a form asks for, in order; flags have the others."""

QUESTIONS: Mapping[str, str] = {
    "weapon": mark("Weapon"),
    "serial": mark("Serial number"),
    "used": mark("Used on"),
    "recovered": mark("Recovered on"),
    "place": mark("Place: a name, coordinates or MGRS"),
    "precision": mark("Precision of the position, metres"),
    "country": mark("Country"),
    "tlp": mark("TLP mark"),
    "note": mark("Note"),
    "authority": mark("Authority that seized it"),
    "seized": mark("Seized on"),
    "border_point": mark("Border point"),
    "movement": mark("What the goods were doing"),
    "from_country": mark("From which country"),
    "to_country": mark("To which country"),
    "consignor": mark("Consignor"),
    "consignee": mark("Consignee"),
    "goods": mark("Goods as declared"),
    "hs": mark("Customs code as declared"),
    "recovery": mark("Recovery"),
    "label": mark("What the unit is called"),
    "unit_type": mark("Type of unit"),
    "unit": mark("Unit (board)"),
    "marking": mark("Marking, // between its lines"),
    "marking_state": mark("What is left of the marking"),
    "description": mark("What it is, in words"),
    "pieces": mark("Pieces"),
    "authenticity": mark("Authenticity"),
    "counterfeit_kind": mark("In what way it is not genuine"),
    "ref": mark("What does it report (reference)"),
    "source": mark("Source (short key)"),
    "publisher": mark("Publisher of this new source"),
    "title": mark("Title of this new source"),
    "record": mark("The source's own key of the record"),
    "address": mark("Address"),
    "published": mark("Published on"),
    "quote": mark("What it says"),
    "credibility": mark("Credibility, 1 (confirmed) to 6 (cannot be judged)"),
    "basis": mark("On what basis"),
    "said_by": mark("Whose judgement"),
    "extent": mark("How much it stands for"),
    "kind": mark("How it came into examining hands"),
    "subject": mark("What was handed over (reference)"),
    "at": mark("When (2024-05-03 14:20)"),
    "giver": mark("Who handed it over"),
    "taker": mark("Who took it"),
    "reason": mark("Why"),
    "seal": mark("Number of the seal"),
    "state": mark("In which state is it"),
    "files": mark("Pictures (files, blanks between)"),
    "shows": mark("What do they show (reference)"),
    "faces": mark("Which sides (top, bottom, scale …)"),
    "taken": mark("When were they taken, if the camera does not know"),
}

_DATE = mark("a date: 2024, 2024-05, 2024-05-12 or 12.05.2024")
_THING = mark("the reference of a recovery, unit or component, such as R-7K3M9-Q2X4H")
HINTS: Mapping[str, str] = {
    "used": _DATE,
    "recovered": _DATE,
    "seized": _DATE,
    "published": _DATE,
    "place": mark("a name, degrees within the globe (49.99, 36.23), or an MGRS reference"),
    "precision": mark("a number of metres"),
    "pieces": mark("a number, 1 or more; ? where nobody counted"),
    "country": mark("a country's name or two letters"),
    "from_country": mark("a country's name or two letters"),
    "to_country": mark("a country's name or two letters"),
    "hs": mark("six digits or more"),
    "credibility": mark("a figure from 1 to 6"),
    "recovery": mark("the reference of a recovery, such as R-7K3M9-Q2X4H"),
    "ref": mark("the reference of a recovery, component, transfer or firm"),
    "subject": _THING,
    "shows": _THING,
    "at": mark("a date, or a date and time: 2024-05-03 14:20"),
    "files": mark("files that are there; quotation marks around names with blanks"),
    "faces": mark("words such as top, bottom, marking, scale, in_place"),
    "taken": _DATE,
}
"""What a cell takes, said where the program's own reason would be in another language."""

CHOICES: Mapping[str, str] = {
    "specimen": mark("one specimen"),
    "several": mark("several specimens together"),
    "unit": mark("a unit out of one"),
    "model": mark("only the model"),
    "unstated": mark("not stated"),
    "battlefield": mark("found on the battlefield"),
    "interception": mark("intercepted shipment"),
    "unidentified": mark("unidentified"),
    "export": mark("export"),
    "import": mark("import"),
    "transit": mark("transit"),
    "present": mark("present"),
    "illegible": mark("illegible"),
    "obliterated": mark("obliterated"),
    "none": mark("none"),
    "no_signs": mark("no signs of a counterfeit"),
    "suspect": mark("suspect"),
    "counterfeit": mark("confirmed counterfeit"),
    "denied_by_maker": mark("denied by the maker"),
    "recycled": mark("recycled"),
    "remarked": mark("remarked"),
    "overproduced": mark("overproduced"),
    "cloned": mark("cloned"),
    "defective": mark("defective"),
    "tampered": mark("tampered with"),
    "forged_documentation": mark("with forged documentation"),
    "tentative": mark("tentative"),
    "confirmed": mark("confirmed"),
}
"""How a choice is called where a form offers it; its own word is understood as well."""

INTRODUCTION = mark("Enter takes what stands in brackets; ? is unknown; Tab completes; Ctrl+C logs nothing.")
TITLES: Mapping[str, str] = {
    "recovery": mark("A new recovery"),
    "seizure": mark("A new seizure"),
    "unit": mark("A unit of a recovery"),
    "component": mark("A new component"),
    "citation": mark("A citation"),
    "custody": mark("Something was handed over"),
    "photo": mark("New pictures"),
}
UNKNOWN = mark("unknown")
CHOOSE = mark("number or word")
NOT_UNDERSTOOD = mark("Not understood: {reason}")
SAY_YES_OR_NO = mark("Please answer {yes} or {no}.")
SUMMARY = mark("To be logged:")
SAVE = mark("Log it")
NOT_LOGGED = mark("Nothing was logged.")
FUTURE = mark("{name} {date} lies in the future. Is that right")
NEW_NAME = mark("Nothing is called {text}. Make a new, unverified one")
NEAR = mark("Near: {names}")
CANDIDATES = mark("The marking may be, by the program's reading, a candidate and never a finding:")
NO_CANDIDATES = mark("The program knows nothing of this marking.")
WHICH = mark("Which one? Its number; Enter leaves it open")
HOW_SURE = mark("How firmly is it held")
NEEDED = mark("This is needed.")
ONE_OF = mark("one of {choices}")
