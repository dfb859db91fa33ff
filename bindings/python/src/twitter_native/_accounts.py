"""Decides which account a call is for: the client's, or another one that the `parameters` of the call name.

Programs often have one client for an application, and give the tokens of a person as `parameters=` of a call. Such a
call must not use the client's tokens, and the client must not take over the tokens that it gets.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping

#: What belongs to an account. A call takes all of it from one place, so that tokens of two accounts are never mixed.
ACCOUNT = ("access_token", "refresh_token", "token_file", "oauth_token", "oauth_token_secret")
#: The parameters that name an account. The secret of a token is no name.
_NAMES_ACCOUNT = ("access_token", "refresh_token", "token_file", "oauth_token")
#: The pairs that name an application: its key and its secret.
_APPLICATIONS = (("client_id", "client_secret"), ("oauth_consumer_key", "oauth_consumer_secret"))
_REQUEST_TOKEN = ("oauth_token", "oauth_token_secret")
_X = "https://api.x.com"

Parameters = Dict[str, Any]


def merged_parameters(own: Mapping[str, Any], given: Mapping[str, Any]) -> Parameters:
    """The client's parameters, overridden by those of a call.

    If the call names another account, the client's tokens are left out. Otherwise the library, if a scope is missing,
    would repeat the request with the OAuth 1.0a keys of the wrong account, and it would save the other account's tokens
    in the client's `token_file`.
    """
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
    """Whether the client takes over the tokens that a call with these parameters gets."""
    if not given:
        return True
    if _address(merged_parameters(own, given)) != _address(own):
        return False
    if function == "refresh_token":
        # X makes the old refresh token invalid. If it was the client's, the client needs the new one.
        used = merged_parameters(own, given)
        return all((used.get(name) or "") == (own.get(name) or "") for name in ("refresh_token", "token_file"))
    names = set(ACCOUNT).union(*_APPLICATIONS)
    if function == "oauth1_access_token":
        # `oauth_token` and its secret are the request token here, which belongs to no account. A client that has no
        # account yet gets it by this call.
        names.difference_update(_REQUEST_TOKEN)
        return not any(given.get(name) for name in names) and not any(own.get(name) for name in ACCOUNT)
    return not any(given.get(name) for name in names)


def _address(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("api_url") or _X).rstrip("/")
