/**
 * Knows another machine by what it writes: an auto-reply says the same again and again, a bot sends our own words back, and
 * neither makes sense to us. Two machines would talk for ever, and each of our messages costs money.
 */
import type { HeardMessage } from '../../domain/conversation/inbound.ts';

export interface TextsHeard {
  /** The latest texts, oldest first, each with how often it came and when last: seconds since 1970. */
  readonly latest: readonly { readonly text: string; readonly times: number; readonly at: number }[];
  /** Texts in a row in which there was nothing to understand. */
  readonly senseless: number;
  /** How the last message that we sent begins, where that is known. */
  readonly ours?: string;
}

export const noTexts: TextsHeard = { latest: [], senseless: 0 };

/** Answers that the same text gets, and texts without sense in a row. */
const answersToSame = 3;
const answersToSenseless = 5;
/** Texts are compared by their beginning; a machine that takes turns between a few is known as well. */
const comparedLength = 200;
const comparedTexts = 4;
/** What is shorter may be typed by a person again and again: the name of a service, a greeting. */
const shortLength = 24;
/** Seconds within which the same text counts as the same. */
const sameWithin = { short: 60, long: 3_600 } as const;

/**
 * Takes in what came, and says whether it is left without an answer.
 * @param isOffered whether it is one of the choices that we offered
 */
export function hearText(
  heard: TextsHeard,
  { content, meaning, sentAt }: HeardMessage,
  isOffered: boolean,
): { readonly texts: TextsHeard; readonly isMachine: boolean } {
  const said = content.kind === 'text' ? content.text.slice(0, comparedLength) : undefined;
  const { ours } = heard;
  // Whoever taps, or sends a picture, is a person.
  if (said === undefined) return { texts: { ...noTexts, ours }, isMachine: false };
  if (ours !== undefined && said.includes(ours)) return { texts: heard, isMachine: true };
  const isShort = said.length <= shortLength;
  // Counters and clocks change in the text of a machine; in the words of a person, the number of an account.
  const text = isShort || meaning?.numbers ? said : said.replace(/\p{Nd}+/gu, '0');
  const before = (isShort ? heard.latest.slice(-1) : heard.latest).find((each) => each.text === text);
  const within = isShort ? sameWithin.short : sameWithin.long;
  const times = before && sentAt - before.at <= within ? before.times + 1 : 1;
  const latest = [...heard.latest.filter((each) => each.text !== text), { text, times, at: sentAt }];
  const senseless = isOffered || hasSense(meaning) ? 0 : heard.senseless + 1;
  return {
    texts: { latest: latest.slice(-comparedTexts), senseless, ours },
    isMachine: times > answersToSame || senseless > answersToSenseless,
  };
}

function hasSense({
  writtenIn: _,
  label: __,
  ...understood
}: NonNullable<HeardMessage['meaning']> = {}): boolean {
  return Object.values<unknown>(understood).some((part) => part !== undefined);
}
