"""What the checks share: sessions of either host, the simulator, values of the language made from Python's."""

import tempfile
import traceback
from pathlib import Path

from bsl_machine import LEFT_OUT, Machine
from local_x import Files, LocalX
from native_api import ROOT, Library
from platform_types import Array, BinaryData, Error1C, Map, Structure, plain

SOURCES = ROOT / "bindings/1c"
MEDIA = ROOT / "tests/media"
HOSTS = ("1c", "onescript")
LOCATION = {"1c": "ОбщийМакет.OPI_TwitterNative", "onescript": "/opt/libtwitter_native.so"}
# OneScript has no template: the path comes from the overridable module.
PATH_HOOK = 'Подключение.Местоположение = "%s";' % LOCATION["onescript"]

CHECKS = []


def check(function):
    """A check that runs once."""
    CHECKS.append((" ".join(function.__doc__.split()), function, None))
    return function


def on_both_hosts(function):
    """A check that runs as 1C and as OneScript."""
    for host in HOSTS:
        CHECKS.append(("%s [%s]" % (" ".join(function.__doc__.split()), host), function, host))
    return function


class World:
    def __init__(self):
        self.library, self.x = Library(), LocalX()
        self.files = Files((MEDIA / "picture.png").read_bytes())
        self.folder = tempfile.TemporaryDirectory()
        # The module's temporary files are counted, and other programs have theirs in the usual folder.
        tempfile.tempdir = self.folder.name

    def close(self):
        self.x.close()
        self.files.close()
        self.folder.cleanup()

    def session(self, host, parameters_hook="", tokens_hook="", attach_hook=None, overridable=True):
        """A machine with OPI_Twitter loaded, and beside it an overridable module with these bodies."""
        machine = Machine(host, {location: self.library.new_object for location in LOCATION.values()})
        if attach_hook is None:
            attach_hook = PATH_HOOK if host == "onescript" else ""
        if overridable:
            machine.load("OPI_TwitterПереопределяемый", (
                "Процедура ПриОпределенииПараметров(Параметры) Экспорт\n%s\nКонецПроцедуры\n"
                "Процедура ПриПолученииТокенов(Токены, Параметры) Экспорт\n%s\nКонецПроцедуры\n"
                "Процедура ПриПодключенииКомпоненты(Подключение) Экспорт\n%s\nКонецПроцедуры\n"
            ) % (parameters_hook, tokens_hook, attach_hook))
        return machine.load("OPI_Twitter", (SOURCES / "OPI_Twitter.bsl").read_text(encoding="utf-8"))

    def file(self, name, content):
        path = Path(self.folder.name) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def run(self):
        """Runs every check. Returns how many passed and how many failed."""
        passed = failed = 0
        for title, function, host in CHECKS:
            self.x.control("faults", verb="DELETE")
            self.x.control("requests", verb="DELETE")
            self.library.calls.clear()
            try:
                function(self) if host is None else function(self, host)
            except Exception:
                failed += 1
                print("FAILED  %s\n%s" % (title, traceback.format_exc()))
            else:
                passed += 1
                print("ok      %s" % title)
        return passed, failed


def of_python(value):
    """Converts a Python value to one of 1C: dict to Map, list to Array, bytes to BinaryData."""
    if isinstance(value, dict):
        return Map({key: of_python(inner) for key, inner in value.items()})
    if isinstance(value, (list, tuple)):
        return Array(map(of_python, value))
    if isinstance(value, bytes):
        return BinaryData(None, value)
    return value


def structure(fields):
    return Structure(",".join(fields), *map(of_python, fields.values()))


def call(module, name, *arguments):
    """Calls a function of the module; its result as a Python value."""
    result = module.call(name, [LEFT_OUT if value is Ellipsis else of_python(value) for value in arguments])
    return plain(result)


def equal(found, expected):
    assert found == expected, "found %r, expected %r" % (found, expected)


def refusal(found, error):
    """Checks that a Map is an error of the module's own checks."""
    for key in ("error", "error_description", "title", "detail"):
        assert isinstance(found.get(key), str) and found[key], "no %s in %r" % (key, found)
    equal(found["error"], error)
    equal(found["detail"], found["error_description"])
    return found


def raised(module, name, *arguments):
    """Calls a function that must raise an exception; its message."""
    try:
        result = call(module, name, *arguments)
    except Error1C as error:
        return str(error)
    raise AssertionError("nothing was raised, the result is %r" % (result,))
