/** What a citizen sent, freed of WhatsApp's wire: small, plain JSON that a workflow can keep in its history. */

import type { AccountKind } from '../accounts/kinds.ts';
import type { Meaning } from './meaning.ts';

/** Who wrote. WhatsApp may leave out any of these; at least one of `bsuid` and `phone` is there. */
export interface Sender {
  /** Business-scoped user id, e.g. `IN.1349…`. The first key of a citizen. */
  readonly bsuid?: string;
  readonly parentBsuid?: string;
  /** Digits with country code, no plus sign. */
  readonly phone?: string;
  readonly username?: string;
  readonly profileName?: string;
}

/** How WhatsApp names somebody; one of the two may be missing. */
export type Identity = Pick<Sender, 'bsuid' | 'phone'>;

/** A citizen has a new number, a new business-scoped id, or both. Either side may lack either of the two, never both. */
export interface IdentityChange {
  /** The message that announced it; the same one twice changes nothing. */
  readonly wamid: string;
  /** Seconds since 1970, UTC. */
  readonly sentAt: number;
  readonly previous: Identity;
  readonly current: Identity;
}

export interface InboundMessage {
  /** WhatsApp's id of the message, unique for ever. */
  readonly wamid: string;
  /** When the citizen sent it: seconds since 1970, UTC. */
  readonly sentAt: number;
  readonly content: InboundContent;
  /** It was longer than what is kept. */
  readonly cut?: true;
}

/** A message as its conversation hears it: with what its words mean, where it has words. */
export interface HeardMessage extends InboundMessage {
  readonly meaning?: Meaning;
}

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export type InboundContent =
  | { readonly kind: 'text'; readonly text: string }
  /** A tap on a button or a list row of ours; `id` is what we gave that choice. */
  | { readonly kind: 'tap'; readonly id: string; readonly title: string }
  /** A tap on the quick reply of a template. */
  | { readonly kind: 'quickReply'; readonly payload: string; readonly text: string }
  | {
      readonly kind: MediaKind;
      readonly mediaId: string;
      readonly mimeType: string;
      readonly caption?: string;
      readonly filename?: string;
      /** True for a voice note recorded in the chat. */
      readonly voice?: boolean;
    }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  /** A contact card; `requested` when it answers our own request for the citizen's number. */
  | { readonly kind: 'contacts'; readonly phones: readonly string[]; readonly requested: boolean }
  /** `emoji` is missing when the reaction was taken back. */
  | { readonly kind: 'reaction'; readonly wamid: string; readonly emoji?: string }
  /** An answered WhatsApp Flow. */
  | { readonly kind: 'form'; readonly responseJson: string }
  /** `text` is what a text became; missing where something else was edited. */
  | { readonly kind: 'edit'; readonly wamid: string; readonly text?: string }
  | { readonly kind: 'revoke'; readonly wamid: string }
  | { readonly kind: 'order' }
  /** Not from the citizen: WhatsApp took our message and could not deliver it, for a reason that may have passed. */
  | { readonly kind: 'undelivered'; readonly messageId: string }
  /** Not from the citizen: the records answer again, and an account that this number may be is waited for. */
  | { readonly kind: 'recordsBack'; readonly kinds: readonly AccountKind[]; readonly number: string }
  /** Anything else, also kinds that WhatsApp has not invented yet. `type` is WhatsApp's word for it. */
  | { readonly kind: 'unsupported'; readonly type: string };

const wantNoAnswer: readonly InboundContent['kind'][] = [
  'reaction',
  'edit',
  'revoke',
  'undelivered',
  'recordsBack',
];

/** Whether the citizen did this themselves; what comes from our own side says nothing about their silence. */
export function isFromCitizen({ kind }: InboundContent): boolean {
  return kind !== 'undelivered' && kind !== 'recordsBack';
}

/** Whether the citizen waits for a word back: people react, edit and take back without expecting one. */
export function expectsAnswer({ kind }: InboundContent): boolean {
  return !wantNoAnswer.includes(kind);
}

/** The words that came with a message, if any: typed, on a template's button, or under a picture. */
export function textOf(content: InboundContent): string | undefined {
  if (content.kind === 'text' || content.kind === 'quickReply') return content.text;
  return 'caption' in content ? content.caption : undefined;
}
