/**
 * The page to which a gateway sends the browser back. It says how the payment stands and nothing else: the reference in
 * its address is known to others, so that it names nobody, no amount and no link. A tab that has the pay page's link of
 * its own goes on to it.
 */
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { InEveryLanguage, Language } from '../domain/language.ts';
import type { GatewayName } from '../domain/payments/gateways.ts';
import { oneOf } from '../texts/gateways.ts';
import type { PublicFacts } from '../texts/pages.ts';
import {
  alreadyPaid,
  begun,
  doNotPayAgain,
  failed,
  failureReasons,
  ifDebited,
  ifDebitedWait,
  news,
  over,
  paid,
  undecided,
  wayBack,
} from '../texts/pay.ts';
import { wayBackScript } from './assets.ts';
import { whatsAppLink } from './home.tsx';
import { Bubble, MoodMark, type Mood } from './icons.tsx';
import { Layout, pageTitle, toHtml } from './layout.tsx';
import { Alive } from './live.tsx';
import { mayChange, pageStageOf, type PageStage, type OrderView } from './pay-stage.ts';

interface WayBack {
  readonly view: OrderView;
  /** Our reference of the attempt. */
  readonly reference: string;
  /** `/return/<gateway>`. */
  readonly path: string;
}

interface Props extends WayBack {
  readonly language: Language;
  readonly facts: PublicFacts;
}

export function wayBackPage(language: Language, back: WayBack, facts: PublicFacts): string {
  const stage = pageStageOf(back.view);
  const head = (
    <>
      <script src={wayBackScript.path} defer />
      {mayChange(stage) && <Alive />}
    </>
  );
  return toHtml(
    <Layout
      language={language}
      title={wordsFor(stage).heading[language]}
      query={{ order: back.reference }}
      head={head}
    >
      <div role="status">
        <State {...back} language={language} facts={facts} />
      </div>
    </Layout>,
  );
}

/** The part that may change, as the page asks for it. */
export function wayBackStatus(language: Language, back: WayBack, facts: PublicFacts): string {
  return renderToString(
    <>
      <title>{pageTitle(wordsFor(pageStageOf(back.view)).heading[language], language)}</title>
      <State {...back} language={language} facts={facts} />
    </>,
  );
}

/** For a browser that comes without an order, or with none that we know. */
export function wayBackNothing(language: Language, gateway: GatewayName, { number }: PublicFacts): string {
  return toHtml(
    <Layout language={language} title={wayBack.title[language]}>
      <section class="card notice">
        <h1>{wayBack.title[language]}</h1>
        <p class="lead">{wayBack.nothing[language](oneOf([gateway], language))}</p>
        <ToChat language={language} number={number} />
      </section>
    </Layout>,
  );
}

function State({ view, reference, path, language, facts }: Props): VNode {
  const stage = pageStageOf(view);
  const { heading, body, mood } = wordsFor(stage);
  const asked = new URLSearchParams({ order: reference, lang: language, seen: stage.kind });
  const live = mayChange(stage) ? `${path}/status?${asked.toString()}` : undefined;
  const isUndecided = stage.kind === 'undecided' || stage.kind === 'review';
  return (
    <section id="state" class={`card state ${mood}`} data-stage={stage.kind} data-live={live}>
      <header>
        <MoodMark mood={mood} />
        <h1>{heading[language]}</h1>
      </header>
      {isUndecided && (
        <p class="lead">
          <strong>{doNotPayAgain[language]}</strong>
        </p>
      )}
      {body.map((text) => (
        <p>{text[language]}</p>
      ))}
      {isUndecided && (
        <p>{news[view.order.citizenId === undefined ? 'here' : 'hereAndInTheChat'][language]}</p>
      )}
      <ToChat language={language} number={facts.number} />
    </section>
  );
}

function ToChat({ language, number }: { readonly language: Language; readonly number: string }): VNode {
  return (
    <a class="button second" href={whatsAppLink(number, '')}>
      <Bubble />
      {paid.chat[language]}
    </a>
  );
}

interface Words {
  readonly heading: InEveryLanguage<string>;
  readonly body: readonly InEveryLanguage<string>[];
  readonly mood: Mood;
}

function wordsFor(stage: PageStage): Words {
  switch (stage.kind) {
    case 'paid':
      return { heading: paid.heading, body: [wayBack.paid], mood: 'good' };
    case 'excess':
    case 'settled':
      return { heading: alreadyPaid, body: [wayBack.settled], mood: 'heed' };
    case 'undecided':
    case 'review':
      return { ...undecided[stage.kind], body: [undecided[stage.kind].body], mood: 'wait' };
    case 'atGateway':
      return { heading: begun.heading, body: [begun.debited, wayBack.goOn], mood: 'wait' };
    case 'changed':
    case 'cancelled':
    case 'expired':
      return { heading: over[stage.kind].heading, body: [over[stage.kind].body, ifDebited], mood: 'heed' };
    case 'elsewhere':
    case 'ready': {
      const reason = (stage.kind === 'ready' ? stage.failed : undefined) ?? 'other';
      // That the time ran out is our own guess: the money may still be on its way.
      const comfort = reason === 'expired' ? ifDebitedWait : ifDebited;
      return { heading: failed.heading, body: [failureReasons[reason], comfort, wayBack.goOn], mood: 'heed' };
    }
  }
}
