"""Ask somebody who has no login to let another act for them: a letter with a code goes to the address we know.

Whether the letter goes is never told to who asks, so that nobody learns anything about a number this way.
"""

from datetime import date

from django.db import transaction

from dichterbij.delivery.messages import channels
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.authority import codes, mandates, standing
from dichterbij.ground.authority.domain import ACTING_LEVEL
from dichterbij.ground.authority.mandates import Terms
from dichterbij.ground.authority.portal import TASK
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.queries import party_language
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn

from . import letters

# The code is for who has no login, so it goes on paper whatever they chose for other letters.
ON_PAPER = channels.Channel(
    name="mandate-asked",
    wanted=lambda message, reach: message.activity == TASK and not reach.by_post,
    put=channels.PRINT_QUEUE.put,
)


def ask(access: Access, bsn: Bsn, born_on: date, *, name: str, terms: Terms) -> None:
    """Send somebody the letter, when number and day of birth belong together and they may give a mandate.

    `name`: of who asks. Raises `TooManyCodes` for who tries many numbers, `CannotMandate` for one's own.
    """
    codes.ensure_not_guessing(access.subject.party)
    mandates.note_asked(access)
    found = standing.addressee(access, bsn, born_on)
    if found is None:
        return
    mandates.ensure_may_ask(access, found)
    code, today, represented = codes.make(), clock.today(), identity.party_for(bsn)
    asked = letters.Asked(
        who=name,
        terms=terms,
        code=code,
        until=min(clock.day_of(clock.now() + codes.WORKS_FOR), terms.last_day),
    )
    letter = letters.asked(organisations.operator(), found, asked, dated=today, language=party_language(represented))
    rendered = messages.render(letter)
    with transaction.atomic():
        mandate = mandates.ask(access, found, name=name, terms=terms, code=code)
        messages.send(
            Envelope(
                cause=mandate,
                party=represented,
                organisation=access.organisation,
                activity=TASK,
                product=TASK,
                level=ACTING_LEVEL,
                nature=Nature.QUESTION,
            ),
            rendered,
        )
