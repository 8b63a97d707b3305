"""Value types that every room shares, and nothing else: no I/O but the system clock, no framework.

`identifiers` numbers of people and organisations · `money` euro cents · `periods` stretches of days ·
`dates` terms of the Algemene termijnenwet · `levels` assurance of a login · `access` who looks, for whom, why ·
`problems` errors a person can act on · `clock` the only place that asks the time · `formats` dates and
amounts as people read them.
"""
