import { element } from './dom.js';

/** Makes nodes of an answer's text: paragraphs, lists and bold words; whatever else there is stays text. */
export function formatted(source) {
  const nodes = [];
  let list;
  let paragraph;
  for (const line of source.split('\n')) {
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

function inline(line) {
  return line.split(/\*\*(.+?)\*\*/g).map((part, place) => (place % 2 ? element('strong', {}, part) : part));
}
