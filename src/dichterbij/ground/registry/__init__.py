"""The only way to what the government already knows: authorise, fetch, filter, record durably, then release.

`services.read(access, query)` is the one door. An activity (`content/activities.yaml`) says which fields may be asked
and why; they follow from the law the activity carries out. No line in the logbook, no data. A source that does not
answer is named as such and never looks like "there is nothing".

Front door: `services.read`, `activities`, `registries` (names of sources), `adapters.register`; values in `domain` and
`answers`.
"""
