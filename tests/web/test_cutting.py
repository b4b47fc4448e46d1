"""A sheet cut to the classes that are borne meets what it met, and nothing else is lost."""

import pytest

from web.cutting import cut

BORNE = ("btn", "row")
CASES = {
    "an element": ("a{color:red}", "a{color:red}"),
    "a class that is borne": (".btn{color:red}", ".btn{color:red}"),
    "one that is not": (".modal{color:red}", ""),
    "one beside one that is borne": (".btn.modal{color:red}", ""),
    "one below one that is borne": (".row > .modal a{color:red}", ""),
    "two selectors": (".modal,.btn:hover{color:red}", ".btn:hover{color:red}"),
    "a comma in brackets": (":is(.modal,.btn){color:red}", ":is(.modal,.btn){color:red}"),
    "a class that must not be": (".btn:not(.modal){color:red}", ".btn:not(.modal){color:red}"),
    "a dot that is no class": ('[href$=".modal"]{margin:.5em}', '[href$=".modal"]{margin:.5em}'),
    "rules of a width": (
        "@media (width>9px){.modal{a:b}.btn{c:d}}", "@media (width>9px){.btn{c:d}}"
    ),
    "a width with no rule left": ("@media (width>9px){.modal{a:b}}", ""),
    "a rule in two nests": (
        "@supports (a:b){@media print{.row{c:d}.x{e:f}}}",
        "@supports (a:b){@media print{.row{c:d}}}",
    ),
    "frames": ("@keyframes x{from{a:b}50.5%{a:c}}", "@keyframes x{from{a:b}50.5%{a:c}}"),
    "a face": ("@font-face{font-family:x}", "@font-face{font-family:x}"),
    "a set of letters": ('@charset "UTF-8";a{b:c}', '@charset "UTF-8";a{b:c}'),
    "a comment": ("/*! licence */a{b:c}", "a{b:c}"),
    "an address": ('.btn{a:url("data:x,.y{}")}', '.btn{a:url("data:x,.y{}")}'),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "kept"), CASES.values(), ids=CASES)
def test_what_cannot_be_met_goes_and_all_else_stays(sheet, kept):
    assert cut(sheet, BORNE)[0] == kept


def test_the_classes_left_out_are_told_in_order_each_once():
    sheet = ".z .a,.btn{b:c}@media print{.row.k{b:c}.a{b:c}}"
    assert cut(sheet, BORNE)[1] == ("a", "k", "z")


def test_a_cut_sheet_is_cut_no_further():
    sheet = ".z .a,.btn{b:c}@media print{.row.k{b:c}.row{b:c}}a{d:e}"
    kept, _ = cut(sheet, BORNE)
    assert cut(kept, BORNE) == (kept, ())


def test_a_sheet_that_is_none_is_refused():
    with pytest.raises(ValueError, match="line 1"):
        cut("a{b:c}}", BORNE)
