/** What a message wants: rules from the notions that meet in it (words.ts), the narrowest first. */
import { accountSpecs } from '../../accounts/specs.ts';
import { accountKinds, serviceOf, type PaidService } from '../../accounts/kinds.ts';
import type { Language } from '../../language.ts';
import { paidServices } from '../../services.ts';
import type { Intent } from '../meaning.ts';
import { languageOf } from './language.ts';
import { createLexicon, type Span } from './lexicon.ts';
import { tokensOf, type Token } from './text.ts';
import { notions, type NotionName } from './words.ts';

type Name = NotionName | PaidService | `${PaidService} alone`;

export const lexicon = createLexicon<Name>([
  ...Object.entries(notions).map(
    ([name, words]) => [name as NotionName, Object.values<string>(words).join(',')] as const,
  ),
  ...accountKinds.flatMap((kind) => {
    const service = serviceOf[kind];
    const { within, alone } = accountSpecs[kind].words;
    return [[service, within] as const, [`${service} alone`, alone] as const];
  }),
]);

/** What is said around a wish. */
const around: readonly Name[] = ['polite', 'want', 'greeting', 'thanks'];

/** A message, as the rules see it. */
interface Heard {
  readonly spans: readonly Span<Name>[];
  /** How many words there are beside polite ones and digits. */
  readonly length: number;
  has(...names: readonly Name[]): boolean;
  /** Whether one of these is all there is. */
  isOnly(...names: readonly Name[]): boolean;
}

function hear(tokens: readonly Token[]): Heard {
  const spans = lexicon.find(tokens);
  const covered = (index: number, names: readonly Name[]): boolean =>
    spans.some(({ name, from, to }) => from <= index && index < to && names.includes(name));
  const content = tokens.flatMap(({ word }, index) =>
    covered(index, around) || /^\d+$/.test(word) ? [] : [index],
  );
  return {
    spans,
    length: content.length,
    has: (...names) => spans.some(({ name }) => names.includes(name)),
    isOnly: (...names) =>
      spans.some(({ name }) => names.includes(name)) && content.every((index) => covered(index, names)),
  };
}

type Rule = readonly [intent: Intent, applies: (heard: Heard, hasNumber: boolean) => boolean];

/** What needs no weighing, because nothing else is said: a notion, and what may stand beside it. */
const wholes: readonly (readonly [Intent, Name, ...Name[]])[] = [
  ['back', 'back'],
  ['stop', 'stopWord', 'message', 'dontSend'],
  ['stop', 'dontSend', 'stopWord', 'message'],
  ['start', 'startWord'],
  ['language', 'bengali', 'languageWord'],
  ['language', 'english', 'languageWord'],
  ['language', 'hindi', 'languageWord'],
  ['language', 'languageWord'],
  ['help', 'helpWord', 'notUnderstand'],
  ['help', 'notUnderstand'],
  ['greeting', 'menu'],
  ['greeting', 'greeting'],
  ['status', 'status'],
  [
    'receipts',
    'receipt',
    'certificate',
    'copy',
    'propertyTax',
    'tradeLicence',
    'licence',
    'marketRent',
    'paid',
  ],
  ['renewal', 'renew', 'licence', 'tradeLicence'],
  ...paidServices.flatMap((service): [Intent, Name, Name][] => [
    [service, service, `${service} alone`],
    [service, `${service} alone`, service],
  ]),
  ['pay', 'pay', 'howMuch', 'money'],
  ['pay', 'howMuch', 'pay', 'money'],
  ['statement', 'statement', 'bill'],
  ['chooseBills', 'choose', 'bill'],
  ['person', 'talk', 'human'],
  ['person', 'human', 'talk'],
  ['complaint', 'complain'],
  ['about', 'what', 'menu'],
  ['about', 'office', 'where', 'address', 'phone', 'hours', 'propertyTax', 'tradeLicence'],
  ['about', 'hours', 'office'],
  ['whereIsNumber', 'where', 'number', 'bill'],
  ['whereIsNumber', 'dontKnow', 'number', 'bill', 'propertyTax', 'tradeLicence', 'marketRent'],
  ['forgetNumbers', 'erase', 'number', 'data'],
];

/** Tried from top to bottom: whoever names two things means the narrower one. */
const rules: readonly Rule[] = [
  ['back', (m) => m.isOnly('back')],
  [
    'stop',
    (m) => m.has('dontSend') || m.isOnly('stopWord', 'message') || (m.has('message') && m.has('stopWord')),
  ],
  ['start', (m) => m.isOnly('startWord', 'message') || (m.has('message') && m.has('startWord'))],
  ['forgetNumbers', (m) => m.isOnly('erase') || (m.has('erase') && m.has('data', 'number'))],
  [
    'language',
    (m) => (m.has('bengali', 'english', 'hindi') && m.length < 6) || (m.has('languageWord') && m.length < 8),
  ],
  [
    'person',
    (m) =>
      (m.has('talk') && m.has('human')) ||
      m.isOnly('human', 'helpWord') ||
      m.isOnly('talk') ||
      (m.has('talk') && m.length < 6),
  ],
  [
    'moneyCut',
    (m) =>
      m.has('refund') ||
      (m.has('cut') && m.has('money', 'paid', 'pay', 'receipt', 'propertyTax', 'bill')) ||
      (m.has('paid') && m.has('failed')) ||
      (m.has('paid') && m.has('notReceived') && !m.has('receipt')) ||
      (m.has('money', 'pay') && m.has('failed')),
  ],
  ['complaint', (m) => m.has('complain') || m.has('civic')],
  [
    'notHere',
    (m) =>
      m.has('elsewhere') || (m.has('new') && m.has('tradeLicence', 'licence') && !m.has('renew', 'number')),
  ],
  [
    'receipts',
    (m) => m.has('receipt', 'certificate') || (m.has('copy') && m.has('tradeLicence', 'licence', 'paid')),
  ],
  [
    'status',
    (m) => m.has('status') || (m.has('application') && m.has('when', 'failed', 'notReceived', 'renew')),
  ],
  [
    'whereIsNumber',
    (m, hasNumber) =>
      !hasNumber &&
      ((m.has('number', 'bill') && m.has('where', 'dontKnow', 'lost')) ||
        m.isOnly('where', 'dontKnow', 'lost')),
  ],
  ['about', (m) => m.has('phone', 'hours') || (m.has('office') && m.has('where', 'address', 'when'))],
  ['chooseBills', (m) => m.has('choose')],
  ['statement', (m) => m.has('statement')],
  ['renewal', (m) => m.has('renew')],
  ['pay', (m) => paidServices.filter((service) => m.has(service)).length > 1 && m.has('pay', 'payVerb')],
  ...[...paidServices].reverse().map((service): Rule => [service, (m) => m.has(service)]),
  ['propertyTax', (m) => m.has('premises') && m.has('pay', 'payVerb', 'howMuch', 'bill')],
  ...paidServices.map((service): Rule => [service, (m) => m.isOnly(`${service} alone`)]),
  ['about', (m) => m.has('office', 'address', 'what')],
  ['help', (m) => m.has('notUnderstand', 'helpWord')],
  ['pay', (m) => m.has('pay', 'payVerb', 'howMuch') || (m.has('bill') && m.length < 6)],
  ['help', (m) => m.has('how')],
  ['back', (m) => m.has('back') && m.length < 5],
  ['greeting', (m) => m.has('menu')],
  ['thanks', (m) => m.has('thanks')],
  ['greeting', (m) => m.has('greeting')],
];

const languageNames = { bengali: 'bn', english: 'en', hindi: 'hi' } as const satisfies Partial<
  Record<NotionName, Language>
>;

/** Beside a language that is not wanted. */
const unwanted = new Set(
  'why keno kyun kyu weak poor eto এত কেন दुर्बल क्यों instead tule bad বাদ chere ছেড়ে chhodkar'
    .split(' ')
    .map((word) => word.normalize('NFKC')),
);
/** "He understands nothing but Hindi." */
const except = new Set(
  'chara chhara ছাড়া chhodkar के chhada'.split(' ').map((word) => word.normalize('NFKC')),
);
const asks =
  /^(koro|korun|korben|likho|likhun|likhben|bolo|bolun|bolben|den|din|dao|kor|likh|bol|likhiye|boliye|karo|kijiye|করো|করুন|লিখুন|লিখো|বলুন|বলো|দিন|দেন|লেখো|लिखो|बोलो|करो|लिखिए|me|ne)$/;

const denials = new Set(
  'not dont cant cannot no na nai noy nei nahi nahin nhi না নয় নেই নাই नहीं नही ना'
    .split(' ')
    .map((word) => word.normalize('NFKC')),
);

/** The language that a message asks for: the last one that it names, unless it is the one that is not understood. */
export function languageIn(tokens: readonly Token[]): Language | undefined {
  const heard = hear(tokens);
  const named = heard.spans.filter(({ name }) => name in languageNames);
  const isDenied = ({ from, to }: (typeof named)[number]): boolean => {
    const clause = tokens[from]?.clause;
    const near = tokens.slice(Math.max(0, from - 3), to + 3).filter((token) => token.clause === clause);
    if (near.some(({ word }) => unwanted.has(word))) return true;
    const others = named.filter((other) => other.from !== from);
    for (let index = to; index < to + 4 && tokens[index]?.clause === clause; index += 1) {
      if (others.some((other) => other.from === index)) break;
      // Behind a request it only pleads: "hindi te likho na".
      if (denials.has(tokens[index]?.word ?? '') && !asks.test(tokens[index - 1]?.word ?? ''))
        return !except.has(tokens[to]?.word ?? '');
    }
    for (let index = from - 1; index >= from - 3 && tokens[index]?.clause === clause; index -= 1) {
      if (others.some((other) => other.from === index)) break;
      if (/^(not|dont|cant|cannot)$/.test(tokens[index]?.word ?? '')) return true;
    }
    return false;
  };
  const wanted = named.filter((span) => !isDenied(span));
  if (heard.has('otherTongue') && wanted.length === 0) return undefined;
  const last = wanted.at(-1);
  if (last) return languageNames[last.name as keyof typeof languageNames];
  // Whoever does not understand one language is answered in the one in which they say so.
  return named.length > 0 ? languageOf(tokens) : undefined;
}

/** The words of the lists as they are written there, without what sounds like them or is mistyped. */
const written = new Set(
  [
    ...Object.values(notions).flatMap((words) => Object.values<string>(words)),
    ...accountKinds.map((kind) => accountSpecs[kind].words.alone),
  ]
    .flatMap((list) => list.split(','))
    .map((phrase) => tokensOf(phrase))
    .flatMap((tokens) => (tokens.length === 1 ? tokens.map(({ word }) => word) : [])),
);

export interface Wants {
  /** By the rules that apply, the narrowest first. */
  readonly intents: readonly Intent[];
  /** The one that the whole message is, where that is so. */
  readonly only?: Intent;
  /** It is one word of the lists, as people write who were told that word: "menu", "about". */
  readonly isCommand: boolean;
  readonly notions: readonly NotionName[];
}

/** @param hasNumber whether an account's number stands in the message */
export function intentsIn(tokens: readonly Token[], hasNumber: boolean): Wants {
  const heard = hear(tokens);
  const found = new Set(rules.filter(([, applies]) => applies(heard, hasNumber)).map(([intent]) => intent));
  // A heart or folded hands behind a wish are a flourish.
  const isThanked = heard.spans.some(
    ({ name, from }) => name === 'thanks' && !tokens[from]?.word.startsWith('emoji'),
  );
  const only = wholes.find(
    ([intent, first, ...others]) =>
      heard.has(first) &&
      heard.isOnly(first, ...others) &&
      (intent === 'stop' || intent === 'back' || !isThanked),
  )?.[0];
  return {
    intents: [...found],
    isCommand: only !== undefined && tokens.length === 1 && written.has(tokens[0]?.word ?? ''),
    notions: heard.spans.map(({ name }) => name as NotionName),
    ...(only && { only }),
  };
}
