/** GET /: what this service is and how to begin, on one screen. */
import type { InEveryLanguage, Language } from '../domain/language.ts';
import { frame, home, paying, todays, type PublicFacts } from '../texts/pages.ts';
import { Bubble, Shield } from './icons.tsx';
import { Layout, pageLink, toHtml } from './layout.tsx';

export function homePage(language: Language, facts: PublicFacts): string {
  const { number, office, hours, complaints, publicUrl } = facts;
  return toHtml(
    <Layout
      language={language}
      title={home.title[language]}
      description={home.description[language]}
      address={`${publicUrl}/`}
    >
      <div class="home">
        <section class="card begin" aria-labelledby="title">
          <h1 id="title">{home.title[language]}</h1>
          <p class="lead">{home.lead[language]}</p>
          <p class="number">{number}</p>
          <a class="button" href={whatsAppLink(number, firstWords[language])}>
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
          <dl class="services">
            {todays.map(({ [language]: { what, how } }) => (
              <>
                <dt>{what}</dt>
                <dd>{how}</dd>
              </>
            ))}
          </dl>
          <p>{paying[language](`${publicUrl}/`)}</p>
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

/** With which the chat begins in the language of the page. */
const firstWords: InEveryLanguage<string> = { bn: 'hi', en: 'English', hi: 'हिन्दी' };

/** WhatsApp's own link to a chat, with a text typed in. A number without a country code is Indian. */
export function whatsAppLink(number: string, text = 'hi'): string {
  const digits = number.replace(/\D/g, '');
  const international = number.trim().startsWith('+') ? digits : `91${digits}`;
  return `https://wa.me/${international}${text && `?text=${encodeURIComponent(text)}`}`;
}
