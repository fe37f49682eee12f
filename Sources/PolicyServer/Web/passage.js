/**
 * Parses a document's text into blocks: headings, list items, paragraphs, their further lines, rows of tables, and the
 * beginnings of pages.
 */
export function blocksOf(source) {
  const blocks = [];
  const hasPages = source.includes('\f');
  let page = 1;
  let continues = false;
  if (hasPages) blocks.push({ kind: 'page', number: page, text: '' });
  for (const line of source.split('\n')) {
    const last = blocks.at(-1);
    if (line === '\f') {
      page += 1;
      // Skips a page without text.
      if (last?.kind === 'page') blocks.pop();
      blocks.push({ kind: 'page', number: page, text: '' });
    } else if (last?.kind === 'row' && continues && /^\|(?: --- \|)+$/.test(line)) {
      last.isHead = true;
    } else if (/^\|.*\|$/.test(line)) {
      blocks.push({ kind: 'row', isFirst: last?.kind !== 'row' || !continues, ...rowOf(line) });
    } else if (line.trim()) {
      blocks.push(blockOf(line, continues));
    }
    continues = line.trim() !== '';
  }
  return blocks;
}

/** Returns the text of a row, and the range of each cell in it. */
function rowOf(line) {
  const cells = [];
  let text = '';
  for (const cell of line.slice(1, -1).split(/(?<!\\)\|/)) {
    const words = cell.trim().replaceAll('\\|', '|');
    cells.push({ start: text.length, end: text.length + words.length });
    text += `${words} `;
  }
  return { text, cells };
}

function blockOf(line, continues) {
  const heading = line.match(/^(#{1,6})\s+(.*)$/);
  if (heading) return { kind: 'heading', level: heading[1].length, text: heading[2] };
  const item = line.match(/^\s*[-*•]\s+(.*)$/);
  if (item) return { kind: 'item', text: item[1] };
  return { kind: continues ? 'line' : 'paragraph', text: line.trim() };
}

/** The minimum number of words that identify a passage. */
const minimumWords = 3;

/**
 * Finds a quote in blocks by its words, regardless of punctuation and of words that are missing at its ends.
 *
 * Returns the ranges `{ block, start, end }` in order; none if the quote is not found.
 */
export function findQuote(quote, blocks) {
  const ranges = findWords(quote, blocks);
  // The quote of a table's row may contain the names of the columns.
  return ranges.length > 0 ? ranges : findWords(quote.replace(/(^|; )[^:;\n]*: /gm, '$1'), blocks);
}

function findWords(quote, blocks) {
  const wanted = wordsOf(quote).map(({ word }) => word);
  const all = blocks.flatMap((block, index) => wordsOf(block.text).map((word) => ({ ...word, block: index })));
  const run = longestCommonRun(all.map(({ word }) => word), wanted);
  if (run.length < Math.min(minimumWords, wanted.length) || run.length === 0) return [];
  const ranges = new Map();
  for (const { block, start, end } of all.slice(run.start, run.start + run.length)) {
    const range = ranges.get(block);
    if (range) range.end = end;
    else ranges.set(block, { block, start, end });
  }
  for (const range of ranges.values()) range.end += closingPunctuation(blocks[range.block].text, range.end);
  return [...ranges.values()];
}

function wordsOf(text) {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Returns the length of the punctuation that belongs to the words before it. */
function closingPunctuation(text, end) {
  return text.slice(end).match(/^[.!?:;,)%€“”"]*/u)[0].length;
}

/** Finds the longest run of words that two texts share: its start in the first text, and its length. */
function longestCommonRun(all, wanted) {
  let best = { start: 0, length: 0 };
  // For each wanted word, the length of the common run that ends with it and with the current word.
  const lengths = new Uint32Array(wanted.length + 1);
  for (let position = 0; position < all.length; position += 1) {
    for (let index = wanted.length; index > 0; index -= 1) {
      const length = all[position] === wanted[index - 1] ? lengths[index - 1] + 1 : 0;
      lengths[index] = length;
      if (length > best.length) best = { start: position - length + 1, length };
    }
  }
  return best;
}
