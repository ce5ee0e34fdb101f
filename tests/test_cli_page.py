"""The page of the command line names every command, option and choice, and no other option."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from lipsyncer.cli.parser import build_parser

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")
HELP = {"-h", "--help"}


def commands() -> dict[str, argparse.ArgumentParser]:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("the parser has no commands")


def options() -> Iterator[tuple[str, argparse.Action]]:
    for name, command in commands().items():
        for action in command._actions:
            yield name, action


def section(command: str) -> str:
    """Text under the heading of a command, with that of the options it shares with others."""
    parts = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))
    shared = parts["Options for align and export"] if command in ("align", "export") else ""
    return parts[command] + shared


def test_every_command_has_a_section() -> None:
    assert [name for name in commands() if f"\n## {name}\n" not in PAGE] == []


def test_every_option_stands_in_the_section_of_its_command() -> None:
    missing = [
        f"{command} {option}"
        for command, action in options()
        for option in set(action.option_strings) - HELP
        if not re.search(rf"`{option}[` ]", section(command))
    ]
    assert missing == []


def test_every_choice_is_named() -> None:
    choices = {choice for _, action in options() for choice in action.choices or ()}
    assert [choice for choice in choices if f"`{choice}`" not in PAGE] == []


def test_the_page_names_no_option_that_does_not_exist() -> None:
    known = {option for _, action in options() for option in action.option_strings}
    known |= {option for action in build_parser()._actions for option in action.option_strings}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", PAGE)) - known == set()
