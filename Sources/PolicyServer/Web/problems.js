import { Problem, Unreachable } from './api.js';
import { text } from './texts.js';

const textsByCode = {
  audio_too_long: 'recordingRefused',
  cookie_refused: 'cookieRefused',
  csrf_token_invalid: 'sessionChanged',
  invalid_audio: 'recordingRefused',
  invalid_credentials: 'wrongPassword',
  message_not_found: 'messageGone',
  thread_not_found: 'messageGone',
  too_many_roles: 'tooManyRoles',
  too_much_remembered: 'memoryFull',
  key_refused: 'wrongKey',
  not_synced: 'notSynced',
  program_key: 'programKey',
  role_not_found: 'roleGone',
  shutting_down: 'restarting',
  turn_lost: 'restarting',
  sign_in_busy: 'busy',
  store_unavailable: 'busy',
  token_refused: 'wrongToken',
  too_many_questions: 'busy',
  unsupported_audio: 'recordingRefused',
  unsupported_language: 'recordingRefused',
  upstream_timeout: 'upstreamDown',
  upstream_unavailable: 'upstreamDown',
  user_busy: 'userBusy',
  vector_store_lost: 'documentsLost',
  voice_unavailable: 'voiceUnavailable',
};

const textsByStatus = { 401: 'signedOut', 403: 'forbidden', 429: 'limited', 503: 'busy' };

/** Describes an error in the current language. */
export function explain(error) {
  if (error instanceof Unreachable) return text('unreachable');
  if (!(error instanceof Problem)) return text('failed');
  if (error.code === 'too_many_attempts') return text('tooManyAttempts', { minutes: minutesUntil(error.notBefore) });
  if (error.code === 'invalid_field' && error.field === 'message') return text('questionTooLong');
  const key = textsByCode[error.code] ?? textsByStatus[error.status];
  if (key) return text(key);
  // The server's detail about an invalid question is more specific than any text of the page.
  if (error.status === 422 && error.detail) return error.detail;
  return error.requestID ? text('failedWithID', { id: error.requestID }) : text('failed');
}

function minutesUntil(time) {
  return Math.max(1, Math.ceil((time - Date.now()) / 60_000));
}
