import { announce } from './announcer.js';
import { button, element, icon } from './dom.js';
import { documentLink, nameOf } from './document-view.js';
import { Markup } from './markup.js';
import { explain } from './problems.js';
import { text } from './texts.js';

/** The view of a question: its text, and the button to remember it. */
export class QuestionView {
  #remember;

  /** `onRemember` remembers the question, or forgets it. */
  constructor(message, { onRemember }) {
    this.#remember = new RememberButton(onRemember, 'icon-button');
    this.node = element('li', { className: 'message question' },
      element('h2', { className: 'visually-hidden' }, text('youAsked')),
      this.#remember.node,
      element('p', { className: 'bubble', dir: 'auto' }, message.text));
  }

  /** Shows whether the question is remembered. */
  set isRemembered(value) {
    this.#remember.isPressed = value;
  }
}

/** The button to remember a message in later conversations. */
class RememberButton {
  constructor(onClick, className) {
    this.node = button('bookmark', text('remember'), onClick, `${className} remember`);
    this.isPressed = false;
  }

  set isPressed(value) {
    this.node.setAttribute('aria-pressed', String(value));
  }
}

/** The view of an answer: its text as it is streamed, its citations, its state, and its buttons. */
export class AnswerView {
  #message;
  #confidence = element('p', { className: 'answer-confidence', hidden: true });
  #body = element('div', { className: 'answer-text', dir: 'auto' });
  #citations = element('div', { className: 'sources', hidden: true });
  #author = element('p', { className: 'answer-author', hidden: true });
  #state = element('div', { className: 'answer-state' });
  #actions = element('div', { className: 'answer-actions' });
  #shown = {};
  #markup;
  #onRetry;
  #onListen;
  #listen;
  #remember;
  #isSpeaking = false;
  #countdown;

  /**
   * Creates the view of an answer. `onListen` reads the answer aloud or stops reading it, and is undefined if it cannot be
   * read.
   */
  constructor(message, { onRetry, onListen, onRemember }) {
    this.#message = message;
    this.#remember = new RememberButton(onRemember, 'quiet-button');
    this.#onRetry = onRetry;
    this.#onListen = onListen;
    this.node = element('li', { className: 'message answer' },
      element('h2', { className: 'visually-hidden' }, text('answer')),
      this.#confidence, this.#body, this.#citations, this.#author, this.#state, this.#actions);
    this.update();
  }

  /** Shows the changes of the message; `continuation` is the added text, if nothing else has changed. */
  update(continuation) {
    const { text: body, citations, state } = this.#message;
    const isComing = state === 'coming' || state === 'lost';
    this.node.classList.toggle('is-coming', isComing);
    this.node.setAttribute('aria-busy', String(isComing));
    this.#showConfidence(this.#message.confidence);
    if (continuation !== undefined) this.#markup.read(continuation);
    else if (this.#shown.body !== body) this.#showText(body);
    if (!isComing) this.#markup.end();
    if (this.#shown.citations !== citations || this.#shown.citationCount !== citations.length) {
      this.#showCitations(citations);
    }
    this.#showAuthor();
    if (this.#shown.state !== state || !body !== !this.#shown.body) this.#showState(state);
    this.#shown = { ...this.#shown, body, citations, citationCount: citations.length, state };
  }

  /** Shows a hint before an answer that may not answer the question. */
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

  #showCitations(citations) {
    this.#citations.hidden = citations.length === 0;
    this.#citations.replaceChildren(
      element('h3', {}, text('sources')),
      element('ul', {}, ...citations.map((citation) => element('li', {}, citationLink(citation)))),
    );
  }

  #showAuthor() {
    const line = authorLine(this.#message);
    if (this.#shown.author === line) return;
    this.#shown.author = line;
    this.#author.hidden = !line;
    this.#author.textContent = line;
  }

  #showState(state) {
    clearInterval(this.#countdown);
    const content = [];
    if (state === 'coming' && !this.#message.text) {
      content.push(element('span', { className: 'dots', role: 'img', 'aria-label': text('answering') },
        element('i'), element('i'), element('i')));
    }
    if (state === 'lost') content.push(stateLine('retry', text(this.#message.text ? 'reconnecting' : 'asking')));
    if (state === 'stopped') content.push(stateLine('stop', text('stopped')));
    if (state === 'failed') content.push(stateLine('warning', explain(this.#message.problem)));
    this.#state.replaceChildren(...content);
    this.#actions.replaceChildren(...this.#actionsFor(state));
  }

  #actionsFor(state) {
    if (state === 'done') {
      return [this.#copyButton(), this.#remember.node, ...(this.#onListen ? [this.#listenButton()] : [])];
    }
    if (state !== 'failed' && state !== 'stopped') return [];
    const retry = button('retry', text('retry'), this.#onRetry, 'quiet-button retry');
    this.#countDown(retry);
    return [retry];
  }

  /** Disables the button until the time at which the server allows to retry. */
  #countDown(retry) {
    const notBefore = this.#message.problem?.notBefore;
    if (!notBefore) return;
    const label = retry.querySelector('span');
    const tick = () => {
      const seconds = Math.ceil((notBefore - Date.now()) / 1000);
      retry.disabled = seconds > 0;
      label.textContent = seconds > 0 ? text('retryIn', { seconds }) : text('retry');
      if (seconds <= 0) clearInterval(this.#countdown);
    };
    this.#countdown = setInterval(tick, 1000);
    tick();
  }

  /** Shows whether the answer is being read aloud. */
  set isSpeaking(value) {
    this.#isSpeaking = value;
    const [name, label] = this.#listenLabel;
    this.#listen?.replaceChildren(icon(name), element('span', {}, label));
  }

  get #listenLabel() {
    return this.#isSpeaking ? ['stop', text('stopListening')] : ['speaker', text('listen')];
  }

  /** Shows whether the answer is remembered. */
  set isRemembered(value) {
    this.#remember.isPressed = value;
  }

  #listenButton() {
    this.#listen = button(...this.#listenLabel, this.#onListen);
    return this.#listen;
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

function citationLink(citation) {
  const { name, folder } = nameOf(citation.filename);
  return element('a', { className: 'source', href: documentLink(citation), title: text('openSource', { name }) },
    icon('document'),
    element('span', { className: 'source-name' }, name),
    folder ? element('span', { className: 'source-folder' }, folder) : undefined,
    citation.quote ? element('q', { className: 'source-quote', dir: 'auto' }, citation.quote) : undefined);
}

/** Who wrote an answer; empty if that is unknown, or if the documents do not contain the answer. */
function authorLine(message) {
  const { imitates, state } = message;
  const author = writerOf(message);
  if (state !== 'done' || !imitates) return author;
  return [author, text('imitates', { name: imitates })].filter(Boolean).join(' ');
}

function writerOf({ confidence, writtenBy: name, writingFailure, state }) {
  if (state !== 'done' || !name || confidence === 'none') return '';
  if (name === 'engine') return text(writingFailure ? 'quotedInstead' : 'quoted');
  return text(writingFailure ? 'writtenInPart' : 'written', { name });
}

function stateLine(iconName, content) {
  return element('p', { className: `state-line state-${iconName}` }, icon(iconName), element('span', {}, content));
}

async function copyText(content) {
  try {
    return await navigator.clipboard.writeText(content);
  } catch {
    // The clipboard needs a secure context and the user's permission; the selection can be copied without them.
  }
  const focused = document.activeElement;
  const field = element('textarea', { className: 'visually-hidden', value: content });
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  focused.focus();
}
