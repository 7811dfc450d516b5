/**
 * The numbers of accounts in what citizens write. Each line is read by itself, and what merely looks like such a number is
 * known for what it is: receipts and certificates, references of payments, dates and years, telephones, amounts, wards.
 */
import { accountKinds, type AccountKind, type NumberProblem } from '../../accounts/kinds.ts';
import { accountSpecs } from '../../accounts/specs.ts';
import type { HeardNumber, Meaning } from '../meaning.ts';
import { createLexicon } from './lexicon.ts';
import { clean, tokensOf } from './text.ts';

const months =
  '(?<!\\p{L})(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|অগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर)(?![a-z])'.normalize(
    'NFKC',
  );
const year = '(?:19|20)\\d\\d';
const dash = `\\s?[-\u2010-\u2015\u2212/]\\s?`;

/** What is written like a number of an account and is another thing; in the order in which it is taken out. */
const others: readonly RegExp[] = [
  // Addresses of pages, of mail and of UPI.
  /https?:\S+|www\.\S+|\S+@\S+/giu,
  // Files, places on a map, codes of banks.
  /\S+\.(?:jpe?g|png|pdf|mp4|docx?|opus|webp)(?!\p{L})|(?:IMG|VID|AUD|DOC|PTT)-\d+-\S+/giu,
  /-?\d{1,3}\.\d{4,}\s*,\s*-?\d{1,3}\.\d{4,}/gu,
  /(?<!\p{L})[a-z]{4}0[a-z0-9]{6}(?![a-z0-9])/giu,
  // Receipts and certificates of ours.
  new RegExp(
    `(?<![\\p{L}\\d])(?:[a-z]{1,4}[\\s\\-\u2010-\u2015/]*)?${year}${dash}\\d\\d${dash}\\d{4,8}(?!\\d)`,
    'giu',
  ),
  // References of payments, applications and complaints, Aadhaar, PAN, accounts at banks: whatever stands behind the word.
  /(?<!\p{L})(?:utr|rrn|upi(?:\s*(?:ref\p{L}*|id|txn|transaction|rrn))?|ref(?:erence)?|txn|tran(?:saction|x)?|order|application|app|complaint|docket|ticket|aa?dh?aa?r|uid|pan|epic|voter|a\/c|account|acct|consumer|customer|invoice|otp|tracking|awb|consignment|parcel|deed|lottery|pnr|booking|roll|regn|registration|case|fir|policy|ration|bill|phonepe|gpay|রেফারেন্স|রেফ|ইউটিআর|ইউপিআই|ট্রানজাকশন|লেনদেন|আধার|আবেদন|অভিযোগ|ওটিপি|পিএনআর|পলিসি|কনজিউমার|গ্রাহক|ভোটার|রেশন|অ্যাপ্লিকেশন|অ্যাকাউন্ট|একাউন্ট|रेफरेंस|यूटीआर|यूपीआई|ट्रांजैक्शन|लेनदेन|आधार|आवेदन|शिकायत|ओटीपी|पीएनआर|पॉलिसी|वोटर|राशन|खाता|transaksan|lenden)(?![a-z])[\p{L}\p{M}]{0,4}[\s.:#=\-–]*(?:(?:no|num|number|nr|id|card|card no|ref|ref no|is|নম্বর|নাম্বার|নং|আইডি|কার্ড|হল|हल|नंबर|नम्बर|आईडी|कार्ड|है|hai|holo|nombor)[\s.:#=\-–]*){0,4}(?:[\p{L}\p{M}]{1,8}\d?[\s/.-]*){0,1}\d[\d \-/]{3,}\d/giu,
  // Letters that belong to the digits: ids of transactions.
  /(?<![\p{L}\d])(?!ce)(?:[a-z]{1,4}|টি)\d{8,}(?!\d)/giu,
  // Of a year: 2026/4561.
  new RegExp(`(?<![\\d\\-/.])(?:${year}/\\d{3,6}|\\d{3,6}/${year})(?![\\d/])`, 'gu'),
  // Telephones: with a country code, of Kolkata's exchange, or named before or behind.
  /(?<![\d-])(?:0?33|03314)[\s-]\d{2,4}[\s-]?\d{2,4}[\s-]?\d{0,4}(?!\d)/gu,
  /(?<![\d-])\d(?:[\s-]?\d){5,10}(?=\s*(?:e|te|pe|par|এ|তে|পে|पर|में)?\s*(?:phone|fon|call|ring|ফোন|কল|फोन|कॉल)(?!\p{L}))/giu,
  /(?:\+\s*91|(?<!\d)0091|(?<!\d)91(?=[\s-]?[6-9]\d{4}[\s-]?\d{5}(?!\d)))[\s-]*\d(?:[\s-]?\d){9}(?!\d)/gu,
  /(?<!\p{L})(?:mobile|mob|mobail|phone|phn|ph|fon|tel|telephone|whats\s?app|whatsapp|wa|call|ring|contact|cell|মোবাইল|মোবাইলের|মোবা|ফোন|ফোনের|হোয়াটসঅ্যাপ|मोबाइल|मोबाईल|फोन|फ़ोन|व्हाट्सएप|संपर्क)(?![a-z])[\s.:#=\-–]*(?:(?:no|num|number|is|me|at|on|korun|নম্বর|নাম্বার|নং|করুন|नंबर|नम्बर|है|hai|করবেন|करें|amar|amr|mera|আমার|मेरा)[\s.:#=\-–]*){0,4}0?\d(?:[\s-]?\d){6,10}(?!\d)/giu,
  // Dates and years.
  new RegExp(`(?<![\\d\\-/.])\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})(?![\\d\\-/]|\\.\\d)`, 'gu'),
  new RegExp(`(?<![\\d\\-/.])${year}[./-]\\d{1,2}[./-]\\d{1,2}(?![\\d\\-/])`, 'gu'),
  new RegExp(
    `(?<!\\d)\\d{1,2}(?:st|nd|rd|th|ই|লা|রা|শে)?[\\s,.-]*${months}[\\p{L}\\p{M}]{0,3}[\\s,.'-]*(?:${year}(?!\\d)|\\d\\d(?!\\d))?`,
    'giu',
  ),
  new RegExp(
    `${months}[\\p{L}\\p{M}]{0,3}[\\s,.'-]*(?:\\d{1,2}(?:st|nd|rd|th)?[\\s,.]+)?${year}(?!\\d)`,
    'giu',
  ),
  new RegExp(`(?<![\\d\\-/.])${year}${dash}(?:${year}|\\d\\d)(?![\\d]|${dash}\\d)`, 'gu'),
  new RegExp(
    `(?<![\\d\\-/.] ?)${year}(?=\\s*(?:সাল|সন|साल|सन|sal|saal|er\\b|এর|থেকে|to|theke|se\\b))`,
    'giu',
  ),
  new RegExp(`(?<![\\d\\-/.,] ?)${year}(?! ?[\\d\\-/]|[.,]\\d)`, 'gu'),
  // Times.
  /(?<!\d)\d{1,2}[:.]\d{2}\s*(?:am|pm|টা|টায়|बजे|baje|ta\b)/giu,
  /(?<!\d)\d{1,2}\s*(?:am|pm|টার|টায়|बजे|baje)(?!\p{L})/giu,
  // Amounts.
  /(?:₹|(?<!\p{L})(?:rs|inr|rupees|rupee|টাকা|রু|रुपये|रुपए|रु|taka|tk)\.?)\s*\d[\d,]{0,9}(?:\.\d{1,2})?(?:\s*\/[-=–])?(?![\d-])/giu,
  /(?<![\d\-])(?:\d{1,6}|\d{1,3}(?:,\d{2,3})+)(?:\.\d{1,2})?\s*(?:\/[-=–]|টাকা|টাকার|taka|tk|rs|rupees|rupee|rupaye|rupay|rupiya|रुपये|रुपए|रुपया|रु|পয়সা|hazar|hajar|hazaar|thousand|lakh|লাখ|হাজার|हज़ार|हजार|लाख|%|percent|শতাংশ|টি বিল)/giu,
  /(?<![\d\-])\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?(?![\d-])/gu,
  // Wards, flats, premises, floors, houses, lanes, boroughs, PIN codes of Kolkata.
  /(?<!\p{L})(?:ward|wd|borough|boro|flat|floor|block|plot|premises|prem|house|holding|room|shop|dokan|lane|street|road|pin|pincode|pin code|kolkata|kol|calcutta|ওয়ার্ড|বরো|বোরো|ফ্ল্যাট|তলা|ব্লক|প্লট|প্রেমিসেস|বাড়ি|দোকান|রুম|পিন|কলকাতা|লেন|वार्ड|फ्लैट|मकान|ब्लॉक|पिन|कोलकाता|दुकान)[\s.:#\-–]*(?:(?:no|num|number|code|নম্বর|নাম্বার|নং|কোড|नंबर|कोड|ka|ki|er)[\s.:#\-–]*){0,2}(?:(?:\d{1,2}|\d{3,4}(?![ -]\d))(?:\/\d{1,4})*(?:\s?\/?[a-z](?![a-z]))?|\d{3}\s?\d{3})(?![\d]|[-/.]?\d)/giu,
  /(?<![\d-] ?)\d{1,3}\s*(?:no\.?|number|নম্বর|নং|नंबर)\s*(?:ward|ওয়ার্ড|वार्ड|flat|ফ্ল্যাট)/giu,
  /(?<!\d[\s-]?)7[0-4]\d\s?\d{3}(?![\s-]?\d)/gu,
  // The places of a list.
  /^\s*\(?\d{1,2}[.)](?=\s*\D{0,12}\d{5,})\s*/gmu,
  // Numbers that belong to a word: 5th, 42/1A.
  /(?<![\d-])\d{1,4}(?:\/\d{1,4})*\/?[a-z](?![a-z])/giu,
];

/** Digits, and what may stand between the digits of one number: never a letter, never a new line. */
const runs = /\d+(?:[ \t\u00a0\-\u2010-\u2015\u2212./_,:;·•|'’()[\]\\~*+]{1,4}\d+)*/gu;

interface Group {
  readonly digits: string;
  /** What stands between it and the group before it. */
  readonly after: string;
}

function groupsOf(run: string): Group[] {
  return Array.from(run.matchAll(/(\D*)(\d+)/gu), ([, after = '', digits = '']) => ({ digits, after }));
}

/** How well digits make up one number; the best reading of a run is the one with the most points. */
function pointsFor(groups: readonly Group[], named: AccountKind | undefined): number | undefined {
  const digits = groups.map((group) => group.digits).join('');
  const kinds = kindsOf(digits);
  if (kinds.length === 0) return undefined;
  const joins = groups.slice(1).reduce((points, { after }) => points + pointsForJoining(after), 0);
  // Digits that are a number by themselves are not a part of another one.
  const hasWhole = groups.length > 1 && groups.some((group) => group.digits.length >= 9);
  const shape = kinds.includes('property') ? 100 : kinds.includes('licence') ? 60 : 50;
  const isOther = named !== undefined && groups.length > 1 && !kinds.includes(named);
  return shape + joins + (isGroupedAs(groups) === undefined ? 0 : 30) - (hasWhole || isOther ? 60 : 0);
}

function pointsForJoining(separator: string): number {
  if (/[,:;|()+]/.test(separator)) return -12;
  return /\s/.test(separator) ? -5 : -1;
}

function pointsLost({ digits }: Group): number {
  return -10 - 2 * digits.length;
}

/** The kind in whose groups a number stands. */
function isGroupedAs(groups: readonly Group[]): AccountKind | undefined {
  if (groups.length < 2) return undefined;
  const lengths = groups.map(({ digits }) => digits.length).join('-');
  const digits = groups.map((group) => group.digits).join('');
  return accountKinds.find(
    (kind) =>
      accountSpecs[kind].groups?.join('-') === lengths &&
      accountSpecs[kind].problemWith(digits) === undefined,
  );
}

/** The same by the lengths of many groups alone: a number that is mistyped. */
function looksGroupedAs(groups: readonly Group[]): AccountKind | undefined {
  const lengths = groups.map(({ digits }) => digits.length).join('-');
  return accountKinds.find((kind) => groups.length > 3 && accountSpecs[kind].groups?.join('-') === lengths);
}

function kindsOf(digits: string): AccountKind[] {
  return accountKinds.filter((kind) => accountSpecs[kind].problemWith(digits) === undefined);
}

interface Part {
  readonly groups: readonly Group[];
  readonly isNumber: boolean;
}

/**
 * Divides the digits of a run into numbers and rest.
 * @param named the kind that is named beside it
 */
function divide(groups: readonly Group[], named: AccountKind | undefined): Part[] {
  const best: { readonly points: number; readonly parts: readonly Part[] }[] = [{ points: 0, parts: [] }];
  for (let to = 1; to <= groups.length; to += 1) {
    const before = best[to - 1];
    const last = groups[to - 1];
    if (!before || !last) break;
    let here = {
      // A group that is left over beside a number of several groups most likely belongs to it.
      points: before.points + pointsLost(last) - ((before.parts.at(-1)?.groups.length ?? 0) > 2 ? 50 : 0),
      parts: [...before.parts, { groups: [last], isNumber: false }],
    };
    for (let from = Math.max(0, to - mostGroups); from < to; from += 1) {
      if (!endsAt(groups, from) || !endsAt(groups, to)) continue;
      const part = groups.slice(from, to);
      const points = pointsFor(part, named);
      const earlier = best[from];
      if (points === undefined || !earlier || earlier.points + points <= here.points) continue;
      here = { points: earlier.points + points, parts: [...earlier.parts, { groups: part, isNumber: true }] };
    }
    best.push(here);
  }
  return [...(best.at(-1)?.parts ?? [])];
}

/** Whether a number may end before a group: never within what stands together, but for a list of whole numbers. */
function endsAt(groups: readonly Group[], index: number): boolean {
  const [before, behind] = [groups[index - 1], groups[index]];
  if (!before || !behind) return true;
  return /[\s,;|+()/]/.test(behind.after) || (before.digits.length >= 7 && behind.digits.length >= 7);
}

/** Somebody who types digit by digit, and nobody who floods us. */
const mostGroups = 16;
const mostRuns = 40;
const mostGroupsRead = 120;
const mostNumbers = 10;

const kindLexicon = createLexicon<AccountKind>(
  accountKinds.map((kind) => [kind, accountSpecs[kind].numberWords] as const),
);

/** The kinds that words name, in their order. */
function kindsNamed(words: string): AccountKind[] {
  return kindLexicon
    .find(tokensOf(words))
    .sort((a, b) => a.from - b.from)
    .map(({ name }) => name);
}

const mobile = /^[6-9]\d{9}$/;

interface Found {
  readonly numbers: readonly HeardNumber[];
  /** The longest digits that are no number of any kind, or not of the kind that is named. */
  readonly rest?: string;
  /** They were named as one. */
  readonly isNamed: boolean;
}

/** @param general the only kind that the whole message speaks of */
function findIn(text: string, general: AccountKind | undefined): Found {
  const numbers: HeardNumber[] = [];
  let rest = '';
  let isNamed = false;
  let heading: AccountKind | undefined;
  const anywhere = kindsNamed(text);
  for (const line of text.split('\n')) {
    let from = 0;
    const found = Array.from(line.matchAll(runs)).slice(0, mostRuns);
    if (found.length === 0) {
      heading = kindsNamed(line).at(-1) ?? heading;
      continue;
    }
    for (const [place, match] of found.entries()) {
      const before = line.slice(from, match.index);
      from = match.index + match[0].length;
      const behind = line.slice(from, found[place + 1]?.index);
      const ahead = kindsNamed(before).reverse();
      const isLast = place + 1 === found.length;
      const near = [...ahead, ...(isLast || isBehind(behind) ? kindsNamed(behind) : [])];
      const denied =
        found.length > 1 &&
        (/(?:^|\P{L})not\s*$/iu.test(before) ||
          // "This or that?" denies neither.
          /^\s*(?:nahi|nahin|nhi|na|noy|না|নয়|नहीं|sorry|by mistake|earlier by mistake|bhul|ভুল|galat|गलत)(?!\p{L})/iu.test(
            behind,
          )) &&
        !(/[?]/.test(line) && /^\s*(?:na|না)\s*$/iu.test(behind));
      for (const part of divide(groupsOf(match[0]).slice(0, mostGroupsRead), near[0])) {
        const digits = part.groups.map((group) => group.digits).join('');
        const kinds = part.isNumber ? kindsOf(digits) : [];
        const named = [
          ...near,
          isGroupedAs(part.groups) ?? looksGroupedAs(part.groups),
          heading,
          general,
          ...anywhere,
        ].filter((each) => each !== undefined);
        const kind = named.find((each) => kinds.includes(each)) ?? named[0];
        const isNear = kind !== undefined && [...near, isGroupedAs(part.groups), heading].includes(kind);
        if (denied) continue;
        const isShort = digits.length <= 6;
        if (
          kind !== undefined &&
          !kinds.includes(kind) &&
          (!isShort || (digits.length > 2 && ahead.length > 0 && isNumberWord.test(before)))
        )
          isNamed = true;
        if (kinds.length === 0 || (kind !== undefined && !kinds.includes(kind))) {
          if (digits.length > rest.length) rest = digits;
          continue;
        }
        if (numbers.some(({ number }) => number === digits) || numbers.length >= mostNumbers) continue;
        numbers.push({
          number: digits,
          kinds: kind === undefined ? kinds : [kind],
          problems: problemsOf(digits),
          ...(isNear && { isNamed: true }),
          ...(kind === undefined && mobile.test(digits) && { isPhone: true }),
        });
      }
    }
  }
  return { numbers: withoutWeakNames(numbers), isNamed, ...(rest !== '' && { rest }) };
}

/** A word elsewhere in the message names the kind of a number only where no other number has taken that word. */
function withoutWeakNames(numbers: readonly HeardNumber[]): HeardNumber[] {
  const named = new Set(numbers.flatMap(({ kinds, isNamed }) => (isNamed ? kinds : [])));
  return numbers.map((number) =>
    number.isNamed || (named.size < 2 && !number.kinds.some((kind) => named.has(kind)))
      ? number
      : { ...number, kinds: kindsOf(number.number) },
  );
}

/** What a number is called, right before it. */
const isNumberWord =
  /(?:number|num|no|nr|ce|সিই|ই|ce no|নম্বর|নাম্বার|নং|नंबर|नम्बर|nombor|nambar|hai|हैं?)[\s.:#=\-–]*$/iu;

/** Whether what stands behind a number belongs to it rather than to the next one. */
function isBehind(words: string): boolean {
  return /[,;.।|]|\p{L}\s+(?:and|আর|ও|এবং|और|ar|aur)\s/u.test(words);
}

function problemsOf(digits: string): HeardNumber['problems'] {
  return Object.fromEntries(
    accountKinds.flatMap((kind) => {
      const problem = accountSpecs[kind].problemWith(digits);
      return problem === undefined ? [] : [[kind, problem]];
    }),
  );
}

/** A number that is told part by part ("unit 21, ward 105, street 08 …"), in the groups in which it stands. */
function inPieces(text: string, general: AccountKind | undefined): Found | undefined {
  const groups = Array.from(text.matchAll(/\d+/g), ([digits]): Group => ({ digits, after: ' ' }));
  const kind = isGroupedAs(groups);
  if (kind === undefined || (general !== undefined && general !== kind)) return undefined;
  if (groups.length < 4 && !kindsNamed(text).includes(kind)) return undefined;
  const number = groups.map(({ digits }) => digits).join('');
  return { numbers: [{ number, kinds: [kind], problems: problemsOf(number), isNamed: true }], isNamed: true };
}

/** Digits by their names, as people dictate them. */
const spokenDigits = new Map(
  [
    'zero oh shunyo shunno sunyo shoonya shunya শূন্য शून्य ज़ीरो जीरो জিরো jiro',
    'one ek এক एक ওয়ান',
    'two dui do দুই दो টু',
    'three tin teen তিন तीन থ্রি',
    'four char chaar চার चार ফোর',
    'five pach panch paanch পাঁচ পাচ पाँच पांच ফাইভ',
    'six chhoy choy chhah chhe cheh chay ছয় छह छः छे সিক্স',
    'seven sat saat shat সাত सात সেভেন',
    'eight at aat aath aht আট आठ এইট',
    'nine noy noi nau নয় नौ নাইন',
  ].flatMap((names, digit) =>
    names.split(' ').map((name) => [name.normalize('NFKC'), String(digit)] as const),
  ),
);

/** At least so many in a row are a number and no words. */
const leastSpoken = 7;

function writeDigits(text: string): string {
  const words = text.split(/(?<=[^\p{L}\p{M}])|(?=[^\p{L}\p{M}])/u);
  const isGap = (word: string): boolean => /^[\s,.\-]$/.test(word);
  const written = [...words];
  for (let from = 0; from < words.length; from += 1) {
    let to = from;
    let count = 0;
    for (; to < words.length; to += 1) {
      const word = words[to] ?? '';
      if (spokenDigits.has(word.toLowerCase()) || /^\d$/.test(word)) count += 1;
      else if (!isGap(word)) break;
    }
    const spoken = words.slice(from, to).filter((word) => spokenDigits.has(word.toLowerCase()));
    if (count < leastSpoken || spoken.length < leastSpoken - 1) continue;
    for (let at = from; at < to; at += 1) {
      const word = words[at] ?? '';
      written[at] = isGap(word) ? '' : (spokenDigits.get(word.toLowerCase()) ?? word);
    }
    written[to - 1] = `${written[to - 1] ?? ''} `;
    from = to;
  }
  return written.join('');
}

/** Letters that are typed for digits, in what is a number otherwise. */
function mendDigits(text: string): string {
  return text.replace(/(?<![\p{L}\d])[\dolOI][\dolOI\-.]{6,}(?![\p{L}\d])/gu, (word) =>
    (word.match(/\d/g) ?? []).length >= 6 ? word.replace(/o/gi, '0').replace(/[lI]/g, '1') : word,
  );
}

/** Nobody writes so much about a number. */
const longestRead = 1_500;

/** @param general the only kind of account that the whole message speaks of */
export function numbersIn(
  text: string,
  general: AccountKind | undefined,
): Pick<Meaning, 'numbers' | 'problems' | 'isMistyped'> {
  const whole = writeDigits(mendDigits(clean(text).slice(0, longestRead)));
  // In its place a letter that is in no word, so that nothing is joined across it.
  const bare = others.reduce((left, pattern) => left.replace(pattern, ' ¤ '), whole);
  let found = findIn(bare, general);
  if (
    found.rest !== undefined &&
    /\d\s*\n\s*[-./]?\d/.test(bare) &&
    !found.numbers.some(({ kinds }) => kinds.includes('property'))
  ) {
    // A number that is broken between two lines.
    const joined = findIn(bare.replace(/\n/g, ' '), general);
    if (joined.numbers.length > 0) found = joined;
  }
  if (found.numbers.length === 0) found = inPieces(whole, general) ?? found;
  const { numbers, rest, isNamed } = found;
  if (numbers.length > 0) return { numbers };
  if (rest === undefined) return {};
  const problems = Object.fromEntries(
    accountKinds.map((kind) => [kind, accountSpecs[kind].problemWith(rest) ?? 'length']),
  ) as { [K in AccountKind]: NumberProblem<K> };
  const isMistyped = isNamed || rest.length >= 9;
  return { problems, ...(isMistyped && { isMistyped: true }) };
}

/** Finds a number of one kind in a text that is nothing else. */
export function isNumberOf(kind: AccountKind, text: string): boolean {
  return numbersIn(text, kind).numbers?.some(({ kinds }) => kinds.includes(kind)) ?? false;
}
