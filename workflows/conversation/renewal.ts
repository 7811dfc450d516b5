/**
 * Renewing a trade licence: the licence is shown, the details are confirmed, the term is chosen, and the application is
 * made. What comes of it, to the certificate, is the renewal's own workflow.
 */
import type { RenewalOffer } from '../../activities/renewals.ts';
import type { CertificateNumber } from '../../domain/certificate.ts';
import type { CeNumber } from '../../domain/ce-number.ts';
import { foldDigits } from '../../domain/digits.ts';
import type { Term } from '../../domain/renewal.ts';
import { licenceChanges, type LicenceChange } from '../../domain/reply.ts';
import { mentions, wordList } from '../../domain/words.ts';
import { askForAnotherCeNumber, askForCeNumber, hearCeNumber } from './ce-number.ts';
import type { Answer, Chat } from './chat.ts';
import type { Opening } from './opening.ts';
import { documents, renewals } from './ports.ts';
import { promiseAnswer } from './records-back.ts';

export async function renewal(chat: Chat, { licence, note }: Opening = {}): Promise<void> {
  const number = licence ?? (await askForCeNumber(chat, note));
  if (number) await renewLicence(chat, number);
}

export async function renewLicence(chat: Chat, first: CeNumber): Promise<void> {
  let number: CeNumber | undefined = first;
  while (number) number = await renew(chat, number);
}

/** @returns the number of the licence that the citizen wants to renew instead, if any */
async function renew(chat: Chat, number: CeNumber): Promise<CeNumber | undefined> {
  const { citizenId } = chat;
  const offer = await renewals
    .renewalOffer({ citizenId, number })
    .catch(() => ({ found: 'unavailable' }) as const);
  if (offer.found === 'offer') chat.concerns(number);
  switch (offer.found) {
    case 'offer':
      return offer.renewability.may === 'renew'
        ? confirm(chat, number, offer, offer.renewability)
        : tellWhyNot(chat, offer, offer.renewability);
    case 'unknown':
      return askForAnotherCeNumber(chat, number);
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      // The dues are told as soon as the records answer, and from there it goes on.
      return promiseAnswer(chat, { kind: 'licence', number });
  }
}

type Renewability = RenewalOffer['renewability'];
type Renewable = Extract<Renewability, { may: 'renew' }>;

/** What is wrong on a licence has to be corrected before the fee is paid. */
async function confirm(
  chat: Chat,
  number: CeNumber,
  { licence, trade }: RenewalOffer,
  { expiredOn, terms }: Renewable,
): Promise<CeNumber | undefined> {
  const answer = await chat.choose<'unchanged' | 'changed' | 'another', CeNumber | 'unchanged' | 'changed'>(
    { key: 'confirmLicence', params: { licence, trade, expiredOn } },
    [
      { id: 'unchanged', label: 'unchanged' },
      { id: 'changed', label: 'somethingChanged' },
      { id: 'another', label: 'anotherNumber' },
    ],
    hearConfirmation,
  );
  switch (answer) {
    case 'unchanged':
      return chooseTerm(chat, number, { licence, terms });
    case 'changed':
      return tellWhereToChange(chat);
    case 'another':
      return askForCeNumber(chat);
    default:
      return answer;
  }
}

async function tellWhereToChange(chat: Chat): Promise<undefined> {
  const rows = licenceChanges.map((what) => ({ id: what, label: `change.${what}` }) as const);
  const what = await chat.choose<LicenceChange, never>({ key: 'whatChanged' }, rows, () => ({
    unclear: 'notUnderstood',
  }));
  await chat.say({ key: 'licenceChange', params: { what } });
  return undefined;
}

async function chooseTerm(
  chat: Chat,
  number: CeNumber,
  { licence, terms }: Pick<RenewalOffer, 'licence'> & { readonly terms: readonly Term[] },
): Promise<undefined> {
  const rows = terms.map((term) => ({ id: String(term.years), label: { term } }));
  const chosen = await chat.choose<string, string>({ key: 'chooseTerm', params: { licence } }, rows, (text) =>
    hearTerm(text, terms),
  );
  const { citizenId, language } = chat;
  const years = Number(chosen);
  const applied = await renewals.applyForRenewal({ citizenId, number, language, years });
  switch (applied.outcome) {
    case 'applied': {
      const { payment, term } = applied;
      await chat.say(
        payment
          ? { key: 'renewalSummary', params: { licence, years, term, ...payment } }
          : { key: 'renewalApplied', params: { licence, years } },
      );
      break;
    }
    case 'taken':
      await chat.say({ key: 'renewalTaken', params: { licence, until: applied.until } });
      break;
    case 'tooMany':
      await chat.say({ key: 'renewalTooMany', params: { licence, openAtMost: applied.openAtMost } });
      break;
    case 'paying':
      await chat.say({ key: 'renewalPaying', params: { licence } });
      break;
    case 'renewed':
    case 'changed':
      await chat.say({ key: 'renewalChanged' });
  }
  return undefined;
}

/** Every state of a licence has an answer of its own, and a next step. */
async function tellWhyNot(
  chat: Chat,
  { licence, certificate }: RenewalOffer,
  why: Exclude<Renewability, Renewable>,
): Promise<CeNumber | undefined> {
  const opensOn = 'opensOn' in why ? why.opensOn : undefined;
  const next = await chat.offer<'certificate' | 'another', CeNumber>(
    { key: 'notRenewable', params: { licence, because: why.because, opensOn } },
    [
      ...(certificate === undefined ? [] : [{ id: 'certificate', label: 'lastCertificate' } as const]),
      { id: 'another', label: 'anotherNumber' },
    ],
    hearCeNumber,
  );
  if (next === 'another') return askForCeNumber(chat);
  if (next !== 'certificate') return next;
  if (certificate !== undefined) await sendCertificateAgain(chat, { licence, certificate });
  return undefined;
}

async function sendCertificateAgain(
  chat: Chat,
  { licence, certificate: number }: { licence: RenewalOffer['licence']; certificate: CertificateNumber },
): Promise<void> {
  try {
    const document = await documents.renewalCertificate({ number });
    const { validUntil } = licence;
    await chat.say({ key: 'certificate', params: { licence, number, validUntil, ...document } });
  } catch {
    await chat.say({ key: 'certificateFailed' });
  }
}

/** `3`, `৩ বছর`, `3 years`: one of the terms. */
function hearTerm(text: string, terms: readonly Term[]): Answer<string> {
  const [, typed] = /^\D*(\d{1,2})\D*$/.exec(foldDigits(text)) ?? [];
  if (typed === undefined) return { unclear: 'notUnderstood' };
  const term = terms.find(({ years }) => years === Number(typed));
  return term ? { is: String(term.years) } : { unclear: 'noSuchTerm', final: true };
}

const unchangedWords =
  wordList(`yes, ok, okay, correct, right, unchanged, all is unchanged, ha, haan, thik, thik ache, sahi, theek,
  হ্যাঁ, হ্যা, ঠিক, ঠিক আছে, সব ঠিক আছে, हाँ, हां, सही, ठीक, ठीक है, सब सही है`);
/** Heard before the words that stand in them. */
const nothingChangedWords =
  wordList(`no change, no changes, nothing changed, nothing has changed, nothing wrong, not changed, no mistake, bodlayni,
  bodlay ni, bhul nei, kuch nahi badla, kuch nahin badla, badlav nahi, বদলায়নি, কিছু বদলায়নি, বদল হয়নি, বদল নেই, ভুল নেই,
  कुछ नहीं बदला, बदलाव नहीं, कोई बदलाव नहीं, गलती नहीं, गलत नहीं, नहीं बदला`);
const changedWords = wordList(`no, wrong, changed, something changed, na, nei, bhul, nahi, galat, badla,
  না, ভুল, ভুল আছে, বদলেছে, কিছু বদলেছে, नहीं, गलत, बदला, बदला है, कुछ बदला है`);

function hearConfirmation(text: string): Answer<CeNumber | 'unchanged' | 'changed'> {
  const number = hearCeNumber(text);
  if ('is' in number) return number;
  if (mentions(text, nothingChangedWords)) return { is: 'unchanged' };
  if (mentions(text, changedWords)) return { is: 'changed' };
  return mentions(text, unchangedWords) ? { is: 'unchanged' } : { unclear: 'notUnderstood' };
}
