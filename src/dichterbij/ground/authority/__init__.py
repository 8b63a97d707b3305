"""Authority: who may do this, on whose behalf, with this login?

Law it rests on: Algemene wet bestuursrecht articles 2:1 (representation) and 2:4 (nobody decides on their own case);
eIDAS regulation article 8 (levels); the general regulation on data protection articles 5 and 6 (purpose and basis).

The tour: `verb.may` is the one verb, pure and total; `sources` is the registry of where authorities come from
(yourself, staff, mandates from `mandated`, what `registers` tell of parents, guardians, directors, executors and
trustees, what a means of login says from `asserted`; a further one changes nothing here); `mandates` are made in
`giving`, asked by post in `letters` and answered in `answering`; `agreements` keep the yes of somebody else where the
law asks it, `proofs` show a third party what holds now, `closeness` keeps workers from their own; `services` asks
`may` at the moment of every act and makes the `Access`; `routes` declares for whom a page or an API is open;
`tasks` are what is asked of it beside products, `asking` is how it reads a register; `offering` says what a page may
offer to somebody who could act for another, `represented` who acts for somebody by law.
"""
