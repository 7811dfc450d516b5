/** What a message can mean, all in all. Called where it is handed to its conversation, never in a replay. */
import { textOf, type HeardMessage, type InboundMessage } from './inbound.ts';
import { nicknameIn } from './nickname.ts';
import { understandMessage } from './understanding/understand.ts';

export function hearMessage(message: InboundMessage): HeardMessage {
  const heard = understandMessage(message);
  const nickname = nicknameIn(textOf(message.content) ?? '');
  return nickname === undefined ? heard : { ...heard, meaning: { ...heard.meaning, nickname } };
}
