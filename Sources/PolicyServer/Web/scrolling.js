/** How near to the end counts as there, in pixels. */
const slack = 48;

/** Keeps the newest text in view, unless its reader has scrolled away from it. */
export class Follower {
  #scroller;
  #isAtEnd = true;

  constructor(scroller, toNewest) {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', () => {
      this.#isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - slack;
      toNewest.hidden = this.#isAtEnd;
    }, { passive: true });
    toNewest.addEventListener('click', () => this.goToEnd());
    new ResizeObserver(() => this.follow()).observe(scroller.firstElementChild);
    new ResizeObserver(() => this.follow()).observe(scroller);
  }

  /** Goes on to the end, if it was in view. */
  follow() {
    if (this.#isAtEnd) this.goToEnd();
  }

  goToEnd() {
    this.#isAtEnd = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
