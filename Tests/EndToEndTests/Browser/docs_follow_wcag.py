"""What is our own of the page on which to try the API keeps to WCAG AA."""

from accessibility import check
from support import Running, browser

# What Swagger UI's markup breaks by itself, and no style can mend.
SWAGGER_UIS = ["aria-prohibited-attr", "heading-order", "nested-interactive", "region"]

with Running("serve", AUTH_MODE="api-key") as server:
    for width in (1280, 360):
        for dark in (False, True):
            with browser(server.port, width=width, dark=dark) as page:
                page.driver.get(page.url + "/docs")
                page.until(lambda: page.all(".opblock"))
                check(page, part=".docs-bar")
                check(page, without=SWAGGER_UIS)
                assert page.run("return document.documentElement.scrollWidth <= innerWidth"), "it is too wide"
