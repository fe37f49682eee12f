"""What stands in the way of an answer is said in plain words, and asking again is offered once it can help."""

import json

from proxy import Proxy
from support import Running, browser, sync


def problem(status, code, **headers):
    body = json.dumps({"status": status, "code": code, "detail": "Details.", "request_id": "id-7"}).encode()
    return status, {"content-type": "application/problem+json", **headers}, body


with Running("serve") as server, Proxy(server.port) as between:
    # The browser notes each refused request by itself.
    with browser(between.port, may_complain=True) as page:
        page.open()
        page.until(lambda: "No documents have been loaded yet" in page.text("#notice"))
        sync()
        page.driver.refresh()
        page.until(lambda: page.all(".suggestion"))
        assert not page.all("#notice")

        cases = [
            (problem(401, "unauthorized"), "You are signed out"),
            (problem(503, "too_many_questions"), "There is much to do right now"),
            (problem(503, "user_busy"), "Earlier questions of yours"),
            (problem(503, "upstream_unavailable"), "The answering service cannot be reached"),
            (problem(422, "invalid_field"), "Details."),
            (problem(500, "internal_error"), "id-7"),
            (problem(429, "rate_limited", **{"retry-after": "2"}), "many questions in a short time"),
        ]
        between.instead = lambda method, path: problem(401, "unauthorized") if path == "/chat" else None
        page.ask("How many days of annual leave do I get?")
        for answer, words in cases:
            between.instead = lambda method, path: answer if path == "/chat" else None
            page.until(lambda: page.one(".retry:enabled")).click()
            page.until(lambda: words in page.text(".state-warning"))
        assert not page.one(".retry").is_enabled(), "it would be too early"
        assert "Try again in" in page.text(".retry")
        between.instead = lambda method, path: None
        page.until(lambda: page.one(".retry:enabled")).click()
        assert page.run("return document.activeElement.id") == "question", "the button that had the focus is gone"
        page.until(lambda: page.all(".icon-copy"))
        assert "27 days" in page.text(".answer-text")

        page.run("document.getElementById('question').value = arguments[0]", "How many days? " * 300)
        page.ask("")
        page.until(lambda: "too long" in page.text(".state-warning"))
        question = page.driver.find_element("id", "question")
        assert question.get_attribute("value") == ("How many days? " * 300).strip(), "it can be mended"
        question.clear()
        page.answer("How many days of annual leave do I get?")
        assert not page.all(".retry"), "only the last question can be asked once more"
