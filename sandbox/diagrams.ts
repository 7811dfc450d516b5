/** `npm run diagrams`: draws docs/payments.md anew from the tables of moves. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paymentsPage } from '../domain/payments/diagrams.ts';

await writeFile(join(import.meta.dirname, '..', 'docs', 'payments.md'), paymentsPage());
