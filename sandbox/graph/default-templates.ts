/** Templates that are approved from the start. PUT /sandbox/templates adds others. */
import { templateSchema, type Template } from './templates.ts';

/** WhatsApp refuses a body that begins or ends with a parameter. */
const texts = {
  bn: {
    pay: 'টাকা জমা দিন',
    receipt: 'কলকাতা পুরসভা: {{1}} বাবদ {{2}} জমা পড়েছে। রসিদ {{3}} সঙ্গে দেওয়া হল।',
    failed:
      'কলকাতা পুরসভা: {{1}} বাবদ {{2}} জমা পড়েনি। টাকা কেটে গিয়ে থাকলে ব্যাঙ্ক ফেরত দেবে, তার আগে আবার দেবেন না। এখন কত দিতে হবে জানতে এখানে নম্বরটি লিখুন।',
    excess:
      'কলকাতা পুরসভা: {{1}} বাবদ {{2}} বেশি জমা পড়েছে। বাড়তি টাকা পুরসভার কাছে আপনার নামে জমা আছে; ফেরত দেওয়া হবে, অথবা পরের বার বাদ যাবে।',
    credited:
      'কলকাতা পুরসভা: {{1}} বাবদ বাড়তি {{2}} পরের বারের জন্য এই নম্বরে জমা রাখা হল। পরের বার টাকা জমা দেওয়ার সময় তা নিজে থেকেই বাদ যাবে।',
    refundOnItsWay:
      'কলকাতা পুরসভা: {{1}} বাবদ জমা {{2}} ফেরত দেওয়া হচ্ছে। যে মাধ্যমে দিয়েছিলেন, সেখানেই {{3}} তারিখের মধ্যে পৌঁছে যাবে।',
    refundSent: 'কলকাতা পুরসভা: {{1}} বাবদ জমা {{2}} ফেরত পাঠানো হয়েছে। ক্রেডিট নোট {{3}} সঙ্গে দেওয়া হল।',
    refundFailed:
      'কলকাতা পুরসভা: {{1}} বাবদ জমা {{2}} ফেরত পাঠানো যায়নি। টাকা পুরসভার কাছেই আছে, হিসাব বিভাগ দেখছে। আপনাকে কিছু করতে হবে না।',
    certificate: 'কলকাতা পুরসভা: {{1}} নবীকরণ হয়েছে, মেয়াদ {{2}} পর্যন্ত। শংসাপত্র {{3}} সঙ্গে দেওয়া হল।',
    approved: 'কলকাতা পুরসভা: {{1}} নবীকরণ অনুমোদিত হয়েছে। এখন ফি {{2}} জমা দেওয়া যাবে, {{3}} পর্যন্ত।',
    sentBack:
      'কলকাতা পুরসভা: {{1}} নবীকরণের আবেদন ফেরত এসেছে। আধিকারিকের কথা: “{{2}}”। ঠিক করে এখানে ‘নবীকরণ’ লিখুন।',
    refused: 'কলকাতা পুরসভা: {{1}} নবীকরণ মঞ্জুর হয়নি। আধিকারিকের কথা: “{{2}}”। কোনও টাকা নেওয়া হয়নি।',
    outdone: 'কলকাতা পুরসভা: {{1}} বাবদ ফি অন্য একজন জমা দিয়েছেন। আপনাকে কিছু দিতে হবে না।',
    givenWay:
      'কলকাতা পুরসভা: {{1}} বাবদ ফি আগের বার যে নম্বর থেকে জমা পড়েছিল, এখন সেখান থেকেই নবীকরণ হচ্ছে। আপনাকে কিছু দিতে হবে না।',
    held: 'কলকাতা পুরসভা: {{1}} বাবদ টাকা পাওয়া গেছে, কিন্তু লাইসেন্সটি চালু না থাকায় মেয়াদ বাড়ানো হয়নি। আধিকারিক দেখছেন। আবার টাকা দেবেন না।',
  },
  en: {
    pay: 'Pay now',
    receipt: 'Kolkata Municipal Corporation: for {{1}}, {{2}} was received. Receipt {{3}} is attached.',
    failed:
      'Kolkata Municipal Corporation: for {{1}}, the payment of {{2}} did not go through. If your account was debited, your bank will return it; please do not pay again before that. To see what is due now, type the number here.',
    excess:
      'Kolkata Municipal Corporation: for {{1}}, {{2}} more was paid than was due. We are holding the extra amount for you; it will be refunded or deducted next time.',
    credited:
      'Kolkata Municipal Corporation: for {{1}}, the {{2}} that was paid too much is now credit of this number. It is deducted by itself the next time something is paid for it.',
    refundOnItsWay:
      'Kolkata Municipal Corporation: of what was paid for {{1}}, {{2}} is on its way back. It goes back the way you paid, by {{3}} at the latest.',
    refundSent:
      'Kolkata Municipal Corporation: of what was paid for {{1}}, {{2}} has been sent back. Credit note {{3}} is attached.',
    refundFailed:
      'Kolkata Municipal Corporation: of what was paid for {{1}}, {{2}} could not be sent back. It is still with us, and our accounts department is looking into it. You do not need to do anything.',
    certificate:
      'Kolkata Municipal Corporation: {{1}} is renewed and valid until {{2}}. Certificate {{3}} is attached.',
    approved:
      'Kolkata Municipal Corporation: the renewal of {{1}} is approved. Please pay {{2}} by {{3}} at the latest.',
    sentBack:
      'Kolkata Municipal Corporation: the application to renew {{1}} was sent back. The officer’s words: “{{2}}”. Please put this right and type “renew” here.',
    refused:
      'Kolkata Municipal Corporation: the renewal of {{1}} was refused. The officer’s words: “{{2}}”. Nothing was charged.',
    outdone:
      'Kolkata Municipal Corporation: somebody else has paid the fee for {{1}}. You have nothing to pay.',
    givenWay:
      'Kolkata Municipal Corporation: the number that last paid the fee for {{1}} is renewing it now. You have nothing to pay.',
    held: 'Kolkata Municipal Corporation: your payment for {{1}} was received, but the licence is not in force and was not extended. An officer is looking into it. Please do not pay again.',
  },
  hi: {
    pay: 'भुगतान करें',
    receipt: 'कोलकाता नगर निगम: {{1}} के {{2}} जमा हो गए। रसीद {{3}} साथ में है।',
    failed:
      'कोलकाता नगर निगम: {{1}} के {{2}} का भुगतान नहीं हुआ। पैसे कटे हों तो बैंक लौटा देगा, उससे पहले दोबारा न दें। अब कितना देना है, यह जानने के लिए यहाँ नंबर लिखें।',
    excess:
      'कोलकाता नगर निगम: {{1}} के लिए {{2}} ज़्यादा का भुगतान हुआ है। अतिरिक्त राशि निगम के पास आपके नाम पर जमा है; वह लौटाई जाएगी या अगली बार घटाई जाएगी।',
    credited:
      'कोलकाता नगर निगम: {{1}} के लिए ज़्यादा जमा हुए {{2}} अगली बार के लिए इसी नंबर पर जमा रखे गए हैं। अगला भुगतान करते समय वे अपने-आप घट जाएँगे।',
    refundOnItsWay:
      'कोलकाता नगर निगम: {{1}} के लिए दिए गए {{2}} लौटाए जा रहे हैं। जिस माध्यम से भुगतान हुआ था, उसी में {{3}} तक पहुँच जाएँगे।',
    refundSent: 'कोलकाता नगर निगम: {{1}} के लिए दिए गए {{2}} लौटा दिए गए हैं। क्रेडिट नोट {{3}} साथ में है।',
    refundFailed:
      'कोलकाता नगर निगम: {{1}} के लिए दिए गए {{2}} लौटाए नहीं जा सके। पैसा निगम के पास ही है, लेखा विभाग देख रहा है। आपको कुछ नहीं करना है।',
    certificate: 'कोलकाता नगर निगम: {{1}} का नवीनीकरण हो गया, {{2}} तक वैध। प्रमाणपत्र {{3}} साथ में है।',
    approved: 'कोलकाता नगर निगम: {{1}} का नवीनीकरण स्वीकृत हो गया है। अब {{2}} का भुगतान {{3}} तक करें।',
    sentBack:
      'कोलकाता नगर निगम: {{1}} के नवीनीकरण का आवेदन लौटाया गया है। अधिकारी के शब्द: “{{2}}”। ठीक करके यहाँ ‘नवीनीकरण’ लिखें।',
    refused: 'कोलकाता नगर निगम: {{1}} का नवीनीकरण स्वीकृत नहीं हुआ। अधिकारी के शब्द: “{{2}}”। कोई राशि नहीं ली गई।',
    outdone: 'कोलकाता नगर निगम: {{1}} के शुल्क का भुगतान किसी और ने कर दिया है। आपको कुछ नहीं देना है।',
    givenWay:
      'कोलकाता नगर निगम: {{1}} के शुल्क का भुगतान पिछली बार जिस नंबर से हुआ था, अब वहीं से नवीनीकरण हो रहा है। आपको कुछ नहीं देना है।',
    held: 'कोलकाता नगर निगम: {{1}} का भुगतान मिल गया है, पर लाइसेंस चालू न होने से वैधता नहीं बढ़ाई गई। अधिकारी देख रहे हैं। दोबारा भुगतान न करें।',
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
        { name: 'excess_credited', body: words.credited },
        { name: 'refund_on_its_way', body: words.refundOnItsWay },
        { name: 'refund_sent', header: 'document', body: words.refundSent },
        { name: 'refund_failed', body: words.refundFailed },
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
