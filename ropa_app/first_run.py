"""What `make run` does: a sample register, and from it the documents others ask for.

The register is made once and left alone afterwards, so that what is entered into it stays; the
documents are written anew from it each time.
"""

from __future__ import annotations

import contextlib
import sys
import textwrap
from pathlib import Path

from ropa_app import clock
from ropa_app.errors import UserError
from ropa_app.exports.layout import layout
from ropa_app.exports.write import export
from ropa_app.i18n import (
    _,
    current_language,
    in_language,
    language_of_the_session,
    set_language,
)
from ropa_app.register.loading import load_view
from ropa_app.register.sample import make_sample
from ropa_app.register.store import Register

FOLDER = Path("out")
REGISTER = "smartgroup.ropa"
# Layout, file and language of each document.
DOCUMENTS = (
    ("ico-controller", "ico-controller.xlsx", "en"),
    ("protokoll", "protokoll.xlsx", "nb"),
    ("record", "record.pdf", "en"),
    ("safeguards", "safeguards.pdf", "en"),
)


def main(arguments: list[str] | None = None) -> int:
    """Make what is missing and list it in words; 0 if all is there, 2 if it cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    set_language(language_of_the_session())
    given = sys.argv[1:] if arguments is None else arguments
    try:
        _run(Path(given[0]) if given else FOLDER)
    except UserError as error:
        print(f"ropa: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 2
    return 0


def sample_in(folder: Path) -> Path:
    """The register of the SmartGroup sample in a folder, made if it is not there yet.

    Raises UserError if it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = _("The folder {folder} cannot be made: {reason}.")
        raise UserError(sentence.format(folder=folder, reason=error.strerror)) from error
    path = folder / REGISTER
    if path.exists():
        print(_("{path} is there already and is left as it is.").format(path=path))
    else:
        make_sample("smartgroup", path).close()
        sentence = _("Made {path}: a register of what SmartGroup AS says in its privacy policy.")
        print(sentence.format(path=path))
    return path


def _run(folder: Path) -> None:
    path = sample_in(folder)
    with Register.open(path) as register:
        view = load_view(register)
    print(_("Written from it:"))
    for name, file, language in DOCUMENTS:
        out = folder / file
        export(view, name, out, language, None, None, clock.export_moment())
        chosen, spoken = layout(name), current_language()
        about = in_language(chosen.about, spoken)
        text = textwrap.fill(about, 92, initial_indent="      ", subsequent_indent="      ")
        print(f"  {out}\n{text}")
    sentence = _("Look inside with “{program} list {path} activity”; “{program} --help” says more.")
    print(sentence.format(program=_program(), path=path))


def _program() -> str:
    """What to type for `ropa` here: its path, short where it lies below this folder."""
    beside = Path(sys.executable).parent / "ropa"
    with contextlib.suppress(ValueError):
        beside = beside.relative_to(Path.cwd())
    return str(beside)


if __name__ == "__main__":
    sys.exit(main())
