"""E-mails that come back: reports of a mail server (RFC 3464), one at a time."""

from email import message_from_bytes, policy
from email.message import Message

from . import delivering
from .adapters.smtp import reference_of


def take_in(report: bytes) -> bool:
    """Note that an e-mail of ours came back; False when it is no such report, or not about one of ours."""
    found = message_from_bytes(report, policy=policy.default)
    statuses = [_fields(part) for part in found.walk() if part.get_content_type() == "message/delivery-status"]
    failed = [each for each in statuses if each.get("action", "").strip().lower() == "failed"]
    reference = _reference(found)
    if not failed or not reference:
        return False
    return delivering.came_back(reference, for_good=failed[0].get("status", "").strip().startswith("5"))


def _fields(part: Message) -> dict[str, str]:
    """Return the fields of a report, those of the receiver over those of the message; names in small letters."""
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else []
    return {name.lower(): str(value) for block in blocks if isinstance(block, Message) for name, value in block.items()}


def _reference(found: Message) -> str:
    """Return the reference of the e-mail that came back: the report carries its headers."""
    for part in found.walk():
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_bytes(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
            return reference_of(str(headers.get("Message-ID", "")))
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            return reference_of(str(inner.get("Message-ID", ""))) if isinstance(inner, Message) else ""
    return ""
