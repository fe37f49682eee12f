import { element } from './dom.js';

/**
 * Makes nodes of an answer's text: paragraphs, lists, tables, and words that are bold, slanted or code; whatever else
 * there is stays text.
 */
export function formatted(source) {
  const nodes = [];
  const lines = source.split('\n');
  let list;
  let paragraph;
  while (lines.length > 0) {
    if (isTable(lines)) {
      nodes.push(takeTable(lines));
      list = paragraph = undefined;
      continue;
    }
    const line = lines.shift();
    const item = line.match(/^\s*(?:([-*•])|(\d{1,3})[.)])\s+(.*)$/);
    const heading = line.match(/^#{1,6}\s+(.*)$/);
    if (item) {
      const tag = item[1] ? 'ul' : 'ol';
      if (list?.localName !== tag) nodes.push((list = element(tag, item[2] ? { start: Number(item[2]) } : {})));
      list.append(element('li', {}, ...inline(item[3])));
      paragraph = undefined;
      continue;
    }
    if (!line.trim()) {
      paragraph = undefined;
      continue;
    }
    list = undefined;
    if (heading) {
      nodes.push(element('p', {}, element('strong', {}, heading[1])));
      paragraph = undefined;
    } else if (paragraph) {
      paragraph.append(element('br'), ...inline(line));
    } else {
      nodes.push((paragraph = element('p', {}, ...inline(line))));
    }
  }
  return nodes;
}

/** Whether lines begin with a row of cells and a line that sets it off. */
function isTable([heads, rule]) {
  return heads.includes('|') && rule?.includes('|') && /^[\s|:-]*-[\s|:-]*$/.test(rule);
}

/** Takes a table off the beginning of lines. */
function takeTable(lines) {
  const heads = cellsOf(lines.shift());
  lines.shift();
  const rows = [];
  while (lines[0]?.includes('|')) rows.push(cellsOf(lines.shift()));
  const row = (tag, cells, settings) => element('tr', {}, ...cells.map((cell) => element(tag, settings, ...inline(cell))));
  return element('table', {},
    element('thead', {}, row('th', heads, { scope: 'col' })),
    element('tbody', {}, ...rows.map((cells) => row('td', cells))));
}

function cellsOf(line) {
  return line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
}

const tags = { '**': 'strong', '*': 'em', '`': 'code' };

function inline(line) {
  // Every fourth part stands between the others; the marks and the marked words are in the groups.
  const parts = line.split(/(\*\*|`|(?<![\p{L}\p{N}*])\*)(?=\S)(.+?)(?<=\S)(\1)(?![\p{N}*])/u);
  return parts.flatMap((part, place) => {
    if (place % 4 === 0) return part ? [part] : [];
    return place % 4 === 2 ? [element(tags[parts[place - 1]], {}, part)] : [];
  });
}
