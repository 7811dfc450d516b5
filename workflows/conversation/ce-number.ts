/** The CE number in the chat: how it is asked for and heard. */
import type { CeNumber } from '../../domain/ce-number.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import type { NoteKey } from '../../domain/reply.ts';
import { askForNumber, type NumberKind } from './account-number.ts';
import type { Answer, Chat } from './chat.ts';
import { records } from './ports.ts';

const ceNumbers: NumberKind<CeNumber> = {
  recent: (of) => records.recentLicences(of),
  shown: (number) => number,
  hear: hearCeNumber,
  whereLabel: 'whereIsCeNumber',
  where: () => Promise.resolve({ key: 'whereIsCeNumber' }),
};

export function askForCeNumber(chat: Chat, note?: NoteKey): Promise<CeNumber | undefined> {
  return askForNumber(chat, ceNumbers, { key: 'askCeNumber', note });
}

/** Asks again for a number under which there is no licence. */
export function askForAnotherCeNumber(chat: Chat, number: CeNumber): Promise<CeNumber | undefined> {
  return askForNumber(chat, ceNumbers, { key: 'unknownLicence', params: { number } });
}

export function hearCeNumber({ numbers }: Meaning): Answer<CeNumber> {
  if (!numbers) return { unclear: 'notANumber' };
  const { licence } = numbers;
  return 'number' in licence ? { is: licence.number } : { unclear: 'ceNumberLength' };
}
