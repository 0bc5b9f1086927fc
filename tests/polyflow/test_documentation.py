"""Every class of the specification documents its fields, as a reader of docstrings that is not ours finds them."""

from __future__ import annotations

import ast
import doctest
import pydoc
from inspect import signature

import attrs
import pytest
from docstring_parser import DocstringParam, DocstringStyle, parse

from polyaxon_sdk.polyflow import (
    V1IO,
    V1Container,
    V1Environment,
    V1EventTrigger,
    V1Hook,
    V1Operation,
    read,
    write,
)
from polyaxon_sdk.polyflow.documentation import fields_of
from tests.polyflow.nouns import ENUMERATIONS, NOUNS

Noun = type[attrs.AttrsInstance]


def told(cls: Noun) -> dict[str, DocstringParam]:
    """What the docstring tells of each field."""
    return {param.arg_name: param for param in parse(cls.__doc__ or "", DocstringStyle.GOOGLE).params}


def made(cls: Noun) -> attrs.AttrsInstance:
    """The object of the class that its example makes."""
    known = {cls.__name__: cls}
    for example in doctest.DocTestParser().get_examples(cls.__doc__ or ""):
        for node in ast.walk(ast.parse(example.source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == cls.__name__:
                return eval(ast.unparse(node), known)  # type: ignore[no-any-return]  # an example of ours
        exec(example.source, known)
    raise AssertionError(f"no example of {cls.__name__}")


@pytest.mark.parametrize("name", NOUNS)
def test_each_field_is_told(name: str) -> None:
    assert list(told(NOUNS[name])) == [field.name for field in attrs.fields(NOUNS[name])]


@pytest.mark.parametrize("name", NOUNS)
def test_each_field_tells_its_type(name: str) -> None:
    types = {field: param.type_name for field, param in told(NOUNS[name]).items()}
    assert [field for field, words in types.items() if not words or "Literal" in words] == []


@pytest.mark.parametrize("name", NOUNS)
def test_each_field_tells_its_meaning(name: str) -> None:
    meanings = {
        field: (param.description or "").partition("; default")[0]
        for field, param in told(NOUNS[name]).items()
    }
    assert [field for field, words in meanings.items() if len(words) < 5] == []


@pytest.mark.parametrize("name", NOUNS)
def test_each_field_that_may_be_left_out_tells_its_default(name: str) -> None:
    optional = [field.name for field in attrs.fields(NOUNS[name]) if field.default is not attrs.NOTHING]
    defaults = fields_of(NOUNS[name])
    assert [field for field in optional if " default" not in defaults[field]] == []


@pytest.mark.parametrize("name", NOUNS)
def test_each_field_that_is_needed_says_so(name: str) -> None:
    needed = [field.name for field in attrs.fields(NOUNS[name]) if field.default is attrs.NOTHING]
    said = {field: param.type_name or "" for field, param in told(NOUNS[name]).items()}
    assert [field for field, words in said.items() if words.endswith(", required")] == needed


@pytest.mark.parametrize("name", [*NOUNS, *ENUMERATIONS])
def test_the_example_works(name: str) -> None:
    cls: type = {**NOUNS, **ENUMERATIONS}[name]
    example = doctest.DocTestParser().get_doctest(cls.__doc__ or "", {name: cls}, name, None, 0)
    assert (len(example.examples) > 0, doctest.DocTestRunner().run(example).failed) == (True, 0)


@pytest.mark.parametrize("name", NOUNS)
def test_the_example_is_read_as_it_is_written(name: str) -> None:
    example = made(NOUNS[name])
    assert read(NOUNS[name], write(example)) == example


def test_help_tells_of_inherited_fields() -> None:
    assert "inputs (list[V1IO]): the typed values that it is given; default none." in pydoc.render_doc(
        V1Operation
    )


@pytest.mark.parametrize(
    ("noun", "field", "words"),
    [
        (V1Operation, "trigger", "V1TriggerPolicy or str or template"),
        (V1EventTrigger, "kinds", "list[V1EventKind or str or template], required"),
        (V1Hook, "hub_ref", "str, required"),
        (V1Environment, "priority", "int"),
        (V1Environment, "restart_policy", "'Always', 'OnFailure', 'Never', 'ExitCode'"),
    ],
)
def test_types_are_told_in_words(noun: Noun, field: str, words: str) -> None:
    assert told(noun)[field].type_name == words


def test_a_meaning_of_several_lines_is_told_whole() -> None:
    assert fields_of(V1Container)["image_pull_policy"].endswith("for the tag `latest`, else `IfNotPresent`.")


def test_an_object_has_the_docstring_of_its_class() -> None:
    assert V1Container().__doc__ == V1Container.__doc__


def test_help_opens_with_what_a_class_needs_and_not_with_all_it_takes() -> None:
    assert str(signature(V1IO)) == "(*, name: 'str', **fields)"
    assert str(signature(V1Operation)) == "(**fields)"
