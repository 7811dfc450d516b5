import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../domain/calendar.ts';
import { languages, type Language } from '../../domain/language.ts';
import { paise } from '../../domain/money.ts';
import type { OutboundContent } from '../../domain/outbound.ts';
import type { Receipt } from '../../domain/payments/receipt.ts';
import type { NoteKey } from '../../domain/reply.ts';
import { services } from '../../domain/services.ts';
import { defaultTemplates } from '../../sandbox/graph/default-templates.ts';
import * as onCertificates from '../../texts/certificate.ts';
import { labels, notes, phoneRequest } from '../../texts/conversation.ts';
import { certificateFile, receiptFile, statementFile } from '../../texts/file-names.ts';
import type { CorporationFacts } from '../../texts/words.ts';
import { formatMoney, formatPeriod } from '../../texts/format.ts';
import * as onReceipts from '../../texts/receipt.ts';
import * as onRefunds from '../../texts/refund.ts';
import { render } from '../../texts/render.ts';
import { serviceTexts } from '../../texts/services/services.ts';
import * as onStatements from '../../texts/statement.ts';
import { homePage } from '../../web/home.tsx';
import { noticePage } from '../../web/notice.tsx';
import { payMissingPage, payPage, redirectPage } from '../../web/pay.tsx';
import { privacyPage } from '../../web/privacy.tsx';
import { verifyPage } from '../../web/verify.tsx';
import { wayBackNothing, wayBackPage } from '../../web/way-back.tsx';
import { problemsOf } from '../../whatsapp/limits.ts';
import { certificate } from '../support/bills.ts';
import { meaningOf } from '../support/ear.ts';
import {
  sampleFacts,
  sampleFound,
  sampleLicenceOrder,
  sampleView,
  sampleViews,
} from '../support/sample-payments.ts';
import { sampleDues, sampleReplies } from '../support/sample-replies.ts';
import { seen } from '../support/seen.ts';

/** As long as the settings of a real corporation may well be. */
const facts: CorporationFacts = {
  number: '+91 83359 99111',
  office: { bn: 'অ'.repeat(90), en: 'a'.repeat(90), hi: 'अ'.repeat(90) },
  hours: { bn: 'অ'.repeat(60), en: 'a'.repeat(60), hi: 'अ'.repeat(60) },
  complaints: { bn: 'অ'.repeat(90), en: 'a'.repeat(90), hi: 'अ'.repeat(90) },
  licences: { bn: 'অ'.repeat(120), en: 'a'.repeat(120), hi: 'अ'.repeat(120) },
  publicUrl: 'https://services.example.org',
};

/** Each ends in a digit, as a telephone number or a postcode does. */
const ending = { bn: 'কলকাতা 700013', en: 'Kolkata 700013', hi: 'कोलकाता 700013' };
const factsWithDigits: CorporationFacts = {
  ...facts,
  office: ending,
  hours: ending,
  complaints: ending,
  licences: ending,
};
const pageFacts = { ...sampleFacts, office: ending, hours: ending, complaints: ending };

/** Everything that the chat says. */
function chatIn(language: Language): string[] {
  const said = sampleReplies(language).map((reply) => render(reply, language, factsWithDigits));
  const templates = defaultTemplates('https://services.example.org').filter(
    (one) => one.language === language,
  );
  return [
    ...said.flatMap((content) => wordsOf(content, language)),
    ...noteKeys.map((key) => notes[key][language]),
    ...Object.values(labels).flatMap((label) => Object.values(label[language])),
    ...templates.map(({ body }) => body),
    phoneRequest[language],
  ];
}

/** Everything that the pages say. */
function pagesIn(language: Language): string[] {
  const views = { ...sampleViews, licence: sampleView({}, { order: sampleLicenceOrder }) };
  const redirect = { kind: 'link', url: 'https://pay.example.org' } as const;
  return [
    homePage(language, pageFacts),
    privacyPage(language, pageFacts),
    ...(['notFound', 'unreadable', 'tryAgain'] as const).map((kind) => noticePage(kind, language)),
    ...Object.values(views).flatMap((view) => [
      payPage(language, view, pageFacts),
      wayBackPage(language, { view, reference: 'ATTEMPT1', path: '/return/billdesk' }, pageFacts),
    ]),
    payMissingPage(language, pageFacts),
    wayBackNothing(language, 'billdesk', pageFacts),
    redirectPage(language, { gateway: 'billdesk', redirect }),
    verifyPage(language, {}, pageFacts),
    ...['W-2026-27-000009', '12'].map((asked) => verifyPage(language, { asked }, pageFacts)),
    ...Object.values(sampleFound).map((found) =>
      verifyPage(language, { asked: 'W-2026-27-000123', found }, pageFacts),
    ),
  ].map((html) => seen(html));
}

/** Everything that stands on papers. */
function papersIn(language: Language): string[] {
  const { refundReplies: _, ...ofRefunds } = onRefunds;
  return [onStatements, onReceipts, ofRefunds, onCertificates, serviceTexts].flatMap((texts) =>
    wordsOf(texts, language),
  );
}

/** Where a pattern is found in texts, with what stands before it. */
function foundIn(texts: readonly string[], pattern: RegExp): string[] {
  return texts.flatMap((text) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 20), at + 10)];
  });
}

/** Every text in one language among values of any shape; what a text is made with is a number. */
function wordsOf(value: unknown, language: Language): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((each: unknown) => wordsOf(each, language));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).filter(([key]) => key !== 'replies' && key !== 'paidThrough');
  return entries.flatMap(([key, each]: [string, unknown]) => {
    if (languages.some((other) => other === key && other !== language)) return [];
    return wordsOf(
      typeof each === 'function' ? (each as (...values: string[]) => unknown)('1', '1') : each,
      language,
    );
  });
}

const noteKeys = Object.keys(notes) as NoteKey[];

/** What a text wants, and the language that it asks for. */
async function wantOf(text: string): Promise<{
  readonly intent: string | undefined;
  readonly language: string | undefined;
}> {
  const { intents, language } = await meaningOf(text);
  return { intent: intents?.[0]?.intent, language };
}

/** The words of a message, wherever WhatsApp puts them. */
function bodyOf(content: OutboundContent): string {
  if (content.kind === 'template' || content.kind === 'reaction') throw new Error('a reply is neither');
  return 'body' in content ? content.body : (content.caption ?? '');
}

describe.each(languages)('every text in %s', (language) => {
  const [chat, pages] = [chatIn(language), pagesIn(language)];
  const everything = [...chat, ...pages, ...papersIn(language)];

  test.each(sampleReplies(language))(
    '$key keeps within the limits of WhatsApp, with the longest note before it, or the other languages behind',
    (reply) => {
      const longest = noteKeys.reduce((a, b) =>
        notes[a][language].length > notes[b][language].length ? a : b,
      );
      for (const note of [undefined, longest]) {
        expect(problemsOf(render({ ...reply, note }, language, facts))).toEqual([]);
      }
      // What is due answers a number, and needs no note.
      const note = reply.key === 'menu' ? longest : undefined;
      expect(problemsOf(render({ ...reply, note, isFirstContact: true }, language, facts))).toEqual([]);
    },
  );

  test.each(sampleReplies(language))('$key is written in its own script', (reply) => {
    const body = bodyOf(render(reply, language, facts));
    const scripts = { bn: /[\u0980-\u09ff]/, en: /[A-Za-z]{3}/, hi: /[\u0900-\u097f]/ };
    expect(body).toMatch(scripts[language]);
    // The question for the language is asked in all three.
    if (reply.key === 'chooseLanguage') return;
    if (language !== 'bn') expect(body.replaceAll('অ', '')).not.toMatch(scripts.bn);
    // U+0964, the full stop, belongs to both scripts.
    if (language !== 'hi') expect(body.replace(/।/g, '')).not.toMatch(scripts.hi);
  });

  test('what is due says every bill where it fits, then every year, then every kind, and always the total', () => {
    const [few, more, many] = [1, 6, 40].map((years) => {
      const params = sampleDues(years);
      const body = bodyOf(render({ key: 'dues.property', params }, language, facts));
      expect(body).toContain(formatMoney(params.total, language));
      expect(body).toContain('31-107-11-0057-1');
      return body;
    });
    expect(few).toContain(formatMoney(sampleDues(1).dues[0]?.rebate?.amount ?? paise(0), language));
    expect(more?.split('\n').length).toBeGreaterThan(many?.split('\n').length ?? 0);
  });

  test('every label is understood when it is typed instead of tapped', async () => {
    for (const service of services)
      expect((await wantOf(labels[service][language].title)).intent).toBe(service);
    for (const other of languages) {
      expect((await wantOf(labels[`language.${other}`][language].title)).language).toBe(other);
    }
  });

  test('every word that a text tells the citizen to type is understood', async () => {
    const told: Record<Language, [string, string][]> = {
      bn: [
        ['মেনু', 'greeting'],
        ['ভাষা', 'language'],
        ['সাহায্য', 'help'],
        ['বন্ধ', 'stop'],
        ['চালু', 'start'],
        ['অবস্থা', 'status'],
      ],
      en: [
        ['menu', 'greeting'],
        ['language', 'language'],
        ['help', 'help'],
        ['stop', 'stop'],
        ['start', 'start'],
        ['status', 'status'],
      ],
      hi: [
        ['मेनू', 'greeting'],
        ['भाषा', 'language'],
        ['मदद', 'help'],
        ['बंद', 'stop'],
        ['चालू', 'start'],
        ['स्थिति', 'status'],
      ],
    };
    const everything = JSON.stringify(sampleReplies(language).map((reply) => render(reply, language, facts)));
    for (const [word, meaning] of told[language]) {
      expect(everything).toContain(word);
      expect((await wantOf(word)).intent).toBe(meaning);
    }
  });

  test('no full stop of Bengali or Hindi stands right after an ASCII digit, where it reads as another 1', () => {
    expect(foundIn(everything, /[0-9]।/)).toEqual([]);
  });

  test('initials, a ward with its number, dates and times stay on one line', () => {
    const month = 'জানুয়ারি|নভেম্বর|ডিসেম্বর|January|November|December|जनवरी|नवंबर|दिसंबर';
    const time = 'ভোর|সকাল|দুপুর|বিকেল|সন্ধ্যা|রাত|सुबह|दोपहर|शाम|रात';
    const date = new RegExp(
      `[0-9০-৯] (?:${month})|(?:${month}) [0-9০-৯]|(?:${time}) [0-9০-৯]|[0-9] (?:am|pm|बजे)`,
    );
    expect(
      foundIn(
        [...chat, ...pages].map((text) => text.normalize('NFC')),
        date,
      ),
    ).toEqual([]);
    expect(foundIn(everything, /সি ই|পি ডি|এল ও|ও আই/)).toEqual([]);
    expect(foundIn(chat, /(?:ওয়ার্ড|Ward|वार्ड) [0-9০-৯]/)).toEqual([]);
  });

  test('amounts in whole rupees have no paise in the chat and on pages', () => {
    expect(foundIn([...chat, ...pages], /[.](?:00|০০)(?![0-9০-৯])/)).toEqual([]);
  });

  test('an apostrophe is never a straight one, and it is "we" who speak, never "I"', () => {
    expect(foundIn(everything, /\p{L}'\p{L}|\bI\b|আমি|मैं(?!\p{M})/u)).toEqual([]);
  });

  test('there is one verb for paying, and one for tapping', () => {
    expect(foundIn(everything, /মেটান|মেটাতে|মেটানো|মিটিয়ে|चुकाना|चुकाने|जमा करें|চাপুন|চেপে/)).toEqual([]);
  });

  test('every template begins and ends with words, as WhatsApp asks', () => {
    const templates = defaultTemplates('https://services.example.org').filter(
      (one) => one.language === language,
    );
    const blank = '[^\\p{L}\\p{N}{}]*';
    const bare = new RegExp(`^${blank}\\{\\{|\\}\\}${blank}$`, 'u');
    expect(templates.filter(({ body }) => bare.test(body))).toEqual([]);
  });

  test('the first answer alone says what becomes of the citizen’s data, and that of the first contact how to go on in another language', async () => {
    const menu = (isFirst: boolean, isFirstContact?: true): string =>
      bodyOf(render({ key: 'menu', params: { isFirst }, isFirstContact }, language, facts));
    expect(menu(true).startsWith(menu(false))).toBe(true);
    expect(menu(true).length).toBeGreaterThan(menu(false).length);
    const names = { bn: 'বাংলা', en: 'English', hi: 'हिन्दी' };
    for (const other of languages) {
      expect(menu(true, true).includes(`*${names[other]}*`)).toBe(other !== language);
      expect(menu(true)).not.toContain(`*${names[other]}*`);
      expect((await wantOf(names[other])).language).toBe(other);
    }
  });

  test('one fixed choice is a button, and earlier numbers are a list', () => {
    const [fixed, ...earlier] =
      sampleReplies(language)
        .find(({ key }) => key === 'askNumber.licence')
        ?.choices?.toReversed() ?? [];
    if (!fixed) throw new Error('no choices');
    const ask = (choices: typeof earlier): OutboundContent =>
      render({ key: 'askNumber.licence', choices }, language, facts);
    expect(ask([fixed]).kind).toBe('buttons');
    expect(ask([fixed, ...earlier]).kind).toBe('list');
  });

  test('a receipt names its bills, or counts them where they are many', () => {
    const captions = sampleReplies(language)
      .filter(({ key }) => key === 'receipt')
      .map((reply) => bodyOf(render(reply, language, facts)));
    const [bare = '', few = '', many = ''] = captions;
    expect(few).toContain(formatPeriod(...yearOf(2026), language));
    expect(few.split('\n').length).toBe(bare.split('\n').length + 1);
    expect(many.split('\n').length).toBe(few.split('\n').length);
    expect(many).toContain(formatPeriod(yearOf(2021)[0], yearOf(2026)[1], language));
  });
});

test('what tells one file from the next stands at the beginning of its name', () => {
  const { account } = sampleDues(1);
  const receipt = { number: 'W-2026-27-000123', service: 'propertyTax', account } as Receipt;
  expect(receiptFile(receipt)).toBe('000123 property tax 31-107-11-0057-1.pdf');
  expect(statementFile('110030100013')).toBe('11-003-01-0001-3 statement.pdf');
  const tradeName = { en: 'Babui "Dress"\n/ Makers' };
  expect(certificateFile({ ...certificate.particulars, tradeName }, '2030-01-21' as CalendarDate)).toBe(
    'Babui Dress Makers trade licence 2030.pdf',
  );
});

function yearOf(start: number): [CalendarDate, CalendarDate] {
  return [`${start}-04-01` as CalendarDate, `${start + 1}-03-31` as CalendarDate];
}
