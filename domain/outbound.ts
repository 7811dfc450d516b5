/** What we send, in words and choices, before it takes WhatsApp's wire form (whatsapp/wire.ts). */
import type { Paise } from './money.ts';
import type { ChatOrder } from './payments/chat-order.ts';

export interface Choice {
  /** Comes back when the citizen taps. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

export type MediaSource = { readonly id: string } | { readonly link: string };

export type TemplateParameter =
  | { readonly kind: 'text'; readonly text: string; readonly name?: string }
  | { readonly kind: 'document'; readonly media: MediaSource; readonly filename: string };

export type OutboundContent =
  | { readonly kind: 'text'; readonly body: string }
  | {
      readonly kind: 'buttons';
      readonly body: string;
      readonly footer?: string;
      readonly buttons: readonly Choice[];
    }
  | {
      readonly kind: 'list';
      readonly header?: string;
      readonly body: string;
      readonly footer?: string;
      /** The words on the button that opens the list. */
      readonly button: string;
      readonly sections: readonly { readonly title?: string; readonly rows: readonly Choice[] }[];
    }
  | {
      readonly kind: 'link';
      readonly body: string;
      readonly footer?: string;
      readonly label: string;
      readonly url: string;
    }
  /** An order that is paid within WhatsApp. */
  | {
      readonly kind: 'order';
      readonly body: string;
      readonly footer?: string;
      readonly order: ChatOrder;
      /** Until when, in words. */
      readonly until: string;
      readonly items: readonly OrderItem[];
      /** What is taken off from the items. */
      readonly discount?: OrderItem;
      readonly seller: { readonly name: string; readonly address: string };
      /** What takes its place where WhatsApp does not take the order. */
      readonly link: { readonly label: string; readonly url: string };
    }
  /** What became of an order; the card of the order shows it too. */
  | {
      readonly kind: 'orderStatus';
      readonly body: string;
      readonly reference: string;
      readonly status: 'completed' | 'canceled';
    }
  | { readonly kind: 'image'; readonly media: MediaSource; readonly caption?: string }
  | {
      readonly kind: 'document';
      readonly media: MediaSource;
      readonly filename: string;
      readonly caption?: string;
    }
  /** An emoji on a message of the citizen's; free of charge. */
  | { readonly kind: 'reaction'; readonly wamid: string; readonly emoji: string }
  /** Asks the citizen to share their own phone number with one tap. */
  | { readonly kind: 'contactRequest'; readonly body: string }
  | {
      readonly kind: 'template';
      readonly name: string;
      /** WhatsApp's language code, e.g. `bn`. */
      readonly language: string;
      readonly header?: readonly TemplateParameter[];
      readonly body?: readonly TemplateParameter[];
      /** One entry a button, in order. */
      readonly buttons?: readonly (
        | { readonly kind: 'url'; readonly suffix: string }
        | { readonly kind: 'quickReply'; readonly payload: string }
      )[];
    };

export interface OrderItem {
  readonly name: string;
  readonly amount: Paise;
}

export type OutboundKind = OutboundContent['kind'];

/** The text in at most so many characters, an ellipsis in place of its end where it was longer. */
export function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : [...characters.slice(0, most - 1), '…'].join('');
}

/** What a message is about: the workflow that hears of it when WhatsApp cannot deliver it. */
export interface MessageAbout {
  readonly entity: 'conversation' | 'payment' | 'renewal' | 'refund';
  /** The citizen's, the order's or the renewal's id, or the refund's reference. */
  readonly id: string;
}

/**
 * What was done about refusals of a message, each once: sent as an approved template, in another language of it, the same
 * again with its file uploaded anew, in words without the file, with the link in place of an order, or its reader asked for their
 * phone number.
 */
export type MessageRemedy = 'template' | 'otherLanguage' | 'again' | 'words' | 'link' | 'phone';

/** Why something could not be told, for operators; the codes stand in cases. */
export const untoldReasons = {
  noAddress: 'the citizen has no address any more: the number may belong to another person',
  phoneNeeded: 'this can only go to a phone number, and the citizen has not shown one',
  windowClosed: 'the citizen last wrote more than 24 hours ago, and there is no template for this',
  stopped: 'the citizen wants no messages that they did not ask for',
  refused: 'WhatsApp refused it, and nothing else was left to try',
  undelivered: 'WhatsApp took it and could not deliver it',
  tooLate: 'WhatsApp could not be reached for as long as this was of use',
  unsendable: 'the message breaks a limit of WhatsApp and could not be made to fit',
  shortened: 'it was told in a shorter form, because the whole was too long for WhatsApp',
} as const;
export type UntoldReason = keyof typeof untoldReasons;

/** Where a message goes. A phone is preferred; a citizen with only a BSUID is reached by that. */
export type Address = { readonly phone: string } | { readonly bsuid: string };
