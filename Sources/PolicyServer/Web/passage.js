/**
 * Reads a document's text into blocks: headings, list items, paragraphs, lines that go on below another, rows of tables,
 * and the beginnings of pages.
 */
export function blocksOf(source) {
  const blocks = [];
  const pages = source.includes('\f');
  let page = 1;
  let goesOn = false;
  if (pages) blocks.push({ kind: 'page', number: page, text: '' });
  for (const line of source.split('\n')) {
    const last = blocks.at(-1);
    if (line === '\f') {
      page += 1;
      // A page without text is not shown.
      if (last?.kind === 'page') blocks.pop();
      blocks.push({ kind: 'page', number: page, text: '' });
    } else if (last?.kind === 'row' && goesOn && /^\|(?: --- \|)+$/.test(line)) {
      last.isHead = true;
    } else if (/^\|.*\|$/.test(line)) {
      blocks.push({ kind: 'row', isFirst: last?.kind !== 'row' || !goesOn, ...rowOf(line) });
    } else if (line.trim()) {
      blocks.push(blockOf(line, goesOn));
    }
    goesOn = line.trim() !== '';
  }
  return blocks;
}

/** A row's text, and where in it each of its cells stands. */
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

function blockOf(line, goesOn) {
  const heading = line.match(/^(#{1,6})\s+(.*)$/);
  if (heading) return { kind: 'heading', level: heading[1].length, text: heading[2] };
  const item = line.match(/^\s*[-*•]\s+(.*)$/);
  if (item) return { kind: 'item', text: item[1] };
  return { kind: goesOn ? 'line' : 'paragraph', text: line.trim() };
}

/** The fewest words that are enough to tell a place. */
const fewestWords = 3;

/**
 * Finds a quote in blocks by its words, whatever stands between them, and shortened at its ends as it may be.
 *
 * Returns the places, `{ block, start, end }`, in order; none where it is not there.
 */
export function find(quote, blocks) {
  const places = findWords(quote, blocks);
  // A row of a table may be told with the names of its columns.
  return places.length > 0 ? places : findWords(quote.replace(/(^|; )[^:;\n]*: /gm, '$1'), blocks);
}

function findWords(quote, blocks) {
  const wanted = wordsOf(quote).map(({ word }) => word);
  const all = blocks.flatMap((block, index) => wordsOf(block.text).map((word) => ({ ...word, block: index })));
  const run = longestCommonRun(all.map(({ word }) => word), wanted);
  if (run.length < Math.min(fewestWords, wanted.length) || run.length === 0) return [];
  const places = new Map();
  for (const { block, start, end } of all.slice(run.start, run.start + run.length)) {
    const place = places.get(block);
    if (place) place.end = end;
    else places.set(block, { block, start, end });
  }
  for (const place of places.values()) place.end += closingMark(blocks[place.block].text, place.end);
  return [...places.values()];
}

function wordsOf(text) {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** A full stop belongs to the words before it. */
function closingMark(text, end) {
  return text.slice(end).match(/^[.!?:;,)%€“”"]*/u)[0].length;
}

/** Finds the longest run of words that two texts share: where it begins in the first, and its length. */
function longestCommonRun(all, wanted) {
  let best = { start: 0, length: 0 };
  // For each wanted word, the length of the run that ends with it and with the word at hand.
  const lengths = new Uint32Array(wanted.length + 1);
  for (let place = 0; place < all.length; place += 1) {
    for (let index = wanted.length; index > 0; index -= 1) {
      const length = all[place] === wanted[index - 1] ? lengths[index - 1] + 1 : 0;
      lengths[index] = length;
      if (length > best.length) best = { start: place - length + 1, length };
    }
  }
  return best;
}
