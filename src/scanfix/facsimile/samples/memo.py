"""A staff memorandum, declassified: a struck marking at head and foot, a check-box stamp amid a sentence."""

from scanfix.facsimile.asked import markup
from scanfix.facsimile.asked.document import Document, Machine, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Marking, Stroke
from scanfix.facsimile.samples.furniture import marking, tilted
from scanfix.facsimile.stamped.stamps import reviewer_stamp
from scanfix.model.mark import StrokeShape

_TEXT = """\
=0 BUREAU OF FOREIGN STUDIES // OFFICE OF REGIONAL ESTIMATES

>2 14 October 1953

=2 STAFF MEMORANDUM NO. 29-53

: SUBJECT: Meaning of the Halm Communiques of 11 October 1953

1. The agreements which the Karsovian and Varnian delega|tions made known at Halm on 11 October put a seal on what
has been happening since the spring. On the one side they admit that Karsovia has become too useful to be treated as
a province; on the other they bear out a decision, of which the closing of the Orsk camps was the first sign, to let
the frontier question rest, and to seek by trade and by flattery what could not be had by threats.[^*]

2. _Relations between the two parties._ That new agreements should have been made public at this moment is in keeping
with older habit: earlier ones were announced in 1946, after the last of the regency's troops had laid down their
arms, and in 1950, following the fall of the Liberal cabinet; in each case, too, the Union took care to be seen to
deal with Karsovia as with an equal.

[^*]: We take it for granted that the Union will go on paying the river deputies, whatever is said at Halm.

3. These latest agreements are, all the same, unlike any that went before. They speak for the first time of a
"partner|ship of two", and they say publically what had until now been said only at table. The language of earlier
Varnian statements is taken up again, to the effect that Karsovia is one of the "four northern states" and should have
a voice in everything that concerns them. The visit of Chair|man Gorlan himself, with three members of his council,
gave weight to these words. That the Union should also hand back the customs house at Halm, for which it fought so
long, goes to show how much the good opinion of Premier Vellin is now worth to it. Lastly, the giving up of its shares
in the two barge companies is not a mere form, as it was elsewhere, since the Union is here parting with its interest
in all of the boats and not in the older ones alone; moreover these very companies were believed to pay the river
deputies.

4. Both the wording of the communiques and the way in which they were given out suggest that an effort was made to
show the world a pair of friends without a cloud between them. The text returns to this at every turn. It states in
par|ticular that "a complete oneness of aim" has been reached. The signing took place only two days after the Chairman
had arrived, which was no doubt meant to give the impression that there had been little to discuss. We know, however,
of at least eleven sittings of experts since June, two of which broke up early. Whether or not the differ|ences of the
summer have been settled, both govern|ments plainly want the rest of us to think so.

5. We have no proof that Premier Vellin pressed for money, but the text makes it likely. He is believed to have been
far from pleased with the credit of last year, of which the greater part was in old rolling stock. This ill humor,
added to the growing boldness of his followers in the Assembly, may well have led the Union to grant some of what is
now set down. It is even possible that his quarrel with the bishops, which seemed so ill timed, served no other end
than to raise his price.

6. The smaller agreements, on the Orsk tunnel, on the Meren telegraph and on the loan of forty engineers, bear out what
has been said in earlier papers about the long preparations of both parties in the valley.

7. _Policy toward the coast._ Ever since the spring, and above all since the talks at Bergholm, the Union has tried to
widen its influence in the coast towns by other means than force, it would seem in the belief that it can have what it
wants there in a few years and without a quarrel with the sea powers. This change is now made formal by the return of
the customs house, and by the statement that the frontier "has ceased to be one of the ques|tions of the day".

8. The change is most marked where the text speaks of Norlandia. As against the convention of 1951, which was aimed at
her, it finds fault only with her bankers, and holds out the hand to her ship|owners. The return of the customs house
is meant for them as well: it is the best that can be offered short of taking back what was said at the time about the
"Norlandic peril".[^**] The new approach plays on the fear of Bergholm that its harbor may be left without a trade.

9. As to the Skerries, it may be of weight that the text does not speak of them at all.[^***]
It would seem that the Union is not ready to under|write what Karsovia has claimed in this matter, and that Karsovia
has been told so. The newspapers of Port Tessin, which in the summer wrote of little else, have since the 11th been
silent about the islands; on two occasions they left out what their own Premier had said of them.

[^**]: The wording of this passage, which stands apart from the rest, leads us to think that it was put in at the wish
of the Karsovians.

[^***]: Foreign Minister Roald, on 12 October, called the offer "a hand in a mailed glove" and said that his country
would keep to its course.
"""

_SHAPES: tuple[tuple[StrokeShape | None, StrokeShape], ...] = (
    ("horizontal", "rising"),
    (None, "horizontal"),
    ("rising", "horizontal"),
    ("horizontal", "rising"),
)


def memo() -> Document:
    """Describe the memorandum; the head of its second page was never stamped."""
    look = Look(
        dpi=180,
        tone=232,
        ink=40,
        shade=0.06,
        stain=0.03,
        grain=1.2,
        ragged=0.35,
        blur_px=0.5,
        speckle=0.5,
        fibre=1.5,
        rim=0.08,
    )
    return Document(
        scan_id="staff-memo-29-53",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10, row_in=1 / 4, wear_in=0.004, unevenness=0.12),
        sheet=Sheet(left_in=1.2, right_in=0.9, top_in=1.3, bottom_in=2.5),
        looks=tilted(look, 0.4, -0.5, 0.3, -0.3),
        markings=tuple(_page(head, foot) for head, foot in _SHAPES),
        numbering="- {} -",
        stamps=(
            reviewer_stamp(
                page=1,
                x_in=4.6,
                y_in=8.85,
                turn_deg=-1.5,
                number="26",
                ticked="declassified",
                next_review="",
                date="11-6-79",
            ),
        ),
        paragraphs=markup.paragraphs(_TEXT, blank=1.0),
    )


def _page(head: StrokeShape | None, foot: StrokeShape) -> tuple[Marking, ...]:
    """Describe the markings of a page; ``None`` where its head has none."""
    low = marking("SECRET", "foot", Stroke(shape=foot))
    return (marking("SECRET", "head", Stroke(shape=head)), low) if head else (low,)
