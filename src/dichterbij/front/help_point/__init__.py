"""The help point in the library: who helps there sees the screens and the texts, and never anybody's data.

Law it rests on: Awb 2:1 (help by another), Wmebv (fitting support for who cannot do it online).

The tour: `guide` shows the pages of an application empty, for a helper who explains them; `finding` finds the nearest
point in the file of the operator, without asking anybody else; `counting` keeps how often something is asked a month.
No login opens more here: the room asks `may` for nothing, so there is nothing it could read (decision 18).
"""
