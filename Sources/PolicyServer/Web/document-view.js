import { documentText, Problem } from './api.js';
import { button, element } from './dom.js';
import { blocksOf, findQuote } from './passage.js';
import { text } from './texts.js';

/** Returns the link that opens the document view at a citation's passage. */
export function documentLink({ file_id, filename, quote }) {
  return `#${new URLSearchParams({ document: file_id, name: filename, quote })}`;
}

/** Splits a document's path into its name and its folder. */
export function nameOf(path) {
  const parts = path.split('/');
  return { name: parts.pop(), folder: parts.join(' / ') };
}

/** Shows a document's text with a marked passage: beside the conversation, or over it in a narrow window. */
export class DocumentView {
  #panel;
  #background;
  #address;
  #opener;
  #wide = matchMedia('(min-width: 64rem)');

  /** `background` are the elements that a panel over the conversation makes inert. */
  constructor(panel, background) {
    this.#panel = panel;
    this.#background = background;
    addEventListener('hashchange', () => this.showFromAddress());
    this.#wide.addEventListener('change', () => this.#updateBackground());
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.close();
    });
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  /** Shows the document that the page's address names, so that links, reloads and the back button work. */
  showFromAddress() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const fileID = parameters.get('document');
    if (fileID) this.#open(fileID, parameters.get('name') ?? '', parameters.get('quote') ?? '');
    else this.hide();
  }

  close() {
    history.pushState(null, '', location.pathname + location.search);
    this.hide();
  }

  async #open(fileID, path, quote) {
    if (!this.#panel.contains(document.activeElement)) this.#opener = document.activeElement;
    this.#address = location.hash;
    const { name, folder } = nameOf(path);
    const title = element('h2', { id: 'document-name', tabIndex: -1 }, name || text('document'));
    const body = element('div', { className: 'document-text', tabIndex: 0, dir: 'auto' }, stateLine('loadingDocument'));
    const close = button('close', text('closeDocument'), () => this.close(), 'icon-button');
    close.lastChild.dataset.text = 'closeDocument';
    this.#panel.replaceChildren(
      element('header', { className: 'document-head' },
        element('div', {}, title, folder ? element('p', { className: 'document-folder' }, folder) : undefined), close),
      body,
    );
    this.#panel.hidden = false;
    this.#updateBackground();
    title.focus({ preventScroll: true });
    body.replaceChildren(...await contentOf(fileID, quote));
    const navigation = navigationOf(body);
    if (navigation) close.before(navigation);
    body.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }

  /** Hides the document; the page's address is not changed. */
  hide() {
    if (this.#panel.hidden) return;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
    this.#updateBackground();
    this.#linkToPanel?.focus({ preventScroll: true });
  }

  /** The element that opened the document; after a reload, the last link to it. */
  get #linkToPanel() {
    if (this.#opener?.isConnected && this.#opener !== document.body) return this.#opener;
    return [...document.querySelectorAll('.source')].findLast((link) => link.hash === this.#address);
  }

  /** Makes the background inert while the panel covers it. */
  #updateBackground() {
    const isCovered = this.isOpen && !this.#wide.matches;
    for (const node of this.#background) node.inert = isCovered;
  }
}

async function contentOf(fileID, quote) {
  try {
    const blocks = blocksOf(await documentText(fileID));
    const ranges = findQuote(quote, blocks);
    const nodes = viewsOf(blocks, ranges);
    return quote && ranges.length === 0 ? [...quoteOnly('passageMissing', quote), ...nodes] : nodes;
  } catch (error) {
    const isGone = error instanceof Problem && error.code === 'file_not_found';
    return quoteOnly(isGone ? 'documentGone' : 'documentUnavailable', quote);
  }
}

/** A line about the document, and the quote if there is one. */
function quoteOnly(key, quote) {
  return [
    stateLine(key),
    ...(quote ? [element('blockquote', {}, element('mark', {}, quote))] : []),
  ];
}

/** A line about the document in the current language. */
function stateLine(key) {
  return element('p', { className: 'document-state', 'data-text': key }, text(key));
}

/** Creates the views of blocks, and a table of each run of rows. */
function viewsOf(blocks, ranges) {
  const nodes = [];
  let table;
  blocks.forEach((block, index) => {
    const range = ranges.find((range) => range.block === index);
    if (block.kind !== 'row') {
      nodes.push(blockView(block, range));
      return;
    }
    if (block.isFirst) {
      table = element('table');
      nodes.push(element('div', { className: 'block-table' }, table));
    }
    // A table without column names has an empty header row.
    if (!block.isHead || block.text.trim()) table.append(rowView(block, range));
  });
  return nodes;
}

function rowView({ text: content, cells, isHead }, range) {
  return element('tr', {}, ...cells.map(({ start, end }) => {
    const marked = range && { start: Math.max(start, range.start) - start, end: Math.min(end, range.end) - start };
    const nodes = withMark(content.slice(start, end), marked);
    return isHead ? element('th', { scope: 'col' }, ...nodes) : element('td', {}, ...nodes);
  }));
}

/** Returns the nodes of a text with a marked range. */
function withMark(content, range) {
  if (!range || range.start >= range.end) return [content];
  const marked = element('mark', {}, content.slice(range.start, range.end));
  return [content.slice(0, range.start), marked, content.slice(range.end)];
}

/** Creates a select element to go to headings and pages; undefined if there are fewer than two. */
function navigationOf(body) {
  const headings = [...body.querySelectorAll('.block-heading')];
  const pages = [...body.querySelectorAll('.block-page')];
  if (headings.length + pages.length < 2) return undefined;
  const targets = new Map();
  const group = (key, nodes, labelOf) => {
    if (nodes.length === 0) return undefined;
    return element('optgroup', { label: text(key), 'data-group': key }, ...nodes.map((node) => {
      const option = element('option', {}, labelOf(node));
      targets.set(option, node);
      return option;
    }));
  };
  const top = Math.min(...headings.map((node) => Number(node.localName[1])));
  const first = element('option', { value: '', 'data-text': 'goTo' }, text('goTo'));
  const select = element('select', { className: 'document-navigation', 'aria-label': text('goTo'), 'data-label': 'goTo' },
    first,
    group('headings', headings, (node) => '\u2003'.repeat(Number(node.localName[1]) - top) + node.textContent),
    group('pages', pages, (node) => node.lastChild.textContent.trim()));
  select.addEventListener('change', () => {
    const node = targets.get(select.selectedOptions[0]);
    select.value = '';
    if (!node) return;
    node.scrollIntoView({ block: 'start' });
    node.focus({ preventScroll: true });
  });
  return select;
}

function blockView({ kind, level, number, text: content }, range) {
  if (kind === 'page') {
    return element('p', { className: 'block-page', tabIndex: -1 },
      element('span', { 'data-text': 'page' }, text('page')), ` ${number}`);
  }
  const nodes = withMark(content, range);
  const tag = kind === 'heading' ? `h${Math.min(level + 2, 6)}` : 'p';
  return element(tag, { className: `block-${kind}`, tabIndex: kind === 'heading' ? -1 : undefined }, ...nodes);
}
