"""A routing service for the tests: unchanged pysaml2 and xmlsec1, which speaks like eID SAML 4.4 (form, artifact, TLS).

It refuses a question that its profile does not allow. The test says over POST /control who logs in next, for whom and
what must be wrong with the answer; GET /asked says what was asked. Identities are encrypted by xmlsec1, the assertion
carries the one of the means along in `Advice`, what is in the envelope is signed as a whole, and keys are only named.
Artifacts are resolved at another port, for who shows a client certificate. Started with one argument: JSON with `port`,
`artifacts` (the other port), `folder` (of keys, certificates and the metadata of who may ask), `services` (the
catalogue), `client` (certificate of who may fetch) and `evil`: somebody else.
"""

import json
import re
import ssl
import sys
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode
from xml.etree import ElementTree

from saml2 import BINDING_HTTP_ARTIFACT, BINDING_HTTP_POST, BINDING_SOAP, class_name, extension_element_from_string
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import (
    NAMEID_FORMAT_PERSISTENT,
    NAMEID_FORMAT_TRANSIENT,
    Advice,
    Attribute,
    AttributeStatement,
    AttributeValue,
    Audience,
    NameID,
)
from saml2.server import Server
from saml2.sigver import pre_encryption_part, pre_signature_part, signed_instance_factory
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

GIVEN = json.loads(sys.argv[1])
FOLDER = Path(GIVEN["folder"])
HERE, ARTIFACTS = f"http://127.0.0.1:{GIVEN['port']}", f"https://127.0.0.1:{GIVEN['artifacts']}/artifact"
NAME = "urn:nl-eid-gdi:1.0:RD:00000009999999999009:entities:9000"
SOAP, SAML = "http://schemas.xmlsoap.org/soap/envelope/", "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
DS, XENC = "http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2001/04/xmlenc#"
ID = "urn:nl-eid-gdi:1.0:"
SIGNING = {"sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256}
CONFIGURATION = {
    "entityid": NAME,
    "xmlsec_binary": "/usr/bin/xmlsec1",
    "key_file": str(FOLDER / "rd.key"),
    "cert_file": str(FOLDER / "rd.crt"),
    "metadata": {"local": [str(path) for path in sorted(FOLDER.glob("of-*.xml"))]},
    "service": {
        "idp": {
            "endpoints": {
                "single_sign_on_service": [(f"{HERE}/login", BINDING_HTTP_POST)],
                "single_logout_service": [(f"{HERE}/logout", BINDING_HTTP_POST)],
                "artifact_resolution_service": [(ARTIFACTS, BINDING_SOAP)],
            },
            "want_authn_requests_signed": True,
            "policy": {"default": {"lifetime": {"minutes": 2}}},
        }
    },
}
server = Server(config=IdPConfig().load(CONFIGURATION))
(FOLDER / "rd.xml").write_text(str(entity_descriptor(server.config)))

control: dict[str, object] = {}
waiting: dict[str, str] = {}
asked: dict[str, object] = {}
ended: list[str] = []


def _look(message: object, text: str) -> None:
    """Note what a question asks; raises `ValueError` for what eID SAML 4.4, section 7.3, does not allow."""
    if message.assertion_consumer_service_url or message.assertion_consumer_service_index is None:
        raise ValueError("an address instead of an index")
    if message.force_authn != "true":
        raise ValueError("whoever was logged in before would do")
    if message.requested_authn_context:
        raise ValueError("a level instead of a service")
    if "<ds:KeyName>" not in text and ":X509Certificate>" not in text:
        raise ValueError("a signature that names no key")
    issuer, index = message.issuer.text.strip(), message.attribute_consuming_service_index
    said = {} if message.extensions is None else _attributes(message.extensions.extension_elements)
    if (index is None) == (not said):
        raise ValueError("a service twice, or none")
    service = said[f"{ID}ServiceUUID"] if said else _named(issuer, index)
    audience = said.get(f"{ID}IntendedAudience", issuer)
    if service not in GIVEN["services"] or (audience != issuer and ":LC:" not in issuer):
        raise ValueError("a service or provider that is not in the catalogue")
    scoping = message.scoping
    listed = scoping.idp_list.idp_entry if scoping and scoping.idp_list else []
    asked.clear()
    asked.update(
        service=service,
        audience=audience,
        index=index,
        preselected=[each.provider_id for each in listed],
        mandates=[each.text for each in scoping.requester_id] if scoping else [],
    )


def _attributes(elements: list[object]) -> dict[str, str]:
    return {each.attributes["Name"]: each.children[0].text for each in elements}


def _named(issuer: str, index: str) -> str:
    """Return the service at a place in the metadata of who asks."""
    role = server.metadata[issuer]["spsso_descriptor"][0]
    service = next(each for each in role["attribute_consuming_service"] if each["index"] == index)
    wanted = next(each for each in service["requested_attribute"] if each["name"] == f"{ID}ServiceUUID")
    return wanted["attribute_value"][0]["text"]


def _answer(request: object) -> str:
    """Return the answer to a question to log in, with what must be wrong with it."""
    wrong = control.get("wrong", "")
    info = server.response_args(request, [BINDING_HTTP_ARTIFACT])
    if wrong == "cancel":
        failed = (f"{SAMLP[:-9]}:status:AuthnFailed", "Authentication cancelled")
        return str(server.create_error_response(info["in_response_to"], info["destination"], failed, sign=False))
    response = server.create_authn_response(
        identity={},
        in_response_to="_another" if wrong == "request" else info["in_response_to"],
        destination=info["destination"],
        sp_entity_id=info["sp_entity_id"],
        name_id=NameID(format=NAMEID_FORMAT_TRANSIENT, text="a name for once"),
        authn={
            "class_ref": control["level"],
            "authn_auth": HERE,
            "authn_instant": int(time.time()) - (17 * 60 if wrong == "long ago" else 0),
        },
        sign_response=False,
        sign_assertion=False,
    )
    return _composed(response, str(wrong))


def _composed(response: object, wrong: str) -> str:
    """Return an answer as the routing service composes it, signed after that; the means said somebody else inside."""
    assertion = response.assertion
    restriction = assertion.conditions.audience_restriction[0]
    if wrong == "audience":
        restriction.audience = [Audience(text="https://evil.example/saml")]
    if asked["audience"] not in [each.text for each in restriction.audience] and wrong not in ("audience", "half"):
        restriction.audience.append(Audience(text=asked["audience"]))
    inner = type(assertion)()
    inner.__dict__.update(assertion.__dict__)
    inner.id = f"{assertion.id}-of-the-means"
    inner.attribute_statement = [_statement([["legacy-BSN", GIVEN["evil"]]], [], "")]
    assertion.attribute_statement = [_statement(control["acting"], control["represents"], wrong)]
    assertion.advice = Advice(assertion=[inner])
    which = [inner] if wrong == "unsigned" else [inner, assertion]
    for each in which:
        each.signature = pre_signature_part(each.id, server.sec.my_cert, 1, **SIGNING)
    text = str(signed_instance_factory(response, server.sec, [(class_name(each), each.id) for each in which]))
    return _spoiled(_only_named(text), wrong)


def _statement(acting: list[list[str]], represents: list[list[str]], wrong: str) -> AttributeStatement:
    said = [
        _attribute("ServiceUUID", [AttributeValue(text="0" * 36 if wrong == "service" else asked["service"])]),
        _attribute(
            "ActingSubjectID", [_encrypted(kind, text, wrong if wrong == "key" else "") for kind, text in acting]
        ),
    ]
    if represents:
        said.append(_attribute("LegalSubjectID", [_encrypted(kind, text, wrong) for kind, text in represents]))
    if control.get("also"):
        said.append(_attribute(str(control["also"]), [AttributeValue(text="something")]))
    return AttributeStatement(attribute=said)


def _attribute(name: str, values: list[AttributeValue]) -> Attribute:
    return Attribute(name=name if name.startswith("urn:") else ID + name, attribute_value=values)


def _encrypted(kind: str, text: str, wrong: str) -> AttributeValue:
    """Return somebody's number encrypted by xmlsec1, with its key beside it, for the provider that was asked for."""
    qualifier = kind if kind.startswith("urn:") else f"{ID}id:{kind}"
    who = NameID(format=NAMEID_FORMAT_PERSISTENT, name_qualifier=qualifier, text=text)
    holder = f'<a:EncryptedID xmlns:a="{SAML}">{_bare(str(who))}</a:EncryptedID>'
    of_another = wrong == "legal subject for another"
    certificate = str(FOLDER / "rd.crt") if of_another or wrong == "key" else _reader()
    template = pre_encryption_part(msg_enc=f"{XENC}aes256-cbc")
    sealed = server.sec.crypto.encrypt_assertion(holder, certificate, template, "aes-256", "/*/*")
    found = ElementTree.fromstring(sealed)  # noqa: S314 what we made ourselves
    info = found.find(f".//{{{DS}}}KeyInfo")
    key = info.find(f"{{{XENC}}}EncryptedKey")
    info.remove(key)
    key.set(
        "Recipient", "urn:nl-eid-gdi:1.0:DV:00000009999999999008:entities:0000" if of_another else asked["audience"]
    )
    found.append(key)
    return AttributeValue(extension_elements=[extension_element_from_string(ElementTree.tostring(found))])


def _reader() -> str:
    """Return a file with the certificate for which the metadata of the asked provider says to encrypt."""
    ((_name, certificate),) = server.metadata.certs(str(asked["audience"]), "spsso", "encryption")
    path = FOLDER / "encryption.crt"
    path.write_text(f"-----BEGIN CERTIFICATE-----\n{certificate}\n-----END CERTIFICATE-----\n")
    return str(path)


def _spoiled(text: str, wrong: str) -> str:
    """Return a signed answer, changed after it was signed."""
    if wrong == "level":
        return text.replace(str(control["level"]), "http://eidas.europa.eu/LoA/high", 1)
    if wrong == "wrapped":
        start, end = text.index("<ns1:Assertion"), text.rindex("</ns1:Assertion>") + len("</ns1:Assertion>")
        good = text[start:end]
        evil = re.sub(r"<ns\d:Signature .*?</ns\d:Signature>", "", good, count=1, flags=re.DOTALL)
        evil = re.sub(r"<ns1:Advice>.*</ns1:Advice>", f"<ns1:Advice>{good}</ns1:Advice>", evil, flags=re.DOTALL)
        evil = re.sub(r' ID="[^"]+"', ' ID="_evil"', evil, count=1)
        return text[:start] + evil + text[end:]
    return text


def _envelope(resolve: object, answer: str) -> str:
    """Return an answer in its envelope, signed as a whole by xmlsec1 unless it must not be."""
    template = (
        "" if control.get("wrong") == "envelope" else str(pre_signature_part("_all", server.sec.my_cert, 2, **SIGNING))
    )
    text = (
        f'<p:ArtifactResponse xmlns:p="{SAMLP}" ID="_all" Version="2.0" '
        f'IssueInstant="{datetime.now(UTC):%FT%TZ}" InResponseTo="{resolve.id}">'
        f'<a:Issuer xmlns:a="{SAML}">{NAME}</a:Issuer>{_bare(template)}'
        f'<p:Status><p:StatusCode Value="{SAMLP[:-9]}:status:Success"/></p:Status>'
        f"{_bare(answer)}</p:ArtifactResponse>"
    )
    signed = (
        _only_named(server.sec.sign_statement(text, f"{SAMLP}:ArtifactResponse", node_id="_all")) if template else text
    )
    return f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>{_bare(signed)}</soap:Body></soap:Envelope>'


def _only_named(text: str) -> str:
    """Name the key in the outermost signature instead of giving its certificate, which that does not cover."""
    return re.sub(r"<(\w+):X509Data>.*?</\1:X509Data>", r"<\1:KeyName>rd</\1:KeyName>", text, count=1, flags=re.DOTALL)


def _bare(text: str) -> str:
    """Return a document without its declaration, to stand in another."""
    return re.sub(r"^<\?xml.*?\?>\s*", "", text)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Say what was asked last, and who was logged out."""
        self._say(json.dumps({"asked": asked, "ended": ended}))

    def do_POST(self) -> None:
        """Take what the test says, or log somebody in or out at once: what they would do is in `control`."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/control":
            control.clear()
            control.update(json.loads(body))
            return self._say("")
        form = {name: value[0] for name, value in parse_qs(body).items()}
        try:
            return self._log_in(form) if self.path == "/login" else self._log_out(form)
        except Exception as problem:
            return self._say(f"refused: {problem!r}", 400)

    def _log_in(self, form: dict[str, str]) -> None:
        request = server.parse_authn_request(form["SAMLRequest"], BINDING_HTTP_POST)
        _look(request.message, request.xmlstr if isinstance(request.xmlstr, str) else request.xmlstr.decode())
        artifact = server.use_artifact(_answer(request.message))
        artifact = artifact.decode() if isinstance(artifact, bytes) else artifact
        waiting[artifact] = server.artifact.pop(next(iter(server.artifact)))
        _binding, back = server.pick_binding(
            "assertion_consumer_service", [BINDING_HTTP_ARTIFACT], "spsso", request=request.message
        )
        self.send_response(302)
        self.send_header("Location", f"{back}?{urlencode({'SAMLart': artifact, 'RelayState': form['RelayState']})}")
        self.end_headers()

    def _log_out(self, form: dict[str, str]) -> None:
        request = server.parse_logout_request(form["SAMLRequest"], BINDING_HTTP_POST)
        message, element = request.message, request.xmlstr
        element = element if isinstance(element, str) else element.decode()
        server.sec.correctly_signed_message(element, "logout_request", must=True, origdoc=element)
        ended.append(message.name_id.text)
        answer = server.create_logout_response(message, [BINDING_HTTP_POST], sign=True, **SIGNING)
        back = server.response_args(message, [BINDING_HTTP_POST])["destination"]
        told = server.apply_binding(BINDING_HTTP_POST, str(answer), back, "", response=True)
        self._say(told["data"])

    def _say(self, text: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_said: object) -> None: ...


class Artifacts(Handler):
    """What an artifact stands for, once, to who shows a certificate and signs the question."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        resolve = server.parse_artifact_resolve(body)
        element = body[body.index("<samlp:ArtifactResolve") : body.index("</soap:Body>")]
        server.sec.correctly_signed_message(element, "artifact_resolve", must=True, origdoc=element)
        found = waiting.get(resolve.artifact.text.strip(), "")
        if control.get("wrong") != "artifact twice":
            waiting.pop(resolve.artifact.text.strip(), None)
        return self._say(_envelope(resolve, found))


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(FOLDER / "rd.crt", FOLDER / "rd.key")
context.verify_mode = ssl.CERT_REQUIRED
context.load_verify_locations(FOLDER / GIVEN["client"])
behind = ThreadingHTTPServer(("127.0.0.1", GIVEN["artifacts"]), Artifacts)
behind.socket = context.wrap_socket(behind.socket, server_side=True)
threading.Thread(target=behind.serve_forever, daemon=True).start()
listening = ThreadingHTTPServer(("127.0.0.1", GIVEN["port"]), Handler)
sys.stdout.write("ready\n")
sys.stdout.flush()
listening.serve_forever()
