"""Checks one rule of the house.

usage: lint.py RULE TOP-FOLDER        exit code 1: the rule is broken; 77: it cannot be checked here
"""
import importlib
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import format as formatting  # noqa: E402


def main():
    rule, top = sys.argv[1:]
    try:
        problems = list(importlib.import_module(rule).check(top))
    except formatting.Skip as reason:
        print(f"skipped: {reason}")
        return 77
    print("\n".join(problems) if problems else f"{rule}: kept")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
