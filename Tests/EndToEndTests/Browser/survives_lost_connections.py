"""An answer survives a cut connection and a server that is killed; the question is asked once where that is possible."""

from proxy import Held, Proxy
from support import Running, browser, sync

with Running("engine") as engine, Proxy(engine.port) as upstream:
    settings = {"OPENAI_API_KEY": "sk-local", "OPENAI_BASE_URL": f"http://127.0.0.1:{upstream.port}/v1"}
    sync(**settings)
    with Running("serve", **settings) as server, Proxy(server.port) as network:
        # What the browser says of cut connections is no fault of the page.
        with browser(network.port, may_complain=True) as page:
            page.open()
            upstream.held = Held()
            page.ask("How many days of annual leave do I get?")
            upstream.held.release(2)
            page.until(lambda: page.text(".answer-text"))
            network.cut()
            page.until(lambda: network.headers("GET", "/events", "last-event-id"))
            assert network.headers("GET", "/events", "last-event-id")[0] == "2", "what was told is not asked for"
            upstream.held.release(1 << 20)
            page.until(lambda: page.all(".icon-copy"))
            assert "27 days" in page.text(".answer-text")
            assert page.text(".answer-text").count("27 days") == 1, "nothing is told twice"
            assert upstream.count("POST", "/v1/responses") == 1

            asked = len(network.headers("POST", "/chat", "idempotency-key"))
            upstream.held = Held()
            page.ask("What is the meal allowance abroad?")
            upstream.held.release(1)
            page.until(lambda: len(page.text(".answer-text")) > 0 and len(page.all(".answer")) == 2)
            server.kill()
            network.cut()
            page.until(lambda: "The connection was lost" in page.text(".answer-state"))
            upstream.held.release(1 << 20)
            with Running("serve", port=server.port, **settings):
                page.until(lambda: len(page.all(".icon-copy")) == 2)
                assert "64 euros" in page.text(".answer-text")
                assert len(page.all(".message")) == 4
                keys = network.headers("POST", "/chat", "idempotency-key")[asked:]
                assert len(keys) > 1 and len(set(keys)) == 1, "it is one question, however often it is sent"
                assert page.answer("How long is the notice period after probation?")
