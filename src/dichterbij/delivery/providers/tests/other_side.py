"""The other side, for the tests of moving: DUO in an instance of its own, and what it signs."""

import json
from uuid import uuid4

from django.test import Client

from dichterbij.delivery.providers.assertion import Call
from dichterbij.ground.organisations import queries, tokens
from dichterbij.kernel import clock

SITE = "https://duo.example"


def signed(signer, kind, path, body, **changes):
    """Send a request that a body signed; returns the status of the answer, and what it says."""
    now, content = int(clock.now().timestamp()), json.dumps(body).encode()
    claims = {
        "aud": queries.operator().oin.value,
        "iat": now,
        "exp": now + 60,
        "jti": str(uuid4()),
        "digest": Call(method="POST", path=path, body=content).digest(),
        **changes,
    }
    token = tokens.sign(signer, claims, kind=kind)
    answer = Client().post(path, content, "application/json", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()
