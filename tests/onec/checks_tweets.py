"""Tweets and polls."""

import datetime
import json
from decimal import Decimal

from platform_types import NULL
from world import MEDIA, call, equal, on_both_hosts, raised, refusal

PICTURE = str(MEDIA / "picture.png")


def body_of_last(world):
    return json.loads(world.x.requests("/2/tweets")[-1]["body"])


@on_both_hosts
def text(world, host):
    """CreateTextTweet gives X's JSON as a Map, under both names"""
    module = world.session(host)
    for name in ("СоздатьТекстовыйТвит", "createtexttweet"):
        posted = call(module, name, "Привет 👋 %s %s" % (name, host), world.x.signed_in())
        equal(posted["data"]["text"], "Привет 👋 %s %s" % (name, host))
        assert isinstance(posted["data"]["id"], str)


@on_both_hosts
def with_files(world, host):
    """picture, GIF and video tweets upload their files and post, by either set of keys"""
    module = world.session(host)
    for name, file in (
            ("СоздатьТвитКартинки", "picture.png"), ("CreateImageTweet", "picture.png"),
            ("СоздатьТвитГифки", "animation.gif"), ("CreateGifTweet", "animation.gif"),
            ("СоздатьТвитВидео", "video.mp4"), ("CreateVideoTweet", "video.mp4")):
        for keys in (world.x.signed_in(), world.x.oauth1()):
            posted = call(module, name, "%s %s %d" % (name, host, len(keys)), str(MEDIA / file), keys)
            assert posted["data"]["id"], posted
            equal(len(body_of_last(world)["media"]["media_ids"]), 1)


@on_both_hosts
def without_files(world, host):
    """a tweet for files without files is refused, whatever stands for none; its text is not posted alone"""
    module = world.session(host)
    for name in ("СоздатьТвитКартинки", "CreateGifTweet", "СоздатьТвитВидео"):
        for nothing in ([], "", None, NULL):
            refusal(call(module, name, "Без файлов " + host, nothing, world.x.signed_in()), "invalid_request")
    equal(world.x.control("requests"), [])


@on_both_hosts
def several_of_a_kind(world, host):
    """two videos, two GIFs and mixed ones go to X, which judges"""
    module = world.session(host)
    animation, video = str(MEDIA / "animation.gif"), str(MEDIA / "video.mp4")
    for name, files in (
            ("СоздатьТвитВидео", [video, video]), ("СоздатьТвитГифки", [animation, animation]),
            ("СоздатьТвитВидео", [video, animation]), ("СоздатьТвитКартинки", [PICTURE, video])):
        call(module, name, "%s %s %d" % (name, host, len(world.x.requests("/2/tweets"))), files, world.x.signed_in())
        equal(len(body_of_last(world)["media"]["media_ids"]), 2)


@on_both_hosts
def values_as_text(world, host):
    """a text may be a number, zero too, a date or a boolean, as the platform shows it; Null is no text"""
    module = world.session(host)
    keys = world.x.signed_in()
    moment = datetime.datetime(2026, 9, 5, 7, 8, 9)
    for value, expected in ((0, "0"), (1234567, "1234567"), (Decimal("1.5"), "1,5"), (True, "Да"),
                            (moment, "05.09.2026 7:08:09"), (b"bytes", "bytes")):
        call(module, "СоздатьТекстовыйТвит", value, keys)
        equal(body_of_last(world), {"text": expected})
    refusal(call(module, "СоздатьТекстовыйТвит", NULL, keys), "invalid_request")
    call(module, "СоздатьПроизвольныйТвит", "Null " + host, NULL, NULL, NULL, {**keys, "redirect_uri": NULL})
    equal(body_of_last(world), {"text": "Null " + host})


@on_both_hosts
def media_ids(world, host):
    """MediaArray: ids as text or number go as they are, one stands for an array"""
    module = world.session(host)
    keys = world.x.signed_in()
    ids = call(module, "ЗагрузитьМассивВложений", [PICTURE, PICTURE], "tweet_image", keys)
    for given in (ids, [int(ids[0]), ids[1]], '["%s", %s]' % tuple(ids)):
        assert call(module, "СоздатьПроизвольныйТвит", "Медиа %s %r" % (host, given), given, ..., ..., keys)["data"]["id"]
        equal(body_of_last(world)["media"]["media_ids"], ids)
    assert call(module, "CreateCustomTweet", "", ids[0], "", "", keys)["data"]["id"]
    equal(body_of_last(world), {"media": {"media_ids": ids[:1]}})


@on_both_hosts
def media_files(world, host):
    """MediaArray: what isn't an id is uploaded, and the order is kept"""
    module = world.session(host)
    keys = world.x.signed_in()
    picture = open(PICTURE, "rb").read()
    assert call(module, "CreateCustomTweet", "Файлы " + host, [picture, PICTURE], "", "", keys)["data"]["id"]
    equal(len(body_of_last(world)["media"]["media_ids"]), 2)
    known = call(module, "UploadAttachmentsArray", PICTURE, "tweet_image", keys)[0]
    mixed = [PICTURE, known, picture + b" "]
    assert call(module, "CreateCustomTweet", "Вперемежку " + host, mixed, "", "", keys)["data"]["id"]
    sent = body_of_last(world)["media"]["media_ids"]
    equal((len(set(sent)), sent[1]), (3, known))
    lengths = [world.x.control("media/" + media)["total_bytes"] for media in (sent[0], sent[2])]
    equal(lengths, [len(picture), len(picture) + 1])


@on_both_hosts
def polls(world, host):
    """a poll takes its duration as number or text; without one it is posted without the poll; X judges the rest"""
    module = world.session(host)
    keys = world.x.signed_in()
    for name, duration in (("СоздатьТвитОпрос", 60), ("CreatePollTweet", "60")):
        assert call(module, name, "%s %s" % (name, host), ["Да", "Нет"], duration, keys)["data"]["id"]
        equal(body_of_last(world)["poll"], {"options": ["Да", "Нет"], "duration_minutes": 60})
    for index, duration in enumerate(("", None, NULL)):
        text = "Без срока %s %d" % (host, index)
        assert call(module, "CreateCustomTweet", text, "", ["Да", "Нет"], duration, keys)["data"]["id"]
        equal(body_of_last(world), {"text": text})
    assert call(module, "CreateCustomTweet", "Без вариантов " + host, "", [], 60, keys)["data"]["id"]
    for options, duration in ((["Да", "Нет"], 0), (["Да", "Нет"], "0"), ("Да", 60), (["Да", "Нет"], 99999)):
        call(module, "CreatePollTweet", "Судит X " + host, options, duration, keys)
        sent = {"options": options if isinstance(options, list) else [options], "duration_minutes": int(duration)}
        equal(body_of_last(world), {"text": "Судит X " + host, "poll": sent})
    raised(module, "CreatePollTweet", "Срок не число", ["Да", "Нет"], "час", keys)
