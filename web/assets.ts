/** The files that pages load, named after their contents so that browsers may keep them for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Asset {
  readonly name: string;
  readonly type: 'css' | 'js' | 'svg';
  readonly hash: string;
  /** `/assets/<name>-<hash>.<type>`. */
  readonly path: string;
  readonly body: string;
}

function asset(name: string, type: Asset['type'], file: string): Asset {
  const body = readFileSync(file, 'utf8');
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { name, type, hash, path: `/assets/${name}-${hash}.${type}`, body };
}

/** A folder of its own: beside the compiled pages, a script would take the place of the page of its name. */
const own = (file: string): string => join(import.meta.dirname, 'browser', file);

export const stylesheet = asset('style', 'css', own('style.css'));
export const icon = asset('icon', 'svg', own('icon.svg'));
export const liveScript = asset('live', 'js', own('live.js'));
export const submitScript = asset('submit', 'js', own('submit.js'));
export const wayBackScript = asset('way-back', 'js', own('way-back.js'));

export const assets: readonly Asset[] = [stylesheet, icon, liveScript, submitScript, wayBackScript];
