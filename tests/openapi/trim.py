"""Makes x.json: X's own description of the requests that the library's functions make, and nothing else of it; and
operations.jsonl: that of every operation, a line each.

    python3 trim.py openapi.json        # X's document, from https://api.x.com/2/openapi.json

References are put in place; descriptions, examples and answers are left out.
"""

import json
import sys
from pathlib import Path

OPERATIONS = [
    ("post", "/2/tweets"),
    ("get", "/2/tweets"),
    ("get", "/2/tweets/{id}"),
    ("delete", "/2/tweets/{id}"),
    ("get", "/2/tweets/{id}/retweets"),
    ("get", "/2/tweets/{id}/retweeted_by"),
    ("get", "/2/tweets/{id}/liking_users"),
    ("get", "/2/users/me"),
    ("get", "/2/users/reposts_of_me"),
    ("post", "/2/users/{id}/retweets"),
    ("delete", "/2/users/{id}/retweets/{source_tweet_id}"),
    ("post", "/2/users/{id}/likes"),
    ("delete", "/2/users/{id}/likes/{tweet_id}"),
    ("get", "/2/users/{id}/liked_tweets"),
    ("get", "/2/media/upload"),
    ("post", "/2/media/upload"),
    ("post", "/2/media/upload/initialize"),
    ("post", "/2/media/upload/{id}/append"),
    ("post", "/2/media/upload/{id}/finalize"),
    ("post", "/2/media/metadata"),
]
PROSE = ("description", "example", "examples", "summary", "title", "externalDocs", "discriminator")


def without_references(value, document):
    if isinstance(value, list):
        return [without_references(item, document) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        target = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return without_references(target, document)
    return {
        name: properties(item, document) if name == "properties" else without_references(item, document)
        for name, item in value.items()
        if name not in PROSE and not name.startswith("x-")
    }


def properties(fields, document):
    """Names of fields are nobody's prose: a medium has a `title` and a `description`."""
    return {name: without_references(schema, document) for name, schema in fields.items()}


def operation(method, path, document):
    described = document["paths"][path]
    found = described[method]
    return {
        "method": method.upper(),
        "path": path,
        "parameters": without_references(described.get("parameters", []) + found.get("parameters", []), document),
        "body": without_references(found.get("requestBody"), document),
        "security": found.get("security", []),
    }


def every_operation(document):
    for path, described in document["paths"].items():
        for method, found in described.items():
            line = {"id": found["operationId"], **operation(method, path, document)}
            line["streams"] = found.get("x-twitter-streaming", False)
            yield json.dumps(line)


def main():
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    trimmed = {
        "version": document["info"]["version"],
        "operations": [operation(method, path, document) for method, path in OPERATIONS],
    }
    target = Path(__file__).resolve().parent / "x.json"
    target.write_text(json.dumps(trimmed, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lines = sorted(every_operation(document))
    target.with_name("operations.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")


main()
