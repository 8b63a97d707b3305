"""Copies of an instance, and putting one back.

Order keeps the promise that nothing is read without a line: the main database is copied first and the logbook last, so
a copy never knows of an act that its log does not have. Keys are not in a copy: whoever finds one can open nothing.
`saving.save` and `restoring.restore` are the two verbs; `manifest` says what a folder must hold to be whole.
"""
