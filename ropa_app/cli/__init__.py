"""The command line: arguments in, one call, text or JSON out."""

from __future__ import annotations

from ropa_app.cli.main import main

__all__ = ["main"]
