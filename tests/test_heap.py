"""Python's search for cyclic garbage is put off, and comes back whatever happens inside."""

from __future__ import annotations

import gc
from threading import Barrier, Thread

import pytest

from ropa_app.heap import collection_put_off


def test_it_comes_back_after_an_error() -> None:
    assert gc.isenabled()
    inside = []

    def failing() -> None:
        with collection_put_off(), collection_put_off():
            inside.append(gc.isenabled())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert inside == [False]
    assert gc.isenabled()


def test_it_stays_off_for_somebody_who_switched_it_off() -> None:
    gc.disable()
    try:
        with collection_put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_end_in_any_order() -> None:
    inside, first_out = Barrier(2), Barrier(2)
    seen: list[bool] = []

    def short() -> None:
        with collection_put_off():
            inside.wait()
        first_out.wait()

    def long() -> None:
        with collection_put_off():
            inside.wait()
            first_out.wait()
            seen.append(gc.isenabled())

    threads = [Thread(target=short), Thread(target=long)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [False]
    assert gc.isenabled()
