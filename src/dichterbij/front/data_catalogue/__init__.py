"""Which data for which decision: what the government uses, from which source, on which ground, and what it still asks.

Everything is read from the compiled law, the vocabulary of facts and the record of processing activities, so it cannot
differ from what is really done. Law: GDPR articles 13, 14, 15 and 30; Wet open overheid article 3.1; DCAT-AP-NL for
the catalogue of data sets.

The tour: `decisions` makes the list from the compiled graphs, `flows` who gives what to whom, `processing` the record
of article 30, `dcat` the data sets as JSON-LD; `own` reads the person's own data for one decision, logged.
"""
