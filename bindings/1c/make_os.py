"""Writes the modules for OneScript: the text of the .bsl, byte for byte, under the suffix that OneScript's
loader looks for. `--check` only compares."""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
MODULES = FOLDER / "onescript" / "Modules"


def outdated():
    sources = sorted(FOLDER.glob("*.bsl"))
    wanted = {MODULES / (source.stem + ".os"): source.read_bytes() for source in sources}
    present = {path: path.read_bytes() for path in MODULES.glob("*.os")}
    return wanted, [path for path in wanted.keys() | present.keys() if wanted.get(path) != present.get(path)]


def main():
    wanted, differing = outdated()
    if "--check" in sys.argv[1:]:
        for path in differing:
            print("%s differs from its .bsl" % path.name)
        return 1 if differing else 0
    MODULES.mkdir(parents=True, exist_ok=True)
    for path in differing:
        if path in wanted:
            path.write_bytes(wanted[path])
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
