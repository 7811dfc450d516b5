/** From what the bot says to the words and choices of one message, in the citizen's language. */
import { serviceOf } from '../domain/accounts/kinds.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import { cut, type Choice, type OutboundContent } from '../domain/outbound.ts';
import type { OfferedChoice, Reply } from '../domain/reply.ts';
import { labels, notes, otherLanguages, replies } from './conversation.ts';
import type { CorporationFacts, Text, Words } from './words.ts';
import { formatDate, formatMoney, formatNumber } from './format.ts';
import { briefBill, inLanguage, shownAccount } from './bills.ts';
import { describedTerm, yearsWords } from './services/renewal.ts';
import { describedPlace, numberOf } from './places.ts';
import { billNames, numbersOf, serviceTexts } from './services/services.ts';

/** Renders a reply: note, body, choices and link are one message, because every message costs the corporation money. */
export function render(reply: Reply, language: Language, facts: CorporationFacts): OutboundContent {
  const words = wordsOf(reply, language, facts);
  const body = [
    ...(reply.note ? [notes[reply.note][language]] : []),
    words.body,
    ...(reply.isFirstContact ? [otherLanguages[language]] : []),
  ].join('\n\n');
  const choices = (reply.choices ?? []).map((choice) => inWords(choice, language));
  const footer = words.footer === undefined ? {} : { footer: words.footer };

  if (words.image) return { kind: 'image', media: words.image, caption: body };
  if (words.document) {
    const { id, filename } = words.document;
    return { kind: 'document', media: { id }, filename, caption: body };
  }
  if (words.order && words.link) return { kind: 'order', body, ...footer, ...words.order, link: words.link };
  if (words.orderStatus) return { kind: 'orderStatus', body, ...words.orderStatus };
  if (words.link) return { kind: 'link', body, ...footer, ...words.link };
  if (choices.length === 0) return { kind: 'text', body };
  if (words.listButton === undefined || isLone(reply.choices))
    return { kind: 'buttons', body, ...footer, buttons: choices };
  return { kind: 'list', body, ...footer, button: words.listButton, sections: [{ rows: choices }] };
}

/** One fixed choice is a button of its own: behind the button of a list nobody looks for it. */
function isLone(choices: Reply['choices'] = []): boolean {
  return choices.length === 1 && typeof choices[0]?.label === 'string';
}

function wordsOf(reply: Reply, language: Language, facts: CorporationFacts): Words {
  // The compiler cannot see that a reply's values are those of its own key; the type of Reply says so.
  const text = replies[reply.key][language] as Text<'help'>[Language] &
    ((params: unknown, facts: CorporationFacts) => Words);
  return text(reply.params as undefined, facts);
}

/** The longest description that a row of a WhatsApp list may have. */
const longestDescription = 72;

function inWords({ id, label }: OfferedChoice, language: Language): Choice {
  if (typeof label === 'string') return { id, ...labels[label][language] };
  if ('due' in label) {
    const bill = briefBill(label.due, billNames, language);
    const title = `${formatNumber(label.place, language)}. ${formatMoney(label.due.payable, language)}`;
    return { id, title, description: cut(bill, longestDescription) };
  }
  if ('payment' in label) {
    const { service, accountNumber, nickname, amount, at } = label.payment;
    const what =
      nickname ?? `${serviceTexts[service].name[language]} ${shownAccount(service, accountNumber)}`;
    const day = formatDate(dateInKolkata(at), language);
    return {
      id,
      title: formatMoney(amount, language),
      description: cut(`${day}, ${what}`, longestDescription),
    };
  }
  if ('term' in label) {
    const { years, total } = label.term;
    const title = `${yearsWords[language](years)}: ${formatMoney(total, language)}`;
    return { id, title, description: cut(describedTerm(label.term, language), longestDescription) };
  }
  if ('kinds' in label) {
    const { number, kinds } = label;
    const [kind, other] = kinds;
    const title = kind === undefined || other ? number : shownAccount(serviceOf[kind], number);
    return { id, title, description: cut(numbersOf(kinds)[language], longestDescription) };
  }
  if ('own' in label) {
    const { own } = label;
    const description = cut(describedPlace(own, language), longestDescription);
    return { id, title: own.nickname ?? numberOf(own.account), description };
  }
  const { account, place, nickname } = label;
  return {
    id,
    title: nickname ?? numberOf(account),
    description: cut(inLanguage(place, language), longestDescription),
  };
}
