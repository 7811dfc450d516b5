/** GET /verify and GET /verify/:number: whether a receipt is real. The QR code on each receipt leads here. */
import type { VNode } from 'preact';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { receiptNumber, receiptNumberIn, type Verification } from '../domain/receipt.ts';
import { labels } from '../texts/conversation.ts';
import { formatDateTime, formatMoney } from '../texts/format.ts';
import { paid } from '../texts/pay.ts';
import { words } from '../texts/property-tax.ts';
import { numberExample, verify } from '../texts/verify.ts';
import { MoodMark, type Mood } from './icons.tsx';
import { Layout, pageLink, toHtml } from './layout.tsx';

/** What somebody asks about, and what we know of it. */
export interface Asked {
  /** The number as it was typed. Missing where nothing was asked yet. */
  readonly asked?: string;
  readonly found?: Verification;
}

export function verifyPage(language: Language, { asked, found }: Asked): string {
  const heading = headingOf(asked, found)[language];
  return toHtml(
    <Layout
      language={language}
      title={heading}
      description={verify.lead[language]}
      unlisted={asked !== undefined}
    >
      <div class="verify">
        {asked !== undefined && <Result language={language} asked={asked} found={found} />}
        <section class="card ask">
          {asked === undefined ? (
            <>
              <h1>{heading}</h1>
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

function headingOf(asked: string | undefined, found: Verification | undefined): InEveryLanguage<string> {
  if (found) return verify.genuine;
  if (asked === undefined) return verify.title;
  return receiptNumberIn(asked) ? verify.notIssued : verify.malformed;
}

interface ResultProps {
  readonly language: Language;
  readonly asked: string;
  readonly found: Verification | undefined;
}

function Result({ language, asked, found }: ResultProps): VNode {
  const mood: Mood = found ? 'good' : receiptNumberIn(asked) ? 'bad' : 'heed';
  return (
    <section class={`card state ${mood}`}>
      <header>
        <MoodMark mood={mood} />
        <h1>{headingOf(asked, found)[language]}</h1>
      </header>
      {found ? <Genuine language={language} found={found} /> : <Unknown language={language} asked={asked} />}
    </section>
  );
}

function Genuine({ language, found }: { readonly language: Language; readonly found: Verification }): VNode {
  return (
    <>
      <p>{verify.compare[language]}</p>
      <dl class="facts pairs">
        <dt>{verify.field[language]}</dt>
        <dd class="copied">{found.number}</dd>
        <dt>{verify.service[language]}</dt>
        <dd>{labels[found.service][language].title}</dd>
        <dt>{verify.amount[language]}</dt>
        <dd>
          <strong>{formatMoney(found.amount, language)}</strong>
        </dd>
        <dt>{paid.paidAt[language]}</dt>
        <dd>{formatDateTime(found.paidAt, language)}</dd>
        <dt>{words.number[language]}</dt>
        <dd class="copied">{`••••••••${found.accountEnding}`}</dd>
      </dl>
    </>
  );
}

function Unknown({ language, asked }: { readonly language: Language; readonly asked: string }): VNode {
  return (
    <>
      <p class="copied asked">{asked}</p>
      {receiptNumberIn(asked) ? (
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
        {numberExample[language](receiptNumber('W', 2026, 123))}
      </p>
      <button class="button">{verify.button[language]}</button>
    </form>
  );
}
