"""The desk: where a worker handles the cases of their own organisation, and helps people at the counter and by phone.

Rests on the Awb: 2:1 (anybody may be assisted, and gets fitting support), 2:4 (nobody decides on their own case), 3:2
(careful preparation), 4:13 to 4:15 (terms), 3:46 (reasons) and 6:5 (an objection is signed). A worker opens a case for
a reason that the citizen sees at once; the law gives the outcome. Start at `views`.

To help somebody is an authority for a while (`place`, decision 15): `finding`, `presence` and `knowing` show who it is,
`helping` begins and ends it, `confirming` writes it down for the person. `barring` and `reviewing` keep watch.
"""
