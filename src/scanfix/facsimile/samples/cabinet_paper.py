"""A Cabinet paper and a minute on it, whose markings nobody cancelled."""

from scanfix.facsimile.asked import markup
from scanfix.facsimile.asked.document import Document, Machine, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Letterhead, Note
from scanfix.facsimile.samples.furniture import marking

_HEADER = "(THIS DOCUMENT IS THE PROPERTY OF HER MAJESTY'S GOVERNMENT)"
_TEXT = """\
>1 COPY NO. 42

< C.(53) 118

<0 4th May, 1953

=2 CABINET

= _THE FISHERY LIMITS OF THE OUTER SKERRIES_

= Memorandum by the Minister of State

My colleagues will recall that on 16th March we agreed to defer a decision on the Norlandic note until the Law
Officers had advised (C.C.(53) 22nd Conclusions, Minute 4). Their opinion has now been received and is attached at
Annex A. I invite the Cabinet to consider what reply should be sent.

2. The Law Officers think it more likely than not that an inter|national tribunal would uphold the base|lines which
the Norlandic Government drew in 1949. They point out, however, that the historic rights of our drifters to the east
of Skarv Bank have never been contested, and that the note is silent about them. In their view that silence is more
favour|able to us than any wording we might hope to obtain by nego|tiation.

3. The Agriculture Departments estimate the value of the catch in the disputed area at £480,000 a year, or about 3½
per cent. of the total landed at our east coast ports. The loss would fall almost wholly on two communities, and the
Secretary of State has reminded me that in one of them there is no other #/emplyo/# employ|ment for men during the
winter months.

* 4. There are three courses open to us:- // (a) to reject the note and to continue to give naval protection to
drifters in the disputed area; // (b) to reserve our position, while proposing talks between experts on the
conser|vation of stocks; // (c) to accept the baselines, on condition that existing rights are respected for a
period of fifteen years.

5. I do not recommend course (a), which we have twice refused. It would oblige the Admiralty to keep two vessels on
the station at a time when they can ill be spared, and it would place us in the wrong with those Govern|ments whose
support we shall need at the autumn conference. Course (c) is attractive, but to offer it at the outset would leave us
with nothing to concede. It has moreover been put to me by the Board of Trade that a settle|ment on these lines would
be quoted against us elsewhere, and in par|ticular by those who wish to close the northern grounds to all foreign
vessels without distinc|tion.

6. I therefore recommend course (b). The talks could be held in Bergholm in June, and the British side should be led
by an official and not by a Minister, so that no question of prestige may arise. If my colleagues agree, I would
propose to inform the Norlandic Ambassador before the Whitsun recess.

7. I ask for the approval of my colleagues for the course proposed in paragraph 6 above.

>2 R. A. H.

< _Foreign Office, S.W.1._

===

= _Minute by Mr. Dallow on the Fishery Limits_[^1]

>0 11 May, 1953

3. I have seen the memo|randum (C.(53) 118) only in proof. It states the legal posi|tion fairly, but it leaves out
what seems to me the root of the matter, namely that Norlandia has no wish to keep our drifters out. What she wants
is that other Powers should not follow them in. The skippers of the Skerries, who have fished ##besdie## beside the
Norlandic boats since their fathers' time, know this better than we do in London.

4. The bulletins which {!appears!} in the Bergholm papers are guarded, and I would not build much upon them; a man who
has made up his mind, but has not yet told his wife, speaks in just such a way. We are not likely ever to see the
record of the secret sitting of the Storting's com|mittee on 2 April, so proof in the strict sense will never be had.
Mr. Orde, who was told of it by the member for Vardal, writes that the chair|man called the base|lines "a fence
without a gate", and that nobody laughed.

6. The trade figures point the same way. In 1952 Norlandia sold us fish to the value of £1¼ millions, which is more
than half of what she sells abroad; she cannot wish to put that at hazard for the sake of three hundred square miles
of sea. I should therefore be slow to read into the change of tone since Easter any change of policy. It looks to me
like the temper of people who feel that time is on their side.

8. If it is thought right to make some early answer, I would suggest that it be an oral one, and that it be given by
H.M. Ambassador to the Secretary General, who is a friend. In that way nothing need be with|drawn if the Cabinet
should later prefer another course.

>2 G. N. DALLOW

[^1]: The minute is written on a telegram from Bergholm of the same day; both are in FP 1206/14.
"""


def cabinet_paper() -> Document:
    """Describe the paper and the minute."""
    fine = Look(
        is_bilevel=True,
        dpi=300,
        ragged=0.3,
        speckle=1.5,
        spatter=0.1,
        dropout=0.05,
        blur_px=0.5,
        skew_deg=-0.6,
        threshold=145,
    )
    coarse = Look(
        is_bilevel=True, dpi=240, ragged=0.3, speckle=2.5, generations=1, blur_px=0.5, skew_deg=0.8, threshold=150
    )
    marks = (
        marking("SECRET", "head", face="grotesque", capital_in=0.15, at_in=0.62),
        marking("SECRET", "foot", face="grotesque", capital_in=0.15, at_in=0.62),
    )
    return Document(
        scan_id="cabinet-paper-118",
        languages=("eng",),
        machine=Machine(face="plain", pitch_cpi=12, row_in=0.25),
        sheet=Sheet(width_in=8.0, height_in=13.0, left_in=1.4, right_in=0.8, top_in=1.25, bottom_in=1.5),
        looks=(fine, coarse, fine),
        markings=(marks,),
        letterhead=Letterhead(lines=(_HEADER,), face="roman-light", capital_in=0.08, at_in=0.95),
        numbering="{}",
        numbering_edge="head",
        notes=(Note(page=1, kind="initials", x_in=6.3, y_in=2.3, size_in=0.2, text="J.E.M."),),
        paragraphs=markup.paragraphs(_TEXT, blank=1.0),
    )
