"""An organisation reads its own lines of the logbook, as records of Logboek Dataverwerkingen.

Rests on: GDPR articles 5(2) and 30; the reading extension of Logboek Dataverwerkingen (Logius, draft), of which the
form of question and answer is taken. Paging and who may ask are open there: here a cursor, and a token that the
organisation signs for each request (`caller`). No record names a datum or a worker, and each reading is a line.
"""
