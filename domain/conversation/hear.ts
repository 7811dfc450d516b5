/** What a message can mean, all in all. Called where it is handed to its conversation, never in a replay. */
import { textOf, type HeardMessage, type InboundMessage } from './inbound.ts';
import { nicknameIn } from './nickname.ts';
import { understand, understandMessage, type Listen } from './understanding/understand.ts';

export async function hearMessage(sent: InboundMessage, listen: Listen): Promise<HeardMessage> {
  const message = await putRight(sent, listen);
  const heard = await understandMessage(message, listen);
  const nickname = nicknameIn(textOf(message.content) ?? '');
  return nickname === undefined ? heard : { ...heard, meaning: { ...heard.meaning, nickname } };
}

/** A text in which the number of an account was put right asks anew; every other edit asks for nothing. */
async function putRight(message: InboundMessage, listen: Listen): Promise<InboundMessage> {
  const { content } = message;
  if (content.kind !== 'edit' || content.text === undefined) return message;
  const text = { kind: 'text', text: content.text } as const;
  const meaning = await understand(text, listen);
  return meaning?.numbers ? { ...message, content: text } : message;
}
