import { element } from './dom.js';
import { InlineMarkup } from './inline-markup.js';

/** How far into a line its kind shows: what begins later, such as the first bar of a table's row, is text. */
const longestBeginning = 200;

/** The longest line that can be the head of a table, in characters. */
const longestHead = 4000;

/** The beginnings of lines that may yet be list items, headings or empty. */
const undecided = /^(?:\s*(?:[-*•]|\d{1,3}[.)]?)?|#{1,6}|\s*(?:[-*•]|\d{1,3}[.)])\s+|#{1,6}\s+)$/;

/**
 * Reads an answer's text, as it comes, into a parent: paragraphs, lists, tables, and words that are bold, slanted or code;
 * whatever else there is stays text.
 *
 * What was read is not read again when more comes: the time taken grows with the text's length.
 */
export class Markup {
  #parent;
  #list;
  #paragraph;
  #rows;
  /** What has come of a line whose kind is not known yet. */
  #beginning = new Beginning();
  /** What shows the line, once its kind is known; undefined before. */
  #line;
  /** The line before, if it holds a bar and so may be the head of a table, and what shows it. */
  #head;

  constructor(parent) {
    this.#parent = parent;
  }

  /** Reads more of the text. */
  read(text) {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#readLine(text.slice(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#readLine(text.slice(start));
  }

  /** Reads the text's end. */
  end() {
    if (this.#line || this.#beginning.length > 0) this.#endLine();
  }

  #readLine(piece) {
    if (!piece) return;
    if (this.#line) return this.#continue(piece);
    this.#beginning.read(piece);
    if (!this.#isUndecided()) this.#begin();
  }

  /** Whether the line's kind depends on what comes. */
  #isUndecided() {
    const { length, hasBar, isRule } = this.#beginning;
    // A row of a table is read when it is whole, as its cells end with the line.
    if (this.#rows && (hasBar || length < longestBeginning)) return true;
    if (this.#head && isRule) return true;
    return length < longestBeginning && undecided.test(this.#beginning.text);
  }

  /** Shows the line's beginning as what it is. */
  #begin() {
    const { text } = this.#beginning;
    this.#beginning = new Beginning();
    this.#rows = this.#head = undefined;
    const start = text.slice(0, longestBeginning);
    const item = start.match(/^\s*(?:([-*•])|(\d{1,3})[.)])\s+(?=\S|$)/);
    const heading = start.match(/^#{1,6}\s+(?=\S|$)/);
    if (item) this.#beginItem(item);
    else if (heading) this.#beginHeading();
    else this.#beginParagraph();
    const words = (item ?? heading)?.[0].length ?? 0;
    Object.assign(this.#line, { pieces: [text.slice(0, words)], length: words });
    this.#continue(text.slice(words));
  }

  #beginItem([, bullet, number]) {
    const tag = bullet ? 'ul' : 'ol';
    const isNew = this.#list?.localName !== tag;
    if (isNew) this.#parent.append((this.#list = element(tag, number ? { start: Number(number) } : {})));
    const item = element('li');
    this.#list.append(item);
    this.#paragraph = undefined;
    this.#line = { inline: new InlineMarkup(item), remove: () => (isNew ? item.parentNode : item).remove() };
  }

  #beginHeading() {
    const words = element('strong');
    const heading = element('p', {}, words);
    this.#parent.append(heading);
    this.#list = this.#paragraph = undefined;
    const inline = { read: (piece) => words.append(piece), end() {} };
    this.#line = { inline, remove: () => heading.remove() };
  }

  #beginParagraph() {
    this.#list = undefined;
    const isNew = !this.#paragraph;
    if (isNew) this.#parent.append((this.#paragraph = element('p')));
    const paragraph = this.#paragraph;
    const lineBreak = isNew ? undefined : element('br');
    if (lineBreak) paragraph.append(lineBreak);
    const inline = new InlineMarkup(paragraph);
    this.#line = {
      inline,
      remove: () => {
        if (isNew) return paragraph.remove();
        inline.remove();
        lineBreak.remove();
      },
    };
  }

  #continue(piece) {
    this.#line.inline.read(piece);
    this.#line.length += piece.length;
    if (this.#line.length <= longestHead) this.#line.pieces.push(piece);
  }

  #endLine() {
    const beginning = this.#beginning;
    if (this.#line) {
      const { inline, pieces, length, remove } = this.#line;
      inline.end();
      const text = length <= longestHead ? pieces.join('') : '';
      this.#head = text.includes('|') ? { text, remove } : undefined;
      this.#line = undefined;
      return;
    }
    const line = beginning.text;
    if (!line.trim()) {
      this.#paragraph = this.#rows = this.#head = undefined;
    } else if (this.#rows && beginning.hasBar) {
      this.#rows.append(row('td', line));
    } else if (this.#head && isRule(line)) {
      this.#beginTable();
    } else {
      this.#begin();
      return this.#endLine();
    }
    this.#beginning = new Beginning();
  }

  /** Makes the line before the head of a table. */
  #beginTable() {
    this.#head.remove();
    this.#rows = element('tbody');
    this.#parent.append(
      element('table', {}, element('thead', {}, row('th', this.#head.text, { scope: 'col' })), this.#rows));
    this.#list = this.#paragraph = this.#head = undefined;
  }
}

/** What has come of a line. */
class Beginning {
  #pieces = [];
  length = 0;
  /** Whether a bar is near the line's beginning. */
  hasBar = false;
  /** Whether it holds nothing but what sets off a table's head. */
  isRule = true;

  read(piece) {
    const bar = piece.indexOf('|');
    this.hasBar ||= bar >= 0 && this.length + bar < longestBeginning;
    this.isRule &&= /^[\s|:-]*$/.test(piece);
    this.length += piece.length;
    this.#pieces.push(piece);
  }

  get text() {
    return this.#pieces.join('');
  }
}

/** Makes nodes of a whole text. */
export function formatted(source) {
  const nodes = document.createDocumentFragment();
  const markup = new Markup(nodes);
  markup.read(source);
  markup.end();
  return [...nodes.childNodes];
}

/** Whether a line sets off a table's head from its rows. */
function isRule(line) {
  return line.includes('|') && line.includes('-') && /^[\s|:-]*$/.test(line);
}

function row(tag, line, settings) {
  return element('tr', {}, ...cellsOf(line).map((cell) => {
    const node = element(tag, settings);
    const inline = new InlineMarkup(node);
    inline.read(cell);
    inline.end();
    return node;
  }));
}

function cellsOf(line) {
  return line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
}
