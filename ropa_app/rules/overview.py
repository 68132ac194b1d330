"""The figures of the first page: each one the list of the records behind it.

Pure and made of JSON alone, so that another process can work them out. Nothing here is a verdict
on a transfer: it says what is recorded, and what a country counts as.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ropa_app.heap import collection_put_off
from ropa_app.register.view import View
from ropa_app.rules.findings import Finding
from ropa_app.rules.overview_agreements import agreements
from ropa_app.rules.overview_completeness import completeness
from ropa_app.rules.overview_due import due
from ropa_app.rules.overview_transfers import Legs, destinations, mechanisms
from ropa_app.rules.party_states import in_use


@collection_put_off()
def overview(view: View, findings: Sequence[Finding]) -> dict[str, Any]:
    """The figures of a register on the day of the view; `findings` are all of its findings.

    - ``day``: that day; ``home``: the countries of our organisations;
    - ``activities``: how many are in use; ``complete``: the ids of those that lack nothing;
    - ``completeness``: for each point of Art. 30(1) and (2), in its order, ``key``, ``label`` (to
      be translated), ``done`` and ``missing``: ids of the activities that owe it;
    - ``agreements``: for each status of the vocabulary agreement-status that occurs, from good to
      bad, ``status``, ``role`` (a colour) and the ids of the ``parties`` that are our processors;
    - ``leaving``: ids of the running transfers that leave the area of a regime that applies;
      ``mechanisms``: for each mechanism and regime ``transfers`` and, in step, their ``states``;
      the mechanism is "" where none is recorded and "open" where that is a question;
    - ``destinations``: for each ``country`` its ``transfers`` and the ``worst`` of their states,
      "inside", "adequate", "recorded", "open" or "missing"; the country "" is not settled;
    - ``due``: what falls due, earliest first: ``day``, ``days`` from today, ``kind``, ``record``,
      ``field``;
    - ``questions``: ids of the records about which something has to be found out.

    Source: Art. 30(1) and (2), 28(3), 44–49, 12(3).
    """
    used = [activity for activity in view.of("activity") if in_use(activity, view.day)]
    legs = Legs(view)
    parts, complete = completeness(view, used, findings, legs)
    return {
        "day": view.day.isoformat(),
        "home": _home(view),
        "activities": len(used),
        "completeness": parts,
        "complete": complete,
        "agreements": agreements(view, used),
        "leaving": legs.leaving,
        "mechanisms": mechanisms(legs),
        "destinations": destinations(legs),
        "due": due(view),
        "questions": _questions(findings),
    }


def _home(view: View) -> list[str]:
    countries = (organisation.text("country") for organisation in view.of("organisation"))
    return list(dict.fromkeys(code for code in countries if code))


def _questions(findings: Sequence[Finding]) -> list[str]:
    asked = (finding.record for finding in findings if finding.severity == "question")
    return list(dict.fromkeys(asked))
