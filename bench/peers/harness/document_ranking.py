"""The section on held-out aliases and false alarms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import plot
from .holdout import KINDS
from .tables import percent, share, table

LEAST_ALARMS = 0.0005  # the left end of the logarithmic axis


HELD_OUT = """\
Of every party with an alias to spare, one (drawn by a fixed seed) is taken out of the publisher's file, the file is
loaded, and the alias is asked for by name and kind alone. Aliases that another party bears are left out: rank 1 would
have no right answer. The systems get the same files and the same queries (logic-v2 the first few of them: it is slow).
*Listed*: the best {limit} hits from {least:.2f} up; *at 0.70*: the party must score that much.

By what remains of the party under other names: *close*, each word of one name is like a word of the other; *partly*,
some word is; *cross-script*, no name remains in the query's script; *other words*, nothing is alike, and hardly any can
be found by name.
"""

LEARNT_BEFORE = """\
interdict's tables of token rarity and spelling families are learnt from these lists' alias clusters. **Here the shipped
tables were used, which have seen the held-out aliases.**
"""

LEARNT_ANEW = """\
interdict's tables of token rarity and spelling families are learnt from these lists' alias clusters. For this test they
were learnt anew, and the program built with them, from lists without the held-out aliases and without any name on any
list that reads the same (`bench/peers/harness/relearn.py`).
"""

FALSE_ALARMS = """\
**False alarms.** Invented people, asked as persons against the same OFAC list; the share with any hit at 0.70. As the
scales differ, the last columns set each system's threshold so that it raises no more than that share of false alarms,
and give the held-out aliases whose party is then in the top 5.
"""


def section(result: dict[str, Any], plots: Path) -> str:
    lists = result["lists"]
    draw(lists, plots)
    parts = [
        "### One alias held out of the real lists\n",
        HELD_OUT.format(least=result["least"], limit=result["limit"]),
        ranks(lists),
        pairs(lists),
        LEARNT_ANEW if result["relearnt"] else LEARNT_BEFORE,
        FALSE_ALARMS,
        alarms(lists),
        f"![Held-out aliases found against false alarms]({plots.name}/ranking.svg)\n",
    ]
    return "\n".join(parts)


def ranks(lists: dict[str, Any]) -> str:
    rows = []
    for label, listed in lists.items():
        for system, own in listed["systems"].items():
            kinds = (percent(own["kinds"][kind]["first"]["share"]) for kind in KINDS)
            rows.append(
                (
                    f"{label} ({listed['held']} held out)",
                    system,
                    str(own["asked"]),
                    share(own["shown"]["first"]),
                    share(own["shown"]["five"]),
                    percent(own["at_threshold"]["first"]["share"]),
                    percent(own["at_threshold"]["five"]["share"]),
                    *kinds,
                )
            )
    head = ["list", "system", "asked", "rank 1", "top 5", "rank 1 at 0.70", "top 5 at 0.70"]
    told = table([*head, *(f"rank 1, {kind}" for kind in KINDS)], rows)
    key = "right party among the candidates"
    stage = [
        f"{label.split(',')[0]} {percent(listed['systems']['logic-v2'][key])}"
        for label, listed in lists.items()
        if key in listed["systems"].get("logic-v2", {})
    ]
    return told + f"\nThe right party was among logic-v2's 500 candidates: {', '.join(stage)}.\n"


def pairs(lists: dict[str, Any]) -> str:
    rows = []
    for label, listed in lists.items():
        for peer, own in listed["paired"].items():
            rows.append(
                (
                    label,
                    f"{peer} (n {own['asked']})",
                    percent(own["interdict"]["first"]["share"]),
                    percent(own["peer"]["first"]["share"]),
                    str(own["only_interdict_first"]),
                    str(own["only_peer_first"]),
                )
            )
    if not rows:
        return ""
    told = "On exactly the same queries, at rank 1 among the hits listed:\n\n"
    return told + table(("list", "peer", "interdict", "peer's", "only interdict", "only the peer"), rows)


def alarms(lists: dict[str, Any]) -> str:
    rows = []
    allowed: list[str] = []
    for label, listed in lists.items():
        for system, own in listed["systems"].items():
            if "false_alarms" not in own:
                continue
            allowed = list(own["at_equal_alarms"])
            found = (
                "–" if point is None else f"{percent(point['found'])} (at {point['threshold']:.2f})"
                for point in own["at_equal_alarms"].values()
            )
            rows.append((label, system, str(own["false_alarms"]["of"]), share(own["false_alarms"]), *found))
    limits = (f"top 5 at ≤ {float(limit) * 100:g} % alarms" for limit in allowed)
    return table(("list", "system", "invented", "false alarms at 0.70", *limits), rows)


def draw(lists: dict[str, Any], plots: Path) -> None:
    systems = next(iter(lists.values()))["systems"]
    lines = []
    for system, own in systems.items():
        if "curve" in own:
            points = [(point["alarms"], point["found"]) for point in own["curve"]]
            marks = [(p["alarms"], p["found"]) for p in own["curve"] if p["threshold"] == 0.70]
            lines.append(plot.Line(system, points, marks))
    across = plot.Axis("invented people with a hit", LEAST_ALARMS, 0.5, (0.001, 0.01, 0.1, 0.5), True, True)
    up = plot.Axis(
        "held-out aliases with their party in the top 5", 0.0, 1.0, (0, 0.2, 0.4, 0.6, 0.8, 1.0), percent=True
    )
    title = f"{next(iter(lists))}: found against false alarms, by threshold; the dot is 0.70"
    plot.write(plots / "ranking.svg", title, across, up, lines)
