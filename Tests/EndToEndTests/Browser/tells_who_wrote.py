"""An answer tells below its text who wrote it, and still does after a reload: the model, or the engine that quotes."""

from accessibility import check
from support import Running, browser, sync

QUESTIONS = ["How many days of annual leave do I get?", "What is the meal allowance abroad?",
             "How long is the notice period during probation?", "What is the wifi password of the Oslo office?"]
LINES = {
    "en": ["Written by scripted-model.",
           "Quoted from the documents, because the model did not write a complete answer.",
           "Written by scripted-model, which did not finish."],
    "de": ["Geschrieben von scripted-model.",
           "Aus den Dokumenten zitiert, weil das Modell keine vollständige Antwort geschrieben hat.",
           "Geschrieben von scripted-model, aber nicht zu Ende."],
}


def lines(page):
    return [found.text for found in page.all(".answer-author")]


def is_below_the_text(page):
    return page.run("""
        return [...document.querySelectorAll('.answer-author:not([hidden])')].every((line) =>
          line.parentNode.querySelector('.answer-text').compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING);
    """)


sync()
with Running("serve") as server:
    for dark, language in ((False, "en"), (True, "de")):
        with browser(server.port, dark=dark, language=language) as page:
            page.open()
            for question in QUESTIONS:
                page.answer(question)
            # Where the documents do not hold the answer, nobody wrote one.
            assert lines(page) == LINES[language], lines(page)
            assert is_below_the_text(page)
            check(page)
            page.driver.refresh()
            page.until(lambda: len(page.all(".answer")) == len(QUESTIONS))
            assert lines(page) == LINES[language], lines(page)

with Running("serve", ENGINE_MODEL_URL="", ENGINE_MODEL="") as server:
    with browser(server.port) as page:
        page.open()
        page.answer(QUESTIONS[0])
        assert lines(page) == ["Quoted from the documents."], lines(page)
