"""What models write in Markdown is shown as it is meant: lists, tables, emphasis; all else is text."""

import json

from proxy import Proxy
from support import Running, browser, sync

ANSWER = """The **rates** are *daily*, see `travel`; 2 * 3 * 4 is 24:

| City | Rate |
|------|-----:|
| Utrecht | **64** euros |
| <img src=x onerror=hacked=1> | none |

1. First
2. Second

Yes | no"""


def told(answer):
    done = {"answer": answer, "citations": []}
    events = [("delta", {"text": answer[:100]}), ("delta", {"text": answer[100:]}), ("done", done)]
    body = "".join(f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n" for number, (name, data) in enumerate(events, 1))
    return 200, {"content-type": "text/event-stream", "x-turn-id": "turn-1"}, body.encode()


sync()
with Running("serve") as server, Proxy(server.port) as between, browser(between.port) as page:
    page.open()
    between.instead = lambda method, path: told(ANSWER) if path == "/chat" else None
    page.answer("What are the rates?")
    texts = {tag: [found.text for found in page.all(f".answer-text {tag}")] for tag in ("strong", "em", "code", "th", "td", "li")}
    assert texts == {
        "strong": ["rates", "64"],
        "em": ["daily"],
        "code": ["travel"],
        "th": ["City", "Rate"],
        "td": ["Utrecht", "64 euros", "<img src=x onerror=hacked=1>", "none"],
        "li": ["First", "Second"],
    }, texts
    assert page.text(".answer-text p:first-child").endswith("2 * 3 * 4 is 24:")
    assert page.text(".answer-text p:last-child") == "Yes | no"
    assert page.run("return window.hacked") is None
