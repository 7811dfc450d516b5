/** The assessee number in the chat: how it is asked for and heard. */
import { groupAssesseeNumber, type AssesseeNumber } from '../../domain/assessee-number.ts';
import type { Meaning, NumberProblem } from '../../domain/conversation/meaning.ts';
import type { NoteKey, Reply } from '../../domain/reply.ts';
import { askForNumber, type NumberKind } from './account-number.ts';
import type { Answer, Chat } from './chat.ts';
import { documents, records } from './ports.ts';

export const assesseeNumberNotes: Readonly<Record<NumberProblem, NoteKey>> = {
  length: 'numberLength',
  ward: 'numberWard',
};

const assesseeNumbers: NumberKind<AssesseeNumber> = {
  recent: (of) => records.recentProperties(of),
  shown: groupAssesseeNumber,
  hear: hearAssesseeNumber,
  whereLabel: 'whereIsIt',
  where: billPicture,
};

export function askForAssesseeNumber(chat: Chat, note?: NoteKey): Promise<AssesseeNumber | undefined> {
  return askForNumber(chat, assesseeNumbers, { key: 'askAssesseeNumber', note });
}

/** Asks again for a number under which there is no property. */
export function askForAnotherAssesseeNumber(
  chat: Chat,
  number: AssesseeNumber,
): Promise<AssesseeNumber | undefined> {
  const params = { number: groupAssesseeNumber(number) };
  return askForNumber(chat, assesseeNumbers, { key: 'unknownNumber', params });
}

function hearAssesseeNumber({ numbers }: Meaning): Answer<AssesseeNumber> {
  if (!numbers) return { unclear: 'notANumber' };
  const { property } = numbers;
  return 'number' in property ? { is: property.number } : { unclear: assesseeNumberNotes[property.problem] };
}

/** The picture of a bill with the place marked; in words when it cannot be had. */
async function billPicture({ language }: Chat): Promise<Reply> {
  try {
    return { key: 'billPicture', params: await documents.billPicture({ language }) };
  } catch {
    return { key: 'whereIsIt' };
  }
}
