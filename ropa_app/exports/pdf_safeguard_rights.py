"""What customers may ask for and do under each regime, in sentences (Art. 13(2)(d), 77).

Standard clauses give them rights as third parties: SCC clauses 3, 8.2(c), 8.3 and 18 under the
GDPR; under the UK GDPR the IDTA and the UK Addendum, which names the courts of the United Kingdom.
"""

from __future__ import annotations

from collections.abc import Mapping

from ropa_app.i18n import N_

#: How to get the clauses; what may be blacked out in them.
COPY: Mapping[str, str] = {
    "eu": N_(
        "Where standard clauses are named above, you get a copy of them free of charge. Business "
        "secrets in the appendix may be blacked out; we will say so then and explain why. The "
        "clauses themselves are never secret."
    ),
    "uk": N_(
        "Where an IDTA or the UK Addendum is named above, you get a copy of it free of charge. "
        "Business secrets in it may be blacked out; we will say so then and explain why."
    ),
}
#: Rights as a third party, by regime and by whether all that is told of is sent by the sender.
THIRD_PARTY: Mapping[tuple[str, bool], str] = {
    ("eu", True): N_(
        "Where standard clauses are named above, you may rely on them as a third party against us "
        "and against the recipient, and go to court where you live."
    ),
    ("eu", False): N_(
        "Where standard clauses are named above, you may rely on them as a third party against the "
        "one who sends the data and against the recipient, and go to court where you live."
    ),
    ("uk", True): N_(
        "Where an IDTA or the UK Addendum is named above, you may rely on it as a third party "
        "against us and against the recipient, and go to court in the United Kingdom."
    ),
    ("uk", False): N_(
        "Where an IDTA or the UK Addendum is named above, you may rely on it as a third party "
        "against the one who sends the data and against the recipient, and go to court in the "
        "United Kingdom."
    ),
}
#: With whom to complain: in the EEA also where the reader lives or works (Art. 77(1)).
COMPLAINT: Mapping[str, str] = {
    "eu": N_(
        "You may complain to {names}, or to the data protection authority where you live or work."
    ),
    "uk": N_("You may complain to {names}."),
}
