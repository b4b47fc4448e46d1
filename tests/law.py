"""The law of the directive as a person reads it in the product's description, kept by hand.

The tests compare the code with these tables; nothing here is computed from the code. An
action, a state, a role or a place that is missing from a table makes the tests fail.
"""

from __future__ import annotations

from dataclasses import dataclass

STATES = """
action             assigned     in_progress  reported     verified     withdrawn
accept             in_progress  .            .            .            .
update             in_progress  in_progress  .            .            .
report             reported     reported     .            .            .
record_report      reported     reported     .            .            .
remind             assigned     in_progress  .            .            .
direct             assigned     in_progress  reported     .            .
decline            assigned     .            .            .            .
insist             assigned     .            .            .            .
reassign           assigned     assigned     .            .            .
hand_down          .            in_progress  .            .            .
request_extension  assigned     in_progress  .            .            .
decide_extension   assigned     in_progress  .            .            .
recall             .            .            in_progress  .            .
return             .            .            in_progress  .            .
verify             .            .            verified     .            .
reopen             .            .            .            in_progress  .
accept_evidence    .            in_progress  reported     .            .
reject_evidence    .            in_progress  reported     .            .
correct            assigned     in_progress  .            .            .
amend              assigned     in_progress  in_progress  .            .
withdraw           withdrawn    withdrawn    withdrawn    .            .
route              assigned     in_progress  reported     .            .
prepare            assigned     in_progress  .            .            .
give_back          assigned     in_progress  reported     .            .
hand_back          assigned     in_progress  reported     .            .
take_back          assigned     in_progress  .            .            .
take_back_input    assigned     in_progress  reported     .            .
request_input      .            in_progress  .            .            .
give_input         assigned     in_progress  reported     .            .
answer             assigned     in_progress  reported     .            .
suspend            assigned     in_progress  .            .            .
resume             assigned     in_progress  .            .            .
"""
"""Where each action leads from each state; a dot: it cannot be done there."""

ROLES = {
    "H": "agency_head",
    "C": "agency_clerk",
    "O": "agency_officer",
    "F": "office",
    "L": "leader",
    "I": "inspector",
    "A": "admin",
}

DIRECTIVE = """
action             own   above  below  coordinating  foreign  overseer  office
accept             HCO   -      -      -             -        -         -
update             HCO   -      -      HCO           -        -         -
report             HC    -      -      -             -        -         -
record_report      -     -      -      -             -        F         F
remind             -     -      -      -             -        F         F
direct             L     L      L      L             L        LF        LF
decline            HC    -      -      -             -        -         -
recall             HC    -      -      -             -        -         -
request_extension  HC    -      -      -             -        -         -
hand_down          HC    -      -      -             -        -         -
verify             i     I      I      I             I        IF        IF
return             i     I      I      I             I        IF        IF
reopen             i     I      I      I             I        IF        IF
accept_evidence    i     I      I      I             I        IF        IF
reject_evidence    i     I      I      I             I        IF        IF
decide_extension   L     L      L      L             L        LF        LF
reassign           -     -      -      -             -        F         F
insist             -     -      -      -             -        F         F
correct            -     -      -      -             -        F         F
amend              -     -      -      -             -        F         F
withdraw           -     -      -      -             -        F         F
route              HC    -      -      HC            -        -         -
prepare            HCO   -      -      -             -        -         -
give_back          HC    -      -      HC            -        -         -
hand_back          HCO   -      -      HCO           -        -         -
take_back          HC    -      -      -             -        -         -
take_back_input    HC    -      -      -             -        -         -
request_input      HC    -      -      -             -        -         -
give_input         -     -      -      HCO           -        -         -
answer             -     -      -      -             -        F         F
suspend            -     -      -      -             -        F         F
resume             -     -      -      -             -        F         F
"""
"""Who may, on a directive of the province that no leader gave by name.

Columns are where the person belongs, letters the roles above. A small letter: theirs by
role, and shut because they are of the lead agency.
"""

PART = """
action             own   above  handing  below  coordinating  foreign  overseer  office
accept             HCO   -      -        -      -             -        -         -
update             HCO   -      -        -      HCO           -        -         -
report             HC    -      -        -      -             -        -         -
record_report      -     -      HC       -      -             -        -         -
remind             -     -      HC       -      -             -        -         -
direct             L     L      LHC      L      L             L        L         L
decline            HC    -      -        -      -             -        -         -
recall             HC    -      -        -      -             -        -         -
request_extension  HC    -      -        -      -             -        -         -
hand_down          HC    -      -        -      -             -        -         -
verify             -     -      HC       -      -             -        -         -
return             -     -      HC       -      -             -        -         -
reopen             -     -      HC       -      -             -        -         -
accept_evidence    -     -      HC       -      -             -        -         -
reject_evidence    -     -      HC       -      -             -        -         -
decide_extension   -     -      HC       -      -             -        -         -
reassign           -     -      HC       -      -             -        -         -
insist             -     -      HC       -      -             -        -         -
correct            -     -      HC       -      -             -        -         -
amend              -     -      HC       -      -             -        -         -
withdraw           -     -      HC       -      -             -        -         -
route              HC    -      -        -      HC            -        -         -
prepare            HCO   -      -        -      -             -        -         -
give_back          HC    -      HC       -      HC            -        -         -
hand_back          HCO   -      -        -      HCO           -        -         -
take_back          HC    -      -        -      -             -        -         -
take_back_input    HC    -      -        -      -             -        -         -
request_input      HC    -      -        -      -             -        -         -
give_input         -     -      -        -      HCO           -        -         -
answer             -     -      HC       -      -             -        -         -
suspend            -     -      HC       -      -             -        -         -
resume             -     -      HC       -      -             -        -         -
"""
"""Who may, on a part that an agency handed down to a unit under it: it acts as the office."""

OF_THE_FOLLOWER = """
action             own   above  below  coordinating  foreign  office
accept             HCO   -      -      -             -        -
update             HCO   -      -      HCO           -        -
report             HC    -      -      -             -        -
record_report      F     -      -      -             -        F
remind             F     -      -      -             -        F
direct             LF    L      L      L             L        LF
decline            HC    -      -      -             -        -
recall             HC    -      -      -             -        -
request_extension  HC    -      -      -             -        -
hand_down          HC    -      -      -             -        -
verify             if    I      I      I             I        IF
return             if    I      I      I             I        IF
reopen             if    I      I      I             I        IF
accept_evidence    if    I      I      I             I        IF
reject_evidence    if    I      I      I             I        IF
decide_extension   LF    L      L      L             L        LF
reassign           F     -      -      -             -        F
insist             F     -      -      -             -        F
correct            F     -      -      -             -        F
amend              F     -      -      -             -        F
withdraw           F     -      -      -             -        F
route              HC    -      -      HC            -        -
prepare            HCO   -      -      -             -        -
give_back          HC    -      -      HC            -        -
hand_back          HCO   -      -      HCO           -        -
take_back          HC    -      -      -             -        -
take_back_input    HC    -      -      -             -        -
request_input      HC    -      -      -             -        -
give_input         -     -      -      HCO           -        -
answer             F     -      -      -             -        F
suspend            F     -      -      -             -        F
resume             F     -      -      -             -        F
"""
"""Who may, when the agency that follows the document leads one of its clauses itself."""

EXCEPTIONS = {("update", "assigned", "coordinating"): "not_accepted_yet"}
"""Cells that are theirs by role and state, and shut for the reason given."""

DIAGRAM = """
assigned     -> in_progress
assigned     -> reported
assigned     -> withdrawn
in_progress  -> assigned
in_progress  -> reported
in_progress  -> withdrawn
reported     -> in_progress
reported     -> verified
reported     -> withdrawn
verified     -> in_progress
"""
"""Every arrow of the drawn diagram."""


@dataclass(frozen=True)
class Grid:
    """A table in words: rows by their first word, columns by the head line."""

    columns: tuple[str, ...]
    rows: dict[str, dict[str, str]]


def read(table: str) -> Grid:
    head, *lines = (line.split() for line in table.strip().splitlines())
    columns = tuple(head[1:])
    rows = {}
    for name, *cells in lines:
        assert len(cells) == len(columns), f"row {name} lacks a cell"
        assert name not in rows, f"row {name} stands twice"
        rows[name] = dict(zip(columns, cells, strict=True))
    return Grid(columns=columns, rows=rows)


def arrows() -> set[tuple[str, str]]:
    found = set()
    for line in DIAGRAM.strip().splitlines():
        source, target = line.split("->")
        found.add((source.strip(), target.strip()))
    return found
