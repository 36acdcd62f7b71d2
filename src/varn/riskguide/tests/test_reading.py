"""What is wrong with a case is said in one Swedish sentence that names the case, the field and the way out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.riskguide.case import Case
from varn.riskguide.reading import BadCases, read_cases
from varn.riskguide.tests.answers import case

WHOLE = {"step2": "00000000", "conflict": "00000000"}


def refusal(content: object) -> str:
    return raw_refusal(json.dumps(content).encode())


def raw_refusal(raw: bytes) -> str:
    with pytest.raises(BadCases) as caught:
        read_cases(raw)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def changed(step: str, **answers: Any) -> dict[str, Any]:
    row = case(**WHOLE)
    return row | {step: row[step] | answers}


def without(step: str, code: str) -> dict[str, Any]:
    row = case(**WHOLE)
    return row | {step: {c: a for c, a in row[step].items() if c != code}}


def test_one_case_and_a_list_of_cases_are_read() -> None:
    one, in_list = read_cases(json.dumps(case()).encode())
    assert (len(one), in_list) == (1, False)
    two, in_list = read_cases(json.dumps([case(), case(**WHOLE)]).encode())
    assert (len(two), in_list) == (2, True)
    assert read_cases(b"[]") == ([], True)


def test_a_byte_order_mark_is_no_error() -> None:
    assert len(read_cases(b"\xef\xbb\xbf" + json.dumps(case()).encode())[0]) == 1


def test_own_judgement_may_be_left_out_or_null() -> None:
    row = case()
    del row["step1"]["own_judgement"]
    assert read_cases(json.dumps(row).encode())[0][0].own_judgement is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (7, ["Ärende 1", "JSON-objekt", "7"]),
        (None, ["Ärende 1", "JSON-objekt"]),
        ([case(), "x"], ["Ärende 2", "JSON-objekt"]),
        ([[case()]], ["Ärende 1", "en lista"]),
        ({"step1": {}}, ["Ärende 1", "edition saknas", "1.0.0"]),
        (case() | {"edition": "9.9.9"}, ["edition", "9.9.9", "1.0.0"]),
        (case() | {"edition": "../roles-1.0.0"}, ["edition", "finns inte"]),
        (case() | {"edition": 1}, ["edition", "1.0.0"]),
        (case() | {"edition": ["1.0.0"]}, ["edition", "en lista"]),
        (case() | {"step4": {}}, ["step4", "finns inte", "step3"]),
        ({"edition": "1.0.0"}, ["step1 saknas"]),
        ({"edition": "1.0.0", "step1": {}}, ["step1", "own_judgement"]),
        ({"edition": "1.0.0", "step1": {"own_judgement": None}}, ["step1", "own_judgement"]),
        ({"edition": "1.0.0", "step1": []}, ["step1", "en lista"]),
        (case() | {"step2": None}, ["step2", "null"]),
        ({k: v for k, v in case(**WHOLE).items() if k != "step2"}, ["step3 kräver step2"]),
        (changed("step1", own_judgement="extreme"), ["step1.own_judgement", "low, moderate, high", "extreme"]),
        (changed("step1", own_judgement=True), ["step1.own_judgement", "true"]),
        (changed("step1", signals="maybe"), ["step1.signals", "no, partly, yes, unknown", "maybe"]),
        (changed("step1", signals=None), ["step1.signals", "null"]),
        (changed("step1", signals=2), ["step1.signals", "2"]),
        (changed("step1", signals={"a": 1}), ["step1.signals", "ett objekt"]),
        (changed("step1", colour="yes"), ["step1", "colour", "signals"]),
        (changed("step2", online_tone=4), ["step2.online_tone", "0, 1, 2, 3", "4"]),
        (changed("step2", online_tone=-1), ["step2.online_tone", "-1"]),
        (changed("step2", online_tone=True), ["step2.online_tone", "true"]),
        (changed("step2", online_tone=1.0), ["step2.online_tone", "1.0"]),
        (changed("step2", online_tone="1"), ["step2.online_tone", '"1"']),
        (changed("step2", online_tone=None), ["step2.online_tone", "null"]),
        (changed("step2", online_tone=[]), ["step2.online_tone", "en lista"]),
        (changed("step2", tone=1), ["step2", "tone", "online_tone"]),
        (changed("step3", threats=3), ["step3.threats", "0, 1, 2", "3"]),
        (changed("step3", hostile_actors=1), ["step3", "hostile_actors"]),
        (without("step2", "mobilisation"), ["step2", "mobilisation"]),
        (without("step3", "trust"), ["step3", "trust"]),
    ],
    ids=str,
)
def test_a_faulty_case_is_named_with_its_field(content: object, words: list[str]) -> None:
    sentence = refusal(content)
    assert [word for word in words if word not in sentence] == []


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", ["rad 1"]),
        (b"{", ["rad 1"]),
        (b'{"edition": "1.0.0",\n}', ["rad 2"]),
        (b"\xff\xfe{\x00", ["UTF-8"]),
        (b'{"edition": "1.0.0", "step1": {"signals": "no", "signals": "yes"}}', ["signals", "två gånger"]),
        (b'{"edition": "1.0.0", "step1": {"signals": NaN}}', ["NaN"]),
        (b'{"edition": "1.0.0", "step1": {"signals": -Infinity}}', ["-Infinity"]),
        (b'{"edition": ' + b"9" * 5000 + b"}", ["tal"]),
        (b"[" * 200_000 + b"]" * 200_000, ["nivåer"]),
        (b'{"a":' * 200_000, ["nivåer"]),
        (b"x" * 64_000_001, ["64 MB"]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_json_is_refused(raw: bytes, words: list[str]) -> None:
    sentence = raw_refusal(raw)
    assert [word for word in words if word not in sentence] == []


def test_a_faulty_value_is_shown_short_and_without_control_characters() -> None:
    sentence = refusal(changed("step1", signals="\x1b[31m\ud800" + "å" * 1000))
    assert len(sentence) < 300
    assert all(character.isprintable() for character in sentence)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["edition", "step1", "step2", "step3", "signals", "own_judgement"]), inner)
        ),
    )
)
def test_whatever_json_comes_gives_cases_or_a_sentence(content: Any) -> None:
    assert cases_or_sentence(json.dumps(content).encode())


@given(st.binary(max_size=200))
def test_whatever_bytes_come_give_cases_or_a_sentence(raw: bytes) -> None:
    assert cases_or_sentence(raw)


def cases_or_sentence(raw: bytes) -> bool:
    try:
        cases, _ = read_cases(raw)
    except BadCases as refused:
        return str(refused).endswith(".")
    return all(isinstance(row, Case) for row in cases)
