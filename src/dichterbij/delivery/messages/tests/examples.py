"""A document with every kind of block, for the tests of page and PDF."""

from datetime import date

from dichterbij.delivery.messages.document import (
    Ask,
    Contact,
    Document,
    Foreign,
    Heading,
    Items,
    KeyValues,
    Letterhead,
    Link,
    Notice,
    Paragraph,
    Part,
    Strong,
    Table,
)  # fmt: skip

NASTY = 'Ellen <script>alert(1)</script> #set page() $x$ *vet* _schuin_ `code` @verwijzing \\ "aanhaling" //'
BASIS = Foreign("artikel 4:13", "nl", "https://wetten.overheid.nl/BWBR0005537")

EVERY_BLOCK = Document(
    title="U krijgt € 466,40 per maand",
    language="nl",
    dated=date(2026, 6, 15),
    head=Letterhead(
        sender="Uitvoerder van het onderwijs",
        sender_lines=("Postbus 1", "9700 AA Groningen"),
        recipient_lines=("J. Verzonnen", "Straat 1", "3011 AA Rotterdam"),
        facts=(("Datum", "15 juni 2026"), ("Kenmerk", "2026-7KQ4")),
        notice="Demonstratie, verzonnen personen",
    ),
    blocks=(
        Paragraph(("U krijgt ", Strong("€ 466,40"), " per maand, vanaf 1 juli 2026. ", NASTY)),
        Heading("Zo rekenden wij"),
        Table(
            "Uw beurs per maand",
            ("Stap", "Bedrag", "Artikel"),
            (
                ("Hoogste bedrag", "€ 466,40", (Link("artikel 3.8", "https://wetten.overheid.nl/BWBR0011453"),)),
                ("Bijdrage van uw ouders", "€ 0,00", "artikel 3.9"),
            ),
            frozenset({1}),
        ),
        Heading("Wat u kunt doen"),
        Heading("Eerst bellen", 3),
        Items(("Bel ons.", ("Schrijf naar ", Link("ons", "mailto:post@example.org"), "."))),
        Items(("Eerst dit.", "Dan dat."), ordered=True),
        KeyValues((("Laatste dag", "27 juli 2026"),)),
        Contact("Klantcontact", (("Telefoon", (Link("050 000 00 00", "tel:+31500000000"),)), ("Adres", "Kade 1"))),
        Notice("Let op", "Na 27 juli 2026 kan het niet meer."),
        Paragraph("You can get this letter in English.", "en"),
        Ask(question="Huurt u?", help="Een kamer telt ook.", cue="Kruis aan.", options=("Ja", "Nee"), given="Ja."),
        Ask(question="Wanneer?", cue="Dag, maand, jaar.", boxes=(2, 2, 4)),
        Ask(question="Wat nog meer?", cue="Schrijf het op.", lines=3),
        Part("pap", "Tradukshon", (Heading("Desishon"), Paragraph(("Bo ta haña e beka. ", BASIS)))),
    ),
)
