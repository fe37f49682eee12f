import { element } from './dom.js';

const status = document.getElementById('status');

/** Tells a screen reader, once it has a moment, what a look at the page tells everybody else. */
export function announce(...content) {
  // A new node is news, even where it says what the last one said.
  status.replaceChildren(element('div', {}, ...content));
}
