/**
 * The pages around a payment. `GET /pay/:token` shows where the order stands; its button posts to the same address, and
 * the answer to that sends the browser to the gateway. What may change while one looks on is a fragment that asks for
 * itself; without scripts the page loads itself anew instead.
 */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PaidService } from '../domain/accounts/kinds.ts';
import { specOf } from '../domain/accounts/specs.ts';
import type { Due } from '../domain/dues.ts';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import { paise, sum, type Paise } from '../domain/money.ts';
import type { GatewayName } from '../domain/payments/gateways.ts';
import { toPay, type Order } from '../domain/payments/order.ts';
import type { PageRedirect } from '../domain/payments/redirect.ts';
import { wayOf, type PayWay } from '../domain/payments/way.ts';
import { labels } from '../texts/conversation.ts';
import { formatDate, formatDateTime, formatMoney, formatNumber, formatPeriod } from '../texts/format.ts';
import { oneOf } from '../texts/gateways.ts';
import { ofItCredit } from '../texts/payments.ts';
import { frame, type PublicFacts } from '../texts/pages.ts';
import {
  alreadyPaid,
  becameCredit,
  begun,
  byCredit,
  coversBills,
  details,
  doNotPayAgain,
  elsewhere,
  excessKept,
  failed,
  failureReasons,
  givenBack,
  ifDebited,
  ifDebitedWait,
  missing,
  mostOnline,
  neverAsks,
  newLink,
  news,
  onward,
  otherWays,
  over,
  paid,
  payButton,
  payableUntil,
  payFor,
  problems,
  seeAddress,
  settled,
  soFar,
  undecided,
  upi,
  ways,
} from '../texts/pay.ts';
import {
  creditTaken,
  inLanguage,
  linesOf,
  paidBefore,
  rebate,
  shownAccount,
  toPayNow,
  waiver,
  words,
} from '../texts/bills.ts';
import { billNames, factsOf, serviceTexts } from '../texts/services/services.ts';
import { submitScript } from './assets.ts';
import { whatsAppLink } from './home.tsx';
import { Bubble, MoodMark, Shield, type Mood } from './icons.tsx';
import { Layout, pageLink, pageTitle, toHtml } from './layout.tsx';
import { Alive } from './live.tsx';
import { mayChange, mayPay, pageStageOf, type PageStage, type PayView } from './pay-stage.ts';
import { isUpiSaid, openedUpi, OpenedUpi, UpiChoice, upiWayOf } from './upi.tsx';

/** What every part of the page is made from. */
interface Props {
  readonly language: Language;
  readonly view: PayView;
  readonly facts: PublicFacts;
}

export function payPage(language: Language, view: PayView, facts: PublicFacts): string {
  const stage = pageStageOf(view);
  const props = { language, view, facts };
  return toHtml(
    <Layout
      language={language}
      title={headingOf(stage, props)}
      head={
        <>
          {mayChange(stage) && <Alive />}
          {view.app && openedUpi(view) && <script src={submitScript.path} defer />}
        </>
      }
    >
      <div class="pay">
        {/* Stays while the state in it is exchanged, so that a screen reader notices. */}
        <div role="status">
          <State {...props} />
        </div>
        <div class="warning fraud">
          <Shield />
          <div>
            <p>
              <strong>{neverAsks[language]}</strong>
            </p>
            {mayPay(stage) && <p class="small">{seeAddress[language](`${facts.publicUrl}/`)}</p>}
          </div>
        </div>
        <Details {...props} />
      </div>
    </Layout>,
  );
}

/**
 * The part that may change, as the page asks for it. With it comes the title of the page.
 *
 * The page says in `?seen=` which stage it shows (`pageStageOf(view).kind`). As long as that is so, the answer should be
 * 204: then nothing is exchanged under the finger of the citizen, and nothing is read aloud again.
 */
export function payStatus(language: Language, view: PayView, facts: PublicFacts): string {
  const props = { language, view, facts };
  return renderToString(
    <>
      <title>{pageTitle(headingOf(pageStageOf(view), props), language)}</title>
      <State {...props} />
    </>,
  );
}

function State(props: Props): VNode {
  const { language, view } = props;
  const stage = pageStageOf(view);
  const { path } = payLinks(props);
  const live = mayChange(stage) ? `${path}/status?lang=${language}&seen=${stage.kind}` : undefined;
  const mood = moodOf(stage, view);
  return (
    <section id="state" class={`card state ${mood ?? ''}`} data-live={live}>
      <header>
        {mood && <MoodMark mood={mood} />}
        <h1>{headingOf(stage, props)}</h1>
      </header>
      <StageBody {...props} stage={stage} />
    </section>
  );
}

/** Over what was chosen; `none`: the gateway's page was. */
const upiHeadings = {
  qrCode: upi.scan.heading,
  intent: upi.inApp.heading,
  none: begun.heading,
} as const;

function headingOf(stage: PageStage, { language, view }: Props): string {
  switch (stage.kind) {
    case 'paid':
      return paid.heading[language];
    case 'excess':
    case 'settled':
      return alreadyPaid[language];
    case 'undecided':
    case 'review':
      return undecided[stage.kind].heading[language];
    case 'atGateway':
      return upiHeadings[openedUpi(view)?.kind ?? 'none'][language];
    case 'changed':
    case 'cancelled':
    case 'expired':
      return over[stage.kind].heading[language];
    case 'elsewhere':
      return elsewhere.heading[language];
    case 'ready':
      if (view.problem) return problems[view.problem].heading[language];
      if (stage.failed) return failed.heading[language];
      return payFor[language](labels[view.order.service][language].title);
  }
}

function moodOf(stage: PageStage, view: PayView): Mood | undefined {
  const { problem } = view;
  switch (stage.kind) {
    case 'paid':
    case 'settled':
      return 'good';
    case 'atGateway':
      return openedUpi(view) ? undefined : 'wait';
    case 'undecided':
    case 'review':
      return 'wait';
    case 'ready':
      return (problem ?? stage.failed) ? 'heed' : undefined;
    default:
      return 'heed';
  }
}

function StageBody({ stage, ...props }: Props & { readonly stage: PageStage }): VNode {
  const { language, view, facts } = props;
  const { order, standing, problem } = view;
  const say = (text: InEveryLanguage<string>): VNode => <p>{text[language]}</p>;
  const { page, path } = payLinks(props);
  switch (stage.kind) {
    case 'paid':
      return (
        <>
          <Amount language={language} amount={sum(stage.receipts.map(({ amount }) => amount))} />
          {stage.receipts.map(({ number, paidAt, byCredit: fromCredit }) => (
            <>
              {fromCredit !== undefined && (
                <p class="quiet">{ofItCredit[language](formatMoney(fromCredit, language))}</p>
              )}
              <dl class="facts pairs">
                <dt>{paid.receiptNumber[language]}</dt>
                <dd class="copied">{number}</dd>
                <dt>{paid.paidAt[language]}</dt>
                <dd>{formatDateTime(paidAt, language)}</dd>
                <AccountNumber {...props} />
              </dl>
              <a class="button" href={pageLink(`${path}/${number}.pdf`, language)}>
                {paid.receipt[language]}
              </a>
            </>
          ))}
          {standing.cases.some(({ kind }) => kind === 'partPaid') && (
            <p class="note">{paid.inPart[language]}</p>
          )}
          <Excess {...props} />
          <a class="button second" href={whatsAppLink(facts.number, '')}>
            <Bubble />
            {paid.chat[language]}
          </a>
        </>
      );
    case 'settled':
      return say(settled);
    case 'excess':
      return (
        <>
          <Excess {...props} />
          <Complaints {...props} />
        </>
      );
    case 'undecided':
    case 'review':
      return (
        <>
          <p class="lead">
            <strong>{doNotPayAgain[language]}</strong>
          </p>
          {say(undecided[stage.kind].body)}
          {stage.kind === 'undecided' && <p>{soFar(stage.since, view.now, language)}</p>}
          {say(order.citizenId === undefined ? news.here : news.hereAndInTheChat)}
          <Amount language={language} amount={toPay(order)} />
          {stage.kind === 'review' && <Complaints {...props} />}
        </>
      );
    case 'atGateway':
      return (
        <>
          {problem && (
            <p class="note">
              <strong>{begun.again[language]}</strong>
            </p>
          )}
          <AtGateway {...props} action={page} />
        </>
      );
    case 'changed':
    case 'cancelled':
    case 'expired':
      return (
        <>
          {say(over[stage.kind].body)}
          {standing.attempts.length > 0 && say(ifDebited)}
          <a class="button" href={whatsAppLink(facts.number, order.account.number)}>
            <Bubble />
            {newLink.button[language]}
          </a>
          <p class="quiet">{newLink.typed[language]}</p>
        </>
      );
    case 'elsewhere':
      return (
        <>
          {say(elsewhere.body)}
          <Amount language={language} amount={toPay(order)} />
          <a class="button" id="look" href={page}>
            {elsewhere.look[language]}
          </a>
          <PayForm action={page} anyway>
            {elsewhere.anyway[language]}
          </PayForm>
        </>
      );
    case 'ready': {
      const amount = toPay(order);
      const shown = formatMoney(amount, language);
      const { page: most } = view.ways.limits;
      return (
        <>
          {most !== undefined && <p>{mostOnline[language](formatMoney(most, language), shown)}</p>}
          {problem
            ? say(problems[problem].body)
            : stage.failed && <Failure {...props} reason={stage.failed} />}
          <p class="quiet">
            {serviceTexts[order.service].number[language]} <span class="copied">{shownNumber(order)}</span>
          </p>
          <Amount language={language} amount={toPay(order)} />
          <p class="quiet">{payableUntil[language](formatDateTime(order.expiresAt, language))}</p>
          {amount === 0 && (
            <>
              {say(byCredit.body)}
              <PayForm action={page}>{byCredit.button[language]}</PayForm>
            </>
          )}
          {amount > 0 && problem !== 'aboveLimit' && (
            <>
              <UpiChoice language={language} view={view} action={page} />
              <PayForm action={page} second={upiWayOf(view) !== undefined}>
                {upiWayOf(view) ? upi.others[language] : payButton[language](shown)}
              </PayForm>
              <p class="quiet small">
                {(isUpiSaid(view) ? otherWays : ways)[language](oneOf(facts.gateways, language))}
              </p>
            </>
          )}
        </>
      );
    }
  }
}

/** What was begun, and beside it the other ways: the order is one at the gateway, and is paid once. */
function AtGateway({ language, view, action }: Props & { readonly action: string }): VNode {
  const opened = openedUpi(view);
  if (opened)
    return (
      <>
        <OpenedUpi language={language} view={view} opened={opened} />
        <PayForm action={action} second>
          {upi.others[language]}
        </PayForm>
      </>
    );
  // A page that opens a UPI app serves again where there are such apps; elsewhere, and for everything else, there is the other.
  const opensApp = view.isPhone && view.redirect !== undefined && wayOf(view.redirect) === 'upiApp';
  return (
    <>
      <p>
        <strong>{begun.debited[language]}</strong>
      </p>
      <p>{begun.body[language]}</p>
      <Amount language={language} amount={toPay(view.order)} />
      <PayForm action={action} way={opensApp ? 'upiApp' : 'page'}>
        {begun.button[language]}
      </PayForm>
      {opensApp ? (
        <PayForm action={action} second>
          {upi.others[language]}
        </PayForm>
      ) : (
        upiWayOf(view) && <UpiChoice language={language} view={view} action={action} />
      )}
    </>
  );
}

function Failure({ language, reason }: Props & { readonly reason: keyof typeof failureReasons }): VNode {
  // That the time ran out is our own guess: the money may still be on its way.
  const comfort = reason === 'expired' ? [ifDebitedWait] : [ifDebited, failed.again];
  return (
    <>
      <p>
        <strong>{failureReasons[reason][language]}</strong>
      </p>
      <p>{comfort.map((text) => text[language]).join(' ')}</p>
    </>
  );
}

/** What came too much and is still here, what became credit, and what goes back or went back. */
function Excess({ language, view }: Props): VNode {
  const { excess, refunds = [], credits = [] } = view.standing;
  let back: number = sum([...refunds.map((refund) => refund.excess), ...credits.map(({ amount }) => amount)]);
  const kept = excess.flatMap(({ amount }) => {
    const taken = Math.min(back, amount);
    back -= taken;
    return amount > taken ? [paise(amount - taken)] : [];
  });
  return (
    <>
      {kept.map((amount) => (
        <p class="note">{excessKept[language](formatMoney(amount, language))}</p>
      ))}
      {credits.map(({ amount }) => (
        <p class="note">{becameCredit[language](formatMoney(amount, language))}</p>
      ))}
      {refunds.map(({ amount, sent }) => (
        <p class="note">
          {sent
            ? givenBack.sent[language](
                formatMoney(amount, language),
                formatDate(dateInKolkata(sent.at), language),
                sent.creditNote,
              )
            : givenBack.onItsWay[language](formatMoney(amount, language))}
          {sent?.dueAgain && <> {givenBack.dueAgain[language]}</>}
        </p>
      ))}
    </>
  );
}

function Complaints({ language, facts }: Props): VNode {
  return (
    <dl class="facts">
      <dt>{frame.complaints[language]}</dt>
      <dd>{facts.complaints[language]}</dd>
    </dl>
  );
}

function Amount({ language, amount }: { readonly language: Language; readonly amount: Paise }): VNode {
  return <p class="amount">{formatMoney(amount, language)}</p>;
}

interface PayFormProps {
  readonly action: string;
  /** Whether the citizen was warned and wants to go on. */
  readonly anyway?: boolean;
  /** Whether it stands behind another way. */
  readonly second?: boolean;
  readonly way?: PayWay;
  readonly children: ComponentChildren;
}

/** Leads to the gateway. The button has an id, so that it keeps the focus when the state around it is exchanged. */
function PayForm({ action, anyway, second = anyway, way = 'page', children }: PayFormProps): VNode {
  return (
    <form method="post" action={action}>
      {anyway && <input type="hidden" name="anyway" value="1" />}
      {way !== 'page' && <input type="hidden" name="way" value={way} />}
      <button id={way === 'page' ? 'pay' : way} class={second ? 'button second' : 'button'}>
        {children}
      </button>
    </form>
  );
}

/** What the money is for: it stays as it is, whatever happens to the payment. */
function Details(props: Props): VNode {
  const { language, view } = props;
  const { account, dues, amount, credit, service } = view.order;
  const heading = mayPay(pageStageOf(view)) ? details.heading : details.paidHeading;
  return (
    <section class="card details" aria-labelledby="details">
      <h2 id="details">{heading[language]}</h2>
      <dl class="facts pairs">
        <AccountNumber {...props} />
        {factsOf(account).map(([name, value]) => (
          <>
            <dt>{name[language]}</dt>
            <dd>{inLanguage(value, language)}</dd>
          </>
        ))}
        <dt>{serviceTexts[service].page.owner[language]}</dt>
        <dd>{inLanguage(account.owner, language)}</dd>
        <dt>{details.address[language]}</dt>
        <dd>{inLanguage(account.address, language)}</dd>
        <dt>{words.ward[language]}</dt>
        <dd>{formatNumber(account.ward, language)}</dd>
      </dl>
      <h3>{serviceTexts[service].page.bills[language]}</h3>
      <ul class="bills">
        {dues.map((due) => (
          <Bill due={due} service={service} language={language} />
        ))}
      </ul>
      {(dues.length > 1 || credit !== undefined) && (
        <p class="sum">
          <span>{details.total[language]}</span> <strong>{formatMoney(amount, language)}</strong>
        </p>
      )}
      {credit !== undefined && (
        <>
          <p class="quiet small">{creditTaken[language](formatMoney(credit, language))}</p>
          {mayPay(pageStageOf(view)) && (
            <p class="sum">
              <span>{toPayNow[language]}</span> <strong>{formatMoney(toPay(view.order), language)}</strong>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function AccountNumber({ language, view: { order } }: Props): VNode {
  return (
    <>
      <dt>{serviceTexts[order.service].number[language]}</dt>
      <dd class="copied">{shownNumber(order)}</dd>
    </>
  );
}

interface BillProps {
  readonly due: Due;
  readonly service: PaidService;
  readonly language: Language;
}

function Bill({ due, service, language }: BillProps): VNode {
  const money = (value: Paise): string => formatMoney(value, language);
  return (
    <li>
      {specOf(service).bills.length > 1 && <p>{billNames[due.kind][language].full}</p>}
      <p class="sum">
        <span>{formatPeriod(due.periodFrom, due.periodTo, language)}</span>{' '}
        <strong>{money(due.payable)}</strong>
      </p>
      <p class="quiet small">{linesOf(due, serviceTexts[service].lines, language)}</p>
      {due.rebate && (
        <p class="quiet small">
          {rebate[language](money(due.rebate.amount), formatDate(due.rebate.until, language))}
        </p>
      )}
      {due.waiver && <p class="quiet small">{waiver[language](money(due.waiver.amount))}</p>}
      {due.paidPart !== undefined && <p class="quiet small">{paidBefore[language](money(due.paidPart))}</p>}
      {due.covers && due.covers.length > 0 && (
        <p class="quiet small">{coversBills[language](due.covers.length)}</p>
      )}
    </li>
  );
}

function shownNumber({ service, account }: Order): string {
  return shownAccount(service, account.number);
}

function payLinks({ language, view }: Props): { readonly path: string; readonly page: string } {
  const path = `/pay/${encodeURIComponent(view.order.token)}`;
  return { path, page: pageLink(path, language) };
}

/** Answers the button: a form or a link that leads to the gateway by itself, and by hand where no scripts run. */
export function redirectPage(
  language: Language,
  { gateway, redirect }: { readonly gateway: GatewayName; readonly redirect: PageRedirect },
): string {
  return toHtml(
    <Layout
      language={language}
      title={onward.heading[language]}
      head={<script src={submitScript.path} defer />}
    >
      <section class="card notice">
        <h1>{onward.heading[language]}</h1>
        <p>{onward.body[language](oneOf([gateway], language))}</p>
        {redirect.kind === 'form' ? (
          <form class="onward" action={redirect.url} method="POST">
            {Object.entries(redirect.fields).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <button class="button">{onward.button[language]}</button>
          </form>
        ) : (
          <a class="onward button" href={redirect.url}>
            {onward.button[language]}
          </a>
        )}
      </section>
    </Layout>,
  );
}

/**
 * The content security policy of that page, the one page that may send a form to somebody else. Browsers hold every
 * redirect of the form against `form-action`, and to which hosts a gateway passes a citizen on is its own affair. Only a
 * stand-in is reached without TLS, and then leads on without it. No directive holds a link back.
 */
export function redirectPolicy(redirect: PageRedirect): string {
  return `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action ${formsOf(redirect)}; base-uri 'none'; frame-ancestors 'none'`;
}

function formsOf({ kind, url }: PageRedirect): string {
  if (kind === 'link') return "'none'";
  return new URL(url).protocol === 'https:' ? 'https:' : 'https: http:';
}

/** For a token that no order has. */
export function payMissingPage(language: Language, { number }: PublicFacts): string {
  return toHtml(
    <Layout language={language} title={missing.heading[language]}>
      <section class="card notice">
        <h1>{missing.heading[language]}</h1>
        <p class="lead">{missing.body[language]}</p>
        <p>
          <a class="button" href={whatsAppLink(number)}>
            <Bubble />
            {newLink.button[language]}
          </a>
        </p>
      </section>
    </Layout>,
  );
}
