"""`python -m ropa_app` is the same as `ropa`."""

from __future__ import annotations

import sys

from ropa_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
