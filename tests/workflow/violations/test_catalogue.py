"""The catalogue V01–V23 as data, and the legal basis of a day."""

from datetime import date

import pytest

from workflow.violations.bases import EnteredBasis, LegalBasis, Sureness, basis_on
from workflow.violations.catalogue import BY_CODE, CATALOGUE, Detection

DECREE = "Nghị định 61/2018/NĐ-CP, Điều 5 khoản 1"
NAMES = """
V01 harassment none
V02 channel_obstruction none
V03 data_tampering none
V04 disclosure none
V05 refusal_or_prolonging none
V06 bypass_one_stop none
V07 buck_passing none
V08 misconduct none
V09 other_breach none
V10 wrong_jurisdiction_receipt dossier
V11 incomplete_guidance dossier
V12 no_receipt_slip dossier
V13 wrongful_refusal_to_receive none
V14 refusal_without_reason dossier
V15 lost_dossier none
V16 overdue_result dossier
V17 no_apology dossier
V18 multiple_reappointment dossier
V19 late_online_receipt dossier
V20 not_synced dossier
V21 late_transfer dossier
V22 late_directive directive
V23 late_input directive
"""
LAW = {f"V0{n}" for n in range(1, 8)}


def test_it_holds_the_types_of_the_field_by_their_names_and_how_they_are_found():
    told = [f"{one.code} {one.name} {one.detection.value}" for one in CATALOGUE]
    assert told == NAMES.split("\n")[1:-1]


@pytest.mark.parametrize("code", sorted(BY_CODE))
@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2018, 6, 20), False),
        (date(2018, 6, 21), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_only_what_was_found_is_law_and_only_in_its_days(code, day, in_force):
    expected = DECREE if in_force and code in LAW else None
    assert basis_on(BY_CODE[code].bases, (), day) == expected


def test_a_remembered_or_a_foreign_rule_is_kept_and_never_shown_as_law():
    assert BY_CODE["V08"].bases[0].sureness is Sureness.UNCONFIRMED
    assert BY_CODE["V16"].bases[0].sureness is Sureness.ELSEWHERE
    assert all(basis_on(BY_CODE[c].bases, (), date(2021, 9, 1)) is None for c in ("V08", "V16"))


def entered(text, first, last=None, code="V16"):
    return EnteredBasis(id=1, type=code, text=text, valid_from=first, valid_to=last)


@pytest.mark.parametrize(
    ("day", "basis"),
    [
        (date(2021, 1, 31), DECREE),
        (date(2021, 2, 1), "Quyết định 12/2021/QĐ-UBND"),
        (date(2021, 2, 28), "Quyết định 12/2021/QĐ-UBND"),
        (date(2021, 3, 1), None),
        (date(2030, 1, 1), None),
    ],
)
def test_a_row_that_was_entered_speaks_for_its_days_above_what_was_shipped(day, basis):
    rows = [
        entered("Quyết định 12/2021/QĐ-UBND", date(2021, 2, 1), date(2021, 2, 28), "V01"),
        entered("", date(2021, 3, 1), None, "V01"),
    ]
    assert basis_on(BY_CODE["V01"].bases, rows, day) == basis


def test_of_two_rows_for_a_day_the_later_one_speaks():
    rows = [entered("cũ", date(2021, 1, 1)), entered("mới", date(2021, 5, 1))]
    assert basis_on((), rows, date(2021, 6, 1)) == "mới"
    assert basis_on((), rows, date(2021, 4, 1)) == "cũ"


def test_a_basis_without_ends_is_always_in_force():
    assert LegalBasis(text="Luật").in_force_on(date(1990, 1, 1))


def test_severities_are_defaults_for_every_type():
    assert {one.severity for one in CATALOGUE} == {"minor", "serious", "grave"}
    assert BY_CODE["V22"].detection is Detection.DIRECTIVE
