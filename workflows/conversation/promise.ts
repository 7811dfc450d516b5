/** A promise to whoever asks while the records are away; records-back.ts keeps it. */
import type { Chat } from './chat.ts';
import type { AwaitedAccount } from './state.ts';

/**
 * Says that the records are away, and promises what is known of an account for when they are back.
 * @param promised whether it was said before: whoever has been told once waits without a second word
 */
export async function promiseAnswer(
  chat: Chat,
  account: AwaitedAccount,
  { promised = false }: { readonly promised?: boolean } = {},
): Promise<undefined> {
  if (!promised) await chat.say({ key: 'recordsAway', params: account });
  chat.answerLater(account);
}
