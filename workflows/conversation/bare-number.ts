/** A number without a word of what it is: it may be a property's or a licence's, and is looked up before anybody asks. */
import { assesseeNumberIn } from '../../domain/assessee-number.ts';
import { ceNumberIn, type CeNumber } from '../../domain/ce-number.ts';
import type { AccountKind } from '../../domain/dues.ts';
import type { NoteKey, Reply } from '../../domain/reply.ts';
import { requestedService } from '../../domain/services.ts';
import type { Answer, Chat } from './chat.ts';
import type { Opening } from './opening.ts';
import { records } from './ports.ts';
import { promiseAnswer } from './records-back.ts';

interface Wanted {
  readonly service: 'propertyTax' | 'tradeLicence';
  readonly opening?: Opening;
}

/** What a text with a number in it may mean. */
export interface BareNumber {
  /** Every account that it may be, by the form of the number alone. */
  readonly openings: Readonly<Partial<Record<AccountKind, Opening>>>;
  /** Why it is no assessee number, where it is none. */
  readonly note?: NoteKey;
  readonly number: string;
}

/** @returns undefined for a text without a number that is long enough to be meant as an account's */
export function bareNumberIn(text: string): BareNumber | undefined {
  const assessee = assesseeNumberIn(text);
  if (assessee && 'is' in assessee) {
    const number = assessee.is;
    const licence = number as string as CeNumber;
    return { number, openings: { property: { number }, licence: { licence } } };
  }
  const ce = ceNumberIn(text);
  if (!assessee || !ce || !('is' in ce)) return undefined;
  const note = assessee.problem === 'ward' ? 'numberWard' : 'numberLength';
  return { number: ce.is, openings: { licence: { licence: ce.is } }, note };
}

/**
 * Finds out what a number is; asks once where it may be two things.
 * @param promised whether the citizen was told that the records are away
 * @returns what to go on with, if anything
 */
export async function whatNumberIs(
  chat: Chat,
  { number, openings, note }: BareNumber,
  promised: boolean,
): Promise<Wanted | undefined> {
  const { citizenId, language } = chat;
  const { property, licence } = openings;
  const kinds = Object.keys(openings) as AccountKind[];
  const [kind = 'any'] = kinds;
  const answer = await records
    .lookUpNumber({ citizenId, language, number, kinds })
    .catch(() => ({ found: 'unavailable' }) as const);
  switch (answer.found) {
    case 'property':
      return { service: 'propertyTax', opening: { ...property, propertyAnswer: answer.answer, promised } };
    case 'licence':
      return { service: 'tradeLicence', opening: { ...licence, licenceAnswer: answer.answer, promised } };
    case 'several': {
      const service = await ask(chat, { key: 'whichNumber', params: { number } });
      return { service, opening: service === 'propertyTax' ? property : licence };
    }
    case 'unknown':
      return { service: await ask(chat, { key: 'noSuchNumber', note, params: { number } }) };
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      // What can be a licence's only is no number to ask for a property with.
      return promiseAnswer(chat, { kind: kinds.length === 1 ? kind : 'any', number }, { promised });
  }
}

function ask(chat: Chat, question: Reply): Promise<Wanted['service']> {
  return chat.offer(
    question,
    [
      { id: 'propertyTax', label: 'propertyTax' },
      { id: 'tradeLicence', label: 'tradeLicence' },
    ] as const,
    hearService,
  );
}

function hearService(text: string): Answer<Wanted['service']> {
  const service = requestedService(text);
  return service === 'propertyTax' || service === 'tradeLicence'
    ? { is: service }
    : { unclear: 'notUnderstood' };
}
