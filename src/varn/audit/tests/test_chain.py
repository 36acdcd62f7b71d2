"""The chain itself, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from varn.audit.chain import START, Break, Broken, Linked, Noted, Told, Walk, canonical, hash_after, is_moved

HERE = UUID(int=7)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def an_entry(n: int) -> Noted:
    return Noted(
        uuid5(HERE, str(n)), HERE, NOON + timedelta(minutes=n), "member", HERE, "body.add", "organisations.body", None, {"n": n}
    )


def a_chain(*numbers: int) -> list[Linked]:
    links, before = list[Linked](), START
    for n in numbers:
        before = hash_after(before, canonical(an_entry(n)))
        links.append(Linked(len(links) + 1, before, canonical(an_entry(n)), an_entry(n).at.isoformat()))
    return links


def broken(links: list[Linked], *told: Told) -> Broken | None:
    return Walk(told=told).over(links)


def test_a_chain_that_nobody_touched_is_whole() -> None:
    chain = a_chain(*range(5))
    walk = Walk(told=[Told(5, chain[4].hash)])
    assert walk.over(chain) is None
    assert (walk.position, walk.hash) == (5, chain[4].hash)


def test_an_empty_chain_is_whole() -> None:
    assert broken([]) is None


@given(st.integers(2, 8), st.data())
def test_whatever_is_changed_the_first_broken_position_is_found(n_links: int, data: st.DataObject) -> None:
    chain = a_chain(*range(n_links))
    place = data.draw(st.integers(0, n_links - 1))
    entry = an_entry(place)
    other = UUID(int=8)
    changes = [
        replace(entry, organisation_id=other),
        replace(entry, id=other),
        replace(entry, at=entry.at + timedelta(microseconds=1)),
        replace(entry, actor_kind="job"),
        replace(entry, actor_id=None),
        replace(entry, code="body.end"),
        replace(entry, target_kind=""),
        replace(entry, target_id=other),
        replace(entry, detail={"n": place + 1}),
        replace(entry, detail={}),
    ]
    chain[place] = replace(chain[place], content=canonical(data.draw(st.sampled_from(changes))))
    found = broken(chain)
    assert found is not None
    assert (found.kind, found.position) == (Break.ENTRY_CHANGED, place + 1)


@given(st.integers(2, 8), st.data())
def test_an_entry_that_is_gone_is_found(n_links: int, data: st.DataObject) -> None:
    chain = a_chain(*range(n_links))
    place = data.draw(st.integers(0, n_links - 1))
    chain[place] = replace(chain[place], content=None)
    found = broken(chain)
    assert found is not None
    assert (found.kind, found.position) == (Break.ENTRY_MISSING, place + 1)


@given(st.integers(3, 8), st.data())
def test_a_link_that_is_gone_is_found(n_links: int, data: st.DataObject) -> None:
    chain = a_chain(*range(n_links))
    place = data.draw(st.integers(0, n_links - 2))
    del chain[place]
    found = broken(chain)
    assert found is not None
    assert (found.kind, found.position) == (Break.LINK_MISSING, place + 1)


def test_a_cut_tail_shows_against_what_was_told() -> None:
    chain = a_chain(*range(6))
    day = date(2026, 11, 24)
    found = broken(chain[:4], Told(6, chain[5].hash, day))
    assert found == Broken(Break.CUT, 5, chain[3].at, day)
    assert broken(chain[:4]) is None  # nobody was told


def test_a_chain_made_anew_shows_against_what_was_told() -> None:
    told = Told(3, a_chain(*range(3))[2].hash, date(2026, 11, 24))
    anew = a_chain(0, 1, 9)
    found = broken(anew, told)
    assert found is not None
    assert (found.kind, found.position, found.told_for) == (Break.REWRITTEN, 3, date(2026, 11, 24))


def test_a_moved_entry_is_told_from_a_changed_one() -> None:
    chain = a_chain(*range(3))
    everyone = [canonical(an_entry(n)) for n in range(3)]
    assert is_moved(chain[0].hash, chain[1].hash, everyone)
    assert not is_moved(chain[0].hash, chain[1].hash, [canonical(an_entry(0)), canonical(an_entry(2))])


def test_the_bytes_do_not_hang_on_time_zone_or_key_order() -> None:
    entry = replace(an_entry(1), detail={"a": 1, "b": "två"})
    same = replace(entry, at=entry.at.astimezone(timezone(timedelta(hours=2))), detail={"b": "två", "a": 1})
    assert canonical(entry) == canonical(same)


def test_the_bytes_of_an_entry_are_these_for_ever() -> None:
    """An old chain must be checked by new code: change the version, not the bytes."""
    assert hash_after(START, canonical(an_entry(0))).hex() == "3286209fc83b363ae3d9385258153806af2c9b7951dcc698c2bf5fe1b4db1dde"
