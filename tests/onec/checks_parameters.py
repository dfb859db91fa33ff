"""Parameters in each of their forms, and how the add-in is attached."""

import json
import os
import signal

from platform_types import FixedMap, Map, SystemInformation
from world import LOCATION, PATH_HOOK, SOURCES, call, check, equal, on_both_hosts, raised, refusal, structure
from bsl_machine import Machine


@on_both_hosts
def every_form(world, host):
    """Parameters come as Structure, Map, fixed Map, JSON text or file"""
    module = world.session(host)
    given = {"client_id": "mine", "chunk_size": 70000}
    path = world.file("parameters.json", "\ufeff" + json.dumps(given))
    for parameters in (structure(given), given, FixedMap(given), json.dumps(given),
                       " \n" + json.dumps({**given, "foo": 1}), path):
        found = call(module, "ПолучитьСтандартныеПараметры", parameters)
        equal((found["client_id"], found["chunk_size"]), ("mine", 70000))
        equal(found["client_secret"], "")
    assert isinstance(module.call("GetStandardParameters", []), Map)


@on_both_hosts
def unknown_keys(world, host):
    """unknown keys of Parameters are dropped, their case is ignored, empty values leave the default"""
    module = world.session(host)
    found = call(module, "ПолучитьСтандартныеПараметры", {
        "Client_ID": "mine", "consumer_key": "x", "НашКлюч": 1, "scope": "", "api_url": None})
    equal(found["client_id"], "mine")
    assert "consumer_key" not in found and "НашКлюч" not in found
    assert found["scope"].startswith("tweet.read") and found["api_url"].startswith("https://")
    posted = call(module, "СоздатьТекстовыйТвит", "С лишними ключами " + host, {**world.x.signed_in(), "user": "me"})
    assert posted["data"]["id"]


@on_both_hosts
def defaults(world, host):
    """the overridable module's parameters lie under those of the call"""
    hook = 'Параметры.Вставить("client_id", "ours"); Параметры.Вставить("user_agent", "test");'
    module = world.session(host, parameters_hook=hook)
    equal(call(module, "ПолучитьСтандартныеПараметры")["client_id"], "ours")
    found = call(module, "ПолучитьСтандартныеПараметры", {"client_id": "mine"})
    equal((found["client_id"], found["user_agent"]), ("mine", "test"))
    equal(call(module, "ПолучитьСтандартныеПараметры", {"client_id": ""})["client_id"], "ours")


@on_both_hosts
def unreadable(world, host):
    """broken JSON text is refused with a Map, a file that isn't there raises"""
    module = world.session(host)
    refusal(call(module, "СоздатьТекстовыйТвит", "т", '{"client_id": '), "invalid_request")
    equal(raised(module, "СоздатьТекстовыйТвит", "т", "missing.json"), world.library.last_error()["message"])
    equal(world.library.last_error()["kind"], "io")
    equal(world.x.control("requests"), [])


@on_both_hosts
def strange_files(world, host):
    """neither a pipe nor a device is waited for, and a file that is too large is not read"""
    module = world.session(host)
    pipe = os.path.join(world.folder.name, "pipe %s" % host)
    os.mkfifo(pipe)
    large = world.file("large %s.json" % host, " " * (1 << 20) + "{}")
    # A pipe that nobody writes to would stop the module for ever: the alarm ends the run.
    signal.alarm(30)
    for path, words in ((pipe, "pipe"), ("/dev/zero", "device"), (large, "1 MiB"), (world.folder.name, "folder")):
        message = raised(module, "СоздатьТекстовыйТвит", "т", path)
        assert words in message and path in message, message
        equal((world.library.last_error()["kind"], world.library.last_error()["path"]), ("io", path))
    signal.alarm(0)
    equal(world.x.control("requests"), [])


@on_both_hosts
def attached_once(world, host):
    """the add-in is attached once in a session, as the platform decides unless told otherwise"""
    module = world.session(host)
    for _ in range(3):
        call(module, "ПолучитьСтандартныеПараметры")
    mode = "НеИзолированно" if host == "1c" else None
    equal(module.machine.attachments, [(LOCATION[host], "TwitterNative", "Native", mode)])


@check
def isolation(world):
    """the overridable module chooses isolation; 1C alone has it"""
    for value, mode in (("Истина", "Изолированно"), ("Ложь", "НеИзолированно")):
        module = world.session("1c", attach_hook="Подключение.Изолированно = %s;" % value)
        call(module, "ПолучитьСтандартныеПараметры")
        equal(module.machine.attachments, [(LOCATION["1c"], "TwitterNative", "Native", mode)])


@check
def isolation_where_nobody_chose(world):
    """on Linux from 8.3.21 the module attaches not isolated, as the original; elsewhere the platform decides"""
    for version, platform, mode in (
            ("8.3.21.1", "Linux x86-64", "НеИзолированно"), ("8.5.1.100", "Linux x86", "НеИзолированно"),
            ("9.0.0.1", "Linux x86-64", "НеИзолированно"), ("8.3.20.2290", "Linux x86-64", None),
            ("8.3.9.1850", "Linux x86-64", None), ("8.3.24.1467", "Windows x86-64", None)):
        module = world.session("1c")
        before = SystemInformation.version, SystemInformation.platform
        SystemInformation.version, SystemInformation.platform = version, platform
        try:
            call(module, "ПолучитьСтандартныеПараметры")
        finally:
            SystemInformation.version, SystemInformation.platform = before
        equal(module.machine.attachments, [(LOCATION["1c"], "TwitterNative", "Native", mode)])


@check
def isolation_in_onescript(world):
    """OneScript attaches without a fourth argument, whatever the overridable module says"""
    module = world.session("onescript", attach_hook=PATH_HOOK + "Подключение.Изолированно = Ложь;")
    call(module, "ПолучитьСтандартныеПараметры")
    equal(module.machine.attachments, [(LOCATION["onescript"], "TwitterNative", "Native", None)])


@on_both_hosts
def not_attached(world, host):
    """an add-in that can't be attached raises and says from where"""
    module = world.session(host, attach_hook='Подключение.Местоположение = "нет.so";')
    assert "нет.so" in raised(module, "ПолучитьСтандартныеПараметры")
    if host == "onescript":
        assert "ПриПодключенииКомпоненты" in raised(world.session(host, attach_hook=""), "ОбновитьТокен")


@check
def without_overridable(world):
    """in 1C the module works without an overridable one"""
    module = world.session("1c", overridable=False)
    equal(call(module, "GetStandardParameters", {"client_id": "mine"})["client_id"], "mine")


@on_both_hosts
def overridable_in_english(world, host):
    """the overridable module may be the English one, and may hand over a ready object"""
    machine = Machine(host, {})
    text = (SOURCES / "OPI_TwitterOverridable.bsl").read_text(encoding="utf-8")
    parts = text.split("EndProcedure")
    parts[0] += 'Parameters.Insert("client_id", "ours");\n'
    parts[1] += 'Parameters.Insert("seen", Tokens["access_token"]);\n'
    parts[2] += "Attachment.AddIn = Source.Object;\n"
    overridable = machine.load("OPI_TwitterOverridable", "EndProcedure".join(parts))
    machine.properties["source"] = Map()
    machine.properties["source"].get = lambda name: world.library.new_object()
    module = machine.load("OPI_Twitter", (SOURCES / "OPI_Twitter.bsl").read_text(encoding="utf-8"))
    equal(call(module, "GetStandardParameters")["client_id"], "ours")
    given = Map({**world.x.signed_in(), "client_id": world.x.keys["client_id"]})
    token = module.call("RefreshToken", [given]).pairs["access_token"]
    equal(given.pairs.get("seen"), token)
    assert overridable is not None and not machine.attachments


@on_both_hosts
def any_function(world, host):
    """CallFunction calls any function; AttachedAddIn gives the object with Parameters filled"""
    module = world.session(host)
    equal(call(module, "CallFunction", "describe", {"name": "get_token"})[0]["name"], "get_token")
    refusal(call(module, "ВызватьФункцию", "no_such"), "invalid_request")
    add_in = module.call("AttachedAddIn", [Map({"client_id": "mine", "foo": 1})])
    equal(json.loads(add_in.get("Параметры")), {"client_id": "mine"})
    answer = add_in.call("Call", ["get_standard_parameters", "{}"])
    equal(call(module, "ResultOfAnswer", answer)["client_id"], "mine")
    equal(call(module, "РезультатОтвета", json.loads(answer))["client_id"], "mine")
    assert "не ответила" in raised(module, "РезультатОтвета", None)
