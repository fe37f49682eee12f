"""Text and ground contrast as WCAG AA asks, light and dark; nothing is wider than a phone; each control has a name."""

from support import Running, browser, sync

CONTRASTS = """
const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
const luminance = (colour) => {
  const [r, g, b] = channels(colour).slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const groundOf = (node) => {
  for (; node; node = node.parentElement) {
    const ground = getComputedStyle(node).backgroundColor;
    if ((channels(ground)[3] ?? 1) > 0) return ground;
  }
  return 'rgb(255, 255, 255)';
};
return [...document.querySelectorAll('body *')]
  .filter((node) => node.checkVisibility() && [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((node) => {
    const [light, dark] = [getComputedStyle(node).color, groundOf(node)].map(luminance).sort((a, b) => b - a);
    return { text: node.textContent.slice(0, 40), contrast: (light + 0.05) / (dark + 0.05) };
  })
  .filter(({ contrast }) => contrast < 4.5);
"""

NAMELESS = """
return [...document.querySelectorAll('button, a, select, textarea, input')].filter((node) => node.checkVisibility())
  .filter((node) => !(node.ariaLabel || node.textContent.trim() || node.labels?.length)).map((node) => node.outerHTML);
"""


def check(page):
    assert page.run(CONTRASTS) == [], page.run(CONTRASTS)
    assert page.run(NAMELESS) == [], page.run(NAMELESS)
    assert page.run("return document.documentElement.scrollWidth <= innerWidth"), "it is too wide"
    assert page.run("return document.documentElement.scrollHeight <= innerHeight"), "it scrolls as a whole"


sync()
with Running("serve") as server:
    for dark in (False, True):
        with browser(server.port, width=360, height=640, dark=dark) as page:
            page.open()
            page.until(lambda: page.all(".suggestion"))
            check(page)
            page.answer("How many days of annual leave do I get?")
            check(page)
            page.one(".source").click()
            page.until(lambda: page.one(".document mark"))
            check(page)

with Running("serve", AUTH_MODE="api-key") as server:
    for dark in (False, True):
        # The browser notes a refused request by itself.
        with browser(server.port, width=360, height=640, dark=dark, language="de", may_complain=True) as page:
            page.open()
            check(page)
            page.one("#key").send_keys("nonsense\n")
            page.until(lambda: "nicht gültig" in page.text("#sign-in-problem"))
            check(page)
