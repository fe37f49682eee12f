import { element } from './dom.js';

const tags = { '**': 'strong', '*': 'em', '`': 'code' };
const isLetterOrDigit = /[\p{L}\p{N}]/u;
const isDigit = /\p{N}/u;

/** The maximum length of a text node: browsers copy a node's text each time that it is appended to. */
const maximumNodeLength = 1000;

/** The maximum length of a run of asterisks that can be a delimiter. */
const maximumRunLength = 100;

/**
 * Renders a line of text incrementally into a parent: strong, emphasized and code spans; everything else as text.
 *
 * An opening delimiter is shown as text until the closing one is read. Each character is read once, and rendered at most
 * once for each kind of delimiter, so that the time is linear in the line's length.
 */
export class InlineMarkup {
  #parent;
  /** The rendered nodes, with the source text of each. */
  #parts = [];
  /** For each kind of delimiter, the index of the part that begins with an unclosed one. */
  #openings = new Map();
  /** A delimiter whose next character is unknown, so that it may open or close a span. */
  #pending = '';
  /** Whether a run of asterisks that is too long for a delimiter may continue. */
  #isInLongRun = false;
  #previous = '';

  constructor(parent) {
    this.#parent = parent;
  }

  /** Reads the next part of the line. */
  read(piece) {
    const source = this.#pending + piece;
    this.#pending = '';
    let place = 0;
    for (const { 0: run, index } of source.matchAll(/\*+|`/g)) {
      this.#show(source.slice(place, index));
      const isLong = run.length > maximumRunLength || (index === 0 && this.#isInLongRun && run !== '`');
      place = index + run.length;
      this.#isInLongRun = isLong && place === source.length;
      if (isLong) this.#show(run);
      else if (place === source.length) this.#pending = run;
      else this.#readDelimiter(run, firstCharacter(source, place));
    }
    if (place < source.length) this.#isInLongRun = false;
    this.#show(source.slice(place));
  }

  /** Ends the line. */
  end() {
    if (this.#pending) this.#readDelimiter(this.#pending, '');
    this.#pending = '';
  }

  /** Removes the rendered nodes. */
  remove() {
    for (const { node } of this.#parts) node.remove();
  }

  /** Reads a delimiter, or a run of asterisks that may be one, before a character. */
  #readDelimiter(run, next) {
    const kind = run.length > 1 ? '**' : run;
    const extra = run.slice(kind.length);
    const canClose = this.#previous && !isSpace(this.#previous) && !isDigit.test(next) && !(kind === '`' && next === '*');
    const opening = this.#openings.get(kind);
    if (canClose && opening !== undefined && this.#hasContent(opening, kind)) {
      this.#show(extra);
      this.#close(kind, opening);
    } else {
      const canOpen = next && !isSpace(next) && !(kind === '*' && isLetterOrDigit.test(this.#previous));
      if (canOpen && opening === undefined) {
        this.#openings.set(kind, this.#parts.length);
        this.#parts.push({ node: this.#append(''), text: '' });
      }
      this.#show(run);
    }
    this.#previous = run.at(-1);
  }

  #hasContent(opening, kind) {
    return this.#parts.length > opening + 1 || this.#parts[opening].text.length > kind.length;
  }

  /** Moves everything since the opening delimiter into an element. */
  #close(kind, opening) {
    const parts = this.#parts.splice(opening);
    for (const { node } of parts) node.remove();
    const source = parts.map(({ text }) => text).join('');
    const node = element(tags[kind], {}, source.slice(kind.length));
    this.#parent.append(node);
    this.#parts.push({ node, text: source + kind });
    // Delimiters that were opened inside are text.
    for (const [other, place] of this.#openings) if (place >= opening) this.#openings.delete(other);
  }

  #show(text) {
    if (!text) return;
    const last = this.#parts.at(-1);
    if (last?.node.nodeType === Node.TEXT_NODE && last.text.length < maximumNodeLength) {
      last.node.appendData(text);
      last.text += text;
    } else {
      this.#parts.push({ node: this.#append(text), text });
    }
    this.#previous = lastCharacter(text);
  }

  #append(text) {
    const node = document.createTextNode(text);
    this.#parent.append(node);
    return node;
  }
}

function isSpace(character) {
  return /\s/.test(character);
}

/** Returns the code point at an index. */
function firstCharacter(source, place) {
  return String.fromCodePoint(source.codePointAt(place));
}

/** Returns the last code point. */
function lastCharacter(text) {
  return [...text.slice(-2)].at(-1);
}
