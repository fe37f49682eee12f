"""Headings of the documents are offered as questions in the documents' language, and are asked as they stand."""

from support import Running, browser, sync

sync()
with Running("serve") as server:
    with browser(server.port, language="de-CH,de,en") as page:
        page.open()
        assert page.text("#welcome h2") == "Hallo! Was möchten Sie wissen?"

    with browser(server.port, language="fr") as page:
        page.open()
        page.until(lambda: page.all(".suggestion"))
        offered = {tuple(button.text.split("\n")) for button in page.all(".suggestion")}
        question = "What are the rules for carrying leave over?"
        assert (question, "Annual leave") in offered, offered
        assert all(asked.endswith("?") for asked, _ in offered), offered

        page.one("#language").send_keys("Deutsch")
        page.until(lambda: page.text("#welcome h2") == "Hallo! Was möchten Sie wissen?")
        assert page.run("return document.documentElement.lang") == "de"
        next(button for button in page.all(".suggestion") if "carrying" in button.text).click()
        page.until(lambda: page.all(".icon-copy"))
        assert page.text(".bubble") == question
        assert "31 March" in page.text(".answer-text"), page.text(".answer-text")
        page.driver.refresh()
        page.until(lambda: "Sie haben gefragt" in page.run("return document.body.textContent"))
