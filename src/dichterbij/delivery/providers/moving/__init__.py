"""Moving: somebody who is logged in at one instance goes on at another, without a second login.

Law it rests on: the general regulation on data protection, article 5 (told for what, no more than needed); eIDAS
regulation (910/2014) article 8 (a login is never more sure than it was).

The tour: `instances` says which other instances there are and which are believed; `giving` is the side where somebody
is logged in: what goes along, for what, and a code that works once; `taking` is the side where they go on: it fetches
with the code who they are, under its own signature, and opens a login that is no surer and lasts no longer; `carrying`
is the mandate by which they act for another, asked for again at the act; `purpose` is what both sides record; `sealing`
how one says something to the other; `ending` tells when the first login ends. `views` are the pages of both sides.
"""
