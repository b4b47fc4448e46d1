"""Every address, every role, every thing: who gets in, who is sent away, and what may not happen.

The tables are kept by hand from product.md, sections 1 and 3; an address or an act that no
row speaks of makes the tests fail.
"""

import casework
import colleaguing
import law
import paperwork
import periodwork
import pytest
import ruling
import violating
from digest import digest_of
from doors import client_of, is_safe, open_page, told
from places import ITEM, JOB, addresses, rules_of
from world import csrf_of

from web.guard import PUBLIC
from workflow.directives.records import Action, State

PEOPLE = {
    # key: role's letter in the law, agency
    "office": ("F", "H32.01"),
    "leader": ("L", "H32"),
    "inspector": ("I", "H32.05"),
    "admin": ("A", "H32.01"),
    "head": ("H", "H32.03"),
    "clerk": ("C", "H32.03"),
    "officer": ("O", "H32.03"),
    "other_clerk": ("C", "H32.04"),
    "district": ("C", "H32.10"),
    "commune": ("C", "H32.10.1"),
    "foreign": ("C", "H32.11"),
}
EVERYBODY = set(PEOPLE)
PROVINCE = {"office", "leader", "inspector"}
GROUPS = {
    "anybody": EVERYBODY | {None},
    "everybody": EVERYBODY,
    "province": PROVINCE,
    "admin": {"admin"},
    "office": {"office"},
}
PAGES = """
anybody    components
anybody    components, a form
anybody    static
everybody  home
everybody  search
everybody  directives
everybody  directives as xlsx
everybody  directives as csv
everybody  documents
everybody  documents as xlsx
everybody  Friday report
everybody  Friday report's rows
everybody  Friday report's meeting
everybody  late inputs
everybody  moves of a period
everybody  progress to a day
everybody  Friday report as docx
everybody  Friday report as pdf
everybody  Friday report as xlsx
everybody  Friday report as zip
everybody  violations
everybody  violations as xlsx
everybody  violations as csv
everybody  catalogue of violations
office+inspector  violations together  others 403
inspector+leader  cases together        others 403
office+inspector  new violation        others 403
province+head+clerk+officer  violation
province+head+clerk+officer  violation paper
province+foreign             foreign violation
province+district+commune    unit's violation
admin      new legal basis
everybody  /account
everybody  /account/password
everybody  inbox
everybody  letters
admin+clerk  job
admin+clerk  job's progress
everybody  /agencies/
everybody  /agencies/<code>
everybody  /agency-groups/
everybody  /calendar/
office     a deadline read                       others 403
office     a number looked up                    others 403
office     new document                          others 403
office     document's history                    others 403
office     import                                others 403
office     draft
office     draft/discard
office     draft/edit
office     draft/file
office     draft/history
office     draft/issue
office     draft's row
office     draft's row/choose
office     draft's row/deadline
province+head+clerk+officer+other_clerk  directive, own
province+head+clerk+officer+other_clerk  document, own
province+head+clerk+officer+other_clerk  a due date read
province+head+clerk+officer+other_clerk  document's file
head+clerk+officer  prepared file
province+head+clerk+officer+other_clerk  evidence, own
province+head+clerk+officer+other_clerk  directive, beside
province+head+clerk+officer+other_clerk  document, beside
province+foreign                         directive, foreign
province+foreign                         document, foreign
province+foreign                         evidence, foreign
province+district+commune                directive, district
province+district+commune                document, district
province+district                        evidence, district
province+district+commune                directive, part
province+district+commune                document, part
everybody  periods
everybody  periods as xlsx
everybody  periods as csv
office+inspector  periods, returned             others 403
province+head+clerk+officer  period
head+clerk  period, report  others 404 office+leader+inspector+officer 403
office     rhythm  others 404 leader+inspector+head+clerk+officer 403
head+clerk+officer+other_clerk  papers, accept  others 404 office+leader+inspector 403
office     papers, record  others 404 leader+inspector+head+clerk+officer+other_clerk 403
office+inspector  papers, judge  others 404 leader+head+clerk+officer+other_clerk 403
office+head+clerk+other_clerk+district+commune+foreign  papers, remind  others 403
everybody  letters that urge
province+other_clerk  letter that urges
office     letter as a draft  others 404
office     letters as drafts  others 404
province+head+clerk+officer+other_clerk  reminder to copy
office     list of papers                        others 403
office     new list of papers                    others 403
office     paper                                 others 403
office     paper's file                          others 403
office     paper to mend                         others 403
everybody  number of a paper
everybody  board
head+clerk+officer+other_clerk+district+commune+foreign  chosen
office     chosen to follow
office     left by ended
everybody  views
everybody  views at home
clerk      view, send
everybody  stand-ins
everybody  new stand-in
admin+head  work handed over
admin      /accounts/import
everybody  dossiers
everybody  dossiers as xlsx
everybody  dossiers as csv
everybody  rates
everybody  rates as xlsx
everybody  causes
everybody  causes, rows
everybody  causes, sample
everybody  causes as xlsx
everybody  causes as a draft
province+admin+head+clerk+officer  dossier, own
province+admin+foreign             dossier, foreign
head+clerk+officer+other_clerk+district+commune+foreign  dossiers by name
admin+inspector                    looks
admin      bring
admin      upload
admin      imports
admin      import, taken in
admin      profiles
admin      profile
admin      profile, build
office+inspector+head+clerk+officer  causes, assign  others 404 leader+admin 403
admin      /accounts/
admin      /accounts/<int(max=2147483647):account_id>
admin      /accounts/<int(max=2147483647):account_id>/close
admin      /accounts/<int(max=2147483647):account_id>/edit
admin      /accounts/<int(max=2147483647):account_id>/roles/<key>/end
admin      /accounts/<int(max=2147483647):account_id>/roles/new
admin      /accounts/new
admin      /agencies/<code>/again
admin      /agencies/<code>/aliases/new
admin      /agencies/<code>/divisions/<int(max=2147483647):division_id>/end
admin      /agencies/<code>/divisions/new
admin      /agencies/<code>/edit
admin      /agencies/<code>/end
admin      /agencies/<code>/hand-over
admin      /agencies/<code>/rename
admin      /agencies/new
admin      /agency-groups/<code>/edit
admin      /agency-groups/new
admin      /calendar/days/<iso>/remove
admin      /calendar/days/new
admin      /calendar/days/preview
everybody  desk
everybody  desk at home
everybody  desk as xlsx
everybody  desk as csv
province+head+clerk+officer              case
province+head+clerk+officer              case's file
admin      order of inspectors
everybody  rules
everybody  rule
office+inspector  new rule             others 403
office+inspector  rule, draft          others 403
office+leader     rule, approval       others 403
office+leader+inspector  rule, no approval  others 403
office+leader     rule, end            others 403
everybody  rule read
province   rule tried
province+head+clerk+officer+other_clerk+district+commune+foreign  heat map
province+head+clerk+officer+other_clerk+district+commune+foreign  known
province+head+clerk+officer  silence
province+head+clerk+officer+other_clerk+district+commune+foreign  marks
office+inspector  new mark             others 403
office+inspector  mark, end            others 403
admin      /calendar/recount
admin      /history/
admin      status
admin      runs
"""
"""Who opens what; for everybody else it is not there (404), unless the row says 403."""

SIGNED_OUT = {None: "open"} | dict.fromkeys(PEOPLE, "home")
"""The sign-in page sends whoever is in already to their home."""

ACTS = "/directives/<number>/<action>"
REVIEW_ACTS = "/review/<number>/<action>"
POSTS_OF_ALL = {
    "/account/password", "/acting", "/language", "/looked", "/sign-in", "/sign-out",
    "/account/letters", "/inbox/read-all",
}  # fmt: skip
POSTS_OF_CLERK = {f"{ITEM}/open", f"{ITEM}/<any(read, unread, archive, back):what>"}
"""What the notice in the clerk's inbox can be done to; nobody else has it."""
POSTS_OF_OFFICE = {
    "/documents/new",
    "/documents/import",
    "/documents/<key>/file",
    *(
        f"/documents/drafts/<int:document_id>/{word}"
        for word in ("discard", "edit", "issue", "rows")
    ),
    "/documents/drafts/<int:document_id>/rows/<int:row>",
    *(
        f"/documents/drafts/<int:document_id>/rows/<int:row>/{word}"
        for word in ("beside", "choose", "deadline", "drop", "keep", "note", "reading")
    ),
}
POSTS_OF_ASSESSORS = {"/violations/new", "/violations/together"}
ASSESSORS = {"office", "inspector"}
POSTS_OF_DESK = {"/review/together"}
DESK = {"inspector", "leader"}
POSTS_OF_ADMIN = {
    violating.BASIS, violating.REMOVE_BASIS,
    "/accounts/import", "/accounts/import/take", "/accounts/new", "/agencies/new", "/agency-groups/new", "/calendar/days/<iso>/remove",
    "/calendar/days/preview", "/calendar/recount", "/history/verify",
    "/agency-groups/<code>/edit", f"{JOB}/again", "/review/order",
    *(
        f"/accounts/<int(max=2147483647):account_id>/{word}"
        for word in (
            "close", "edit", "password", "reopen", "roles/<key>/end", "roles/new", "sessions",
            "unlock",
        )
    ),
    *(
        f"/agencies/<code>/{word}"
        for word in (
            "again", "aliases/<int(max=2147483647):alias_id>/remove", "aliases/new",
            "divisions/<int(max=2147483647):division_id>/end", "divisions/new", "edit", "end",
            "hand-over", "rename",
        )
    ),
}  # fmt: skip

DIRECTIVES = {
    # name: kind of grid, lead, coordinating, handed down by, state
    "own": (law.DIRECTIVE, "H32.03", {"H32.04"}, None, State.REPORTED),
    "beside": (law.DIRECTIVE, "H32.04", set(), None, State.ASSIGNED),
    "foreign": (law.DIRECTIVE, "H32.11", set(), None, State.REPORTED),
    "district": (law.DIRECTIVE, "H32.10", set(), None, State.IN_PROGRESS),
    "part": (law.PART, "H32.10.1", set(), "H32.10", State.ASSIGNED),
}
WRITTEN_FOR_CLERKS = {Action.DECLINE, Action.REQUEST_EXTENSION, Action.REQUEST_INPUT}
"""What officers write and clerk or head send: as open or shut to them as to the clerk."""
SHUT_HERE = {
    ("beside", Action.INSIST), ("part", Action.INSIST),
    ("beside", Action.DECIDE_EXTENSION), ("part", Action.DECIDE_EXTENSION),
    ("district", Action.DECIDE_EXTENSION), ("district", Action.REASSIGN),
    ("district", Action.REQUEST_INPUT),
    ("beside", Action.ANSWER), ("foreign", Action.ANSWER),
    ("district", Action.ANSWER), ("part", Action.ANSWER),
    *((name, Action.HAND_BACK) for name in ("own", "beside", "foreign", "district", "part")),
    *((name, Action.GIVE_BACK) for name in ("own", "beside", "foreign", "district", "part")),
    *((name, Action.TAKE_BACK) for name in ("beside", "district", "part")),
    *((name, Action.TAKE_BACK_INPUT) for name in ("beside", "foreign", "district", "part")),
    ("beside", Action.RESUME), ("district", Action.RESUME), ("part", Action.RESUME),
}  # fmt: skip
"""Nothing was declined, asked for, proposed, routed, prepared or paused; a part of the district's work still runs,
and nobody coordinates it."""


class Row:
    """One line of the table: who opens a place, and what others are told."""

    def __init__(self, line):
        words, _, told = line.partition(" others ")
        who, self.place = words.split(None, 1)
        self.place = self.place.strip()
        usual, *named = told.split() or ["404"]
        self.others = dict.fromkeys(PEOPLE, int(usual))
        for names, code in zip(named[::2], named[1::2], strict=True):
            self.others |= dict.fromkeys(names.split("+"), int(code))
        self.open_to = set()
        for name in who.split("+"):
            self.open_to |= GROUPS.get(name, {name})
        assert self.open_to <= EVERYBODY | {None}, line

    def expected(self, who):
        if who in self.open_to:
            return "open"
        return "sign in" if who is None else self.others[who]


ROWS = {row.place: row for row in map(Row, PAGES.strip().splitlines())}


# --- the map and the tables ------------------------------------------------------------


def test_every_rule_of_the_map_stands_in_a_table(furnished):
    app, found = furnished.app, addresses(furnished)
    assert {rule for rule, _ in found.values()} | {ACTS, REVIEW_ACTS, violating.ACTS} == rules_of(
        app, "GET"
    )
    assert set(ROWS) | {"/sign-in"} == set(found)
    posts = POSTS_OF_ALL | POSTS_OF_OFFICE | POSTS_OF_ADMIN | POSTS_OF_CLERK | {ACTS, REVIEW_ACTS}
    posts |= set(casework.POSTS) | set(ruling.POSTS) | set(colleaguing.POSTS) | set(paperwork.POSTS)
    posts |= set(periodwork.POSTS)
    posts |= POSTS_OF_DESK | POSTS_OF_ASSESSORS | {violating.ACTS}
    assert posts == rules_of(app, "POST")
    assert rules_of(app, "PUT") | rules_of(app, "DELETE") | rules_of(app, "PATCH") == set()


def test_what_is_public_is_listed_here_and_nothing_else(furnished):
    app = furnished.app
    public = {
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint == "static" or getattr(app.view_functions[rule.endpoint], PUBLIC, False)
    }
    assert public == {
        "/sign-in", "/language", "/components/", "/components/reading", "/static/<path:filename>",
    }  # fmt: skip


@pytest.mark.parametrize("who", [None, *PEOPLE])
def test_each_page_opens_to_those_it_is_for_and_carries_the_headers(furnished, who):
    client = client_of(furnished, who)
    found, before = {}, digest_of(furnished.office.engine)
    for place, (_, address) in addresses(furnished).items():
        answer = open_page(client, address)
        found[place] = told(answer)
        is_safe(answer)
        if not address.startswith("/static"):
            assert "no-store" in answer.headers["Cache-Control"], address
    expected = {place: row.expected(who) for place, row in ROWS.items()}
    expected["/sign-in"] = SIGNED_OUT[who]
    assert {p: v for p, v in found.items() if v != expected[p]} == {}
    assert digest_of(furnished.office.engine) == before


# --- acts on directives ------------------------------------------------------------------


def place_of(name, who):
    """Return where a person stands towards a directive, by their agency alone."""
    _, lead, coordinating, handed_by, _ = DIRECTIVES[name]
    agency = PEOPLE[who][1]
    if agency == lead:
        return "own"
    if agency in coordinating:
        return "coordinating"
    if agency == handed_by:
        return "handing"
    return "office" if agency == "H32.01" else "foreign"


def expected_act(name, action, who):
    """Return what the law kept by hand says of a click: 404, 403, 409 or open."""
    if who not in ROWS[f"directive, {name}"].open_to:
        return 404
    table, _, _, _, state = DIRECTIVES[name]
    cell = law.read(table).rows[action.value][place_of(name, who)]
    role = "C" if action in WRITTEN_FOR_CLERKS and PEOPLE[who][0] == "O" else PEOPLE[who][0]
    if role not in cell.upper():
        return 403
    stated = law.read(law.STATES).rows[action.value][state.value]
    changes = action is Action.PREPARE and PEOPLE[who][0] != "O"  # what no officer prepared here
    if stated == "." or changes or (name, action) in SHUT_HERE:
        return 409
    return "open"


ACTIONS_OF_ALL = [(name, action) for name in DIRECTIVES for action in Action]


def acts_tried(dialect, who):
    """Return the acts that somebody tries.

    All of them on SQLite. On PostgreSQL each on one directive, in turn: there every person
    meets every act and every directive, and every act every directive. What is asked of the
    database depends on person and directive; the rest is judged before it is asked.
    """
    if dialect == "sqlite":
        return ACTIONS_OF_ALL
    names, first = list(DIRECTIVES), list(PEOPLE).index(who)
    return [(names[(first + n) % len(names)], action) for n, action in enumerate(Action)]


def test_on_postgresql_every_two_of_person_act_and_directive_meet():
    tried = {(who, *act) for who in PEOPLE for act in acts_tried("postgresql", who)}
    sizes = (len(PEOPLE), len(DIRECTIVES), len(Action))
    for one, other in ((0, 1), (0, 2), (1, 2)):
        met = {(cell[one], cell[other]) for cell in tried}
        assert len(met) == sizes[one] * sizes[other]


@pytest.mark.parametrize("who", PEOPLE)
def test_each_act_opens_to_those_it_is_for(furnished, who):
    client, made = client_of(furnished, who), furnished.made
    wrong = {}
    for name, action in acts_tried(furnished.office.engine.dialect.name, who):
        found = told(open_page(client, f"/directives/{made[name]}/{action.value}"))
        if found != expected_act(name, action, who):
            wrong[name, action.value] = (found, expected_act(name, action, who))
    assert wrong == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_no_act_is_done_for_whom_it_is_not_nor_without_what_it_needs(furnished, who):
    """Posted with a true token and the version that stands, as a hostile client would."""
    client, made = client_of(furnished, who), furnished.made
    token = csrf_of(client.get("/account").text)
    versions = {name: furnished.directive(made[name]).version for name in DIRECTIVES}
    before, wrong = digest_of(furnished.office.engine), {}
    for name, action in acts_tried(furnished.office.engine.dialect.name, who):
        wanted = expected_act(name, action, who)
        if wanted == "open" and action is Action.ACCEPT:
            continue
        answer = client.post(
            f"/directives/{made[name]}/{action.value}",
            data={"csrf_token": token, "version": versions[name], "state": "verified"},
        )
        status = 422 if wanted == "open" else wanted
        if answer.status_code != status:
            wrong[name, action.value] = (answer.status_code, status)
    assert wrong == {}
    assert digest_of(furnished.office.engine) == before


def test_the_tables_hold_two_thousand_cells():
    pages = len(ROWS) * (len(PEOPLE) + 1)
    acts = 2 * len(ACTIONS_OF_ALL) * len(PEOPLE)
    posts = (len(POSTS_OF_OFFICE) + len(POSTS_OF_ADMIN)) * (len(PEOPLE) + 1)
    assert pages + acts + posts > 2000


# --- posts -----------------------------------------------------------------------------
