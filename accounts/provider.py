"""
The identity provider at which staff may sign in: OpenID Connect, such as Entra ID.

allauth finds this module by its name. Of its own provider for OpenID Connect this takes the way
there and back, with PKCE and a state that works once; what came back is checked here, because
allauth checks neither the signature of an ID token that it fetched itself nor a nonce.
"""

import logging
import re
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from .refusals import BegunElsewhere, NotTrusted, Unreachable

logger = logging.getLogger(__name__)

ID = "oidc"
CONNECT_WITHIN, ANSWER_WITHIN = 3, 5  # seconds; for one of at most four questions
LONGEST_ANSWER = 1_000_000  # bytes
REMEMBER_ADDRESSES, REMEMBER_FAILURE = 600, 10  # seconds
LEEWAY = 60  # seconds between the provider's clock and ours
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
NEEDED = ["iss", "aud", "sub", "exp", "iat", "nonce"]
LONGEST_SUBJECT = 191  # characters that allauth keeps; Entra ID has 43
TENANT = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Line(requests.Session):
    """A line to the provider: with limits of time and size, and followed nowhere else."""

    def request(self, method: str, url: str, **kwargs) -> requests.Response:
        limits = {"timeout": (CONNECT_WITHIN, ANSWER_WITHIN), "allow_redirects": False}
        response = super().request(method, url, **{**kwargs, **limits, "stream": True})
        last_moment = time.monotonic() + ANSWER_WITHIN
        body = b""
        for part in response.iter_content(16_384):
            body += part
            if len(body) > LONGEST_ANSWER or time.monotonic() > last_moment:
                response.close()
                raise requests.Timeout("too long an answer")
        response._content = body
        return response


class _Client(OAuth2Client):
    """Answers of the provider stay out of messages and logs: they may hold what opens something."""

    def get_access_token(self, *args, **kwargs) -> dict[str, Any]:
        try:
            return super().get_access_token(*args, **kwargs)
        except OAuth2Error:
            raise NotTrusted("the code was refused") from None
        except (requests.RequestException, KeyError, TypeError, ValueError):
            raise Unreachable("no answer about the code") from None


class Questions(OpenIDConnectOAuth2Adapter):
    """What the site asks the provider itself, out of sight of the browser."""

    client_class = _Client

    @property
    def openid_config(self) -> dict[str, str]:
        """
        The provider's addresses, remembered for 10 minutes; that it is down, for 10 seconds.

        :raises Unreachable: if it does not answer, or answers for another.
        """
        key = f"{ID}:{settings.OIDC['issuer']}"
        found = cache.get(key)
        if found is None:
            found = self._ask_for_addresses()
            cache.set(key, found, REMEMBER_ADDRESSES if found else REMEMBER_FAILURE)
        if not found:
            raise Unreachable("no addresses")
        return found

    def _ask_for_addresses(self) -> dict[str, str]:
        issuer = settings.OIDC["issuer"]
        try:
            answer = self._get(self.get_provider().server_url)
            names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
            found = {name: str(answer[name]) for name in names}
            schemes = {urlsplit(address).scheme for address in found.values()}
            ways = answer.get("token_endpoint_auth_methods_supported")
        except (requests.RequestException, KeyError, TypeError, ValueError):
            return {}
        if found["issuer"] != issuer or schemes != {urlsplit(issuer).scheme}:
            logger.error("OIDC_ISSUER: who answers there names another issuer, or is not safe")
            return {}
        ways = ways if isinstance(ways, list) else []
        return {**found, "token_endpoint_auth_methods_supported": ways}

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """On the site's own address: what the request claims as its host is not believed."""
        return settings.BASE_URL + reverse("oidc_callback")

    def identity(self, *, code: str, verifier: str, nonce: str) -> dict[str, Any]:
        """
        What the provider says of the person for whom it gave this code, checked.

        :raises Unreachable: if it does not answer.
        :raises NotTrusted: if the answer is not its own, not for this site, this sign-in or now.
        """
        client = self.get_client(self.request, self.get_provider().app)
        answer = client.get_access_token(code, pkce_code_verifier=verifier)
        token = answer.get("id_token") if isinstance(answer, dict) else None
        if not isinstance(token, str):
            raise NotTrusted("no ID token")
        claims = self._verified(token)
        if claims["nonce"] != nonce:
            raise NotTrusted("another nonce")
        us = settings.OIDC["client_id"]
        if claims["aud"] not in (us, [us]) or claims.get("azp", us) != us:
            raise NotTrusted("for others too")
        subject = claims["sub"]
        if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
            raise NotTrusted("no subject")
        tenant = TENANT.search(settings.OIDC["issuer"])
        if tenant and str(claims.get("tid", tenant[0])).casefold() != tenant[0].casefold():
            raise NotTrusted("another tenant")
        return claims

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            keys = jwt.PyJWKSet.from_dict(self._get(self.openid_config["jwks_uri"]))
        except (requests.RequestException, jwt.PyJWTError, KeyError, TypeError, ValueError):
            raise Unreachable("no keys") from None
        try:
            return jwt.decode(
                token,
                keys[jwt.get_unverified_header(token)["kid"]],
                algorithms=SIGNATURES,
                audience=settings.OIDC["client_id"],
                issuer=settings.OIDC["issuer"],
                leeway=LEEWAY,
                options={"require": NEEDED},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise NotTrusted(type(error).__name__) from None

    def _get(self, address: str) -> dict[str, Any]:
        """:raises requests.RequestException: :raises ValueError: if it is no JSON object."""
        with Line() as line:
            response = line.get(address)
            if response.status_code != HTTPStatus.OK:
                raise requests.HTTPError(response.status_code)
            answer = response.json()
        if not isinstance(answer, dict):
            raise ValueError("no object")
        return answer


class IdentityProvider(OpenIDConnectProvider):
    """One person is one subject of one issuer, whatever their e-mail address."""

    id = ID
    name = "OpenID Connect"
    package = "accounts"  # whose `urls` allauth adds to its own
    oauth2_adapter_class = Questions

    @property
    def server_url(self) -> str:
        return self.wk_server_url(settings.OIDC["issuer"].rstrip("/"))

    def start(self, *, next_url: str | None, nonce: str) -> str:
        """
        The address to which the person goes to sign in; the session notes what must come back.

        :raises Unreachable: if the provider does not answer.
        """
        there = {"nonce": nonce}
        answer = self.redirect(
            self.request, "login", next_url=next_url, auth_params=there, nonce=nonce
        )
        return answer.url

    def finish(self, *, code: str, state: dict[str, Any]) -> SocialLogin:
        """
        Who came back with this code, not let in yet; `claims` holds what the provider says.

        :raises Unreachable:
        :raises NotTrusted: see `Questions.identity`.
        """
        if not code or not {"nonce", "pkce_code_verifier"} <= state.keys():
            raise BegunElsewhere("nothing was begun")
        claims = self.get_oauth2_adapter(self.request).identity(
            code=code, verifier=state["pkce_code_verifier"], nonce=state["nonce"]
        )
        account = SocialAccount(provider=settings.OIDC["issuer"], uid=claims["sub"])
        login = SocialLogin(provider=self, account=account)
        login.state, login.claims = state, claims
        return login


def the_app() -> SocialApp:
    """The settings, as allauth wants them; never a row of the database."""
    return SocialApp(
        provider=ID,
        provider_id=settings.OIDC["issuer"],
        name=settings.OIDC["name"],
        client_id=settings.OIDC["client_id"],
        secret=settings.OIDC["client_secret"],
        settings={"oauth_pkce_enabled": True},
    )


provider_classes = [IdentityProvider]
