"""Type hints can be had at run time: of the constructor, of every function, under every Python that is here."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, get_type_hints

import pytest
from local_x import run

import twitter_native
from twitter_native import ParameterFields, Twitter

OLDEST, NEWEST = 9, 30

#: Everything public, and what hangs on it.
PROGRAM = """
import inspect, typing, twitter_native
asked = 0
for name in twitter_native.__all__:
    thing = getattr(twitter_native, name)
    if inspect.isclass(thing):
        members = [member for key, member in vars(thing).items() if inspect.isfunction(member)]
        members += [member.fget for member in vars(thing).values() if isinstance(member, property)]
        if thing is twitter_native.Twitter:
            members += [member for key, member in inspect.getmembers(thing) if inspect.isfunction(member)]
    elif callable(thing) and hasattr(thing, "__module__") and "typing" not in thing.__module__:
        members = [thing]
    else:
        continue
    for member in [thing] * inspect.isclass(thing) + members:
        typing.get_type_hints(member)
        asked += 1
hints = typing.get_type_hints(twitter_native.Twitter.__init__)
assert set(hints) == {"parameters", "on_tokens", "token_store", "more", "return"}, hints
assert "token_file" in typing.get_type_hints(twitter_native.ParameterFields)
assert asked > 120, asked
print("hints", asked)
"""


def pythons() -> Iterator[str]:
    """Of the versions that the package serves: those on the PATH and pyenv's."""
    names = [f"python3.{minor}" for minor in range(OLDEST, NEWEST)]
    yield from filter(None, map(shutil.which, names))
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder in sorted((root / "versions").glob("3.*")):
        minor = folder.name.split(".")[1].rstrip("t")
        program = folder / "bin" / "python3"
        if minor.isdigit() and int(minor) >= OLDEST and program.exists():
            yield str(program)


def test_hints_of_everything_public() -> None:
    done = run(PROGRAM)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("hints")


@pytest.mark.skipif(sys.platform == "win32", reason="other Pythons are found on POSIX")
def test_hints_under_every_python_that_is_here() -> None:
    package = Path(twitter_native.__file__).parent
    served = 0
    for python in pythons():
        environment = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        # pyenv puts programs on the PATH that it then refuses to run.
        if subprocess.run([python, "-c", "import ctypes"], capture_output=True, env=environment).returncode != 0:
            continue
        done = subprocess.run(
            [python, "-c", PROGRAM],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, ""), python
        served += 1
    print(f"{served} Pythons")
    if served == 0:
        pytest.skip("no Python is on the PATH by its version, or pyenv's")


def test_the_constructor_takes_parameters_by_name_as_by_place() -> None:
    given = {"access_token": "one", "client_id": "two"}
    for client in (
        Twitter(given),
        Twitter(parameters=given),
        Twitter(parameters='{"access_token": "one", "client_id": "two"}'),
        Twitter({"access_token": "one"}, client_id="two"),
        Twitter(parameters={"access_token": "zero"}, access_token="one", client_id="two"),
        Twitter(**given),  # type: ignore[arg-type]
        Twitter(parameters=given, proxy=None),  # type: ignore[arg-type]
    ):
        assert client.parameters == given
    assert Twitter().parameters == Twitter(parameters=None).parameters == Twitter("").parameters == {}
    with pytest.raises(TypeError, match="parameters"):
        Twitter({}, parameters={})  # type: ignore[misc]
    assert list(inspect.signature(Twitter).parameters) == ["parameters", "on_tokens", "token_store", "more"]


def test_hints_tell_the_names_of_parameters() -> None:
    more = get_type_hints(Twitter.__init__)["more"]
    assert more is ParameterFields or ParameterFields in more.__args__
