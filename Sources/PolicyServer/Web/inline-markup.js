import { element } from './dom.js';

const tags = { '**': 'strong', '*': 'em', '`': 'code' };
const isLetterOrDigit = /[\p{L}\p{N}]/u;
const isDigit = /\p{N}/u;

/** How long a text node grows before another follows it: a browser copies a node's text each time that it grows. */
const longestNode = 1000;

/** The longest run of asterisks that can be a mark. */
const longestRun = 100;

/**
 * Reads a line of text, piece by piece, into a parent: words that are bold, slanted or code, all else as text.
 *
 * A mark that begins such words is shown as text until the one that ends them comes. Each character is read once, and
 * made into nodes once for each kind of mark at most, so that the time taken grows with the line's length.
 */
export class InlineMarkup {
  #parent;
  /** What is shown of the line: nodes, and the text that each was made of. */
  #parts = [];
  /** For each kind of mark, the part that begins with one whose end has not come. */
  #openings = new Map();
  /** A mark whose next character has not come, so that its meaning is open. */
  #held = '';
  /** Whether a run of asterisks that is too long for a mark may go on. */
  #isInLongRun = false;
  #previous = '';

  constructor(parent) {
    this.#parent = parent;
  }

  /** Reads the next piece of the line. */
  read(piece) {
    const source = this.#held + piece;
    this.#held = '';
    let place = 0;
    for (const { 0: run, index } of source.matchAll(/\*+|`/g)) {
      this.#show(source.slice(place, index));
      const isLong = run.length > longestRun || (index === 0 && this.#isInLongRun && run !== '`');
      place = index + run.length;
      this.#isInLongRun = isLong && place === source.length;
      if (isLong) this.#show(run);
      else if (place === source.length) this.#held = run;
      else this.#mark(run, firstCharacter(source, place));
    }
    if (place < source.length) this.#isInLongRun = false;
    this.#show(source.slice(place));
  }

  /** Reads the line's end. */
  end() {
    if (this.#held) this.#mark(this.#held, '');
    this.#held = '';
  }

  /** Takes back what is shown of the line. */
  remove() {
    for (const { node } of this.#parts) node.remove();
  }

  /** Reads a mark, or a run of asterisks that may be one, which stands before a character. */
  #mark(run, next) {
    const kind = run.length > 1 ? '**' : run;
    const extra = run.slice(kind.length);
    const ends = this.#previous && !isSpace(this.#previous) && !isDigit.test(next) && !(kind === '`' && next === '*');
    const opening = this.#openings.get(kind);
    if (ends && opening !== undefined && this.#hasWords(opening, kind)) {
      this.#show(extra);
      this.#close(kind, opening);
    } else {
      const begins = next && !isSpace(next) && !(kind === '*' && isLetterOrDigit.test(this.#previous));
      if (begins && opening === undefined) {
        this.#openings.set(kind, this.#parts.length);
        this.#parts.push({ node: this.#append(''), text: '' });
      }
      this.#show(run);
    }
    this.#previous = run.at(-1);
  }

  #hasWords(opening, kind) {
    return this.#parts.length > opening + 1 || this.#parts[opening].text.length > kind.length;
  }

  /** Puts what was shown since a mark into an element. */
  #close(kind, opening) {
    const parts = this.#parts.splice(opening);
    for (const { node } of parts) node.remove();
    const words = parts.map(({ text }) => text).join('');
    const node = element(tags[kind], {}, words.slice(kind.length));
    this.#parent.append(node);
    this.#parts.push({ node, text: words + kind });
    // What began within is part of the words.
    for (const [other, place] of this.#openings) if (place >= opening) this.#openings.delete(other);
  }

  #show(text) {
    if (!text) return;
    const last = this.#parts.at(-1);
    if (last?.node.nodeType === Node.TEXT_NODE && last.text.length < longestNode) {
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

/** The character at a place, also where it takes two code units. */
function firstCharacter(source, place) {
  return String.fromCodePoint(source.codePointAt(place));
}

/** The last character, also where it takes two code units. */
function lastCharacter(text) {
  return [...text.slice(-2)].at(-1);
}
