"""An answer that may not be one is shown as such: in words and with an icon, while it comes, at its end and later."""

import json

from accessibility import check
from proxy import Proxy
from support import Running, browser, sync

DOUBT = "I am not sure that this answers it:"
LABEL = {"en": "Not sure: this may not answer your question. Please check the sources.",
         "de": "Unsicher: Das beantwortet Ihre Frage vielleicht nicht. Bitte prüfen Sie die Quellen."}


def told(confidence, ends):
    text = f"{DOUBT} The shed is open." if confidence == "unsure" else "The shed is open."
    delta = {"text": text} | ({"confidence": "unsure"} if confidence == "unsure" else {})
    events = [("delta", delta)]
    if ends:
        events.append(("done", {"answer": text, "citations": [], "confidence": confidence}))
    body = "".join(f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n" for number, (name, data) in enumerate(events, 1))
    return 200, {"content-type": "text/event-stream", "x-turn-id": "turn-1"}, body.encode()


def said(*confidences):
    messages = []
    for number, confidence in enumerate(confidences):
        messages.append({"id": f"q{number}", "role": "user", "text": "Is it open?", "citations": []})
        messages.append({"id": f"a{number}", "role": "assistant", "text": "It is.", "citations": [], "confidence": confidence})
    return 200, {"content-type": "application/json"}, json.dumps({"user_id": "x", "messages": messages}).encode()


def labels(page):
    return [found.text for found in page.all(".answer-confidence")]


sync()
with Running("serve") as server:
    for dark, language in ((False, "en"), (True, "de")):
        with Proxy(server.port) as between, browser(between.port, dark=dark, language=language, may_complain=True) as page:
            page.open()
            between.instead = lambda method, path: told("sure", ends=True) if path == "/chat" else None
            page.answer("Is the shed open?")
            assert labels(page) == []
            between.instead = lambda method, path: told("unsure", ends=True) if path == "/chat" else None
            page.answer("Is the canteen open?")
            assert labels(page) == [LABEL[language]], labels(page)
            assert page.one(".answer-confidence .icon-question")
            check(page)

            # While the answer comes: its stream breaks off, and nothing more is heard of it.
            between.instead = lambda method, path: told("unsure", ends=False) if path.startswith("/chat") else None
            page.ask("Is the pool open?")
            page.until(lambda: len(labels(page)) == 2)
            assert len(page.all(".icon-copy")) == 2
            check(page)

    with Proxy(server.port) as between, browser(between.port, may_complain=True) as page:
        page.open()
        between.instead = lambda method, path: told("sure", ends=True) if path == "/chat" else None
        page.answer("Is the shed open?")
        between.instead = lambda method, path: said("sure", "unsure", "none") if path.endswith("/messages") else None
        page.driver.refresh()
        page.until(lambda: len(page.all(".answer")) == 3)
        assert labels(page) == [LABEL["en"]], labels(page)
