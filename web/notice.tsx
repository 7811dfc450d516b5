/** A plain answer to a browser that cannot have the page it asked for. */
import type { Language } from '../domain/language.ts';
import { frame, notices, type NoticeKind } from '../texts/pages.ts';
import { Layout, pageLink, toHtml } from './layout.tsx';

export function noticePage(kind: NoticeKind, language: Language): string {
  const { title, body } = notices[kind][language];
  return toHtml(
    <Layout language={language} title={title}>
      <section class="card notice">
        <h1>{title}</h1>
        <p class="lead">{body}</p>
        <p>
          <a class="button" href={pageLink('/', language)}>
            {frame.start[language]}
          </a>
        </p>
      </section>
    </Layout>,
  );
}
