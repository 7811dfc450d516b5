/** The public pages and the stylesheet that they load. */
import { Router } from 'express';
import type { PublicFacts } from '../texts/pages.ts';
import { assets, icon } from '../web/assets.ts';
import { homePage } from '../web/home.tsx';
import { privacyPage } from '../web/privacy.tsx';
import { pageLimit } from './limits.ts';
import { pageLanguage, sendPage } from './respond.ts';

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

  // For browsers that ask before they have read a page.
  router.get('/favicon.ico', (_request, response) => {
    response.redirect(302, icon.path);
  });

  return router;
}
