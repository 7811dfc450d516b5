/** Asks for the number of an account: typed, or one of those that the citizen asked for last. */
import type { RecentAccount } from '../../activities/records.ts';
import type { LabelKey, OfferedChoice, Reply } from '../../domain/reply.ts';
import { mentions, wordList } from '../../domain/words.ts';
import type { Answer, Chat } from './chat.ts';
import { records } from './ports.ts';

/** What there is to know of one kind of account numbers. */
export interface NumberKind<N extends string> {
  recent(of: { readonly citizenId: Chat['citizenId'] }): Promise<readonly RecentAccount<N>[]>;
  /** As it stands on bills. */
  shown(number: N): string;
  hear(text: string): Answer<N>;
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
  const chosen = await chat.choose(question, choices, (text) => hearChoice(text, kind));
  switch (chosen) {
    case 'whereIsIt':
      return chat.choose<never, N>(await kind.where(chat), [], (text) => kind.hear(text));
    case 'forget':
      await records.forgetProperties({ citizenId });
      await chat.say({ key: 'forgotten' });
      return undefined;
    default:
      return chosen;
  }
}

const whereWords =
  wordList(`where, where is my number, how do i find, kothay, kothai pabo, kahan, kahan milega,
  কোথায়, কোথায় পাব, কোথায় পাবো, নম্বর কোথায় পাব, নম্বর জানি না, कहाँ, कहां, कहाँ मिलेगा, नंबर नहीं पता`);
const forgetWords =
  wordList(`forget, forget me, forget my numbers, bhule jao, bhul jao, ভুলে যান, আমার নম্বর ভুলে যান, মুছে ফেলুন,
  भूल जाएँ, भूल जाओ, मिटा दें, मेरे नंबर भूल जाएँ`);

function hearChoice<N extends string>(text: string, kind: NumberKind<N>): Answer<N | 'whereIsIt' | 'forget'> {
  const number = kind.hear(text);
  if ('is' in number) return number;
  if (mentions(text, forgetWords)) return { is: 'forget' };
  return mentions(text, whereWords) ? { is: 'whereIsIt' } : number;
}
