/** A number without a word of what it is: it may be a property's or a licence's, and is looked up before anybody asks. */
import type { AssesseeNumber } from '../../domain/assessee-number.ts';
import type { CeNumber } from '../../domain/ce-number.ts';
import type { BareNumber, Meaning } from '../../domain/conversation/meaning.ts';
import type { AccountKind } from '../../domain/dues.ts';
import type { NoteKey, Reply } from '../../domain/reply.ts';
import { assesseeNumberNotes } from './assessee-number.ts';
import type { Answer, Chat } from './chat.ts';
import type { Errand, Opening } from './errand.ts';
import { records } from './ports.ts';
import { promiseAnswer } from './promise.ts';

type NumberTask = 'propertyTax' | 'tradeLicence';

/** The errand that a number of one kind is the beginning of. */
export function errandFor(kind: AccountKind, number: string, more: Opening = {}): Errand {
  return kind === 'property'
    ? { task: 'propertyTax', opening: { number: number as AssesseeNumber, ...more } }
    : { task: 'tradeLicence', opening: { licence: number as CeNumber, ...more } };
}

/**
 * Finds out what a number is; asks once where it may be two things.
 * @param promised whether the citizen was told that the records are away
 * @returns what to go on with, if anything
 */
export async function bareNumber(
  chat: Chat,
  { bareNumber: bare, promised = false }: Opening,
): Promise<Errand | undefined> {
  if (!bare) return undefined;
  const { citizenId, language } = chat;
  const { number, kinds } = bare;
  const answer = await records
    .lookUpNumber({ citizenId, language, number, kinds })
    .catch(() => ({ found: 'unavailable' }) as const);
  switch (answer.found) {
    case 'property':
      return errandFor('property', number, { propertyAnswer: answer.answer, promised });
    case 'licence':
      return errandFor('licence', number, { licenceAnswer: answer.answer, promised });
    case 'several': {
      const task = await ask(chat, { key: 'whichNumber', params: { number } });
      return errandFor(task === 'propertyTax' ? 'property' : 'licence', number);
    }
    case 'unknown':
      return { task: await ask(chat, { key: 'noSuchNumber', note: noteOf(bare), params: { number } }) };
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      return promiseAnswer(chat, { kinds, number }, { promised });
  }
}

/** Why a number is no assessee number, where it is none. */
export function noteOf({ problem }: BareNumber): NoteKey | undefined {
  return problem && assesseeNumberNotes[problem];
}

function ask(chat: Chat, question: Reply): Promise<NumberTask> {
  return chat.offer(
    question,
    [
      { id: 'propertyTax', label: 'propertyTax' },
      { id: 'tradeLicence', label: 'tradeLicence' },
    ] as const,
    hearTask,
  );
}

function hearTask({ service }: Meaning): Answer<NumberTask> {
  return service === 'propertyTax' || service === 'tradeLicence'
    ? { is: service }
    : { unclear: 'notUnderstood' };
}
