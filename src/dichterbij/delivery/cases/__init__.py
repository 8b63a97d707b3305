"""Cases: from application to decision, with every term and every step visible to the person it is about.

Law it rests on: Awb 4:1 to 4:20 (application, missing data, suspension, term to decide), 2:4 (nobody decides on their
own case), 3:40 to 3:47 (making known, reasons), 6:7 and 6:8 (term to object); Wmebv (receipt with a copy, any channel).

The tour: `domain` is the state machine and the terms, pure; `models` the tables, each with its organisation; `sealing`
what is kept closed; `services` the verbs: `start`, `fill`, `submit`, `withdraw`, `answer` by the citizen; `take`,
`ask`, `decide`, `publish` by a worker, `object_to` by who disagrees; `queries` what each of them sees; `letters` what
the person reads; `automatic` decides without a worker where law and product allow it; `corrected` looks again at what
rested on a death that was none; `corrections` is about data that are not right.
"""
