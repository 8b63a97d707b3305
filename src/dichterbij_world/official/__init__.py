"""The published test persons of RvIG beside our own people: 687 person lists with the odd cases of real life.

The file is not shipped; `python -m dichterbij_world official FILE.csv --tables FOLDER` adds it to a world.
`lists` reads the file, `values` reads days and codes, `document` turns a list into the answer of the register.
"""
