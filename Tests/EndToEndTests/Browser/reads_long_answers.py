"""An answer of 40 KB that comes in many pieces is read once, not again with each piece, whatever it is made of."""

import json

from proxy import Proxy
from support import Running, browser, sync

LENGTH = 40_000
PIECES = 400
TEXTS = {
    "a sentence": "I do not know. ",
    "marks that do not end": "**never *ends `here ",
    "rows without a table": "one | two ",
    "lines": "- **bold** words\n",
    "a table": "a | b\n--|--\nc | d\n",
}


def told(answer):
    size = len(answer) // PIECES
    pieces = [answer[start:start + size] for start in range(0, len(answer), size)]
    events = [("delta", {"text": piece}) for piece in pieces] + [("done", {"answer": answer, "citations": []})]
    body = "".join(f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n" for number, (name, data) in enumerate(events, 1))
    return 200, {"content-type": "text/event-stream", "x-turn-id": "turn-1"}, body.encode()


# Counts the characters of all that is put into the conversation.
WATCH = """
window.added = 0;
new MutationObserver((records) => {
  for (const record of records) for (const node of record.addedNodes) window.added += node.textContent.length;
}).observe(document.getElementById('messages'), { childList: true, subtree: true });
"""

sync()
with Running("serve") as server, Proxy(server.port) as between, browser(between.port) as page:
    page.open()
    page.run(WATCH)
    for name, unit in TEXTS.items():
        answer = (unit * LENGTH)[:LENGTH]
        between.instead = lambda method, path: told(answer) if path == "/chat" else None
        page.run("window.added = 0")
        shown = page.answer(f"What of {name}?")
        assert len(shown) > LENGTH / 4, (name, len(shown))
        added = page.run("return window.added")
        assert added < 12 * LENGTH, f"{name}: {added} characters were put into the page"
