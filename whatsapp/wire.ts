/** Writes a message the way the Cloud API wants it: the JSON of `POST /<phone number id>/messages`. */
import { orderAction, orderStatusAction } from './order.ts';
import type { Address, MediaSource, OutboundContent, TemplateParameter } from '../domain/outbound.ts';

export type Wire = Readonly<Record<string, unknown>>;

export interface WireOptions {
  /** Comes back on every status of the message. */
  readonly opaqueId?: string;
  /** The wamid that this answers; the chat then shows it as a quotation. */
  readonly replyTo?: string;
}

/** Meta, "Send messages"; each kind has a page of its own there. */
export function toWire(
  content: OutboundContent,
  address: Address,
  { opaqueId, replyTo }: WireOptions = {},
): Wire {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipient(address),
    ...body(content),
    ...(replyTo === undefined ? {} : { context: { message_id: replyTo } }),
    ...(opaqueId === undefined ? {} : { biz_opaque_callback_data: opaqueId }),
  };
}

/** Marks a message as read, and with it all earlier ones; `typing` shows "typing…" until we answer, 25 s at most. */
export function markReadWire(wamid: string, { typing }: { readonly typing: boolean }): Wire {
  return {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: wamid,
    ...(typing ? { typing_indicator: { type: 'text' } } : {}),
  };
}

/** Never both: with both, `to` wins. A BSUID in `to` is accepted and lost (Meta, "Business-scoped user IDs"). */
const recipient = (address: Address): Wire =>
  'phone' in address ? { to: `+${address.phone.replace(/^\+/, '')}` } : { recipient: address.bsuid };

function body(content: OutboundContent): Wire {
  switch (content.kind) {
    case 'text':
      return { type: 'text', text: { body: content.body } };
    case 'buttons':
      return interactive('button', content, {
        buttons: content.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })),
      });
    case 'list':
      return interactive('list', content, {
        button: content.button,
        sections: content.sections.map(({ title, rows }) => ({
          ...(title === undefined ? {} : { title }),
          rows: rows.map((row) => ({
            id: row.id,
            title: row.title,
            ...(row.description === undefined ? {} : { description: row.description }),
          })),
        })),
      });
    case 'link':
      return interactive('cta_url', content, {
        name: 'cta_url',
        parameters: { display_text: content.label, url: content.url },
      });
    case 'order':
      return interactive('order_details', content, orderAction(content));
    case 'orderStatus':
      return interactive('order_status', content, orderStatusAction(content));
    case 'image':
      return { type: 'image', image: { ...media(content.media), ...caption(content) } };
    case 'document':
      return {
        type: 'document',
        document: { ...media(content.media), filename: content.filename, ...caption(content) },
      };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: content.wamid, emoji: content.emoji } };
    case 'contactRequest':
      return interactive('request_contact_info', content, { name: 'request_contact_info' });
    case 'template':
      return { type: 'template', template: template(content) };
  }
}

const interactive = (
  type: string,
  { header, body, footer }: { readonly header?: string; readonly body: string; readonly footer?: string },
  action: Wire,
): Wire => ({
  type: 'interactive',
  interactive: {
    type,
    ...(header === undefined ? {} : { header: { type: 'text', text: header } }),
    body: { text: body },
    ...(footer === undefined ? {} : { footer: { text: footer } }),
    action,
  },
});

const media = (source: MediaSource): Wire => ('id' in source ? { id: source.id } : { link: source.link });

const caption = ({ caption }: { readonly caption?: string }): Wire =>
  caption === undefined ? {} : { caption };

function template({
  name,
  language,
  header = [],
  body = [],
  buttons = [],
}: Extract<OutboundContent, { kind: 'template' }>): Wire {
  const components = [
    ...(header.length === 0 ? [] : [{ type: 'header', parameters: header.map(parameter) }]),
    ...(body.length === 0 ? [] : [{ type: 'body', parameters: body.map(parameter) }]),
    ...buttons.map((button, index) => ({
      type: 'button',
      sub_type: button.kind === 'url' ? 'url' : 'quick_reply',
      index: String(index),
      parameters: [
        button.kind === 'url'
          ? { type: 'text', text: button.suffix }
          : { type: 'payload', payload: button.payload },
      ],
    })),
  ];
  return { name, language: { code: language }, ...(components.length === 0 ? {} : { components }) };
}

const parameter = (given: TemplateParameter): Wire =>
  given.kind === 'text'
    ? {
        type: 'text',
        ...(given.name === undefined ? {} : { parameter_name: given.name }),
        text: given.text,
      }
    : { type: 'document', document: { ...media(given.media), filename: given.filename } };
