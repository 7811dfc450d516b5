/** GET /: what this service is and how to begin, on one screen. */
import type { VNode } from 'preact';
import type { Language } from '../domain/language.ts';
import { frame, home, type PublicFacts } from '../texts/pages.ts';
import { Layout, pageLink, toHtml } from './layout.tsx';

export function homePage(language: Language, facts: PublicFacts): string {
  const { number, office, hours, complaints } = facts;
  return toHtml(
    <Layout language={language} title={home.title[language]} description={home.description[language]}>
      <div class="home">
        <section class="card begin" aria-labelledby="title">
          <h1 id="title">{home.title[language]}</h1>
          <p class="lead">{home.lead[language]}</p>
          <p class="number">{number}</p>
          <a class="button" href={whatsAppLink(number)}>
            <Bubble />
            {home.write[language]}
          </a>
          <p class="quiet">{home.anyTime[language]}</p>
        </section>
        <p class="warning">
          <Shield />
          <strong>{home.warning[language]}</strong>
        </p>
        <section class="card" aria-labelledby="today">
          <h2 id="today">{home.todayHeading[language]}</h2>
          <p>{home.today[language]}</p>
          <p>{home.noMoney[language]}</p>
          <a class="more" href={pageLink('/privacy', language)}>
            {frame.privacy[language]}
          </a>
        </section>
        <dl class="card facts">
          <dt>{frame.office[language]}</dt>
          <dd>{office[language]}</dd>
          {hours && <dt>{frame.hours[language]}</dt>}
          {hours && <dd>{hours[language]}</dd>}
          <dt>{frame.complaints[language]}</dt>
          <dd>{complaints[language]}</dd>
        </dl>
      </div>
    </Layout>,
  );
}

/** WhatsApp's own link to a chat, with "hi" typed in. A number without a country code is Indian. */
export function whatsAppLink(number: string): string {
  const digits = number.replace(/\D/g, '');
  return `https://wa.me/${number.trim().startsWith('+') ? digits : `91${digits}`}?text=hi`;
}

function Bubble(): VNode {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H10l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z" />
      <path d="M7 9h10M7 12.5h6" />
    </svg>
  );
}

function Shield(): VNode {
  return (
    <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path d="M12 2.5 20 6v6c0 4.6-3.3 8-8 9.5C7.3 20 4 16.6 4 12V6Z" />
      <path d="M12 7.5V13M12 16v.2" />
    </svg>
  );
}
