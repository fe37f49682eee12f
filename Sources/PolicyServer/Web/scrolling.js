/** How near to the end counts as there, in pixels. */
const slack = 48;

/** Keeps the newest text in view, unless its reader has scrolled away from it. */
export class Follower {
  #scroller;
  #toNewest;
  #isAtEnd = true;
  #isOn = false;
  #top = 0;

  constructor(scroller, toNewest) {
    this.#scroller = scroller;
    this.#toNewest = toNewest;
    scroller.addEventListener('scroll', () => {
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - slack;
      // Only who goes back leaves the end; to whoever is there, text may come faster than it is shown.
      if (isAtEnd || scroller.scrollTop < this.#top) this.#isAtEnd = isAtEnd;
      this.#top = scroller.scrollTop;
      this.#offer();
    }, { passive: true });
    toNewest.addEventListener('click', () => this.goToEnd());
    new ResizeObserver(() => this.follow()).observe(scroller.firstElementChild);
    new ResizeObserver(() => this.follow()).observe(scroller);
  }

  /** Whether something new can come; where nothing can, the beginning is what counts. */
  set isOn(value) {
    if (value === this.#isOn) return;
    this.#isOn = value;
    if (value) this.goToEnd();
    else this.#scroller.scrollTop = 0;
    this.#offer();
  }

  /** Goes on to the end, if it was in view. */
  follow() {
    if (this.#isAtEnd) this.goToEnd();
  }

  goToEnd() {
    if (!this.#isOn) return;
    this.#isAtEnd = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#top = this.#scroller.scrollTop;
  }

  #offer() {
    this.#toNewest.hidden = this.#isAtEnd || !this.#isOn;
  }
}
