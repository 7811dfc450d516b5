/** What the bot says to wishes that are no service: to pay something, to have lost money, to speak with a person. Bengali is written first. */
import { dateInKolkata } from '../domain/calendar.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { decidedBy } from '../domain/payments/attempt.ts';
import type { RecentPayment } from '../domain/payments/order.ts';
import type { RenewalState } from '../domain/renewal.ts';
import type { LabelKey, NoteKey, ReplyKey } from '../domain/reply.ts';
import type { ApplicationStanding, CitizenStanding, OpenMatter } from '../domain/standing.ts';
import { shownAccount } from './bills.ts';
import { formatDate, formatMoney, formatNumber } from './format.ts';
import { decided, stillUndecided } from './pay.ts';
import type { Label } from './services/service.ts';
import { serviceTexts } from './services/services.ts';
import type { Text } from './words.ts';

type WishKey = Extract<
  ReplyKey,
  | 'stuck'
  | 'didYouMean'
  | 'payWhat'
  | 'personAsked'
  | 'complaint'
  | 'whichOfNumbers'
  | 'standing'
  | 'moneyCut'
>;

const receiptButton = { bn: 'রসিদ বাছুন', en: 'Choose a receipt', hi: 'रसीद चुनें' } as const;
const listButton = { bn: 'বেছে নিন', en: 'Choose', hi: 'चुनें' } as const;

export const wishReplies: { readonly [K in WishKey]: Text<K> } = {
  stuck: {
    bn: (_, facts) => ({
      body: `দুঃখিত, এখনও বুঝতে পারলাম না। নীচের তালিকা থেকে বাছতে পারেন, বা ‘মেনু’ লিখে শুরুতে ফিরতে পারেন।\n\n*কারও সঙ্গে কথা বলতে*\n${facts.complaints.bn}`,
      listButton: listButton.bn,
    }),
    en: (_, facts) => ({
      body: `Sorry, we still did not understand. You can choose from the list below, or type “menu” to go back to the start.\n\n*To talk to somebody*\n${facts.complaints.en}`,
      listButton: listButton.en,
    }),
    hi: (_, facts) => ({
      body: `क्षमा करें, बात अब भी समझ में नहीं आई। नीचे की सूची से चुन सकते हैं, या ‘मेनू’ लिखकर शुरुआत पर लौट सकते हैं।\n\n*किसी से बात करने के लिए*\n${facts.complaints.hi}`,
      listButton: listButton.hi,
    }),
  },
  didYouMean: {
    bn: () => ({ body: 'আপনি কি এটি চান? না হলে অন্য কথায় লিখুন, বা ‘মেনু’ লিখুন।' }),
    en: () => ({ body: 'Is this what you want? If not, say it in other words, or type “menu”.' }),
    hi: () => ({ body: 'क्या आप यही चाहते हैं? नहीं तो दूसरे शब्दों में लिखें, या ‘मेनू’ लिखें।' }),
  },
  payWhat: {
    bn: () => ({ body: 'কীসের টাকা জমা দেবেন?' }),
    en: () => ({ body: 'What would you like to pay?' }),
    hi: () => ({ body: 'किसका भुगतान करना है?' }),
  },
  personAsked: {
    bn: (_, facts) => ({
      body: `আপনি কথা বলতে চান, তা পুরসভার কর্মীদের জানানো হল। কাজের সময়ে তাঁরা এই হোয়াটসঅ্যাপ নম্বরে যোগাযোগ করবেন।\n\n*এখনই কথা বলতে*\n${facts.complaints.bn}\n${facts.hours.bn}`,
    }),
    en: (_, facts) => ({
      body: `We have told the staff of the Corporation that you would like to talk to them. They will contact you on this WhatsApp number during office hours.\n\n*To talk to somebody now*\n${facts.complaints.en}\n${facts.hours.en}`,
    }),
    hi: (_, facts) => ({
      body: `आप बात करना चाहते हैं, यह निगम के कर्मचारियों को बता दिया गया है। वे कार्यालय के समय में इसी व्हाट्सऐप नंबर पर आपसे संपर्क करेंगे।\n\n*अभी बात करने के लिए*\n${facts.complaints.hi}\n${facts.hours.hi}`,
    }),
  },
  complaint: {
    bn: (_, facts) => ({
      body: `এখানে অভিযোগ নেওয়া যায় না, কিন্তু শোনার লোক আছেন।\n\n*অভিযোগ জানাতে*\n${facts.complaints.bn}\n\nএই পরিষেবা বা কোনও পেমেন্ট নিয়ে কথা থাকলে নীচের বোতাম টিপুন।`,
    }),
    en: (_, facts) => ({
      body: `Complaints cannot be taken here, but there are people who take them.\n\n*Complaints*\n${facts.complaints.en}\n\nIf it is about this service or a payment, tap the button below.`,
    }),
    hi: (_, facts) => ({
      body: `यहाँ शिकायत दर्ज नहीं होती, पर सुनने वाले हैं।\n\n*शिकायत के लिए*\n${facts.complaints.hi}\n\nइस सेवा या किसी भुगतान की बात हो तो नीचे का बटन दबाएँ।`,
    }),
  },
  whichOfNumbers: {
    bn: () => ({
      body: 'আপনি কয়েকটি নম্বর পাঠিয়েছেন। যেটি আগে দেখতে চান, সেটি বেছে নিন। অন্যগুলি পরে এই তালিকা থেকেই বাছতে পারবেন।',
      listButton: listButton.bn,
    }),
    en: () => ({
      body: 'You have sent several numbers. Choose the one to see first. You can choose the others from this list afterwards.',
      listButton: listButton.en,
    }),
    hi: () => ({
      body: 'आपने कई नंबर भेजे हैं। जिसे पहले देखना हो, उसे चुनें। बाकी बाद में इसी सूची से चुन सकते हैं।',
      listButton: listButton.hi,
    }),
  },
  standing: {
    bn: (standing) => ({ body: linesOf(standing, 'bn'), listButton: receiptButton.bn }),
    en: (standing) => ({ body: linesOf(standing, 'en'), listButton: receiptButton.en }),
    hi: (standing) => ({ body: linesOf(standing, 'hi'), listButton: receiptButton.hi }),
  },
  moneyCut: {
    bn: ({ payments }) => ({
      body:
        payments.length === 0
          ? 'এই হোয়াটসঅ্যাপ নম্বর থেকে টাকা দেওয়ার কোনও চেষ্টা আমাদের খাতায় নেই। অন্য নম্বর বা ওয়েবসাইট থেকে দিয়ে থাকলে সেখানকার রসিদ দেখুন।\n\nপুরসভায় না-পৌঁছনো টাকা ব্যাঙ্ক সাধারণত পাঁচ দিনের মধ্যে নিজে থেকেই ফেরত দেয়। তবু না পেলে নীচের বোতাম টিপুন।'
          : `আপনার সাম্প্রতিক পেমেন্ট:\n\n${triesOf(payments, 'bn')}\n\nএর পরেও কিছু না মিললে নীচের বোতাম টিপুন।`,
    }),
    en: ({ payments }) => ({
      body:
        payments.length === 0
          ? 'Our books show no attempt to pay from this WhatsApp number. If you paid from another number or on the website, please look for the receipt there.\n\nMoney that did not reach the Corporation is usually returned by your bank within five days. If it is not, tap the button below.'
          : `Your recent payments:\n\n${triesOf(payments, 'en')}\n\nIf something is still missing after that, tap the button below.`,
    }),
    hi: ({ payments }) => ({
      body:
        payments.length === 0
          ? 'इस व्हाट्सऐप नंबर से भुगतान की कोई कोशिश हमारे खाते में नहीं है। दूसरे नंबर या वेबसाइट से भुगतान किया हो तो रसीद वहाँ देखें।\n\nजो पैसा निगम तक नहीं पहुँचा, उसे बैंक आम तौर पर पाँच दिन में अपने-आप लौटा देता है। फिर भी न मिले तो नीचे का बटन दबाएँ।'
          : `आपके हाल के भुगतान:\n\n${triesOf(payments, 'hi')}\n\nइसके बाद भी कुछ न मिले तो नीचे का बटन दबाएँ।`,
    }),
  },
};

/** What was tried, and what becomes of the money until when. */
function triesOf(payments: readonly RecentPayment[], language: Language): string {
  return payments.map((payment) => sayOf(becomes, payment, language)).join('\n');
}

/** What can be said of a payment, by the day until which a bank has time, and the number of the receipt. */
type PaymentWords = Readonly<
  Record<RecentPayment['state'], InEveryLanguage<(until: string, receipt: string) => string>>
>;

function sayOf(words: PaymentWords, payment: RecentPayment, language: Language): string {
  const until = formatDate(decidedBy(payment.at), language);
  return `${lineOf(payment, language)}\n   ${words[payment.state][language](until, payment.receipt ?? '')}`;
}

const becomes: PaymentWords = {
  paid: {
    bn: (_, receipt) => `জমা পড়েছে। রসিদের নম্বর ${receipt}\n   PDF পেতে ‘রসিদ’ লিখুন।`,
    en: (_, receipt) => `Received, receipt ${receipt}. For the PDF, type “receipt”.`,
    hi: (_, receipt) => `जमा हो गया। रसीद संख्या ${receipt}\n   PDF के लिए ‘रसीद’ लिखें।`,
  },
  undecided: {
    bn: (until) => `ব্যাঙ্ক এখনও জানায়নি। ${decided.bn(until)} *এখন আবার টাকা দেবেন না।*`,
    en: (until) => `Your bank has not confirmed it yet. ${decided.en(until)} *Please do not pay again now.*`,
    hi: (until) => `बैंक ने अभी पुष्टि नहीं की है। ${decided.hi(until)} *अभी दोबारा भुगतान न करें।*`,
  },
  atDesk: {
    bn: () => `${stillUndecided.bn} খবর এলেই এখানে জানাব। *এখন আবার টাকা দেবেন না।*`,
    en: () => `${stillUndecided.en} We will tell you here. *Please do not pay again now.*`,
    hi: () => `${stillUndecided.hi} ख़बर आते ही यहाँ बताएँगे। *अभी दोबारा भुगतान न करें।*`,
  },
  failed: {
    bn: (until) => `জমা পড়েনি। টাকা কেটে থাকলে ব্যাঙ্ক ${until}-এর মধ্যে নিজে থেকেই ফেরত দেবে।`,
    en: (until) => `Not received. If your account was debited, your bank will return the money by ${until}.`,
    hi: (until) => `जमा नहीं हुआ। खाते से पैसे कटे हों तो बैंक ${until} तक अपने-आप लौटा देगा।`,
  },
};

function lineOf({ service, accountNumber, nickname, amount, at }: RecentPayment, language: Language): string {
  const day = formatDate(dateInKolkata(at), language);
  const what = nickname ?? `${serviceTexts[service].name[language]} ${shownAccount(service, accountNumber)}`;
  return `• ${day}: *${formatMoney(amount, language)}*, ${what}`;
}

const headings = {
  payments: { bn: 'পেমেন্ট', en: 'Payments', hi: 'भुगतान' },
  applications: { bn: 'নবীকরণের আবেদন', en: 'Applications to renew', hi: 'नवीनीकरण के आवेदन' },
  certificates: { bn: 'শংসাপত্র', en: 'Certificates', hi: 'प्रमाणपत्र' },
  matters: { bn: 'কর্মীরা দেখছেন', en: 'With our staff', hi: 'कर्मचारी देख रहे हैं' },
} as const satisfies Record<keyof CitizenStanding, InEveryLanguage<string>>;

const paymentStates: PaymentWords = {
  paid: {
    bn: (_, receipt) => `রসিদ ${receipt}`,
    en: (_, receipt) => `receipt ${receipt}`,
    hi: (_, receipt) => `रसीद ${receipt}`,
  },
  undecided: {
    bn: (by) => `ব্যাঙ্ক এখনও নিশ্চিত করেনি। ${decided.bn(by)}`,
    en: (by) => `your bank has not confirmed it yet. ${decided.en(by)}`,
    hi: (by) => `बैंक ने अभी पुष्टि नहीं की है। ${decided.hi(by)}`,
  },
  atDesk: {
    bn: () => `${stillUndecided.bn} খবর এলেই জানাব`,
    en: () => `${stillUndecided.en} We will tell you`,
    hi: () => `${stillUndecided.hi} ख़बर आते ही बताएँगे`,
  },
  failed: { bn: () => 'টাকা জমা পড়েনি', en: () => 'not received', hi: () => 'भुगतान नहीं हुआ' },
};

const applicationStates: Readonly<
  Record<RenewalState, InEveryLanguage<(until: string | undefined) => string>>
> = {
  awaitingApproval: {
    bn: () => 'আধিকারিকের সিদ্ধান্তের অপেক্ষায়; সিদ্ধান্ত হলেই জানাব',
    en: () => 'waiting for the officer’s decision; we will tell you',
    hi: () => 'अधिकारी के निर्णय की प्रतीक्षा में; निर्णय होते ही बताएँगे',
  },
  awaitingPayment: {
    bn: (until) => `টাকা জমা দেওয়া বাকি${until ? `, ${until} পর্যন্ত সময় আছে` : ''}`,
    en: (until) => `waiting for your payment${until ? `, until ${until}` : ''}`,
    hi: (until) => `भुगतान बाकी है${until ? `, ${until} तक समय है` : ''}`,
  },
  renewed: { bn: () => 'নবীকরণ হয়ে গেছে', en: () => 'renewed', hi: () => 'नवीनीकरण हो गया' },
  held: {
    bn: () => 'লাইসেন্স বিভাগ দেখছে',
    en: () => 'the Licence Department is looking into it',
    hi: () => 'लाइसेंस विभाग देख रहा है',
  },
  sentBack: {
    bn: () => 'ঠিক করার জন্য ফেরত এসেছে; ঠিক করে ‘নবীকরণ’ লিখুন',
    en: () => 'sent back to be put right; then type “renew”',
    hi: () => 'सुधार के लिए लौटाया गया; सुधारकर ‘नवीनीकरण’ लिखें',
  },
  refused: { bn: () => 'মঞ্জুর হয়নি', en: () => 'refused', hi: () => 'अस्वीकृत' },
  lapsed: {
    bn: () => 'সময় পেরিয়ে বাতিল হয়েছে; আবার ‘নবীকরণ’ লিখতে পারেন',
    en: () => 'cancelled because its time ran out; you can type “renew” again',
    hi: () => 'समय निकलने से रद्द; फिर ‘नवीनीकरण’ लिख सकते हैं',
  },
};

/** Everything that is under way, each with its date and what comes next. */
function linesOf(standing: CitizenStanding, language: Language): string {
  const lines: { readonly [K in keyof CitizenStanding]: readonly string[] } = {
    payments: standing.payments.map((payment) => sayOf(paymentStates, payment, language)),
    applications: standing.applications.map((each) => applicationLine(each, language)),
    certificates: standing.certificates.map(
      ({ number, licenceNumber, validUntil }) =>
        `• ${number}: ${serviceTexts.tradeLicence.name[language]} ${licenceNumber}, ${validWords[language](formatDate(validUntil, language))}`,
    ),
    matters: standing.matters.map((matter) => matterLine(matter, language)),
  };
  return (Object.keys(lines) as (keyof CitizenStanding)[])
    .flatMap((kind) =>
      lines[kind].length === 0 ? [] : [`*${headings[kind][language]}*\n${lines[kind].join('\n')}`],
    )
    .join('\n\n');
}

function applicationLine(
  { licenceNumber, years, state, appliedAt, expiresAt }: ApplicationStanding,
  language: Language,
): string {
  const day = formatDate(dateInKolkata(appliedAt), language);
  const until = expiresAt === undefined ? undefined : formatDate(dateInKolkata(expiresAt), language);
  return `• ${day}: ${serviceTexts.tradeLicence.name[language]} ${licenceNumber}, ${yearsOf[language](formatNumber(years, language))}\n   ${applicationStates[state][language](until)}`;
}

function matterLine({ about, openedAt, dueAt }: OpenMatter, language: Language): string {
  const [since, until] = [openedAt, dueAt].map((at) => formatDate(dateInKolkata(at), language));
  return `• ${matterNames[about][language]} (${since ?? ''})\n   ${answerBy[language](until ?? '')}`;
}

const yearsOf: InEveryLanguage<(years: string) => string> = {
  bn: (years) => `${years} বছর`,
  en: (years) => `years: ${years}`,
  hi: (years) => `${years} वर्ष`,
};
const validWords: InEveryLanguage<(until: string) => string> = {
  bn: (until) => `মেয়াদ ${until} পর্যন্ত`,
  en: (until) => `valid until ${until}`,
  hi: (until) => `${until} तक वैध`,
};
const matterNames: Readonly<Record<OpenMatter['about'], InEveryLanguage<string>>> = {
  payment: { bn: 'একটি পেমেন্ট', en: 'A payment', hi: 'एक भुगतान' },
  renewal: { bn: 'একটি নবীকরণ', en: 'A renewal', hi: 'एक नवीनीकरण' },
  conversation: { bn: 'কথা বলার অনুরোধ', en: 'Your request to talk', hi: 'बात करने का अनुरोध' },
};
const answerBy: InEveryLanguage<(until: string) => string> = {
  bn: (until) => `${until}-এর মধ্যে দেখা হবে`,
  en: (until) => `to be dealt with by ${until}`,
  hi: (until) => `${until} तक देखा जाएगा`,
};

export const wishNotes = {
  typeFromPicture: {
    bn: 'ছবি থেকে নম্বর পড়া যায় না। বিলের উপরে যে ১২ সংখ্যার অ্যাসেসি নম্বর, তা লিখে পাঠান।',
    en: 'We cannot read pictures. Please type the 12-digit assessee number near the top of the bill.',
    hi: 'तस्वीर से नंबर नहीं पढ़ा जाता। बिल में ऊपर लिखा 12 अंकों का असेसी नंबर लिखकर भेजें।',
  },
  typeFromFile: {
    bn: 'ফাইল থেকে নম্বর পড়া যায় না। বিলের উপরে যে ১২ সংখ্যার অ্যাসেসি নম্বর, তা লিখে পাঠান।',
    en: 'We cannot read files. Please type the 12-digit assessee number near the top of the bill.',
    hi: 'फ़ाइल से नंबर नहीं पढ़ा जाता। बिल में ऊपर लिखा 12 अंकों का असेसी नंबर लिखकर भेजें।',
  },
  notHere: {
    bn: 'সে কাজ এখানে হয় না। এখানে যা হয়, তা নীচের তালিকায়।',
    en: 'That cannot be done here. What can be is in the list below.',
    hi: 'वह काम यहाँ नहीं होता। यहाँ जो होता है, वह नीचे की सूची में है।',
  },
  orAsk: {
    bn: 'নম্বর খুঁজে না পেলে বরো অফিসে জিজ্ঞাসা করুন, বা কারও সঙ্গে কথা বলতে ‘মানুষ’ লিখুন।',
    en: 'If you cannot find the number, ask at the borough office, or type “person” to talk to somebody.',
    hi: 'नंबर न मिले तो बरो कार्यालय में पूछें, या किसी से बात करने के लिए ‘व्यक्ति’ लिखें।',
  },
} as const satisfies Partial<Record<NoteKey, InEveryLanguage<string>>>;

export const wishLabels = {
  person: {
    bn: { title: 'কথা বলতে চাই' },
    en: { title: 'Talk to a person' },
    hi: { title: 'किसी से बात करनी है' },
  },
  'wish.status': {
    bn: { title: 'কাজ কত দূর' },
    en: { title: 'Where things stand' },
    hi: { title: 'काम कहाँ तक पहुँचा' },
  },
  'wish.moneyCut': {
    bn: { title: 'টাকা কেটেছে' },
    en: { title: 'Money was deducted' },
    hi: { title: 'पैसे कट गए' },
  },
  'wish.complaint': {
    bn: { title: 'অভিযোগ' },
    en: { title: 'Complaint' },
    hi: { title: 'शिकायत' },
  },
  'wish.stop': {
    bn: { title: 'বার্তা বন্ধ করুন' },
    en: { title: 'Stop messages' },
    hi: { title: 'संदेश बंद करें' },
  },
} as const satisfies Partial<Record<LabelKey, Label>>;
