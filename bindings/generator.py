"""What the generators of the bindings share: the library's description of itself, and writing or checking files."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Callable, Dict, Iterable, List, Optional

Schema = Dict[str, Any]

_LOADER = Path(__file__).resolve().parent / "python" / "src" / "twitter_native" / "_library.py"


def load(name: str, path: Path) -> ModuleType:
    """Imports a module from a file that is not on the path."""
    specification = importlib.util.spec_from_file_location(name, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    # NamedTuple looks its module up there.
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


@lru_cache(maxsize=None)
def _library() -> ModuleType:
    """The module of the Python package that calls the library. It needs no generated file."""
    return load("_library", _LOADER)


def describe(request: Optional[Schema] = None) -> List[Schema]:
    """What the library says of its functions, or of X's operations."""
    answer = _library().call(b"describe", json.dumps(request or {}).encode())
    described: List[Schema] = json.loads(answer)["result"]
    return described


def without_null(schema: Schema) -> Schema:
    """The first form of a schema that has several. The others are values that the library converts."""
    forms = schema.get("anyOf")
    if not forms:
        return schema
    return without_null({**forms[0], **{key: value for key, value in schema.items() if key != "anyOf"}})


def kind_of(schema: Schema) -> str:
    """The JSON type of a schema, apart from null; "" if it has none."""
    kinds = schema.get("type")
    if isinstance(kinds, str):
        return kinds
    return next((kind for kind in kinds or () if kind != "null"), "")


def main(generated: Callable[[List[Schema]], Dict[Path, str]], there: Iterable[Path] = ()) -> int:
    """Writes the files, or with --check says which are not current.

    Args:
        generated: Makes the text of each file.
        there: The files of an earlier run. Those that are not made any more are deleted.
    """
    check = "--check" in sys.argv
    current = generated(describe())
    outdated = [path for path, text in current.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    left_over = [path for path in there if path not in current]
    if check and (outdated or left_over):
        names = ", ".join(path.name for path in [*outdated, *left_over])
        print(f"out of date: {names}; run generate.py", file=sys.stderr)
        return 1
    for path in outdated:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(current[path].encode())
    for path in left_over:
        path.unlink()
    return 0
