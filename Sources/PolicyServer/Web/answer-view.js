import { announce } from './announcer.js';
import { button, element, icon } from './dom.js';
import { documentLink, nameOf } from './document-view.js';
import { Markup } from './markup.js';
import { explain } from './problems.js';
import { text } from './texts.js';

/** Makes the view of a question. */
export function questionView(message) {
  return element('li', { className: 'message question' },
    element('h2', { className: 'unseen' }, text('youAsked')),
    element('p', { className: 'bubble', dir: 'auto' }, message.text));
}

/** The view of an answer: its text as it comes, its sources, and what can be done with it. */
export class AnswerView {
  #message;
  #confidence = element('p', { className: 'answer-confidence', hidden: true });
  #body = element('div', { className: 'answer-text', dir: 'auto' });
  #sources = element('div', { className: 'sources', hidden: true });
  #state = element('div', { className: 'answer-state' });
  #actions = element('div', { className: 'answer-actions' });
  #shown = {};
  #markup;
  #onRetry;
  #countdown;

  constructor(message, onRetry) {
    this.#message = message;
    this.#onRetry = onRetry;
    this.node = element('li', { className: 'message answer' },
      element('h2', { className: 'unseen' }, text('answer')),
      this.#confidence, this.#body, this.#sources, this.#state, this.#actions);
    this.update();
  }

  /** Shows what has changed of the message; `piece` is what its text was continued by, if that is all. */
  update(piece) {
    const { text: body, citations, state } = this.#message;
    const isComing = state === 'coming' || state === 'lost';
    this.node.classList.toggle('is-coming', isComing);
    this.node.setAttribute('aria-busy', String(isComing));
    this.#showConfidence(this.#message.confidence);
    if (piece !== undefined) this.#markup.read(piece);
    else if (this.#shown.body !== body) this.#showText(body);
    if (!isComing) this.#markup.end();
    if (this.#shown.citations !== citations.length || this.#shown.list !== citations) this.#showSources(citations);
    if (this.#shown.state !== state || !body !== !this.#shown.body) this.#showState(state);
    this.#shown = { ...this.#shown, body, citations: citations.length, list: citations, state };
  }

  /** Says, in words and before the answer, that it may not be one. */
  #showConfidence(confidence) {
    if (this.#shown.confidence === confidence) return;
    this.#shown.confidence = confidence;
    const isUnsure = confidence === 'unsure';
    this.#confidence.hidden = !isUnsure;
    this.#confidence.replaceChildren(...(isUnsure ? [icon('question'), element('span', {}, text('unsure'))] : []));
  }

  #showText(body) {
    this.#body.replaceChildren();
    this.#markup = new Markup(this.#body);
    this.#markup.read(body);
  }

  #showSources(citations) {
    this.#sources.hidden = citations.length === 0;
    this.#sources.replaceChildren(
      element('h3', {}, text('sources')),
      element('ul', {}, ...citations.map((citation) => element('li', {}, source(citation)))),
    );
  }

  #showState(state) {
    clearInterval(this.#countdown);
    const shown = [];
    if (state === 'coming' && !this.#message.text) {
      shown.push(element('span', { className: 'dots', role: 'img', 'aria-label': text('answering') },
        element('i'), element('i'), element('i')));
    }
    if (state === 'lost') shown.push(line('retry', text(this.#message.text ? 'reconnecting' : 'asking')));
    if (state === 'stopped') shown.push(line('stop', text('stopped')));
    if (state === 'failed') shown.push(line('warning', explain(this.#message.problem)));
    this.#state.replaceChildren(...shown);
    this.#actions.replaceChildren(...this.#actionsFor(state));
  }

  #actionsFor(state) {
    if (state === 'done') return [this.#copyButton()];
    if (state !== 'failed' && state !== 'stopped') return [];
    const retry = button('retry', text('retry'), this.#onRetry, 'quiet-button retry');
    this.#countDown(retry);
    return [retry];
  }

  /** Lets the question be asked again once the server has said it may. */
  #countDown(retry) {
    const notBefore = this.#message.problem?.notBefore;
    const label = retry.querySelector('span');
    const tick = () => {
      const seconds = Math.ceil((notBefore - Date.now()) / 1000);
      retry.disabled = seconds > 0;
      label.textContent = seconds > 0 ? text('retryIn', { seconds }) : text('retry');
      if (!(seconds > 0)) clearInterval(this.#countdown);
    };
    if (!notBefore) return;
    this.#countdown = setInterval(tick, 1000);
    tick();
  }

  #copyButton() {
    const copy = button('copy', text('copy'), async () => {
      await copyText(this.#message.text);
      copy.replaceChildren(icon('check'), element('span', {}, text('copied')));
      announce(text('copied'));
      setTimeout(() => copy.replaceChildren(icon('copy'), element('span', {}, text('copy'))), 2000);
    });
    return copy;
  }
}

function source(citation) {
  const { name, folder } = nameOf(citation.filename);
  return element('a', { className: 'source', href: documentLink(citation), title: text('openSource', { name }) },
    icon('document'),
    element('span', { className: 'source-name' }, name),
    folder ? element('span', { className: 'source-folder' }, folder) : undefined,
    citation.quote ? element('q', { className: 'source-quote', dir: 'auto' }, citation.quote) : undefined);
}

function line(iconName, words) {
  return element('p', { className: `state-line state-${iconName}` }, icon(iconName), element('span', {}, words));
}

async function copyText(words) {
  try {
    return await navigator.clipboard.writeText(words);
  } catch {
    // Only a page served safely has a clipboard, and its reader may have forbidden it; what is selected can be copied.
  }
  const focused = document.activeElement;
  const field = element('textarea', { className: 'unseen', value: words });
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  focused.focus();
}
