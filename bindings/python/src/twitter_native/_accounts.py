"""Whose account a call acts for: the client's own, or that of the `parameters` of one call.

A client is often shared: one for an application, with `parameters=` of the person for whom a call is made. Such a call
must not use the client's own tokens, and the client must not keep the tokens that the call brings.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping

#: An account's tokens. Tokens of two accounts are never mixed: a call takes all of them from one place.
ACCOUNT = ("access_token", "refresh_token", "token_file", "oauth_token", "oauth_token_secret")
#: The parameters that name an account. The secret of a token alone names none.
_NAMES_ACCOUNT = ("access_token", "refresh_token", "token_file", "oauth_token")
#: The pairs that name an application: its key and its secret.
_APPLICATIONS = (("client_id", "client_secret"), ("oauth_consumer_key", "oauth_consumer_secret"))
_REQUEST_TOKEN = ("oauth_token", "oauth_token_secret")
_X = "https://api.x.com"

Parameters = Dict[str, Any]


def merged_parameters(own: Mapping[str, Any], given: Mapping[str, Any]) -> Parameters:
    """The client's parameters for one call, with the call's own parameters in place of them. Where these name another
    account, the client's tokens are left out. Otherwise the library could try again with the OAuth 1.0a keys of the
    wrong account where a scope is missing, and it would fill the client's `token_file` with the other account's
    tokens."""
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
    if _address(merged_parameters(own, given)) != _address(own):
        return False
    if function == "refresh_token":
        # X has made the old refresh token worthless: a client that had it needs the new one.
        used = merged_parameters(own, given)
        return all((used.get(name) or "") == (own.get(name) or "") for name in ("refresh_token", "token_file"))
    names = set(ACCOUNT).union(*_APPLICATIONS)
    if function == "oauth1_access_token":
        # Here `oauth_token` and its secret are the request token, which belongs to no account. A client without an
        # account gets its account by this call.
        names.difference_update(_REQUEST_TOKEN)
        return not any(given.get(name) for name in names) and not any(own.get(name) for name in ACCOUNT)
    return not any(given.get(name) for name in names)


def _address(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("api_url") or _X).rstrip("/")
