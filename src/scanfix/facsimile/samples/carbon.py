"""A carbon copy on thin paper: pale, badly lit, askew; without cleaning nothing on it can be read."""

from scanfix.facsimile.asked import markup
from scanfix.facsimile.asked.document import Document, Machine, Sheet
from scanfix.facsimile.asked.look import Look

_TEXT = """\
=0 C O P Y

> Lower Meren, January 19th, 1949.

: To the Area Commissioner, // Relief Supplies Branch, // H A L M.

: Dear Sir,

In reply to your letter of the 11th inst. I beg to state that the depot under my charge took over on December 28th,
from the lorries of the Swiss mission, 412 bales of blankets, 96 cases of dried milk and 30 sacks of seed potatoes.
All seals were whole, and a receipt was given to the driver, Herr Boll, in the presence of the village constable.

When the stores were counted again on January 8th there were found to be 367 bales of blankets and 71 cases of milk.
The potatoes were complete. The lock of the rear gate had not been forced, and the three persons who hold a key were
questioned on the same day by the constable and by my|self. One of them, the carter Jonas Wirt, has not been seen in
the village since.

I should wish to add that the nights of January 2nd to 5th were those of the great snow|fall, when the watchman
could not reach the depot and when, as I have since learned, a party of soldiers without officers was quartered in
the school|house next to it. I make no accu|sation, but I think it my duty to men|tion the circum|stance.

The remain|ing stores have been moved to the vestry of the church, where they are under two locks. I ask you to let
me know whether the issue to the hill farms, which was fixed for February 1st, should go forward with the reduced
quanti|ties or be put off until the spring.

> I remain, Sir,

>0 Yours faithfully,

>2 (signed) M. Thessel,

>0 Storekeeper.
"""


def carbon() -> Document:
    """Describe the carbon."""
    look = Look(
        dpi=150,
        skew_deg=2.3,
        tone=222,
        ink=100,
        shade=0.3,
        stain=0.1,
        grain=4.0,
        ragged=0.5,
        blur_px=0.9,
        border_in=(0.35, 0.3, 0.25, 0.35),
        bed=30,
    )
    return Document(
        scan_id="carbon-depot",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10, wear_in=0.004, ribbon=0.8, unevenness=0.18),
        sheet=Sheet(width_in=8.0, height_in=10.5, left_in=1.2, right_in=0.8, top_in=1.2, bottom_in=1.2),
        looks=(look,),
        paragraphs=markup.paragraphs(_TEXT, blank=1.0),
    )
