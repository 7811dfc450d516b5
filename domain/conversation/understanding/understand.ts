/** Turns what a citizen sent into what it can mean. Called where a message is handed to its conversation, never in a replay. */
import { textOf, type HeardMessage, type InboundContent, type InboundMessage } from '../inbound.ts';
import type { Meaning } from '../meaning.ts';
import { accountNumbersIn, bareNumberOf, placeIn, placesIn, yearsIn } from './numbers.ts';
import { normalise } from './text.ts';
import { agreementIn, globalWord, namedLanguage, requestedService, wishesIn } from './words.ts';

export function understandMessage(message: InboundMessage): HeardMessage {
  const meaning = understand(message.content);
  return meaning ? { ...message, meaning } : message;
}

/** @returns undefined for what has no words: a tap, a voice note, a picture without a caption */
export function understand(content: InboundContent): Meaning | undefined {
  const text = textOf(content);
  if (text === undefined) return undefined;
  // Templates of earlier years carry their wish in the payload.
  const payload = content.kind === 'quickReply' ? normalise(content.payload) : '';
  const said = normalise(text);
  const wishes = wishesIn(said);
  const numbers = accountNumbersIn(text);
  return {
    word: globalWord(said) ?? globalWord(payload),
    language: namedLanguage(said),
    service: requestedService(said),
    wishes: wishes.length > 0 ? wishes : undefined,
    agreement: agreementIn(said),
    numbers,
    bareNumber: numbers && bareNumberOf(numbers),
    place: placeIn(text),
    places: placesIn(text),
    years: yearsIn(text),
  };
}
