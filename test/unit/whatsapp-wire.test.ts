import { describe, expect, test } from 'vitest';
import type { Address, OutboundContent } from '../../domain/outbound.ts';
import { markReadWire, toWire, type WireOptions } from '../../whatsapp/wire.ts';
import { problemsOf } from '../../whatsapp/limits.ts';
import { fixture } from './whatsapp-fixtures.ts';

const asha: Address = { phone: '919876543210' };
const ashaWithoutPhone: Address = { bsuid: 'IN.13491208655302741918' };

const sent: Record<string, [content: OutboundContent, address: Address, options?: WireOptions]> = {
  text_to_bsuid: [{ kind: 'text', body: 'Namaste' }, ashaWithoutPhone],
  text_contextual_reply: [{ kind: 'text', body: 'Got it' }, asha, { replyTo: 'wamid.INBOUND1' }],
  buttons: [
    {
      kind: 'buttons',
      body: 'Renew TL-2024-000123 for 1 year?',
      footer: 'Reply STOP to opt out',
      buttons: [
        { id: 'confirm:yes', title: 'Yes, renew' },
        { id: 'confirm:no', title: 'No' },
      ],
    },
    asha,
  ],
  list: [
    {
      kind: 'list',
      header: 'Your licences',
      body: 'Which licence?',
      button: 'Choose',
      sections: [
        {
          title: 'Expiring soon',
          rows: [{ id: 'lic:TL-2024-000123', title: 'TL-2024-000123', description: 'Kirana store, Ward 12' }],
        },
      ],
    },
    asha,
  ],
  cta_url: [{ kind: 'link', body: 'Pay Rs 1,180', label: 'Pay now', url: 'https://rzp.io/i/abc' }, asha],
  image_by_id: [{ kind: 'image', media: { id: '1037543291543636' }, caption: 'Receipt' }, asha],
  document_by_id: [
    {
      kind: 'document',
      media: { id: '1376223850470843' },
      filename: 'TL-2024-000123.pdf',
      caption: 'Your renewed licence',
    },
    asha,
  ],
  reaction: [{ kind: 'reaction', wamid: 'wamid.INBOUND1', emoji: '👍' }, asha],
  request_contact_info: [
    { kind: 'contactRequest', body: 'Please share your mobile number so we can find your licence' },
    ashaWithoutPhone,
  ],
  template_doc_header_url_button: [
    {
      kind: 'template',
      name: 'tl_renewed',
      language: 'en',
      header: [{ kind: 'document', media: { id: '1376223850470843' }, filename: 'TL-2024-000123.pdf' }],
      body: [
        { kind: 'text', text: 'Asha Devi' },
        { kind: 'text', text: 'TL-2024-000123' },
      ],
      buttons: [{ kind: 'url', suffix: 'TL-2024-000123' }],
    },
    asha,
  ],
  template_named_params_quick_reply: [
    {
      kind: 'template',
      name: 'tl_expiry_reminder',
      language: 'hi',
      body: [
        { kind: 'text', name: 'holder', text: 'आशा देवी' },
        { kind: 'text', name: 'expiry', text: '31-03-2027' },
      ],
      buttons: [{ kind: 'quickReply', payload: 'renew:TL-2024-000123' }],
    },
    asha,
  ],
};

describe('a message on the wire', () => {
  test.each(Object.entries(sent))('is what Meta documents: %s', (name, [content, address, options]) => {
    expect(toWire(content, address, options)).toStrictEqual(fixture('outbound', name));
    expect(problemsOf(content)).toEqual([]);
  });

  test('carries our id; leaves previews of links at their default, off', () => {
    const { text, ...rest } = fixture('outbound', 'text') as { text: object };
    expect({ ...text, preview_url: false }).toEqual(text);
    expect(toWire({ kind: 'text', body: 'Namaste' }, asha, { opaqueId: 'job:42' })).toStrictEqual({
      ...rest,
      text: { body: 'Namaste' },
    });
  });

  test('goes to a phone with a plus, or to a BSUID, never to both', () => {
    const hi: OutboundContent = { kind: 'text', body: 'Hi' };
    expect(toWire(hi, asha)).toHaveProperty('to', '+919876543210');
    expect(toWire(hi, asha)).not.toHaveProperty('recipient');
    expect(toWire(hi, { phone: '+919876543210' })).toHaveProperty('to', '+919876543210');
    expect(toWire(hi, ashaWithoutPhone)).toHaveProperty('recipient', 'IN.13491208655302741918');
    expect(toWire(hi, ashaWithoutPhone)).not.toHaveProperty('to');
  });

  test('may take its file from a link, and leaves out what is not there', () => {
    expect(toWire({ kind: 'image', media: { link: 'https://example.org/a.png' } }, asha)).toMatchObject({
      image: { link: 'https://example.org/a.png' },
    });
    const list: OutboundContent = {
      kind: 'list',
      body: 'Which?',
      button: 'Choose',
      sections: [{ rows: [{ id: 'a', title: 'A' }] }],
    };
    expect(toWire(list, asha)).toHaveProperty('interactive', {
      type: 'list',
      body: { text: 'Which?' },
      action: { button: 'Choose', sections: [{ rows: [{ id: 'a', title: 'A' }] }] },
    });
    expect(toWire({ kind: 'template', name: 'hello', language: 'bn' }, asha)).toHaveProperty('template', {
      name: 'hello',
      language: { code: 'bn' },
    });
  });

  test('marks as read, with and without "typing…"', () => {
    expect(markReadWire('wamid.INBOUND1', { typing: false })).toStrictEqual(fixture('outbound', 'mark_read'));
    expect(markReadWire('wamid.INBOUND1', { typing: true })).toStrictEqual(
      fixture('outbound', 'mark_read_typing'),
    );
  });
});
