/** Templates that are approved from the start. PUT /sandbox/templates adds others. */
import { templateSchema, type Template } from './templates.ts';

const texts = {
  bn: {
    pay: 'টাকা মেটান',
    receipt: '{{1}}: {{2}} জমা পড়েছে। রসিদ {{3}} সঙ্গে দেওয়া হল।',
    failed: '{{1}}: {{2}} জমা পড়েনি। টাকা কেটে থাকলে ব্যাঙ্ক নিজেই ফেরত দেবে। আবার মেটাতে এখানে নম্বরটি লিখুন।',
    excess: '{{1}}: {{2}} বকেয়ায় ধরা হয়নি। টাকাটি পুরসভায় আপনার নামে অতিরিক্ত জমা আছে।',
    certificate: '{{1}} নবীকরণ হয়েছে, মেয়াদ {{2}} পর্যন্ত। শংসাপত্র {{3}} সঙ্গে দেওয়া হল।',
    approved: '{{1}}: নবীকরণ অনুমোদিত হয়েছে। {{3}}-এর মধ্যে {{2}} মেটান।',
    sentBack: '{{1}}: নবীকরণের আবেদন ফেরত এসেছে। কারণ: {{2}}। ঠিক করে এখানে ‘নবীকরণ’ লিখুন।',
    refused: '{{1}}: নবীকরণ মঞ্জুর হয়নি। কারণ: {{2}}। কোনও টাকা নেওয়া হয়নি।',
    outdone: '{{1}}: অন্য একজন ফি মিটিয়ে দিয়েছেন। আপনাকে কিছু দিতে হবে না।',
    givenWay: '{{1}}: আগে যাঁর নম্বর থেকে ফি মেটানো হয়েছিল, তিনিই নবীকরণ করছেন। আপনাকে কিছু দিতে হবে না।',
    held: '{{1}}: টাকা পাওয়া গেছে, কিন্তু লাইসেন্সটি চালু না থাকায় মেয়াদ বাড়ানো হয়নি। আধিকারিক দেখছেন। আবার টাকা দেবেন না।',
  },
  en: {
    pay: 'Pay now',
    receipt: '{{1}}: {{2}} received. Receipt {{3}} is attached.',
    failed:
      '{{1}}: {{2}} did not go through. If money left your account, the bank returns it. To pay again, write the number here.',
    excess: '{{1}}: {{2}} was not set against what was due. The Corporation holds it for you as excess.',
    certificate: '{{1}} is renewed and valid until {{2}}. Certificate {{3}} is attached.',
    approved: '{{1}}: the renewal is approved. Please pay {{2}} by {{3}}.',
    sentBack:
      '{{1}}: the application for renewal was sent back: {{2}}. When that is mended, write “renew” here.',
    refused: '{{1}}: the renewal was refused: {{2}}. Nothing was charged.',
    outdone: '{{1}}: somebody else has paid the fee. You have nothing to pay.',
    givenWay: '{{1}}: the number that last paid the fee is renewing it now. You have nothing to pay.',
    held: '{{1}}: your payment was received, but the licence is not in force and was not extended. An officer is looking into it. Please do not pay again.',
  },
  hi: {
    pay: 'भुगतान करें',
    receipt: '{{1}}: {{2}} जमा हो गए। रसीद {{3}} साथ में है।',
    failed: '{{1}}: {{2}} का भुगतान नहीं हुआ। पैसे कटे हों तो बैंक लौटा देगा। फिर भुगतान के लिए यहाँ नंबर लिखें।',
    excess: '{{1}}: {{2}} बकाये में नहीं जोड़े गए। वे निगम में आपके लिए अतिरिक्त जमा हैं।',
    certificate: '{{1}} का नवीनीकरण हो गया, वैधता {{2}} तक। प्रमाणपत्र {{3}} साथ में है।',
    approved: '{{1}}: नवीनीकरण स्वीकृत हो गया है। {{3}} तक {{2}} जमा करें।',
    sentBack: '{{1}}: नवीनीकरण का आवेदन लौटाया गया है। कारण: {{2}}। ठीक करके यहाँ ‘नवीनीकरण’ लिखें।',
    refused: '{{1}}: नवीनीकरण स्वीकृत नहीं हुआ। कारण: {{2}}। कोई राशि नहीं ली गई।',
    outdone: '{{1}}: किसी और ने शुल्क दे दिया है। आपको कुछ नहीं देना है।',
    givenWay: '{{1}}: जिस नंबर से पिछली बार शुल्क दिया गया था, वहीं से अब नवीनीकरण हो रहा है। आपको कुछ नहीं देना है।',
    held: '{{1}}: भुगतान मिल गया है, पर लाइसेंस चालू न होने से वैधता नहीं बढ़ाई गई। अधिकारी देख रहे हैं। दोबारा भुगतान न करें।',
  },
};

/** @param pagesUrl where the corporation's pages are, without a slash at the end */
export function defaultTemplates(pagesUrl: string): readonly Template[] {
  return [
    templateSchema.parse({ name: 'hello_world', language: 'en_US', body: 'Hello World' }),
    ...Object.entries(texts).flatMap(([language, words]) =>
      [
        { name: 'payment_receipt', header: 'document', body: words.receipt },
        { name: 'payment_failed', body: words.failed },
        { name: 'payment_excess', body: words.excess },
        { name: 'licence_certificate', header: 'document', body: words.certificate },
        {
          name: 'renewal_approved',
          body: words.approved,
          buttons: [{ type: 'url', text: words.pay, url: `${pagesUrl}/pay/{{1}}` }],
        },
        { name: 'renewal_sent_back', body: words.sentBack },
        { name: 'renewal_refused', body: words.refused },
        { name: 'renewal_outdone', body: words.outdone },
        { name: 'renewal_given_way', body: words.givenWay },
        { name: 'renewal_held', body: words.held },
      ].map((template) => templateSchema.parse({ ...template, language })),
    ),
  ];
}
