/** What a message can mean, all in all. Called where it is handed to its conversation, never in a replay. */
import { textOf, type HeardMessage, type InboundMessage } from './inbound.ts';
import { nicknameIn } from './nickname.ts';
import { understand, understandMessage } from './understanding/understand.ts';

export function hearMessage(sent: InboundMessage): HeardMessage {
  const message = putRight(sent);
  const heard = understandMessage(message);
  const nickname = nicknameIn(textOf(message.content) ?? '');
  return nickname === undefined ? heard : { ...heard, meaning: { ...heard.meaning, nickname } };
}

/** A text in which the number of an account was put right asks anew; every other edit asks for nothing. */
function putRight(message: InboundMessage): InboundMessage {
  const { content } = message;
  if (content.kind !== 'edit' || content.text === undefined) return message;
  const text = { kind: 'text', text: content.text } as const;
  return understand(text)?.numbers ? { ...message, content: text } : message;
}
