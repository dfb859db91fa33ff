"""Files in each of their forms, and what is left of them afterwards."""

import base64
import glob
import json
import os
import tempfile

from platform_1c import Connection
from platform_types import FixedArray
from world import MEDIA, call, check, equal, on_both_hosts, raised, refusal, structure

PICTURE = MEDIA / "picture.png"
CONTENT = PICTURE.read_bytes()
BASE64 = base64.b64encode(CONTENT).decode()


def uploaded(world, module, file, keys=None):
    found = call(module, "ЗагрузитьМедиафайл", file, "tweet_image", keys or world.x.signed_in())
    return world.x.control("media/" + found["media_id_string"])["total_bytes"]


def temporary():
    return set(glob.glob(os.path.join(tempfile.gettempdir(), "*.tmp")))


@on_both_hosts
def every_form(world, host):
    """a file is a path, an http address, base64, a data URL or BinaryData"""
    module = world.session(host)
    before = temporary()
    for file in (str(PICTURE), world.files.url + "/picture", world.files.url.upper().replace("HTTP", "Http") + "/picture",
                 world.files.url + "/picture?a=b#c", "\n " + world.files.url + "/picture ", world.files.url + "/moved", BASE64,
                 "data:image/png;base64," + BASE64, CONTENT):
        equal(uploaded(world, module, file), len(CONTENT))
    equal(temporary() - before, set())


@on_both_hosts
def in_order(world, host):
    """a path comes first, even where it reads like base64"""
    module = world.session(host)
    name = "A" * 40
    path = world.file(name, CONTENT)
    folder = os.getcwd()
    os.chdir(os.path.dirname(path))
    try:
        equal(uploaded(world, module, name), len(CONTENT))
    finally:
        os.chdir(folder)


@on_both_hosts
def result_of_one(world, host):
    """UploadMediaFile gives a Map with media_id_string; its type may be left out"""
    module = world.session(host)
    for name, file in (("ЗагрузитьМедиафайл", "video.mp4"), ("UploadMediaFile", "animation.gif")):
        found = call(module, name, str(MEDIA / file), ..., world.x.signed_in())
        equal(found["media_id"], found["media_id_string"])


@on_both_hosts
def arrays(world, host):
    """UploadAttachmentsArray gives an Array; one stands for an array of one, JSON text for its array"""
    module = world.session(host)
    keys = world.x.signed_in()
    path = str(PICTURE)
    listed = world.file("files.json", '\ufeff [ "%s", "%s" ]' % (path, path))
    for files, count in (
            (path, 1), (CONTENT, 1), ([path, BASE64, CONTENT], 3), (FixedArray([path, path]), 2),
            ('["%s", "%s"]' % (path, path), 2), (' \n["%s"]' % path, 1), (listed, 2), ([], 0), (None, 0)):
        for name in ("ЗагрузитьМассивВложений", "UploadAttachmentsArray"):
            ids = call(module, name, files, "tweet_image", keys)
            equal((type(ids), len(ids), all(media.isdigit() for media in ids)), (list, count, True))
    refusal(call(module, "ЗагрузитьМассивВложений", "", "tweet_image", keys), "invalid_request")


@on_both_hosts
def several_from_memory(world, host):
    """several BinaryData keep their order, and their temporary files go"""
    module = world.session(host)
    before = temporary()
    ids = call(module, "UploadAttachmentsArray", [CONTENT + b" " * n for n in range(4)], "tweet_image", world.x.signed_in())
    lengths = [world.x.control("media/" + media)["total_bytes"] for media in ids]
    equal(lengths, [len(CONTENT) + n for n in range(4)])
    equal(temporary() - before, set())


@on_both_hosts
def large_base64(world, host):
    """base64 beyond what the add-in takes goes as BinaryData"""
    module = world.session(host)
    content = (MEDIA / "video.mp4").read_bytes()
    content += b"\0" * (17 << 20)
    text = base64.b64encode(content).decode()
    for given in (text, "data:video/mp4;base64," + text):
        found = call(module, "UploadMediaFile", given, "tweet_video", world.x.signed_in())
        equal(world.x.control("media/" + found["media_id_string"])["total_bytes"], len(content))


@on_both_hosts
def unreadable(world, host):
    """what can't be read raises, and its temporary files go"""
    module = world.session(host)
    keys = world.x.signed_in()
    before = temporary()
    for file in ("нет такой.png", "/no/such/picture.png", "short", "!" * 40, "/" + "folder/" * 5 + "picture",
                 "a path with blanks and without any ending", world.folder.name, world.files.url + "/none",
                 world.files.url + "/round", "http://127.0.0.1:1/picture.png"):
        message = raised(module, "UploadMediaFile", file, "tweet_image", keys)
        if not file.startswith("http"):
            equal((message, world.library.last_error()["kind"]), (world.library.last_error()["message"], "io"))
            assert file in message, message
        raised(module, "CreateImageTweet", "т", [CONTENT, CONTENT, file], keys)
    assert "404" in raised(module, "UploadMediaFile", world.files.url + "/none", "", keys)
    equal(temporary() - before, set())
    equal(world.x.requests("/2/tweets"), [])


@on_both_hosts
def failed_file(world, host):
    """a file that X refuses gives the Map of X's body, from the array and from the tweet alike"""
    module = world.session(host)
    keys = world.x.signed_in()
    body = {"title": "Bad Media", "detail": "no", "status": 400, "type": "about:blank"}
    kind = {"Status": {"status": 400, "body": json.dumps(body)}}
    for name, arguments in (
            ("UploadAttachmentsArray", [str(PICTURE), "tweet_image", keys]),
            ("CreateImageTweet", ["т", str(PICTURE), keys]),
            ("CreateCustomTweet", ["т", ["1234567890", str(PICTURE)], "", "", keys])):
        world.x.fault("/2/media/upload*", kind)
        equal(call(module, name, *arguments), body)
    equal(world.x.requests("/2/tweets"), [])


@on_both_hosts
def not_media(world, host):
    """what isn't a picture is refused with a Map before anything is sent"""
    module = world.session(host)
    refusal(call(module, "CreateImageTweet", "т", b"plain text, no picture", world.x.signed_in()), "invalid_request")
    equal(world.x.control("requests"), [])


@check
def https(world):
    """https is asked for as each host wants it, with the system's certificates in 1C"""
    for host in ("1c", "onescript"):
        module = world.session(host)
        Connection.made.clear()
        raised(module, "UploadMediaFile", "https://127.0.0.1:1/a.png", "", structure({}))
        connection = Connection.made[0]
        equal(connection.port, 1)
        if host == "1c":
            equal(connection.host, "127.0.0.1")
            assert connection.secure.authorities is not None
        else:
            equal(connection.host, "https://127.0.0.1")
