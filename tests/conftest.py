"""What tests of real processes share: one demo for all of them (they are one xdist group)."""

from collections.abc import Iterator

import pytest

from tests.running import Split, log_everybody_in, split_demo


@pytest.fixture(scope="session")
def split(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Split]:
    with split_demo(tmp_path_factory.mktemp("split") / "demo") as demo:
        yield demo


@pytest.fixture(scope="session")
def everybody(split: Split) -> Split:
    """The same demo, with every account logged in."""
    log_everybody_in(split)
    return split
