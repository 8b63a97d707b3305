"""The sentences of published conformance folders, for a folder whose grammar lacks them or that has no grammar.

Interface of the RegelRecht step grammar (`bdd/grammar.yaml`, MinBZK/regelrecht, up to v0.8.0): sentence, action,
fixed arguments. A folder's own grammar goes first.
"""

from typing import Final

SENTENCES: Final[tuple[tuple[str, str, tuple[bool | str, ...]], ...]] = (
    ('the calculation date is "{date}"', "set_calculation_date", ()),
    ('law "{law}" is loaded', "load_law", ()),
    ('parameter "{name}" is "{value}"', "set_parameter", ()),
    ('parameter "{name}" is {value}', "set_parameter", ()),
    ("the following parameters:", "set_parameters_table", ()),
    ('the following "{source}" data with key "{key}":', "set_data_source", ()),
    ('the following "{source}" data with key "{key}" for law "{law}":', "set_data_source_for_law", ()),
    ('parameter "{name}" is the collection:', "set_parameter_collection", ()),
    ('the untranslatable mode is "{mode}"', "set_untranslatable_mode", ()),
    ('I evaluate "{output}" of "{law}"', "evaluate", ()),
    ('I evaluate outputs "{outputs}" of "{law}"', "evaluate_outputs", ()),
    ("the execution succeeds", "assert_succeeds", ()),
    ("the execution fails", "assert_fails", ()),
    ('the execution fails with "{message}"', "assert_fails_with", ()),
    ('output "{output}" is true', "assert_boolean", (True,)),
    ('output "{output}" is false', "assert_boolean", (False,)),
    ('output "{output}" equals {value}', "assert_equals", ()),
    ('output "{output}" equals "{value}"', "assert_equals", ()),
    ('output "{output}" is null', "assert_null", ()),
    ('output "{output}" is absent', "assert_null", ()),
    ('output "{output}" is unknown', "assert_unknown", ()),
    ('output "{output}" is unknown for lack of "{name}"', "assert_unknown_for", ()),
    ('output "{output}" contains "{value}"', "assert_contains", ()),
    ('the result contains exactly the outputs "{outputs}"', "assert_exact_outputs", ()),
    ('output "{output}" has direct provenance', "assert_provenance", ("direct",)),
    ('output "{output}" has reactive provenance', "assert_provenance", ("reactive",)),
    ('output "{output}" has override provenance', "assert_provenance", ("override",)),
    ('output "{output}" is tainted as untranslatable', "assert_tainted", ()),
    ("a law with the following articles:", "set_note_articles", ()),
    ('a note selecting "{quote}"', "set_note_selector_exact", ()),
    ('a note selecting "{quote}" with prefix "{prefix}" and suffix "{suffix}"', "set_note_selector_context", ()),
    ('the note hints article "{article}"', "set_note_hint_article", ()),
    ('the note hints article "{article}" at position {start} to {end}', "set_note_hint_position", ()),
    ("the note is resolved", "resolve_note", ()),
    ('the note resolves to article "{article}"', "assert_note_resolves", ()),
    ("the note is an exact match", "assert_note_exact_match", ()),
    ("the note is a fuzzy match", "assert_note_fuzzy_match", ()),
    ("the note is orphaned", "assert_note_orphaned", ()),
    ("the note is ambiguous", "assert_note_ambiguous", ()),
)
