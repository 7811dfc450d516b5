/** The number of an account in the chat: how it is asked for, typed or one of those that the citizen asked for last, and heard. */
import type {
  AccountKind,
  AccountNumber,
  AccountReference,
  NumberProblem,
} from '../../domain/accounts/kinds.ts';
import type { HeardNumber, Meaning } from '../../domain/conversation/meaning.ts';
import { readingOf } from '../../domain/conversation/reading.ts';
import type { NoteKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import type { Answer, Chat } from './chat.ts';
import { documents, records } from './ports.ts';

/** @returns undefined when the citizen had their numbers forgotten instead */
export function askForNumber<K extends AccountKind>(
  chat: Chat,
  kind: K,
  note?: NoteKey,
): Promise<AccountReference<K> | undefined> {
  const key: `askNumber.${AccountKind}` = `askNumber.${kind}`;
  return ask(chat, kind, { key, note });
}

/** Asks again for a number under which there is no account. */
export function askForAnotherNumber<K extends AccountKind>(
  chat: Chat,
  { kind, number }: AccountReference<K>,
): Promise<AccountReference<K> | undefined> {
  const key: `unknownNumber.${AccountKind}` = `unknownNumber.${kind}`;
  return ask(chat, kind, { key, params: { number } });
}

async function ask<K extends AccountKind>(
  chat: Chat,
  kind: K,
  question: Reply,
): Promise<AccountReference<K> | undefined> {
  const { citizenId } = chat;
  const recent = await records.recentAccounts({ citizenId, kind }).catch(() => []);
  const choices: OfferedChoice<AccountNumber<K> | 'whereIsIt' | 'forget'>[] = [
    ...recent.map((label) => ({ id: label.account.number, label })),
    { id: 'whereIsIt', label: `whereIsNumber.${kind}` },
    ...(recent.length > 0 ? [{ id: 'forget', label: 'forget' } as const] : []),
  ];
  const asked = { for: 'number', kind } as const;
  const help = async (): Promise<Reply> => ({ ...(await whereIsNumber(chat, kind)), note: 'orAsk' });
  const chosen = await chat.choose(question, choices, (meaning) => hearChoice(meaning, kind), {
    asked,
    help,
  });
  switch (chosen) {
    case 'whereIsIt': {
      const number = await chat.choose<never, AccountNumber<K>>(
        await whereIsNumber(chat, kind),
        [],
        (meaning) => hearNumber(meaning, kind),
        { asked, help },
      );
      return { kind, number };
    }
    case 'forget':
      await records.forgetAccounts({ citizenId });
      await chat.say({ key: 'forgotten' });
      return undefined;
    default:
      return { kind, number: chosen };
  }
}

function hearChoice<K extends AccountKind>(
  meaning: Meaning,
  kind: K,
): Answer<AccountNumber<K> | 'whereIsIt' | 'forget'> {
  const number = hearNumber(meaning, kind);
  if ('is' in number) return number;
  const { wish } = readingOf(meaning, { for: 'number', kind });
  if (wish?.intent === 'forgetNumbers') return { is: 'forget' };
  return wish?.intent === 'whereIsNumber' ? { is: 'whereIsIt' } : number;
}

/** Several numbers are a wish of their own: each of them is served. */
export function hearNumber<K extends AccountKind>(meaning: Meaning, kind: K): Answer<AccountNumber<K>> {
  const { numbers: [number, ...others] = [], isMistyped } = readingOf(meaning, { for: 'number', kind });
  if (number?.kinds.includes(kind) && others.length === 0) return { is: number.number as AccountNumber<K> };
  const problem = meaning.numbers?.[0]?.problems[kind] ?? meaning.problems?.[kind];
  return { unclear: isMistyped && problem ? noteOn(kind, problem) : 'notANumber' };
}

/** Why a number is not of the kind that it was taken for, where it is not. */
export function noteOf(problems: HeardNumber['problems'], kind: AccountKind): NoteKey | undefined {
  const problem = problems[kind];
  return problem && noteOn(kind, problem);
}

function noteOn(kind: AccountKind, problem: NumberProblem): NoteKey {
  // The compiler cannot see that the problem is one of the kind.
  return `number.${kind}.${problem}` as NoteKey;
}

/** For a property the picture of a bill with the place marked; in words when it cannot be had. */
async function whereIsNumber({ language }: Chat, kind: AccountKind): Promise<Reply> {
  const inWords: Reply = { key: `whereIsNumber.${kind}` };
  if (kind !== 'property') return inWords;
  try {
    return { key: 'billPicture', params: await documents.billPicture({ language }) };
  } catch {
    return inWords;
  }
}
