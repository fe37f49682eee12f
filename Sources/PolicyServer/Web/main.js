import { AnswerView, questionView } from './answer-view.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { DocumentView } from './document-view.js';
import { element, icon } from './dom.js';
import { explain } from './problems.js';
import { Follower } from './scrolling.js';
import { recall, remember, userID } from './storage.js';
import { chooseLanguage, languageNames, text, translate } from './texts.js';
import { Unreachable } from './api.js';
import { Welcome } from './welcome.js';

const [list, status, notice, newConversation, language] = ['messages', 'status', 'notice', 'new-conversation', 'language']
  .map((id) => document.getElementById(id));
const views = new Map();

const conversation = new Conversation(userID(), show);
const composer = new Composer(document.getElementById('composer'), { onAsk: ask, onStop: () => conversation.stop() });
const welcome = new Welcome(document.getElementById('welcome'), ask);
const follower = new Follower(document.getElementById('scroller'), document.getElementById('to-newest'));
const documentView = new DocumentView(document.getElementById('document'), [
  document.getElementById('chat'), document.querySelector('.bar'),
]);

/** Shows a message that is new or has changed. */
function show(message) {
  const view = views.get(message);
  if (view) view.update?.();
  else append(message);
  showState();
  if (message.role === 'assistant') announce(message);
}

function append(message) {
  const view = message.role === 'user'
    ? { node: questionView(message) }
    : new AnswerView(message, () => conversation.retry());
  views.set(message, view);
  list.append(view.node);
}

/** Tells a screen reader what a look at the page tells everybody else. */
function announce({ state, text: answer, problem }) {
  const words = { coming: text('answering'), lost: text('reconnecting'), stopped: text('stopped'), done: answer }[state]
    ?? explain(problem);
  if (status.textContent !== words) status.textContent = words;
}

function showState() {
  const isEmpty = conversation.messages.length === 0;
  document.getElementById('welcome').hidden = !isEmpty;
  newConversation.hidden = isEmpty;
  composer.isAnswering = conversation.isAnswering;
}

function showAll() {
  views.clear();
  list.replaceChildren();
  conversation.messages.forEach(append);
  showState();
  follower.goToEnd();
}

function ask(question) {
  warn();
  conversation.ask(question);
  follower.goToEnd();
  composer.focus();
}

/** Shows what stands in the way; nothing where nothing does. */
function warn(words) {
  notice.hidden = !words;
  notice.textContent = words ?? '';
}

function speak(wishes) {
  language.value = document.documentElement.lang = chooseLanguage(wishes);
  translate(document);
  document.title = text('title');
  welcome.show();
}

async function start() {
  for (const node of document.querySelectorAll('[data-icon]')) node.append(icon(node.dataset.icon));
  language.append(...Object.entries(languageNames).map(([value, name]) => element('option', { value }, name)));
  speak([recall('language'), ...navigator.languages]);
  documentView.showFromAddress();
  const suggestions = welcome.load();
  try {
    await conversation.restore();
  } catch (error) {
    warn(error instanceof Unreachable ? text('offlineHistory') : explain(error));
  }
  showAll();
  if (document.getElementById('document').hidden) composer.focus();
  // Without suggestions the page is whole; what is in the way of answers has to be known before one is asked for.
  await suggestions.catch((error) => warn(explain(error)));
}

language.addEventListener('change', () => {
  remember('language', language.value);
  speak([language.value]);
  showAll();
});

newConversation.addEventListener('click', async () => {
  if (!confirm(text('newConversationSure'))) return;
  try {
    await conversation.forget();
    warn();
  } catch (error) {
    warn(explain(error));
  }
  showAll();
  composer.focus();
});

start();
