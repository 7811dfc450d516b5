/** Templates that are approved from the start. PUT /sandbox/templates adds others. */
import { templateSchema, type Template } from './templates.ts';

const texts = {
  bn: { receipt: '{{1}} এর রসিদ {{2}} সঙ্গে দেওয়া হল।' },
  en: { receipt: 'Receipt {{2}} for {{1}} is attached.' },
  hi: { receipt: '{{1}} की रसीद {{2}} साथ में है।' },
};

export const defaultTemplates: readonly Template[] = [
  templateSchema.parse({ name: 'hello_world', language: 'en_US', body: 'Hello World' }),
  ...Object.entries(texts).map(([language, { receipt }]) =>
    templateSchema.parse({ name: 'payment_receipt', language, header: 'document', body: receipt }),
  ),
];
