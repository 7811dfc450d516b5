/** Several numbers in one message: each is offered, and stays so until something newer is. */
import type { AccountKind, AccountNumber } from '../../domain/accounts/kinds.ts';
import type { HeardNumber } from '../../domain/conversation/meaning.ts';
import type { Chat } from './chat.ts';
import { errandFor, type Errand, type Opening } from './errand.ts';

export async function severalNumbers(chat: Chat, { numbers = [] }: Opening): Promise<Errand | undefined> {
  const rows = numbers
    .slice(0, chat.mostChoices)
    .map(({ number, kinds }) => ({ id: idOf(number, kinds), label: { number, kinds } }));
  const chosen = await chat.offer<string, never>({ key: 'whichOfNumbers' }, rows, () => ({
    unclear: 'notUnderstood',
  }));
  return numberOffered(chosen);
}

/** The choice of a number. */
export function idOf(number: string, kinds: readonly AccountKind[]): string {
  return `number:${number}:${kinds.join('+')}`;
}

/** The errand of a number that was offered, also long after the question. */
export function numberOffered(id: string): Errand | undefined {
  const [what, number, joined] = id.split(':');
  if (what !== 'number' || number === undefined || joined === undefined) return undefined;
  return errandOf({ number, kinds: joined.split('+') as AccountKind[], problems: {} });
}

/** A number whose kind was told goes straight to its dues. */
export function errandOf(heard: HeardNumber): Errand {
  const { number, kinds, isNamed } = heard;
  const [kind, other] = kinds;
  return isNamed && kind !== undefined && other === undefined
    ? errandFor({ kind, number: number as AccountNumber })
    : { task: 'bareNumber', opening: { bareNumber: heard } };
}
