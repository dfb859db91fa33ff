"""Methods, arguments and what the library describes are the same, both ways, so that nothing can drift."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any, Dict, Set, get_type_hints

import pytest

import twitter_native
from twitter_native import ParameterFields, Twitter
from twitter_native._client import FILE_FIELDS, SIGN_IN

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import generate
from notes import NOTES, note_of

DESCRIBED: Dict[str, Dict[str, Any]] = {function["name"]: function for function in twitter_native.describe()}
OWN_METHODS = {"parameters"}


def arguments_of(function: object) -> Set[str]:
    assert callable(function)
    return set(inspect.signature(function).parameters) - set(generate.TAKEN)


def test_every_function_is_a_method_and_every_method_a_function() -> None:
    methods = {name for name in dir(Twitter) if not name.startswith("_")} - OWN_METHODS
    assert methods == set(DESCRIBED), "run bindings/python/generate.py"


def test_every_function_is_one_of_the_module() -> None:
    assert set(DESCRIBED) <= set(twitter_native.__all__)
    for name in DESCRIBED:
        assert inspect.signature(getattr(twitter_native, name)) == inspect.signature(getattr(Twitter(), name))
    assert all(hasattr(twitter_native, name) for name in twitter_native.__all__)


@pytest.mark.parametrize("name", DESCRIBED)
def test_arguments_are_the_described_fields(name: str) -> None:
    described = {generate.argument(field) for field in generate.fields_of(DESCRIBED[name])}
    method = getattr(Twitter, name)
    assert arguments_of(method) == described, "run bindings/python/generate.py"
    kinds = {parameter.kind for parameter in inspect.signature(method).parameters.values()}
    assert kinds <= {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
    assert name == name.lower()
    for field in DESCRIBED[name]["request"].get("required", []):
        parameter = inspect.signature(method).parameters[generate.argument(field)]
        assert parameter.default is inspect.Parameter.empty, field
    get_type_hints(method)


@pytest.mark.parametrize("name", DESCRIBED)
def test_docstrings_tell_of_arguments_results_and_errors(name: str) -> None:
    text = inspect.getdoc(getattr(Twitter, name)) or ""
    note = note_of(name)
    told = text + (inspect.getdoc(getattr(Twitter, note.see)) or "" if note.see else "")
    for argument in arguments_of(getattr(Twitter, name)):
        assert f"    {argument}: " in told, argument
    assert "Returns:" in text
    assert "Raises:" in text


def test_parameters_are_the_described_ones() -> None:
    assert set(ParameterFields.__annotations__) == set(generate.parameters_of(list(DESCRIBED.values())))


def test_generated_files_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of the library under test, which need not be the one that generate.py finds.
    monkeypatch.setattr(generate, "describe", lambda request: twitter_native.describe(**request))
    for path, text in generate.generated(list(DESCRIBED.values())).items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run bindings/python/generate.py"


def test_tables_of_names_know_real_functions_only() -> None:
    assert set(NOTES) <= set(DESCRIBED)
    assert set(SIGN_IN) <= set(DESCRIBED)
    assert set(FILE_FIELDS) == set(generate.FILES)


def test_a_new_function_needs_nothing_but_to_be_generated() -> None:
    request = {"required": ["id"], "properties": {"id": {"type": "string"}, "from": {"type": "string"}}}
    parameters = DESCRIBED["describe"]["request"]["properties"]["parameters"]
    request["properties"]["parameters"] = parameters  # type: ignore[index]
    new = {"name": "frobnicate", "title": "Frobnicates a tweet", "request": request}
    method = generate.method(new, {"frobnicate": new})
    assert "def frobnicate(" in method
    assert "id: Id, *, from_: Optional[str] = None" in method
    assert '{"id": id, "from": from_}' in method
