"""Mistakes that a person makes with `@component`, and the one line that each is told in."""

from __future__ import annotations

from typing import NamedTuple

HEAD = "from polyaxon_sdk import component, dag, operation, Input, Output, Log\n"


class Mistake(NamedTuple):
    """A file, and what is told when its `main` is asked for its component.

    Attributes:
        source: the file, below its first line, which imports what there is.
        told: what the line that tells of it begins with: all of it, but for addresses and long lists.
    """

    source: str
    told: str


MISTAKES = {
    "*args": Mistake(
        """\
@component
def main(*sizes): ...
""",
        "train.py:2: main: *sizes can't be an input, expected parameters with names of their own",
    ),
    "**kwargs": Mistake(
        """\
@component
def main(**rest): ...
""",
        "train.py:2: main: **rest can't be an input, expected parameters with names of their own",
    ),
    "positional-only": Mistake(
        """\
@component
def main(a, /): ...
""",
        "train.py:2: main: 'a' is positional-only and can't be an input",
    ),
    "a lambda": Mistake(
        "main = component(lambda a: a)",
        "train.py:2: a lambda has no name to be found by, expected a `def`",
    ),
    "a nested function": Mistake(
        """\
def make():
    @component
    def inner(a: int): ...
    return inner
main = make()
""",
        "train.py:3: inner is defined inside another function",
    ),
    "a method": Mistake(
        """\
class Trainer:
    @component
    def fit(self, a: int): ...
main = Trainer.fit
""",
        "train.py:3: fit is a method of an object",
    ),
    "a method with another word for self": Mistake(
        """\
class Trainer:
    @component
    def fit(this, a: int): ...
main = Trainer.fit
""",
        "train.py:3: fit is a method of an object",
    ),
    "a bound method": Mistake(
        """\
class Trainer:
    def fit(self, a: int): ...
main = component(Trainer().fit)
""",
        "train.py:4: @component takes a function, not a value of type method",
    ),
    "above staticmethod": Mistake(
        """\
class Trainer:
    @component
    @staticmethod
    def fit(a: int): ...
main = Trainer.fit
""",
        "train.py:3: @component takes a function, not a staticmethod, which stands below it",
    ),
    "above classmethod": Mistake(
        """\
class Trainer:
    @component
    @classmethod
    def fit(cls, a: int): ...
main = Trainer.fit
""",
        "train.py:3: @component takes a function, not a classmethod, which stands below it",
    ),
    "above property": Mistake(
        """\
class Trainer:
    @component
    @property
    def fit(self): ...
main = Trainer.fit
""",
        "train.py:3: @component takes a function, not a property, which stands below it",
    ),
    "decorated twice": Mistake(
        """\
@component
@component
def main(a: int): ...
""",
        "train.py:2: <component main> is one already, expected one decorator, right above `def`",
    ),
    "a decorator that hides the function": Mistake(
        """\
import functools
@component
@functools.partial
def main(a: int): ...
""",
        "train.py:3: @component takes a function, not a value of type partial",
    ),
    "below another decorator": Mistake(
        """\
import functools
def loud(f):
    @functools.wraps(f)
    def g(*a, **k): return f(*a, **k)
    return g
@loud
@component
def main(a: int): ...
""",
        "train.py:main: function is not something to run, expected `@component` above the other decorators",
    ),
    "a built-in": Mistake(
        "main = component(len)",
        "train.py:2: @component takes a function, not a value of type builtin_function_or_method",
    ),
    "an instance": Mistake(
        "main = component(3)",
        "train.py:2: @component takes a function, not a value of type int",
    ),
    "an unknown option": Mistake(
        """\
@component(nmae='x')
def main(a: int): ...
""",
        "train.py:2: @component has no option 'nmae', did you mean 'name'?",
    ),
    "a name as the argument": Mistake(
        """\
@component('train')
def main(a: int): ...
""",
        "train.py:2: @component takes a function, not a value of type str",
    ),
    "an option's unknown field": Mistake(
        """\
@component(termination={'max_retires': 2})
def main(a: int): ...
""",
        "train.py:2: termination.max_retires: unknown field, did you mean 'maxRetries'?",
    ),
    "an option of another type": Mistake(
        """\
@component(termination={'max_retries': 'often'})
def main(a: int): ...
""",
        "train.py:2: termination.max_retries: 'often' is not allowed, expected a whole number or a template",
    ),
    "an Enum whose members are combined": Mistake(
        """\
import enum
class Mode(enum.Flag):
    READ = 1
    WRITE = 2
@component
def main(mode: Mode): ...
""",
        "train.py:6: mode: Mode is a Flag, whose members are combined, expected an Enum, or a list of one",
    ),
    "an unknown resource": Mistake(
        """\
@component(resources={'gpus': 1})
def main(a: int): ...
""",
        "train.py:2: resources: unknown resource 'gpus'",
    ),
    "a name that is none": Mistake(
        """\
@component(name='a b')
def main(a: int): ...
""",
        "train.py:2: name: invalid name 'a b', expected letters, digits, - and _ only",
    ),
    "an input called globals": Mistake(
        """\
@component
def main(globals: int): ...
""",
        "train.py:2: globals: 'globals' is taken by templates, expected another name",
    ),
    "an input called params": Mistake(
        """\
@component
def main(params: int = 3): ...
""",
        "train.py:2: params: 'params' is taken by templates, expected another name",
    ),
    "an annotation that no input has": Mistake(
        """\
@component
def main(a: complex): ...
""",
        "train.py:2: a: complex is no type of an input or output, expected a number, text, bool",
    ),
    "an annotation that isn't there": Mistake(
        """\
@component
def main(a: "Digits"): ...
""",
        "train.py:2: a: can't resolve the annotation 'Digits': name 'Digits' is not defined",
    ),
    "a part of a dataclass that no input has": Mistake(
        """\
import dataclasses
@dataclasses.dataclass
class Net:
    layers: list[complex]
@component
def main(net: Net): ...
""",
        "train.py:6: net.layers: complex is no type of an input or output, expected a number, text, bool",
    ),
    "a default of another type": Mistake(
        """\
@component
def main(a: int = 'three'): ...
""",
        "train.py:2: a: the default 'three' doesn't fit, expected int",
    ),
    "a default that JSON can't hold": Mistake(
        """\
@component
def main(a=object()): ...
""",
        "train.py:2: a: the default <object object",
    ),
    "a default inside of one": Mistake(
        """\
@component
def main(a: dict = {'x': [object()]}): ...
""",
        "train.py:2: a.x: the default {'x': [<object object",
    ),
    "a default out of bounds": Mistake(
        """\
from typing import Annotated
import annotated_types as at
@component
def main(a: Annotated[int, at.Ge(0)] = -1): ...
""",
        "train.py:4: a: the default -1 doesn't fit, expected at least 0",
    ),
    "a default that is no choice": Mistake(
        """\
from typing import Literal
@component
def main(a: Literal['x', 'y'] = 'z'): ...
""",
        "train.py:3: a: the default 'z' doesn't fit, expected one of 'x', 'y'",
    ),
    "a default whose repr fails": Mistake(
        """\
class Bad:
    def __repr__(self): raise ValueError
@component
def main(a: int = Bad()): ...
""",
        "train.py:4: a: the default <Bad instance",
    ),
    "a default that compares oddly": Mistake(
        """\
import numpy
@component
def main(a: int = numpy.zeros(3)): ...
""",
        "train.py:3: a: the default array([0., 0., 0.]) doesn't fit, expected int",
    ),
    "Output on an input": Mistake(
        """\
from typing import Annotated
@component
def main(a: Annotated[int, Output()]): ...
""",
        "train.py:3: a: Output(...) says something of what is returned, expected Input(...)",
    ),
    "a search without values": Mistake(
        """\
from typing import Annotated
@component
def main(a: Annotated[float, Log(0, 1)]): ...
""",
        "train.py:4: Log from 0, expected a number above 0",
    ),
    "two names for one value": Mistake(
        """\
@component(outputs=['a', 'b'])
def main() -> float: ...
""",
        "train.py:2: return: 2 names for one value, expected a tuple of so many values, or one name",
    ),
    "an empty Enum": Mistake(
        """\
import enum
class E(enum.Enum): pass
@component
def main(a: E): ...
""",
        "train.py:4: a: E has no members, expected an Enum with members",
    ),
    "an import that fails": Mistake(
        """\
import no_such_module
@component
def main(a: int): ...
""",
        "train.py: it raises ModuleNotFoundError: No module named 'no_such_module'",
    ),
    "an error in the file": Mistake(
        """\
1 / 0
@component
def main(a: int): ...
""",
        "train.py: it raises ZeroDivisionError: division by zero",
    ),
    "a syntax error": Mistake(
        """\
def main(:

""",
        "train.py: it raises SyntaxError: invalid syntax",
    ),
    "another name": Mistake(
        """\
@component
def mian(a: int): ...
""",
        "train.py: no 'main' in it, did you mean 'mian'?",
    ),
    "something else": Mistake(
        "main = 3",
        "train.py:main: int is not something to run",
    ),
    "a call with an unknown argument": Mistake(
        """\
@component
def train(a: int): ...
main = train.operation(b=1)
""",
        "train.py:4: train: no input 'b', it has a",
    ),
    "a call with an argument too many": Mistake(
        """\
@component
def train(a: int): ...
main = train.operation(1, 2)
""",
        "train.py:4: train: too many positional arguments",
    ),
    "a call with an argument of another type": Mistake(
        """\
@component
def train(a: int): ...
main = train.operation('x')
""",
        "train.py:4: train.a: 'x' is of another type, expected int",
    ),
    "an unknown param": Mistake(
        """\
@component
def train(a: int): ...
main = operation(train, params={'b': 1})
""",
        "train.py:4: train: no input 'b', it has a",
    ),
    "an operation's unknown field": Mistake(
        """\
@component
def train(a: int): ...
main = operation(train, quee='x')
""",
        "train.py:4: an operation has no 'quee', did you mean 'queue'?",
    ),
    "an operation's field of another type": Mistake(
        """\
@component
def train(a: int): ...
main = operation(train, is_approved=[1])
""",
        "train.py:4: is_approved: [1] is not allowed",
    ),
    "a run without an argument": Mistake(
        """\
@component
def train(a: int): ...
main = train.run()
""",
        "train.py:4: train: params.a: missing, expected a value of type int",
    ),
    "a recorded call without an argument": Mistake(
        """\
@component
def train(a: int): ...
main = train.record()
""",
        "train.py:4: train: missing a required argument: 'a'",
    ),
    "a search of an unknown input": Mistake(
        """\
@component
def train(a: int) -> float: ...
main = train.sweep(b=[1])
""",
        "train.py:4: train: no input 'b', it has a",
    ),
    "a searched value of another type": Mistake(
        """\
@component
def train(a: int) -> float: ...
main = train.sweep(a=[1, 'x'])
""",
        "train.py:4: a: 'x' is of another type, expected int",
    ),
    "@component above @operation": Mistake(
        """\
@component
@operation(queue='a')
@component
def main(a: int): ...
""",
        "train.py:2: <operation main> is one already, expected one decorator",
    ),
    "@component above @dag": Mistake(
        """\
@component
@dag
def main(a: int): ...
""",
        "train.py:2: <dag main> is one already, expected one decorator",
    ),
    "@dag above @component": Mistake(
        """\
@dag
@component
def main(a: int): ...
""",
        "train.py:2: <component main> is one already, expected one decorator",
    ),
    "@operation without @component": Mistake(
        """\
@operation(queue='a')
def main(a: int): ...
""",
        "train.py:2: an operation is of a component, not of main, expected a function below `@component`",
    ),
    "an empty dag": Mistake(
        """\
@dag
def main(a: int): ...
""",
        "train.py:2: main: the dag calls no component",
    ),
    "a future value in an if": Mistake(
        """\
@component
def train(a: int) -> int: ...
@dag
def main(a: int):
    if train(a) > 3: train(1)
""",
        "train.py:6: a condition of the run can't decide an if",
    ),
    "an unknown output": Mistake(
        """\
@component
def train(a: int) -> int: ...
@dag
def main(a: int):
    train(a).los
""",
        "train.py:6: train has no output 'los', it has result",
    ),
    "an edge of another type": Mistake(
        """\
@component
def train(a: int) -> str: ...
@dag
def main(a: int):
    train(train(a))
""",
        "train.py:6: run.operations[1].params.a: outputs.result of 'train' is str, expected int",
    ),
    "a block of steps": Mistake(
        """\
from polyaxon_sdk import when
@component
def train(a: int) -> int: ...
@dag
def main(a: int):
    with when(a > 1):
        train(a)
""",
        "train.py:7: `with when(...)` makes no block of steps, expected `when(...)(step)(...)` for each step",
    ),
    "a text of the dag for a number": Mistake(
        """\
@component
def train(a: int) -> int: ...
@dag
def main(a: str = "3", b: int = 3):
    train(b)
    train(a)
""",
        "train.py:7: run.operations[1].params.a: inputs.a of the dag is str, expected int",
    ),
    "a dag that calls itself": Mistake(
        """\
@dag
def main(a: int):
    main(a)
""",
        "train.py:4: main calls itself, expected a dag without circles",
    ),
    "several results in one number": Mistake(
        """\
@component
def train(a: int) -> int: ...
@dag
def main(a: int):
    train([train(1), train(2)])
""",
        "train.py:6: train.a: several results are handed on in one value, expected int",
    ),
    "a result within a dataclass": Mistake(
        """\
from dataclasses import dataclass
@dataclass
class Net:
    width: int
@component
def size() -> int: ...
@component
def train(net: Net): ...
@dag
def main(a: int):
    train(Net(size()))
""",
        "train.py:12: train.net.width: size can't be a plain value here",
    ),
}
