"""Every address of the application, each leading to something that is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import casework
import colleaguing
import paperwork
import periodwork
import ruling
import upkeep
import violating
from desking import act as act_on_case
from desking import add_case, letter, papers_of
from flask import Flask
from sqlalchemy import select
from world import World

from models.messages.rows import InboxRow, MessageRow
from models.review.rows import ReviewFileRow
from web.documents.previewing import mark_of
from workflow.directives.records import Action
from workflow.documents.records import Problem
from workflow.documents.usecases import issue_document, save_draft
from workflow.messages.records import Notice
from workflow.review.records import ReviewAction

NOBODY = "Sở Không Tên"


def _with_what_stands_beside(world: World, number: str) -> None:
    """Route it, ask for input, propose, pause it and let it go on."""
    world.act("clerk", number, Action.ACCEPT)
    beside = (world.agencies["H32.04"].id,)
    world.act(
        "clerk", number, Action.REQUEST_INPUT,
        agencies=beside, what="Số liệu", needed_on=world.office.today(),
    )  # fmt: skip
    world.act("officer", number, Action.UPDATE, done="x", proposal="Thêm người")
    world.act("clerk", number, Action.ROUTE, person=world.accounts["officer"], note="x")
    world.act("officer", number, Action.HAND_BACK, note="x")
    world.act("officer", number, Action.PREPARE, result="x", files=(world.file("trình", "t.pdf"),))
    world.act("office", number, Action.SUSPEND, paper="9/UBND")
    world.act("office", number, Action.RESUME, paper="10/UBND")


def furnish(world: World) -> None:
    """Put something behind every address: of one agency, of another, and of a part below."""
    upkeep.furnish(world)
    made: dict[str, Any] = {}
    own, beside = _issued_with_its_file(world)
    made["own"], made["beside"] = own.number, beside.number
    _with_what_stands_beside(world, own.number)
    world.report(own.number, files=(world.file("của mình", "own.pdf"),))
    [foreign] = world.issue(
        world.clause(lead="H32.11", coordinating=(), expected_output="Báo cáo"),
        reference="2848/UBND-KSTTHC",
    )  # fmt: skip
    made["foreign"] = foreign.number
    world.report(foreign.number, "foreign", files=(world.file("của họ", "foreign.pdf"),))
    [district] = world.issue(
        world.clause(lead="H32.10", coordinating=()), reference="2849/UBND-KSTTHC"
    )
    made["district"] = district.number
    world.act("district", district.number, Action.ACCEPT)
    world.act(
        "district",
        district.number,
        Action.UPDATE,
        done="x",
        files=(world.file("của huyện", "h.pdf"),),
    )
    world.act(
        "district", district.number, Action.HAND_DOWN,
        agency=world.agencies["H32.10.1"].id, content="x", due_on=date(2021, 9, 10),
    )  # fmt: skip
    made["part"] = world.directive(district.number).parts[0].number
    made["draft"] = draft = draft_that_waits(world)
    with world.office.reading() as unit:
        found = unit.documents.document(draft)
    assert found is not None
    made["row"] = found.clauses[0].id
    made |= told_to_the_clerk(world)
    made |= casework.furnish(world)
    made |= colleaguing.furnish(world)
    made |= paperwork.furnish(world, own.number, beside.number)
    made |= periodwork.furnish(world)
    made["case"] = case_with_its_file(world)
    made["case file"] = file_of_case(world, made["case"])
    made |= violating.furnish(world)
    made |= ruling.furnish(world)
    world.made = made  # type: ignore[attr-defined]


def told_to_the_clerk(world: World) -> dict[str, int]:
    """Put a notice into the clerk's inbox, and let a job of theirs run and another be dead."""
    from web.jobs.running import run_due

    clerk = world.accounts["clerk"]
    with world.unit() as unit:
        unit.messages.post(
            Notice(
                key="n1", kind="job.dead", subject="", subject_key="", to_account=clerk,
                params={"name": "x"}, at=world.clock(),
            )
        )  # fmt: skip
    with world.app.app_context():
        run_due(world.office)
    with world.unit() as unit:
        unit.jobs.add("x", "dead", account_id=clerk)
        dead = unit.jobs.claim(world.clock(), timedelta(minutes=1))
        unit.jobs.fail(dead, world.clock(), "unknown_job", None)
        unit.jobs.add("x", "running", account_id=clerk)
        running = unit.jobs.claim(world.clock(), timedelta(days=1))
        unit.runs.note("night", world.office.today(), world.clock(), world.clock(), {"steps": 7})
    with world.office.reading() as unit:
        notice = unit.connection.scalars(
            select(InboxRow.id)
            .join(MessageRow, MessageRow.id == InboxRow.message_id)
            .where(InboxRow.account_id == clerk, MessageRow.key == "n1")
        ).one()
    return {"notice": notice, "dead job": dead.id, "job": running.id}


def _issued_with_its_file(world: World) -> Any:
    clauses = (
        world.clause(expected_output="Báo cáo"),
        world.clause(2, lead="H32.04", coordinating=()),
    )
    with world.unit() as unit:
        ground, office = world.office.ground(unit), world.actor("office")
        key = save_draft(
            unit.documents, office, world.head(reference="2847/UBND-KSTTHC"), clauses,
            ground=ground, file=world.file("văn bản", "van-ban.pdf"),
        )  # fmt: skip
        return issue_document(unit.documents, office, key, ground=ground)


def draft_that_waits(world: World) -> int:
    """A draft with its file, whose first row waits for somebody to say who is meant."""
    waits = replace(
        world.clause(), parties=(), lead_words=NOBODY,
        problems=(Problem(field="lead", text=NOBODY, reason="unknown_agency"),),
    )  # fmt: skip
    with world.unit() as unit:
        return save_draft(
            unit.documents, world.actor("office"), world.head(), (waits, world.clause(2)),
            ground=world.office.ground(unit), file=world.file("văn bản", "van-ban.pdf"),
        )  # fmt: skip


def case_with_its_file(world: World) -> str:
    """A case of repeated violations that the agency has answered, with a file."""
    number = add_case(world, agency="H32.03", holder="inspector")
    act_on_case(world, "inspector", number, ReviewAction.ACKNOWLEDGE)
    act_on_case(world, "inspector", number, ReviewAction.REQUEST_EXPLANATION, **letter(world))
    files = (world.file("giải trình", "giai-trinh.pdf"),)
    act_on_case(world, "head", number, ReviewAction.EXPLAIN, text="Thiếu người", files=files)
    return number


def file_of_case(world: World, number: str) -> int:
    paper = papers_of(world, number)[-1].id
    with world.office.reading() as unit:
        found = unit.connection.execute(
            select(ReviewFileRow.id).where(ReviewFileRow.paper_id == paper)
        )
        return int(found.scalar_one())


def evidence_of(world: World, number: str) -> int:
    return world.directive(number).evidence[0].id


def key_of(number: str) -> str:
    """Return the document's key of a directive's number."""
    return "-".join(number.split("-")[:2])


def addresses(world: World) -> dict[str, tuple[str, str]]:
    """Return every place by name: the rule it stands for, and its address."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    found = {
        "home": ("/", "/"),
        "search": ("/search", "/search?q=dat"),
        "components": ("/components/", "/components/"),
        "components, a form": ("/components/reading", "/components/reading"),
        "static": ("/static/<path:filename>", "/static/css/tokens.css"),
        "directives": ("/directives/", "/directives/"),
        "directives as xlsx": (EXPORT_DIRECTIVES, "/directives/export.xlsx"),
        "directives as csv": (EXPORT_DIRECTIVES, "/directives/export.csv"),
        "documents": ("/documents/", "/documents/"),
        "documents as xlsx": (EXPORT_DOCUMENTS, "/documents/export.xlsx"),
        "a deadline read": ("/documents/deadline", "/documents/deadline?text=30/9&year=2021"),
        "a number looked up": (
            "/documents/number",
            "/documents/number?reference=1/UBND-VP&issued_on=20/8/2021&issuer=x",
        ),
        "new document": ("/documents/new", "/documents/new"),
        "import": ("/documents/import", "/documents/import"),
        "Friday report": ("/summaries/", "/summaries/?from=2021-08-01&to=2021-08-31"),
        "Friday report's rows": ("/summaries/rows", "/summaries/rows?figures=new"),
        "late inputs": ("/summaries/inputs", "/summaries/inputs"),
        "moves of a period": ("/summaries/moves", "/summaries/moves?kind=asked"),
        "progress to a day": ("/summaries/timeline", "/summaries/timeline?until=2021-09-30"),
        "Friday report's meeting": ("/summaries/meeting", "/summaries/meeting"),
        "inbox": ("/inbox/", "/inbox/?show=all"),
        "letters": ("/account/letters", "/account/letters"),
        "status": ("/status", "/status"),
        "runs": ("/status/<kind>", "/status/night"),
        "job": (JOB, f"/jobs/{made['job']}"),
        "job's progress": (f"{JOB}/progress", f"/jobs/{made['job']}/progress"),
    }
    for kind in ("docx", "pdf", "xlsx", "zip"):
        found[f"Friday report as {kind}"] = (EXPORT_FRIDAY, f"/summaries/export.{kind}")
    for name in ("own", "beside", "foreign", "district", "part"):
        found[f"directive, {name}"] = ("/directives/<number>", f"/directives/{made[name]}")
        found[f"document, {name}"] = ("/documents/<key>", f"/documents/{key_of(made[name])}")
    found["a due date read"] = (
        "/directives/<number>/<action>/day",
        f"/directives/{made['own']}/direct/day?due_on=30/9/2021",
    )
    found["prepared file"] = (
        "/directives/<number>/prepared/<int(max=2147483647):prepared_id>/<sha256>",
        prepared_file_of(world, made["own"]),
    )
    found["document's file"] = ("/documents/<key>/file", f"/documents/{key_of(made['own'])}/file")
    for name in ("own", "foreign", "district"):
        found[f"evidence, {name}"] = (
            "/evidence/<int(max=2147483647):evidence_id>",
            f"/evidence/{evidence_of(world, made[name])}",
        )
    found["document's history"] = (
        "/documents/<key>/history",
        f"/documents/{key_of(made['own'])}/history",
    )
    draft = f"/documents/drafts/{made['draft']}"
    for ending in ("", "/discard", "/edit", "/file", "/history", "/issue"):
        found[f"draft{ending}"] = (f"/documents/drafts/<int:document_id>{ending}", draft + ending)
    mark = mark_of(Problem(field="lead", text=NOBODY, reason="unknown_agency"))
    for ending, query in (("", ""), ("/choose", f"?problem={mark}"), ("/deadline", "")):
        rule = f"/documents/drafts/<int:document_id>/rows/<int:row>{ending}"
        found[f"draft's row{ending}"] = (rule, f"{draft}/rows/{made['row']}{ending}{query}")
    found |= casework.places(world)
    found |= colleaguing.places(world)
    found |= paperwork.places(world)
    found |= periodwork.places(world)
    found |= ruling.places(world)
    found["desk"] = ("/review/", "/review/")
    found["desk at home"] = ("/review/at-home", "/review/at-home")
    desk_as_file = "/review/export.<any(xlsx, csv):kind>"
    for kind in ("xlsx", "csv"):
        found[f"desk as {kind}"] = (desk_as_file, f"/review/export.{kind}")
    found["cases together"] = (
        "/review/together",
        f"/review/together?action=acknowledge&id={made['case']}",
    )
    found["order of inspectors"] = ("/review/order", "/review/order")
    found["case"] = ("/review/<number>", f"/review/{made['case']}")
    found["case's file"] = (
        "/review/files/<int(max=2147483647):file_id>",
        f"/review/files/{made['case file']}",
    )
    found |= violating.places(world)
    for rule in upkeep.rules(world.app, "GET"):
        found[rule] = (rule, upkeep.address(world, rule))
    return found


def prepared_file_of(world: World, number: str) -> str:
    """Where the file that an officer of the lead prepared is handed out."""
    with world.office.reading() as unit:
        [prepared] = unit.directives.directive(number).prepared
    return f"/directives/{number}/prepared/{prepared.id}/{prepared.files[0].sha256}"


JOB, ITEM = "/jobs/<int(max=2147483647):job_id>", "/inbox/<int(max=2147483647):item_id>"
EXPORT_DIRECTIVES = "/directives/export.<any(xlsx, csv):kind>"
EXPORT_FRIDAY = "/summaries/export.<any(docx, pdf, xlsx, zip):kind>"
EXPORT_DOCUMENTS = "/documents/export.<any(xlsx, csv):kind>"


def rules_of(app: Flask, method: str) -> set[str]:
    return {str(rule) for rule in app.url_map.iter_rules() if method in (rule.methods or ())}
