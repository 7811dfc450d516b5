/** How a request is answered: in whose language, as which page, kept by whom. */
import type { Request, Response } from 'express';
import { defaultLanguage, languages, type Language } from '../domain/language.ts';
import type { NoticeKind } from '../texts/pages.ts';
import { noticePage } from '../web/notice.tsx';

/** The language asked for by `?lang=`. */
export function askedLanguage(request: Request): Language | undefined {
  return languages.find((language) => language === request.query['lang']);
}

/** The language asked for by `?lang=`, else the browser's, else Bengali. */
export function pageLanguage(request: Request): Language {
  const asked = askedLanguage(request);
  if (asked) return asked;
  const preferred = request.acceptsLanguages(...languages);
  return languages.find((language) => language === preferred) ?? defaultLanguage;
}

/** @param caching `no-store` for what is only for the eyes of whoever has the link */
export function sendPage(
  response: Response,
  language: Language,
  html: string,
  caching: 'no-cache' | 'no-store' = 'no-cache',
): void {
  response
    .set({ 'cache-control': caching, 'content-language': language })
    .vary('accept-language')
    .type('html')
    .send(html);
}

/** A document for whoever has the link alone. */
export function sendPdf(response: Response, name: string, pdf: Buffer): void {
  response
    .set({
      'cache-control': 'private, no-store',
      'content-disposition': `inline; filename="${name}.pdf"`,
      'x-robots-tag': 'noindex',
    })
    .type('pdf')
    .send(pdf);
}

/** A browser gets a page in the citizen's language, a machine one line. */
export function refuse(request: Request, response: Response, kind: NoticeKind, line: string): void {
  if (request.accepts(['text/plain', 'text/html']) === 'text/html') {
    const language = pageLanguage(request);
    sendPage(response, language, noticePage(kind, language));
  } else {
    response.vary('accept').type('text/plain').send(line);
  }
}
