"""From the link to tokens, and headers."""

import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from platform_types import Map, ServiceRequest
from world import call, equal, on_both_hosts, raised, refusal

KEEP = 'Параметры.Вставить("новый", Токены["access_token"]); Параметры.Вставить("обновление", Токены["refresh_token"]);'


def query_of(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


def agree(world, link, name="consent"):
    return query_of(world.x.control(name, {"url": link})["redirect"])


@on_both_hosts
def link(world, host):
    """GetAuthorizationLink gives a String; without client_id a Map says what is missing"""
    module = world.session(host)
    address = call(module, "ПолучитьСсылкуАвторизации", world.x.application())
    query = query_of(address)
    equal((query["response_type"], query["code_challenge_method"]), ("code", "S256"))
    assert "media.write" in query["scope"] and len(query["state"]) > 20
    refusal(call(module, "GetAuthorizationLink", {"api_url": world.x.url}), "missing_credentials")
    refusal(call(module, "GetAuthorizationLink", {"client_id": "x", "client_secret": "y"}), "invalid_request")


@on_both_hosts
def code_alone(world, host):
    """GetToken needs nothing but the code of this module's link; the tokens go to the overridable module"""
    module = world.session(host, tokens_hook=KEEP)
    for name, to_code in (("ПолучитьТокен", lambda query: query["code"]),
                          ("GetToken", lambda query: urllib.parse.urlencode(query))):
        parameters = Map(world.x.application())
        query = agree(world, call(module, "ПолучитьСсылкуАвторизации", parameters))
        tokens = call(module, name, to_code(query), parameters)
        assert tokens["expires_at"] and tokens["token_type"] == "bearer", tokens
        equal(parameters.pairs["новый"], tokens["access_token"])
        equal(parameters.pairs["обновление"], tokens["refresh_token"])


@on_both_hosts
def incoming_request(world, host):
    """HandleIncomingRequestAfterAuthorization takes an HTTPServiceRequest, an address or a Map"""
    module = world.session(host, tokens_hook=KEEP)
    for form in (ServiceRequest, Map, lambda query: "https://a.example/cb?" + urllib.parse.urlencode(query)):
        parameters = Map(world.x.application())
        query = agree(world, call(module, "GetAuthorizationLink", parameters, "сеанс 1"))
        tokens = call(module, "ОбработкаВходящегоЗапросаПослеАвторизации", form(query), parameters, "сеанс 1")
        equal(parameters.pairs["новый"], tokens["access_token"])


@on_both_hosts
def incoming_refusals(world, host):
    """a redirect of somebody else's, of another session or with a refusal gives a Map, and nothing is sent"""
    module = world.session(host, tokens_hook=KEEP)
    handle = "HandleIncomingRequestAfterAuthorization"
    parameters = Map(world.x.application())
    address = call(module, "GetAuthorizationLink", parameters, "one")
    query = agree(world, address)
    refusal(call(module, handle, ServiceRequest({**query, "state": "state"}), parameters, "one"), "authorization")
    refusal(call(module, handle, ServiceRequest(query), parameters, "two"), "authorization")
    refusal(call(module, handle, ServiceRequest({"code": query["code"]}), parameters, "one"), "authorization")
    denied = agree(world, call(module, "GetAuthorizationLink", parameters, "one"), "deny")
    found = refusal(call(module, handle, ServiceRequest(denied), parameters, "one"), "access_denied")
    equal(found["reason"], "denied")
    odd = {"code": "a+b/c=&%ü ", "state": query["state"]}
    refusal(call(module, handle, ServiceRequest(odd), parameters, "two"), "authorization")
    equal(dict(urllib.parse.parse_qsl(world.library.calls[-1][1]["url"])), odd)
    equal(world.x.requests("/2/oauth2/token"), [])
    assert "новый" not in parameters.pairs


@on_both_hosts
def refresh(world, host):
    """RefreshToken gives new tokens; a spent one gives X's body, and the overridable module hears nothing"""
    module = world.session(host, tokens_hook=KEEP)
    parameters = Map(world.x.signed_in())
    tokens = call(module, "ОбновитьТокен", parameters)
    assert tokens["refresh_token"] != parameters.pairs["refresh_token"]
    equal(parameters.pairs.pop("новый"), tokens["access_token"])
    body = call(module, "RefreshToken", parameters)
    assert body["error"].startswith("invalid_") and "kind" not in body, body
    assert "новый" not in parameters.pairs
    refusal(call(module, "RefreshToken", world.x.application()), "missing_credentials")


@on_both_hosts
def headers(world, host):
    """the header functions give a Map with Authorization, Parameters first"""
    module = world.session(host)
    keys = world.x.oauth1()
    for name in ("СоздатьЗаголовокАвторизацииV1", "CreateAuthorizationHeaderV1"):
        found = call(module, name, keys, {"status": "привет", "count": 5}, "POST", "https://api.x.com/1.1/a.json")
        equal(list(found), ["Authorization"])
        assert found["Authorization"].startswith("OAuth ") and 'oauth_signature="' in found["Authorization"]
    call(module, "CreateAuthorizationHeaderV1", keys, None, "GET", "https://api.x.com/2/users/me")
    equal(call(module, "СоздатьЗаголовокАвторизацииV2", {"access_token": "abc"}), {"Authorization": "Bearer abc"})
    refusal(call(module, "CreateAuthorizationHeaderV2", {"access_token": ""}), "missing_credentials")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def browse(address, seen):
    """As a browser would, once somebody listens."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(200):
        try:
            seen.append(direct.open(address, timeout=10).read().decode())
            return
        except urllib.error.URLError:
            time.sleep(0.05)


@on_both_hosts
def loopback(world, host):
    """wait_for_authorization gives tokens, which go to the overridable module; nobody coming raises, and an address of
    another machine is refused with a Map"""
    module = world.session(host, tokens_hook=KEEP)
    address = "http://127.0.0.1:%d/callback" % free_port()
    world.x.control("redirect_uris", {"url": address})
    parameters = Map({**world.x.application(), "redirect_uri": address})
    link = call(module, "ПолучитьСсылкуАвторизации", parameters)
    redirect = world.x.control("consent", {"url": link})["redirect"]
    seen = []
    person = threading.Thread(target=browse, args=(redirect, seen))
    person.start()
    request = Map({"open_browser": False, "state": query_of(link)["state"], "wait_seconds": 20})
    tokens = call(module, "ВызватьФункцию", "wait_for_authorization", request, parameters)
    person.join()
    assert "signed in" in seen[0], seen
    equal(parameters.pairs["новый"], tokens["access_token"])
    nobody = Map({"open_browser": False, "state": query_of(link)["state"], "wait_seconds": 1})
    raised(module, "CallFunction", "wait_for_authorization", nobody, parameters)
    equal(world.library.last_error()["kind"], "timeout")
    elsewhere = Map({**world.x.application(), "redirect_uri": "https://a.example/cb"})
    refusal(call(module, "CallFunction", "wait_for_authorization", Map({}), elsewhere), "invalid_request")


@on_both_hosts
def pin(world, host):
    """the three steps of OAuth 1.0a give an account's keys, and the overridable module hears nothing of them"""
    module = world.session(host, tokens_hook=KEEP)
    keys = world.x.oauth1()
    parameters = Map({name: value for name, value in keys.items() if not name.startswith("oauth_token")})
    token = call(module, "CallFunction", "oauth1_request_token", None, parameters)
    number = world.x.control("consent", {"url": token["authorize_url"]})["redirect"]
    parameters.pairs.update(oauth_token=token["oauth_token"], oauth_token_secret=token["oauth_token_secret"])
    found = call(module, "ВызватьФункцию", "oauth1_access_token", Map({"oauth_verifier": number}), parameters)
    equal(sorted(found), ["oauth_token", "oauth_token_secret", "screen_name", "user_id"])
    assert "новый" not in parameters.pairs
