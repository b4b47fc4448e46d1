"""The one module that holds the state machine library."""

import ast
import gc
import threading
import tracemalloc
from pathlib import Path
from weakref import WeakSet

import pytest

from workflow.errors import Refused
from workflow.machine import Lifecycle
from workflow.machine import Path as Way

ROOT = Path(__file__).resolve().parents[2]


def lifecycle(gate=lambda *_: True):
    ways = [Way("start", "new", "going"), Way("note", "going", None), Way("stop", "going", "done")]
    return Lifecycle(["new", "going", "done"], ways, gate)


def code_of(machine, state, action, case=None):
    with pytest.raises(Refused) as caught:
        machine.advance(state, action, case)
    return caught.value.code, caught.value.params


def test_a_path_leads_from_its_source_to_its_target():
    assert lifecycle().advance("new", "start", None) == "going"
    assert lifecycle().advance("going", "stop", None) == "done"


def test_a_path_without_a_target_stays():
    assert lifecycle().advance("going", "note", None) == "going"


@pytest.mark.parametrize(
    ("state", "action"), [("new", "stop"), ("done", "start"), ("done", "note"), ("new", "no_such")]
)
def test_what_has_no_path_is_refused_with_the_state(state, action):
    assert code_of(lifecycle(), state, action) == (
        "wrong_state",
        {"action": action, "state": state},
    )
    assert not lifecycle().leaves(state, action)


def test_the_library_adds_no_way_of_its_own():
    """No `to_done` from anywhere, no wildcard."""
    machine = lifecycle()
    for state in machine.states:
        for target in machine.states:
            assert not machine.leaves(state, f"to_{target}")
            assert code_of(machine, state, f"to_{target}")[0] == "wrong_state"


def test_a_shut_gate_keeps_the_state():
    asked = []

    def gate(action, case):
        asked.append((action, case))
        return case == "open"

    machine = lifecycle(gate)
    assert code_of(machine, "new", "start", "shut")[0] == "gate_shut"
    assert machine.advance("new", "start", "open") == "going"
    assert asked == [("start", "shut"), ("start", "open")]


def test_an_error_in_the_gate_is_not_swallowed():
    def gate(action, case):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lifecycle(gate).advance("new", "start", None)


def test_two_threads_never_run_in_each_other_s_name():
    """A queued machine would carry one thread's case into the other's act."""
    inside, go_on = threading.Event(), threading.Event()
    ran: dict[str, str] = {}

    def gate(action, case):
        ran[case] = threading.current_thread().name
        if case == "slow":
            inside.set()
            assert go_on.wait(10)
        return True

    machine = lifecycle(gate)
    states: dict[str, str] = {}

    def act(case):
        states[case] = machine.advance("new", "start", case)

    slow = threading.Thread(target=act, args=("slow",), name="slow")
    slow.start()
    assert inside.wait(10)
    quick = threading.Thread(target=act, args=("quick",), name="quick")
    quick.start()
    quick.join(10)
    assert states == {"quick": "going"}
    go_on.set()
    slow.join(10)
    assert states == {"quick": "going", "slow": "going"}
    assert ran == {"slow": "slow", "quick": "quick"}


def test_the_machine_keeps_nothing_alive():
    """Thousands of moves leave no model, no token and no case behind, not eight bytes of each."""
    machine = lifecycle()
    machine.advance("new", "start", None)

    class Case:
        pass

    alive = WeakSet()

    def move(times):
        for _ in range(times):
            case = Case()
            alive.add(case)
            machine.advance("new", "start", case)
        del case
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    before = move(100)
    grown = move(3_000) - before
    tracemalloc.stop()
    assert machine._machine.models == []
    assert not alive
    assert grown < 20_000


def test_the_diagram_draws_every_path_that_moves_once():
    assert lifecycle().diagram() == (
        "stateDiagram-v2\n"
        "    [*] --> new\n"
        "    new --> going: start\n"
        "    going --> done: stop\n"
        "    done --> [*]\n"
    )


def test_only_one_module_imports_the_library():
    found = []
    for package in ("workflow", "models", "web"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                if any(name.split(".")[0] == "transitions" for name in names):
                    found.append(path.relative_to(ROOT).as_posix())
    assert set(found) == {"workflow/machine.py"}
