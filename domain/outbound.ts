/** What we send, in words and choices, before it takes WhatsApp's wire form (whatsapp/wire.ts). */

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
  | { readonly kind: 'image'; readonly media: MediaSource; readonly caption?: string }
  | {
      readonly kind: 'document';
      readonly media: MediaSource;
      readonly filename: string;
      readonly caption?: string;
    }
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

export type OutboundKind = OutboundContent['kind'];

/** What a message is about: the workflow that hears of it when WhatsApp cannot deliver it. */
export interface MessageAbout {
  readonly entity: 'conversation' | 'payment' | 'renewal';
  /** The citizen's, the order's or the renewal's id. */
  readonly id: string;
}

/** Where a message goes. A phone is preferred; a citizen with only a BSUID is reached by that. */
export type Address = { readonly phone: string } | { readonly bsuid: string };
