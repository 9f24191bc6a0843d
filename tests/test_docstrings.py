"""The examples in docstrings do what they show."""

import doctest
import pkgutil
from importlib import import_module

import pytest


def modules_with_examples(package: str) -> list[str]:
    finder = doctest.DocTestFinder()
    names = [module.name for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}.")]
    return [name for name in names if any(test.examples for test in finder.find(import_module(name)))]


@pytest.mark.parametrize("name", [*modules_with_examples("corpus"), *modules_with_examples("index")])
def test_examples_hold(name: str) -> None:
    failed, tried = doctest.testmod(import_module(name))
    assert tried and not failed
