"""Compilation where its result can't be kept on disk."""

from lipsyncer.alignment.compiled import compiled


def test_a_function_that_can_not_be_kept_on_disk_is_compiled_all_the_same() -> None:
    # It has no source file, and so no folder where numba would keep what it makes of it.
    made: dict[str, object] = {}
    exec("def double(x):\n    return 2 * x", made)

    double = compiled(made["double"])  # type: ignore[type-var]

    assert double(21) == 42  # type: ignore[operator]
    assert double.signatures  # type: ignore[attr-defined]
