import { announce } from './announcer.js';
import { AnswerView, QuestionView } from './answer-view.js';
import { numberCode, Unreachable, voice, whenUnauthorized } from './api.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { DocumentView } from './document-view.js';
import { element, icon } from './dom.js';
import { formatted } from './markup.js';
import { Memory } from './memory.js';
import { OptionsDrawer } from './options-drawer.js';
import { explain } from './problems.js';
import { AutoScroller } from './scrolling.js';
import { Session } from './session.js';
import { SignInView } from './sign-in-view.js';
import { Speaker } from './speaker.js';
import { keepDraft, recall, remember, takeDraft, whenChanged } from './storage.js';
import { languageNames, setLanguage, text, translate } from './texts.js';
import { Welcome } from './welcome.js';

const [chat, list, notice, newConversation, askByText, userName, signOut, languageSelect, readAloud, showOptions, roleName] = [
  'chat', 'messages', 'notice', 'new-conversation', 'number-code', 'user-name', 'sign-out', 'language', 'read-aloud',
  'show-options', 'role-name',
].map((id) => document.getElementById(id));
const [bar, skipLink] = ['.bar', '.skip'].map((selector) => document.querySelector(selector));
/** The views of the conversation's messages. */
const views = new Map();
let announcement;
/** The answer that is being read aloud. */
let spoken;
/** The ID of the turn that was last read aloud while its answer came. */
let followed;
let canSpeak = false;

const session = new Session();
const conversation = new Conversation(showMessage);
const speaker = new Speaker();
const composer = new Composer(document.getElementById('composer'), {
  onAsk: ask,
  onStop: () => { speaker.stop(); conversation.stop(); },
  onListen: () => { speaker.stop(); hideNotice(); },
  onProblem: (problem) => showNotice(typeof problem === 'string' ? text(problem) : explain(problem)),
});
const memory = new Memory(() => views.forEach((view, message) => { view.isRemembered = memory.has(message); }));
const options = new OptionsDrawer(document.getElementById('options'), memory, changeRole);
const welcome = new Welcome(document.getElementById('welcome'), ask);
const scroller = new AutoScroller(document.getElementById('scroller'), document.getElementById('to-newest'));
const documentView = new DocumentView(document.getElementById('document'), [chat, bar, skipLink]);
const signInView = new SignInView(document.getElementById('sign-in'), session, showConversation, leaveToSignIn);

/** Shows a new or changed message, or the continuation of its text. */
function showMessage(message, continuation) {
  const view = views.get(message);
  if (view) view.update?.(continuation);
  else append(message);
  updateControls();
  if (message.role === 'assistant') announceAnswer(message);
  if (message.role === 'assistant') readAloudAsItComes(message);
  // The user can correct a question that the server refused.
  if (message.problem?.status === 422) composer.restore(conversation.messages.at(-2).text);
}

function append(message) {
  const onRemember = () => toggleRemembering(message);
  const onListen = canSpeak ? () => toggleListening(message) : undefined;
  const view = message.role === 'user'
    ? new QuestionView(message, { onRemember })
    : new AnswerView(message, { onRetry: retry, onListen, onRemember });
  view.isRemembered = memory.has(message);
  views.set(message, view);
  if (message === spoken) view.isSpeaking = true;
  list.append(view.node);
}

/** Reads an answer aloud from its first sentence on, if answers are to be read and it was not begun. */
function readAloudAsItComes(message) {
  if (!canSpeak || !recall('readAloud') || message.state !== 'coming') return;
  if (!message.turn || message.turn === followed) return;
  followed = message.turn;
  listen(message, (onEnd) => speaker.follow(message.turn, onEnd));
}

/** Reads an answer aloud, or stops. */
function toggleListening(message) {
  if (spoken === message) speaker.stop();
  else listen(message, (onEnd) => speaker.speak(message.text, onEnd));
}

async function listen(message, speak) {
  const show = (isSpeaking) => { if (views.get(message)) views.get(message).isSpeaking = isSpeaking; };
  try {
    const speaking = speak(() => { spoken = undefined; show(false); });
    spoken = message;
    show(true);
    await speaking;
  } catch (error) {
    showNotice(error instanceof DOMException ? text('notPlayed') : explain(error));
  }
}

/** Remembers a message in later conversations, or forgets it. */
async function toggleRemembering(message) {
  hideNotice();
  try {
    await memory.toggle(message, conversation.role);
    announce(text(memory.has(message) ? 'rememberedNow' : 'forgotten'));
  } catch (error) {
    showNotice(explain(error));
  }
}

/** Shows the conversation of the chosen role. */
async function changeRole() {
  await conversation.stop();
  speaker.stop();
  hideNotice();
  conversation.setUser(session.user, options.role);
  try {
    if (await options.hasConversation()) await conversation.load();
  } catch (error) {
    showNotice(explain(error));
  }
  showAllMessages();
}

/** Shows what of speech is available. */
async function loadVoice() {
  const { hearing, speaking } = await voice().catch(() => ({}));
  composer.canHear = hearing === true;
  canSpeak = speaking === true;
  readAloud.hidden = !canSpeak;
}

/** Announces each change of an answer's state, and the text of a complete answer. */
function announceAnswer({ state, text: answer, problem }) {
  const contents = { coming: text('answering'), lost: text('reconnecting'), stopped: text('stopped'), done: answer };
  const content = contents[state] ?? explain(problem);
  if (announcement === content) return;
  announcement = content;
  announce(...formatted(content));
}

function updateControls() {
  const isEmpty = conversation.messages.length === 0;
  welcome.hidden = !isEmpty;
  newConversation.hidden = isEmpty || chat.hidden;
  signOut.hidden = chat.hidden || !session.canSignOut;
  askByText.hidden = chat.hidden || !session.hasTextMessages;
  showOptions.hidden = chat.hidden;
  const role = options.role ?? options.defaultRole;
  roleName.hidden = chat.hidden || !role;
  roleName.textContent = role ? text('inRole', { name: role }) : '';
  userName.hidden = chat.hidden;
  userName.textContent = session.name ?? '';
  skipLink.hidden = chat.hidden;
  readAloud.hidden = chat.hidden || !canSpeak;
  readAloud.setAttribute('aria-pressed', String(recall('readAloud') === true));
  composer.isAnswering = conversation.isAnswering;
  scroller.isOn = !isEmpty;
}

function showAllMessages() {
  views.clear();
  list.replaceChildren();
  conversation.messages.forEach(append);
  updateControls();
  scroller.scrollToEnd();
}

function ask(question) {
  hideNotice();
  speaker.stop();
  conversation.ask(question, options.params);
  scroller.scrollToEnd();
  composer.focus();
}

function retry() {
  conversation.retry();
  // The button with the focus was removed.
  composer.focus();
}

function showNotice(content) {
  notice.hidden = false;
  notice.textContent = content;
}

function hideNotice() {
  notice.hidden = true;
  notice.textContent = '';
}

/** Shows the page in the first supported language. */
function applyLanguage(preferences) {
  languageSelect.value = document.documentElement.lang = setLanguage(preferences);
  translate(document);
  document.title = text('title');
  welcome.render();
  signInView.render();
  options.render();
}

async function start() {
  for (const node of document.querySelectorAll('[data-icon]')) node.append(icon(node.dataset.icon));
  languageSelect.append(...Object.entries(languageNames).map(([value, name]) => element('option', { value }, name)));
  applyLanguage([recall('language'), ...navigator.languages]);
  try {
    await session.load();
  } catch {
    // Loading the conversation fails for the same reason, and shows it.
    session.assumeLastUser();
  }
  if (session.isAuthenticated) await showConversation();
  else showSignIn();
}

/** Shows the conversation of the session's user. */
async function showConversation() {
  signInView.hide();
  chat.hidden = false;
  hideNotice();
  const optionsLoaded = Promise.all([options.load(session.user), memory.load(session.user)]).catch(() => {});
  const suggestions = welcome.load().then(() => undefined, (error) => error);
  await optionsLoaded;
  conversation.setUser(session.user, options.role);
  const voiceLoaded = loadVoice();
  try {
    // The messages of the page are the newest; a question that was refused before signing in is asked again.
    if (conversation.messages.length > 0) conversation.retryUnauthorized();
    else await conversation.restore();
  } catch (error) {
    showNotice(error instanceof Unreachable ? text('offlineHistory') : explain(error));
  }
  await voiceLoaded;
  showAllMessages();
  composer.restore(takeDraft() ?? '');
  documentView.showFromAddress();
  if (!documentView.isOpen) composer.focus();
  // The suggestions are optional, but their error, such as a missing sync, also concerns the answers.
  const failure = await suggestions;
  if (failure) showNotice(explain(failure));
}

/** Leaves the page to sign in elsewhere, and keeps the question that was typed or refused. */
function leaveToSignIn() {
  keepDraft(composer.text || conversation.unauthorizedQuestion);
  session.leaveToSignIn();
}

/** Shows only the form to sign in; `reason` is the key of a text that says why, if there is one. */
function showSignIn(reason) {
  chat.hidden = true;
  speaker.stop();
  composer.discardRecording();
  documentView.hide();
  options.close();
  showAllMessages();
  signInView.show(reason);
  if (reason) announce(text(reason));
}

/** Reloads the session, and shows the form to sign in if it has ended. */
async function reloadSession() {
  const { user } = session;
  await session.load().catch(() => {});
  if (chat.hidden) return;
  if (session.isAuthenticated) {
    if (session.user !== user) await showConversation();
    return;
  }
  // After signing out, in any tab, nothing is kept. If the session has expired, the user may sign in and continue.
  if (!recall('user')) [conversation, options].forEach((part) => part.clear());
  showSignIn('sessionEnded');
}

whenUnauthorized(reloadSession);
// The user has signed in or out in another tab.
whenChanged('user', reloadSession);

languageSelect.addEventListener('change', () => {
  remember('language', languageSelect.value);
  applyLanguage([languageSelect.value]);
  showAllMessages();
});

signOut.addEventListener('click', async () => {
  let url;
  try {
    await conversation.stop();
    url = await session.signOut();
  } catch (error) {
    return showNotice(explain(error));
  }
  conversation.clear();
  options.clear();
  documentView.close();
  showSignIn('hasSignedOut');
  if (url) location.assign(url);
});

readAloud.addEventListener('click', () => {
  remember('readAloud', !recall('readAloud'));
  const newest = conversation.messages.at(-1);
  if (!recall('readAloud')) speaker.stop();
  else if (newest) readAloudAsItComes(newest);
  updateControls();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) speaker.stop();
});

showOptions.addEventListener('click', () => options.open());

askByText.addEventListener('click', async () => {
  try {
    const { code, number, expires_in: seconds } = await numberCode(session.user);
    showNotice(text(number ? 'numberCodeTo' : 'numberCode', { code, number, minutes: Math.floor(seconds / 60) }));
  } catch (error) {
    showNotice(explain(error));
  }
});

newConversation.addEventListener('click', async () => {
  if (!confirm(text('newConversationSure'))) return;
  try {
    speaker.stop();
    await conversation.forget();
    hideNotice();
    announce();
  } catch (error) {
    showNotice(explain(error));
  }
  showAllMessages();
  composer.focus();
});

start();
