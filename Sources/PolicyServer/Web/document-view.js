import { documentText, Problem } from './api.js';
import { button, element } from './dom.js';
import { blocksOf, find } from './passage.js';
import { text } from './texts.js';

/** The link that opens the document view at a citation's passage. */
export function documentLink({ file_id, filename, quote }) {
  return `#${new URLSearchParams({ document: file_id, name: filename, quote })}`;
}

/** Splits a document's path into its name and the folder it is in. */
export function nameOf(path) {
  const parts = path.split('/');
  return { name: parts.pop(), folder: parts.join(' / ') };
}

/** Shows a document's text beside the conversation, or over it where there is little room, with a passage marked. */
export class DocumentView {
  #panel;
  #others;
  #address;
  #cameFrom;
  #wide = matchMedia('(min-width: 64rem)');

  constructor(panel, others) {
    this.#panel = panel;
    this.#others = others;
    addEventListener('hashchange', () => this.showFromAddress());
    this.#wide.addEventListener('change', () => this.#adapt());
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.close();
    });
  }

  /** Shows what the page's address names, so that a link, a reload and the back button all work. */
  showFromAddress() {
    const wish = new URLSearchParams(location.hash.slice(1));
    if (wish.get('document')) this.#open(wish.get('document'), wish.get('name') ?? '', wish.get('quote') ?? '');
    else this.hide();
  }

  close() {
    history.pushState(null, '', location.pathname + location.search);
    this.hide();
  }

  async #open(fileID, path, quote) {
    if (!this.#panel.contains(document.activeElement)) this.#cameFrom = document.activeElement;
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
    this.#adapt();
    title.focus({ preventScroll: true });
    const nodes = await contentOf(fileID, quote);
    body.replaceChildren(...nodes);
    const places = placesOf(body);
    if (places) close.before(places);
    body.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }

  /** Hides the document; the page's address still names it. */
  hide() {
    if (this.#panel.hidden) return;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
    this.#adapt();
    this.#origin?.focus({ preventScroll: true });
  }

  /** What the document was opened from; after a reload, the link that leads to it. */
  get #origin() {
    if (this.#cameFrom?.isConnected && this.#cameFrom !== document.body) return this.#cameFrom;
    return [...document.querySelectorAll('.source')].findLast((link) => link.hash === this.#address);
  }

  /** Where the document covers the conversation, that cannot be reached meanwhile. */
  #adapt() {
    const covers = !this.#panel.hidden && !this.#wide.matches;
    for (const other of this.#others) other.inert = covers;
  }
}

async function contentOf(fileID, quote) {
  try {
    const blocks = blocksOf(await documentText(fileID));
    const places = find(quote, blocks);
    const nodes = viewsOf(blocks, places);
    return quote && places.length === 0 ? [...passageAlone('passageMissing', quote), ...nodes] : nodes;
  } catch (error) {
    const isGone = error instanceof Problem && error.code === 'file_not_found';
    return passageAlone(isGone ? 'documentGone' : 'documentUnavailable', quote);
  }
}

function passageAlone(key, quote) {
  return [
    stateLine(key),
    ...(quote ? [element('blockquote', {}, element('mark', {}, quote))] : []),
  ];
}

/** A line about the document, in the language in force. */
function stateLine(key) {
  return element('p', { className: 'document-state', 'data-text': key }, text(key));
}

/** Shows blocks: each for itself, but the rows of a table together. */
function viewsOf(blocks, places) {
  const nodes = [];
  let table;
  blocks.forEach((block, index) => {
    const place = places.find((place) => place.block === index);
    if (block.kind !== 'row') {
      nodes.push(blockView(block, place));
      return;
    }
    if (block.isFirst) {
      table = element('table');
      nodes.push(element('div', { className: 'block-table' }, table));
    }
    // The head of a table without names of columns is empty.
    if (!block.isHead || block.text.trim()) table.append(rowView(block, place));
  });
  return nodes;
}

function rowView({ text: words, cells, isHead }, place) {
  return element('tr', {}, ...cells.map(({ start, end }) => {
    const marked = place && { start: Math.max(start, place.start) - start, end: Math.min(end, place.end) - start };
    const content = withMark(words.slice(start, end), marked);
    return isHead ? element('th', { scope: 'col' }, ...content) : element('td', {}, ...content);
  }));
}

/** A text with the part of it marked that a place tells. */
function withMark(words, place) {
  if (!place || place.start >= place.end) return [words];
  return [words.slice(0, place.start), element('mark', {}, words.slice(place.start, place.end)), words.slice(place.end)];
}

/** A choice of headings and pages to go to; undefined where there is but one place. */
function placesOf(body) {
  const headings = [...body.querySelectorAll('.block-heading')];
  const pages = [...body.querySelectorAll('.block-page')];
  if (headings.length + pages.length < 2) return undefined;
  const goals = new Map();
  const group = (key, nodes, nameOf) => {
    if (nodes.length === 0) return undefined;
    return element('optgroup', { label: text(key), 'data-group': key }, ...nodes.map((node) => {
      const option = element('option', {}, nameOf(node));
      goals.set(option, node);
      return option;
    }));
  };
  const top = Math.min(...headings.map((node) => Number(node.localName[1])));
  const first = element('option', { value: '', 'data-text': 'goTo' }, text('goTo'));
  const choice = element('select', { className: 'document-places', 'aria-label': text('goTo'), 'data-label': 'goTo' },
    first,
    group('headings', headings, (node) => '\u2003'.repeat(Number(node.localName[1]) - top) + node.textContent),
    group('pages', pages, (node) => node.lastChild.textContent.trim()));
  choice.addEventListener('change', () => {
    const node = goals.get(choice.selectedOptions[0]);
    choice.value = '';
    if (!node) return;
    node.scrollIntoView({ block: 'start' });
    node.focus({ preventScroll: true });
  });
  return choice;
}

function blockView({ kind, level, number, text: words }, place) {
  if (kind === 'page') {
    return element('p', { className: 'block-page', tabIndex: -1 },
      element('span', { 'data-text': 'page' }, text('page')), ` ${number}`);
  }
  const content = withMark(words, place);
  const tag = kind === 'heading' ? `h${Math.min(level + 2, 6)}` : 'p';
  return element(tag, { className: `block-${kind}`, tabIndex: kind === 'heading' ? -1 : undefined }, ...content);
}
