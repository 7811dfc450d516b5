/** Makes the part of a page that may change ask for itself; without scripts the page loads itself anew instead. */
import type { VNode } from 'preact';
import { liveScript } from './assets.ts';

/** For the page's head. The part that may change says in `data-live` where to ask for it (web/browser/live.js). */
export function Alive(): VNode {
  return (
    <>
      <noscript>
        <meta http-equiv="refresh" content="10" />
      </noscript>
      <script src={liveScript.path} defer />
    </>
  );
}
