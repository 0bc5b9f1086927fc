"""Files checked and compiled as the public implementation does, but for the deviations that are listed."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from polyaxon_sdk.compiler.contract import answer_check, answer_compile
from tests.conformance.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus

DEVIATIONS = json.loads(Path(__file__).with_name("deviations.json").read_text(encoding="utf-8"))
DELIBERATE = {(one["case"], one["aspect"]) for one in DEVIATIONS}
CATEGORIES = ["docs", "docs-wrapped", "mutated", "negatives", "overlays", "quick-start", "seeds"]
ANSWERS = {"check": answer_check, "compile": answer_compile}
APART = {"kindless", "version"}


def runner() -> ModuleType:
    """The program that compares answers, which lies beside the corpus."""
    spec = importlib.util.spec_from_file_location("conformance", CORPUS.parent / "conformance.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def differences() -> list[tuple[str, str, str, list[str]]]:
    """Category, case, aspect and differences of all that doesn't agree."""
    compare, before = runner(), Path.cwd()
    os.chdir(CORPUS)
    try:
        asked: list[Any] = [item for item in compare.load(CORPUS) if item["cmd"] in ANSWERS]
        return [
            (item["category"], item["label"], aspect, wrong)
            for item in asked
            if not APART & item["tags"]
            for aspect, wrong in compare.parts(item, ANSWERS[item["cmd"]](item["request"]))
            if wrong
        ]
    finally:
        os.chdir(before)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_agrees(category: str, differences: list[tuple[str, str, str, list[str]]]) -> None:
    assert [one for one in differences if one[0] == category and one[1:3] not in DELIBERATE] == []


def test_every_listed_deviation_is_one(differences: list[tuple[str, str, str, list[str]]]) -> None:
    assert sorted(DELIBERATE - {one[1:3] for one in differences}) == []


def test_every_deviation_says_why() -> None:
    assert [one for one in DEVIATIONS if not one["reason"].strip()] == []
