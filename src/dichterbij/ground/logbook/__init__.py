"""What happened with whose data, so that the person can see it and nobody can hide it.

Every look and every act is one line per person concerned: durable before anything is shown, never changed, chained
and signed within a second, verifiable without this product's help. Lines hold names of data, never the data; people
stand in them as pseudonyms that differ per organisation. Lines of confidential activities live in a log of their own,
so that nothing in the open log betrays them.

Rests on: GDPR articles 5(2), 15, 30; standard Logboek Dataverwerkingen (Logius) for the shape of a line.
Front door: `services.record`, `services.record_view`, `services.seal`, `queries`; values in `domain`.
"""
