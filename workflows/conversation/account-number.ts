/** Asks for the number of an account: typed, or one of those that the citizen asked for last. */
import type { RecentAccount } from '../../activities/records.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import type { LabelKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import type { Answer, Chat } from './chat.ts';
import { records } from './ports.ts';

/** What there is to know of one kind of account numbers. */
export interface NumberKind<N extends string> {
  recent(of: { readonly citizenId: Chat['citizenId'] }): Promise<readonly RecentAccount<N>[]>;
  /** As it stands on bills. */
  shown(number: N): string;
  hear(meaning: Meaning): Answer<N>;
  /** The row that leads to `where`. */
  readonly whereLabel: LabelKey;
  /** Where a citizen finds the number. */
  where(chat: Chat): Promise<Reply>;
}

/** @returns undefined when the citizen had their numbers forgotten instead */
export async function askForNumber<N extends string>(
  chat: Chat,
  kind: NumberKind<N>,
  question: Reply,
): Promise<N | undefined> {
  const { citizenId } = chat;
  const recent = await kind.recent({ citizenId }).catch(() => []);
  const choices: OfferedChoice<N | 'whereIsIt' | 'forget'>[] = [
    ...recent.map(({ number, place }) => ({
      id: number,
      label: { title: kind.shown(number), description: place },
    })),
    { id: 'whereIsIt', label: kind.whereLabel },
    ...(recent.length > 0 ? [{ id: 'forget', label: 'forget' } as const] : []),
  ];
  const chosen = await chat.choose(question, choices, (meaning) => hearChoice(meaning, kind));
  switch (chosen) {
    case 'whereIsIt':
      return chat.choose<never, N>(await kind.where(chat), [], (meaning) => kind.hear(meaning));
    case 'forget':
      await records.forgetProperties({ citizenId });
      await chat.say({ key: 'forgotten' });
      return undefined;
    default:
      return chosen;
  }
}

function hearChoice<N extends string>(
  meaning: Meaning,
  kind: NumberKind<N>,
): Answer<N | 'whereIsIt' | 'forget'> {
  const number = kind.hear(meaning);
  if ('is' in number) return number;
  if (meaning.wishes?.includes('forgetNumbers')) return { is: 'forget' };
  return meaning.wishes?.includes('whereIsNumber') ? { is: 'whereIsIt' } : number;
}
