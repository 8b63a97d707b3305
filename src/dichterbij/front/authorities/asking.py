"""Ask somebody who has no login to let another act for them: a letter with a code goes to the address we know.

Whether the letter goes is never told to who asks: the page is the same for a number that is right and one that is not.
"""

from datetime import date

from django.db import transaction

from dichterbij.delivery.messages import channels
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.authority import codes, standing
from dichterbij.ground.authority import letters as letters_by_code
from dichterbij.ground.authority.domain import ACTING_LEVEL
from dichterbij.ground.authority.mandates import Terms
from dichterbij.ground.authority.portal import TASK
from dichterbij.ground.authority.standing import Addressee
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

    `name`: of who asks. Raises `CannotMandate` for one's own number, and for who asks too often. A letter that cannot
    go is rendered as well, to who asks, and thrown away, which takes about as long, though not exactly: a letter that
    goes also has the language of who gets it, and is sent.
    """
    letters_by_code.begin(access, bsn)
    found, code = standing.addressee(access, bsn, born_on), codes.make()
    represented = access.subject.party if found is None else identity.party_for(found.bsn)
    asked = letters.Asked(
        who=name,
        terms=terms,
        code=code,
        until=min(clock.day_of(clock.now() + codes.WORKS_FOR), terms.last_day),
    )
    to = found or Addressee(bsn=bsn, name=name, address=())
    sender, language = organisations.operator(), party_language(represented)
    rendered = messages.render(letters.asked(sender, to, asked, dated=clock.today(), language=language))
    if found is None:
        return
    with transaction.atomic():
        mandate = letters_by_code.ask(access, found, name=name, terms=terms, code=code)
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
