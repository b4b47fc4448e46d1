"""A signer's title is remembered for the body they sign for, as of the document's day."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.documents.usecases import issue_document, open_draft, save_draft

DEPUTY, CHAIR = "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH", "CHỦ TỊCH"


def drafted(world, **more):
    """Keep a draft and return its id."""
    document_id = more.pop("document_id", None)
    with world.unit() as unit:
        return save_draft(
            unit.documents, world.actor("office"), world.head(**more), (world.clause(),),
            ground=world.office.ground(unit), document_id=document_id,
        )  # fmt: skip


def issued(world, reference, **more):
    key = drafted(world, reference=reference, **more)
    with world.unit() as unit:
        issue_document(unit.documents, world.actor("office"), key,
                       ground=world.office.ground(unit))  # fmt: skip


def title_of(world, key):
    with world.office.reading() as unit:
        return open_draft(unit.documents, key).head.signer_title


@pytest.fixture
def signed(world):
    """Nguyễn Hữu Thành signed as deputy in June, as chairman in August."""
    signer = {"signer": "Nguyễn Hữu Thành", "issuer": "UBND tỉnh Khánh Hòa"}
    issued(world, "1/UBND", issued_on=date(2021, 6, 1), signer_title=DEPUTY, **signer)
    issued(world, "2/UBND", issued_on=date(2021, 8, 1), signer_title=CHAIR, **signer)
    return signer


@pytest.mark.parametrize(
    ("day", "title"),
    [(date(2021, 8, 20), CHAIR), (date(2021, 7, 1), DEPUTY), (date(2021, 5, 1), "")],
)
def test_it_is_the_last_one_by_the_document_s_day(world, signed, day, title):
    assert title_of(world, drafted(world, reference="9/UBND", issued_on=day, signer_title="",
                                   **signed)) == title  # fmt: skip


@pytest.mark.parametrize("other", [{"signer": "Người khác"}, {"issuer": "Văn phòng UBND tỉnh"}])
def test_another_person_or_body_has_none(world, signed, other):
    key = drafted(world, reference="9/UBND", signer_title="", **(signed | other))
    assert title_of(world, key) == ""


def test_what_is_said_stands_and_what_is_emptied_stays_empty(world, signed):
    key = drafted(world, reference="9/UBND", signer_title="TUQ. CHỦ TỊCH", **signed)
    assert title_of(world, key) == "TUQ. CHỦ TỊCH"
    drafted(world, document_id=key, reference="9/UBND", signer_title="", **signed)
    assert title_of(world, key) == ""


def test_a_draft_is_no_precedent(world):
    signer = {"signer": "Nguyễn Hữu Thành", "issuer": "UBND tỉnh Khánh Hòa"}
    drafted(world, reference="8/UBND", signer_title=CHAIR, **signer)
    assert title_of(world, drafted(world, reference="9/UBND", signer_title="", **signer)) == ""
