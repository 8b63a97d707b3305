"""Life events: from "someone close to me has died" to one plan across all organisations.

For people: a public checklist without login, and a personal plan after login. For editors: `content/life_events`,
one file per card, checked by `dichterbij content check`. Rests on the duty to give fitting support (Awb 2:1) and on the
laws that each card names.

The tour: `domain` is pure (what a card is, where it stands, in which order); `adapters` read the files of editors;
`outcomes` asks the law for the public list from answers alone; `asking` asks the organisations side by side for a plan;
`plans` begins, opens, refreshes and erases plans; `after_death` is what happens by itself after a registered death.

Front door: `plans` (verbs), `queries` (reads).
"""
