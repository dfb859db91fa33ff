"""Makes openapi.json beside this file: X's document with what the simulator answers and checks by, and no prose.

    python3 trim.py FILE        # X's document, from https://api.x.com/2/openapi.json

Descriptions and examples are left out; a path, a schema and a parameter has a line of its own.
"""

import json
import sys
from pathlib import Path

PROSE = ("description", "example", "examples", "externalDocs", "tags")


def trimmed(value):
    if isinstance(value, list):
        return [trimmed(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: properties(item) if name == "properties" else trimmed(item)
        for name, item in value.items()
        if name not in PROSE and (not name.startswith("x-") or name == "x-twitter-streaming")
    }


def properties(fields):
    """Names of fields are nobody's prose: a medium has a `title` and a `description`."""
    return {name: trimmed(schema) for name, schema in fields.items()}


def entries(fields):
    return ",\n".join(f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}" for name, value in fields.items())


def main():
    document = trimmed(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    paths, components = document.pop("paths"), document.pop("components")
    parts = [f"{json.dumps(name)}:{{\n{entries(fields)}\n}}" for name, fields in components.items()]
    text = f'{{\n{entries(document)},\n"paths":{{\n{entries(paths)}\n}},\n"components":{{\n' + ",\n".join(parts) + "\n}\n}\n"
    Path(__file__).with_name("openapi.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
