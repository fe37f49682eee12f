// All that the page says, in each language it speaks. To add a language, add its texts here.

const languages = {
  en: {
    languageName: 'English',
    language: 'Language',
    title: 'Policy assistant',
    skipToQuestion: 'Skip to the question',
    newConversation: 'New conversation',
    newConversationSure: 'Forget this conversation, here and on the server?',
    conversation: 'Conversation',
    greeting: 'Hello! What would you like to know?',
    introduction: 'I answer from the company’s own policies, and show where each answer comes from.',
    suggestions: 'You could ask',
    suggestion: 'What does “{title}” say about “{heading}”?',
    question: 'Your question',
    placeholder: 'Ask about a policy',
    send: 'Send the question',
    stop: 'Stop answering',
    toNewest: 'Go to the newest message',
    smallPrint: 'Answers can be wrong; what counts is the source.',
    youAsked: 'You asked',
    answer: 'Answer',
    answering: 'Answering',
    sources: 'Sources',
    openSource: 'Open {name} at this passage',
    copy: 'Copy',
    copied: 'Copied',
    retry: 'Try again',
    retryIn: 'Try again in {seconds} s',
    stopped: 'You stopped this answer.',
    reconnecting: 'The connection was lost. Trying again…',
    asking: 'The server cannot be reached yet. Trying again…',
    document: 'Document',
    loadingDocument: 'Opening the document…',
    closeDocument: 'Close the document',
    passageMissing: 'The passage could not be found in the document’s text. It reads:',
    documentGone: 'This document has been replaced or removed since. The answer rested on this passage:',
    documentUnavailable: 'The document cannot be shown now. The answer rested on this passage:',
    signedOut: 'You are signed out. Sign in to go on.',
    forbidden: 'You are not allowed to see this.',
    limited: 'You have asked many questions in a short time. Please wait a moment.',
    busy: 'There is much to do right now. Please try again shortly.',
    userBusy: 'Earlier questions of yours are still being answered. Please try again shortly.',
    upstreamDown: 'The answering service cannot be reached right now. Please try again shortly.',
    notSynced: 'No documents have been loaded yet. Whoever runs this assistant has to sync them first.',
    restarting: 'The server is restarting. Please try again shortly.',
    unreachable: 'The server cannot be reached. Check your connection and try again.',
    failed: 'Something went wrong. Please try again.',
    failedWithID: 'Something went wrong. Please try again. If it happens again, tell the operator this number: {id}',
    offlineHistory: 'The server cannot be reached; this is what this browser remembers.',
  },
  de: {
    languageName: 'Deutsch',
    language: 'Sprache',
    title: 'Richtlinien-Assistent',
    skipToQuestion: 'Zur Frage springen',
    newConversation: 'Neues Gespräch',
    newConversationSure: 'Dieses Gespräch hier und auf dem Server vergessen?',
    conversation: 'Gespräch',
    greeting: 'Hallo! Was möchten Sie wissen?',
    introduction: 'Ich antworte aus den Richtlinien der Firma und zeige, woher jede Antwort stammt.',
    suggestions: 'Fragen Sie zum Beispiel',
    suggestion: 'Was steht in „{title}“ zu „{heading}“?',
    question: 'Ihre Frage',
    placeholder: 'Nach einer Richtlinie fragen',
    send: 'Frage senden',
    stop: 'Antwort anhalten',
    toNewest: 'Zur neuesten Nachricht',
    smallPrint: 'Antworten können falsch sein; es gilt die Quelle.',
    youAsked: 'Sie haben gefragt',
    answer: 'Antwort',
    answering: 'Die Antwort kommt',
    sources: 'Quellen',
    openSource: '{name} an dieser Stelle öffnen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    retry: 'Noch einmal',
    retryIn: 'Noch einmal in {seconds} s',
    stopped: 'Sie haben diese Antwort angehalten.',
    reconnecting: 'Die Verbindung ist abgebrochen. Neuer Versuch …',
    asking: 'Der Server ist noch nicht erreichbar. Neuer Versuch …',
    document: 'Dokument',
    loadingDocument: 'Das Dokument wird geöffnet …',
    closeDocument: 'Dokument schließen',
    passageMissing: 'Die Stelle ist im Text des Dokuments nicht zu finden. Sie lautet:',
    documentGone: 'Dieses Dokument wurde inzwischen ersetzt oder entfernt. Die Antwort stützte sich auf diese Stelle:',
    documentUnavailable: 'Das Dokument lässt sich gerade nicht zeigen. Die Antwort stützte sich auf diese Stelle:',
    signedOut: 'Sie sind abgemeldet. Melden Sie sich an, um weiterzumachen.',
    forbidden: 'Sie dürfen das nicht sehen.',
    limited: 'Sie haben in kurzer Zeit viele Fragen gestellt. Bitte warten Sie einen Moment.',
    busy: 'Gerade ist viel zu tun. Bitte versuchen Sie es gleich noch einmal.',
    userBusy: 'Frühere Fragen von Ihnen werden noch beantwortet. Bitte versuchen Sie es gleich noch einmal.',
    upstreamDown: 'Der Antwortdienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
    notSynced: 'Es sind noch keine Dokumente geladen. Wer diesen Assistenten betreibt, muss sie erst synchronisieren.',
    restarting: 'Der Server startet neu. Bitte versuchen Sie es gleich noch einmal.',
    unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
    failed: 'Etwas ist schiefgegangen. Bitte versuchen Sie es noch einmal.',
    failedWithID: 'Etwas ist schiefgegangen. Bitte versuchen Sie es noch einmal. Geschieht es wieder, nennen Sie dem Betreiber diese Nummer: {id}',
    offlineHistory: 'Der Server ist nicht erreichbar; das hier hat sich dieser Browser gemerkt.',
  },
};

let current = 'en';

/** The languages, by their codes, each with its own name. */
export const languageNames = Object.fromEntries(
  Object.entries(languages).map(([code, texts]) => [code, texts.languageName]),
);

/** Chooses the first of some languages that the page speaks. */
export function chooseLanguage(wishes) {
  current = wishes.map((wish) => wish?.slice(0, 2).toLowerCase()).find((code) => languages[code]) ?? 'en';
  return current;
}

/** Returns a text in the language chosen, with values in the places that name them. */
export function text(key, values = {}) {
  return languages[current][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Fills in the texts of a part of the page that names them by attributes. */
export function translate(root) {
  for (const node of root.querySelectorAll('[data-text]')) node.textContent = text(node.dataset.text);
  for (const node of root.querySelectorAll('[data-label]')) node.setAttribute('aria-label', text(node.dataset.label));
  for (const node of root.querySelectorAll('[data-placeholder]')) node.placeholder = text(node.dataset.placeholder);
}
