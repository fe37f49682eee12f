"""What can be known by a program of whether everybody can use a page: by axe-core, the checker of the field."""

import os
from pathlib import Path

# WCAG 2.2 with its levels A and AA, and what axe's makers know to be good besides.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

CHECK = """
const [part, tags, without, done] = arguments;
const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
axe.run(part, { runOnly: tags, rules, resultTypes: ['violations', 'incomplete'] }).then(done, (error) => done(String(error)));
"""


def check(page, part="html", without=()):
    """Demands that a part of a page breaks no rule, and that there is none of which axe cannot tell."""
    # What is run by the driver need not be allowed by the page's Content-Security-Policy, which stays as strict as it is.
    if not page.run("return 'axe' in window"):
        page.run(Path(os.environ["AXE_DIR"], "axe.min.js").read_text())
    found = page.driver.execute_async_script(CHECK, part, TAGS, list(without))
    assert isinstance(found, dict), found
    faults = [f"{rule['id']}: {node['html']}: {node['failureSummary']}"
              for rule in found["violations"] + found["incomplete"] for node in rule["nodes"]]
    assert not faults, "\n".join(faults)
