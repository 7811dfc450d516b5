/** The public pages and the stylesheet that they load. */
import { Router, type Request, type Response } from 'express';
import { defaultLanguage, languages, type Language } from '../domain/language.ts';
import type { PublicFacts } from '../texts/pages.ts';
import { stylesheet } from '../web/assets.ts';
import { homePage } from '../web/home.tsx';
import { privacyPage } from '../web/privacy.tsx';

export function pages(facts: PublicFacts): Router {
  const router = Router();

  router.get('/', (request, response) => {
    const language = pageLanguage(request);
    sendPage(response, language, homePage(language, facts));
  });

  router.get('/privacy', (request, response) => {
    const language = pageLanguage(request);
    sendPage(response, language, privacyPage(language, facts));
  });

  // While a release rolls out, a page of one process may ask another for its stylesheet: a near one beats none.
  router.get('/assets/style-:hash.css', (request, response) => {
    const caching =
      request.params.hash === stylesheet.hash ? 'public, max-age=31536000, immutable' : 'no-cache';
    response.set('cache-control', caching).type('css').send(stylesheet.body);
  });

  return router;
}

/** The language asked for by `?lang=`, else the browser's, else Bengali. */
export function pageLanguage(request: Request): Language {
  const asked = languages.find((language) => language === request.query['lang']);
  if (asked) return asked;
  const preferred = request.acceptsLanguages(...languages);
  return languages.find((language) => language === preferred) ?? defaultLanguage;
}

export function sendPage(response: Response, language: Language, html: string): void {
  response
    .set({ 'cache-control': 'no-cache', 'content-language': language })
    .vary('accept-language')
    .type('html')
    .send(html);
}
