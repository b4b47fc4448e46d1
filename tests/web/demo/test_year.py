"""The demo's year at the one-stop shop tells the seed's story, on both databases."""

from __future__ import annotations

from sqlalchemy import func, select

from models.agencies.rows import AgencyRow
from models.causes.rows import DossierCauseRow
from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRow
from models.review.rows import EscalationDirectiveRow
from models.violations.rows import ViolationRow
from web.demo.dossiers import CAM_LAM, NHA_TRANG
from web.demo.year import tell_year
from workflow.review.records import EscalationState
from workflow.violations.records import ViolationState


def cases_of(connection, agency_name):
    return connection.execute(
        select(EscalationRow.__table__)
        .join(AgencyRow, AgencyRow.id == EscalationRow.agency_id)
        .where(AgencyRow.name == agency_name)
        .order_by(EscalationRow.opened_on)
    ).all()


def test_the_year_tells_of_one_that_keeps_running_late_and_one_that_only_seemed_to(demo, clock):
    tell_year(demo, clock)
    with demo.reading() as unit:
        connection = unit.connection
        dossiers = connection.scalar(select(func.count()).select_from(DossierRow))
        late = cases_of(connection, CAM_LAM)
        seemed = cases_of(connection, NHA_TRANG)
        mended = connection.scalar(
            select(func.count())
            .select_from(ViolationRow)
            .join(AgencyRow, AgencyRow.id == ViolationRow.agency_id)
            .where(AgencyRow.name == NHA_TRANG, ViolationRow.state == ViolationState.OVERTURNED)
        )
        unsorry = connection.scalar(
            select(func.count())
            .select_from(ViolationRow)
            .join(AgencyRow, AgencyRow.id == ViolationRow.agency_id)
            .where(
                AgencyRow.name == CAM_LAM,
                ViolationRow.type == "V17",
                ViolationRow.state != ViolationState.OVERTURNED,
            )
        )
        issued = set(connection.scalars(select(EscalationDirectiveRow.escalation_id)))
        report = unit.history.verify()
        causes = connection.execute(
            select(DossierCauseRow.code, func.count())
            .where(DossierCauseRow.is_primary)
            .group_by(DossierCauseRow.code)
        ).all()
    assert dossiers > 2_500
    assert (late[0].level, late[0].closed_on) == (3, None)
    assert late[0].id in issued
    assert {case.state for case in seemed[-2:]} == {EscalationState.RETRACTED.value}
    assert mended >= 10
    assert unsorry >= 20
    assert len(causes) >= 3
    assert 50 < sum(count for _, count in causes) < dossiers
    assert report.ok
