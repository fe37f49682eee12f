import { element } from './dom.js';

const status = document.getElementById('status');

/** Announces content to screen readers. */
export function announce(...content) {
  // A new node is announced even if its text is the same.
  status.replaceChildren(element('div', {}, ...content));
}
