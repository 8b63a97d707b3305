"""The loop in which a right is found out: the law says which facts it needs, the registries supply them, again.

`services.assess(access, request, supplied)` asks one law one question for one person. It reads what the law asks and
nothing else, each read recorded before it counts. Facts that only a person can give come from `supplied`; what is still
missing becomes a question; a source that is down is named. The determination is kept, sealed, with its facts, the hash
of the law set and its receipt. Other people appear in it as `p2`, `p3`, never by number, and their values stay hidden
unless they claim together.

Front door: `services.assess`, `services.assess_many`, `services.keep`, `queries.assessment`, `comparing.differences`,
`laws.current_laws`; values in `domain`.
"""
