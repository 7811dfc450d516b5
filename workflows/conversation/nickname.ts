/** The name by which a citizen knows an account. */
import type { AccountReference } from '../../domain/accounts/kinds.ts';
import { textOf, type InboundContent } from '../../domain/conversation/inbound.ts';
import type { Intent, Meaning } from '../../domain/conversation/meaning.ts';
import { asNickname } from '../../domain/conversation/nickname.ts';
import { readingOf } from '../../domain/conversation/reading.ts';
import type { Answer, Chat } from './chat.ts';
import { records } from './ports.ts';

/** Asks for the name of an account, and gives it. */
export async function nameIt(chat: Chat, account: AccountReference): Promise<void> {
  const nickname = await chat.choose<never, string>(
    { key: 'askNickname', params: { account } },
    [],
    hearName,
  );
  await nameAs(chat, nickname, account);
}

/** @param account without it, the one that the citizen paid or asked for last */
export async function nameAs(chat: Chat, nickname: string, account?: AccountReference): Promise<void> {
  const named = await records.nameAccount({ citizenId: chat.citizenId, nickname, account });
  await chat.say(named ? { key: 'named', params: { account: named, nickname } } : { key: 'nothingToName' });
}

/** What nobody calls a place. "My shop" names one, though it is also a wish. */
const noNames: readonly Intent[] = ['greeting', 'back', 'stop', 'start', 'help', 'language', 'person'];
/** Whoever writes more tells something else. */
const longestAnswer = 40;

function hearName(meaning: Meaning, content: InboundContent): Answer<string> {
  const { wish, numbers } = readingOf(meaning, { for: 'nothing' });
  const isOther = wish?.certainty === 'sure' && noNames.includes(wish.intent);
  const text = textOf(content) ?? '';
  const name = meaning.nickname ?? asNickname(text);
  if (isOther || numbers || text.length > longestAnswer || name === undefined)
    return { unclear: 'notUnderstood' };
  return { is: name };
}
