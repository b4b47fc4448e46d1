"""Every code has its words: labels for enums, sentences for refusals, in both directions."""

import ast
import enum
import importlib
import inspect
import pkgutil
import re
from functools import cache
from pathlib import Path

import pytest

import workflow
from web import labels
from web.accounts import words as people_words
from web.documents import words as import_words
from web.dossiers import import_words as import_states
from web.dossiers import words as dossier_words
from web.escalation import words as rule_words
from web.papers import words as paper_words
from web.periods import words as period_words
from web.refusals import FIELD_ERRORS, SENTENCES, sentence
from web.review import words as desk_words
from web.summaries import words as summary_words
from web.uploads.refusals import FILE_SENTENCES
from web.views import words as view_words
from web.violations import words as violation_words
from workflow.accounts.columns import Column as PeopleColumn
from workflow.accounts.handing_over import Held
from workflow.accounts.records import Role
from workflow.accounts.sheet_records import Does
from workflow.agencies.matching import How
from workflow.agencies.naming import Label
from workflow.agencies.records import SuccessionKind, Tier
from workflow.agencies.successors import Merging
from workflow.calendar.records import DayCode, DayKind
from workflow.causes.records import CauseCode, CauseSide, CauseSource, HolderKind
from workflow.deadlines.ledger import Reading
from workflow.deadlines.reading.moments import Unit
from workflow.deadlines.reading.rrules import Frequency
from workflow.deadlines.reading.tokens import TokenKind
from workflow.deadlines.records import CountsFrom, DeadlineKind, Unread
from workflow.deadlines.rules import Timeliness
from workflow.directives.matters import InputState, Matter, PreparedState
from workflow.directives.needs import Kind
from workflow.directives.records import Action, Ask, Grade, Priority, Sight, State, Verdict
from workflow.directives.standing import Standing
from workflow.directives.table import TABLE
from workflow.directives.targets import TargetBasis, TargetScope
from workflow.documents.carried import Said
from workflow.documents.columns import Column
from workflow.documents.reading import SkipReason
from workflow.documents.records import (
    CarriedState,
    DocumentState,
    PartyRole,
    Secrecy,
    Source,
    Urgency,
)
from workflow.dossiers import fields as dossier_fields
from workflow.dossiers import timing as dossier_timing
from workflow.dossiers.profile import Rows, Supplement, WaitKind
from workflow.dossiers.records import Channel, ImportState
from workflow.escalation.known import Turn
from workflow.escalation.records import GroupKey, Period, Quiet, Uncounted
from workflow.escalation.stored import Cause as EvaluationCause
from workflow.escalation.stored import ChangeKind, RetractionReason
from workflow.escalation.versions import RuleState
from workflow.evidence.records import EvidenceState, Purpose
from workflow.evidence.rules import FileKind
from workflow.history.records import Subject
from workflow.jobs.records import JobState, Outcome
from workflow.looks.records import Way
from workflow.messages.falling import Fall, Request
from workflow.messages.records import Delivery, MailState
from workflow.messages.records import Urgency as NoticeUrgency
from workflow.papers.records import Direction
from workflow.periods.records import Outcome as PeriodOutcome
from workflow.periods.records import PeriodAction, PeriodState, Rhythm
from workflow.periods.table import TABLE as PERIOD_TABLE
from workflow.review.records import EscalationState, Measure, PaperKind, ReviewAction
from workflow.review.standing import Relation
from workflow.review.table import TABLE as DESK_TABLE
from workflow.summaries.records import Figure
from workflow.summaries.spans import Stretch
from workflow.views.records import ListPage
from workflow.violations.bases import Sureness
from workflow.violations.catalogue import BY_CODE, Detection
from workflow.violations.records import (
    Cause,
    Severity,
    ViolationAction,
    ViolationSource,
    ViolationState,
)
from workflow.violations.standing import ViolationStanding

ROOT = Path(__file__).resolve().parents[2]
SHOWN = {
    Does: people_words.PEOPLE_WORDS["person_row"],
    Held: people_words.PEOPLE_WORDS["held"],
    ListPage: view_words.VIEW_WORDS["list_page"],
    Action: labels.GROUPS["action"],
    Ask: labels.GROUPS["ask"],
    CarriedState: labels.GROUPS["carried"],
    Channel: dossier_words.CHANNELS,
    DayKind: labels.GROUPS["day_kind"],
    DeadlineKind: labels.GROUPS["deadline_kind"],
    Direction: paper_words.DIRECTIONS,
    DocumentState: labels.GROUPS["document_state"],
    EscalationState: desk_words.CASE_STATES,
    EvidenceState: labels.GROUPS["evidence_state"],
    Figure: summary_words.FIGURES,
    Grade: labels.GROUPS["grade"],
    ChangeKind: {kind.value: desk_words.REVIEW_EVENTS[kind.value] for kind in ChangeKind},
    EvaluationCause: rule_words.EVALUATION_CAUSES,
    ImportState: import_states.IMPORT_STATES,
    dossier_timing.Verdict: dossier_words.DOSSIER_VERDICTS,
    GroupKey: rule_words.GROUP_KEYS,
    How: import_words.HOW,
    Measure: desk_words.MEASURES,
    PaperKind: desk_words.PAPERS,
    Period: rule_words.PERIODS,
    Priority: labels.GROUPS["priority"],
    PeriodAction: period_words.PERIOD_ACTIONS,
    PeriodOutcome: period_words.OUTCOMES,
    PeriodState: period_words.PERIOD_STATES,
    Rhythm: period_words.RHYTHMS,
    TargetBasis: labels.GROUPS["target_basis"],
    TargetScope: labels.GROUPS["target_scope"],
    Merging: rule_words.MERGINGS,
    Quiet: rule_words.QUIET,
    RetractionReason: desk_words.RETRACTIONS,
    RuleState: rule_words.RULE_STATES,
    Relation: desk_words.RELATIONS,
    ReviewAction: desk_words.REVIEW_ACTIONS,
    Role: labels.GROUPS["role"],
    Secrecy: labels.GROUPS["secrecy"],
    SkipReason: import_words.LEFT_OUT,
    Source: labels.GROUPS["source"],
    Standing: labels.GROUPS["standing"],
    State: labels.GROUPS["state"],
    Subject: labels.GROUPS["subject"],
    SuccessionKind: labels.GROUPS["succession"],
    Tier: labels.GROUPS["tier"],
    Timeliness: labels.GROUPS["timeliness"],
    InputState: labels.GROUPS["input_state"],
    Matter: labels.GROUPS["matter"],
    Turn: rule_words.TURNS,
    Uncounted: rule_words.UNCOUNTED,
    Unread: import_words.WAITING,
    Urgency: labels.GROUPS["urgency"],
    Verdict: labels.GROUPS["verdict"],
    PreparedState: labels.GROUPS["prepared_state"],
    Cause: violation_words.CAUSES,
    Detection: violation_words.DETECTIONS,
    Severity: violation_words.SEVERITIES,
    Sureness: violation_words.SURENESS,
    ViolationAction: violation_words.ACTIONS,
    ViolationSource: violation_words.SOURCES,
    ViolationStanding: violation_words.STANDINGS,
    ViolationState: violation_words.STATES,
    CauseCode: dossier_words.CAUSES,
    CauseSide: dossier_words.CAUSE_SIDES,
    CauseSource: dossier_words.CAUSE_SOURCES,
    HolderKind: dossier_words.HOLDER_KINDS,
    Way: dossier_words.LOOK_WAYS,
}
"""Which words say the members of an enum to a person."""
UNSEEN = {
    PeopleColumn,
    Column, CountsFrom, DayCode, FileKind, Frequency, Kind, Label, PartyRole, Purpose,
    Reading, Said, Sight, Stretch, TokenKind, Unit,
    Delivery, Fall, JobState, MailState, NoticeUrgency, Outcome, Request,
    Rows, Supplement, WaitKind, dossier_fields.Kind, dossier_timing.Promise,
}  # fmt: skip
"""Enums that never reach a person by their code: pages choose other words, or none."""


NEVER_SHOWN = {How: {"none", "vague"}}
"""Members that only say that nobody was found; the reason is told instead."""


def every_enum():
    for module in pkgutil.walk_packages(workflow.__path__, "workflow."):
        for thing in vars(importlib.import_module(module.name)).values():
            ours = inspect.isclass(thing) and thing.__module__ == module.name
            if ours and issubclass(thing, enum.StrEnum):
                yield thing


def test_every_enum_of_the_law_is_shown_in_words_or_known_to_stay_inside():
    found = set(every_enum())
    assert found == set(SHOWN) | UNSEEN
    assert set(SHOWN) & UNSEEN == set()


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_every_member_has_its_label(kind):
    words = SHOWN[kind]
    shown = {member.value for member in kind} - NEVER_SHOWN.get(kind, set())
    assert shown - set(words) == set()
    assert all(str(words[code]).strip() for code in shown)


def test_no_label_of_a_closed_enum_says_a_member_that_is_not_there():
    open_ended = {Unread, SkipReason, How}
    for kind, words in SHOWN.items():
        if kind not in open_ended:
            assert set(words) == {member.value for member in kind}, kind


def test_every_type_of_violation_is_named_once():
    words = [str(said) for said in violation_words.TYPES.values()]
    assert list(violation_words.TYPES) == list(BY_CODE)
    assert len(set(words)) == len(words)


def test_words_that_mean_something_else_in_the_law_of_the_land_are_avoided():
    """Product.md, section 3: never these, whatever the sentence."""
    told = [str(words) for group in labels.GROUPS.values() for words in group.values()]
    told += [str(words) for words in (*SENTENCES.values(), *FIELD_ERRORS.values())]
    for text in told:
        for word in ("leo thang", "từ chối", "tái phạm", "thu hồi"):
            assert word not in text.casefold(), text


def test_every_need_of_every_action_has_a_name_in_words():
    asked = {need.name for row in (*TABLE, *DESK_TABLE, *PERIOD_TABLE) for need in row.needs}
    assert asked - set(labels.GROUPS["field"]) == set()


# --- refusals ----------------------------------------------------------------------------

RAISED = {"Refused", "Forbidden", "Stale", "NotFound", "Refusal"}


class Site:
    """One place where a code is said, and what is given with it."""

    def __init__(self, code, params, where, *, open_ended=False):
        self.code, self.params, self.where, self.open_ended = code, params, where, open_ended


def constants(node):
    """Return the strings an expression may be: a constant, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in constants(value)]
    return []


def name_of(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def dict_values(node):
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in constants(value)]
    if isinstance(node, ast.DictComp):
        return constants(node.value)
    if isinstance(node, ast.BinOp):
        return dict_values(node.left) + dict_values(node.right)
    if isinstance(node, ast.IfExp):
        return dict_values(node.body) + dict_values(node.orelse)
    return []


def refusals_in(tree, where):
    """Return every refusal raised or returned with a code in plain words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in RAISED:
            given = {k.arg for k in node.keywords if k.arg}
            spread = any(k.arg is None for k in node.keywords)
            codes = [text for arg in node.args[:1] for text in constants(arg)]
            for keyword in node.keywords:
                if keyword.arg == "code":
                    codes += constants(keyword.value)
                if keyword.arg == "params" and isinstance(keyword.value, ast.Dict):
                    given |= {text for key in keyword.value.keys for text in constants(key)}
            for code in codes:
                yield Site(code, given, where, open_ended=spread)


def returns_errors(function):
    return function.returns is not None and ast.unparse(function.returns) == "dict[str, str]"


def field_errors_in(tree, where):
    """Return every code of a field: in what Invalid is given, and in what checks return."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) == "Invalid":
            for arg in node.args:
                yield from (Site(code, set(), where) for code in dict_values(arg))
        if isinstance(node, ast.FunctionDef) and returns_errors(node):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from (Site(c, set(), where) for c in dict_values(inner.value))
        if isinstance(node, ast.Assign):
            for target in node.targets:
                plain = isinstance(target, ast.Name) and target.id == "errors"
                placed = (
                    isinstance(target, ast.Subscript)
                    and isinstance(target.value, ast.Name)
                    and target.value.id == "errors"
                )
                if plain:
                    yield from (Site(c, set(), where) for c in dict_values(node.value))
                if placed:
                    yield from (Site(c, set(), where) for c in constants(node.value))


@cache
def said_in_the_source():
    """Return every refusal and every error of a field; the source is read once, and by who asks."""
    refusals, fields = [], []
    for storey in ("workflow", "models", "web"):
        for path in sorted((ROOT / storey).rglob("*.py")):
            tree, where = ast.parse(path.read_bytes()), path.relative_to(ROOT).as_posix()
            refusals += refusals_in(tree, where)
            fields += [said for said in field_errors_in(tree, where) if said.code]
    return refusals, fields


SILENT = {
    "stand_in",
    "view",
    "agency",
    "alias",
    "division",
    "group",
    "not_found",
    "role",
    "account",
    "day",
    "dossier",
    "upload",
    "profile",
    "import",
    "importer",
}
"""Codes of NotFound: the 404 page says the same for all of them, on purpose."""


def placeholders(words):
    return set(re.findall(r"%\((\w+)\)", str(words)))


def words_of(code, *tables):
    """The words of a code in the first of the tables that knows it; None where none does."""
    return next((table[code] for table in tables if table.get(code)), None)


def test_every_refusal_has_its_sentence_and_what_the_sentence_needs():
    refusals, _ = said_in_the_source()
    wrong = set()
    for said in refusals:
        words = words_of(said.code, SENTENCES, FILE_SENTENCES, FIELD_ERRORS)
        if said.code in SILENT:
            continue
        if words is None:
            wrong.add((said.where, said.code, "no sentence"))
        elif not said.open_ended and placeholders(words) - said.params - {"action"}:
            wrong.add((said.where, said.code, "not given all that its sentence needs"))
    assert wrong == set()
    assert len({said.code for said in refusals}) > 35


def test_every_error_of_a_field_has_its_words():
    _, fields = said_in_the_source()
    wrong = set()
    for said in fields:
        words = words_of(said.code, FIELD_ERRORS, SENTENCES, FILE_SENTENCES)
        if words is None or placeholders(words):  # a field's error has nothing to fill in
            wrong.add((said.where, said.code))
    assert wrong == set()
    assert len({said.code for said in fields}) > 35


def test_codes_that_are_computed_have_their_words_too():
    """What the tree of the source does not show: codes returned by small tables and matches."""
    from workflow.agencies.successions import _kind_fault
    from workflow.agencies.upkeep import _parent_fault

    assert {_kind_fault.__name__, _parent_fault.__name__}
    for function in (_kind_fault, _parent_fault):
        tree = ast.parse(inspect.getsource(function))
        for node in ast.walk(tree):
            if isinstance(node, ast.Return) and node.value is not None:
                for code in filter(None, constants(node.value)):
                    assert code in FIELD_ERRORS, code


def test_codes_of_needs_have_their_words():
    from workflow.directives import reading

    tree = ast.parse(inspect.getsource(reading))
    codes = {
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple | ast.IfExp)
        for part in ast.walk(node.value)
        for text in (constants(part) if not isinstance(part, ast.IfExp) else [])
        if text
    }
    assert {"required", "text_too_long", "not_a_date"} <= codes
    assert codes - set(FIELD_ERRORS) == set()


ALL_SENTENCES = {**FIELD_ERRORS, **FILE_SENTENCES, **SENTENCES}


def test_every_sentence_can_be_said():
    """A stray percent sign would fall over only when somebody is refused."""
    for code, words in ALL_SENTENCES.items():
        told = sentence(code, dict.fromkeys(placeholders(words), "x"))
        assert told, code
        assert told != code
        assert "%(" not in told, code


def test_no_sentence_waits_for_a_code_that_nothing_says():
    """Words that nothing uses are words that nobody reads again."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for storey in ("workflow", "models", "web")
        for path in (ROOT / storey).rglob("*.py")
        if path.name != "refusals.py"
    )
    source += "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "web" / "templates").rglob("*.html")
    )
    unused = [code for code in ALL_SENTENCES if f'"{code}"' not in source]
    assert unused == []
