/** What a message can mean, all in all. Called where it is handed to its conversation, never in a replay. */
import { textOf, type HeardMessage, type InboundMessage } from './inbound.ts';
import { nicknameIn } from './nickname.ts';
import { readMessage, understandMessage, type Listen } from './understanding/understand.ts';

export async function hearMessage(sent: InboundMessage, listen: Listen): Promise<HeardMessage> {
  const message = putRight(sent);
  const heard = await understandMessage(message, listen);
  const nickname = nicknameIn(textOf(message.content) ?? '');
  return nickname === undefined ? heard : { ...heard, meaning: { ...heard.meaning, nickname } };
}

/** A text in which the number of an account was put right asks anew; every other edit asks for nothing. */
function putRight(message: InboundMessage): InboundMessage {
  const { content } = message;
  if (content.kind !== 'edit' || content.text === undefined) return message;
  const text = { kind: 'text', text: content.text } as const;
  const asked = { ...message, content: text };
  // Numbers are found by their form: nobody needs to listen.
  return readMessage(asked).meaning?.numbers ? asked : message;
}
