"""The names of months in English, Ukrainian and Russian, in the forms that stand in dates."""

from __future__ import annotations

_FORMS = (
    "jan january січ січень січня січні янв январь января январе",
    "feb february лют лютий лютого лютому фев февр февраль февраля феврале",
    "mar march бер берез березень березня березні мар март марта марте",
    "apr april квіт квітень квітня квітні апр апрель апреля апреле",
    "may трав травень травня травні май мая мае",
    "jun june черв червень червня червні июн июнь июня июне",
    "jul july лип липень липня липні июл июль июля июле",
    "aug august серп серпень серпня серпні авг август августа августе",
    "sep sept september вер верес вересень вересня вересні сен сент сентябрь сентября сентябре",
    "oct october жовт жовтень жовтня жовтні окт октябрь октября октябре",
    "nov november лист листопад листопада листопаді ноя нояб ноябрь ноября ноябре",
    "dec december груд грудень грудня грудні дек декабрь декабря декабре",
)

MONTHS = {form: number for number, forms in enumerate(_FORMS, start=1) for form in forms.split()}
"""The number of a month, 1 to 12, by its name in small letters without a full stop."""
