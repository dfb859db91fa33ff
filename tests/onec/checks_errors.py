"""What a failed call gives: X's body, a Map of our own, or an exception."""

import json
import time

from world import MEDIA, call, equal, on_both_hosts, raised, refusal


def status(code, body, **more):
    return {"Status": {"status": code, "body": body if isinstance(body, str) else json.dumps(body), **more}}


@on_both_hosts
def bodies_of_x(world, host):
    """an error that X answers is X's body, to the letter"""
    module = world.session(host)
    keys = world.x.signed_in()
    forbidden = {"title": "Forbidden", "detail": "You are not permitted", "type": "about:blank", "status": 403,
                 "errors": [{"message": "x", "n": 1}], "empty": None}
    limited = {"title": "Too Many Requests", "status": 429}
    # Later than a call waits for.
    reset = {"x-rate-limit-reset": str(int(time.time()) + 900)}
    for kind, body in ((status(403, forbidden), forbidden), (status(429, limited, headers=reset), limited),
                       (status(401, {"title": "Unauthorized"}), {"title": "Unauthorized"}),
                       (status(200, {"errors": [{"title": "Not Found"}]}), {"errors": [{"title": "Not Found"}]}),
                       (status(503, {"title": "Service Unavailable"}), {"title": "Service Unavailable"})):
        world.x.fault("/2/tweets", kind)
        equal(call(module, "СоздатьТекстовыйТвит", "т", keys), body)


@on_both_hosts
def body_that_is_no_json(world, host):
    """where X's body is no JSON a Map tells of it, with status and body"""
    module = world.session(host)
    world.x.fault("/2/tweets", status(403, "<html>no</html>", content_type="text/html"))
    found = refusal(call(module, "CreateTextTweet", "т", world.x.signed_in()), "api")
    equal((found["status"], found["details"]), (403, "<html>no</html>"))
    world.x.fault("/2/tweets", {"EmptyBody": {"status": 404}})
    equal(refusal(call(module, "CreateTextTweet", "т", world.x.signed_in()), "api")["status"], 404)


@on_both_hosts
def duplicate(world, host):
    """a tweet posted twice is refused by X itself, and that answer comes back"""
    module = world.session(host)
    keys = world.x.signed_in()
    call(module, "CreateTextTweet", "Дважды " + host, keys)
    found = call(module, "CreateTextTweet", "Дважды " + host, keys)
    assert found["status"] == 403 and "kind" not in found, found


@on_both_hosts
def our_own_checks(world, host):
    """what our own checks refuse is a Map with error, error_description, title and detail; nothing is sent"""
    module = world.session(host)
    keys = world.x.signed_in()
    picture = str(MEDIA / "picture.png")
    world.x.control("requests", verb="DELETE")
    found = refusal(call(module, "СоздатьПроизвольныйТвит", ..., ..., ..., ..., keys), "invalid_request")
    equal(found["field"], "text")
    refusal(call(module, "CreateTextTweet", "т", {"api_url": world.x.url}), "missing_credentials")
    refusal(call(module, "CreateImageTweet", "т", [picture] * 5, keys), "invalid_request")
    refusal(call(module, "CreateGifTweet", "т", [picture, str(MEDIA / "animation.gif")], keys), "invalid_request")
    refusal(call(module, "UploadMediaFile", picture, "tweet_imag", keys), "invalid_request")
    refusal(call(module, "CreateTextTweet", "т", {**keys, "api_url": "http://example.com"}), "invalid_request")
    refusal(call(module, "CreateTextTweet", "т", {**keys, "access_token": "12-ab"}), "invalid_request")
    equal(world.x.control("requests"), [])


@on_both_hosts
def network(world, host):
    """no connection, a lost answer and an unreadable one raise the message"""
    module = world.session(host)
    keys = world.x.signed_in()
    nowhere = {**keys, "api_url": "http://127.0.0.1:1", "max_retries": 0}
    equal(raised(module, "CreateTextTweet", "т", nowhere), world.library.last_error()["message"])
    equal(world.library.last_error()["kind"], "network")
    world.x.fault("/2/tweets", {"Drop": {"after_handling": True}})
    equal(raised(module, "CreateTextTweet", "Потерян " + host, keys), world.library.last_error()["message"])
    world.x.fault("/2/tweets", "Garbage")
    equal(raised(module, "CreateTextTweet", "Мусор " + host, keys), world.library.last_error()["message"])


@on_both_hosts
def failed_processing(world, host):
    """media that X could not process raises with X's reason"""
    module = world.session(host)
    keys = world.x.signed_in()
    failed = {"data": {"id": "1880028106020515840", "media_key": "7_1880028106020515840", "processing_info": {
        "state": "failed", "error": {"code": 1, "name": "InvalidMedia", "message": "Unsupported video format"}}}}
    for name in ("CreateVideoTweet", "UploadAttachmentsArray"):
        world.x.fault("/2/media/upload/*", status(200, failed), skip=2)
        video = str(MEDIA / "video.mp4")
        arguments = ["т", video, keys] if name == "CreateVideoTweet" else [video, "tweet_video", keys]
        assert "Unsupported video format" in raised(module, name, *arguments)
        world.x.control("faults", verb="DELETE")
    equal(world.x.requests("/2/tweets"), [])
