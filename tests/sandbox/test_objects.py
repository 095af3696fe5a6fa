"""Objects of a program stay in its process: the host has handles, and does with them what operations do there."""

import copy
from typing import Any

import pandas
import pytest
from sandbox_calls import IDENTITY, Start

from capas.sandbox import CallCrashed, Handle, Proxy, Sandbox, UnsendableResult
from capas.sandbox.objects import MAX_OBJECTS
from capas.sandbox.values import with_handles
from capas.sandbox.wire import Composed, FunctionReference, ObjectReference
from capas_check import CheckFailure
from capas_check import call as check_call
from capas_check.operations import Remote, through
from capas_check.texts import load_texts

ACCOUNT = """
class Account:
    def __init__(self, balance=0):
        self.balance = balance
    def __eq__(self, other):
        raise RuntimeError("compared")
    def __repr__(self):
        raise RuntimeError("shown")
    def pay(self, amount):
        self.balance -= amount
        return self
"""


def new(sandbox: Sandbox, name: str, *arguments: Any) -> Handle:
    handle = sandbox.call(name, arguments, {})
    assert isinstance(handle, Handle)
    return handle


def test_what_a_class_makes_is_a_handle_that_runs_nothing(start: Start) -> None:
    sandbox = start(ACCOUNT)
    account = new(sandbox, "Account", 5)
    assert (account.form, repr(account), copy.deepcopy([account])[0]) == ("Account", "<Account>", account)
    assert account != new(sandbox, "Account", 5)
    assert not hasattr(account, "balance")


def test_an_object_goes_back_to_its_program_and_comes_again(start: Start) -> None:
    sandbox = start(ACCOUNT, "def balance(of):\n    return of.balance", IDENTITY)
    account = new(sandbox, "Account", 5)
    assert sandbox.call("balance", (account,), {}) == 5
    back = sandbox.call("f", ([account, {"a": account}],), {})
    assert [one.number for one in (back[0][0], back[0][1]["a"])] == [account.number, account.number]


def test_an_object_that_comes_again_is_the_same_and_no_other_is(start: Start) -> None:
    sandbox = start(ACCOUNT, IDENTITY)
    account, other = new(sandbox, "Account", 5), new(sandbox, "Account", 5)
    identity = Proxy(sandbox.call, "f")
    check_call(identity, account).returns((account,))
    assert len({account, *identity(account), other}) == 2
    with pytest.raises(CheckFailure):
        check_call(identity, other).returns((account,))


def test_objects_go_through_functions_of_ours(start: Start) -> None:
    sandbox = start(ACCOUNT, "def f(g):\n    a = Account(3)\n    return g(a) is a")
    assert sandbox.call("f", (lambda account: account,), {}) is True


def test_plain_data_that_a_class_makes_is_an_object_of_it(start: Start) -> None:
    definition = "import collections\nPoint = collections.namedtuple('Point', 'x y')"
    sandbox = start(definition, "def f():\n    return Point(1, 2)")
    assert new(sandbox, "Point", 1, 2).form == "Point"
    assert sandbox.call("f", (), {}) == (1, 2)


def test_an_object_of_a_process_that_ended_cannot_be_asked(start: Start) -> None:
    one, other = start(ACCOUNT, IDENTITY), start(ACCOUNT, IDENTITY)
    account = new(one, "Account")
    with pytest.raises(CallCrashed, match="gone with the process"):
        other.call("f", (account,), {})


def test_objects_of_other_classes_do_not_travel(start: Start) -> None:
    sandbox = start("import fractions\ndef f():\n    return fractions.Fraction(1, 2)\ndef g():\n    return iter([1])")
    for name in ("f", "g"):
        with pytest.raises(UnsendableResult):
            sandbox.call(name, (), {})


def test_a_program_hands_out_so_many_objects_and_no_more(start: Start) -> None:
    sandbox = start(ACCOUNT, "def f(n):\n    return [Account() for _ in range(n)]")
    assert len(sandbox.call("f", (MAX_OBJECTS,), {})) == MAX_OBJECTS
    with pytest.raises(UnsendableResult, match="objects"):
        sandbox.call("f", (1,), {})


def test_a_number_that_no_object_has_is_an_error(start: Start) -> None:
    sandbox = start(ACCOUNT, IDENTITY)
    with pytest.raises(CallCrashed):
        sandbox.call("f", (Handle(sandbox, 7, "Account"),), {})


def test_operations_are_done_where_the_function_is(start: Start) -> None:
    sandbox = start("import random\ndef roll(sides):\n    return random.randint(1, sides)")
    roll = Proxy(sandbox.call, "roll")
    assert isinstance(roll, Remote)
    seeded = through(roll, "seeded", seed=7)
    assert seeded.__name__ == "roll"
    assert len({seeded(10**9) for _ in range(3)}) == 1
    assert seeded(10**9) != through(roll, "seeded", seed=8)(10**9)


def test_operations_here_do_what_they_do_there(start: Start) -> None:
    source = "import random\ndef roll(sides):\n    return random.randint(1, sides)"
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    here = through(namespace["roll"], "seeded", seed=3)
    there = through(Proxy(start(source).call, "roll"), "seeded", seed=3)
    assert (here.__name__, here(10**9)) == ("roll", there(10**9))


def test_an_operation_that_there_is_not_is_an_error(start: Start) -> None:
    with pytest.raises(ValueError, match="no operation 'x'; operations are"):
        through(Proxy(start(IDENTITY).call, "f"), "x")(1)


@pytest.mark.parametrize("expected", [2.0, "a", {"a"}, [1, "a"], pandas.Series(["a", "b"])], ids=repr)
@pytest.mark.parametrize("stays", [FunctionReference(0), ObjectReference(0, "Account"), Composed("range", [0, 9, 1])])
def test_what_is_nothing_on_its_own_is_another_value_than_any(stays: Any, expected: Any) -> None:
    hidden_in = [stays, [stays, stays], {stays} if isinstance(stays, ObjectReference) else (stays,)]
    for value in (*hidden_in, {"a": stays}, pandas.Series([stays, stays])):
        came = with_handles(value, None)
        with pytest.raises(CheckFailure) as failure:
            check_call(lambda came=came: came).returns(expected)
        assert failure.value.sentence(load_texts("en"))
