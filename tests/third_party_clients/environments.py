"""Throw-away environments with the clients in them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSTALL_SECONDS = 300


class Missing(Exception):
    """A tool that this machine lacks, or a package that it can't reach."""


def python(folder):
    """The interpreter of a new virtual environment with what requirements.txt names."""
    environment = Path(folder) / "python"
    _run([sys.executable, "-m", "venv", str(environment)], Missing)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    interpreter = scripts / ("python.exe" if os.name == "nt" else "python")
    _run([
        str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:",
        "--requirement", str(HERE / "requirements.txt"),
    ], Missing)
    return [str(interpreter)]


def node(folder):
    """Node, and a folder whose node_modules holds what package.json names."""
    runtime, installer = shutil.which("node"), shutil.which("npm")
    if not runtime or not installer:
        raise Missing("%s is missing" % ("npm" if runtime else "node"))
    shutil.copy(HERE / "package.json", folder)
    _run([
        installer, "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts",
    ], Missing, cwd=folder)
    return [runtime]


def variables_of_client(folder, local_x):
    """The environment variables of a client. They say where X's names lead and which certificate to trust, by the
    names that its HTTP library reads. This machine's own settings of proxies and interpreters are left out."""
    variables = {
        name: value for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith(("PYTHON", "NODE_", "OAUTHLIB_"))
    }
    variables.update({
        "HOME": str(folder),
        "HTTPS_PROXY": local_x.names.url,
        "HTTP_PROXY": local_x.names.url,
        "REQUESTS_CA_BUNDLE": str(local_x.ca_file),
        "NODE_EXTRA_CA_CERTS": str(local_x.ca_file),
        "PYTHONUTF8": "1",
    })
    return variables


def _run(command, failure, cwd=None):
    done = subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, timeout=INSTALL_SECONDS)
    if done.returncode != 0:
        last_lines = "\n".join(done.stdout.strip().splitlines()[-8:])
        raise failure("%s failed:\n%s" % (" ".join(command[:4]), last_lines))
