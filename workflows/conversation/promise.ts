/** A promise to whoever asks while the records are away; records-back.ts keeps it. */
import type { Chat } from './chat.ts';
import type { AwaitedAccount } from './state.ts';

/**
 * Says that the records are away, and promises what is known of an account for when they are back.
 * @param shown the number as it stands on bills
 * @param promised whether it was said before: whoever has been told once waits without a second word
 */
export async function promiseAnswer(
  chat: Chat,
  account: AwaitedAccount,
  { shown = account.number, promised = false }: { readonly shown?: string; readonly promised?: boolean } = {},
): Promise<undefined> {
  if (!promised) await chat.say({ key: 'recordsAway', params: { number: shown } });
  chat.answerLater(account);
}
