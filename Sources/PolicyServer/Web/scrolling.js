/** The distance from the end that counts as the end, in pixels. */
const tolerance = 48;

/** Keeps the newest text in view, unless the reader scrolls away from it. */
export class AutoScroller {
  #scroller;
  #toNewest;
  #isAtEnd = true;
  #isOn = false;
  #top = 0;

  constructor(scroller, toNewest) {
    this.#scroller = scroller;
    this.#toNewest = toNewest;
    scroller.addEventListener('scroll', () => {
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - tolerance;
      // Only scrolling up leaves the end: new text can be added faster than the view follows it.
      if (isAtEnd || scroller.scrollTop < this.#top) this.#isAtEnd = isAtEnd;
      this.#top = scroller.scrollTop;
      this.#updateButton();
    }, { passive: true });
    toNewest.addEventListener('click', () => this.scrollToEnd());
    const observer = new ResizeObserver(() => { if (this.#isAtEnd) this.scrollToEnd(); });
    observer.observe(scroller.firstElementChild);
    observer.observe(scroller);
  }

  /** Whether the view follows the end; otherwise it shows the beginning. */
  set isOn(value) {
    if (value === this.#isOn) return;
    this.#isOn = value;
    if (value) this.scrollToEnd();
    else this.#scroller.scrollTop = 0;
    this.#updateButton();
  }

  scrollToEnd() {
    if (!this.#isOn) return;
    this.#isAtEnd = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#top = this.#scroller.scrollTop;
  }

  #updateButton() {
    this.#toNewest.hidden = this.#isAtEnd || !this.#isOn;
  }
}
