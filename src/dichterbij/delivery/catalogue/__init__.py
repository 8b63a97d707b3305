"""Products: what an organisation offers, which law decides on it, and every way to ask for it.

Law it rests on: the single digital gateway regulation (2018/1724, articles 2 to 4: what a page on a procedure tells),
Awb 4:13 (the term to decide), Wet digitale overheid article 6 (the level of login).

The tour: `content/products/*.yaml` are the products, for editors; `domain` is what such a file says; `files` reads and
checks it; `queries` is the front door. Nothing here is stored: a product is content, live by restart.
"""
