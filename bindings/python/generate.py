"""Writes src/twitter_native/_functions.py, _exports.py and _operations.pyi from what the library's `describe` says.

    python generate.py            # after a function was added to or changed in the library
    python generate.py --check    # only says whether they are current

What `describe` doesn't know is in notes.py. A function that has no note there gets a plain method, so for a new
function it is enough to run this.
"""

from __future__ import annotations

import keyword
import sys
import textwrap
from pathlib import Path
from typing import Dict, List, Mapping

from notes import FILE, MEANINGS, PLAIN, note_of

sys.path.append(str(Path(__file__).resolve().parent.parent))

from generator import Schema, describe, kind_of, main, without_null

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "src" / "twitter_native"
WIDTH = 118
MARK = "# Made by generate.py from the library's `describe`: change neither by hand.\n"
FILES = ("file", "files")
TAKEN = ("self", "parameters", "progress", "cancel")

#: The fields whose choices have a type alias.
NAMED = {"type": "MediaCategory", "reply_settings": "ReplySettings"}


def fields_of(function: Schema) -> Dict[str, Schema]:
    """The fields of a function beside `parameters` and second names."""
    properties: Dict[str, Schema] = function["request"]["properties"]
    left_out = ("parameters", *note_of(function["name"]).second_names)
    return {name: schema for name, schema in properties.items() if name not in left_out}


def parameters_of(described: List[Schema]) -> Dict[str, Schema]:
    properties: Dict[str, Schema] = described[0]["request"]["properties"]["parameters"]["anyOf"][0]["properties"]
    return properties


def argument(field: str) -> str:
    """A field's name as Python takes it."""
    return field + "_" if keyword.iskeyword(field) or field in TAKEN else field


def literal(schema: Schema) -> str:
    schema = without_null(schema)
    return f"Literal[{', '.join(quoted(value) for value in schema.get('enum', ()) if value is not None)}]"


def type_of(name: str, schema: Schema, named: Mapping[str, str] = NAMED) -> str:
    """The annotation of a value that is given."""
    schema = without_null(schema)
    if name in FILES:
        return "File" if name == "file" else "Union[File, Sequence[File]]"
    if is_file(schema) or is_file(schema.get("items", {})):
        raise SystemExit(f"`{name}` is a file, but not named so: _client.FILE_FIELDS and FILES here have to know it")
    values = schema.get("enum") or [choice["const"] for choice in schema.get("oneOf", ()) if "const" in choice]
    if values and name in named:
        return named[name]
    if values:
        return f"Literal[{', '.join(quoted(value) for value in values if value is not None)}]"
    kind = kind_of(schema)
    if kind == "array":
        item = type_of(name[:-1], schema.get("items", {}), named)
        return f"Union[{item}, Sequence[{item}]]" if item != "Id" else "Union[Id, Sequence[Id]]"
    if kind == "string" and (name == "id" or name.endswith("_id")):
        return "Id"
    return {
        "string": "str", "integer": "int", "number": "float", "boolean": "bool", "object": "Mapping[str, Any]",
    }.get(kind, "Any")  # fmt: skip


def is_file(schema: Schema) -> bool:
    return str(schema.get("description", "")).startswith("A file:")


def quoted(value: object) -> str:
    return '"' + str(value) + '"'


def meaning_of(name: str, schema: Schema) -> str:
    """What a docstring says of an argument."""
    described = schema.get("description") or PLAIN.get(name) or "X's field of this name."
    text = MEANINGS.get(name) or plain(described)
    if name in FILES:
        text = FILE if name == "file" else f"{text.rstrip('.')}: one, or a list. {FILE}"
    inner = without_null(schema).get("properties")
    if inner:
        text = f"{text.rstrip('.')}, a mapping of {', '.join(inner)}."
    return text


def plain(text: object) -> str:
    """One line that can stand in a docstring."""
    return " ".join(str(text).split()).replace("\\", "\\\\")


def wrapped(text: str, indent: int, hanging: int = 0) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hanging),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def method(function: Schema, described: Dict[str, Schema]) -> str:
    name, fields = function["name"], fields_of(function)
    required = function["request"].get("required", [])
    note = note_of(name)
    first = list(note.first) or list(required)
    others = [field for field in fields if field not in first]
    signature = ["self"]
    for field in first:
        optional = "" if field in required or field in note.needed else " = None"
        annotation = type_of(field, fields[field])
        signature.append(f"{argument(field)}: " + (f"Optional[{annotation}] = None" if optional else annotation))
    signature.append("*")
    signature += [f"{argument(field)}: Optional[{type_of(field, fields[field])}] = None" for field in others]
    signature += [
        "parameters: Optional[ParametersLike] = None",
        "progress: Optional[Progress] = None",
        "cancel: Optional[Cancel] = None",
    ]

    lines = [f"    def {name}("]
    lines.append(wrapped(", ".join(part.replace(" ", "\0") for part in signature) + ",", 8).replace("\0", " "))
    kind = "ResultList" if "ResultList" in note.result else "Result"
    lines.append(f"    ) -> {note.result}:")
    lines.append(f'        """{function["title"]}.')
    if note.more:
        lines += ["", wrapped(note.more, 8)]
    shared = fields_of(described[note.see]) if note.see else {}
    told = [field for field in first + others if field in first or fields[field] != shared.get(field)]
    told += [field for field in note.told if field not in told]
    if told:
        lines += ["", "        Arguments:"]
        lines += [wrapped(f"{argument(field)}: {meaning_of(field, fields[field])}", 12, 4) for field in told]
    if note.see:
        lines.append(wrapped(f"The others are those of `{note.see}`.", 12, 4))
    lines += ["", "        Returns:", wrapped(note.returns, 12)]
    lines += ["", "        Raises:", wrapped(note.raises, 12)]
    lines.append('        """')
    given = ", ".join(f'"{field}":\0{argument(field)}' for field in first + others)
    call = f'        return self._call({kind}, "{name}", {{{given}}}, parameters, progress, cancel)'
    if len(call) <= WIDTH:
        lines.append(call.replace("\0", " "))
    else:
        lines.append("        fields = {")
        lines.append(wrapped(given + ",", 12).replace("\0", " "))
        lines.append("        }")
        lines.append(f'        return self._call({kind}, "{name}", fields, parameters, progress, cancel)')
    return "\n".join(line.replace("\0", " ") for line in lines) + "\n"


def functions_module(described: List[Schema]) -> str:
    by_name = {function["name"]: function for function in described}
    body = "\n".join(method(function, by_name) for function in described)
    parameters = []
    for name, schema in parameters_of(described).items():
        annotation = "PathLike" if name.endswith("_file") else type_of("", schema)
        parameters.append(f"    {name}: {annotation}")
        default = schema.get("default")
        shown = f" Default: {default!r}." if default not in ("", None) and len(str(default)) < 60 else ""
        text = plain(schema.get("description", "")) + shown
        parameters.append(wrapped(f'"""{text}"""', 4))
    aliases = []
    for field, alias in NAMED.items():
        schema = next(fields_of(function)[field] for function in described if field in fields_of(function))
        choices = wrapped(literal(schema)[len("Literal[") : -1] + ",", 4)
        aliases.append(f"{alias} = Literal[\n{choices}\n]  # fmt: skip")
    named = "\n".join(aliases)
    head = f'''{MARK}"""One method for each function of the library."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Literal, Mapping, Optional, Sequence, Type, TypedDict, TypeVar, Union

from ._results import Result, ResultList
from ._types import Cancel, File, Id, ParametersLike, PathLike, Progress

R = TypeVar("R", Result, ResultList)

{named}


class ParameterFields(TypedDict, total=False):
    """Settings and credentials. What is left out has its default; empty text where none is shown."""

'''
    middle = '''

class Functions(ABC):
    """The functions of the library as methods. Arguments that are None are left out of the request.

    All of them take `parameters`, laid over the client's for this one call; `progress`, a callable that takes
    (stage, done, total): see `Progress`; and `cancel`, which ends the call from another thread: see `Cancel`.
    """

    @abstractmethod
    def _call(
        self,
        returns: Type[R],
        function: str,
        fields: Mapping[str, object],
        parameters: Optional[ParametersLike],
        progress: Optional[Progress],
        cancel: Optional[Cancel],
    ) -> R: ...

'''
    return head + "\n".join(parameters) + "\n" + middle + body


def exports_module(described: List[Schema]) -> str:
    names = [function["name"] for function in described]
    lines = [f'{MARK}"""The functions of the library as functions of the module."""\n']
    lines.append("from ._client import module_functions\n")
    lines += [f"{name} = module_functions.{name}" for name in names]
    lines += ["", "__all__ = [", *(f'    "{name}",' for name in names), "]"]
    return "\n".join(lines) + "\n"


def operations_stub(described: List[Schema]) -> str:
    """The types of the operations. Streams can't be called."""
    own = {function["name"] for function in described}
    listed = [operation for operation in describe({"operations": True}) if operation["name"] not in own]
    operations = [describe({"name": operation["name"]})[0] for operation in listed]
    head = f'''{MARK}"""X's operations as methods of a client."""

from abc import ABCMeta
from typing import Any, Literal, Mapping, Optional, Sequence, Union

from ._functions import Functions
from ._results import Result
from ._types import Cancel, File, Id, ParametersLike, Progress

class Operations(Functions, metaclass=ABCMeta):
'''
    return head + "\n".join(stub(operation) for operation in operations if operation["result"] != "stream")


def stub(operation: Schema) -> str:
    required = operation["request"].get("required", [])
    fields = {name: schema for name, schema in operation["request"]["properties"].items() if name != "parameters"}
    signature = ["self", "*"]
    for field in sorted(fields, key=lambda field: field not in required):
        annotation = type_of(field, without_choices_of_items(fields[field]), {})
        name = argument(field.replace(".", "_"))
        signature.append(f"{name}: {annotation}" if field in required else f"{name}: Optional[{annotation}] = ...")
    signature += [
        "parameters: Optional[ParametersLike] = ...",
        "progress: Optional[Progress] = ...",
        "cancel: Optional[Cancel] = ...",
    ]
    lines = [f"    def {operation['name']}("]
    lines.append(wrapped(", ".join(part.replace(" ", "\0") for part in signature) + ",", 8).replace("\0", " "))
    lines.append("    ) -> Result:")
    lines.append(wrapped(f'"""{plain(operation["title"])}: {operation["about"]}"""', 8))
    return "\n".join(lines) + "\n"


def without_choices_of_items(schema: Schema) -> Schema:
    """X adds to its lists of fields and expansions all the time."""
    schema = without_null(schema)
    if "items" not in schema:
        return schema
    return {**schema, "items": {key: value for key, value in schema["items"].items() if key != "enum"}}


def generated(described: List[Schema]) -> Dict[Path, str]:
    return {
        PACKAGE / "_functions.py": functions_module(described),
        PACKAGE / "_exports.py": exports_module(described),
        PACKAGE / "_operations.pyi": operations_stub(described),
    }


if __name__ == "__main__":
    sys.exit(main(generated))
