"""The log file: by the module's key log_file, and by the add-in's property."""

import os
import stat
from pathlib import Path

from platform_types import Error1C, Map
from world import call, check, equal, on_both_hosts, raised


def log_of(world, name):
    path = Path(world.folder.name) / name
    return path, lambda: path.read_text(encoding="utf-8") if path.exists() else ""


@on_both_hosts
def by_the_overridable_module(world, host):
    """log_file of the overridable module or of a call names the file; by default there is none"""
    path, content = log_of(world, "по умолчанию %s.log" % host)
    module = world.session(host, parameters_hook='Параметры.Вставить("log_file", "%s");' % path)
    keys = world.x.signed_in()
    call(module, "СоздатьТекстовыйТвит", "С журналом " + host, keys)
    assert " create_custom_tweet: " in content() and "answered 201" in content(), content()
    for secret in ("access_token", "refresh_token", "client_secret"):
        assert keys[secret] not in content()
    equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)

    before, (other, other_content) = content(), log_of(world, "вызов %s.log" % host)
    call(module, "CallFunction", "get_me", {}, {**keys, "log_file": str(other)})
    assert " get_me: " in other_content()
    equal(content(), before)

    silent = world.session(host)
    call(silent, "СоздатьТекстовыйТвит", "Без журнала " + host, keys)
    equal(content(), before)


@on_both_hosts
def background_too(world, host):
    """the object of AttachedAddIn has the file, for its calls in the background as well"""
    path, content = log_of(world, "фон %s.log" % host)
    module = world.session(host)
    add_in = module.call("AttachedAddIn", [Map({**world.x.signed_in(), "log_file": str(path)})])
    equal((add_in.get("ФайлЖурнала"), add_in.get("LogFile")), (str(path), str(path)))
    job = add_in.call("Start", ["get_me", "{}"])
    assert '"done":true' in add_in.call("Poll", [job, 30])
    assert " get_me: " in content() and "answered 200" in content(), content()


@on_both_hosts
def that_cannot_be_opened(world, host):
    """a file that can't be opened is told of before anything is sent, and by the property at once"""
    missing = str(Path(world.folder.name) / "нет такой папки" / "журнал.log")
    module = world.session(host)
    assert missing in raised(module, "СоздатьТекстовыйТвит", "Никогда", {**world.x.signed_in(), "log_file": missing})
    equal(world.x.control("requests"), [])
    add_in = module.call("AttachedAddIn", [])
    try:
        add_in.set("LogFile", missing)
    except Error1C as error:
        equal(str(error), add_in.get("ПоследняяОшибка"))
    else:
        raise AssertionError("the property took it")
    equal(add_in.get("LogFile"), "")


@check
def that_is_gone_later(world):
    """a file that can't be written any more fails no call"""
    path, content = log_of(world, "пропал.log")
    add_in = world.session("1c").call("AttachedAddIn", [Map({**world.x.signed_in(), "log_file": str(path)})])
    equal(content(), "")
    path.unlink()
    path.mkdir()
    assert add_in.call("GetMe", ["{}"]).startswith('{"ok":true')
