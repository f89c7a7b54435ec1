"""
An identity provider on this machine that can misbehave: discovery, keys, authorize, token.

It is strict where a real one is: it takes a code once, with the client's secret, the same address
to come back to and the PKCE verifier that fits. What it says of the person are its `claims`.
"""

import base64
import hashlib
import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

TENANT = "7a1f2c9e-3b4d-4e5f-8a6b-9c0d1e2f3a4b"
CLIENT, SECRET = "aspires", "the-secret-of-the-client"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KID = "key-1"


class Issuer:
    """
    `claims` go into the ID token and win over what belongs there; None leaves one out.
    `discovery` does the same for its addresses. `key`: what it signs with. `hang`: paths that get
    no answer before `let_go()`. `broken`: {path: (status, body)}. `asked`: each path, in order.
    """

    def __init__(self):
        self.claims: dict = {}
        self.discovery: dict = {}
        self.key, self.algorithm, self.kid = KEY, "RS256", KID
        self.hang: set[str] = set()
        self.broken: dict[str, tuple[int, str]] = {}
        self.asked: list[str] = []
        self.authorized: dict[str, str] = {}
        self.sent: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}
        self._let_go = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.origin}/{TENANT}/v2.0"
        self._thread.start()

    def let_go(self) -> None:
        self._let_go.set()

    def stop(self) -> None:
        """From now on nobody answers at its address."""
        self.let_go()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def authorize(self, address: str) -> str:
        """What the browser is sent back to, after the person signed in there."""
        asked = dict(parse_qsl(urlsplit(address).query))
        self.authorized = asked
        code = uuid.uuid4().hex
        self._codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def _answer(self, path: str, form: dict[str, str]) -> tuple[int, dict]:
        if path == f"/{TENANT}/v2.0/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.origin}/authorize",
                "token_endpoint": f"{self.origin}/token",
                "jwks_uri": f"{self.origin}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                **self.discovery,
            }
        if path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return 200, {"keys": [{**key, "kid": KID, "use": "sig"}]}
        if path == "/token":
            return self._token(form)
        return 404, {}

    def _token(self, form: dict[str, str]) -> tuple[int, dict]:
        self.sent = form
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = asked and (
            asked.get("code_challenge_method") == "S256"
            and asked["code_challenge"] == challenge
            and asked["redirect_uri"] == form.get("redirect_uri")
            and (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        )
        if not fits:
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "subject-1",
            "tid": TENANT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": asked["nonce"],
            "email": "new.person@example.org",
            "given_name": "New",
            "family_name": "Person",
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode(claims, self.key, self.algorithm, headers={"kid": self.kid})
        return 200, {"access_token": "for-nobody", "token_type": "Bearer", "id_token": token}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                issuer.asked.append(path)
                if path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", issuer.authorize(self.path))
                    self.end_headers()
                    return
                length = int(self.headers.get("Content-Length", 0))
                form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
                status, answer = issuer._answer(path, form)
                body = json.dumps(answer)
                if path in issuer.broken:
                    status, body = issuer.broken[path]
                if path in issuer.hang:
                    issuer._let_go.wait(60)
                    return
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body.encode())

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                pass

        return Handler
