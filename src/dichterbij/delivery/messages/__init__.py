"""What an organisation says to a person: one content, as page, as PDF and on paper.

Law it rests on: Awb 2:14 and 3:41 (how a decision is made known), Wmebv (acknowledgement, notice with nature, expected
reaction and term), Wet digitale overheid and EN 301 549 (readable for everybody).

The tour: `document` is the content, `html` and `pdf` its two faces, `characters` what both can show; `services.send`
puts a letter in the box within the caller's transaction, as bytes that never change; `queries` reads the box of one
organisation; `channels` is the extension point for how a message reaches somebody (box, print queue, and a notice
through `contact`); `not_told` sends a letter to who could not be told.
"""
