/**
 * Renewing a trade licence: the licence is shown, the details are confirmed, the term is chosen, and the application is
 * made. What comes of it, to the certificate, is the renewal's own workflow.
 */
import type { RenewalOffer } from '../../activities/renewals.ts';
import type { CertificateNumber } from '../../domain/certificate.ts';
import type { AccountReference } from '../../domain/accounts/kinds.ts';
import type { CeNumber } from '../../domain/accounts/licence.ts';
import type { Meaning } from '../../domain/conversation/meaning.ts';
import { readingOf } from '../../domain/conversation/reading.ts';
import type { Term } from '../../domain/renewal.ts';
import { licenceChanges, type LicenceChange } from '../../domain/reply.ts';
import { askForAnotherNumber, askForNumber, hearNumber } from './account-number.ts';
import type { Answer, Chat } from './chat.ts';
import { openedWith, type Errand, type Opening } from './errand.ts';
import { documents, renewals } from './ports.ts';
import { promiseAnswer } from './promise.ts';

type LicenceReference = AccountReference<'licence'>;

export async function renewal(chat: Chat, { note, ...opening }: Opening): Promise<Errand | undefined> {
  const account = openedWith(opening, 'licence') ?? (await askForNumber(chat, 'licence', note));
  const next = account && (await renew(chat, account));
  return next && { task: 'renewal', opening: { account: next } };
}

/** @returns the number of the licence that the citizen wants to renew instead, if any */
async function renew(chat: Chat, account: LicenceReference): Promise<LicenceReference | undefined> {
  const { citizenId } = chat;
  const { number } = account;
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
      return askForAnotherNumber(chat, account);
    case 'tooMany':
      await chat.say({ key: 'tooManyLookUps' });
      return undefined;
    case 'unavailable':
      // The dues are told as soon as the records answer, and from there it goes on.
      return promiseAnswer(chat, { kinds: ['licence'], number });
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
): Promise<LicenceReference | undefined> {
  const answer = await chat.choose<'unchanged' | 'changed' | 'another', CeNumber | 'unchanged' | 'changed'>(
    { key: 'confirmLicence', params: { licence, trade, expiredOn } },
    [
      { id: 'unchanged', label: 'unchanged' },
      { id: 'changed', label: 'somethingChanged' },
      { id: 'another', label: 'anotherNumber' },
    ],
    hearConfirmation,
    { asked: { for: 'agreement' } },
  );
  switch (answer) {
    case 'unchanged':
      return chooseTerm(chat, number, { licence, terms });
    case 'changed':
      return tellWhereToChange(chat);
    case 'another':
      return askForNumber(chat, 'licence');
    default:
      return { kind: 'licence', number: answer };
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
  const chosen = await chat.choose<string, string>(
    { key: 'chooseTerm', params: { licence } },
    rows,
    (meaning) => hearTerm(meaning, terms),
    { asked: { for: 'years' } },
  );
  const { citizenId, language } = chat;
  const years = Number(chosen);
  const applied = await renewals.applyForRenewal({ citizenId, number, language, years });
  switch (applied.outcome) {
    case 'applied': {
      const { payment, term, appliedAt } = applied;
      await chat.say(
        payment
          ? { key: 'renewalSummary', params: { licence, years, term, ...payment } }
          : { key: 'renewalApplied', params: { licence, years, appliedAt } },
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
): Promise<LicenceReference | undefined> {
  const opensOn = 'opensOn' in why ? why.opensOn : undefined;
  const next = await chat.offer<'certificate' | 'another', CeNumber>(
    { key: 'notRenewable', params: { licence, because: why.because, opensOn } },
    [
      ...(certificate === undefined ? [] : [{ id: 'certificate', label: 'lastCertificate' } as const]),
      { id: 'another', label: 'anotherNumber' },
    ],
    (meaning) => hearNumber(meaning, 'licence'),
  );
  if (next === 'another') return askForNumber(chat, 'licence');
  if (next !== 'certificate') return { kind: 'licence', number: next };
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

/** Years that are typed are one of the terms, and never a place in the list. */
function hearTerm(meaning: Meaning, terms: readonly Term[]): Answer<string> {
  const { years } = readingOf(meaning, { for: 'years' });
  if (years === undefined) return { unclear: 'notUnderstood' };
  const isTerm = terms.some((term) => term.years === years);
  return isTerm ? { is: String(years) } : { unclear: 'noSuchTerm', final: true };
}

function hearConfirmation(meaning: Meaning): Answer<CeNumber | 'unchanged' | 'changed'> {
  const number = hearNumber(meaning, 'licence');
  if ('is' in number) return number;
  const { agreement } = readingOf(meaning, { for: 'agreement' });
  if (agreement === undefined) return { unclear: 'notUnderstood' };
  return { is: agreement === 'yes' ? 'unchanged' : 'changed' };
}
