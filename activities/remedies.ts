/** Which other form of a message comes next when WhatsApp has refused one. */
import { languages, type Language } from '../domain/language.ts';
import type { MessageRemedy, OutboundContent } from '../domain/outbound.ts';
import type { Reply } from '../domain/reply.ts';
import { templateFor } from '../texts/templates.ts';
import type { Action } from '../whatsapp/errors.ts';

interface Refused {
  readonly reply: Reply;
  /** As it would go out within the window. */
  readonly content: OutboundContent;
  readonly language: Language;
  /** What has been done before. */
  readonly remedies: readonly MessageRemedy[];
  readonly isOpen: boolean;
}

/** What each kind of refusal lets us try, in this order. Whatever is not here is waited out, or given up. */
const remediesFor: Readonly<Partial<Record<Action, readonly MessageRemedy[]>>> = {
  template: ['template'],
  retryOnce: ['again', 'words'],
  fallBack: ['otherLanguage', 'words'],
  askPhone: ['phone'],
};

/** An order that WhatsApp does not take is paid under its link, whatever stands in the way: the terms, the account, the phone. */
const linkFor: readonly Action[] = ['bug', 'operator', 'fallBack', 'unreachable', 'drop'];

/** Whether a refused message goes with its link, before anything else is tried. */
export const takesLink = (
  action: Action,
  { content, remedies }: Pick<Refused, 'content' | 'remedies'>,
): boolean => content.kind === 'order' && linkFor.includes(action) && !remedies.includes('link');

/** @returns `nothing` when all was tried, undefined when the same may simply be sent again */
export function nextRemedy(action: Action, refused: Refused): MessageRemedy | 'nothing' | undefined {
  const possible = takesLink(action, refused) ? (['link'] as const) : remediesFor[action];
  if (!possible) return undefined;
  const { remedies, isOpen } = refused;
  return (
    possible.find(
      // A form that is the same as before is no remedy.
      (remedy) =>
        !remedies.includes(remedy) &&
        (remedy !== 'phone' || isOpen) &&
        (remedy === 'again' || remedy === 'phone' || differs(formOf(refused), formOf(refused, remedy))),
    ) ?? 'nothing'
  );
}

/** The form in which a message goes out; undefined when it may not go out at all. */
export function formOf(
  { reply, content, language, remedies, isOpen }: Refused,
  next?: MessageRemedy,
): OutboundContent | undefined {
  const done = next ? [...remedies, next] : remedies;
  if (isOpen && !done.includes('template')) {
    if (done.includes('link')) return withLink(content);
    return done.includes('words') ? inWords(content) : content;
  }
  // English is approved first; who reads English is served in Bengali.
  const other = languages.find((known) => known !== language && (known === 'en' || language === 'en'));
  return templateFor(reply, done.includes('otherLanguage') ? (other ?? language) : language);
}

/** The words without the file. */
function inWords(content: OutboundContent): OutboundContent {
  const isFile = content.kind === 'image' || content.kind === 'document';
  return isFile && content.caption !== undefined ? { kind: 'text', body: content.caption } : content;
}

/** The words with the link in place of the order. */
function withLink(content: OutboundContent): OutboundContent {
  if (content.kind !== 'order') return content;
  const { body, footer, link } = content;
  return { kind: 'link', body, ...(footer !== undefined && { footer }), ...link };
}

function differs(before: OutboundContent | undefined, after: OutboundContent | undefined): boolean {
  return after !== undefined && JSON.stringify(after) !== JSON.stringify(before);
}
