import { topics } from './api.js';
import { element } from './dom.js';
import { nameOf } from './document-view.js';
import { text } from './texts.js';

/** The most suggestions shown. */
const mostSuggestions = 4;

/** Makes a title of a file's name. */
function spoken(filename) {
  const words = filename.replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is seen before anything was asked: a greeting, and questions that the documents' headings suggest, in the documents' languages. */
export class Welcome {
  #section;
  #onAsk;
  #topics = [];

  constructor(section, onAsk) {
    this.#section = section;
    this.#onAsk = onAsk;
  }

  /** Learns what could be asked; throws why the server does not tell. */
  async load() {
    this.#topics = await topics();
    this.show();
  }

  /** Shows the section in the language in force. */
  show() {
    this.#section.replaceChildren(
      element('h2', {}, text('greeting')),
      element('p', {}, text('introduction')),
      ...(this.#topics.length > 0 ? [this.#suggestions()] : []),
    );
  }

  #suggestions() {
    const items = this.#topics.slice(0, mostSuggestions).map(({ title, question, filename }) => {
      const ask = () => this.#onAsk(question);
      return element('li', {},
        element('button', { type: 'button', className: 'suggestion', on: { click: ask } },
          element('span', { className: 'suggestion-question', dir: 'auto' }, question),
          element('span', { className: 'suggestion-title', dir: 'auto' }, title ?? spoken(nameOf(filename).name))));
    });
    return element('div', { className: 'suggestions' },
      element('h3', {}, text('suggestions')), element('ul', {}, ...items));
  }
}
