"""Long calls in the background, and what the add-in's objects leave behind."""

import gc
import json
import time

from world import MEDIA, call, check, equal, on_both_hosts, raised, refusal

VIDEO = str(MEDIA / "video.mp4")


def wait_for(add_in, job):
    for _ in range(200):
        state = json.loads(add_in.call("Опросить", [job, 1]))
        if state["done"]:
            return state
    raise AssertionError("the job does not end")


@on_both_hosts
def background(world, host):
    """Start and Poll through AttachedAddIn, the answer read by ResultOfAnswer as a Map or an exception"""
    module = world.session(host)
    add_in = module.call("ПодключеннаяКомпонента", [json.dumps(world.x.signed_in())])
    request = {"text": "В фоне " + host, "files": VIDEO}
    state = wait_for(add_in, add_in.call("Начать", ["create_video_tweet", json.dumps(request)]))
    assert {"stage", "sent", "total"} <= set(state), state
    equal(call(module, "РезультатОтвета", state["envelope"])["data"]["text"], "В фоне " + host)
    state = wait_for(add_in, add_in.call("Start", ["create_text_tweet", "{}"]))
    refusal(call(module, "ResultOfAnswer", state["envelope"]), "invalid_request")
    state = wait_for(add_in, add_in.call("Start", ["upload_media_file", '{"file":"missing.png"}']))
    equal(raised(module, "ResultOfAnswer", state["envelope"]), state["envelope"]["error"]["message"])


@check
def canceled(world):
    """a canceled job ends, and raises; an id that is lost is refused"""
    module = world.session("1c")
    add_in = module.call("AttachedAddIn", [json.dumps(world.x.signed_in())])
    world.x.fault("/2/tweets", {"StallBeforeBody": {"seconds": 20.0}})
    job = add_in.call("Start", ["create_text_tweet", '{"text":"Долго"}'])
    time.sleep(0.3)
    equal(json.loads(add_in.call("Poll", [job, 0]))["done"], False)
    add_in.call("Отменить", [job])
    state = wait_for(add_in, job)
    equal(state["envelope"]["error"]["kind"], "canceled")
    raised(module, "ResultOfAnswer", state["envelope"])
    assert json.loads(add_in.call("Poll", [job, 0]))["ok"] is False


@check
def nothing_left(world):
    """what the add-in took from the host's memory is back once its objects are gone"""
    module = world.session("1c")
    for _ in range(50):
        call(module, "GetStandardParameters", {"client_id": "x"})
    del module
    gc.collect()
    equal(world.library.memory.blocks, set())
