import { Problem, Unreachable } from './api.js';
import { text } from './texts.js';

const textsByCode = {
  not_synced: 'notSynced',
  shutting_down: 'restarting',
  turn_lost: 'restarting',
  store_unavailable: 'busy',
  too_many_questions: 'busy',
  upstream_timeout: 'upstreamDown',
  upstream_unavailable: 'upstreamDown',
  user_busy: 'userBusy',
};

const textsByStatus = { 401: 'signedOut', 403: 'forbidden', 429: 'limited', 503: 'busy' };

/** Says what went wrong, in the reader's language. */
export function explain(error) {
  if (error instanceof Unreachable) return text('unreachable');
  if (!(error instanceof Problem)) return text('failed');
  const key = textsByCode[error.code] ?? textsByStatus[error.status];
  if (key) return text(key);
  // What the server says of a question itself is more to the point than anything that is known here.
  if (error.status === 422 && error.detail) return error.detail;
  return error.requestID ? text('failedWithID', { id: error.requestID }) : text('failed');
}
