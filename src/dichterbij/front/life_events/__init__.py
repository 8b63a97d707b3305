"""Life events: from "someone close to me has died" to one plan across all organisations.

For people: a public checklist without login, and a personal plan after login. For editors: `content/life_events`,
one file per card. Rests on the duty to give fitting support (Awb 2:1) and on the laws that each card names.

Front door: `services` (open, refresh and erase a plan; keep the answers of the public checklist) and `queries`
(plans of a person, the checklist). `domain` is pure: what a card is, where it stands and in which order.
"""
