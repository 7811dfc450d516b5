/** The frame of every public page: head, name, language switch, foot. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { languages, type Language } from '../domain/language.ts';
import { frame, languageNames } from '../texts/pages.ts';
import { icon, stylesheet } from './assets.ts';

interface LayoutProps {
  readonly language: Language;
  readonly title: string;
  readonly description?: string;
  /** Its whole address, without a query. What has none is no page of its own and kept out of search engines. */
  readonly address?: string;
  /** What the language switch keeps of the page's address beside the language. */
  readonly query?: Readonly<Record<string, string>>;
  /** What else the page's head needs. */
  readonly head?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Layout(props: LayoutProps): VNode {
  const { language, title, description, address, query = {}, head, children } = props;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>{pageTitle(title, language)}</title>
        {description !== undefined && <meta name="description" content={description} />}
        {address === undefined ? (
          <meta name="robots" content="noindex" />
        ) : (
          <>
            {languages.map((other) => (
              <link rel="alternate" hreflang={other} href={pageLink(address, other)} />
            ))}
            <link rel="alternate" hreflang="x-default" href={address} />
          </>
        )}
        <link rel="icon" type="image/svg+xml" href={icon.path} />
        <link rel="stylesheet" href={stylesheet.path} />
        {head}
      </head>
      <body>
        <a class="skip" href="#main">
          {frame.skip[language]}
        </a>
        <header class="top">
          <div class="width">
            <a class="brand" href={pageLink('/', language)}>
              <Bridge />
              <span>
                <strong>{frame.corporation[language]}</strong>
                <span class="service">{frame.service[language]}</span>
              </span>
            </a>
            <nav class="languages" aria-label={frame.languages[language]}>
              {languages.map((other) => (
                <a
                  href={`?${new URLSearchParams({ lang: other, ...query }).toString()}`}
                  lang={other}
                  hreflang={other}
                  aria-current={other === language ? 'true' : undefined}
                >
                  {languageNames[other]}
                </a>
              ))}
            </nav>
          </div>
        </header>
        <main id="main" class="width" tabIndex={-1}>
          {children}
        </main>
        <footer class="foot">
          <div class="width">
            <a href={pageLink('/', language)}>{frame.start[language]}</a>
            <a href={pageLink('/verify', language)}>{frame.verify[language]}</a>
            <a href={pageLink('/privacy', language)}>{frame.privacy[language]}</a>
          </div>
        </footer>
      </body>
    </html>
  );
}

/** As it stands on the browser's tab. */
export function pageTitle(title: string, language: Language): string {
  return `${title} · ${frame.corporation[language]}`;
}

/** Takes the language along: there is no cookie to remember it. */
export function pageLink(path: string, language: Language): string {
  return `${path}?lang=${language}`;
}

export function toHtml(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/** The outline of Howrah Bridge. */
function Bridge(): VNode {
  return (
    <svg class="bridge" viewBox="0 0 64 30" width="64" height="30" aria-hidden="true">
      <path d="M1 22 17 3q15 15 30 0l16 19" />
      <path d="M0 22h64M17 3v25M47 3v25M9 13v9M25 9v13M32 11v11M39 9v13M55 13v9" />
      <path d="m9 13 8 9 8-13 7 13 7-13 8 13 8-9" />
    </svg>
  );
}
