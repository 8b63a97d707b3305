"""The desk: where a worker handles the cases of their own organisation.

Rests on the Awb: 2:4 (nobody decides on their own case), 3:2 (careful preparation), 4:13 to 4:15 (terms) and 3:46
(reasons). A worker opens a case for a reason that the citizen sees at once. The law gives the outcome; a worker asks
the law again, adds a judgement where an article leaves one, asks the citizen something, or makes the decision known.
Start at `views`.
"""
