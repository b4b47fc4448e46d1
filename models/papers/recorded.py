"""A paper that the office recorded as a report stands in its list of papers by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from models.papers.known import PaperList
from workflow.accounts.records import Actor, Role
from workflow.directives.needs import Given
from workflow.directives.records import Directive
from workflow.papers.records import Direction, ListedPaper


def list_recorded(
    connection: Connection, directive: Directive, given: Given, actor: Actor, at: datetime
) -> None:
    """Keep the paper of a recorded report in the list, once however many directives it serves.

    The list is the office's: what an agency records of a unit under it does not stand there.
    """
    dated, number = given.day("report_date"), given.text("report_number")
    if actor.role is not Role.OFFICE or dated is None or not number:
        return
    paper = ListedPaper(
        direction=Direction.INCOMING,
        number=number,
        dated=dated,
        counterpart=directive.lead_name,
        signer=given.text("signer"),
        received_on=given.day("received_on"),
        arrival_number=given.text("arrival_number"),
        agency_id=directive.lead_agency_id,
    )
    papers, files = PaperList(connection), given.files()
    known = papers.like_recorded(paper)
    if known is None:
        papers.add_papers([paper], actor, at)
        known = papers.like_recorded(paper)
    if known is not None and paper.arrival_number and not known.listed.arrival_number:
        listed = replace(known.listed, arrival_number=paper.arrival_number)
        papers.set_paper(replace(known, listed=listed))
    if known is not None and known.file is None and files:
        papers.set_file(known.id, files[0])
