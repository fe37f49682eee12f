import { element } from './dom.js';
import { InlineMarkup } from './inline-markup.js';

/** The number of characters that decide the kind of a line: for example, a later bar does not begin a table's row. */
const maximumPrefixLength = 200;

/** The maximum length of a table's header row in characters. */
const maximumHeaderLength = 4000;

/** Prefixes of lines that may still become list items, headings or empty lines. */
const undecided = /^(?:\s*(?:[-*•]|\d{1,3}[.)]?)?|#{1,6}|\s*(?:[-*•]|\d{1,3}[.)])\s+|#{1,6}\s+)$/;

/**
 * Renders an answer's Markdown incrementally into a parent: paragraphs, lists, tables, headings, and strong, emphasized
 * and code spans; everything else is text.
 *
 * Text is read once, so that the time is linear in its length.
 */
export class Markup {
  #parent;
  #list;
  #paragraph;
  #rows;
  /** The prefix of a line whose kind is not decided. */
  #prefix = new LinePrefix();
  /** The rendering of the current line; undefined until its kind is decided. */
  #line;
  /** The previous line, if it may be the header row of a table. */
  #header;

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

  /** Ends the text. */
  end() {
    if (this.#line || this.#prefix.length > 0) this.#endLine();
  }

  #readLine(piece) {
    if (!piece) return;
    if (this.#line) return this.#continue(piece);
    this.#prefix.read(piece);
    if (!this.#isUndecided()) this.#begin();
  }

  /** Whether the kind of the line is not decided. */
  #isUndecided() {
    const { length, hasBar, isDelimiterRow } = this.#prefix;
    // A table's row is rendered when it is complete, since its last cell ends with the line.
    if (this.#rows && (hasBar || length < maximumPrefixLength)) return true;
    if (this.#header && isDelimiterRow) return true;
    return length < maximumPrefixLength && undecided.test(this.#prefix.text);
  }

  /** Decides the kind of the line, and renders its prefix. */
  #begin() {
    const { text } = this.#prefix;
    this.#prefix = new LinePrefix();
    this.#rows = this.#header = undefined;
    const start = text.slice(0, maximumPrefixLength);
    const item = start.match(/^\s*(?:([-*•])|(\d{1,3})[.)])\s+(?=\S|$)/);
    const heading = start.match(/^#{1,6}\s+(?=\S|$)/);
    if (item) this.#beginItem(item);
    else if (heading) this.#beginHeading();
    else this.#beginParagraph();
    const markerLength = (item ?? heading)?.[0].length ?? 0;
    Object.assign(this.#line, { pieces: [text.slice(0, markerLength)], length: markerLength });
    this.#continue(text.slice(markerLength));
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
    const content = element('strong');
    const heading = element('p', {}, content);
    this.#parent.append(heading);
    this.#list = this.#paragraph = undefined;
    const inline = { read: (piece) => content.append(piece), end() {} };
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
    if (this.#line.length <= maximumHeaderLength) this.#line.pieces.push(piece);
  }

  #endLine() {
    const prefix = this.#prefix;
    if (this.#line) {
      const { inline, pieces, length, remove } = this.#line;
      inline.end();
      const text = length <= maximumHeaderLength ? pieces.join('') : '';
      this.#header = text.includes('|') ? { text, remove } : undefined;
      this.#line = undefined;
      return;
    }
    const line = prefix.text;
    if (!line.trim()) {
      this.#paragraph = this.#rows = this.#header = undefined;
    } else if (this.#rows && prefix.hasBar) {
      this.#rows.append(row('td', line));
    } else if (this.#header && isDelimiterRow(line)) {
      this.#beginTable();
    } else {
      this.#begin();
      return this.#endLine();
    }
    this.#prefix = new LinePrefix();
  }

  /** Begins a table with the previous line as its header row. */
  #beginTable() {
    this.#header.remove();
    this.#rows = element('tbody');
    this.#parent.append(
      element('table', {}, element('thead', {}, row('th', this.#header.text, { scope: 'col' })), this.#rows));
    this.#list = this.#paragraph = this.#header = undefined;
  }
}

/** The prefix of a line. */
class LinePrefix {
  #pieces = [];
  length = 0;
  /** Whether there is a bar within the deciding characters. */
  hasBar = false;
  /** Whether it may be the delimiter row of a table. */
  isDelimiterRow = true;

  read(piece) {
    const bar = piece.indexOf('|');
    this.hasBar ||= bar >= 0 && this.length + bar < maximumPrefixLength;
    this.isDelimiterRow &&= /^[\s|:-]*$/.test(piece);
    this.length += piece.length;
    this.#pieces.push(piece);
  }

  get text() {
    return this.#pieces.join('');
  }
}

/** Renders a complete text to nodes. */
export function formatted(source) {
  const nodes = document.createDocumentFragment();
  const markup = new Markup(nodes);
  markup.read(source);
  markup.end();
  return [...nodes.childNodes];
}

/** Returns whether a line is the delimiter row of a table. */
function isDelimiterRow(line) {
  return line.includes('|') && line.includes('-') && /^[\s|:-]*$/.test(line);
}

function row(tag, line, attributes) {
  return element('tr', {}, ...cellsOf(line).map((cell) => {
    const node = element(tag, attributes);
    const inline = new InlineMarkup(node);
    inline.read(cell);
    inline.end();
    return node;
  }));
}

function cellsOf(line) {
  return line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
}
