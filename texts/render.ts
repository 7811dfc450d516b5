/** From what the bot says to the words and choices of one message, in the citizen's language. */
import type { Language } from '../domain/language.ts';
import type { Choice, OutboundContent } from '../domain/outbound.ts';
import type { Reply } from '../domain/reply.ts';
import { labels, notes, replies, type CorporationFacts } from './conversation.ts';

/** Renders a reply: note, body, choices and link are one message, because every message costs the corporation money. */
export function render(reply: Reply, language: Language, facts: CorporationFacts): OutboundContent {
  const words = replies[reply.key][language](reply.params ?? {}, facts);
  const body = reply.note ? `${notes[reply.note][language]}\n\n${words.body}` : words.body;
  const choices = (reply.choices ?? []).map(({ id, label }): Choice => ({ id, ...labels[label][language] }));
  const footer = words.footer === undefined ? {} : { footer: words.footer };

  if (words.link) return { kind: 'link', body, ...footer, ...words.link };
  if (choices.length === 0) return { kind: 'text', body };
  if (words.listButton === undefined) return { kind: 'buttons', body, ...footer, buttons: choices };
  return { kind: 'list', body, ...footer, button: words.listButton, sections: [{ rows: choices }] };
}
