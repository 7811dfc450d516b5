/** The files that pages load, named after their contents so that browsers may keep them for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const body = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8');
const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);

export const stylesheet = { path: `/assets/style-${hash}.css`, hash, body } as const;
