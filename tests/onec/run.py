"""Checks bindings/1c: its text by a checker, its behaviour by an interpreter of the language with the library's
own add-in object and the simulator. It runs on Linux x86-64 and needs only Python.

TWITTER_NATIVE_LIBRARY names the library (by default that of target/release), TWITTER_SIMULATOR the simulator (by
default that of target/debug, which `cargo build -p twitter-simulator` makes)."""

import sys

import checks_authorization  # noqa: F401 - registers its checks
import checks_errors  # noqa: F401
import checks_files  # noqa: F401
import checks_jobs  # noqa: F401
import checks_log  # noqa: F401
import checks_parameters  # noqa: F401
import checks_reading  # noqa: F401
import checks_readme  # noqa: F401
import checks_source  # noqa: F401
import checks_tweets  # noqa: F401
from world import World


def main():
    world = World()
    try:
        passed, failed = world.run()
    finally:
        world.close()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
