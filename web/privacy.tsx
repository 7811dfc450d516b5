/** GET /privacy: the notice under the Digital Personal Data Protection Act, 2023. */
import type { VNode } from 'preact';
import { dateInKolkata } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import { daysKept } from '../domain/retention.ts';
import { frame, privacy, privacyBoard, privacySections, type PublicFacts } from '../texts/pages.ts';
import { Layout, toHtml } from './layout.tsx';

export function privacyPage(
  language: Language,
  { office, complaints, gateways, retention, publicUrl }: PublicFacts,
): string {
  const today = dateInKolkata(Date.now());
  const sections = privacySections(gateways, (kind) => daysKept(kind, today, retention));
  return toHtml(
    <Layout
      language={language}
      title={privacy.title[language]}
      description={privacy.lead[language]}
      address={`${publicUrl}/privacy`}
    >
      <article class="card text">
        <h1>{privacy.title[language]}</h1>
        <p class="lead">{privacy.lead[language]}</p>
        {sections.map((section) => (
          <Section {...section[language]} />
        ))}
        <section>
          <h2>{privacy.contact[language]}</h2>
          <dl class="facts">
            <dt>{frame.complaints[language]}</dt>
            <dd>{complaints[language]}</dd>
            <dt>{frame.office[language]}</dt>
            <dd>{office[language]}</dd>
          </dl>
        </section>
        <Section {...privacyBoard[language]} />
      </article>
    </Layout>,
  );
}

function Section({ heading, items = [], paragraphs = [] }: (typeof privacyBoard)[Language]): VNode {
  return (
    <section>
      <h2>{heading}</h2>
      {items.length > 0 && (
        <ul>
          {items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )}
      {paragraphs.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </section>
  );
}
