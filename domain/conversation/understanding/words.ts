/**
 * The words that citizens use, by what they stand for (a notion), in English, Bengali and Hindi, each also romanised. What a
 * message wants is found in intents.ts from the notions that meet in it.
 *
 * Sources: the corporation's own pages and bills (কর, বকেয়া, মূল্যায়ন, এল ও আই), Kolkata's newspapers (পুরকর, নবীকরণ, ট্রেন্ড
 * লাইসেন্স), the words on our own messages, and what people write to municipal helplines. Spellings that share a skeleton
 * (spelling.ts), endings and small mistakes need no entry of their own. A phrase counts before the words in it, so "income
 * tax" is no tax of ours.
 */

interface Words {
  readonly en?: string;
  readonly bn?: string;
  readonly hi?: string;
  /** Bengali and Hindi in Latin letters, where the spelling is not the letters' own. */
  readonly roman?: string;
}

export const notions = {
  // ---- what carries no wish -------------------------------------------------------------------------------------------
  greeting: {
    en: `hi, hii, hiii, hy, hey, heyy, hello, helo, hlo, hllo, helloo, hallo, good morning, good afternoon, good evening, good day,
      good night, gm, greetings, hey there, hi there, hello there, anyone there, anybody there, are you there, is anyone there`,
    bn: `হাই, হায়, হ্যালো, হেলো, হেল্লো, নমস্কার, নমস্তে, প্রণাম, আদাব, সালাম, সেলাম, আসসালামু আলাইকুম, আস্সালামু আলাইকুম, ওয়ালাইকুম,
      সুপ্রভাত, শুভ সকাল, শুভ দুপুর, শুভ সন্ধ্যা, শুভ রাত্রি, শুভ বিকেল, কেমন আছেন, কেউ আছেন, আছেন নাকি, কেউ আছো, আছেন কি, কেউ আছে`,
    hi: `हाय, हाई, हेलो, हैलो, हलो, नमस्ते, नमस्कार, प्रणाम, राम राम, आदाब, सलाम, सुप्रभात, शुभ प्रभात, शुभ संध्या, जय हिंद,
      कैसे हैं, कैसे हो, कोई है, जय श्री राम, जय श्री कृष्ण, राधे राधे, सत श्री अकाल`,
    roman: `hai, namaskar, nomoskar, nomoshkar, nomosker, namaste, pranam, pronam, adab, salam, salaam, assalamu alaikum,
      assalam walekum, asalamualaikum, ram ram, jai hind, jai shree ram, jay shri ram, radhe radhe, sat sri akal, shuprobhat, subho sokal,
      shubho sokal, suvo sokal, kemon achen, keu achen, achen naki, koi hai, kaise ho, kaise hain, suprabhat, emojigreet`,
  },
  menu: {
    en: `menu, main menu, home, home page, start over, restart, start again from the beginning, services, list of services, all services,
      options, show options, what can you do, what services, first page, main page`,
    bn: `মেনু, মেন্যু, প্রধান মেনু, হোম, শুরু থেকে, প্রথম থেকে, শুরুতে, প্রথম পাতা, প্রথম পাতায়, পরিষেবা, পরিষেবার তালিকা, তালিকা, অপশন, কী কী পরিষেবা,
      কী কী করা যায়, কি কি সার্ভিস, পুরসেবা`,
    hi: `मेनू, मेन्यू, मेन्यु, मुख्य मेनू, सूची, सेवा सूची, सेवाएँ, सेवाएं, ऑप्शन, विकल्प, होम, शुरू से, क्या क्या सेवाएं, पहला पेज`,
    roman: `menyu, shuru theke, suru theke, prothom theke, shuru se, ki ki service, kya kya service, ki ki option, purosheba`,
  },
  thanks: {
    en: `thanks, thank you, thankyou, thank u, thnx, thx, tnx, thanx, ty, tysm, great, good, nice, welcome, bye, good bye, goodbye, ok, okay,
      okey, okk, okie, k, kk, done, fine, noted, got it, understood, alright, all right, perfect, excellent, super, awesome, wow, cool, good job,
      well done, very good, no thanks, nothing else, thats all, that is all, god bless, bless you, appreciate, tc, take care, see you, have a nice day,
      very helpful, so helpful, happy`,
    bn: `ধন্যবাদ, অনেক ধন্যবাদ, থ্যাঙ্ক ইউ, থ্যাংক ইউ, থ্যাংকস, থ্যাঙ্কস, ঠিক আছে, ঠিকাছে, আচ্ছা, বুঝেছি, বুঝলাম, ওকে, হয়ে গেছে, হয়ে গেল, কাজ হয়েছে,
      আর কিছু লাগবে না, কিছু লাগবে না, আর কিছু না, ভালো থাকবেন, ভাল থাকবেন, আসি, চলি, টাটা, বিদায়, উপকার হল, উপকৃত, খুব ভালো, খুব ভাল, দারুণ, চমৎকার, বাহ,
      কৃতজ্ঞ, মঙ্গল, আনন্দিত, খুশি, ভালো লাগল, সুন্দর, বেশ, পেয়ে গেছি, পেয়ে গেলাম, পেয়েছি`,
    hi: `धन्यवाद, बहुत धन्यवाद, शुक्रिया, थैंक यू, थैंक्यू, थैंक्स, ठीक है, ठीक, अच्छा, समझ गया, समझ गई, समझ गए, हो गया, काम हो गया, ओके, बढ़िया, बहुत अच्छा,
      और कुछ नहीं, कुछ नहीं चाहिए, अलविदा, आभार, मिल गया, मिल गई, खुश, फिर मिलेंगे, चलता हूँ, वाह, मेहरबानी`,
    roman: `dhanyabad, dhanyavad, dhanyawad, dhonnobad, dhanyavaad, dhonyobad, shukriya, shukria, sukriya, thik ache, thik acche, thikache, thik hai, theek hai,
      thik h, accha, achha, acha, bujhlam, bujhechi, samajh gaya, samajh gayi, ho gaya, hoye geche, hoye gechhe, hoye gelo, kaj hoyeche, bahut accha, badhiya, badiya, khub bhalo,
      bhalo thakben, ar kichu lagbe na, kuch nahi chahiye, aur kuch nahi, tata, mil gaya, peye gechi, peyechi, aabhar, abhar, besh, meherbani,
      emojithanks, emojiyes`,
  },
  polite: {
    en: `please, plz, pls, plss, pliz, plese, kindly, sir, madam, mam, maam, dear, bro, brother, sorry, excuse me, respected, team, bot, kmc, just, now, today, immediately, quickly,
      urgent, urgently, asap, actually, again, once, so much, very much, a lot, for, me, my, i, the, a, an, to, you, u, your, it, is, this, that, and, am, of, in, on, from, here, there, with, so, very, all, be,
      will, would, can, could, ya, yaar, oh, ok so, hmm, well, lot, much, then, too, also, one, some, any, more, do, have, has`,
    bn: `দয়া করে, অনুগ্রহ করে, অনুগ্রহপূর্বক, প্লিজ, প্লীজ, দাদা, দিদি, স্যার, ম্যাডাম, মহাশয়, মহাশয়া, মহোদয়, ভাই, কাকু, দাদাভাই, বাবু, একটু, তো, আমি, আমার, আমাকে, আমায়, আমাদের, আপনি, আপনার,
      আপনাকে, আপনাদের, এই, এটা, ওই, সেই, এখন, আজ, আজই, এখনই, আবার, আর, ও, যে, কি, নাকি, হে, রে, গো, ভীষণ, খুব, অনেক, অত্যন্ত, শুধু, জন্য, থেকে, তাহলে, তবে, একবার, এবার, গুলো, করুন, করবেন, করে, দিন, দেবেন, দাও,
      করতে, করব, হবে, যাবে, আছে, বলছি, মা, বাবা, সব`,
    hi: `कृपया, प्लीज, प्लीज़, जी, सर, मैडम, भाई, भैया, महोदय, साहब, दादा, मुझे, मेरा, मेरी, मेरे, मैं, हम, हमें, हमारा, आप, आपका, आपको, यह, ये, वह, वो, अभी, आज, फिर, एक, बार, ज़रा, जरा, थोड़ा, तो, और, है,
      हैं, हूँ, का, की, के, को, से, में, पर, ही, भी, बहुत, बस, करें, करो, दो, दें, दीजिए, कीजिए, जल्दी, अब`,
    roman: `doya kore, daya kore, onugroho kore, dada, didi, bhai, bhaiya, bhaiyya, ji, jee, saheb, sahab, saab, kripya, kripaya, kripa karke, ektu, to, ami, amar, amake, amay, apni, apnar, apnake, ei, eta, ekhon,
      aj, abar, ar, mujhe, mera, meri, mere, main, mai, hum, hame, aap, aapka, yeh, ye, woh, wo, abhi, aaj, ek, baar, zara, jara, toh, aur, hai, hain, hoon, hun, ka, ki, ke, ko, se, me, mein, par, hi, bhi, bahut, bas, khub, karo, karein, kare, karna, kijiye,
      do, de do, dijiye, din, den, deben, korun, koro, korte, korbo, hobe, jabe, kaku, babu, ache, achhe`,
  },
  want: {
    en: `want, need, i want, i need, require, required, wanna, would like, like to, wish to, looking for, give, give me, send, send me, show, show me, get, share, provide, let me know, tell me, tell, check, see, know, update, details of, about my`,
    bn: `চাই, দরকার, লাগবে, চাইছি, চাইছিলাম, পাঠান, পাঠাও, পাঠিয়ে দিন, পাঠাবেন, দেখান, দেখতে চাই, দেখব, দেখুন, দিন, জানতে চাই, জানান, জানাবেন, বলুন, বলবেন, প্রয়োজন, পাব, পাবো`,
    hi: `चाहिए, चाहिये, चाहता हूँ, चाहती हूँ, चाहते हैं, भेजो, भेजें, भेज दो, भेजिए, भेज दीजिए, दिखाओ, दिखाएं, दिखाइए, बताओ, बताएं, बताइए, देखना, देखना है, जानना, दरकार, जरूरत, ज़रूरत`,
    roman: `chai, lagbe, dorkar, darkar, pathan, pathao, pathiye din, patha, dekhan, dekhao, dekhte chai, jante chai, bolun, bolo, pabo, chahiye, chahie, chaiye, chaahiye, chahta hu, chahta hoon, chahti hu, bhejo, bhej do, bhejiye, bheje,
      dikhao, batao, bataiye, bata do, dekhna, jarurat, zarurat, proyojon`,
  },
  // ---- asking -----------------------------------------------------------------------------------------------------------
  how: {
    en: 'how, how to, how do i, how can i, how does, what is the process, procedure, process, steps, guide, what to do, what should i do, what do i do, method',
    bn: 'কীভাবে, কিভাবে, কী ভাবে, কি ভাবে, কেমন করে, কী করে, কি করে, কি কইরা, কী করব, কি করব, কী করতে হবে, কি করতে হবে, পদ্ধতি, উপায়, নিয়ম',
    hi: 'कैसे, किस तरह, कैसे करें, क्या करूँ, क्या करना है, क्या करना होगा, तरीका, तरीक़ा, प्रक्रिया, क्या करें',
    roman:
      'kivabe, kibhabe, ki bhabe, ki vabe, kemon kore, ki kore, ki korbo, ki korte hobe, kaise, kese, kaise kare, kaise karein, kya karu, kya karna hai, kya karna hoga, tarika, kya karein',
  },
  where: {
    en: 'where, where is, where do i find, where can i find, where can i get, how do i find, how can i find, how to find, where will i find',
    bn: 'কোথায়, কোথা থেকে, কোথা, কোথায় পাব, কোথায় পাবো, কোনখানে, কোন জায়গায়',
    hi: 'कहाँ, कहां, किधर, कहाँ मिलेगा, कहाँ से',
    roman:
      'kothay, kothai, kothae, kotha theke, konkhane, kahan, kaha, kidhar, kahaan, kaha milega, kahan milega',
  },
  howMuch: {
    en: 'how much, how much is, amount due, what is due, total due, outstanding, pending, due, dues, balance, what do i owe, do i owe, i owe, pending amount, payable, bill amount, unpaid',
    bn: 'কত, কত টাকা, কত হল, কত হয়েছে, কত বাকি, বাকি কত, বাকি, বাকি আছে, বকেয়া, বকেয়া কত, কত দিতে হবে, ডিউ, অনাদায়ী, কত পড়বে, পাওনা',
    hi: 'कितना, कितने, कितनी, बाकी, बाक़ी, बकाया, कितना बाकी, कितना देना है, ड्यू, बाकी है',
    roman:
      'koto, koto taka, koto baki, baki, baki koto, bokeya, bakeya, bakaya, due koto, koto dite hobe, kitna, kitne, kitni, kitna baki, kitna dena hai, koto hoyeche, koto holo',
  },
  why: {
    en: 'why, what for, how come',
    bn: 'কেন, কী জন্য, কি জন্য',
    hi: 'क्यों, किसलिए, क्यूँ, क्यूं',
    roman: 'keno, kyu, kyun, kyon',
  },
  when: {
    en: 'when, by when, what time, last date, due date, how long',
    bn: 'কবে, কখন, কতদিন, কত দিন, শেষ তারিখ, লাস্ট ডেট',
    hi: 'कब, कब तक, कितने दिन, आखिरी तारीख, अंतिम तिथि',
    roman: 'kobe, kokhon, koto din, kab, kab tak, kitne din, last date, kotodin',
  },
  // ---- paying -------------------------------------------------------------------------------------------------------------
  pay: {
    en: `pay, paying, payment, pay now, make payment, payment link, pay link, link, deposit, online payment, pay online, pay bill, bill payment, clear dues, clear my dues, settle,
      paytm, gpay, google pay, phonepe, upi, net banking, netbanking, debit card, credit card, qr code, pay through`,
    bn: `টাকা দেব, টাকা দিব, টাকা দেবো, টাকা দিতে চাই, টাকা জমা, জমা দেব, জমা দিতে চাই, জমা দিতে, জমা দিব, জমা করতে, জমা করব, জমা দেওয়া, মেটাব, মেটাতে চাই, মেটাতে, মিটিয়ে দেব, দিয়ে দেব, দিয়ে দিই, দিয়ে দিতে চাই, টাকা মেটাব, পেমেন্ট, পেমেন, পেমেন্ট করব,
      পেমেন্ট লিঙ্ক, লিঙ্ক, লিংক, পরিশোধ, টাকা দেওয়া, টাকা পাঠাব, জিপে, ফোনপে, গুগল পে, ইউপিআই, পে করব, পে করতে, শোধ`,
    hi: `भुगतान, भुगतान करना, पेमेंट, पेमेन्ट, पेमेंट करना है, पैसे देने, पैसा देना, पैसे देना, पैसा जमा, पैसे जमा, जमा करना, जमा करनी, जमा करने, जमा करूं, जमा कराना, भरना, भरनी, भरने, चुकाना, चुकाने, चुका, अदा, अदा करना, लिंक, पे करना, पे करूं, गूगल पे, फोनपे, यूपीआई, भर सकते, देना है`,
    roman: `taka debo, taka dibo, taka dite chai, taka dibo, taka joma, joma debo, joma dite, joma dibo, joma korte, joma korbo, metabo, metate chai, mitiye debo, diye debo, diye dite chai, pement, paymnt, paymant, peyment, payment korbo, payment karna, pay korbo, pay korte,
      pay karna, paisa dena, paise dene, paisa jama, paise jama, jama karna, jama karne, jama karu, bharna, bharne, bharni, bhugtan, bhugtaan, chukana, chukane, link pathan, link bhejo, porishodh, poisa debo, ada karna, bhar du, bharu`,
  },
  payVerb: {
    en: 'give money',
    bn: 'দেব, দেবো, দিব, দিতে চাই, দিতে, দিতে হবে, দেওয়া, জমা, দিচ্ছি, দেওয়া যাবে, দিতে পারি',
    hi: 'देना, देने, देनी, दूँ, जमा',
    roman: 'debo, dibo, dite, dite chai, dewa, joma, dena, jama, dicchi',
  },
  paid: {
    en: 'paid, have paid, already paid, i paid, payment done, payment made, payment successful, made payment, made the payment, deposited, completed payment, payment complete, payment completed, paid yesterday, paid today, transferred',
    bn: `দিয়েছি, জমা দিয়েছি, জমা করেছি, দিয়েছিলাম, টাকা দিয়েছি, টাকা দিলাম, দিলাম, দিয়ে দিয়েছি, মিটিয়েছি, মিটিয়ে দিয়েছি, পেমেন্ট করেছি, পেমেন্ট করলাম, পেমেন্ট হয়েছে, পেমেন্ট হয়ে গেছে, পেমেন্ট করে দিয়েছি, টাকা দেওয়া হয়ে গেছে, জমা দিলাম, দিয়ে দিলাম,
      জমা দেওয়ার পর, টাকা দেওয়ার পর, জমা পড়েছে, জমা হয়েছে`,
    hi: `भुगतान किया, भुगतान कर दिया, भुगतान हो गया, पेमेंट किया, पेमेंट कर दिया, पेमेंट कर दिया है, पेमेंट हो गया, पैसे दे दिए, पैसा दे दिया, पैसे दिए, जमा किया, जमा कर दिया, जमा किए, भर दिया, भर दिए, दे दिया, दे दिए, चुका दिया, भुगतान कर चुका, जमा हो गया, जमा करवाया, कर चुका`,
    roman: `diyechi, diechi, dieche, diyechilam, taka diyechi, taka dilam, diye diyechi, payment korechi, payment korlam, payment hoyeche, payment hoye geche, payment kore diyechi, joma diyechi, joma korechi, joma dilam, pay korechi, pay korlam, mitiyechi, payment kiya, payment kar diya,
      payment ho gaya, paise de diye, paisa de diya, jama kiya, jama kar diya, bhar diya, de diya, pay kiya, pay kar diya, bhugtan kiya, bhugtan kar diya, chuka diya, kar diya`,
  },
  money: {
    en: 'money, amount, rupees, rs, cash, payment, transaction, account, bank, fund, balance amount',
    bn: 'টাকা, টাকাটা, পয়সা, অ্যাকাউন্ট, একাউন্ট, ব্যাঙ্ক, ব্যাংক, পেমেন্ট, লেনদেন, ট্রানজাকশন, টাকাগুলো',
    hi: 'पैसा, पैसे, रुपये, रुपए, रुपया, रकम, राशि, खाता, खाते, बैंक, पेमेंट, भुगतान, लेनदेन, ट्रांजैक्शन',
    roman:
      'taka, takata, tk, poisa, paisa, paise, rupaye, rupay, rupiya, rakam, account, bank, khata, khate, transaction',
  },
  cut: {
    en: `deducted, debited, deduct, debit, got deducted, money cut, amount cut, was cut, cut from, cut twice, double payment, paid twice, charged twice, debited twice, deducted twice, money gone, money went, taken, gone from my account, charged, double deducted, withdrawn, cut`,
    bn: `কেটেছে, কেটে নিয়েছে, কেটে নিল, কেটে গেছে, কাটা গেছে, কেটে গেল, কাটল, কেটে, কাটা গেল, কেটেছ, কাটছে, দুবার কেটেছে, দু বার কেটেছে, টাকা কাটা, ডেবিট, ডেবিট হয়েছে, দুবার জমা, দুবার পেমেন্ট, দুইবার, দু'বার টাকা, কাইটা`,
    hi: `कट गया, कट गए, कट गये, कटा, कटे, कट चुका, कट चुके, काट लिया, काट लिए, डेबिट, डेबिट हो गया, दो बार कट, दो बार, डबल पेमेंट, कट`,
    roman: `keteche, kete niyeche, kete nieche, kete nilo, kete geche, kete gelo, kata geche, kata gelo, ketechhe, kete gechhe, katlo, kete, kat gaya, kat gaye, kat gya, kat gye, kata hai, kat liya, kaat liya, kat chuka, debit hoyeche, debit hua, do baar, du bar, dubar, 2 bar, kete niyechhe`,
  },
  failed: {
    en: `failed, fail, failure, payment failed, transaction failed, unsuccessful, not successful, stuck, error, declined, not updated, not reflected, not reflecting, not showing, still showing, still shows, still due, not credited, timed out, timeout, showing failed, shows failed, payment error, not completed, hanged, pending payment, processing since`,
    bn: `ফেল, ফেইল, ব্যর্থ, ফেল করেছে, আটকে, আটকে আছে, আটকে গেছে, এরর, হল না, হচ্ছে না, জমা পড়েনি, জমা হয়নি, পৌঁছায়নি, পৌঁছয়নি, ঢোকেনি, আপডেট হয়নি, দেখাচ্ছে না, এখনও বাকি দেখাচ্ছে, বাকি দেখাচ্ছে, বকেয়া দেখাচ্ছে, পেন্ডিং দেখাচ্ছে, সফল হয়নি, মার গেছে, ফেল দেখাচ্ছে`,
    hi: `फेल, फ़ेल, असफल, विफल, अटक, अटका, अटक गया, एरर, नहीं हुआ, जमा नहीं हुआ, नहीं पहुँचा, नहीं पहुंचा, अपडेट नहीं, नहीं दिख रहा, अब भी बाकी, बकाया दिखा रहा, फंस गया, फंसा`,
    roman: `fail, fail hoyeche, atke ache, atke, atke geche, joma poreni, joma hoyni, pouchoyni, dhokeni, update hoyni, dekhacche na, baki dekhacche, due dekhacche, atak gaya, nahi hua, jama nahi hua, nahi pahucha, update nahi hua, dikha nahi, abhi bhi due, abhi bhi baki, fas gaya, phas gaya, holo na, hocche na`,
  },
  refund: {
    en: 'refund, refunded, money back, return my money, get my money back, refund status, reversal, chargeback, return the money, paise back',
    bn: 'রিফান্ড, ফেরত চাই, টাকা ফেরত, ফেরত দিন, ফেরৎ, ফেরত পাব, ফেরত আসবে, ফেরত আসেনি, ফেরত দেবেন, টাকাটা ফেরত, টাকা ফিরিয়ে, ফেরত পাইনি',
    hi: 'रिफंड, रिफ़ंड, पैसे वापस, पैसा वापस, वापस करो पैसे, वापस चाहिए, पैसे लौटा, लौटा दो, वापसी, पैसे कब वापस',
    roman:
      'taka ferot, taka ferat, ferot chai, ferot pabo, ferot din, ferot asbe, paisa wapas, paise wapas, paisa vapas, paise vapas, wapas chahiye, taka firiye, paise lauta',
  },
  notReceived: {
    en: `not received, not get, not got, didnt get, did not get, didnt receive, did not receive, havent received, have not received, havent got, never received, never got, no receipt, not come, didnt come, not arrived, hasnt come, without receipt, still not, yet to receive, nothing came, not generated, not yet received, no confirmation, where is my receipt, where is the receipt, nothing received, no message came, dont have receipt`,
    bn: `পাইনি, পাই নি, পেলাম না, আসেনি, আসে নি, আসছে না, এল না, এলো না, পাচ্ছি না, পেয়েও, রসিদ নেই, পাওয়া যায়নি, কিছু আসেনি, দেয়নি, দেয় নি, আসলো না, পাই নাই, আসে নাই, পাইলাম না`,
    hi: `नहीं मिला, नहीं मिली, नहीं मिले, नहीं आया, नहीं आई, नहीं आये, नहीं आए, मिला नहीं, मिली नहीं, आई नहीं, आया नहीं, कुछ नहीं आया, प्राप्त नहीं, नहीं मिल रहा, नहीं मिल रही, ना मिला, नहीं दी`,
    roman: `paini, pai ni, pelam na, aseni, ase ni, asche na, elo na, pacchi na, receipt nei, nahi mila, nahi mili, nahi aaya, nahi aayi, nahi aya, nahi ayi, mila nahi, mili nahi, aaya nahi, aayi nahi, nai mila, nhi mila, nhi mili, nhi aaya, nhi ayi, nahin mila, paini ekhono, pai nai, pailam na`,
  },
  // ---- papers ------------------------------------------------------------------------------------------------------------
  receipt: {
    en: `receiptnumber, receipt, receipts, recipt, my receipts, reciept, receit, money receipt, tax receipt, payment receipt, payment history, payment proof, proof of payment, paid bill, paid bills, payments, my payments, past payments, previous payments, previous payment, last payment, acknowledgement, acknowledgment,
      invoice, challan, payment details, transaction history, old receipts, paid bill copy, payment record, payment slip, deposit slip, payment confirmation, duplicate receipt, history`,
    bn: `রসিদ, রসীদ, রশিদ, রশীদ, রসিদগুলি, আমার রসিদ, রিসিট, রিসিপ্ট, রিসিপট, রিসিভ কপি, টাকা জমার কাগজ, জমার কাগজ, জমার প্রমাণ, পেমেন্টের কাগজ, আগের পেমেন্ট, আগের পেমেন্টগুলো, আমার পেমেন্ট, আমার পেমেন্টগুলো, পেমেন্ট হিস্ট্রি, শেষ পেমেন্ট, চালান, পেমেন্টের হিসেব, জমার রসিদ, পেমেন্টগুলি, কবে কত দিয়েছি, কত দিয়েছি, কী কী দিয়েছি, পেমেন্টের প্রমাণ`,
    hi: `रसीद, रसीदें, रसीदों, रशीद, रसिद, रिसीट, रिसिप्ट, मेरी रसीद, मेरी रसीदें, मेरे भुगतान, पिछले भुगतान, पिछला भुगतान, भुगतान का इतिहास, पेमेंट हिस्ट्री, भुगतान का प्रमाण, चालान, पावती, पिछले पेमेंट, मेरे पेमेंट, भुगतान का सबूत`,
    roman: `rosid, roshid, rasid, rashid, raseed, rasheed, resit, amar rosid, meri rasid, mere bhugtan, ager payment, purono payment, pichla payment, pichhla payment, pichle payment, pavti, chalan, amar payment, mera payment history, joma kagoj, jomar kagoj, payment er kagoj`,
  },
  certificate: {
    en: 'certificate, my certificate, certificates, certificate pdf, enlistment certificate, certificate of enlistment copy, licence copy, license copy, licence pdf, license pdf, licence certificate, license certificate, copy of licence, copy of license, copy of my licence, copy of the licence, copy of my trade licence, copy of trade licence, copy of trade license, trade licence copy, trade license copy, download licence, download license, download my licence, download trade licence, print licence, soft copy of licence, renewed licence copy, tl copy',
    bn: 'শংসাপত্র, সার্টিফিকেট, প্রমাণপত্র, লাইসেন্সের কপি, লাইসেন্স কপি, ট্রেড লাইসেন্সের কপি, লাইসেন্সের পিডিএফ, সার্টিফিকেটের কপি, লাইসেন্স ডাউনলোড, লাইসেন্সের কাগজ',
    hi: 'प्रमाणपत्र, प्रमाण पत्र, सर्टिफिकेट, लाइसेंस की कॉपी, लाइसेंस कॉपी, लाइसेंस डाउनलोड, ट्रेड लाइसेंस की कॉपी, लाइसेंस का पीडीएफ',
    roman:
      'shongsapotro, songsapatra, licence er copy, license er copy, licence copy, licence ki copy, license ki copy, trade license ki copy, trade licence er copy, praman patra, sertificate, sartificate, certifcate',
  },
  copy: {
    en: 'copy, duplicate, download, soft copy, pdf, print, reprint, print out, printout',
    bn: 'কপি, ডাউনলোড, প্রিন্ট, নকল, পিডিএফ, ডুপ্লিকেট, সফট কপি',
    hi: 'कॉपी, डाउनलोड, प्रिंट, नकल, पीडीएफ, डुप्लीकेट',
    roman: 'kopi, nokol, nakal, pdf',
  },
  lost: {
    en: 'lost, misplaced, missing, deleted, lost it, torn',
    bn: 'হারিয়ে গেছে, হারিয়ে ফেলেছি, হারিয়েছি, হারিয়ে, ডিলিট হয়ে গেছে, খুঁজে পাচ্ছি না, ছিঁড়ে গেছে',
    hi: 'खो गया, खो गई, खो गयी, गुम, गुम हो गया, डिलीट हो गया, मिल नहीं रहा, फट गया',
    roman:
      'hariye geche, hariye felechi, hariyechi, hariye gechhe, hariye, khuje pacchi na, kho gaya, kho gayi, gum ho gaya, gum',
  },
  // ---- what is paid for -----------------------------------------------------------------------------------------------------
  tax: {
    en: 'tax, taxes, taxx, tx',
    bn: 'ট্যাক্স, টেক্স, ট্যাস্ক, ট্যাকসো, করের, করটা, করও, কর দেব, কর দিতে, কর জমা, কর বাবদ, কর কত, কর মেটাতে, কর দেওয়া, কর দিব',
    hi: 'टैक्स, टेक्स, टॅक्स, कर भरना, कर जमा, कर का, कर की, कर देना, कर कितना, कर भुगतान',
    roman: 'taks, teks, kor dibo, kor debo, kor dite, kor joma, kar jama, kar bharna, taxer, tax er',
  },
  premises: {
    en: 'house, flat, building, apartment, land, plot, premises, home',
    bn: 'বাড়ি, বাড়ির, বাড়িটা, ফ্ল্যাট, ঘরের, জমি, জমির, প্রেমিসেস, বাসা, বাসার, বসতবাটী',
    hi: 'घर, मकान, फ्लैट, ज़मीन, जमीन, बिल्डिंग, संपत्ति, सम्पत्ति',
    roman: 'bari, barir, ghor, ghorer, flat, jomi, jomir, ghar, makan, makaan, zameen, basa',
  },
  bill: {
    en: 'bill, bills, demand notice, demand, my bill',
    bn: 'বিল, বিলটা, বিলের, ডিমান্ড',
    hi: 'बिल, बिलों, डिमांड',
    roman: 'bil, biler',
  },
  mutation: { en: 'mutation', bn: 'মিউটেশন, নামজারি', hi: 'म्यूटेशन, दाखिल खारिज', roman: 'miutesion, namjari' },
  licence: {
    en: 'licence, license, lisence, lisense, liscense, lic, trade lic, licences',
    bn: 'লাইসেন্স, লাইসেনস, লাইসেন্সটা, লাইসেন্সের',
    hi: 'लाइसेंस, लाइसेन्स, लायसेंस, अनुज्ञप्ति',
    roman: 'laisens, laisence, lisens, laicence',
  },
  shop: {
    en: 'shop, store, business, trade, company, firm, restaurant, showroom, godown, factory, saloon, salon',
    bn: 'দোকান, দোকানের, ব্যবসা, ব্যবসার, কারবার, গোডাউন, কারখানা, রেস্টুরেন্ট',
    hi: 'दुकान, दूकान, व्यापार, व्यवसाय, कारोबार, धंधा, गोदाम',
    roman: 'dokan, dokaner, byabsa, bebsa, babsa, dukan, dukaan, vyapar, vyapaar, karobar, dhanda',
  },
  renew: {
    en: `renew, renewal, renewel, renewl, reniew, renual, renuwal, re new, renewing, renewed, extend, extension, expired, expiring, expires, expire, expiry, validity extend, revalidate`,
    bn: `নবীকরণ, নবিকরণ, নবায়ন, পুনর্নবীকরণ, পুণর্নবীকরণ, পুনর্নবিকরণ, পুনঃনবীকরণ, পুনরনবীকরণ, রিনিউ, রিনিউয়াল, রিনিউআল, রিনিয়াল, রিনু, মেয়াদ বাড়ানো, মেয়াদ বাড়াতে, মেয়াদ বাড়াব, মেয়াদ শেষ, মেয়াদ ফুরিয়ে, মেয়াদ শেষ হয়ে গেছে, মেয়াদ পেরিয়ে, লাইসেন্স নতুন করে, লাইসেন্স নতুন করা, এক্সপায়ার`,
    hi: `नवीनीकरण, नवीकरण, नवीनीकृत, रिन्यू, रिन्यु, रिन्यूअल, रिन्युअल, रिनुअल, रिनिवल, रिनीवल, पुनर्नवीनीकरण, वैधता बढ़ाना, वैधता बढ़ानी, लाइसेंस बढ़ाना, एक्सपायर, मियाद खत्म, खत्म हो गया लाइसेंस, अवधि समाप्त, वैधता खत्म`,
    roman: `nobikoron, nabikaran, nobayon, nabinikaran, navinikaran, naveenikaran, punornobikoron, punarnabikaran, meyad barano, meyad barate, meyad shesh, meyad ses, renew koro, renew karna, renu, rinew, rinu, licence notun kora, license badhana, licence badhana, vaidhta`,
  },
  // ---- status, office, people -----------------------------------------------------------------------------------------------
  status: {
    en: `status, my status, application status, payment status, check status, track, track application, tracking, progress, how far, under process, when will it be done, when will i get, when will, how long will it take, still pending, what happened to my, any update, update on, follow up, is it done, has it been approved, approved or not, got approved`,
    bn: `অবস্থা, কী অবস্থা, স্ট্যাটাস, স্টেটাস, স্থিতি, কত দূর, কতদূর, কতদুর, কী হল, কি হল, কি হলো, কী হলো, কোন পর্যায়ে, আবেদনের অবস্থা, হয়েছে কি না, হয়েছে কিনা, কবে পাব, কবে পাবো, কবে হবে, কতদিন লাগবে, কত দিন লাগবে, খবর কী, অগ্রগতি, পাশ হয়েছে, পাস হয়েছে, মঞ্জুর হয়েছে, অনুমোদন হয়েছে`,
    hi: `स्थिति, स्टेटस, कहाँ तक, कहां तक, क्या हुआ, कब मिलेगा, कब मिलेगी, कब तक होगा, कब तक मिलेगा, कितने दिन लगेंगे, पास हुआ, मंजूर हुआ, कब होगा, हुआ या नहीं`,
    roman: `obostha, abostha, ki obostha, sthiti, kotodur, koto dur, ki holo, kobe pabo, kobe hobe, kahan tak, kaha tak, kya hua, kab milega, kab tak hoga, kab hoga, hoyeche kina, hoeche kina, hua ya nahi, hua kya, pass hoyeche, kotdur, koddur, kaddur`,
  },
  application: {
    en: 'application, applied, my application, application number, request, submitted',
    bn: 'আবেদন, আবেদনের, দরখাস্ত, আবেদনপত্র, অ্যাপ্লিকেশন, অ্যাপ্লাই, আবেদন করেছি, জমা দিয়েছিলাম',
    hi: 'आवेदन, अर्जी, अर्ज़ी, एप्लीकेशन, अप्लाई, दरखास्त',
    roman: 'abedon, aabedon, dorkhasto, avedan, aavedan, arji, apply korechi, apply kiya, aplication, abedan',
  },
  office: {
    en: 'office, offices, borough office, head office, headquarters, counter, ward office, corporation office, kmc office, assessment office, licence office, license office, department, centre, center',
    bn: 'অফিস, অফিসে, বরো অফিস, কার্যালয়, দপ্তর, দফতর, কাউন্টার, পুরসভার অফিস, বোরো অফিস, সদর দফতর, বিভাগ',
    hi: 'ऑफिस, ऑफ़िस, आफिस, कार्यालय, दफ्तर, दफ़्तर, काउंटर, विभाग, नगर निगम कार्यालय',
    roman: 'ofis, daftar, doptor, karyalay, kauntar, boro office',
  },
  address: {
    en: 'address, location, situated, directions, map, where is your, where are you, where is kmc',
    bn: 'অফিসের ঠিকানা, ঠিকানা, লোকেশন',
    hi: 'ऑफिस का पता, का पता, पता क्या है, एड्रेस, लोकेशन',
    roman: 'thikana, office ka pata, pata kya hai, adress, address kya hai, address ki',
  },
  hours: {
    en: 'hours, timing, timings, office hours, open, closed, opening time, closing time, when open, open time, open till, working hours, holiday, holidays, open on saturday, open on sunday, open today, what time, open tomorrow, lunch time',
    bn: 'কখন খোলা, কখন বন্ধ, কটা পর্যন্ত, কটা থেকে, কটায় খোলে, কখন খোলে, খোলা থাকে, খোলা আছে, খোলা কি, খোলা, ছুটি, সময়সূচি, শনিবার, রবিবার, কটায়, কয়টায়, সময়',
    hi: 'का समय, समय, कब खुलता, कब खुलेगा, खुला, खुला है, कब बंद, कितने बजे, टाइमिंग, टाइम, छुट्टी, खुलता, शनिवार, रविवार',
    roman:
      'kokhon khola, koto porjonto khola, kotay khole, khola thake, khola ache, khola, kab khulta, kab khulega, khula hai, khula, kitne baje, chhuti, chutti, somoy, kota porjonto, kotay',
  },
  phone: {
    en: 'phone number, phone no, telephone, telephone number, helpline, help line, contact number, contact no, customer care, toll free, tollfree, contact, contact us, helpline number, call centre, call center, email, email id, whatsapp number, landline',
    bn: 'ফোন নম্বর, ফোন নাম্বার, হেল্পলাইন, হেল্প লাইন, টোল ফ্রি, কাস্টমার কেয়ার, যোগাযোগ, যোগাযোগের নম্বর, ইমেল, টেলিফোন, ফোন করব কোথায়, কোন নম্বরে ফোন',
    hi: 'फोन नंबर, फ़ोन नंबर, हेल्पलाइन, हेल्पलाइन नंबर, कस्टमर केयर, टोल फ्री, संपर्क, सम्पर्क, ईमेल, टेलीफोन, किस नंबर पर',
    roman:
      'fon number, phn number, phn no, fone number, helplain, jogajog, sampark, contact kaise, kon numbere phone',
  },
  what: {
    en: `about this service, what is this, who are you, what is this number, whose number, are you a robot, are you a bot, is this kmc, is this official, is it official, is this genuine, is this real, is it safe, is this fake, fraud, scam, about, about you, info, information, privacy, privacy policy, who is this, what service, is this the kmc, is this kolkata municipal, is this kolkata corporation`,
    bn: `এই পরিষেবা সম্পর্কে, পরিষেবা সম্পর্কে, সম্পর্কে, এটা কী, এটা কি, এটা কার নম্বর, কার নম্বর, আপনি কে, কে আপনি, কে বলছেন, আপনারা কারা, তুমি কে, এটা কি পুরসভার, আসল কি, ভুয়ো, জালিয়াতি, গোপনীয়তা, তথ্য, পুরসভার নম্বর তো, এটা কি সরকারি, কী কাজ, কি কাজ, রোবট`,
    hi: `सेवा के बारे में, इस सेवा के बारे में, के बारे में, यह क्या है, ये क्या है, किसका नंबर, आप कौन, कौन हैं आप, कौन हो, क्या यह नगर निगम, असली है, फर्जी, गोपनीयता, जानकारी, यह नंबर किसका, रोबोट`,
    roman: `somporke, kar number, apni ke, ke apni, tumi ke, eta ki, ke bolchen, kon bolchen, kaun ho, kon ho, aap kaun, aap kon, kiska number, kya hai ye, ye kya hai, asli hai, jankari, ke bare mein, tothyo, farzi, bhuyo, robot, goponiyota`,
  },
  complain: {
    en: 'complaint, complain, complaints, complaining, grievance, grievances, lodge complaint, report a problem, register complaint, file a complaint, objection, corruption, bribe, harassment, harassing, rude, misbehaved, misbehaviour, negligence, asking for money, asked for money',
    bn: 'অভিযোগ, অভিযোগ করতে চাই, নালিশ, কমপ্লেন, কমপ্লেইন, কমপ্লেন্ট, আপত্তি, ঘুষ, দুর্নীতি, দুর্ব্যবহার, হয়রানি, খারাপ ব্যবহার, গাফিলতি',
    hi: 'शिकायत, शिकायत दर्ज, शिकायत करनी है, कम्प्लेन, कंप्लेंट, कम्प्लेंट, आपत्ति, रिश्वत, घूस, भ्रष्टाचार, बदतमीजी, दुर्व्यवहार, परेशान कर',
    roman:
      'ovijog, obhijog, abhijog, nalish, complen, complane, complent, shikayat, sikayat, shikayet, apotti, ghush, rishwat, ghoos, durniti, hoyrani, kharap byabohar',
  },
  civic: {
    en: `garbage, trash, waste, dustbin, vat, drain, drains, drainage, sewer, sewage, manhole, waterlogging, water logging, waterlogged, flooded, pothole, potholes, broken road, road condition, street light, streetlight, street lights, lamp post, mosquito, mosquitoes, dengue, malaria, stray dog, stray dogs, dogs, dead animal,
      illegal construction, illegal building, encroachment, no water, dirty water, water supply, tap water, water leak, leaking, leakage, foul smell, bad smell, stink, noise, hawker, hawkers, tree, fallen tree, sweeping, sweeper, not cleaned, footpath, pipe, pipeline, pavement, illegal parking, overflowing, clogged, lights are not working`,
    bn: `ময়লা, আবর্জনা, জঞ্জাল, নর্দমা, ড্রেন, নালা, ম্যানহোল, জল জমে, জল জমা, জল জমেছে, জল দাঁড়িয়ে, জল আসছে না, জল নেই, জলের সমস্যা, নোংরা জল, ঘোলা জল, রাস্তা ভাঙা, রাস্তা খারাপ, রাস্তায় গর্ত, রাস্তার অবস্থা, রাস্তার আলো, আলো জ্বলছে না, আলো জ্বলে না, ল্যাম্পপোস্ট, পথবাতি, মশা, মশার, ডেঙ্গু, ডেঙ্গি, কুকুর, বেআইনি নির্মাণ, বেআইনি বাড়ি, অবৈধ নির্মাণ, দুর্গন্ধ, গন্ধ, ফুটপাথ, গাছ পড়ে,
      গাছ ভেঙে, ডাল ভেঙে, পাইপ ফেটে, পাইপ ফেটেছে, ভ্যাট, হকার, পরিষ্কার করে না, পরিষ্কার হয়নি, পরিষ্কার হচ্ছে না, পানীয় জল, কলের জল, রাস্তা, সাফাই, মরা কুকুর`,
    hi: `कूड़ा, कचरा, गंदगी, नाली, नाला, सीवर, मैनहोल, पानी भर, पानी जमा, जलभराव, पानी नहीं आ रहा, पानी नहीं, गंदा पानी, सड़क टूटी, सड़क खराब, गड्ढा, गड्ढे, गड्ढों, स्ट्रीट लाइट, सड़क की लाइट, मच्छर, डेंगू, मलेरिया, आवारा कुत्ते, कुत्ते, कुत्तों, अवैध निर्माण, बदबू, फुटपाथ, पेड़ गिर, पाइप फट, पाइप टूट, सफाई, सफाई नहीं, सफाईकर्मी, अतिक्रमण, खंभे, सड़क`,
    roman: `moyla, noyla, abarjona, jonjal, nordoma, nordama, jol jome, jol jomeche, jol asche na, jol nei, nongra jol, rasta bhanga, rasta kharap, rastar alo, rastar light, mosha, moshar, kukur, durgondho, footpath, kuda, kooda, kachra, kachda, gandagi, nali, naali, naala, paani nahi, pani nahi, ganda pani, sadak, gaddha, gadda, gadde,
      machhar, machar, macchar, awara kutte, kutte, badbu, safai, safai nahi, light jolche na, alo jolche na, pani bhar, saf nahi, drain jam, jol jome ache, rasta te, pipe fete`,
  },
  notWorking: {
    en: 'not working, problem, issue, problems, broken, damaged, blocked, choked',
    bn: 'সমস্যা, কাজ করছে না, খারাপ, ভাঙা',
    hi: 'समस्या, दिक्कत, काम नहीं कर रहा, खराब, परेशानी',
    roman:
      'somossa, somosya, samasya, dikkat, problem hocche, kaj korche na, kaam nahi kar raha, kharap, kharab, pareshani',
  },
  human: {
    en: 'human, agent, real person, person, representative, executive, operator, someone, somebody, officer, official, live agent, customer executive, staff, a man, real human, live chat, manager, supervisor, councillor, mayor, live person',
    bn: 'মানুষ, মানুষের সঙ্গে, মানুষের সাথে, এজেন্ট, অফিসার, আধিকারিক, কারও সঙ্গে, কারো সঙ্গে, কারও সাথে, কারো সাথে, কর্মী, কাউকে, অপারেটর, প্রতিনিধি, কোনও মানুষ, লোকের সঙ্গে, লোকের সাথে, কেউ',
    hi: 'इंसान, आदमी, एजेंट, अधिकारी, अफसर, अफ़सर, ऑफिसर, किसी से, किसी आदमी, किसी व्यक्ति, कर्मचारी, प्रतिनिधि, ऑपरेटर, व्यक्ति, कोई',
    roman:
      'manush, manusher sathe, manusher songe, lok er sathe, loker sathe, karor sathe, karo sathe, karur sathe, karo songe, insaan, insan, aadmi, admi, kisi se, adhikari, afsar, officer er sathe, koi bande, bande se, kauke',
  },
  talk: {
    en: 'talk, speak, talk to, speak to, speak with, talk with, connect, connect me, chat with, call me, call me back, call back, callback, give me a call, contact person, transfer me, phone me, conversation with, reach',
    bn: 'কথা বলতে চাই, কথা বলব, কথা বলতে, কথা বলবো, কথা বলা, কথা বলান, কথা বলিয়ে, কথা কইতে, ফোন করুন, ফোন করবেন, কল করুন, ফোন করতে বলুন, কল করবেন, ফোন কর, যোগাযোগ করিয়ে',
    hi: 'बात करनी है, बात करना, बात करना है, बात कराओ, बात कराइए, बात करवाइए, बात करा, बात करवा, बात हो, फोन करो, फ़ोन करें, कॉल करें, कॉल करो, कॉल कीजिए, फोन कीजिए, बात करूं, कॉल बैक, फोन करें',
    roman:
      'kotha bolte chai, kotha bolbo, kotha bolte, kotha bola, kotha bolan, phone korun, call korun, phone korben, baat karna, baat karni, baat karna hai, baat karao, baat karwa, baat kara, bat karni, bat karna, bat karao, phone karo, call karo, call kijiye, phone kijiye, baat karwao, call koren, call koro',
  },
  helpWord: {
    en: 'help, help me, sos, assistance, assist, support, guide me, need help, can you help, i need help, stuck here, helpp',
    bn: 'সাহায্য, সহায়তা, হেল্প, মদত, সাহায্য চাই, সহযোগিতা, বুঝিয়ে দিন, বুঝিয়ে বলুন',
    hi: 'मदद, सहायता, हेल्प, समझाओ, समझाइए, समझा दीजिए, मार्गदर्शन',
    roman:
      'sahajjo, sahajyo, shahajjo, sahajya, sahayya, madad, maddad, sahayata, sahayta, shahajjo, bujhiye din, samjhao, samjha do, samjhaiye, help korun, madat',
  },
  notUnderstand: {
    en: 'dont understand, do not understand, didnt understand, did not understand, cant understand, cannot understand, not understanding, confused, confusing, what do you mean, not clear, not able to understand, not understood, couldnt understand, i am lost, no idea, dont know how, dont know what to do, unable to understand, dont get it, what does this mean, new to this, first time here',
    bn: 'বুঝতে পারছি না, বুঝতে পারিনি, বুঝলাম না, বুঝিনি, বুঝি না, বোঝা যাচ্ছে না, মাথায় ঢুকছে না, বুঝতে পারলাম না, বুঝতেছি না, বুঝতাছি না, বুঝতে পারছিনা, কিছু বুঝছি না, বুঝছি না, কিছুই বুঝ',
    hi: 'समझ नहीं आया, समझ नहीं, समझ में नहीं आया, समझ नहीं आ रहा, समझ में नहीं आ रहा, नहीं समझा, नहीं समझी, समझ नहीं पा रहा, पल्ले नहीं, नहीं समझ',
    roman:
      'bujhte parchi na, bujhte parini, bujhlam na, bujhini, bujhi na, bujhte parchina, bujte parchi na, bujhte parlam na, kichui bujhchi na, samajh nahi aaya, samajh nahi aya, samajh nahi, samajh me nahi aaya, samajh mein nahi, samajh nhi, samjh nahi aaya, samjh nhi, nahi samjha, samajh nai',
  },
  // ---- the conversation itself ------------------------------------------------------------------------------------------------
  message: {
    en: 'message, messages, messaging, msg, msgs, sms, texts, texting, reminder, reminders, notification, notifications, updates, alerts, broadcast, promotional',
    bn: 'মেসেজ, ম্যাসেজ, বার্তা, এসএমএস, রিমাইন্ডার, নোটিফিকেশন, মেসেজগুলো',
    hi: 'मैसेज, मेसेज, संदेश, सन्देश, एसएमएस, रिमाइंडर, नोटिफिकेशन',
    roman: 'mesej, mesege, massage, massege, mesage, sandesh, barta, messeg, notification, reminder',
  },
  stopWord: {
    en: 'stop, stopp, end, block, cease, turn off, switch off, cancel, mute, deactivate, quit',
    bn: 'বন্ধ, বন্ধ করুন, বন্ধ কর, বন্ধ করো, বন্ধ করে দিন, থামান, থামুন, থামাও, স্টপ, রুখুন, বন্ধ হোক',
    hi: 'बंद, बन्द, बंद करो, बंद करें, बंद कीजिए, बंद कर दो, रोको, रोकें, रोक दो, स्टॉप',
    roman:
      'bondho, bandho, bondho korun, band karo, bandh karo, band kar do, band kijiye, bandh, band, thamao, thaman, roko, rokiye, bondo, bondho koro',
  },
  dontSend: {
    en: `dont send, do not send, dont message, do not message, dont text, do not text, dont disturb, do not disturb, no more messages, no messages, unsubscribe, unsubscribe me, opt out, optout, stopall, stop all, stop messaging, stop sending, stop texting, stop disturbing, stop spamming, leave me alone, remove me from your list, remove me, remove my number from your list, stop bothering, dont contact, do not contact, dont want messages, dont want these messages, dont want your messages, dont want any messages, dont want any more messages, not interested, dont msg, do not msg, spam, stop reminders, stop msg, stop this, dont bother, dont write`,
    bn: 'পাঠাবেন না, পাঠাবেন নাতো, আর পাঠাবেন না, পাঠাতে হবে না, পাঠিও না, পাঠিয়ো না, মেসেজ করবেন না, মেসেজ দেবেন না, মেসেজ চাই না, বিরক্ত করবেন না, বিরক্ত করবে না, জ্বালাবেন না, আর লিখবেন না, আনসাবস্ক্রাইব, পাঠানো বন্ধ, মেসেজ কইরেন না, বার্তা চাই না, পাঠাবে না, বিরক্ত করো না, আর চাই না মেসেজ, মেসেজ আর চাই না',
    hi: 'मत भेजो, मत भेजें, मत भेजिए, न भेजें, ना भेजें, नहीं भेजें, भेजना बंद, मैसेज मत करो, मैसेज न करें, परेशान मत करो, परेशान न करें, तंग मत करो, मैसेज नहीं चाहिए, संदेश नहीं चाहिए, अनसब्सक्राइब, मैसेज मत, संदेश मत, मत भेजा करो, मत भेजना',
    roman:
      'pathaben na, patabenna, pathiyo na, message korben na, msg korben na, msg diben na, msg deben na, message deben na, birokto korben na, birokto koro na, mat bhejo, mat bhejiye, mat bhejna, bhejna band, message mat karo, msg mat karo, pareshan mat karo, message nahi chahiye, msg nahi chahiye, message chai na, msg chai na, ar message pathaben na, na bheje, nahi bheje, pathano bondho, disturb korben na, disturb mat karo',
  },
  startWord: {
    en: 'start, unstop, subscribe, resume, opt in, optin, start again, start messages, turn on, unblock, activate',
    bn: 'চালু, চালু করুন, চালু কর, চালু করো, চালু করে দিন, আবার চালু, স্টার্ট, আবার পাঠান, শুরু করুন',
    hi: 'चालू, चालू करें, चालू करो, चालू कीजिए, फिर चालू, स्टार्ट, फिर से भेजें, शुरू, शुरू करें, शुरू करो, फिर भेजो',
    roman:
      'chalu, chaalu, chalu koro, chalu korun, chalu karo, abar chalu, phir chalu, abar pathan, phir se bhejo, shuru karo, suru karo, phir shuru',
  },
  back: {
    en: 'back, go back, previous, previous menu, cancel, exit, quit, undo, one step back, cancel it, cancel this, wrong option, wrong button, not this, return, go to previous, leave it, never mind, nevermind, back please, step back, forget it, skip, later, not now, some other time, abort',
    bn: 'পিছনে, পেছনে, পিছনে যান, পেছনে যান, ফিরে যান, ফিরে যাও, ফিরে যাব, ফেরত যান, ফিরতে চাই, আগের ধাপ, আগের ধাপে, আগের জায়গায়, আগের মেনু, আগের পাতায়, বাতিল, বাতিল করুন, ক্যানসেল, থাক, থাক এখন, ছেড়ে দিন, পরে, পরে দেব, পরে করব, ব্যাক, আগেরটায়, ভুল টিপেছি, ভুল করে টিপেছি, ফিরিয়ে নিয়ে যান, ভুল জায়গায়, এখন না, ভুল করে চলে এসেছি',
    hi: 'वापस, वापस जाओ, वापस जाएं, वापस जाएँ, वापस जाना, पीछे, पीछे जाओ, पीछे जाएं, पिछला, पिछले मेनू, पिछला मेनू, पिछले पेज, रद्द, रद्द करें, रद्द करो, कैंसिल, छोड़ो, छोड़िए, रहने दो, रहने दीजिए, बाद में, बाद में करूंगा, अभी नहीं, बैक, गलत दब गया, गलती से दब गया',
    roman:
      'pichone, pechone, pichone jao, fire jao, fire jan, fire jabo, fire cholo, ferot jan, ferot, ager dhap, ager menu, agerta, batil, thak, pore, pore debo, pore korbo, chere din, wapas, vapas, wapas jao, wapas jana, peeche, piche, pichhe, picche, pichla, radd, rehne do, rahne do, chodo, chhodo, baad me, baad mein, bad me, back jao, back jaiye, back koro, cancel koro, cancel karo, abhi nahi, ekhon na, galat dab gaya, bhul kore',
  },
  languageWord: {
    en: 'language, change language, lang, other language, another language, translate, switch language, language change, languages',
    bn: 'ভাষা, ভাষা বদল, ভাষা বদলান, ভাষা পরিবর্তন, ভাষা পাল্টান, ভাষা চেঞ্জ, অন্য ভাষা, অন্য ভাষায়',
    hi: 'भाषा, भाषा बदलें, भाषा बदलो, भाषा बदलनी है, दूसरी भाषा, भाषा बदलना',
    roman:
      'bhasha, bhasa, bhaasha, vasha, bhasha bodol, bhasha badlo, bhasha badle, onno bhasha, dusri bhasha',
  },
  bengali: {
    en: 'bengali, bengoli',
    bn: 'বাংলা, বাঙলা, বাংলায়, বাংলাতে, বাংলা ভাষা',
    hi: 'बांग्ला, बंगाली, बंगला, बाङ्ला, बांगला',
    roman: 'bangla, bangala, bengla, bangali, banglay, banglai, bn',
  },
  english: {
    en: 'english, eng, inglish, engish',
    bn: 'ইংরেজি, ইংরেজী, ইংরাজি, ইংলিশ, ইংরেজিতে, ইংরাজিতে',
    hi: 'अंग्रेजी, अंग्रेज़ी, अँग्रेज़ी, इंग्लिश, अंगरेजी',
    roman: 'ingreji, ingrezi, ingraji, angrezi, angreji, angrezi me, english e, en, englis',
  },
  hindi: {
    en: 'hindi, hindhi, urdu',
    bn: 'হিন্দি, হিন্দী, হিন্দিতে, উর্দু',
    hi: 'हिन्दी, हिंदी, हिन्दि, उर्दू',
    roman: 'hindi me, hindi mein, hindite',
  },
  otherTongue: {
    en: 'tamil, telugu, marathi, gujarati, punjabi, odia, oriya, assamese, nepali, malayalam, kannada, bhojpuri, maithili, santali',
    bn: 'তামিল, তেলুগু, মারাঠি, গুজরাটি, ওড়িয়া, নেপালি, সাঁওতালি, ভোজপুরি',
    hi: 'तमिल, तेलुगु, मराठी, गुजराती, पंजाबी, उड़िया, नेपाली, भोजपुरी, मैथिली',
  },
  // ---- what is offered within a service -----------------------------------------------------------------------------------------
  statement: {
    en: `statement, full statement, account statement, details of bill, bill details, details of the bills, details, detail, breakup, break up, breakdown, break down, bill pdf, pdf of bill, pdf of the bill, pdf of bills, pdf bill, full details, bill copy, copy of bill, copy of the bill, copy of my bill, download bill, itemised, year wise, yearwise, ledger, interest details, calculation, how was this calculated, full account`,
    bn: `হিসাব, হিসেব, হিসাবটা, হিসেবটা, পুরো হিসাব, পুরো হিসেব, স্টেটমেন্ট, বিস্তারিত, ডিটেল, ডিটেলস, ডিটেইলস, বিলের পিডিএফ, বিলের কপি, বিল ডাউনলোড, বিলের বিবরণ, বিবরণ, কোন বছরের কত, কোন বিলে কত, খুঁটিনাটি, সব বিলের, ভেঙে দেখান, পিডিএফ, বিশদ, বিশদে`,
    hi: `हिसाब, पूरा हिसाब, स्टेटमेंट, विवरण, ब्योरा, ब्यौरा, डिटेल, डिटेल्स, बिल की पीडीएफ, बिल का पीडीएफ, बिल की कॉपी, विस्तार से, बिल डाउनलोड, पूरी जानकारी, पीडीएफ, किस साल का कितना`,
    roman: `hisab, hishab, hiseb, puro hisab, pura hisab, poora hisab, bistarito, detail e, details dekhan, biler pdf, bill er pdf, biler copy, bill er copy, bill ka pdf, bill ki copy, bill ki pdf, vivaran, byora, khutinati, pdf`,
  },
  choose: {
    en: `choose, choose bills, select, select bills, some bills, pick, only some, only one bill, only this bill, particular bill, specific bill, one bill, single bill, selected bills, choose bill, select bill, not all bills, few bills, part payment, partial payment, only the latest bill, only the current bill, only current bill, only current year, only this year, only latest bill, pay only, only the first, only the last bill, pay partially, partially, some of the bills, some of them, not all of them, pay part, half now`,
    bn: `বাছাই, বাছুন, বেছে, বেছে বেছে, বিল বাছাই, বাছাই করে, কয়েকটা বিল, কয়েকটি বিল, একটা বিল, একটাই বিল, শুধু একটা, শুধু এই বিলটা, শুধু একটা বিল, শুধু পুরনোটা, শুধু নতুনটা, শুধু এবারেরটা, শুধু এ বছরের, শুধু এই বছরের, শুধু কয়েকটা, সব বিল না, সব নয়, সব না, সবটা নয়, কিছু বিল, কয়েকটা দেব, আলাদা করে, আলাদা আলাদা, সবগুলো না, সবগুলো নয়, একটা একটা করে, আংশিক, পুরোটা না, পুরোটা নয়, অর্ধেক`,
    hi: `चुनें, चुनो, चुनना, बिल चुनें, चुनकर, कुछ बिल, एक बिल, सिर्फ एक बिल, केवल एक बिल, सिर्फ एक, कुछ ही बिल, सारे नहीं, सभी नहीं, सब नहीं, अलग अलग, सिर्फ इस साल, केवल इस साल, सिर्फ यही, आंशिक, आधा, पूरा नहीं`,
    roman: `bachai, bachhai, beche, beche beche, beche nebo, koyekta bill, ekta bill, shudhu ekta, sudhu ekta, shob na, sob na, sob noy, sobgulo na, sob bill na, alada kore, alada alada, shudhu ei bochorer, sudhu ei bochor, chuno, chune, chunen, chunna, kuch bill, ek bill, sirf ek, sirf ek bill, sab nahi, saare nahi, alag alag, sirf is saal, sirf iss saal, select karna, select korbo, ektai bill, choose korbo, choose karna, pura nahi, purota na`,
  },
  number: {
    en: 'number, no, num, nmbr, nos, numbers, assessee number, assessee no, ce number, ce no, account number, id, number is',
    bn: 'নম্বর, নাম্বার, নং, নম্বরটা, নাম্বারটা, নম্বরের, অ্যাসেসি নম্বর, সি ই নম্বর, সিই নম্বর, স্টল নম্বর, নমবর',
    hi: 'नंबर, नम्बर, क्रमांक, संख्या, असेसी नंबर, सीई नंबर',
    roman: 'nombor, nambar, nomber, nember, nomor, nombar, numbar, nmbr',
  },
  dontKnow: {
    en: `dont know, do not know, i dont know, not known, dont have, do not have, dont remember, do not remember, cant find, cannot find, could not find, couldnt find, not find, unable to find, can not find, forgot, forgotten, forget, i always forget, always forget my number, i always forget my number, keep forgetting, dont recall, no bill, havent got, without, no number, dont have the bill, dont have number, not sure, not with me, not available, didnt get any bill, never got a bill, not getting`,
    bn: `জানি না, জানিনা, আমি জানি না, জানা নেই, জানি নে, নেই, হাতে নেই, কাছে নেই, মনে নেই, মনে পড়ছে না, মনে করতে পারছি না, ভুলে গেছি, ভুলে গিয়েছি, ভুলে যাই, খুঁজে পাচ্ছি না, পাচ্ছি না, খুঁজে পেলাম না, নাই, জানিনে, বিল নেই, নম্বর নেই, নম্বর জানি না, পাইনি, পাওয়া যাচ্ছে না, ছাড়া, দেখতে পাচ্ছি না, দেখছি না`,
    hi: `पता नहीं, नहीं पता, मालूम नहीं, नहीं मालूम, याद नहीं, नहीं जानता, नहीं जानती, नहीं है, पास नहीं, भूल गया, भूल गई, भूल गयी, भूल जाता, भूल जाती, नहीं मिल रहा, नहीं मिल रही, बिल नहीं, नंबर नहीं, के बिना, नहीं दिख रहा`,
    roman: `jani na, janina, jana nei, nei, kache nei, mone nei, mone porche na, bhule gechi, vule gechi, bhule gesi, khuje pacchi na, khuje pachhi na, pacchi na, pachhi na, nai, bill nei, number nei, number jani na, pata nahi, nahi pata, pata nhi, nhi pata, malum nahi, maloom nahi, nahi malum, yaad nahi, yaad nhi, nahi hai, nhi hai, paas nahi, pass nahi, bhul gaya, bhul gayi, bhool gaya, bhool gayi, nahi mil raha, nhi mil raha, bill nahi, number nahi, nahin pata, chara, bina`,
  },
  erase: {
    en: 'erase, delete, remove, clear, forget me, forget my, forget my numbers, forget my number, forget these, forget those, wipe, forget everything, forget all',
    bn: 'মুছে ফেলুন, মুছে দিন, মুছুন, মুছে, মুছে ফেলো, ভুলে যান, ভুলে যাও, ডিলিট, ডিলিট করুন, সরিয়ে দিন, মুছতে চাই, মোছা, মুছে ফেলা, রাখবেন না',
    hi: 'मिटा, मिटा दें, मिटा दो, मिटाएं, मिटाएँ, मिटाना, भूल जाओ, भूल जाएँ, भूल जाएं, भूल जाइए, हटा, हटा दो, हटा दें, हटाना, हटाओ, डिलीट, डिलीट करें, डिलीट करो, मत रखो',
    roman:
      'muche felun, muche din, muche felo, muche, muchun, mucho, bhule jao, bhule jan, bhul jao, bhul jaiye, bhool jao, mita do, mitao, mita, hata do, hatao, hata, delete koro, delete karo, delete kore, rakhben na, delete kar do',
  },
  data: {
    en: 'my data, data, my information, my details, information about me, what you know about me, history, saved numbers, stored numbers, personal data, records of me, about me, my records, chat history, all my numbers, list, saved',
    bn: 'তথ্য, আমার তথ্য, আমার নম্বরগুলো, আমার নম্বর, দেখা নম্বরগুলি, নম্বরগুলি, নম্বরগুলো, ডেটা, তালিকা, আমার সব, আমাকে, আমার ব্যাপারে',
    hi: 'जानकारी, मेरा डेटा, डेटा, मेरे नंबर, देखे हुए नंबर, मेरी जानकारी, मेरे बारे में, सब कुछ, मुझे',
    roman:
      'tothyo, amar number, amar data, data, mera data, mere number, meri jankari, amar tothyo, numberguli, numbergulo, saved number, mera number',
  },
  fee: {
    en: 'fee, fees, charge, charges, cost, rate, rates, price',
    bn: 'ফি, ফিস, ফী, খরচ, চার্জ, মূল্য, রেট',
    hi: 'फीस, फ़ीस, शुल्क, खर्च, चार्ज, रेट',
    roman: 'fis, khoroch, shulk, kharcha',
  },
  new: {
    en: 'new, fresh, first time, apply for a new, open a new, start a new, opening, want to start, how to get, how do i get, apply for, get a, obtain, make a new, starting a',
    bn: 'নতুন, নূতন, নতুন করে করতে, প্রথম, নতুন দোকান, খুলব, খুলতে চাই, খুলছি, করাব, করাতে চাই, বানাতে, বানাব, করতে চাই নতুন, পাওয়ার জন্য, বের করতে',
    hi: 'नया, नई, नयी, नये, नए, बनवाना, बनवाने, बनाना, खोलना, खोलने, शुरू करना, निकलवाना',
    roman:
      'notun, nuton, natun, khulbo, khulte chai, khulchi, koraboo, korabo, banabo, banate, naya, nayi, nai dukan, banwana, banwane, banana hai, kholna, kholne, kholni, khol raha, ber korte',
  },
  // ---- what this service does not have -----------------------------------------------------------------------------------------
  elsewhere: {
    en: `income tax, itr, gst, gst registration, gst number, professional tax, profession tax, p tax, ptax, road tax, vehicle tax, water tax, water bill, water charge, water charges, sales tax, tds, service tax, capital gains, entertainment tax, advertisement tax, driving licence, driving license, driver licence, learner licence, dl, car licence, gun licence, arms licence, food licence, food license, fssai, liquor licence, liquor license, drug licence, drug license,
      marriage licence, marriage certificate, marriage registration, birth certificate, death certificate, birth and death certificate, caste certificate, income certificate, residential certificate, domicile, domicile certificate, character certificate, school certificate, ownership certificate, legal heir certificate, disability certificate, medical certificate, fitness certificate, completion certificate, occupancy certificate, fire licence, fire license, fire safety,
      aadhaar, aadhar, adhar, adhaar, aadhaar card, aadhar card, adhar card, pan card, pan number, pan link, voter card, voter id, epic card, ration card, passport, visa, ration, health card, swasthya sathi, swasthya sathi card, ayushman, ayushman card, lakshmir bhandar, kanyashree, rupashree, old age pension, pension, widow pension, scholarship, job, jobs, vacancy, recruitment, job vacancy, electricity, electricity bill, electric bill, light bill, cesc, cesc bill, wbsedcl, gas, gas booking, gas cylinder, lpg, recharge, mobile recharge, dth, broadband, loan, insurance, lic premium, lic policy, bank loan, credit card bill, credit card apply, fastag, traffic challan, traffic fine, challan of bike, police, fir, court, train ticket, bus pass, metro card, ticket, pnr,
      water connection, new water connection, sewer connection, drainage connection, building plan, plan sanction, building permit, sanction plan, building sanction, mutation, mutation certificate, name change in property, property registration, land registration, deed registration, khatian, porcha, khajna of land, land record, hospital, vaccine, vaccination, covid, ambulance, crematorium, hearse, community hall, community hall booking, hall booking, burial, parking, car parking, parking sticker, parking permit, pet licence, dog licence, pet license, dog license, swimming pool, library, admission, school admission, result, exam,
      new trade licence, new trade license, new licence, new license, fresh trade licence, fresh trade license, fresh licence, apply for trade licence, apply for trade license, apply for new trade licence, apply new trade licence, apply trade license, first time trade licence, open a new shop licence, get a trade licence, get a trade license, get trade license, trade licence for new, licence for new shop, license for a new shop, licence for my new shop, new shop, new business,
      howrah, howrah corporation, howrah municipal, bidhannagar, salt lake, saltlake, rajarhat, new town, newtown, nkda, dum dum, south dum dum, north dum dum, delhi, mumbai, bmc, bengaluru, bangalore, chennai, hyderabad, siliguri, asansol, durgapur, barrackpore, baranagar, baranagore, patna, ranchi, lucknow, pune, panihati, barasat, madhyamgram, kharagpur, chandannagar, serampore, noida, gurgaon, bhubaneswar, guwahati, dhaka, panchayat, rent agreement, house rent, rent receipt, hra`,
    bn: `ইনকাম ট্যাক্স, আয়কর, জিএসটি, প্রফেশনাল ট্যাক্স, পেশাকর, রোড ট্যাক্স, গাড়ির ট্যাক্স, গাড়ির কর, জলের ট্যাক্স, জলকর, জল কর, জলের বিল, ড্রাইভিং লাইসেন্স, গাড়ির লাইসেন্স, ফুড লাইসেন্স, মদের লাইসেন্স, ড্রাগ লাইসেন্স, বন্দুকের লাইসেন্স, বিয়ের সার্টিফিকেট, ম্যারেজ সার্টিফিকেট, বিয়ের রেজিস্ট্রি, জন্ম শংসাপত্র, জন্মের শংসাপত্র, জন্ম সার্টিফিকেট, জন্মের সার্টিফিকেট, বার্থ সার্টিফিকেট, জন্ম নিবন্ধন, জন্মপঞ্জি, মৃত্যু শংসাপত্র, মৃত্যুর শংসাপত্র, ডেথ সার্টিফিকেট, মৃত্যু সার্টিফিকেট, মৃত্যুর সার্টিফিকেট, কাস্ট সার্টিফিকেট, জাতিগত শংসাপত্র, ইনকাম সার্টিফিকেট, রেসিডেন্সিয়াল সার্টিফিকেট, ফায়ার লাইসেন্স,
      আধার, আধার কার্ড, প্যান কার্ড, প্যান, ভোটার কার্ড, রেশন কার্ড, রেশন, পাসপোর্ট, স্বাস্থ্যসাথী, স্বাস্থ্য সাথী, লক্ষ্মীর ভাণ্ডার, লক্ষ্মী ভাণ্ডার, লক্ষীর ভান্ডার, কন্যাশ্রী, রূপশ্রী, বার্ধক্য ভাতা, বিধবা ভাতা, ভাতা, পেনশন, চাকরি, চাকরির, ইলেকট্রিক বিল, ইলেকট্রিকের বিল, কারেন্টের বিল, কারেন্ট বিল, বিদ্যুৎ, বিদ্যুতের বিল, বিদ্যুৎ বিল, গ্যাস, গ্যাসের বুকিং, গ্যাস বুকিং, মোবাইল রিচার্জ, রিচার্জ, লোন, ঋণ, ট্রাফিক চালান, ট্রাফিক ফাইন, ট্রেনের টিকিট, টিকিট, জলের কানেকশন, জলের লাইন, জল সংযোগ, জলের সংযোগ, নিকাশি সংযোগ, বাড়ির প্ল্যান, বিল্ডিং প্ল্যান, বাড়ির নকশা, প্ল্যান পাশ, প্ল্যান স্যাংশন, মিউটেশন, নামজারি, নাম পরিবর্তন, দলিল, জমির পর্চা, পর্চা, খতিয়ান, হাসপাতাল, টিকা, ভ্যাকসিন, অ্যাম্বুলেন্স, শ্মশান, শববাহী, কমিউনিটি হল, পার্কিং, কুকুরের লাইসেন্স, ভর্তি, পরীক্ষা,
      নতুন ট্রেড লাইসেন্স, নতুন লাইসেন্স, ট্রেড লাইসেন্স করাব, ট্রেড লাইসেন্স করাতে, লাইসেন্স করাতে চাই, লাইসেন্স বানাতে, ট্রেড লাইসেন্স বানাতে, লাইসেন্স বের করতে, ট্রেড লাইসেন্স নতুন, নতুন দোকান, নতুন ব্যবসা, নতুন দোকানের লাইসেন্স, হাওড়া, হাওড়ার, বিধাননগর, সল্টলেক, সল্ট লেক, নিউটাউন, নিউ টাউন, রাজারহাট, দমদম পুরসভা, দক্ষিণ দমদম, দিল্লি, মুম্বই, শিলিগুড়ি, আসানসোল, বরানগর, ব্যারাকপুর, বারাসত, পঞ্চায়েত, ভাড়াটে, বাড়ি ভাড়া, বাড়িভাড়া, ঘর ভাড়া`,
    hi: `इनकम टैक्स, आयकर, जीएसटी, प्रोफेशनल टैक्स, रोड टैक्स, गाड़ी का टैक्स, वाटर टैक्स, पानी का बिल, पानी का टैक्स, जलकर, जल कर, ड्राइविंग लाइसेंस, गाड़ी का लाइसेंस, फूड लाइसेंस, शराब का लाइसेंस, हथियार लाइसेंस, बंदूक का लाइसेंस, शादी का सर्टिफिकेट, विवाह प्रमाणपत्र, विवाह प्रमाण पत्र, मैरिज सर्टिफिकेट, जन्म प्रमाणपत्र, जन्म प्रमाण पत्र, बर्थ सर्टिफिकेट, मृत्यु प्रमाणपत्र, मृत्यु प्रमाण पत्र, डेथ सर्टिफिकेट, जाति प्रमाणपत्र, जाति प्रमाण पत्र, आय प्रमाणपत्र, आय प्रमाण पत्र, निवास प्रमाणपत्र, निवास प्रमाण पत्र,
      आधार, आधार कार्ड, पैन कार्ड, पैन, वोटर कार्ड, वोटर आईडी, राशन कार्ड, राशन, पासपोर्ट, आयुष्मान, आयुष्मान कार्ड, स्वास्थ्य साथी, लक्ष्मी भंडार, पेंशन, नौकरी, बिजली का बिल, बिजली बिल, बिजली, गैस, गैस बुकिंग, सिलेंडर, रिचार्ज, मोबाइल रिचार्ज, लोन, कर्ज, बीमा, ट्रैफिक चालान, ट्रेन टिकट, टिकट, पानी का कनेक्शन, पानी का कनेक्सन, नल का कनेक्शन, जल कनेक्शन, सीवर कनेक्शन, मकान का नक्शा, नक्शा पास, बिल्डिंग प्लान, म्यूटेशन, दाखिल खारिज, रजिस्ट्री, खतियान, अस्पताल, टीका, एम्बुलेंस, श्मशान, सामुदायिक भवन, पार्किंग, दाखिला, एडमिशन,
      नया ट्रेड लाइसेंस, नया लाइसेंस, ट्रेड लाइसेंस बनवाना, लाइसेंस बनवाना, लाइसेंस बनाना, ट्रेड लाइसेंस बनाना, नई दुकान, नया व्यापार, नया धंधा, लाइसेंस निकलवाना, हावड़ा, बिधाननगर, साल्ट लेक, न्यू टाउन, दिल्ली, मुंबई, पटना, लखनऊ, सिलीगुड़ी, आसनसोल, पंचायत, रांची, मकान का किराया, घर का किराया`,
    roman: `aaykar, aykor, incom tax, jol kor, joler tax, jaler bill, joler bill, jol er bill, jal kar, pani ka bill, pani ka tax, paani ka bill, gari r tax, garir tax, gadi ka tax, gari tax, garir licence, garir license, gadi ka licence, gadi ka license, jonmo certificate, jonmo songsapotro, janam praman patra, janm praman patra, janmo certificate, mrityu certificate, mrityu praman patra, biyer certificate, shadi certificate, shaadi ka certificate, jati praman patra, jati certificate,
      adhar card, pan card, voter card, ration card, rashan card, reshan card, chakri, chakrir, naukri, electric bill, current bill, current er bill, bijli ka bill, bijli bill, bijli, bidyut, gas booking, joler connection, joler line, jol connection, pani ka connection, paani ka connection, nal ka connection, bari r plan, barir plan, plan pass, naksha, notun trade licence, notun trade license, notun licence, notun license, natun licence, natun license, natun trade license, new trade licence korte, trade licence korabo, trade licence korate, trade license banate, license banate, license banabo, license korabo, license korate,
      licence banwana, license banwana, trade license banwana, trade licence banwana, licence banana, license banana, trade license banana, nai dukan, nayi dukan, naya dukan, notun dokan, notun byabsa, naya business, notun dokaner, naya license, naya licence, naya trade license, naya trade licence, lakshmi bhandar, lokkhir bhandar, lokhir bhandar, swastha sathi, shastho sathi, haora, howra, hawra, saltlek, bidhan nagar, bari bhara, ghar bhara, ghar ka kiraya, makan ka kiraya`,
  },
} as const satisfies Readonly<Record<string, Words>>;

export type NotionName = keyof typeof notions;
