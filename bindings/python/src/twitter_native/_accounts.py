"""Whose account a call acts for: the client's own, or that of the `parameters` of one call.

A client is often shared: one for an application, with `parameters=` of the person for whom a call is made. Neither may
such a call act for the client's account by half, nor may the client keep what it brings.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping

#: An account's tokens. Those of two accounts don't mix: they are given together or not at all.
ACCOUNT = ("access_token", "refresh_token", "token_file", "oauth_token", "oauth_token_secret")
#: What names an account; the secret of a token alone doesn't.
_NAMES_ACCOUNT = ("access_token", "refresh_token", "token_file", "oauth_token")
#: An application, by its name and its secret.
_APPLICATIONS = (("client_id", "client_secret"), ("oauth_consumer_key", "oauth_consumer_secret"))
_REQUEST_TOKEN = ("oauth_token", "oauth_token_secret")
_X = "https://api.x.com"

Parameters = Dict[str, Any]


def laid_over(own: Mapping[str, Any], given: Mapping[str, Any]) -> Parameters:
    """A client's parameters for one call with parameters of its own. Where these name another account, the client's
    tokens are left out: X's answer to a missing scope would otherwise be a second try with the keys of the wrong
    account, and the client's `token_file` would be made anew from the other account's tokens."""
    merged = {**own, **given}
    left_out = [secret for name, secret in _APPLICATIONS if _is_another(own, given, name)]
    if left_out or any(given.get(name) and given[name] != own.get(name) for name in _NAMES_ACCOUNT):
        left_out += ACCOUNT
    for name in left_out:
        if name not in given:
            merged.pop(name, None)
    return merged


def _is_another(own: Mapping[str, Any], given: Mapping[str, Any], name: str) -> bool:
    return bool(own.get(name) and given.get(name) and own[name] != given[name])


def are_own_tokens(function: str, own: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether the tokens that a call with these parameters brings are the client's from then on."""
    if not given:
        return True
    if _address(laid_over(own, given)) != _address(own):
        return False
    if function == "refresh_token":
        # X has made the old one worthless: whoever had it has to have the new one.
        used = laid_over(own, given)
        return all((used.get(name) or "") == (own.get(name) or "") for name in ("refresh_token", "token_file"))
    names = set(ACCOUNT).union(*_APPLICATIONS)
    if function == "oauth1_access_token":
        # There they are the request token, which is no account's. A client without an account gets its own by it.
        names.difference_update(_REQUEST_TOKEN)
        return not any(given.get(name) for name in names) and not any(own.get(name) for name in ACCOUNT)
    return not any(given.get(name) for name in names)


def _address(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("api_url") or _X).rstrip("/")
