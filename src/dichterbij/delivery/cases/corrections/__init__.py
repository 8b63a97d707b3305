"""A datum that is not right: the person asks whoever keeps the source to correct it, and can follow what happens.

Law it rests on: GDPR article 16 (rectification) with 12(3) (an answer within a month); Wet BRP 2.58 (four weeks, free);
UAVG article 34 (the answer is a decision, so objection is possible).

The tour: `domain` is pure; `keepers` who keeps a source and under which access they act; `services` asks and answers;
`queries` what the person and a worker see; `letters` the receipt and the answer; `views` the pages of the person.
"""
