/** What a register says, in 300 characters of everything that could harm: it goes out short, plain and untappable. */
import { describe, expect, test } from 'vitest';
import { certificatePdf } from '../../documents/certificate.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import { statementPdf } from '../../documents/statement.ts';
import { inert, longestInert } from '../../domain/inert.ts';
import { languages } from '../../domain/language.ts';
import { maskAddress, maskName } from '../../domain/masking.ts';
import type { OutboundContent } from '../../domain/outbound.ts';
import { render } from '../../texts/render.ts';
import type { CorporationFacts } from '../../texts/words.ts';
import { payPage } from '../../web/pay.tsx';
import { verifyPage, type Found } from '../../web/verify.tsx';
import { problemsOf } from '../../whatsapp/limits.ts';
import { certificate, due, facts as paperFacts, receiptOf } from '../support/bills.ts';
import { textOf } from '../support/pdf-text.ts';
import {
  sampleFacts,
  sampleFound,
  sampleIntent,
  sampleLicenceOrder,
  sampleViews,
} from '../support/sample-payments.ts';
import { sampleDues, sampleReplies } from '../support/sample-replies.ts';

describe('a text of a register', () => {
  test.each([
    ['Annapurna Mishtanna Bhandar', 'Annapurna Mishtanna Bhandar'],
    ['S. K. Sen & Sons (P) Ltd.', 'S. K. Sen & Sons (P) Ltd.'],
    ['শ্রী অন্নপূর্ণা ভাণ্ডার, ৫৭/২এ, কলকাতা ৭০০ ০৭৫', 'শ্রী অন্নপূর্ণা ভাণ্ডার, ৫৭/২এ, কলকাতা ৭০০ ০৭৫'],
    ['••, Santoshpur Avenue, Kolkata 700075', '••, Santoshpur Avenue, Kolkata 700075'],
    ['ক্ষ\u200dখ\u200c', 'ক্ষ\u200dখ\u200c'],
    ['M/s.Roy', 'M/s. Roy'],
    ['*Pay* _at_ ~once~ `now`', 'Pay at once now'],
    ['https://evil.example/pay', 'evil. example/pay'],
    ['hxxp://WWW.evil.example', 'evil. example'],
    ['bit.ly/abc, kmc@evil.example', 'bit. ly/abc, kmc evil. example'],
    ['দোকান.বাংলা', 'দোকান. বাংলা'],
    ['Call +91 98300-00123 now', 'Call … now'],
    ['৯৮৩০০০০১২৩', '…'],
    ['upi://pay?pa=x', 'pay?pa=x'],
    ['> - Refund', 'Refund'],
    ['one\ntwo\t\u0000three', 'one two three'],
    ['\u202eelpmaxe\u202c \u2066a\u2069 \u200e\ufeffb', 'elpmaxe a b'],
  ])('%j becomes %j', (text, plain) => {
    expect(inert(text)).toBe(plain.normalize('NFC'));
  });

  test('is bounded, and made harmless once is harmless', () => {
    expect(Array.from(inert('ক'.repeat(9_000)))).toHaveLength(longestInert);
    for (const text of Object.values(hostile)) expect(inert(inert(text))).toBe(inert(text));
  });
});

const trick =
  '*PAY NOW* _https://evil.example/pay_ ~www.evil.example~ `x` \u202e\u2066 kmc@evil.example +91 98300 00123 ';
const fill = (text: string): string => text.repeat(9).slice(0, 300);
const hostile = {
  en: fill(trick),
  bn: fill(`${trick}টাকা.ফেরত `),
  hi: fill(`${trick}पैसा.वापस `),
};
/** With names and addresses masked on the way, as they are for whoever asks. */
const masked = {
  en: maskAddress(maskName(hostile.en)),
  bn: maskAddress(maskName(hostile.bn)),
  hi: maskAddress(maskName(hostile.hi)),
};

/** The same with every text of the register that is in it exchanged. */
function poisoned<T>(value: T, text: typeof hostile): T {
  if (Array.isArray(value)) return value.map((each: unknown) => poisoned(each, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if ('en' in value) {
    const own = Object.keys(value) as (keyof typeof hostile)[];
    return Object.fromEntries(own.map((language) => [language, text[language]])) as T;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [key, poisoned(each, text)]),
  ) as T;
}

/** What could be tapped, or turns the text around. */
const harm =
  /evil\.\S|www\.|:\/\/evil|@|[\u202a-\u202e\u2066-\u2069]|টাকা\.ফেরত|पैसा\.वापस|98300 00123|PAY NOW\*/u;

const chatFacts: CorporationFacts = {
  ...sampleFacts,
  hours: sampleFacts.office,
  licences: sampleFacts.office,
};

function wordsOf(content: OutboundContent): string {
  const { kind } = content;
  if (kind === 'template' || kind === 'reaction') throw new Error('a reply is neither');
  const rows = kind === 'list' ? content.sections.flatMap((section) => section.rows) : [];
  const titles = kind === 'buttons' ? content.buttons : rows;
  return [
    'body' in content ? content.body : (content.caption ?? ''),
    ...titles.flatMap(({ title, description = '' }) => [title, description]),
  ].join('\n');
}

/** The corporation's own signs of markup. */
const signs = (text: string): string => text.replace(/[^*_~`]/g, '');

/** What the gateway says that an app is to pay, to the letter as it stands in links, and the namespace of a QR code's picture. */
const ofGateway = [
  sampleIntent.slice('upi://pay'.length).replaceAll('&', '&amp;'),
  encodeURIComponent('xmlns="http://www.w3.org/2000/svg"'),
];
const withoutGateway = (page: string): string =>
  ofGateway.reduce((rest, words) => rest.replaceAll(words, ''), page);

describe.each(languages)('300 hostile characters in every field of the register, in %s', (language) => {
  test.each(sampleReplies(language))('$key can be sent, and says nothing of its own', (reply) => {
    const plain = wordsOf(render(reply, language, chatFacts));
    for (const text of [hostile, masked]) {
      const content = render(poisoned(reply, text), language, chatFacts);
      expect(problemsOf(content)).toEqual([]);
      // The corporation's own links and numbers stay.
      expect(wordsOf(content).replaceAll(chatFacts.publicUrl, '')).not.toMatch(harm);
      if (!('dues' in (reply.params ?? {}))) expect(signs(wordsOf(content))).toBe(signs(plain));
    }
  });

  test('the pay pages and the verify page', () => {
    for (const view of Object.values(sampleViews)) {
      for (const order of [view.order, sampleLicenceOrder]) {
        const account = poisoned(order.account, hostile);
        const page = payPage(language, { ...view, order: { ...order, account } }, sampleFacts);
        expect(withoutGateway(page)).not.toMatch(harm);
      }
    }
    for (const found of Object.values<Found>(sampleFound)) {
      const asked = 'CE-2026-27-000123';
      const page = verifyPage(language, { asked, found: poisoned(found, hostile) }, sampleFacts);
      expect(page).not.toMatch(harm);
    }
  });

  test('the papers', async () => {
    const dues = sampleDues(1);
    const account = poisoned(dues.account, hostile);
    const particulars = poisoned(certificate.particulars, hostile);
    const papers = await Promise.all([
      statementPdf({ ...dues, account }, language, paperFacts),
      receiptPdf(receiptOf([due('PD', 2026, [100])], { account }), language, paperFacts),
      certificatePdf({ ...certificate, particulars }, paperFacts),
    ]);
    // A long word may be broken by a character that has no width.
    for (const paper of papers) expect(textOf(paper).replace(/\u200b/g, '')).not.toMatch(harm);
    // The compiler of papers starts with the first of them.
  }, 30_000);
});
