"""The gate's answer as people see it in a browser."""

import gates
from gates import compare, page, record

from scanfix.report import gate_page


def test_the_verdict_is_told_by_a_word_in_a_coloured_frame() -> None:
    before = record(page("memo"), page("letter"))
    worse = compare(before, record(page("memo"), page("letter", wrong=190)), gates.fact(holds=True, text="No. 42"))
    written = gate_page.write(worse)
    assert '<strong class="chip failed">failed</strong> <span>(policy archival/1' in written
    assert '<td><span class="chip failed">failed</span></td>' in written
    assert '<td><span class="chip done">holds</span></td>' in written


def test_only_the_new_rates_of_a_failure_are_red() -> None:
    before = record(page("memo"), page("letter"))
    written = gate_page.write(compare(before, record(page("memo"), page("letter", wrong=190))))
    assert "<div><dt>CER before</dt>" in written
    assert '<div class="bad"><dt>CER now</dt>' in written
    assert 'class="bad"' not in gate_page.write(compare(before, before))
