import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.model.numbers import find

CLEAN = {
    "CIA-RDP79T00975A003800220001-5": "cia-rdp",
    "CIA-RDP86-00513R000928620016-7": "cia-rdp",
    "C02733136": "foia",
    "104-10332-10023": "rif",
    "NND857560": "nnd",
    "NND76503": "nnd",
    "F-2012-29186": "state-case",
}


@pytest.mark.parametrize(("number", "kind"), CLEAN.items())
def test_a_number_that_was_read_well_is_given_as_it_stands(number: str, kind: str) -> None:
    (found,) = find(f"Released 2019/03/14 : {number} page 3")
    assert (found.kind, found.text, found.as_read, found.repaired) == (kind, number, number, False)


@pytest.mark.parametrize(
    ("text", "number", "repaired"),
    [
        ("CIARDP79T00975A0038002200015", "CIA-RDP79T00975A003800220001-5", False),
        ("CIA- RDP79T00975A00380022 0001-5", "CIA-RDP79T00975A003800220001-5", False),
        ("CIA-RDP8600513R000928620016-7", "CIA-RDP86-00513R000928620016-7", False),
        ("C1A-RDP93BOll94R000900010063—3", "CIA-RDP93B01194R000900010063-3", True),
        ("CIA-RDP79T009754001300760001-3", "CIA-RDP79T00975A001300760001-3", True),
        ("2019/03/14CO2733136", "C02733136", True),
        ("CO02733136", "C02733136", True),
        ("G0273313G", "C02733136", True),
        ("1O4-1O332-10023", "104-10332-10023", True),
        ("NND: 85756O", "NND857560", True),
    ],
)
def test_a_misread_sign_is_put_right_by_its_place(text: str, number: str, repaired: object) -> None:
    assert [(found.text, found.repaired) for found in find(text)] == [(number, repaired)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14 March 2019",
        "C031605681",
        "C0273",
        "CLASSES",
        "COOLISSOB",
        "CIA-RDP79T00975A0006(30370001-4",
        "CIA-RDP79T00975A00100p400001-5",
        "CIA-RDP79T00975100380022000105",
        "CIA-RDP79000975A003800220001-5",
        "104-10332-100234",
        "10410332 10023",
        "NND 7650",
        "202-55512-12345-1",
    ],
)
def test_what_fits_no_structure_or_two_is_left_out(text: str) -> None:
    assert find(text) == ()


def test_numbers_come_in_the_order_of_the_text_and_a_date_does_not_lengthen_one() -> None:
    found = find("Case No. F-2012-29186 Doc No. C05522900, NND 76503 5 May 1979")
    assert [number.text for number in found] == ["F-2012-29186", "C05522900", "NND76503"]


def test_the_check_sum_is_one_for_the_pages_of_a_box_and_other_numbers_have_none() -> None:
    (first,), (second,) = (find(f"CIA-RDP79T00975A00380022000{last}") for last in ("1-5", "2-4"))
    assert first.check_sum == second.check_sum == 1
    assert find("C02733136")[0].check_sum is None


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet="CIARDP0123456789OIBSZ- /FN", max_size=60))
def test_every_number_found_is_found_again_in_its_own_form(text: str) -> None:
    for number in find(text):
        (again,) = find(number.text)
        assert (again.kind, again.text, again.repaired) == (number.kind, number.text, False)


@settings(deadline=None, max_examples=50)
@given(st.from_regex(r"\ACIA-RDP[0-9]{2}[A-Z][0-9]{5}[A-Z][0-9]{12}-[0-9]\Z"), st.data())
def test_one_misread_digit_of_a_cia_number_is_always_put_right(number: str, data: st.DataObject) -> None:
    spoilt = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B", "6": "G"}
    places = [at for at, sign in enumerate(number) if sign in spoilt]
    if places:
        at = data.draw(st.sampled_from(places))
        text = number[:at] + spoilt[number[at]] + number[at + 1 :]
        assert [found.text for found in find(text)] == [number]
