"""A body without access to the population register asks, in one call, whether somebody has died.

An energy company, a bank or a housing corporation is told of a death by relatives and must be sure. It gives what it
knows of its customer anyway (surname, day of birth, postcode and house number) and hears `yes`, `no` or
`not-established`; nothing else, and nothing at all about who keeps their data secret. It never gives or gets a number.
Law it rests on: Wet basisregistratie personen 3.3 (third parties whose work annex 4 of the Besluit names) and 3.9
(those a municipal ordinance names); GDPR article 5 (no more than needed). `content/activities.yaml` says how far that
is established. Which of the two holds for a body, and where, is said when it is registered.

The tour: `registering` says which bodies may ask and on which ground; `signature` proves who asks, once, for this very
question; `guessing` stops who tries names; `asking` answers, after the look (`looking`) is on record; `told` keeps
which bodies know of a death, for the relatives; `correcting` tells them when it was registered by mistake.
"""
