"""The invented housing corporation that asks people to share proof of income, and the requests it signs."""

import json
from uuid import UUID, uuid4

import yaml

from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.sharing import asking, models, recipients
from dichterbij.delivery.sharing.domain import Question
from dichterbij.delivery.sharing.signature import KIND
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import keys, queries, services, tokens
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn, Oin

from .store import World, default_path

OIN = Oin("00000099100000990000")
KEY, NAME = "de-sleutel", "Woningcorporatie De Sleutel"
BASE = "/api/sharing/v1"
HOME = "huurwoning"
LIMIT_CENTS = 5_000_000
ASKED_OF = {"student": ("inkomen-grens",), "starter": ("inkomen-grens", "woonadres"), "ward": ("inkomen-grens",)}
"""Who typed a code of the corporation already, and what for; they can say yes or no."""


def set_up() -> None:
    """Make the corporation known, with keys of its own, and let it ask for people who want to rent a home."""
    keys.make(OIN)
    described = {
        "oin": OIN.value,
        "key": KEY,
        "name": NAME,
        "kind": "company",
        "territory": "NL",
        "contact": {"url": "https://desleutel.example"},
        "public_keys": dict(tokens.public_keys(OIN)),
    }
    path = default_path().with_name(f"{KEY}.yaml")
    path.write_text(yaml.safe_dump(described), encoding="utf-8")
    services.set_up(path)
    recipients.register(KEY, HOME)


def ask_everybody(world: World) -> None:
    """Let the questions wait that the people of the stories already opened; once."""
    if models.Consent.objects.filter(recipient=OIN.value).exists():
        return
    for persona, packets in ASKED_OF.items():
        party = party_for(Bsn(world.persona(persona).bsn))
        for packet in packets:
            number, _code = asking.ask(question(packet))
            models.Consent.objects.filter(id=number).update(party=party, opened_at=clock.now())


def question(packet: str) -> Question:
    """Return what the corporation asks: whether an income is not too high, or for a month an address."""
    is_limit = packet == "inkomen-grens"
    return Question(
        recipient=OIN,
        purpose=HOME,
        packet=packet,
        year=clock.today().year - 1,
        at_most=LIMIT_CENTS if is_limit else None,
        days=0 if is_limit else 30,
    )


def signed(path: str, body: object, number: UUID | None = None) -> tuple[bytes, dict[str, str]]:
    """Return the content and the headers of a request as the corporation sends it. `number`: of the token."""
    content, now = json.dumps(body).encode(), int(clock.now().timestamp())
    claims = {
        "aud": queries.operator().oin.value,
        "iat": now,
        "exp": now + 60,
        "jti": str(number or uuid4()),
        "digest": Call(method="POST", path=f"{BASE}{path}", body=content).digest(),
    }
    return content, {"Authorization": f"Bearer {tokens.sign(OIN, claims, kind=KIND)}"}
