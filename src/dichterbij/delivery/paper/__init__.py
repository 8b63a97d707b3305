"""Paper: every application as a form to print, and what comes back by post typed in as the same application.

Law it rests on: Awb 2:1 (fitting support), 2:13 and 4:1 (who applies may do so on paper), 2:3 (sending on), 4:5 (a
chance to complete), 4:13 (the term counts from the day of receipt), 6:9 (an objection sent by post in time).

The tour: `definitions` takes the questions of a product from the law itself, as the pages do; `form` writes them on
paper, with a code on each page (`codes`); `issuing` gives out forms; `receiving` is the post: what came in, whose it
is, typed in, asked back, sent on; `scans` keeps the paper itself, sealed, with its case; `ground` lets a worker act
for who sent the paper, and only while it lies open before them; `returned` deals with letters that came back.
"""
