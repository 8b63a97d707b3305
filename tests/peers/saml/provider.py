"""An identity provider for the tests: unchanged pysaml2 and xmlsec1, which speaks like DigiD (redirect, artifact).

The test says over POST /control who logs in next, how surely, and what must be wrong with the answer. Started with one
argument: JSON with `port`, `folder` (of key, certificate and the metadata of who may ask), and `evil`: somebody else.
"""

import json
import re
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from saml2 import BINDING_HTTP_ARTIFACT, BINDING_HTTP_REDIRECT, BINDING_SOAP
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_UNSPECIFIED, NameID
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

GIVEN = json.loads(sys.argv[1])
FOLDER = Path(GIVEN["folder"])
HERE = f"http://127.0.0.1:{GIVEN['port']}"
ASLO = "urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo"
CONFIGURATION = {
    "entityid": f"{HERE}/metadata",
    "xmlsec_binary": "/usr/bin/xmlsec1",
    "key_file": str(FOLDER / "idp.key"),
    "cert_file": str(FOLDER / "idp.crt"),
    "metadata": {"local": [str(FOLDER / "ours.xml"), str(FOLDER / "theirs.xml")]},
    "service": {
        "idp": {
            "endpoints": {
                "single_sign_on_service": [(f"{HERE}/login", BINDING_HTTP_REDIRECT)],
                "single_logout_service": [(f"{HERE}/logout", BINDING_HTTP_REDIRECT)],
                "artifact_resolution_service": [(f"{HERE}/artifact", BINDING_SOAP)],
            },
            "want_authn_requests_signed": True,
            "policy": {"default": {"lifetime": {"minutes": 2}}},
        }
    },
}
configuration = IdPConfig().load(CONFIGURATION)
server = Server(config=configuration)
CONFIGURATION["service"]["idp"]["policy"]["default"]["lifetime"] = {"minutes": -3}
late = Server(config=IdPConfig().load(CONFIGURATION))
(FOLDER / "idp.xml").write_text(str(entity_descriptor(configuration)))

control: dict[str, str] = {}
waiting: dict[str, str] = {}
ended: list[str] = []


def _answer(request: object) -> str:
    """Return the answer to a question to log in, signed by xmlsec1, with what must be wrong with it."""
    wrong = control.get("wrong", "")
    info = server.response_args(request, [BINDING_HTTP_ARTIFACT])
    if wrong == "cancel":
        failed = ("urn:oasis:names:tc:SAML:2.0:status:AuthnFailed", "Authentication cancelled")
        return str(server.create_error_response(info["in_response_to"], info["destination"], failed, sign=False))
    said = {
        "identity": {},
        "in_response_to": "_another" if wrong == "request" else info["in_response_to"],
        "destination": "https://evil.example/" if wrong == "recipient" else info["destination"],
        "sp_entity_id": "https://evil.example/saml" if wrong == "audience" else info["sp_entity_id"],
        "name_id": NameID(format=NAMEID_FORMAT_UNSPECIFIED, text=control["name_id"]),
        "authn": {"class_ref": control["level"], "authn_auth": HERE},
    }
    signing = {"sign_response": False, "sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256}
    by = late if wrong == "expired" else server
    return _spoiled(str(by.create_authn_response(**said, **signing, sign_assertion=wrong != "unsigned")), wrong)


def _spoiled(text: str, wrong: str) -> str:
    """Return a signed answer, changed after it was signed."""
    if wrong == "level":
        return text.replace(control["level"], control["level"] + "PKI")
    if wrong == "wrapped":
        start, end = text.index("<ns1:Assertion"), text.index("</ns1:Assertion>") + len("</ns1:Assertion>")
        good = text[start:end]
        evil = re.sub(r"<ns\d:Signature .*?</ns\d:Signature>", "", good, flags=re.DOTALL)
        evil = re.sub(r' ID="[^"]+"', ' ID="_evil"', evil, count=1).replace(control["name_id"], GIVEN["evil"])
        return text[:start] + evil.replace("</ns1:Assertion>", good + "</ns1:Assertion>") + text[end:]
    return text


def _envelope(resolve: object, answer: str) -> str:
    """Return an answer in the envelope in which an artifact is resolved; its signature stays as it is."""
    answer = re.sub(r"^<\?xml.*?\?>\s*", "", answer)
    return (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        '<p:ArtifactResponse xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_fetched" Version="2.0" '
        f'IssueInstant="{datetime.now(UTC):%FT%TZ}" InResponseTo="{resolve.id}">'
        f'<a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">{CONFIGURATION["entityid"]}</a:Issuer>'
        '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status>'
        f"{answer}</p:ArtifactResponse></soap:Body></soap:Envelope>"
    )


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Log somebody in or out at once: everything the person would do is in `control`."""
        parts = urlsplit(self.path)
        query = {name: value[0] for name, value in parse_qs(parts.query).items()}
        self._log_in(query) if parts.path == "/login" else self._log_out(query)

    def _log_in(self, query: dict[str, str]) -> None:
        signature = {name: query[name] for name in ("SigAlg", "Signature")}
        asked = server.parse_authn_request(
            query["SAMLRequest"],
            BINDING_HTTP_REDIRECT,
            relay_state=query["RelayState"],
            sigalg=signature["SigAlg"],
            signature=signature["Signature"],
        )
        artifact = server.use_artifact(_answer(asked.message))
        artifact = artifact.decode() if isinstance(artifact, bytes) else artifact
        waiting[artifact] = server.artifact.pop(next(iter(server.artifact)))
        back = asked.message.assertion_consumer_service_url
        self._redirect(f"{back}?{urlencode({'SAMLart': artifact, 'RelayState': query['RelayState']})}")

    def _log_out(self, query: dict[str, str]) -> None:
        asked = server.parse_logout_request(
            query["SAMLRequest"],
            BINDING_HTTP_REDIRECT,
            relay_state=query.get("RelayState"),
            sigalg=query["SigAlg"],
            signature=query["Signature"],
        )
        ended.append(asked.message.name_id.text)
        if asked.message.extensions and asked.message.extensions.find_extensions("Asynchronous", ASLO):
            return self._say("logged out")
        back = server.response_args(asked.message, [BINDING_HTTP_REDIRECT])["destination"]
        return self._redirect(f"{back}?{urlencode({'SAMLResponse': 'logged out'})}")

    def do_POST(self) -> None:
        """Take what the test says, or say once what an artifact stands for, to who signs the question."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/control":
            control.clear()
            control.update(json.loads(body))
            return self._say(json.dumps(ended))
        resolve = server.parse_artifact_resolve(body)
        element = body[body.index("<samlp:ArtifactResolve") : body.index("</soap:Body>")]
        server.sec.correctly_signed_message(element, "artifact_resolve", must=True, origdoc=element)
        found = waiting.get(resolve.artifact.text.strip(), "")
        if control.get("wrong") != "artifact twice":
            waiting.pop(resolve.artifact.text.strip(), None)
        return self._say(_envelope(resolve, found))

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def _say(self, text: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_said: object) -> None: ...


listening = ThreadingHTTPServer(("127.0.0.1", GIVEN["port"]), Handler)
sys.stdout.write("ready\n")
sys.stdout.flush()
listening.serve_forever()
