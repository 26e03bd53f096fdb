"""The questions of the forms, field by field, in English; `provenance/locale` has them in Ukrainian."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.cli.forms.language import mark
from provenance.fields.entries import CELLS

ASKED: Mapping[str, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields if field.asked) for kind, fields in CELLS.items()
}
"""The fields that a form asks for, in order; the others can be given as options only."""

QUESTIONS: Mapping[str, str] = {
    **{field.name: field.question for fields in CELLS.values() for field in fields if field.question},
    "subject": mark("Item handed over (reference)"),
    "at": mark("When (2024-05-03 14:20)"),
    "from_holder": mark("Handed over by"),
    "to_holder": mark("Received by"),
    "reason": mark("Reason"),
    "seal": mark("Seal number"),
    "state": mark("Condition"),
    "files": mark("Photos (files, separated by spaces)"),
    "shows": mark("What they show (reference)"),
    "views": mark("Views (top, bottom, scale …)"),
    "taken": mark("Date taken, if the camera does not know it"),
    "position": mark("Position beside the name of the place"),
    "captured": mark("Captured on"),
    "produced": mark("Produced on"),
    "examined": mark("Examined on"),
    "tail": mark("Tail or side number"),
    "chassis": mark("Chassis number"),
    "sample": mark("Sample number"),
    "variant": mark("Variant or modification"),
    "laboratory": mark("Laboratory"),
    "date_code": mark("Date code"),
    "lot": mark("Lot code"),
    "made": mark("Made on"),
    "category": mark("Kind of component"),
    "condition": mark("Its condition"),
    "why": mark("Reason for the correction"),
}

_DATE = mark("a date: 2024, 2024-05, 2024-05-12 or 12.05.2024")
_COUNTRY = mark("a country's name or two letters")
_ITEM = mark("the reference of a recovery, unit or component, such as R-7K3M9-Q2X4H")
HINTS: Mapping[str, str] = {
    "used": _DATE,
    "recovered": _DATE,
    "seized": _DATE,
    "published": _DATE,
    "place": mark("a name, degrees within the globe (49.99, 36.23), or an MGRS reference"),
    "precision": mark("a number of metres"),
    "pieces": mark("a whole number from 1, or ? if not counted"),
    "country": _COUNTRY,
    "from_country": _COUNTRY,
    "to_country": _COUNTRY,
    "hs": mark("six digits or more"),
    "credibility": mark("a digit from 1 to 6"),
    "recovery": mark("the reference of a recovery, such as R-7K3M9-Q2X4H"),
    "ref": mark("the reference of a recovery, component, transfer or firm"),
    "subject": _ITEM,
    "shows": _ITEM,
    "at": mark("a date, or a date and time: 2024-05-03 14:20"),
    "files": mark("existing files; put names with spaces in quotation marks"),
    "views": mark("words such as top, bottom, marking, scale, in_place"),
    "taken": _DATE,
}
"""What a field accepts, shown where the program's own reason would be in another language."""

CHOICES: Mapping[str, str] = {
    "specimen": mark("one specimen"),
    "several": mark("several specimens pooled"),
    "unit": mark("a unit taken from one"),
    "model": mark("model only"),
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
    "no_signs": mark("no signs of counterfeiting"),
    "suspect": mark("suspected counterfeit"),
    "counterfeit": mark("confirmed counterfeit"),
    "denied_by_maker": mark("denied by the maker"),
    "recycled": mark("recycled"),
    "remarked": mark("remarked"),
    "overproduced": mark("overproduced"),
    "cloned": mark("cloned"),
    "defective": mark("defective"),
    "tampered": mark("tampered with"),
    "forged_documentation": mark("forged documentation"),
    "tentative": mark("tentative"),
    "confirmed": mark("confirmed"),
    "customs_declaration": mark("customs declaration"),
    "invoice": mark("invoice"),
    "bill_of_lading": mark("bill of lading"),
    "packing_list": mark("packing list"),
    "contract": mark("contract"),
    "bank_statement": mark("bank statement"),
    "indictment": mark("indictment"),
    "court_filing": mark("court filing"),
    "trace_answer": mark("answer to a trace request"),
    "correspondence": mark("correspondence"),
    "trade_records": mark("trade records"),
    "other": mark("other"),
    "item_document": mark("document about the item"),
    "trade_record_same_part": mark("trade record of the same part"),
    "bank_record": mark("bank record"),
    "allegation": mark("allegation"),
    "named_by_publisher": mark("named by the publisher"),
    "trade_record_same_hs": mark("trade record of the same customs code"),
    "same": mark("the same"),
    "never": mark("two different ones"),
    "later": mark("decide later"),
}
"""The name of a choice in a form; its own word is understood as well."""

EVENTS: Mapping[str, str] = {
    "used": mark("used"),
    "captured": mark("captured"),
    "recovered": mark("recovered"),
    "produced": mark("produced"),
    "examined": mark("examined"),
}
"""The kinds of a recovery's dates, as a question about their order names them."""

INTRODUCTION = mark(
    "Enter accepts the value in brackets; ? means unknown; < goes back one question; Tab completes;"
    " Ctrl+C cancels."
)
TITLES: Mapping[str, str] = {
    "recovery": mark("A new recovery"),
    "seizure": mark("A new seizure"),
    "unit": mark("A unit of a recovery"),
    "component": mark("A new component"),
    "citation": mark("A citation"),
    "custody": mark("A handover"),
    "photo": mark("New photos"),
    "transfer": mark("A transfer of goods"),
    "amendment": mark("What is on record, to be corrected; ? empties a field"),
}
SENDER = mark("Sender (name, or name|role|country; several separated by ;)")
RECIPIENT = mark("Recipient (in the same form)")
ITEM = mark("The item itself (reference), if it is one of yours")
PART = mark("Part number")
LOT = mark("Lot code")
GOODS = mark("The goods in the words of the source")
QUANTITY = mark("Quantity")
QUANTITY_UNIT = mark("Unit of the quantity (pcs, kg)")
TRANSFERRED = mark("Date of the transfer")
DOCUMENT = mark("Number of the document")
DOCUMENT_KIND = mark("Kind of document")
EVIDENCE_CLASS = mark("What it rests on")
SOURCE_KEY = mark("Source (its key; a new one is created)")
UNKNOWN = mark("unknown")
CHOOSE = mark("number or word")
NOT_UNDERSTOOD = mark("Not understood: {reason}")
YES_OR_NO = mark("Please answer {yes} or {no}.")
SUMMARY = mark("To be logged:")
SAVE = mark("Log it")
MAY_BE = mark("It may be the same as {name}. Is it")
NOT_LOGGED = mark("Nothing was logged.")
CHANGE = mark("a number changes an answer")
NOTHING_BEFORE = mark("This is the first question.")
RESUME = mark("Nothing is lost. To go on with these answers: {command}")
UNFINISHED = mark("You began this on {date} and did not finish it. Your answers:")
GO_ON = mark("Go on with them")
NO_CHANGE = mark("Nothing changes: the record says all of this already.")
AMENDED = mark("{before} → {after}")
EMPTY = mark("(empty)")
AMEND = mark("Amend it")
RECOVERY_NAME = mark("Its name")
FUTURE = mark("{name}: {date} is in the future. Is that correct")
ODD = mark("{what}. Is that correct")
NO_RECORD = mark("No record is called {text}. Did you mean:")
NEW_RECORD = mark("none of them: create a new, unverified record {text}")
WHICH_RECORD = mark("Which one? Its number, or Enter to type the name again")
CANDIDATES = mark("Candidates for the marking, as the program reads it; not findings:")
NO_CANDIDATES = mark("The program does not recognise this marking.")
WHICH = mark("Which one? Its number, or Enter for none")
CERTAINTY = mark("How certain is it")
REQUIRED = mark("An answer is required.")
ONE_OF = mark("one of {choices}")
