/** Templates that are approved from the start. PUT /sandbox/templates adds others. */
import { templateSchema, type Template } from './templates.ts';

const texts = {
  bn: {
    receipt: '{{1}}: {{2}} জমা পড়েছে। রসিদ {{3}} সঙ্গে দেওয়া হল।',
    failed: '{{1}}: {{2}} জমা পড়েনি। টাকা কেটে থাকলে ব্যাঙ্ক নিজেই ফেরত দেবে। আবার মেটাতে এখানে নম্বরটি লিখুন।',
    excess: '{{1}}: বিলটি আগেই মেটানো ছিল। বাড়তি {{2}} পুরসভায় আপনার নামে জমা আছে।',
  },
  en: {
    receipt: '{{1}}: {{2}} received. Receipt {{3}} is attached.',
    failed:
      '{{1}}: {{2}} did not go through. If money left your account, the bank returns it. To pay again, write the number here.',
    excess: '{{1}}: the bill had been paid already. The Corporation holds the excess of {{2}} for you.',
  },
  hi: {
    receipt: '{{1}}: {{2}} जमा हो गए। रसीद {{3}} साथ में है।',
    failed: '{{1}}: {{2}} का भुगतान नहीं हुआ। पैसे कटे हों तो बैंक लौटा देगा। फिर भुगतान के लिए यहाँ नंबर लिखें।',
    excess: '{{1}}: बिल का भुगतान पहले ही हो चुका था। अतिरिक्त {{2}} निगम में आपके लिए जमा हैं।',
  },
};

export const defaultTemplates: readonly Template[] = [
  templateSchema.parse({ name: 'hello_world', language: 'en_US', body: 'Hello World' }),
  ...Object.entries(texts).flatMap(([language, { receipt, failed, excess }]) => [
    templateSchema.parse({ name: 'payment_receipt', language, header: 'document', body: receipt }),
    templateSchema.parse({ name: 'payment_failed', language, body: failed }),
    templateSchema.parse({ name: 'payment_excess', language, body: excess }),
  ]),
];
