/**
 * Every error that WhatsApp may answer a send with, or report later in a `failed` status: what it means in plain
 * words and what is to be done. Branch on the code, as HTTP says 400 even for throttling (Meta, "Error codes").
 */

export type Action =
  /** Everything on this number waits and goes slower. */
  | 'slowDown'
  /** WhatsApp is in trouble for a moment: the same again. */
  | 'retry'
  /** The same once more, then give up. */
  | 'retryOnce'
  /** Too much to one citizen: wait 4^n seconds, for that citizen only. */
  | 'retryPair'
  /** Not before a day has passed. */
  | 'retryLater'
  /** The 24-hour window has closed: only an approved template may go out. */
  | 'template'
  /** WhatsApp does not reach this citizen: another channel. */
  | 'unreachable'
  /** The citizen wants no marketing: record it. */
  | 'optedOut'
  /** This needs the phone number, and only a BSUID is known: ask for it. */
  | 'askPhone'
  /** This form of the message cannot go out: use a plainer one, and tell an operator. */
  | 'fallBack'
  /** Nothing to be done and nobody to be told. */
  | 'drop'
  /** Our program made a request that can never work. */
  | 'bug'
  /** Nothing goes out before a person acts. */
  | 'operator';

export interface Remedy {
  readonly action: Action;
  /** For an operator, in plain words. */
  readonly meaning: string;
}

/** An error that Meta answered with. `details` is Meta's text, without numbers, ids and tokens. */
export interface GraphError {
  /** Missing when the answer came from something before the Graph API, e.g. a proxy. */
  readonly code?: number;
  readonly httpStatus: number;
  readonly details: string;
  readonly remedy: Remedy;
  /** How long Meta asked us to wait, where it did. */
  readonly retryAfterMs?: number;
  /** What Meta's support asks for. */
  readonly traceId?: string;
}

interface Row extends Remedy {
  readonly codes: readonly (number | readonly [from: number, to: number])[];
  /** Meta's HTTP status where it is not 400. */
  readonly http?: number;
}

/** Meta, "Error codes" (copies of March to May 2026). */
export const errorTable: readonly Row[] = [
  { codes: [4, 80007], action: 'slowDown', meaning: 'The account has made too many requests; wait.' },
  { codes: [130429], action: 'slowDown', meaning: 'The number sends faster than WhatsApp allows; wait.' },
  {
    codes: [131056],
    action: 'retryPair',
    meaning: 'Too many messages to one citizen in a short time; wait.',
  },
  { codes: [1, 2], http: 500, action: 'retry', meaning: 'The Graph API is down or overloaded for a moment.' },
  { codes: [131000, 131016], http: 500, action: 'retry', meaning: 'WhatsApp has a passing trouble.' },
  {
    codes: [131057],
    http: 500,
    action: 'retry',
    meaning: 'The account is in maintenance for about a minute.',
  },
  { codes: [133004], http: 503, action: 'retry', meaning: 'WhatsApp is unavailable for a moment.' },
  {
    codes: [131053],
    action: 'retryOnce',
    meaning: 'WhatsApp could not take the file, or its type is wrong.',
  },
  {
    codes: [131049],
    action: 'retryLater',
    meaning: 'WhatsApp holds marketing back from this citizen for now; not again within a day.',
  },
  { codes: [131047], action: 'template', meaning: 'The citizen last wrote more than 24 hours ago.' },
  {
    codes: [131026],
    action: 'unreachable',
    meaning: 'The citizen is not on WhatsApp, has an old app, or has not accepted its terms.',
  },
  { codes: [131050], action: 'optedOut', meaning: 'The citizen has stopped marketing messages from us.' },
  {
    codes: [131062],
    action: 'askPhone',
    meaning: 'This kind of message needs the phone number, not a user id.',
  },
  {
    codes: [130472],
    action: 'drop',
    meaning: 'The citizen is in an experiment of Meta; the message is not sent.',
  },
  {
    codes: [132000, 132005, 132012, 132018],
    action: 'fallBack',
    meaning: 'The words that fill a template do not fit it: their number, length or format.',
  },
  {
    codes: [132001],
    http: 404,
    action: 'fallBack',
    meaning: 'The template does not exist in this language or is not approved.',
  },
  { codes: [132007], action: 'fallBack', meaning: "The template's words break a policy of WhatsApp." },
  { codes: [132015], action: 'fallBack', meaning: 'The template is paused because citizens disliked it.' },
  { codes: [132016], action: 'fallBack', meaning: 'The template is disabled for good.' },
  { codes: [132068, 132069], action: 'fallBack', meaning: 'The WhatsApp Flow is blocked or throttled.' },
  {
    codes: [33, 100, 131008, 131009, 131021, 131051],
    action: 'bug',
    meaning: 'WhatsApp did not understand the request; the developers must look.',
  },
  {
    codes: [0, 190],
    http: 401,
    action: 'operator',
    meaning: 'The access token is wrong or has run out; put a new one in place.',
  },
  {
    codes: [3, 10, [200, 299], 131005],
    http: 403,
    action: 'operator',
    meaning: 'The access token lacks a permission.',
  },
  {
    codes: [368, 131031],
    http: 403,
    action: 'operator',
    meaning: 'The account is blocked or locked for a policy.',
  },
  { codes: [130497], http: 403, action: 'operator', meaning: 'The account may not message this country.' },
  {
    codes: [131030],
    action: 'operator',
    meaning: 'A test number may write only to the numbers on its list.',
  },
  { codes: [131037], action: 'operator', meaning: "The number's display name is not approved yet." },
  {
    codes: [131042],
    action: 'operator',
    meaning: 'The payment method of the account has a problem; WhatsApp delivers nothing until it is solved.',
  },
  { codes: [131045, 133010], http: 500, action: 'operator', meaning: 'The number is not registered.' },
  {
    codes: [131048],
    action: 'operator',
    meaning: 'Citizens blocked or reported too many messages; stop campaigns and look at the quality rating.',
  },
  {
    codes: [131064],
    action: 'operator',
    meaning: 'Limited because templates were put in the wrong category.',
  },
  {
    codes: [2046, 2047],
    action: 'drop',
    meaning: 'The order in the chat has ended, or was paid: its card says so by itself.',
  },
  { codes: [134011], action: 'operator', meaning: 'The terms of WhatsApp Payments are not accepted yet.' },
];

const byCode = (code: number): Row | undefined =>
  errorTable.find(({ codes }) =>
    codes.some((known) =>
      typeof known === 'number' ? known === code : code >= known[0] && code <= known[1],
    ),
  );

/** What to do about an error. The code decides; HTTP's status only where the code says nothing. */
export function remedyFor(code: number | undefined, httpStatus?: number): Remedy {
  const row = code === undefined ? undefined : byCode(code);
  if (row !== undefined) return { action: row.action, meaning: row.meaning };
  if (httpStatus === 429) return { action: 'slowDown', meaning: 'WhatsApp wants us to go slower.' };
  if (httpStatus !== undefined && httpStatus >= 500) {
    return { action: 'retry', meaning: 'WhatsApp has a passing trouble.' };
  }
  return { action: 'operator', meaning: 'WhatsApp refused for a reason that is not in our table of errors.' };
}

const final: readonly Action[] = ['unreachable', 'optedOut', 'drop', 'bug', 'operator'];

/** Whether a message that failed with this error may well arrive at another try, or in another form. */
export function mayGoAgain({ action }: Remedy): boolean {
  return !final.includes(action);
}

const second = 1_000;
const day = 86_400 * second;

/**
 * Milliseconds to wait before the next try, or undefined when there is to be none.
 * @param attempt how many tries have failed, from 1
 */
export function backoffMs(
  action: Action,
  attempt: number,
  random: () => number = Math.random,
): number | undefined {
  switch (action) {
    case 'slowDown':
    case 'retry': {
      // The random half keeps many waiting senders from coming back in the same instant.
      const whole = Math.min(2 ** (attempt - 1) * second, 60 * second);
      return Math.round(whole / 2 + (random() * whole) / 2);
    }
    case 'retryPair':
      // 1, 4, 16, 64 … seconds (Meta, "About the platform", section "Pair rate limits").
      return 4 ** Math.min(attempt - 1, 5) * second;
    case 'retryOnce':
      return attempt === 1 ? 2 * second : undefined;
    case 'retryLater':
      return day;
    default:
      return undefined;
  }
}
