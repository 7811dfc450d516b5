/** The real ear, and what it and the rules make of a text. */
import type { HeardMessage, InboundContent, InboundMessage } from '../../domain/conversation/inbound.ts';
import { hearMessage } from '../../domain/conversation/hear.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import { understand } from '../../domain/conversation/understanding/understand.ts';
import { createEar } from '../../hearing/ear.ts';

export const { listen } = await createEar((error) => {
  throw error;
});

export function hear(message: InboundMessage): Promise<HeardMessage> {
  return hearMessage(message, listen);
}

export async function meaningOf(said: string | InboundContent): Promise<Meaning> {
  return (await understand(typeof said === 'string' ? { kind: 'text', text: said } : said, listen)) ?? {};
}
