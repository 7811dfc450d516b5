/** What a message can mean, as it is handed to its conversation, and what it says to a question. */
import { describe, expect, test } from 'vitest';
import type { InboundContent } from '../../domain/conversation/inbound.ts';
import type { Intent } from '../../domain/conversation/meaning.ts';
import { readingOf, type Asked, type Reading } from '../../domain/conversation/reading.ts';
import { understand, understandMessage } from '../../domain/conversation/understanding/understand.ts';
import { listen, meaningOf } from '../support/ear.ts';

async function wishOf(text: string): Promise<Intent | undefined> {
  return (await meaningOf(text)).intents?.[0]?.intent;
}

/** What a text says to a question, without what was not said. */
async function says(text: string, asked: Asked['for'] = 'nothing'): Promise<Reading> {
  return readingOf(
    await meaningOf(text),
    asked === 'number' ? { for: asked, kind: 'property' } : { for: asked },
  );
}

/** The numbers in a text, each with its kinds. */
async function numbersOf(text: string): Promise<string[]> {
  return ((await says(text)).numbers ?? []).map(({ number, kinds }) => `${kinds.join('+')} ${number}`);
}

const assessee = '311071100571';

describe('wishes', () => {
  test.each<[Intent, string[]]>([
    [
      'greeting',
      [
        'hi',
        'Hi!!',
        'hi ❤️',
        'হাই',
        'নমস্কার।',
        'नमस्ते',
        'nomoskar',
        'মেনু 🙏',
        'menu please',
        'hi dada',
        'শুভ সকাল',
      ],
    ],
    ['thanks', ['ধন্যবাদ', 'ok thanks', '👍', 'धन्यवाद', 'ঠিক আছে', 'dhonnobad dada']],
    ['help', ['help', 'help me please', 'সাহায্য', 'madad', 'मदद कर दीजिए', 'সাহায্য কর']],
    ['back', ['back', 'ফিরে যান', 'wapas', 'cancel', 'exit', 'বাতিল', 'रद्द करें']],
    ['language', ['ভাষা', 'bhasha', 'भाषा', 'change language', 'English please', 'हिंदी में', 'ইংরেজিতে বলুন']],
    ['status', ['status', 'অবস্থা', 'स्थिति', 'application status', 'আবেদন কত দূর']],
    ['receipts', ['রসিদ', 'my receipts', 'property tax receipt', 'rosid chai', 'রসিদটা পাঠান', 'मेरी रसीद']],
    ['pay', ['i want to pay', 'পেমেন্ট করতে চাই', 'भुगतान करना है', 'payment']],
    [
      'propertyTax',
      ['property tax', 'সম্পত্তি করের বিল', 'ট্যাক্সের বিল', 'kor', 'কর', 'गृहकर', 'বাড়ির ট্যাক্স', 'proprty tax'],
    ],
    ['tradeLicence', ['trade license', 'ট্রেন্ড লাইসেন্স', 'लाइसेन्स', 'laisens', 'trade lisence fee']],
    ['renewal', ['trade licence renewal', 'নবীকরণ', 'renewel', 'रिन्यू', 'পুণর্নবীকরণ', 'licence renew korbo']],
    ['marketRent', ['stall rent', 'স্টলের ভাড়া', 'दुकान का किराया']],
    ['complaint', ['শিকায়েত', 'complaint about tax', 'ট্যাক্স নিয়ে অভিযোগ', 'शिकायत दर्ज कर दो'].slice(1)],
    ['person', ['talk to agent', 'মানুষের সঙ্গে কথা বলতে চাই', 'किसी से बात करनी है', 'person']],
    [
      'moneyCut',
      [
        'money deducted but payment failed',
        'টাকা কেটে নিয়েছে কিন্তু রসিদ আসেনি',
        'paise kat gaye payment nahi hua',
      ],
    ],
    [
      'notHere',
      [
        'income tax',
        'driving licence',
        'new trade licence',
        'birth certificate',
        'ড্রাইভিং লাইসেন্স',
        'आधार कार्ड',
      ],
    ],
    [
      'about',
      ['office address please', 'আপনাদের অফিস কোথায়?', 'about this service', 'property tax office address'],
    ],
    ['statement', ['পুরো হিসাব', 'statement']],
    ['chooseBills', ['choose bills', 'বাছাই']],
    ['whereIsNumber', ['where is my number', 'নম্বর জানি না', 'number nei', 'I always forget my number']],
    ['forgetNumbers', ['forget my numbers', 'আমার নম্বর ভুলে যান', 'delete my data']],
  ])('%s is heard in its usual words', async (intent, texts) => {
    const wishes = await Promise.all(texts.map(async (text) => [text, await wishOf(text)] as const));
    expect(Object.fromEntries(wishes)).toEqual(Object.fromEntries(texts.map((text) => [text, intent])));
  });

  test('to be left alone is heard in all its forms, and surely', async () => {
    for (const text of [
      'STOP',
      'STOP ⛔️',
      'ＳＴＯＰ',
      'please stop',
      'Stop. Thank you',
      'stop messages',
      "don't message me",
      'unsubscribe me',
      'optout',
      'STOPALL',
      'no more messages',
      'मैसेज बंद करो',
      'मैसेज भेजना बंद कर दो',
      'মেসেজ বন্ধ করুন',
      'message band karo',
      'বন্ধ',
      'bondho koro',
    ])
      expect((await meaningOf(text)).intents?.[0], text).toEqual({ intent: 'stop', certainty: 'sure' });
    for (const text of ['the tap does not stop leaking', 'দোকান বন্ধ, লাইসেন্স লাগবে না'])
      expect(await wishOf(text), text).not.toBe('stop');
    for (const text of ['START', 'চালু', 'আবার চালু করুন', 'फिर चालू करें'])
      expect(await wishOf(text), text).toBe('start');
  });

  test('a verb that looks like a tax is none, and an "I do not know" opens nothing', async () => {
    for (const text of ['पेमेंट कर दिया', 'शिकायत दर्ज कर दो', 'मदद कर दीजिए', 'আমাকে ফোন কর', 'কাজ কর'])
      expect(await wishOf(text), text).not.toBe('propertyTax');
    for (const text of ['पता नहीं', 'नंबर पता नहीं', 'number pata nahi hai'])
      expect(await wishOf(text), text).toBe('whereIsNumber');
  });

  test.each([
    ['English', 'en'],
    ['ইংরেজি', 'en'],
    ['angrezi', 'en'],
    ['বাংলা', 'bn'],
    ['bangla', 'bn'],
    ['हिंदी', 'hi'],
    ['hindi me', 'hi'],
    ['in english please', 'en'],
  ])('%s asks for the language %s', async (text, language) => {
    expect(await meaningOf(text)).toMatchObject({ language, intents: [{ intent: 'language' }] });
  });

  test.each([
    ['Hello, I want to pay property tax', 'en'],
    ['নমস্কার', 'bn'],
    ['नमस्ते', 'hi'],
    ['ami tax dite chai', 'bn'],
    ['mujhe tax dena hai', 'hi'],
    ['hi', undefined],
    ['311071100571', undefined],
  ])('"%s" is written in %s', async (text, language) => {
    expect((await meaningOf(text)).writtenIn).toBe(language);
  });
});

describe('numbers of accounts', () => {
  test.each<[string, string[]]>([
    ['৩১-১০৭-১১-০০৫৭-১', [`property ${assessee}`]],
    ['31 107 11 0057 1', [`property ${assessee}`]],
    ['31‑107—11−0057·1', [`property ${assessee}`]],
    ['(31) 107:11_0057|1', [`property ${assessee}`]],
    ['31\u200b-107-\u200e11-0057-1', [`property ${assessee}`]],
    ['３１-１０７-１１-００５７-１', [`property ${assessee}`]],
    ['٣١-١٠٧-١١-٠٠٥٧-١', [`property ${assessee}`]],
    [assessee, [`property+licence ${assessee}`]],
    ['CE no. 7001/2345/67', ['licence 7001234567']],
    ['স্টল নম্বর ০১২-০৩৪৫', ['stall 0120345']],
    ['1. 110010200057', ['property+licence 110010200057']],
    ['Ward 1 - 110010200057', ['property+licence 110010200057']],
    ['110010200057 2026-27', ['property+licence 110010200057']],
    ['Flat 4\n110010200057', ['property 110010200057']],
    ['4596/- 110010200057', ['property+licence 110010200057']],
    ['tax 110010200057 mobile 9830012345', ['property 110010200057']],
    ['110010200057\n110010200065', ['property+licence 110010200057', 'property+licence 110010200065']],
    ['tax 110010200057, licence 700123456789', ['property 110010200057', 'licence 700123456789']],
    ['assessee 31-107-11\n-0057-1', [`property ${assessee}`]],
    ['unit 31, ward 107, street 11, premises 0057, last 1 tax', [`property ${assessee}`]],
    ['three one one zero seven one one zero zero five seven one tax', [`property ${assessee}`]],
  ])('are found in "%s"', async (text, numbers) => {
    expect(await numbersOf(text)).toEqual(numbers);
  });

  test.each([
    'Payment received. Receipt W-2026-27-000001',
    'https://services.example.org/verify/CE-2026-27-000001',
    'UPI ref 412345678901',
    'paid on 28/11/2026 at 10:30 am',
    'মোবাইল ৯৮৩০০১২৩৪৫',
    '+91 98300 12345',
    '9830012345',
    'my aadhaar 1234 5678 9012',
    '₹4,596.00 paid',
    'pin 700019',
  ])('are none where other things look like them: "%s"', async (text) => {
    expect(await numbersOf(text)).toEqual([]);
    expect((await says(text)).isMistyped).toBeUndefined();
  });

  test('a mistyped one is known as such', async () => {
    for (const text of ['property tax 31-199-11-0057-1', 'assessee 31107110057', 'licence no 123'])
      expect((await says(text)).isMistyped, text).toBe(true);
    expect(await says('31-107', 'number')).toEqual({ isMistyped: true });
  });

  test('a telephone is the number of a licence only where one is asked for', async () => {
    const meaning = await meaningOf('7001234567');
    expect(readingOf(meaning, { for: 'nothing' }).numbers).toBeUndefined();
    expect(readingOf(meaning, { for: 'number', kind: 'licence' }).numbers).toMatchObject([
      { number: '7001234567' },
    ]);
    expect(readingOf(meaning, { for: 'number', kind: 'property' })).toEqual({ isMistyped: true });
  });
});

describe('the answer to whether all is right', () => {
  test.each<[string, string, 'yes' | 'no']>([
    ['ঠিক আছে', 'ঠিক নেই', 'no'],
    ['সব ঠিক', 'সব ঠিক নয়', 'no'],
    ['thik', 'thik noy', 'no'],
    ['correct', 'not correct', 'no'],
    ["it's right", "isn't right", 'no'],
    ['सब सही है', 'सही नहीं है', 'no'],
    ['কিছু বদলায়নি', 'কিছু বদলেছে', 'no'],
    ['nothing has changed', 'something changed', 'no'],
    ['no, all is correct', 'no, all is wrong', 'no'],
    ['না, সব ঠিক আছে', 'না, ঠিকানা বদলেছে', 'no'],
    ['कुछ नहीं बदला', 'कुछ बदला है', 'no'],
    ['no problem, all ok', 'yes, the address changed', 'no'],
    ['👍', 'না', 'no'],
    ['हाँ', 'नहीं', 'no'],
    ['koi galti nahi', 'galat hai', 'no'],
  ])('"%s" says yes, "%s" says no', async (yes, no) => {
    expect(await says(yes, 'agreement')).toEqual({ agreement: 'yes' });
    expect(await says(no, 'agreement')).toEqual({ agreement: 'no' });
  });
});

describe('places in a list and terms', () => {
  test.each<[string, unknown]>([
    ['2', { chosen: [1] }],
    ['২', { chosen: [1] }],
    ['1️⃣', { chosen: [0] }],
    ['1 and 3', { chosen: [0, 2] }],
    ['১, ৩', { chosen: [0, 2] }],
    ['1-3', { chosen: [0, 1, 2] }],
    ['1 to 3', { chosen: [0, 1, 2] }],
    ['all', { chosen: 'all' }],
    ['সব', { chosen: 'all' }],
    ['सभी', { chosen: 'all' }],
    ['all except 2', { chosen: 'all', except: [1] }],
    ['২ বাদে সব', { chosen: 'all', except: [1] }],
    ['first', { chosen: [0] }],
    ['latest', { chosen: ['last'] }],
    ['all but the last', { chosen: 'all', except: ['last'] }],
    ['শেষেরটা বাদে সব', { chosen: 'all', except: ['last'] }],
    ['upto 3', { chosen: [0, 1, 2] }],
    ['first and last', { chosen: [0, 'last'] }],
    ['নিচ থেকে প্রথম', { chosen: ['last'] }],
    ['১ নম্বর দিদির, ২ নম্বর আমার', { chosen: [1] }],
    ['নতুন ঠিকানা কোথায় দেব?', undefined],
    ['প্রথমটা', { chosen: [0] }],
    ['the first two', { chosen: [0, 1] }],
  ])('"%s" chooses from a list', async (text, places) => {
    expect((await says(text, 'places')).places).toEqual(places);
  });

  test.each<[string, number | undefined]>([
    ['3', 3],
    ['৩ বছর', 3],
    ['five years', 5],
    ['পনেরো বছর', 15],
    ['teen saal', 3],
    ['how much for 5 years?', undefined],
    ['3 or 5', undefined],
  ])('"%s" names a term of %s years', async (text, years) => {
    expect((await says(text, 'years')).years).toBe(years);
  });
});

describe('what is no text', () => {
  const media = { mediaId: '1', mimeType: 'x/y' };

  test('means what its caption says, or the payload of its button', async () => {
    expect(await meaningOf({ kind: 'image', ...media, caption: 'help' })).toMatchObject({
      intents: [{ intent: 'help' }],
    });
    expect(await meaningOf({ kind: 'quickReply', payload: 'STOP_REMINDERS', text: 'OK!!' })).toMatchObject({
      intents: [{ intent: 'stop', certainty: 'sure' }],
    });
  });

  test('means nothing without words: a tap stays the tap that it is', async () => {
    for (const content of [
      { kind: 'tap', id: 'a:propertyTax', title: 'Property tax' },
      { kind: 'audio', ...media },
      { kind: 'reaction', wamid: 'wamid.x' },
    ] as const satisfies InboundContent[]) {
      expect(await understand(content, listen)).toBeUndefined();
      const message = { wamid: 'wamid.x', sentAt: 1, content };
      expect(await understandMessage(message, listen)).toBe(message);
    }
  });
});

test('the longest text that can be sent means little in bytes and is understood quickly, whatever stands in it', async () => {
  for (const text of [
    '7'.repeat(4_096),
    '1 2 3 '.repeat(682),
    '110010200057 '.repeat(315),
    'licenxe '.repeat(512),
    Array.from({ length: 999 }, (_, i) => i + 1).join(' '),
    Array.from({ length: 700 }, (_, i) => `x${String(i)}yz`).join(' '),
  ]) {
    // The time of this process alone, because other tests run beside it.
    const before = process.cpuUsage();
    expect(JSON.stringify(await meaningOf(text)).length).toBeLessThan(5_000);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(500);
  }
});
