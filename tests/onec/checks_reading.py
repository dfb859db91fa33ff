"""What is no part of the original: reading, retweets and likes, API 1.1, other endpoints, the token file."""

import json
import os

from world import call, check, equal, on_both_hosts, refusal


def posted(world, module, text, keys):
    return call(module, "СоздатьТекстовыйТвит", text, keys)["data"]["id"]


@on_both_hosts
def tweets(world, host):
    """tweets are read, retweeted, liked and deleted; ids may be numbers"""
    module, keys = world.session(host), world.x.signed_in()
    tweet = posted(world, module, "Читаемый " + host, keys)
    for given in (tweet, int(tweet)):
        found = call(module, "ВызватьФункцию", "get_tweet", {"id": given, "query": {"tweet.fields": ["author_id"]}}, keys)
        equal((found["data"]["id"], found["data"]["author_id"]), (tweet, world.x.keys["user_id"]))
    equal(call(module, "CallFunction", "retweet", {"id": tweet}, keys)["data"]["retweeted"], True)
    equal(call(module, "CallFunction", "like_tweet", {"id": tweet}, keys)["data"]["liked"], True)
    liked = call(module, "CallFunction", "get_liked_tweets", {"max_pages": 2, "query": {"max_results": 5}}, keys)
    assert tweet in [one["id"] for one in liked["data"]], liked
    equal(call(module, "ВызватьФункцию", "delete_tweet", {"id": tweet}, keys), {"data": {"deleted": True}})
    refusal(call(module, "ВызватьФункцию", "delete_tweet", {"id": "нет"}, keys), "invalid_request")


@on_both_hosts
def incomplete(world, host):
    """a list that an error cut short says so"""
    module, keys = world.session(host), {**world.x.signed_in(), "max_wait_seconds": 0}
    tweet = posted(world, module, "Популярный " + host, keys)
    world.x.control("retweets", {"tweet_id": tweet, "people": 15})
    path = "/2/tweets/%s/retweeted_by" % tweet
    world.x.fault(path, {"Status": {"status": 429, "headers": {"retry-after": "900"}}}, skip=1, times=1)
    request = {"id": tweet, "query": {"max_results": 10}, "max_pages": 2}
    found = call(module, "ВызватьФункцию", "get_retweeted_by", request, keys)
    equal((len(found["data"]), found["incomplete"]["kind"]), (10, "rate_limited"))


@on_both_hosts
def api_1_1(world, host):
    """API 1.1 by OAuth 1.0a gives arrays where X does; other endpoints come by `request`"""
    module, keys = world.session(host), world.x.oauth1()
    status = call(module, "ВызватьФункцию", "statuses_update", {"status": "Статус " + host}, keys)
    found = call(module, "ВызватьФункцию", "statuses_lookup", {"ids": [status["id_str"], 12]}, keys)
    equal([one["text"] for one in found], ["Статус " + host])
    request = {"method": "POST", "path": "/2/tweets", "json": {"text": "Запрос " + host}}
    equal(call(module, "ВызватьФункцию", "request", request, keys)["data"]["text"], "Запрос " + host)


@check
def by_the_add_in_alone(world):
    """the add-in's methods take one JSON text, under both names"""
    add_in = world.library.new_object()
    add_in.set("Параметры", json.dumps(world.x.signed_in()))
    tweet = json.loads(add_in.call("СоздатьТекстовыйТвит", ["Методы"]))["result"]["data"]["id"]
    for name in ("ПолучитьТвит", "GetTweet"):
        equal(json.loads(add_in.call(name, [json.dumps({"id": tweet})]))["result"]["data"]["text"], "Методы")
    counted = json.loads(add_in.call("РазобратьТвит", ['{"text":"Привет"}']))["result"]
    equal((counted["weighted_length"], counted["valid"]), (6, True))
    address = json.dumps({"url": "https://x.com/somebody/status/" + tweet})
    assert "Методы" in json.loads(add_in.call("ПолучитьКодВстраивания", [address]))["result"]["html"]


@check
def every_function_is_a_method(world):
    """every function of describe is a method under both names"""
    add_in = world.library.new_object()
    described = json.loads(add_in.call("Описать", []))["result"]
    assert len(described) > 50, len(described)
    for function in described:
        assert add_in.has_method(function["en"]) and add_in.has_method(function["ru"]), function["name"]
        equal(add_in.has_method(function["name"]), "_" not in function["name"])


@on_both_hosts
def token_file(world, host):
    """with token_file the tokens are renewed without a word from the configuration"""
    path = os.path.join(world.folder.name, "tokens %s.json" % host)
    made = world.session(host)
    posted(world, made, "Файл токенов " + host, {**world.x.signed_in(), "token_file": path})
    world.x.control("access_tokens", verb="DELETE")
    hook = "".join('Параметры.Вставить("%s", "%s");\n' % pair for pair in
                   {**world.x.application(), "token_file": path}.items())
    module = world.session(host, parameters_hook=hook, tokens_hook='ВызватьИсключение "не нужна";')
    equal(call(module, "ВызватьФункцию", "get_me")["data"]["id"], world.x.keys["user_id"])
    equal(len(world.x.requests("/2/oauth2/token")), 1)
