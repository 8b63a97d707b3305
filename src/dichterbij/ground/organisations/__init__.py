"""The bodies that decide, advise or are only named: who they are, where they live, who works there, their keys.

An organisation is one row; what belongs to it is kept apart from what belongs to another by its OIN. One organisation
operates this instance. Keys are files per organisation, outside the database, used only through `keys`.

Front door: `services` (set up, appoint), `queries`, `keys`, values in `domain`.
"""
