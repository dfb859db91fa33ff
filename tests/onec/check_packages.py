"""Checks what `cargo xtask dist` makes for 1C and OneScript: the folder given holds it. Every XML is read, every object
that one names has its file, the add-in is the ZIP itself, and the modules are the sources."""

import io
import sys
import xml.etree.ElementTree
import zipfile
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "bindings/1c"
MD = "{http://v8.1c.ru/8.3/MDClasses}"
OPM = "{http://oscript.io/schemas/opm-metadata/1.0}"
LIB = "{http://oscript.io/schemas/lib-config/1.0}"
FOLDER_OF = {"CommonModule": "CommonModules", "CommonTemplate": "CommonTemplates"}
CONTENT_OF = {"CommonModule": "Module.bsl", "CommonTemplate": "Template.bin"}


def only(folder, pattern):
    found = list(Path(folder).glob(pattern))
    assert len(found) == 1, (pattern, found)
    return found[0]


def module(name):
    return (SOURCES / (name + ".bsl")).read_text(encoding="utf-8")


def read_object(path, kind):
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf"), "%s has no byte-order mark" % path
    root = xml.etree.ElementTree.fromstring(text)
    assert root.tag == MD + "MetaDataObject", root.tag
    return root.find(MD + kind)


def check_extension(dump, addin):
    configuration = read_object(dump / "Configuration.xml", "Configuration")
    properties = configuration.find(MD + "Properties")
    prefix = properties.find(MD + "NamePrefix").text
    assert len(configuration.find(MD + "InternalInfo")) == 7
    children = [(child.tag.replace(MD, ""), child.text) for child in configuration.find(MD + "ChildObjects")]
    expected, identifiers = {"Configuration.xml"}, [configuration.get("uuid")]
    for kind, name in children:
        assert name.startswith(prefix), "%s is not an own name of the extension" % name
        described = read_object(dump / FOLDER_OF[kind] / (name + ".xml"), kind)
        assert described.find(MD + "Properties").find(MD + "Name").text == name
        identifiers.append(described.get("uuid"))
        expected |= {"%s/%s.xml" % (FOLDER_OF[kind], name),
                     "%s/%s/Ext/%s" % (FOLDER_OF[kind], name, CONTENT_OF[kind])}
    assert len(set(identifiers)) == len(children) + 1, identifiers
    found = {path.relative_to(dump).as_posix() for path in dump.rglob("*") if path.is_file()}
    assert found == expected, found ^ expected
    # The module attaches this very template.
    template = next(name for kind, name in children if kind == "CommonTemplate")
    assert '"ОбщийМакет.%s"' % template in module("OPI_Twitter")
    assert (dump / "CommonTemplates" / template / "Ext/Template.bin").read_bytes() == addin.read_bytes()
    text = (dump / "CommonModules/OPI_Twitter/Ext/Module.bsl").read_text(encoding="utf-8-sig")
    assert text == module("OPI_Twitter")


def check_package(package, addin):
    with zipfile.ZipFile(package) as outer:
        assert outer.namelist() == ["opm-metadata.xml", "content.zip"], outer.namelist()
        metadata = xml.etree.ElementTree.fromstring(outer.read("opm-metadata.xml"))
        name, version = metadata.find(OPM + "name").text, metadata.find(OPM + "version").text
        assert package.name == "%s-%s.ospx" % (name, version)
        inner = zipfile.ZipFile(io.BytesIO(outer.read("content.zip")))
    modules = xml.etree.ElementTree.fromstring(inner.read("lib.config")).findall(LIB + "module")
    assert modules
    for entry in modules:
        assert inner.read(entry.get("file")).decode("utf-8") == module(entry.get("name"))
    assert inner.read("addin/" + addin.name) == addin.read_bytes()


def main(folder):
    addin = only(folder, "twitter-native-*-1c.zip")
    check_extension(only(folder, "*-1c-extension"), addin)
    check_package(only(folder, "*.ospx"), addin)
    modules = {path.name: path.read_bytes() for path in only(folder, "*-1c-modules").iterdir()}
    assert modules == {path.name: path.read_bytes() for path in SOURCES.glob("*.bsl")}, sorted(modules)


main(sys.argv[1])
