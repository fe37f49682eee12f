import { topics } from './api.js';
import { element } from './dom.js';
import { nameOf } from './document-view.js';
import { text } from './texts.js';

const maximumSuggestions = 4;

/** The view before the first question: a greeting, and suggested questions in the languages of their documents. */
export class Welcome {
  #section;
  #onAsk;
  #topics = [];

  constructor(section, onAsk) {
    this.#section = section;
    this.#onAsk = onAsk;
  }

  set hidden(value) {
    this.#section.hidden = value;
  }

  /** Loads the suggestions; throws the error of the server. */
  async load() {
    this.#topics = await topics();
    this.render();
  }

  /** Renders the view in the current language. */
  render() {
    this.#section.replaceChildren(
      element('h2', {}, text('greeting')),
      element('p', {}, text('introduction')),
      ...(this.#topics.length > 0 ? [this.#suggestions()] : []),
    );
  }

  #suggestions() {
    const items = this.#topics.slice(0, maximumSuggestions).map(({ title, question, filename }) => {
      const ask = () => this.#onAsk(question);
      return element('li', {},
        element('button', { type: 'button', className: 'suggestion', on: { click: ask } },
          element('span', { className: 'suggestion-question', dir: 'auto' }, question),
          element('span', { className: 'suggestion-title', dir: 'auto' }, title ?? titleOf(nameOf(filename).name))));
    });
    return element('div', { className: 'suggestions' },
      element('h3', {}, text('suggestions')), element('ul', {}, ...items));
  }
}

/** Converts a file's name to a title. */
function titleOf(filename) {
  const words = filename.replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
