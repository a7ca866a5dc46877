"""The rubber stamps that the press has."""

from typing import Literal

from scanfix.facsimile.marking import Fill, Print, Stamp, Tick, Withheld


def reviewer_stamp(
    *,
    page: int,
    x_in: float,
    y_in: float,
    turn_deg: float,
    number: str,
    ticked: Literal["no_change", "declassified"] | None,
    next_review: str,
    date: str,
) -> Stamp:
    """Return the classification reviewer's stamp of 1979 and after, filled in.

    Notes
    -----
    Wording after the memorandum that introduced it (CRP 79-35, 8 August 1979); empty fields stay empty.
    """
    return Stamp(
        family="cia-reviewer",
        page=page,
        x_in=x_in,
        y_in=y_in,
        turn_deg=turn_deg,
        fields=(("changed_to", "none"), ("authority", "HR 70-2")),
        rows=(
            (Print(text="DOCUMENT NO."), Fill(name="doc_no", text=number, width_in=1.1)),
            (Print(text="NO CHANGE IN CLASS."), Tick(name="no_change", is_ticked=ticked == "no_change")),
            (Tick(name="declassified", is_ticked=ticked == "declassified"), Print(text="DECLASSIFIED")),
            (Print(text="CLASS. CHANGED TO:"), Print(text="TS"), Print(text="S"), Print(text="C")),
            (Print(text="NEXT REVIEW DATE:"), Fill(name="next_review", text=next_review, width_in=0.9)),
            (Print(text="AUTH:"), Print(text="HR 70-2")),
            (
                Print(text="DATE:"),
                Fill(name="date", text=date, width_in=0.75),
                Print(text="REVIEWER:"),
                Withheld(name="reviewer", width_in=0.6),
            ),
        ),
    )


def received_stamp(*, page: int, x_in: float, y_in: float, turn_deg: float, date: str, number: str) -> Stamp:
    """Return a registry's framed stamp with the day of receipt and a number by hand."""
    return Stamp(
        family="received",
        page=page,
        x_in=x_in,
        y_in=y_in,
        turn_deg=turn_deg,
        face="grotesque",
        capital_in=0.1,
        strength=0.7,
        has_frame=True,
        fields=(("date", date),),
        rows=(
            (Print(text="RECEIVED"),),
            (Print(text=date),),
            (Print(text="REGISTRY NO."), Fill(name="number", text=number, width_in=0.5, has_rule=False)),
        ),
    )
