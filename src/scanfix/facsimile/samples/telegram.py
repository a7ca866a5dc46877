"""Two versions of one telegram, in translation: a draft that a hand went over, and the message that was sent."""

from scanfix.facsimile.asked import markup
from scanfix.facsimile.asked.document import Document, Machine, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Note
from scanfix.facsimile.samples.furniture import double_spaced, tilted

_DRAFT = """\
< [DRAFT OF A TELEGRAM IN CIPHER] First version

<0 TO LESKEN, FOR MARSHAL DENKO.  4 November 1951

I have your answer of the 2nd.

I turned to You with the request for {-sending some-} {+at least+} six battalions of railway troops because several of
Your comrades had told us, in August and again in September, that they were ready to help if the pass at Orsk were
closed {+(and closed it is)+}. Without these words I should not have thought it possible to trouble You; I took Your
readiness to mean that Lesken does not wish the valley to become a platzdarm [springboard - trans.] for the {+armed+}
Karsovians {+and their friends+}.

When I raised the matter I had in mind the following {-points-} {+considerations+}:

1) Karsovia, as the autumn has shown, is not ready for a long quarrel; 2) her neighbours {-would-} {+will+} not help
her before the spring; 3) {+for this reason+} she {-would-} {+will+} be obliged to give way about the Halm branch
{-and in the end about the customs house as well-}. We shall {+certainly+} not get these things by waiting.

{-It cannot be ruled out that six battalions will bring on a war-} {+Suppose a war should come of it.+} One need not
be afraid of {-this-} {+such a thing+}, for together we are stronger than they are.

But Your answer has a thought that I had not met before, about the state of the harvest. You tell me that {+very+}
many of the farmers would be discontented. {+Lesken {-has the last word and-} is not ready.+} If that is so, one
must ask whether one should take it {+at all+}. I see quite well {-your position-} {+Your straits+}.

As for the visit of Comrades Saar and Brel, I should be glad {-to see them here and-} to talk with them.

: Respectfully, // HALVOR [GORLAN]
"""
_SENT = """\
< Message from Gorlan to Denko, 5 November 1951 // (Passages that are new are underlined.)

<1 [Gorlan used most of this text again in his wire to Vice-Marshal Tull of 8[7] November; only the date and the last
lines were left out.]

< From Comrade HALVOR

<0 November 5, 1951

I have received your answer.

Your answer has a thought about the harvest in Lesken that I had not met before. You tell me that very many of the
farmers would be discontented if railway troops were sent over the pass before the winter, and that there is a strong
wish for quiet in the villages. _I take this to mean that the Growers' League, which sits in Your council, would turn
such feelings to its own use._ You must of course know the mood of Your country better than anyone. Can these
difficulties be overcome, or can they not // - only the comrades in Lesken are able to decide it.

As for the visit of Comrades Iver Saar and Anton Brel, I should be glad to see them here and to talk with them. They
may come by way of Tarsk, where a carriage will be waiting.

: Respectfully, // HALVOR

<1 5 November 1951
"""


def telegram() -> Document:
    """Describe the two versions, carbons on one machine."""
    look = Look(
        dpi=200,
        tone=196,
        ink=70,
        shade=0.12,
        stain=0.08,
        grain=3.0,
        fibre=5.0,
        ragged=0.35,
        rim=0.15,
        speckle=0.5,
        bleed=0.06,
        blur_px=0.5,
        border_in=(0.2, 0.25, 0.3, 0.2),
        bed=18,
    )
    draft = double_spaced(markup.paragraphs(_DRAFT, blank=1.0), leading=2.0)
    sent = markup.paragraphs(f"===\n\n{_SENT}", blank=1.0)
    return Document(
        scan_id="telegram-2206",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10, row_in=1 / 6, wear_in=0.004, ribbon=0.9, unevenness=0.16, copy=1),
        sheet=Sheet(width_in=8.0, height_in=10.5, left_in=1.2, right_in=0.8, top_in=1.2, bottom_in=1.3),
        looks=tilted(look, 0.5, -0.7, 0.9),
        numbering="-{}-",
        numbering_edge="head",
        notes=(
            Note(
                page=3,
                kind="note",
                x_in=1.2,
                y_in=8.6,
                size_in=0.16,
                text="Sent to comrade Brelin by wire at 23 hours, 5 November.",
                turn_deg=1.0,
            ),
        ),
        paragraphs=(*draft, *sent),
    )
