"""Writes the oracle's deals as lines of JSON: `python3 run.py [STATE ...]`, all jurisdictions without an argument."""

import importlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.dont_write_bytecode = True

import oracle  # noqa: E402

known = sorted(path.stem for path in (pathlib.Path(__file__).parent / "states").glob("??.py"))
for state in sys.argv[1:] or known:
    oracle.write(importlib.import_module(f"states.{state}"), sys.stdout)
