"""Authority: who may do this, on whose behalf, with this login?

Law it rests on: Algemene wet bestuursrecht articles 2:1 (representation) and 2:4 (nobody decides on their own case);
eIDAS regulation article 8 (levels); the general regulation on data protection articles 5 and 6 (purpose and basis).

The tour: `domain.may` is the one verb, pure and total; `sources` is the registry of where authorities come from
(yourself, staff, `mandates`, and parents and guardians from `registers`; a further one changes nothing here);
`services` asks `may` at the moment of every act and makes the `Access`; `routes` declares for whom a page or an API is
open.
"""
