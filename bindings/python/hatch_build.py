"""Builds the library by cargo, and tags the wheel with the platform alone: no part of it depends on Python's ABI."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, Dict, Optional

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

PACKAGE = Path("src") / "twitter_native"
NOTICES = "THIRD-PARTY.txt"
#: What cargo needs: every member of the workspace has to be there, built or not.
SOURCES = [
    "Cargo.toml", "Cargo.lock", "build.rs", "cbindgen.toml", "include", "src", "core", "simulator",
    "tests/guest", "xtask", "bench", NOTICES,
]  # fmt: skip
LIBRARIES = ("libtwitter_native.so", "libtwitter_native.dylib", "twitter_native.dll")
NO_CARGO = (
    "twitter-native: cargo is missing, which builds the library: install Rust 1.89 or newer (rustup.rs), "
    "or a wheel made for this platform."
)


def rust_sources(root: str) -> Path:
    """In the sdist they are in `rust`, in the repository two folders up."""
    packed = Path(root) / "rust"
    sources = packed if packed.is_dir() else Path(root).parent.parent
    if not (sources / "Cargo.toml").is_file():
        sys.exit(f"twitter-native: the library's Rust sources are missing: neither {packed} nor {sources} has them.")
    return sources


class CustomMetadataHook(MetadataHookInterface):
    """The version is the workspace's."""

    def update(self, metadata: Dict[str, Any]) -> None:
        manifest = (rust_sources(self.root) / "Cargo.toml").read_text(encoding="utf-8")
        found = re.search(r'^version = "([^"]+)"', manifest, re.MULTILINE)
        if found is None:
            sys.exit("twitter-native: Cargo.toml has no version.")
        metadata["version"] = found[1]


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg,unused-ignore]
    def initialize(self, version: str, build_data: Dict[str, Any]) -> None:
        sources = rust_sources(self.root)
        if self.target_name == "sdist":
            build_data["force_include"].update({str(sources / name): f"rust/{name}" for name in SOURCES})
            return
        library = named_library() or build_library(sources)
        if version == "editable":
            # Python reads the sources in their place, and the library beside them.
            shutil.copy2(library, Path(self.root) / PACKAGE)
        else:
            build_data["force_include"][str(library)] = f"twitter_native/{library.name}"
            # The licences of what is linked into the library.
            build_data["force_include"][str(sources / NOTICES)] = f"twitter_native/{NOTICES}"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"


def named_library() -> Optional[Path]:
    """The file that TWITTER_NATIVE_WHEEL_LIBRARY names: one that is built already, for the platform that
    TWITTER_NATIVE_WHEEL_PLATFORM names (win_amd64)."""
    named = os.environ.get("TWITTER_NATIVE_WHEEL_LIBRARY")
    if not named:
        return None
    library = Path(named)
    if library.name not in LIBRARIES or not library.is_file():
        sys.exit(f"twitter-native: TWITTER_NATIVE_WHEEL_LIBRARY is {named}: no file, or none of {LIBRARIES}.")
    if not os.environ.get("TWITTER_NATIVE_WHEEL_PLATFORM"):
        sys.exit("twitter-native: TWITTER_NATIVE_WHEEL_LIBRARY needs TWITTER_NATIVE_WHEEL_PLATFORM: what it is for.")
    return library


def build_library(sources: Path) -> Path:
    """By cargo in the workspace's own target folder, where it may be built already."""
    cargo = shutil.which(os.environ.get("CARGO", "cargo"))
    if cargo is None:
        sys.exit(NO_CARGO)
    command = [
        cargo, "build", "--release", "--package", "twitter-native", "--lib",
        "--message-format", "json-render-diagnostics",
    ]  # fmt: skip
    built = subprocess.run(command, cwd=sources, stdout=subprocess.PIPE, encoding="utf-8")
    if built.returncode != 0:
        sys.exit("twitter-native: cargo could not build the library; what it said is above.")
    for line in built.stdout.splitlines():
        for file in json.loads(line).get("filenames", ()):
            if Path(file).name in LIBRARIES:
                return Path(file)
    sys.exit("twitter-native: cargo built no library.")


def platform_tag() -> str:
    """This platform's, or TWITTER_NATIVE_WHEEL_PLATFORM where the library is built for older systems too
    (manylinux_2_28_x86_64)."""
    named = os.environ.get("TWITTER_NATIVE_WHEEL_PLATFORM")
    if named:
        return named
    if sys.platform == "darwin":
        # A universal Python would promise more than the one architecture that cargo builds for.
        from packaging.tags import platform_tags

        return next(iter(platform_tags()))
    return re.sub(r"[-.]", "_", sysconfig.get_platform())
