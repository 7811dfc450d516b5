/** A number without a word of what it is: it is looked up under every kind that it may be before anybody asks. */
import {
  isPaidService,
  kindPaidIn,
  serviceOf,
  type AccountNumber,
  type PaidService,
} from '../../domain/accounts/kinds.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import { readingOf } from '../../domain/conversation/reading.ts';
import type { Reply } from '../../domain/reply.ts';
import { paidServices } from '../../domain/services.ts';
import { noteOf } from './account-number.ts';
import type { Answer, Chat } from './chat.ts';
import { errandFor, type Errand, type Opening } from './errand.ts';
import { promisedRecords, records } from './ports.ts';
import { promiseAnswer } from './promise.ts';

/**
 * Finds out what a number is; asks once where it may be several things.
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
  const asked = { citizenId, language, number, kinds };
  const found = await (
    promised ? promisedRecords.lookUpNumber({ ...asked, isPromised: true }) : records.lookUpNumber(asked)
  ).catch(() => ({ found: 'unavailable' }) as const);
  switch (found.found) {
    case 'account':
      return errandFor(found.account, { answer: found.answer, promised });
    case 'several': {
      const question: Reply = { key: 'whichNumber', params: { number, kinds: found.kinds } };
      const service = await ask(
        chat,
        question,
        found.kinds.map((kind) => serviceOf[kind]),
      );
      return errandFor({ kind: kindPaidIn[service], number: number as AccountNumber });
    }
    case 'unknown': {
      // Most numbers that come without a word are meant as assessee numbers.
      const note = noteOf(bare.problems, 'property');
      return { task: await ask(chat, { key: 'noSuchNumber', note, params: { number } }, paidServices) };
    }
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      return promiseAnswer(chat, { kinds, number }, { promised });
  }
}

function ask(chat: Chat, question: Reply, offered: readonly PaidService[]): Promise<PaidService> {
  return chat.offer(
    question,
    offered.map((service) => ({ id: service, label: service })),
    hearService,
  );
}

function hearService(meaning: Meaning): Answer<PaidService> {
  const { wish, numbers } = readingOf(meaning, { for: 'nothing' });
  return wish && !numbers && isPaidService(wish.intent) ? { is: wish.intent } : { unclear: 'notUnderstood' };
}
