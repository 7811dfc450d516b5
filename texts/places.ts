/** What is said of a citizen's own places, and of the names that they give them. Bengali is written first. */
import { serviceOf, type AccountReference } from '../domain/accounts/kinds.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { OwnPlace, ReplyKey } from '../domain/reply.ts';
import { shownAccount } from './bills.ts';
import { formatMoney } from './format.ts';
import { serviceTexts } from './services/services.ts';
import type { Text } from './words.ts';

type PlaceKey = Extract<ReplyKey, 'askNickname' | 'named' | 'nothingToName'>;

/** `31-107-11-0057-1` */
export function numberOf({ kind, number }: AccountReference): string {
  return shownAccount(serviceOf[kind], number);
}

/** `Property tax 31-107-11-0057-1` */
function named({ kind, number }: AccountReference, language: Language): string {
  return `${serviceTexts[serviceOf[kind]].name[language]} ${shownAccount(serviceOf[kind], number)}`;
}

const due: InEveryLanguage<(amount: string) => string> = {
  bn: (amount) => `${amount} বাকি`,
  en: (amount) => `${amount} due`,
  hi: (amount) => `${amount} बाकी`,
};
const nothingDue = { bn: 'কিছু বাকি নেই', en: 'nothing due', hi: 'कुछ बाकी नहीं' } as const;

/** What is due on a place. */
export function dueOn({ payable }: OwnPlace, language: Language): string {
  return payable === 0 ? nothingDue[language] : due[language](formatMoney(payable, language));
}

/** A place by its name, with what is due. */
export function placeLine(place: OwnPlace, language: Language): string {
  const name = place.nickname === undefined ? named(place.account, language) : `*${place.nickname}*`;
  return `${name}: ${dueOn(place, language)}`;
}

/** What a row of the menu says under the name of a place. */
export function describedPlace(place: OwnPlace, language: Language): string {
  const what =
    place.nickname === undefined
      ? serviceTexts[serviceOf[place.account.kind]].name[language]
      : named(place.account, language);
  return `${dueOn(place, language)}, ${what}`;
}

/** At the end of a receipt: how its number gets a name. */
export const howToName: InEveryLanguage<string> = {
  bn: 'নম্বরটি নিজের দেওয়া নামে পেতে লিখুন, যেমন: *নাম দিন মায়ের ফ্ল্যাট*',
  en: 'To find this number by a name of your own, type for example: *call it Ma’s flat*',
  hi: 'यह नंबर अपने दिए नाम से पाने के लिए लिखें, जैसे: *नाम दें माँ का फ़्लैट*',
};

export const placeReplies: { readonly [K in PlaceKey]: Text<K> } = {
  askNickname: {
    bn: ({ account }) => ({
      body: `${named(account, 'bn')}: এটির কী নাম দেবেন? যেমন: মায়ের ফ্ল্যাট। নামটি শুধু আপনিই দেখবেন।`,
    }),
    en: ({ account }) => ({
      body: `${named(account, 'en')}: what would you like to call it? For example: Ma’s flat. Only you will see the name.`,
    }),
    hi: ({ account }) => ({
      body: `${named(account, 'hi')}: इसे क्या नाम देंगे? जैसे: माँ का फ़्लैट। यह नाम केवल आपको दिखेगा।`,
    }),
  },
  named: {
    bn: ({ account, nickname }) => ({
      body: `ঠিক আছে, ${named(account, 'bn')} এখন থেকে *${nickname}* নামে থাকবে। ‘মেনু’ লিখলে নামটি ও কত বাকি তা দেখতে পাবেন।`,
    }),
    en: ({ account, nickname }) => ({
      body: `All right, we now call ${named(account, 'en')} *${nickname}*. Type “menu” to see it with what is due.`,
    }),
    hi: ({ account, nickname }) => ({
      body: `ठीक है, ${named(account, 'hi')} अब *${nickname}* नाम से रहेगा। ‘मेनू’ लिखने पर यह नाम और बाकी रकम दिखेगी।`,
    }),
  },
  nothingToName: {
    bn: () => ({ body: 'কোন নম্বরের নাম দেবেন? আগে নম্বরটি লিখে পাঠান, তারপর নাম দিন।' }),
    en: () => ({ body: 'Which number is that a name for? Please send the number first, and then the name.' }),
    hi: () => ({ body: 'यह नाम किस नंबर का है? पहले नंबर लिखकर भेजें, फिर नाम दें।' }),
  },
};
