// Creates the page's nodes. Text becomes text nodes, never markup.

/** Creates an element with attributes, properties, event listeners (`on`) and children; undefined ones are skipped. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name in node) {
      node[name] = value;
    } else {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

const paths = {
  bookmark: 'M7 4.5h10a.5.5 0 0 1 .5.5v15l-5.5-4-5.5 4V5a.5.5 0 0 1 .5-.5z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  compose: 'M12 5H7a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-5M10.5 13.5l.6-2.7L18.6 3.3a1.5 1.5 0 0 1 2.1 2.1l-7.5 7.5z',
  copy: 'M9 9V6a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-3M6 9h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z',
  document: 'M7 3.5h7l4.5 4.5v12.5H7zM14 3.5V8h4.5M10 12.5h5.5M10 16.2h4',
  down: 'M12 5v14M6 13l6 6 6-6',
  leave: 'M10 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H10M15 8l4 4-4 4M19 12H10',
  microphone: 'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5.4a2.8 2.8 0 0 1-5.6 0V6.3A2.8 2.8 0 0 1 12 3.5zM5.8 11.5a6.2 6.2 0 0 0 12.4 0M12 17.7v3M9 20.7h6',
  phone: 'M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM11 17.5h2',
  question: 'M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17zM9.6 9.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.5v.3M12 16.6v.1',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4.5H15',
  sliders: 'M4 7.5h9M18.5 7.5H20M4 16.5h2.5M12 16.5h8M15.7 5.2a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 0 1 0-4.6zM9.2 14.2a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 0 1 0-4.6z',
  speaker: 'M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11',
  stop: 'M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z',
  up: 'M12 19V5M6 11l6-6 6 6',
  warning: 'M12 8.5v4.5M12 16.4v.1M10.4 4.9L3.3 17.2A1.9 1.9 0 0 0 4.9 20h14.2a1.9 1.9 0 0 0 1.6-2.8L13.6 4.9a1.9 1.9 0 0 0-3.2 0z',
};

/** Creates an icon, which is hidden from screen readers. */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/** Creates a button with an icon and a label. */
export function button(name, label, onClick, className = 'quiet-button') {
  return element('button', { type: 'button', className, on: { click: onClick } }, icon(name), element('span', {}, label));
}
