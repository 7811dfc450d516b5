/** What the stand-in for WhatsApp knows: citizens, their chats, media, templates, webhooks on their way. */
import type { StatusError } from './errors.ts';
import type { OrderStatus, OutboundContent } from './payload.ts';
import type { Transaction } from '../kit/books.ts';

/** Somebody with WhatsApp on their phone. All of them are invented. */
export interface Citizen {
  readonly id: string;
  readonly name: string;
  /** Digits with country code, no plus sign. */
  readonly phone: string;
  /** A citizen with a username keeps the number to themselves: webhooks then carry the BSUID alone. */
  readonly username?: string;
  readonly bsuid: string;
  /** Whether messages turn "read" although nobody has the chat open on the phone page. */
  readonly readsMessages: boolean;
  /** When the customer-service window closes: milliseconds since 1970. 0 before the first message. */
  readonly windowEndsAt: number;
}

interface MediaRef {
  readonly id: string;
  readonly mime_type: string;
  readonly sha256: string;
  readonly caption?: string;
  readonly filename?: string;
  readonly voice?: boolean;
  readonly animated?: boolean;
}

/** A citizen's message, in the words of Meta's webhook. */
export type InboundContent =
  | { readonly type: 'text'; readonly text: { readonly body: string } }
  | {
      readonly type: 'interactive';
      readonly interactive:
        | {
            readonly type: 'button_reply';
            readonly button_reply: { readonly id: string; readonly title: string };
          }
        | {
            readonly type: 'list_reply';
            readonly list_reply: {
              readonly id: string;
              readonly title: string;
              readonly description?: string;
            };
          };
    }
  | { readonly type: 'button'; readonly button: { readonly payload: string; readonly text: string } }
  | { readonly type: 'image'; readonly image: MediaRef }
  | { readonly type: 'video'; readonly video: MediaRef }
  | { readonly type: 'audio'; readonly audio: MediaRef }
  | { readonly type: 'document'; readonly document: MediaRef }
  | { readonly type: 'sticker'; readonly sticker: MediaRef }
  | {
      readonly type: 'location';
      readonly location: {
        readonly latitude: number;
        readonly longitude: number;
        readonly name?: string;
        readonly address?: string;
      };
    }
  | {
      readonly type: 'contacts';
      readonly contacts: readonly {
        readonly origin: 'contact_request' | 'other';
        readonly name?: { readonly formatted_name: string };
        readonly phones: readonly {
          readonly phone: string;
          readonly wa_id?: string;
          readonly type: string;
        }[];
      }[];
    }
  | { readonly type: 'reaction'; readonly reaction: { readonly message_id: string; readonly emoji?: string } }
  | {
      readonly type: 'edit';
      readonly edit: {
        readonly original_message_id: string;
        readonly message: { readonly type: 'text'; readonly text: { readonly body: string } };
      };
    }
  | { readonly type: 'revoke'; readonly revoke: { readonly original_message_id: string } }
  | { readonly type: 'unsupported'; readonly unsupported: { readonly type: string } }
  /** Told by WhatsApp, not by the citizen. */
  | {
      readonly type: 'system';
      readonly system: {
        readonly body: string;
        readonly type: 'user_changed_number';
        readonly wa_id?: string;
        readonly user_id: string;
        readonly previous_user_id: string;
      };
    };

/** `waiting`: the webhook has not been answered with 200 yet. `dropped`: accepted, never delivered, no status. */
export type MessageState = 'waiting' | 'accepted' | 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';

interface AnyMessage {
  readonly wamid: string;
  /** Counts up over all chats: the order in which WhatsApp took the messages. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly contextId?: string;
  readonly state: MessageState;
  readonly history: readonly { readonly state: MessageState; readonly at: number }[];
  /** One reaction a side; `by` is who reacted. */
  readonly reactions?: Readonly<Partial<Record<'citizen' | 'corporation', string>>>;
}

export interface InboundMessage extends AnyMessage {
  readonly direction: 'inbound';
  readonly citizenId: string;
  readonly content: InboundContent;
  readonly edited?: boolean;
  readonly revoked?: boolean;
}

export interface OutboundMessage extends AnyMessage {
  readonly direction: 'outbound';
  /** Missing when nobody on WhatsApp has that number or id. */
  readonly citizenId?: string;
  /** As the caller wrote it. */
  readonly recipient: string;
  readonly addressedBy: 'phone' | 'bsuid';
  readonly content: OutboundContent;
  /** `biz_opaque_callback_data`. */
  readonly opaque?: string;
  /** The `failed` status that follows instead of `sent`. */
  readonly fails?: StatusError;
  /** Where the file behind a `link` is kept once WhatsApp has fetched it. */
  readonly linkedMediaId?: string;
  readonly error?: StatusError;
  /** Of an order: what the gateway has of it, and what the corporation said became of it. */
  readonly payment?: OrderPayment;
  readonly orderStatus?: OrderStatus;
}

export interface OrderPayment {
  /** The gateway's. */
  readonly orderId: string;
  /** Oldest first. */
  readonly transactions: readonly Transaction[];
  /** When it changed last: milliseconds since 1970. */
  readonly at: number;
}

export type ChatMessage = InboundMessage | OutboundMessage;

export interface Media {
  readonly id: string;
  readonly mimeType: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly size: number;
  readonly filename?: string;
  readonly at: number;
}

/** One change on its way to the webhook, without the envelope. Kept until it was answered with 200. */
export interface WebhookEvent {
  readonly id: string;
  readonly wamid: string;
  readonly kind: 'messages' | 'statuses';
  readonly contact?: Readonly<Record<string, unknown>>;
  readonly item: Readonly<Record<string, unknown>>;
}
