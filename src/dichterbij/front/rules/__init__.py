"""The rules for everybody: every law as it is applied, what it would say for you, and the same for programs.

Pages per law and article come from the law files alone (Awb 3:46 and the Woo: a decision can be followed by who it is
about); a law file written tomorrow has its pages tomorrow. The check ("what if I were ...") asks no name and no login;
its answers live half an hour (`ground.assessment.guest_answers`). The API keeps nothing.

The tour: `published` lists laws, bodies and topics; `law_pages` and `readable` tell a law and its articles; `examples`
and `interpretations` stand beside them; `check`, `asking` and `results` lead from the first question to the outcome;
`api` is the same for programs, within `limits`.

Front door: the pages in `urls` and the API in `machine_urls`; no other room uses this one.
"""
