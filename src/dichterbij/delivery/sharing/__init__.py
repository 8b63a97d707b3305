"""Sharing by consent: a company without a legal task asks a person for a few facts, once, for one purpose.

A housing corporation wants proof of income. It asks here, names nobody and gets a code; it gives the code to its
customer. Who logs in and types the code sees who asks what and why, and says yes or no; before that nothing is read and
the company knows nothing of anybody. After a yes the company fetches exactly those facts. Yes is taken back at any
moment and that holds from the next question on. A body with a legal task is refused: it must use the law.
Law: GDPR articles 6(1)(a), 7 (consent), 4(11) (free, specific, informed); Uitvoeringswet AVG article 5 (who decides
for somebody below 16 or under guardianship). Receipt: in the shape of ISO/IEC TS 27560.

The tour: `catalogue` is what can be shared and for what (`content/sharing.yaml`); `recipients` says which companies may
ask; `signature` proves who asks; `asking` takes a question; `deciding` shows it to the person and keeps the answer;
`releasing` gives the facts, after the look is on record; `receipts` writes down what was agreed.
"""
