"""The notification service of the government, NotifyNL: the HTTP contract of GOV.UK Notify, version 2.

A key is `name-SERVICE-SECRET`, two UUIDs; each request carries a token signed with the secret (JWT, HS256, `iss` the
service, `iat` now). Templates of the service have two places to fill in: `subject` and `body`. What was tried before is
looked up by its reference first, so that nothing is sent twice. Letters go as the PDF itself.
Settings: `DICHTERBIJ_NOTIFY_URL`, `_KEY`, `_EMAIL_TEMPLATE`, `_SMS_TEMPLATE`, `_CALLBACK_TOKEN`.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from dichterbij.kernel import clock

from ..domain import AddressRefused, Outgoing, SenderUnavailable, Way

UUID_LENGTH = 36
TIMEOUT_SECONDS = 10.0
ADDRESS = {Way.EMAIL: "email_address", Way.SMS: "phone_number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyNl:
    """One service at NotifyNL. `templates`: which template to use along which way."""

    url: str
    key: str = field(repr=False)
    templates: Mapping[Way, str] = field(default_factory=dict)
    transport: httpx.BaseTransport | None = None

    def send_along(self, way: Way, outgoing: Outgoing) -> str:
        """Send a short text; returns the number the service gives it."""
        content = {
            ADDRESS[way]: outgoing.to,
            "template_id": self.templates[way],
            "personalisation": {"subject": outgoing.subject, "body": outgoing.text},
        }
        return self._once(way.value, outgoing.reference, content, again=outgoing.again)

    def post_letter(self, reference: str, pdf: bytes, *, again: bool) -> str:
        """Have a letter printed and posted, as it is; returns the number the service gives it."""
        return self._once("letter", reference, {"content": base64.b64encode(pdf).decode()}, again=again)

    def _once(self, kind: str, reference: str, content: Mapping[str, object], *, again: bool) -> str:
        if again and (known := self._known(kind, reference)):
            return known
        made = self._ask("POST", f"/v2/notifications/{kind}", json={**content, "reference": reference})
        return str(made["id"])

    def _known(self, kind: str, reference: str) -> str:
        found = self._ask("GET", "/v2/notifications", params={"reference": reference, "template_type": kind})
        return next((str(each["id"]) for each in found["notifications"]), "")

    def _ask(self, method: str, path: str, **content: Any) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {self._token()}"}
        try:
            with httpx.Client(base_url=self.url, timeout=TIMEOUT_SECONDS, transport=self.transport) as client:
                answer = client.request(method, path, headers=headers, **content)
            if answer.status_code == httpx.codes.BAD_REQUEST and _is_about_the_address(answer.json()):
                raise AddressRefused
            answer.raise_for_status()
            found: Mapping[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError):
            raise SenderUnavailable from None
        return found

    def _token(self) -> str:
        service, secret = self.key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1], self.key[-UUID_LENGTH:]
        claims: dict[str, Any] = {"iss": service, "iat": int(clock.machine_time().timestamp())}
        return jwt.encode({"typ": "JWT", "alg": "HS256"}, claims, OctKey.import_key(secret))


def _is_about_the_address(said: Mapping[str, Any]) -> bool:
    """Say whether a refusal is about whom to reach; a wrong template or key is not, and is tried again."""
    return any(
        each.get("error") == "ValidationError" and str(each.get("message", "")).startswith(tuple(ADDRESS.values()))
        for each in said.get("errors", ())
    )
