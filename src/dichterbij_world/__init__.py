"""The demonstration: invented people, synthetic registries as servers, and means of login for tests.

Never installed in production. The tour, in the order in which things are made:

- `people` what a person, a home and a family are; `names`, `bsn`, `homes` what they are made of
- `families` invents families from a seed; `personas` (with `personas.yaml`) are the fixed people of the stories
- `documents` writes what each registry knows of a person, in the words of that registry
- `store` keeps those documents in one file; `load` fills it; `events` are deaths and their corrections
- `registries` are servers that speak the real contracts; `apps` offers them to the product in process

Command line: `python -m dichterbij_world load | serve | event | fault | logins`.
"""
