"""E-mail through a mail server, by Django's SMTP backend. Settings: `DICHTERBIJ_SMTP_URL`, `DICHTERBIJ_MAIL_FROM`."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from ..domain import AddressRefused, Outgoing, SenderUnavailable

HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}


def send(outgoing: Outgoing) -> str:
    """Hand an e-mail to the mail server; returns its Message-ID, the same for every try, so that a copy is known.

    A refusal for good (5xx, RFC 5321) of the address or the text is `AddressRefused`; anything else is tried again.
    """
    reference = f"<{outgoing.reference}@{_domain()}>"
    message = EmailMessage(
        subject=outgoing.subject,
        body=outgoing.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[outgoing.to],
        headers={"Message-ID": reference, **HEADERS},
        connection=get_connection(),
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise _problem(max(code for code, _text in refused.recipients.values())) from None
    except smtplib.SMTPDataError as refused:
        raise _problem(refused.smtp_code) from None
    except (smtplib.SMTPException, OSError):
        raise SenderUnavailable from None
    return reference


def reference_of(message_id: str) -> str:
    """Return the reference of an e-mail of ours by its Message-ID."""
    return message_id.strip().strip("<>").rpartition("@")[0]


def _problem(code: int) -> AddressRefused | SenderUnavailable:
    return AddressRefused() if code >= 500 else SenderUnavailable()


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ")
