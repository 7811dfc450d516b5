import { describe, expect, test } from 'vitest';
import type { Choice, OutboundContent } from '../../domain/outbound.ts';
import {
  countCharacters,
  problemsOf,
  problemsOfAddress,
  problemsOfFile,
  problemsOfOpaqueId,
  UnsendableError,
} from '../../whatsapp/limits.ts';

const x = (length: number): string => 'x'.repeat(length);
const choices = (count: number, title = (index: number) => `Row ${index}`): Choice[] =>
  Array.from({ length: count }, (_, index) => ({ id: `id${index}`, title: title(index) }));
const buttons = (given: readonly Choice[]): OutboundContent => ({
  kind: 'buttons',
  body: 'b',
  buttons: given,
});
const list = (...sections: { title?: string; rows: readonly Choice[] }[]): OutboundContent => ({
  kind: 'list',
  body: 'b',
  button: 'Choose',
  sections,
});
const link = (url: string): OutboundContent => ({ kind: 'link', body: 'b', label: 'Pay', url });
const template = (rest: object): OutboundContent => ({
  kind: 'template',
  name: 'receipt_ready',
  language: 'bn',
  ...rest,
});
const words = (text: string, name?: string): object => ({ kind: 'text', text, name });

describe('a message within the limits', () => {
  test.each<[string, OutboundContent]>([
    ['the longest text', { kind: 'text', body: x(4096) }],
    ['a text of letters outside the basic plane', { kind: 'text', body: '👍'.repeat(4096) }],
    ['three buttons with the longest titles', buttons(choices(3, (index) => x(19) + String(index)))],
    [
      'the longest list',
      list({ title: x(24), rows: choices(5) }, { title: 'B', rows: choices(10).slice(5) }),
    ],
    ['a list without section title', list({ rows: choices(10, () => x(24)) })],
    ['a link', link('https://example.org/pay/1')],
    ['a link of the sandbox', link('http://localhost:3000/pay/1')],
    ['a template', template({ body: [words('a', 'one'), words('b    c', 'two')] })],
  ])('has no problems: %s', (_, content) => {
    expect(problemsOf(content)).toEqual([]);
  });
});

describe('a message beyond the limits', () => {
  test.each<[string, OutboundContent, string[]]>([
    ['text', { kind: 'text', body: x(4097) }, ['body: at most 4096 characters, found 4097']],
    ['blank text', { kind: 'text', body: ' \n' }, ['body: must not be empty']],
    ['no buttons', buttons([]), ['buttons: at least 1, found 0']],
    ['four buttons', buttons(choices(4)), ['buttons: at most 3, found 4']],
    [
      'buttons that say the same',
      buttons(choices(2, () => 'Yes')),
      ['buttons: every title must be different, found 1 twice'],
    ],
    [
      'all that can be wrong with buttons at once',
      {
        kind: 'buttons',
        body: x(1025),
        footer: x(61),
        buttons: [
          { id: x(257), title: x(21) },
          { id: ' a', title: '' },
        ],
      },
      [
        'body: at most 1024 characters, found 1025',
        'footer: at most 60 characters, found 61',
        'buttons[0].id: at most 256 characters, found 257',
        'buttons[0].title: at most 20 characters, found 21',
        'buttons[1].id: no blanks at its ends',
        'buttons[1].title: must not be empty',
      ],
    ],
    [
      'eleven rows in two sections',
      list({ title: 'A', rows: choices(6) }, { title: 'B', rows: choices(11).slice(6) }),
      ['rows: at most 10, found 11'],
    ],
    [
      'all that can be wrong with a list at once',
      {
        kind: 'list',
        header: x(61),
        body: x(4097),
        footer: '',
        button: x(21),
        sections: [
          { title: x(25), rows: [{ id: x(201), title: x(25), description: x(73) }] },
          {
            rows: [
              { id: 'a', title: 'A' },
              { id: 'a', title: 'B' },
            ],
          },
          { title: 'C', rows: [] },
        ],
      },
      [
        'header: at most 60 characters, found 61',
        'body: at most 4096 characters, found 4097',
        'footer: must not be empty',
        'button: at most 20 characters, found 21',
        'sections[0].title: at most 24 characters, found 25',
        'sections[0].rows[0].id: at most 200 characters, found 201',
        'sections[0].rows[0].title: at most 24 characters, found 25',
        'sections[0].rows[0].description: at most 72 characters, found 73',
        'sections[1].title: must not be empty',
        'sections[2].rows: at least 1, found 0',
        'rows: every id must be different, found 1 twice',
      ],
    ],
    ['no sections', list(), ['sections: at least 1, found 0', 'rows: at least 1, found 0']],
    ['a link without encryption', link('http://example.org/'), ['url: must be an https address']],
    [
      'a link that only looks local',
      link('http://localhost.example.org/'),
      ['url: must be an https address'],
    ],
    ['a link that runs a script', link('javascript:alert(1)'), ['url: must be an https address']],
    ['a link that is none', link('pay'), ['url: must be an https address']],
    [
      'a link with a long label',
      { kind: 'link', body: x(1025), label: x(21), url: 'https://example.org' },
      ['body: at most 1024 characters, found 1025', 'label: at most 20 characters, found 21'],
    ],
    [
      'a picture',
      { kind: 'image', media: { link: 'ftp://example.org' }, caption: x(1025) },
      ['media.link: must be an https address', 'caption: at most 1024 characters, found 1025'],
    ],
    [
      'a document',
      { kind: 'document', media: { id: '' }, filename: ' ' },
      ['media.id: must not be empty', 'filename: must not be empty'],
    ],
    [
      'a request for the number',
      { kind: 'contactRequest', body: x(1025) },
      ['body: at most 1024 characters, found 1025'],
    ],
    [
      'all that can be wrong with a template at once',
      template({
        name: 'Receipt ready',
        language: '',
        header: [words(x(61)), { kind: 'document', media: { id: '' }, filename: 'a.pdf' }],
        body: [
          words('a\nb'),
          words('', 'named'),
          { kind: 'document', media: { id: '1' }, filename: 'a.pdf' },
        ],
        buttons: [
          ...Array.from({ length: 10 }, () => ({ kind: 'url', suffix: 'a' })),
          { kind: 'quickReply', payload: '' },
        ],
      }),
      [
        'name: only a to z, 0 to 9 and _',
        'language: must not be empty',
        'header: at most 1, found 2',
        'header[0].text: at most 60 characters, found 61',
        'header[1].media.id: must not be empty',
        'body[0].text: no new line, no tab, at most 4 spaces in a row',
        'body[1].text: must not be empty',
        'body[2]: must be a text',
        'body: all parameters have a name, or none',
        'buttons: at most 10, found 11',
        'buttons[10].payload: must not be empty',
      ],
    ],
  ])('names every problem: %s', (_, content, problems) => {
    expect(problemsOf(content)).toEqual(problems);
  });
});

describe('the checks beside the message', () => {
  test('count what a reader would call characters of the script, not bytes', () => {
    expect(countCharacters('সম্পত্তি কর')).toBe(11);
    expect(countCharacters('👍')).toBe(1);
  });

  test('stop a BSUID in the place of a phone, which Meta would accept and lose', () => {
    expect(problemsOfAddress({ phone: 'IN.13491208655302741918' })).toEqual([
      'phone: must be 5 to 15 digits',
    ]);
    expect(problemsOfAddress({ bsuid: '919876543210' })).toEqual([
      'bsuid: must be a business-scoped user id',
    ]);
    expect(problemsOfAddress({ phone: '919876543210' })).toEqual([]);
    expect(problemsOfAddress({ bsuid: 'IN.13491208655302741918' })).toEqual([]);
  });

  test('hold our id to what Meta gives back', () => {
    expect(problemsOfOpaqueId(undefined)).toEqual([]);
    expect(problemsOfOpaqueId(x(512))).toEqual([]);
    expect(problemsOfOpaqueId(x(513))).toEqual(['opaqueId: at most 512 characters, found 513']);
  });

  test.each([
    [5 * 1024 ** 2, 'image/png', []],
    [5 * 1024 ** 2 + 1, 'image/png', ['bytes: at most 5242880 for image/png, found 5242881']],
    [1, 'image/webp', ['mimeType: an image must be image/jpeg or image/png']],
    [17 * 1024 ** 2, 'video/mp4', ['bytes: at most 16777216 for video/mp4, found 17825792']],
    [17 * 1024 ** 2, 'application/pdf', []],
    [0, 'application/pdf', ['bytes: must not be empty']],
  ])('hold a file of %i bytes and type %s to its limit', (size, type, problems) => {
    expect(problemsOfFile(size, type)).toEqual(problems);
  });

  test('say the fields in the error, never the words', () => {
    const error = new UnsendableError(problemsOf({ kind: 'text', body: 'secret'.repeat(1000) }));
    expect(error.name).toBe('UnsendableError');
    expect(error.message).toBe('WhatsApp would refuse this: body: at most 4096 characters, found 6000');
  });
});
