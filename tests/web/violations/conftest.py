"""Violations of several agencies, as pages of them need."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from violating import add_dossiers, kept, recorded
from world import staged

from workflow.accounts.usecases import system_actor
from workflow.violations.scopes import DossierScope
from workflow.violations.usecases import detect, detect_late_directives

LATE = {"received_on": date(2021, 8, 2), "promised_on": date(2021, 8, 16)}


@pytest.fixture
def life(world):
    """Late dossiers of two agencies and a unit below, an inspection, a directive overdue."""
    return staged(world, "violations", _happen)


def _happen(world):
    world.clock.at = datetime(2021, 8, 23, 2, tzinfo=UTC)
    number = world.issue(world.clause(deadline="30/8/2021"))[0].number
    world.clock.at = datetime(2021, 9, 6, 2, tzinfo=UTC)
    ids = add_dossiers(
        world,
        *(
            LATE
            | {
                "due_on": date(2021, 8, 16 + n),
                "agency_id": world.agencies[code].id,
                "field_text": field,
            }
            for n, (code, field) in enumerate(
                [
                    ("H32.03", "Đất đai"),
                    ("H32.03", "Môi trường"),
                    ("H32.10", "Đất đai"),
                    ("H32.10.1", "Đất đai"),
                ]
            )
        ),
        LATE | {"due_on": date(2021, 8, 20), "agency_id": None, "agency_text": "Phòng lạ"},
    )
    with world.unit() as unit:
        actor = system_actor(unit.accounts, at=world.clock())
        scope = DossierScope(dossier_ids=tuple(ids), source="import 1")
        detect(unit.violations, actor, scope, day=date(2021, 9, 6), at=world.clock())
        detect_late_directives(unit.violations, actor, day=date(2021, 9, 6), at=world.clock())
    world.number = number
    world.by_hand = recorded(world, "office2", words="Đòi thêm giấy tờ", officer="Lê Văn Đo")
    world.violations = {(row.type, row.agency_id, row.field_text): row for row in kept(world)}


@pytest.fixture
def overdue(life):
    """The overdue dossier of the land department, about land."""
    return life.violations["V16", life.agencies["H32.03"].id, "Đất đai"]
