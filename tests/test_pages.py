"""Pages that people read in the repository lead somewhere, and the workflow runs what they say."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/*.md"), *CHECKOUT.glob("*/README.md")])
WORKFLOW = CHECKOUT / ".github" / "workflows" / "checks.yml"


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    astray = []
    for link in links:
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if "://" not in link and (
            not target.is_file() or (anchor and anchor not in anchors(target))
        ):
            astray.append(link)
    assert astray == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_source_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    folders = "lipsyncer|tests|benchmarks|packaging|assets|models"
    named = set(re.findall(rf"(?<![\w/.-])(?:{folders})/[\w./-]*\w", text))
    named |= {
        module.replace(".", "/") + ".py"
        for module in re.findall(r"python3? -m ((?:lipsyncer|benchmarks)\.[\w.]*\w)", text)
    }
    made = "lipsyncer_LANGUAGE"  # a name to fill in
    assert [name for name in named if made not in name and not (CHECKOUT / name).exists()] == []


def spoken() -> str:
    """Every text in the program's sources; what is filled in when it runs stands as ``…``."""
    texts = []
    for path in (CHECKOUT / "lipsyncer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [getattr(part, "value", "") for part in node.values]
                texts.append("".join(p if isinstance(p, str) else "…" for p in parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(re.sub(r"\{\w+\}", "…", node.value))
    return "\n".join(texts).lower()


def test_the_messages_in_the_troubleshooting_page_are_those_of_the_program() -> None:
    page = (CHECKOUT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    messages = {" ".join(text.split()) for text in re.findall(r"“([^”]+)”", page)}
    texts = spoken()
    unknown = {
        text for text in messages if text.lower().replace("… to …", "…").rstrip(".… ") not in texts
    }
    assert len(messages) > 10 and unknown == set()


def test_every_page_of_the_docs_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [CHECKOUT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            links = re.findall(r"\]\(([^)#\s:]+)", page.read_text(encoding="utf-8"))
            waiting += [(page.parent / link).resolve() for link in links]
    assert set(CHECKOUT.glob("docs/*.md")) - reached == set()


def test_the_workflow_runs_the_developer_s_commands_on_every_supported_python() -> None:
    spec = importlib.util.spec_from_file_location("dev", CHECKOUT / "dev.py")
    assert spec is not None and spec.loader is not None
    dev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    text = WORKFLOW.read_text(encoding="utf-8")
    (pythons,) = re.findall(r"python: \[(.+)\]", text)
    assert re.findall(r"[\d.]+", pythons) == ["{}.{}".format(*v) for v in sorted(dev.PYTHONS)]
    commands = re.findall(r"run: (.+)", text)
    assert commands == [f"python3 dev.py {name}" for name in ("setup", "check")]
