"""An intelligence estimate, declassified: struck markings, a struck warning, footnotes, a treaty, a release banner."""

from scanfix.facsimile.asked import markup
from scanfix.facsimile.asked.document import Document, Machine, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Banner, Marking, Note, Print, Redaction, Stamp, Stroke, Thing
from scanfix.facsimile.samples.furniture import marking, tilted
from scanfix.facsimile.stamped.stamps import reviewer_stamp
from scanfix.model.mark import StrokeShape

_TEXT = """\
=7 <<STAFF ESTIMATE>>

=3 _PROSPECTS FOR THE KARSOVIAN RAILWAY SETTLEMENT // AND ITS EFFECT UPON THE MEREN GARRISONS_

=8 No. 17-52

=1 Published 12 March 1952

:4 The staffs of the Departments of State and Supply and of the three Services took part in the drafting of this
paper. It was agreed by all of them on 6 March 1952; see, how|ever, the footnote of the naval member to paragraph 2.

=4 OFFICE OF REGIONAL STUDIES

===

= _PROSPECTS FOR THE KARSOVIAN RAILWAY SETTLEMENT_

= THE PROBLEM

To estimate whether the Government of Karsovia will ratify the railway settlement with its northern neighbor during
the present year, and what effect ratifi|cation would have upon the supply of the garrisons in the Meren valley.

= CONCLUSIONS

1. We believe that the Karsovian cabinet will put the settle|ment before its assembly in May, and that the assembly
will ap|prove it by a narrow margin. Neither the Agrarian Union nor the small Liberal group appears able to muster
the votes that would be needed for a post|ponement.

2. Ratifi|cation would give the north the use of the ~~/Port Tessin~~ Halm branch for military goods at two days'
notice.[^1] According to {(b)(3): a source of proven worth at the railway ministry}, the rolling stock for such
traffic has already been set aside.

3. The settle|ment will not by itself bring foreign troops into the valley. It will, however, make their coming so
easy to pre|pare that we could no longer count on more than a week of warning. This loss of warning, rather than any
change in the balance of forces, is its chief mili|tary consequence.

= DISCUSSION

: _The Political Setting_

4. Since the autumn of 1950 the Karsovian coalition has lived from one com|promise to the next. Premier Oskar Vellin
has kept his ministers together less by persuasion than by the plain fact that none of them wishes to face an
election before the harvest is in. The rail|way ques|tion is the first in which his own party is divided, and the
division does not follow the usual lines: deputies from the river towns, who normally support every measure of public
works, fear that the Halm branch will draw traffic away from the barges.

5. The opposition press has made much of the secret annex. It is almost certain that such an annex exists, but we
doubt that it says what the newspapers suppose.[^2] Our reading of the evidence is that it deals with the division of
repair costs and with the status of the 240 engineers who are to live at Halm Junction, and not with the passage of
troops.

[^1]: The naval member would put the notice at five days, since the gradient at Orsk cannot be worked by the engines
now in Karsovian hands. He therefore reserves his opinion on this sentence and on paragraph 8.

[^2]: The text that was given to the newspapers is appended as Annex "A".

: _Economic Considerations_

6. Karsovian industry consumed about 310,000 tons of hard coal in 1951, of which less than a third was mined at home.
The remain|der came by sea through Port Tessin and was carried up|country at rates which have doubled since the war:

| Coal, thousand tons | 1949 | 1950 | 1951 |
|---|---|---|---|
| Mined at home | 104 | 99 | 92 |
| By sea, Port Tessin | 141 | 177 | 206 |
| Over land | 26 | 18 | 12 |
| Together | 271 | 294 | 310 |

Under the settlement the same coal would arrive over|land at a saving which the Ministry of Supply puts at 18
per|cent. Even if that figure is halved, as we think it should be, the argument remains a strong one with the mill
owners, who have told {(b)(1): our attache and two of his} colleagues that they will finance a campaign in its favor.

: _Military Considerations_

7. The five garrisons of the Meren valley are supplied at pres|ent by a single road that is closed by snow on some
forty days of the year. Two batta|lions had to be with|drawn last January for want of fuel. With the railway in
op|eration the garrisons could be dou|bled without any addi|tional motor transport, and we must assume that the
General Staff has drawn the same con|clusion. We have no indi|cation, however, that barracks for more than the
present strength are being built, or that land has been bought for the purpose.

8. The following would in our view be signs of a more serious intention:

* a. the laying of a second track between Halm Junc|tion and the bridge at Orsk;

* b. the storing of {~petrl~petrol~} and fodder beyond the needs of the five garrisons;

* c. a call for reservists of the railway companies outside the usual season.

None of these had been seen up to the end of February. Much will depend on the person of the new Chief of Staff.
General Ferenz Adlow is known as an officer of moderate views and of great caution; he owes his appoint|ment to the
Premier and is unlikely to press for a policy that would embarrass ~~him~~ the cabinet before the vote. Should the
settle|ment fail, his position would be weak|ened and a younger group might come to the front.

: _Probable Developments_

9. In our view the most likely course is ratifi|cation in the second half of May, followed by a period of ten to
twelve months in which the line is re|laid and the bridges at Orsk and Lower Meren are streng|thened. Regular
traffic could thus not begin before the summer of 1953. Interrup|tions by ##sabotag## sabotage are possible but
would hardly delay the work by more than a few weeks.

10. If, against our expec|tation, the assembly should reject the settle|ment, the north would probably reduce its
pur|chases of timber at once and would await the fall of the Vellin government. We consider an open threat unlikely,
since it would unite the very groups whose quarrels have made the north's position so comfor|table.

===

= ANNEX "A"

= THE CONVENTION ON THE HALM RAILWAY // BETWEEN KARSOVIA AND THE UNION OF VARN

[[

: The Government of Karsovia and the Council of the Union of Varn, wishing to restore the traffic by rail which the
war has broken off, and to spare their peoples the cost of dear carriage, have named as their delegates Oskar Vellin
and Tomas Gerrik, who have settled as follows:

= **Article 1**

: The line from Halm Junction to the frontier shall be re|laid at the charge of both parties, in equal shares, before
the first day of July 1953.

= **Article 2**

: Each party shall carry the goods of the other at the rates which it asks of its own subjects.

= **Article 3**

: A joint board of six members shall sit at Halm. It shall settle all ques|tions of repair, time|tables and wages, and
shall render a yearly account. Its chair shall pass each

|>

: spring from one party to the other.

= **Article 4**

: Engineers of the Union who live at Halm Junc|tion remain under the laws of Karsovia, but shall be free of its
taxes.

= **Article 5**

: This convention takes effect as soon as both parties have ratified it. It is made for nine years. If
neither of them gives notice in the eighth, it holds for a further three years, and so on.

: Made at Halm on 2 December 1951, in two copies of like validity.

: For the Republic of Karsovia

: OSKAR VELLIN

: For the Union of Varn

: T. GERRIK.

]]

===

= _DISTRIBUTION NOTICE_

1. This paper is lent to the officer whose name stands on its cover, for his own work and that of his branch. He may
show it to others only by leave of one of the following:

* a. the Head of Regional Studies, for his own Office;

* b. the Secretary of the Joint Board, for the Services;

* c. the Chief Archivist, for anyone else.

2. When it is no longer wanted it shall be burned, or sent back to the Registry under double cover.

~-1 =2 WARNING

~-1 This paper touches the safety of the State in the sense of the Official Papers Act of 1939. Who|ever shows it, or
tells of it in any way, to a person not entitled to know commits an offense under section 7 of that Act.

:2 DISTRIBUTION: // Cabinet Office // Department of State // Department of Supply // Joint Board of the Services //
Bureau of Railways
"""

_SHAPES: tuple[tuple[StrokeShape, StrokeShape], ...] = (
    ("rising", "horizontal"),
    ("horizontal", "rising"),
    ("falling", "horizontal"),
    ("rising", "rising"),
    ("horizontal", "falling"),
    ("horizontal", "double"),
)


def estimate() -> Document:
    """Describe the estimate."""
    look = Look(
        is_bilevel=True, tone=238, ragged=0.45, speckle=2.0, spatter=0.2, dropout=0.05, blur_px=0.6, threshold=150
    )
    return Document(
        scan_id="estimate-karsovia",
        languages=("eng",),
        machine=Machine(face="bookman", pitch_cpi=11, row_in=0.192, unevenness=0.08, worn=0.03, filled=0.1),
        sheet=Sheet(left_in=1.2, right_in=1.0, top_in=1.35, bottom_in=1.45),
        looks=tilted(look, 0.0, 0.3, -0.4, 0.2, -0.2, 0.4),
        markings=(_cover(), *(_page(head, foot) for head, foot in _SHAPES[1:])),
        numbering="- {} -",
        stamps=(
            Stamp(
                family="copy-status",
                page=1,
                x_in=5.9,
                y_in=1.7,
                turn_deg=-2.5,
                rows=((Print(text="RECORD COPY"),),),
                stroke=Stroke(),
                face="grotesque",
                capital_in=0.14,
            ),
            reviewer_stamp(
                page=1,
                x_in=5.0,
                y_in=8.1,
                turn_deg=1.2,
                number="31",
                ticked="no_change",
                next_review="1989",
                date="4-2-80",
            ),
        ),
        notes=(Note(page=1, kind="note", x_in=4.4, y_in=3.4, size_in=0.17, text="Superseded by 9-53", turn_deg=3.0),),
        redactions=(
            Redaction(page=1, x_in=1.1, y_in=1.75, width_in=1.5, height_in=0.3, code="(b) (3)", code_stands="margin"),
        ),
        things=(Thing(page=0, kind="hole", x_in=2.87, y_in=0.35), Thing(page=0, kind="hole", x_in=5.63, y_in=0.35)),
        banner=Banner(action="Approved for Release", date="2004-06-17", number="C00418823"),
        paragraphs=markup.paragraphs(_TEXT, blank=1.0),
    )


def _cover() -> tuple[Marking, ...]:
    """Describe the markings of the cover: the level, and under it the caveat that was deleted in 1953."""
    return (
        marking("SECRET", "head", Stroke(shape="rising")),
        marking("SECURITY INFORMATION", "head", Stroke(), capital_in=0.13, at_in=0.98),
        marking("SECRET", "foot", Stroke(shape="horizontal")),
    )


def _page(head: StrokeShape, foot: StrokeShape) -> tuple[Marking, ...]:
    """Describe the markings of a page, a stroke of its own through each."""
    return (marking("SECRET", "head", Stroke(shape=head)), marking("SECRET", "foot", Stroke(shape=foot)))
