/** Ten conversations in each language on the phone: what a citizen writes, and what they must read. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages, type Language } from '../../domain/language.ts';
import { samples } from '../../sandbox/city/samples.ts';
import { launchBrowser } from '../support/browser.ts';
import { Phone } from '../support/phone.ts';
import { startTown, type Town } from '../support/town.ts';

let town: Town;
let browser: Browser;
/** Numbers of the sandbox's city, by what they show. */
let numbers: Readonly<Record<string, string>>;

beforeAll(async () => {
  [town, browser] = await Promise.all([startTown({ env: { SANDBOX_CITY: '2000' } }), launchBrowser()]);
  const found = await samples(town.house.env['DATABASE_URL'] ?? '');
  numbers = Object.fromEntries(found.map(({ of, number, shows }) => [`${of}: ${shows}`, number]));
});
afterAll(async () => {
  await browser.close();
  await town.stop();
});

/** In what is written, numbers of the register stand by what they show. */
const numberOf: Readonly<Record<string, string>> = {
  HOUSE: 'property: arrears of some years, with interest and penalty',
  OTHER: 'property: one new bill, with rebate',
  PAID: 'property: nothing due',
  SHOP: 'licence: can be renewed',
};

/** What is written, or the words on the button or the row that is tapped, and what is read then. */
type Turn = readonly [write: string | { readonly row: string } | { readonly button: string }, read: RegExp];

interface Conversation {
  readonly about: string;
  readonly turns: readonly Turn[];
  /** What gets an emoji and no message, at the end. */
  readonly thanks?: string;
}

const conversations: Record<Language, readonly Conversation[]> = {
  bn: [
    {
      about: 'a greeting',
      turns: [['নমস্কার', /কলকাতা পুরসভায় স্বাগত[^]*English: type English · हिन्दी/]],
    },
    { about: 'a bare number', turns: [['HOUSE', /মোট দিতে হবে: ₹[০-৯,]+/]] },
    {
      about: 'a wish in a sentence',
      turns: [
        ['আমি আমার বাড়ির ট্যাক্স জমা দিতে চাই', /অ্যাসেসি নম্বর/],
        ['বিলটা খুঁজে পাচ্ছি না', /বিলের/],
        ['HOUSE', /মোট দিতে হবে/],
      ],
    },
    {
      about: 'a romanised wish',
      turns: [['amar barir tax koto baki ache', /অ্যাসেসি নম্বর/]],
    },
    {
      about: 'several numbers',
      turns: [
        ['এই দুটো দেখুন\n1. HOUSE\n2. OTHER', /কয়েকটি নম্বর পাঠিয়েছেন/],
        [{ row: 'HOUSE' }, /মোট দিতে হবে/],
        [{ row: 'OTHER' }, /মোট দিতে হবে/],
      ],
    },
    {
      about: 'a renewal of a licence that is not correct',
      turns: [
        ['ট্রেড লাইসেন্স রিনিউ করব', /সি\u00a0ই|CE/],
        ['SHOP', /সব ঠিক/],
        ['ঠিক নেই', /বদলেছে/],
        [{ row: 'ঠিকানা' }, /ঠিকানা/],
      ],
    },
    { about: 'a status', turns: [['আমার আবেদনের অবস্থা কী', /কোনও আবেদনও নেই/]] },
    {
      about: 'money that was cut',
      turns: [['টাকা কেটেছে, রসিদ আসেনি', /টাকা দেওয়ার কোনও চেষ্টা আমাদের খাতায় নেই/]],
    },
    {
      about: 'a person',
      turns: [
        ['মানুষের সঙ্গে কথা বলতে চাই', /কর্মীদের জানানো হল/],
        ['অবস্থা', /কথা বলার অনুরোধ/],
      ],
    },
    {
      about: 'stop, start, thanks',
      turns: [
        ['বন্ধ', /নিজে থেকে আপনাকে আর বার্তা পাঠাব না/],
        ['চালু', /আবার এই নম্বরে পাবেন/],
      ],
      thanks: 'ধন্যবাদ',
    },
  ],
  en: [
    {
      about: 'a greeting',
      turns: [['Good morning', /Welcome to the Kolkata Municipal Corporation[^]*বাংলা লিখুন · हिन्दी/]],
    },
    {
      about: 'a bare number, after the link of the English page',
      turns: [
        ['English', /Welcome to the Kolkata Municipal Corporation/],
        ['HOUSE', /Total due: ₹[\d,]+/],
      ],
    },
    {
      about: 'a wish in a sentence',
      turns: [
        ['I want to pay my property tax', /assessee number/],
        ['I cannot find the bill', /bill/],
        ['HOUSE', /Total due/],
      ],
    },
    { about: 'a wish in a few words', turns: [['my property tax due please', /assessee number/]] },
    {
      about: 'several numbers',
      turns: [
        ['Please check these two\n1. HOUSE\n2. OTHER', /several numbers/],
        [{ row: 'HOUSE' }, /Total due/],
        [{ row: 'OTHER' }, /Total due/],
      ],
    },
    {
      about: 'a renewal of a licence that is not correct',
      turns: [
        ['I want to renew my trade licence', /CE number|number/],
        ['SHOP', /correct/],
        ['not correct', /changed/],
        [{ row: 'Address' }, /address/i],
      ],
    },
    { about: 'a status', turns: [['What is the status of my application?', /no payments or applications/]] },
    {
      about: 'money that was cut',
      turns: [['Money was deducted but no receipt came', /no attempt to pay from this WhatsApp number/]],
    },
    {
      about: 'a person, and a name for a number',
      turns: [
        ['I want to talk to a person', /told the staff/],
        ['status', /Your request to talk/],
        ['PAID', /Nothing is due|nothing/i],
        [{ button: 'Give it a name' }, /what would you like to call it/],
        ['Ma’s flat', /we now call Property tax \S+ Ma’s flat/],
        ['hi', /Your numbers[^]*Ma’s flat: nothing due/],
        [{ row: 'Ma’s flat' }, /Nothing is due|nothing/i],
      ],
    },
    {
      about: 'stop, start, thanks',
      turns: [
        ['please stop messaging me', /we will not message you on our own any more/],
        ['start', /You will hear from us/],
      ],
      thanks: 'ok thank you',
    },
  ],
  hi: [
    { about: 'a greeting', turns: [['नमस्ते', /कोलकाता नगर निगम में आपका स्वागत है[^]*English: type English/]] },
    {
      about: 'a bare number, after the link of the Hindi page',
      turns: [
        ['हिन्दी', /कोलकाता नगर निगम में आपका स्वागत है/],
        ['HOUSE', /कुल देय: ₹[\d,]+/],
      ],
    },
    {
      about: 'a wish in a sentence',
      turns: [
        ['मुझे अपने घर का टैक्स भरना है', /असेसी नंबर/],
        ['बिल नहीं मिल रहा', /बिल/],
        ['HOUSE', /कुल देय/],
      ],
    },
    { about: 'a romanised wish', turns: [['mujhe ghar ka tax bharna hai', /असेसी नंबर/]] },
    {
      about: 'several numbers',
      turns: [
        ['ये दोनों देखिए\n1. HOUSE\n2. OTHER', /कई नंबर भेजे हैं/],
        [{ row: 'HOUSE' }, /कुल देय/],
        [{ row: 'OTHER' }, /कुल देय/],
      ],
    },
    {
      about: 'a renewal of a licence that is not correct',
      turns: [
        ['दुकान का लाइसेंस रिन्यू करना है', /नंबर/],
        ['SHOP', /सही/],
        ['सही नहीं है', /बदला/],
        [{ row: 'पता' }, /पता|पते/],
      ],
    },
    { about: 'a status', turns: [['मेरे काम की स्थिति क्या है', /न कोई भुगतान हुआ है, न कोई आवेदन/]] },
    {
      about: 'money that was cut',
      turns: [['पैसे कट गए, रसीद नहीं आई', /भुगतान की कोई कोशिश हमारे खाते में नहीं है/]],
    },
    {
      about: 'a person',
      turns: [
        ['किसी से बात करनी है', /कर्मचारियों को बता दिया गया है/],
        ['स्थिति', /बात करने का अनुरोध/],
      ],
    },
    {
      about: 'stop, start, thanks',
      turns: [
        ['मैसेज भेजना बंद कर दो', /अपनी ओर से आपको संदेश नहीं भेजेंगे/],
        ['चालू', /सूचना फिर यहाँ मिलेगी/],
      ],
      thanks: 'धन्यवाद',
    },
  ],
};

function withNumbers(text: string): string {
  return text.replace(/[A-Z]{4,}/g, (name) => {
    const [, number] = Object.entries(numbers).find(([shows]) => shows === numberOf[name]) ?? [];
    return number ?? name;
  });
}

function doTurn(phone: Phone, [write]: Turn): Promise<string> {
  if (typeof write === 'string') return phone.type(withNumbers(write));
  return 'row' in write ? phone.choose(withNumbers(write.row)) : phone.press(write.button);
}

describe.each(languages)('in %s', (language) => {
  test.concurrent.each(conversations[language])('$about', async ({ turns, thanks }) => {
    const { id } = await town.inviteOne();
    const phone = await Phone.of(town, browser, id);
    for (const turn of turns) expect(await doTurn(phone, turn)).toMatch(turn[1]);
    if (thanks !== undefined) {
      const answers = await phone.answers.count();
      await phone.write(thanks);
      await phone.page.getByTestId('reactions').getByText('🙏').waitFor();
      expect(await phone.answers.count()).toBe(answers);
    }
    await phone.close();
  });
});
