/** The public pages and the stylesheet that they load. */
import { Router, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { defaultLanguage, languages, type Language } from '../domain/language.ts';
import type { NoticeKind, PublicFacts } from '../texts/pages.ts';
import { assets } from '../web/assets.ts';
import { homePage } from '../web/home.tsx';
import { noticePage } from '../web/notice.tsx';
import { privacyPage } from '../web/privacy.tsx';

/** Far more than a person reads, so that one visitor cannot keep a process busy. */
export const pageLimit = perMinute(120);

export function pages(facts: PublicFacts): Router {
  const router = Router();

  router.get('/', pageLimit, (request, response) => {
    const language = pageLanguage(request);
    sendPage(response, language, homePage(language, facts));
  });

  router.get('/privacy', pageLimit, (request, response) => {
    const language = pageLanguage(request);
    sendPage(response, language, privacyPage(language, facts));
  });

  // While a release rolls out, a page of one process may ask another for its files: a near one beats none.
  for (const { name, type, hash, body } of assets) {
    router.get(`/assets/${name}-:hash.${type}`, (request, response) => {
      const caching = request.params.hash === hash ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.set('cache-control', caching).type(type).send(body);
    });
  }

  return router;
}

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

/** So many requests from one address; whoever asks more often is told to come again. */
export function perMinute(limit: number): ReturnType<typeof rateLimit> {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (request, response) =>
      refuse(request, response.status(429), 'tryAgain', 'Try again in a minute.'),
  });
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
