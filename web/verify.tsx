/**
 * GET /verify and GET /verify/:number: whether a receipt, a credit note or a trade licence's certificate is real. The QR code on each
 * leads here, and with the key of a certificate its holder finds the certificate itself.
 */
import type { ComponentChildren, VNode } from 'preact';
import { dateInKolkata, type CalendarDate } from '../domain/calendar.ts';
import type { CertificateKey, VerifiedCertificate } from '../domain/certificate.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { VerifiedReceipt } from '../domain/payments/receipt.ts';
import type { VerifiedCreditNote } from '../domain/payments/refund.ts';
import { serialNumber, serialNumberIn } from '../domain/serial-number.ts';
import { licence } from '../texts/certificate.ts';
import { labels } from '../texts/conversation.ts';
import { formatDate, formatDateTime, formatMoney } from '../texts/format.ts';
import type { PublicFacts } from '../texts/pages.ts';
import { paid } from '../texts/pay.ts';
import { inLanguage } from '../texts/bills.ts';
import { creditNote, givenBack, verifiedCreditNote } from '../texts/refund.ts';
import { serviceTexts } from '../texts/services/services.ts';
import {
  beginsOn,
  numberExample,
  ofCertificate,
  verifiedCertificate,
  verifiedReceipt,
  verify,
  type Validity,
} from '../texts/verify.ts';
import { MoodMark, type Mood } from './icons.tsx';
import { Layout, pageLink, toHtml } from './layout.tsx';

/** What somebody asks about, and what we know of it. */
export interface Asked {
  /** The number as it was typed. Missing where nothing was asked yet. */
  readonly asked?: string;
  readonly found?: Found;
}

type VerifyFacts = Pick<PublicFacts, 'publicUrl'>;

export type Found =
  /** Under a number that came without the code of its paper: that it is genuine, and no more. */
  | { readonly is: 'genuineReceipt' }
  | { readonly is: 'genuineCreditNote' }
  | {
      readonly is: 'genuineCertificate';
      readonly certificate: VerifiedCertificate;
      readonly today: CalendarDate;
    }
  | { readonly is: 'receipt'; readonly receipt: VerifiedReceipt }
  | { readonly is: 'creditNote'; readonly note: VerifiedCreditNote }
  | {
      readonly is: 'certificate';
      readonly certificate: VerifiedCertificate;
      readonly today: CalendarDate;
      /** Of whoever asked with the key that fits: they may fetch the certificate. */
      readonly key?: CertificateKey;
    };

export function verifyPage(language: Language, { asked, found }: Asked, { publicUrl }: VerifyFacts): string {
  const { heading, mood } = answerTo(asked, found);
  const key = found?.is === 'certificate' ? found.key : undefined;
  return toHtml(
    <Layout
      language={language}
      title={heading[language]}
      description={verify.lead[language]}
      address={asked === undefined ? `${publicUrl}/verify` : undefined}
      query={key && { key }}
    >
      <div class="verify">
        {asked !== undefined && (
          <section class={`card state ${mood}`}>
            <header>
              <MoodMark mood={mood} />
              <h1>{heading[language]}</h1>
            </header>
            {found ? (
              <Known language={language} found={found} />
            ) : (
              <Unknown language={language} asked={asked} />
            )}
          </section>
        )}
        <section class="card ask">
          {asked === undefined ? (
            <>
              <h1>{heading[language]}</h1>
              <p>{verify.lead[language]}</p>
            </>
          ) : (
            <h2>{verify[found ? 'another' : 'again'][language]}</h2>
          )}
          <NumberForm language={language} number={found ? '' : asked} />
          <p class="quiet small">{verify.counters[language]}</p>
        </section>
      </div>
    </Layout>,
  );
}

/** The answer in short. */
interface Answer {
  readonly heading: InEveryLanguage<string>;
  readonly mood: Mood;
}

function answerTo(asked: string | undefined, found: Found | undefined): Answer {
  if (found?.is === 'receipt' || found?.is === 'genuineReceipt')
    // A receipt whose money went back is genuine, and proves nothing any more.
    return {
      heading: verifiedReceipt.genuine,
      mood: found.is === 'receipt' && found.receipt.givenBack ? 'heed' : 'good',
    };
  if (found?.is === 'creditNote' || found?.is === 'genuineCreditNote')
    return { heading: verifiedCreditNote.genuine, mood: 'good' };
  if (found) {
    const validity = validityOf(found.certificate, found.today);
    return { heading: verifiedCertificate[validity].heading, mood: moods[validity] };
  }
  if (asked === undefined) return { heading: verify.title, mood: 'wait' };
  return serialNumberIn(asked)
    ? { heading: verify.notIssued, mood: 'bad' }
    : { heading: verify.malformed, mood: 'heed' };
}

function validityOf({ revoked, validFrom, validUntil }: VerifiedCertificate, today: CalendarDate): Validity {
  if (revoked) return 'revoked';
  if (today > validUntil) return 'expired';
  return today < validFrom ? 'notBegun' : 'inForce';
}

const moods: Readonly<Record<Validity, Mood>> = {
  inForce: 'good',
  notBegun: 'good',
  expired: 'heed',
  revoked: 'bad',
};

interface Of<T> {
  readonly language: Language;
  readonly found: T;
}

function Known({ language, found }: Of<Found>): VNode {
  switch (found.is) {
    case 'receipt':
      return <Receipt language={language} found={found.receipt} />;
    case 'creditNote':
      return <CreditNote language={language} found={found.note} />;
    case 'certificate':
      return <Certificate language={language} found={found} />;
    default:
      return <p>{verify.byNumberAlone[language]}</p>;
  }
}

function Receipt({ language, found }: Of<VerifiedReceipt>): VNode {
  const { number, service, amount, paidAt, accountEnding, givenBack: back } = found;
  return (
    <>
      <p>{verify.compare[language]}</p>
      <dl class="facts pairs">
        <Fact name={paid.receiptNumber[language]} copied>
          {number}
        </Fact>
        <Fact name={verifiedReceipt.service[language]}>{labels[service][language].title}</Fact>
        <Fact name={verifiedReceipt.amount[language]}>
          <strong>{formatMoney(amount, language)}</strong>
        </Fact>
        <Fact name={paid.paidAt[language]}>{formatDateTime(paidAt, language)}</Fact>
        <Fact name={serviceTexts[service].number[language]} copied>
          {ending(accountEnding)}
        </Fact>
        {back && (
          <Fact name={givenBack[language]}>
            <strong>
              {formatMoney(back.amount, language)}, {formatDate(back.on, language)}
            </strong>
          </Fact>
        )}
      </dl>
    </>
  );
}

function CreditNote({ language, found }: Of<VerifiedCreditNote>): VNode {
  const { number, service, amount, refundedAt, accountEnding, receipt } = found;
  return (
    <>
      <p>{verify.compare[language]}</p>
      <dl class="facts pairs">
        <Fact name={creditNote.number[language]} copied>
          {number}
        </Fact>
        <Fact name={creditNote.service[language]}>{labels[service][language].title}</Fact>
        <Fact name={verifiedCreditNote.amount[language]}>
          <strong>{formatMoney(amount, language)}</strong>
        </Fact>
        <Fact name={creditNote.refundedAt[language]}>{formatDateTime(refundedAt, language)}</Fact>
        <Fact name={serviceTexts[service].number[language]} copied>
          {ending(accountEnding)}
        </Fact>
        {receipt !== undefined && (
          <Fact name={creditNote.receipt[language]} copied>
            <a class="more" href={pageLink(`/verify/${receipt}`, language)}>
              {receipt}
            </a>
          </Fact>
        )}
      </dl>
    </>
  );
}

function Certificate({ language, found }: Of<Extract<Found, { is: 'certificate' }>>): VNode {
  const { certificate, today, key } = found;
  const { number, tradeName, licenceEnding, validFrom, validUntil, issuedAt, revoked } = certificate;
  const onDay = (instant: number): string => formatDate(dateInKolkata(instant), language);
  const validity = validityOf(certificate, today);
  return (
    <>
      {validity === 'notBegun' && (
        <p>
          <strong>{beginsOn[language](formatDate(validFrom, language))}</strong>
        </p>
      )}
      <p>{verifiedCertificate[validity].body[language]}</p>
      <dl class="facts pairs">
        {revoked && (
          <Fact name={ofCertificate.revokedOn[language]}>
            <strong>{onDay(revoked.at)}</strong>
          </Fact>
        )}
        {revoked?.replacedBy !== undefined && (
          <Fact name={ofCertificate.replacedBy[language]} copied>
            <a class="more" href={pageLink(`/verify/${revoked.replacedBy}`, language)}>
              {revoked.replacedBy}
            </a>
          </Fact>
        )}
        <Fact name={licence.certificateNumber[language]} copied>
          {number}
        </Fact>
        <Fact name={licence.tradeName[language]}>
          <strong>{inLanguage(tradeName, language)}</strong>
        </Fact>
        <Fact name={licence.number[language]} copied>
          {ending(licenceEnding)}
        </Fact>
        <Fact name={licence.validFrom[language]}>{formatDate(validFrom, language)}</Fact>
        <Fact name={licence.validUntil[language]}>
          <strong>{formatDate(validUntil, language)}</strong>
        </Fact>
        <Fact name={licence.issuedOn[language]}>{onDay(issuedAt)}</Fact>
      </dl>
      {key !== undefined && (
        <>
          <a class="button" href={`/verify/${number}/certificate.pdf?key=${encodeURIComponent(key)}`}>
            {ofCertificate.pdf[language]}
          </a>
          <p class="quiet small">{ofCertificate.private[language]}</p>
        </>
      )}
    </>
  );
}

interface FactProps {
  readonly name: string;
  /** Something that people copy, or compare digit by digit. */
  readonly copied?: boolean;
  readonly children: ComponentChildren;
}

function Fact({ name, copied, children }: FactProps): VNode {
  return (
    <>
      <dt>{name}</dt>
      <dd class={copied ? 'copied' : undefined}>{children}</dd>
    </>
  );
}

/** A number of which only the end may be shown. */
function ending(digits: string): string {
  return `••••••••${digits}`;
}

function Unknown({ language, asked }: { readonly language: Language; readonly asked: string }): VNode {
  return (
    <>
      <p class="copied asked">{asked}</p>
      {serialNumberIn(asked) ? (
        <>
          <p>{verify.notIssuedBody[language]}</p>
          <a class="more" href={pageLink('/', language)}>
            {verify.tell[language]}
          </a>
        </>
      ) : (
        <p>{verify.malformedBody[language]}</p>
      )}
    </>
  );
}

interface NumberFormProps {
  readonly language: Language;
  /** What stands in the field. */
  readonly number: string | undefined;
}

function NumberForm({ language, number }: NumberFormProps): VNode {
  return (
    <form class="number-form" method="get" action="/verify">
      <input type="hidden" name="lang" value={language} />
      <label for="number">{verify.field[language]}</label>
      <input
        id="number"
        name="number"
        value={number}
        required
        maxLength={40}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="example"
      />
      <p id="example" class="quiet small">
        {numberExample[language](serialNumber('W', 2026, 123), serialNumber('CE', 2026, 123))}
      </p>
      <button class="button">{verify.button[language]}</button>
    </form>
  );
}
