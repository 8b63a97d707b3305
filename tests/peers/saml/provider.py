"""An identity provider for the tests: unchanged pysaml2 and xmlsec1, which speaks like DigiD (redirect, artifact).

The test says over POST /control who logs in next, how surely, what is encrypted (`identity` as the routing service
does, or the whole `assertion`) and what must be wrong with the answer; POST /end gives the message that a session ended
here, and POST /ended looks at what we say to that. Started with one argument: JSON with `port`, `folder` (of keys,
certificates and the metadata of who may ask), and `evil`: somebody else.
"""

import json
import re
import sys
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from saml2 import BINDING_HTTP_ARTIFACT, BINDING_HTTP_REDIRECT, BINDING_SOAP, class_name, extension_element_from_string
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import (
    NAMEID_FORMAT_PERSISTENT,
    NAMEID_FORMAT_TRANSIENT,
    NAMEID_FORMAT_UNSPECIFIED,
    Attribute,
    AttributeStatement,
    AttributeValue,
    NameID,
)
from saml2.server import Server
from saml2.sigver import pre_encryption_part, pre_signature_part, signed_instance_factory
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

GIVEN = json.loads(sys.argv[1])
FOLDER = Path(GIVEN["folder"])
HERE = f"http://127.0.0.1:{GIVEN['port']}"
ASLO = "urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
ACTING, LEGACY_BSN = "urn:nl-eid-gdi:1.0:ActingSubjectID", "urn:nl-eid-gdi:1.0:id:legacy-BSN"
CBC, GCM = "http://www.w3.org/2001/04/xmlenc#aes256-cbc", "http://www.w3.org/2009/xmlenc11#aes256-gcm"
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
remembered: list[str] = []


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
        "name_id": NameID(format=NAMEID_FORMAT_UNSPECIFIED, text=_whoever(request)),
        "authn": {"class_ref": control["level"], "authn_auth": HERE, "authn_instant": _since(wrong)},
    }
    signing = {"sign_response": False, "sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256}
    by = late if wrong == "expired" else server
    sealed = control.get("encrypted", "")
    if sealed == "identity":
        return _with_encrypted_identity(by.create_authn_response(**said, **signing, sign_assertion=False))
    text = str(by.create_authn_response(**said, **signing, sign_assertion=wrong != "unsigned"))
    return _encrypted_whole(text) if sealed == "assertion" else _spoiled(text, wrong)


def _whoever(request: object) -> str:
    """Return who is there: who logged in before, unless they must show anew who they are."""
    if request.force_authn == "true" or not remembered:
        remembered[:] = [control["name_id"]]
    return remembered[0]


def _since(wrong: str) -> int:
    """Return since when somebody is logged in here, in seconds since 1970."""
    return int(time.time()) - (17 * 60 if wrong == "long ago" else 0)


def _with_encrypted_identity(response: object) -> str:
    """Return an answer as the routing service gives it: a name for once, and who acts, encrypted; signed after that."""
    assertion = response.assertion
    who = NameID(format=NAMEID_FORMAT_PERSISTENT, name_qualifier=LEGACY_BSN, text=control["name_id"])
    holder = f'<a:EncryptedID xmlns:a="{SAML}">{_bare(str(who))}</a:EncryptedID>'
    sealed = extension_element_from_string(_sealed(holder, "/*/*", CBC))
    value = AttributeValue(extension_elements=[sealed])
    assertion.attribute_statement = [AttributeStatement(attribute=[Attribute(name=ACTING, attribute_value=[value])])]
    assertion.subject.name_id = NameID(format=NAMEID_FORMAT_TRANSIENT, text="a name for once")
    signing = {"sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256}
    assertion.signature = pre_signature_part(assertion.id, server.sec.my_cert, 1, **signing)
    return str(signed_instance_factory(response, server.sec, [(class_name(assertion), assertion.id)]))


def _encrypted_whole(text: str) -> str:
    """Return a signed answer with its assertion encrypted."""
    found = _sealed(text, "/*/*[local-name()='Assertion']", GCM)
    return re.sub(
        r"<(\w+):EncryptedData.*</\1:EncryptedData>",
        lambda match: f'<a:EncryptedAssertion xmlns:a="{SAML}">{match[0]}</a:EncryptedAssertion>',
        found,
        flags=re.DOTALL,
    )


def _sealed(text: str, path: str, method: str) -> str:
    """Return a document with what stands at a path encrypted by xmlsec1 for who asked."""
    template = pre_encryption_part(msg_enc=method)
    whose = "idp.crt" if control.get("wrong") == "key" else "ours.crt"
    certificate = str(FOLDER / whose)
    return server.sec.crypto.encrypt_assertion(text, certificate, template, "aes-256", path)


def _ending(asked: dict[str, object]) -> str:
    """Return the message that sessions ended here, in its envelope, signed unless it must not be."""
    _id, message = server.create_logout_request(
        asked["to"],
        asked["for"],
        name_id=NameID(format=NAMEID_FORMAT_UNSPECIFIED, text=asked["name_id"]),
        session_indexes=asked["sessions"],
        sign=asked["signed"],
        sign_alg=SIG_RSA_SHA256,
        digest_alg=DIGEST_SHA256,
    )
    return f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>{_bare(str(message))}</soap:Body></soap:Envelope>'


def _bare(text: str) -> str:
    """Return a document without its declaration, to stand in another."""
    return re.sub(r"^<\?xml.*?\?>\s*", "", text)


def _heard(body: str) -> str:
    """Return what status is said in answer to that; xmlsec1 says whether the answer is signed by who we know."""
    element = body[body.index("<samlp:LogoutResponse") : body.index("</soap:Body>")]
    found = server.sec.correctly_signed_message(element, "logout_response", must=True, origdoc=element)
    return str(found.status.status_code.value)


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
    return (
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>'
        '<p:ArtifactResponse xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_fetched" Version="2.0" '
        f'IssueInstant="{datetime.now(UTC):%FT%TZ}" InResponseTo="{resolve.id}">'
        f'<a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">{CONFIGURATION["entityid"]}</a:Issuer>'
        '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status>'
        f"{_bare(answer)}</p:ArtifactResponse></soap:Body></soap:Envelope>"
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
        if self.path == "/end":
            return self._say(_ending(json.loads(body)))
        if self.path == "/ended":
            return self._say(_heard(body))
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
