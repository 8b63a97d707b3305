"""The product about itself: what it offers others, applied to itself.

Its entries for the algorithm register (generated from the law files), its assessments of privacy and human rights
(`content/about/*.yaml` with generated parts), its accessibility statement (generated from the results of the browser
tests) and how to reach the organisation that runs it. Start at `views`.
"""
