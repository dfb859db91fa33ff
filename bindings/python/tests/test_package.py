"""Finding the library, and the packages themselves."""

from __future__ import annotations

import email
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from local_x import ROOT, LocalX, run

import twitter_native

PACKAGE = Path(__file__).resolve().parent.parent


def test_the_version_is_the_workspace_s() -> None:
    assert f'version = "{twitter_native.__version__}"' in (ROOT / "Cargo.toml").read_text(encoding="utf-8")


def test_a_missing_library_is_told_with_what_was_tried(tmp_path: Path) -> None:
    missing = tmp_path / "nothing.so"
    done = run("import twitter_native", TWITTER_NATIVE_LIBRARY=str(missing))
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert "LibraryNotFound" in last
    assert f"Tried: {missing}" in last
    assert "named by TWITTER_NATIVE_LIBRARY" in last


def test_beside_the_package_is_where_it_is_looked_for_else(tmp_path: Path) -> None:
    source = Path(twitter_native.__file__).parent
    shutil.copytree(source, tmp_path / "twitter_native", ignore=shutil.ignore_patterns("*twitter_native.*"))
    done = run("import twitter_native", PYTHONPATH=str(tmp_path), TWITTER_NATIVE_LIBRARY="")
    assert f"Tried: {tmp_path / 'twitter_native'}" in done.stderr
    assert "TWITTER_NATIVE_LIBRARY can name another one" in done.stderr


def test_another_abi_is_refused(tmp_path: Path) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or os.name == "nt":
        pytest.skip("no C compiler")
    library = tmp_path / "libfuture.so"
    source = tmp_path / "future.c"
    source.write_text("unsigned twitter_abi_version(void) { return 2; }\n", encoding="ascii")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    done = run("import twitter_native", TWITTER_NATIVE_LIBRARY=str(library))
    assert "has ABI version 2, this package needs 1" in done.stderr
    assert str(library) in done.stderr
    other = sysconfig.get_config_var("LIBC") or "libc.so.6"
    assert "LibraryNotFound" in run("import twitter_native", TWITTER_NATIVE_LIBRARY=str(other)).stderr


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("sdist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder)]
    subprocess.run(build, cwd=PACKAGE, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        if hasattr(tarfile, "data_filter"):
            opened.extractall(folder, filter="data")
        else:
            opened.extractall(folder)
    return folder / archive.name[: -len(".tar.gz")]


def build_wheel(folder: Path, into: Path, path: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)],
        cwd=folder,
        env={**os.environ, "PATH": path, "CARGO": "cargo"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_sdist_has_all_sources_and_names_a_missing_cargo_in_one_line(unpacked: Path, tmp_path: Path) -> None:
    assert not list(unpacked.rglob("*.so"))
    cargo = shutil.which("cargo")
    if cargo:
        workspace = [cargo, "metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"]
        told = subprocess.run(workspace, cwd=unpacked / "rust", stdout=subprocess.PIPE, text=True, check=True)
        assert "twitter_native" in told.stdout
    done = build_wheel(unpacked, tmp_path, str(tmp_path))
    assert done.returncode != 0
    assert done.stdout.strip().splitlines()[-1].startswith("twitter-native: cargo is missing")
    assert "Traceback" not in done.stdout


@pytest.mark.long
def test_the_sdist_builds(unpacked: Path, tmp_path: Path) -> None:
    done = build_wheel(unpacked, tmp_path, os.environ["PATH"])
    assert done.returncode == 0, done.stdout
    (wheel,) = tmp_path.glob("*.whl")
    assert "-py3-none-" in wheel.name


def test_the_wheel_alone_posts(x: LocalX, tmp_path: Path) -> None:
    """In an environment with nothing else in it."""
    wheel = os.environ.get("TWITTER_NATIVE_WHEEL")
    if not wheel:
        pytest.skip("TWITTER_NATIVE_WHEEL names no wheel")
    venv.create(tmp_path / "clean", with_pip=False)
    python = tmp_path / "clean" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(python), "install", "--no-index", wheel]
    subprocess.run(pip, check=True)
    program = "import json, sys, twitter_native as t; print(t.__file__)\n"
    program += "print(t.create_text_tweet('By the wheel', parameters=json.loads(sys.argv[1]))['data']['id'])"
    command = [str(python), "-I", "-c", program, json.dumps(x.oauth1())]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    file, tweet_id = done.stdout.split()
    assert Path(file).is_relative_to(tmp_path)
    assert x.tweet(tweet_id)["text"] == "By the wheel"


def test_the_wheel_brings_the_licences_of_what_is_linked_in() -> None:
    wheel = os.environ.get("TWITTER_NATIVE_WHEEL")
    if not wheel:
        pytest.skip("TWITTER_NATIVE_WHEEL names no wheel")
    with zipfile.ZipFile(wheel) as archive:
        notices = archive.read("twitter_native/THIRD-PARTY.txt")
    assert notices == (ROOT / "THIRD-PARTY.txt").read_bytes()


def test_the_wheel_needs_nothing_but_python() -> None:
    wheel = os.environ.get("TWITTER_NATIVE_WHEEL")
    if not wheel:
        pytest.skip("TWITTER_NATIVE_WHEEL names no wheel")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        said = email.message_from_bytes(archive.read(metadata))
    assert "twitter_native/py.typed" in names
    assert said["Name"] == "twitter-native"
    assert said["Requires-Python"] == ">=3.9"
    assert said.get_all("Requires-Dist") is None
    assert said["Version"] == twitter_native.__version__


def test_only_the_standard_library_is_imported() -> None:
    """At the first call too."""
    if sys.version_info < (3, 10):
        pytest.skip("sys.stdlib_module_names came with Python 3.10")
    program = "import sys; before = set(sys.modules); import twitter_native; twitter_native.describe()\n"
    program += "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    imported = set(run(program).stdout.split())
    assert imported - set(sys.stdlib_module_names) == {"twitter_native"}


def test_the_licence_is_the_repository_s() -> None:
    assert (PACKAGE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
