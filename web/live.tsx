/** Makes the part of a page that may change ask for itself; without scripts the page loads itself anew instead. */
import type { VNode } from 'preact';
import { htmx } from './assets.ts';

/** Under the content security policy: no styles or scripts of htmx's own making. And no copies of the page in the browser. */
const htmxConfig = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  historyEnabled: false,
  historyCacheSize: 0,
});

/** For the page's head. */
export function Alive(): VNode {
  return (
    <>
      <noscript>
        <meta http-equiv="refresh" content="10" />
      </noscript>
      <meta name="htmx-config" content={htmxConfig} />
      <script src={htmx.path} defer />
    </>
  );
}
