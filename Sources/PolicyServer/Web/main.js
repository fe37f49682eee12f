import { announce } from './announcer.js';
import { AnswerView, questionView } from './answer-view.js';
import { Unreachable, whenRefused } from './api.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { DocumentView } from './document-view.js';
import { element, icon } from './dom.js';
import { formatted } from './markup.js';
import { explain } from './problems.js';
import { Follower } from './scrolling.js';
import { Session } from './session.js';
import { SignInView } from './sign-in-view.js';
import { recall, remember, whenChanged } from './storage.js';
import { chooseLanguage, languageNames, text, translate } from './texts.js';
import { Welcome } from './welcome.js';

const [chat, list, notice, newConversation, who, signOut, language] = [
  'chat', 'messages', 'notice', 'new-conversation', 'who', 'sign-out', 'language',
].map((id) => document.getElementById(id));
const views = new Map();
let announced;

const session = new Session();
const conversation = new Conversation(show);
const composer = new Composer(document.getElementById('composer'), { onAsk: ask, onStop: () => conversation.stop() });
const welcome = new Welcome(document.getElementById('welcome'), ask);
const follower = new Follower(document.getElementById('scroller'), document.getElementById('to-newest'));
const documentView = new DocumentView(
  document.getElementById('document'), [chat, document.querySelector('.bar'), document.querySelector('.skip')]);
const signInView = new SignInView(document.getElementById('sign-in'), session, enter);

/** Shows a message that is new, or has changed, or whose text was continued by a piece. */
function show(message, piece) {
  const view = views.get(message);
  if (view) view.update?.(piece);
  else append(message);
  showState();
  if (message.role === 'assistant') tell(message);
  // What was wrong with it may be mended.
  if (message.problem?.status === 422) composer.giveBack(conversation.messages.at(-2).text);
}

function append(message) {
  const view = message.role === 'user'
    ? { node: questionView(message) }
    : new AnswerView(message, retry);
  views.set(message, view);
  list.append(view.node);
}

/** Has an answer's state read out where it is another, and the answer itself once it is whole. */
function tell({ state, text: answer, problem }) {
  const words = { coming: text('answering'), lost: text('reconnecting'), stopped: text('stopped'), done: answer }[state]
    ?? explain(problem);
  if (announced === words) return;
  announced = words;
  announce(...formatted(words));
}

function showState() {
  const isEmpty = conversation.messages.length === 0;
  document.getElementById('welcome').hidden = !isEmpty;
  newConversation.hidden = isEmpty || chat.hidden;
  signOut.hidden = chat.hidden || session.way === 'none';
  who.hidden = chat.hidden;
  who.textContent = session.name ?? '';
  document.querySelector('.skip').hidden = chat.hidden;
  composer.isAnswering = conversation.isAnswering;
  follower.isOn = !isEmpty;
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

function retry() {
  conversation.retry();
  // The button that had the focus is gone.
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
  signInView.speak();
}

async function start() {
  for (const node of document.querySelectorAll('[data-icon]')) node.append(icon(node.dataset.icon));
  language.append(...Object.entries(languageNames).map(([value, name]) => element('option', { value }, name)));
  speak([recall('language'), ...navigator.languages]);
  try {
    await session.load();
  } catch {
    // Whatever is in the way, the conversation meets it as well, and says so.
    session.assume();
  }
  if (session.isKnown) await enter();
  else shutOut();
}

/** Shows the conversation of whoever is known now. */
async function enter() {
  signInView.hide();
  chat.hidden = false;
  warn();
  conversation.belongTo(session.user);
  const suggestions = welcome.load();
  try {
    // What is still here is the newest there is; and the question that was refused is asked again.
    if (conversation.messages.length > 0) conversation.retryRefused();
    else await conversation.restore();
  } catch (error) {
    warn(error instanceof Unreachable ? text('offlineHistory') : explain(error));
  }
  showAll();
  documentView.showFromAddress();
  if (document.getElementById('document').hidden) composer.focus();
  // Without suggestions the page is whole; what is in the way of answers has to be known before one is asked for.
  await suggestions.catch((error) => warn(explain(error)));
}

/** Shows nothing but where to sign in, with words on why. */
function shutOut(words) {
  chat.hidden = true;
  documentView.hide();
  showAll();
  signInView.show(words);
  if (words) announce(text(words));
}

/** Finds out whether this is still who it was, and asks to sign in where it is not. */
async function lookAgain() {
  const { user } = session;
  await session.load().catch(() => {});
  if (chat.hidden) return;
  if (session.isKnown) {
    if (session.user !== user) await enter();
    return;
  }
  // Whoever signed out, in whichever tab, leaves nothing behind; who was signed out may want to go on.
  if (!recall('user')) conversation.forgetHere();
  shutOut('sessionEnded');
}

whenRefused(lookAgain);
// What another tab has done about it holds here as well.
whenChanged('user', lookAgain);

language.addEventListener('change', () => {
  remember('language', language.value);
  speak([language.value]);
  showAll();
});

signOut.addEventListener('click', async () => {
  try {
    await conversation.stop();
    await session.signOut();
  } catch (error) {
    return warn(explain(error));
  }
  conversation.forgetHere();
  documentView.close();
  shutOut('hasSignedOut');
});

newConversation.addEventListener('click', async () => {
  if (!confirm(text('newConversationSure'))) return;
  try {
    await conversation.forget();
    warn();
    announce();
  } catch (error) {
    warn(explain(error));
  }
  showAll();
  composer.focus();
});

start();
