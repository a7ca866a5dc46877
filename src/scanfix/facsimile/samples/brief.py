"""A brief for a Foreign Secretary's visit: copies of pages whose originals the department keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scanfix.facsimile.asked import markup
from scanfix.facsimile.asked.document import Document, Flow, Machine, Paragraph, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Note, Print, Stamp, Thing
from scanfix.facsimile.samples.furniture import marking, tilted

_TEXT = """\
>0 FP 1631/27 (formerly 1044/9)

= _Foreign Secretary's Visit to Bergholm_

=0 _March, 1963.  Brief No. 4._

=0 _Norlandia and the Union of Varn_

We keep in close touch with the Norlandic Government on this subject, and we see it in much the same light. Both of
us hold that the coolness between Tarsk and its southern friends has deep roots; that it is a matter of men as well
as of doctrine; and that it will outlast Mr. Gorlan. Both of us hold, too, that there is little to be gained by
talking about it in public. The Foreign Secretary need not raise the matter; but he is likely to be asked about it,
above all by the Minister of Trade, whose brother sits on the board of the Halm railway, and he may then like to speak
on the lines that follow. A note on the persons whom he will meet is at Annex B.

2. Where we part from the Norlandians is in judging how far the thing will go. They have held since 1961 that the
railway convention would be denounced and the joint board at Halm wound up. Their Ambassador in Tarsk put the chances
of this, in a talk with Sir Hugh Wace last September, at two to one; he had it from the chairman of the board himself,
who had already looked for a house in the south. We took another view at the time, and the winter has borne us out.
The board has met on every day appointed, and the engineers' contracts have been renewed, though for one year only. In
January

===

we have never thought this probable. The differ|ence shows in what each of us has made of the events of last month.
As we read it, both sides have since early February been holding themselves in, so as to make good
~~their losses~~{ink=blue} the harm which has been done by the open wrangle at the Halm board. The Norlandians are
less struck by this. They take it for a pause, meant to quiet the press, after which the old quarrel will begin again.

@7

3. A month ago they raised the matter in the Northern Council, where they laid a paper on the causes of the dispute
and on what may follow from it. There was a lively talk, in which we and the Dutch joined. We think that the
exchange was worth while, but it is too soon to say whether the Council will come to a common view.

4. If a common view is ever tried for, we may run into trouble over the coal contracts. In our opinion the
willing|ness of western firms to buy from Lesken gives her a certain freedom from Tarsk, and so feeds the
quarrel. The sale of nine locomo|tives by a Glasgow house last year is a case in point: had Lesken not been
able to get them from us, she would have had to ask for them in the north, and to pay in more than money. This
argument is not one that will please our hosts.

>1 Northern Department
"""
# The rubber's lines, as the wording of the family has them.
_LINES = (
    "THIS IS A COPY",
    "THE ORIGINAL HAS BEEN RETAINED",
    "IN THE DEPARTMENT UNDER SECTION",
    "3(4) OF THE PUBLIC RECORDS ACT 1958",
)


def brief() -> Document:
    """Describe the brief: colour photographs, the stamp once cut by the edge of the page and once whole."""
    look = Look(
        dpi=200,
        is_colour=True,
        tone=236,
        tint=(252, 246, 228),
        ink=40,
        shade=0.08,
        stain=0.04,
        grain=2.0,
        ragged=0.3,
        blur_px=0.5,
        bleed=0.08,
        fibre=3.0,
        rim=0.12,
        border_in=(0.35, 0.2, 0.1, 0.3),
        bed=120,
        shadow=0.3,
        neighbour=True,
        warp_in=0.02,
    )
    marks = (marking("SECRET", "head", face="courier", capital_in=0.11, at_in=0.7),)
    return Document(
        scan_id="brief-4",
        languages=("eng",),
        machine=Machine(face="underwood", pitch_cpi=10, row_in=1 / 4, wear_in=0.004, unevenness=0.12),
        sheet=Sheet(width_in=8.27, height_in=11.69, left_in=1.3, right_in=0.9, top_in=1.3, bottom_in=1.5),
        looks=tilted(look, 0.4, -0.6),
        markings=(marks,),
        stamps=(
            _retained(page=2, x_in=-0.36, y_in=3.4, turn_deg=2.0),
            _retained(page=2, x_in=3.4, y_in=10.2, turn_deg=-1.0),
        ),
        notes=(Note(page=1, kind="tick", x_in=0.85, y_in=6.2, size_in=0.25, ink="green"),),
        things=(
            Thing(page=0, kind="hole", x_in=0.45, y_in=4.27),
            Thing(page=0, kind="hole", x_in=0.45, y_in=7.42),
            Thing(page=2, kind="stain", x_in=4.6, y_in=7.6, width_in=1.5, height_in=1.2),
            Thing(page=1, kind="staple", x_in=0.5, y_in=0.5, width_in=0.4, height_in=0.05, turn_deg=40.0),
        ),
        paragraphs=tuple(_torn(markup.paragraphs(_TEXT, blank=1.0))),
    )


def _torn(flow: Iterable[Flow]) -> Iterator[Flow]:
    """Say of the second page that the copy has lost the line before it."""
    for part in flow:
        yield replace(part, lost="~1 line") if isinstance(part, Paragraph) and part.starts_sheet else part


def _retained(page: int, x_in: float, y_in: float, turn_deg: float) -> Stamp:
    """Describe a retained-copy stamp."""
    return Stamp(
        family="uk-retained-copy",
        page=page,
        x_in=x_in,
        y_in=y_in,
        turn_deg=turn_deg,
        rows=tuple((Print(text=line),) for line in _LINES),
        face="grotesque",
        capital_in=0.1,
        ink="violet",
    )
