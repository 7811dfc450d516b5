/** "About this service": number, hours, offices, how to complain, privacy. */
import type { Chat } from './chat.ts';

export async function about(chat: Chat): Promise<undefined> {
  await chat.say({ key: 'about' });
}
