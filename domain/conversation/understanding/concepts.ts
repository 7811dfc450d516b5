/**
 * What single words mean, whatever the language: each line is one thing and its words in English, Bengali and Hindi, in their
 * own letters and in Latin ones. A message becomes a row of these things, so that what is learnt of a sentence in one
 * language holds for its like in the others (judgement.ts). Spellings that share a skeleton (spelling.ts), endings of nouns
 * and small mistakes need no entry; the many forms of verbs do.
 *
 * Source: written by hand, from everyday speech of Kolkata and the sources that words.ts names.
 */
const lines = `
i: i me my mine myself im ive ill আমি আমার আমাকে আমায় আমারে মোর মুই मैं मुझे मेरा मेरी मेरे मुझको मैंने हमको हमें हम हमारा हमारी हमारे ami amar amake amay amr amk ami_to main mai mujhe muje mujhko mera meri mere maine hum ham hamara hamari hamare hamar humara humko hamko
we: we us our ours আমরা আমাদের আমাদেরকে amra amader apun
you: you your u ur yours yourself আপনি আপনার আপনারা আপনাদের আপনাকে আপনেরা তুমি তোমার তোমরা তোমাদের তুই তোর তোরা आप आपका आपकी आपके आपको आपने तुम तुम्हारा तू तेरा तुमलोग apni apnar apnara apnader apnake tumi tomar tomra tui tor aap ap aapka aapki aapke apka apke apko aapko tum tumhara tu tera
he: he she him her his they them their সে তার তিনি তাঁর তাকে ওর ওনার ওরা ওদের তারা তাদের ওকে উনি उसका उसकी उसके उनका उनके वो वे वह उन्होंने उसने tar tini or oder onar ora tara tader uni uska uski uske unka unke wo woh vo usne
this: this these it its এটা এই এইটা এটি এগুলো এইগুলো এর এতে ইহা यह ये इस इसका इसकी इसके इसमें eta ei eita egulo er ete yeh ye is iska iske isme
that: that those সেটা সেই ওটা ওই ঐ সেগুলো ওগুলো যেটা যে उस उसमें जो जिस seta sei ota oi segulo ogulo jeta usme jo jis us
not: not dont doesnt didnt isnt wasnt wont cant cannot couldnt havent hasnt hadnt never without না নয় নেই নাই নি নহে নয়কো হয়নি করিনি পাইনি আসেনি দেয়নি নেয়নি যায়নি হচ্ছে_না नहीं नही मत ना न nei noy nai noi nahi nahin nhi nai na mat koni nahiye hoyni korini paini asheni aseni dayni deyni jayni
nothing: nothing none কিছুই কিছু_না कुछ_नहीं kichui
some: some something any anything কিছু কোনো কোনও কোন একটু कुछ कोई थोड़ा kichu kono kon ektu kuch koi thoda thora
what: what whats wht কী কি ক্যা কিসের क्या किसका किस wat kya kiser kis kon
which: which whichever কোনটা কোনগুলো কোন্‌ कौनसा कौन_सा कौनसी konta kongulo kaunsa konsa
where: where কোথায় কোথা কই কোথাকার কোথাও कहाँ कहां किधर kothay kotha koi kothai kahan kaha kidhar kahaan
when: when কবে কখন কতদিন कब kobe kokhon kab katodin kotodin
why: why কেন ক্যান क्यों काहे keno kano kyun kyu kyon kahe
how: how কীভাবে কিভাবে কেমনে কেমন_করে কী_করে ক্যামনে कैसे किस_तरह kivabe kibhabe kemne kaise kese kemon
howmuch: much many কত কতটা কতগুলো কটা কতো कितना कितनी कितने केतना koto kotota kota kato kitna kitni kitne ketna kitto
who: who whom whose কে কার কাকে কারা কাদের कौन किसका किसको किसने kar kake kara kaun kiska kisko kisne
want: want wants wanted need needs needed wish would_like require required চাই চাইছি চাইছিলাম চাইতে চায় চান লাগবে লাগে লাগত দরকার প্রয়োজন ইচ্ছুক चाहिए चाहता चाहती चाहते चाहूँगा ज़रूरत जरूरत लगेगा chai chaichi chaitechi chaichilam lagbe lage dorkar darkar proyojon proyojan chahiye chahie chaiye chahta chahti chahte lagega jarurat zarurat wana wanna
can: can could able possible পারি পারব পারবো পারে পারেন পারছি পারবেন পারা যাবে যায় সম্ভব सकता सकती सकते पाएगा संभव सकूं pari parbo pare paren parchi parben jabe jay shombhob somvob sakta sakti sakte paunga
must: must should have_to got_to উচিত হবে হবেই करना_होगा पड़ेगा होगा uchit hobe hbe padega parega hoga
do: do does doing done did করা করি করব করবো করতে করে করুন করবেন করো কর করেন করছি করেছি করেছে করলাম করেছিলাম করাতে করাব করানো करना करने करो करें कीजिए करूं करूँ करता करती करते कर किया करवाना कराना कराइए करनी करवानी kora kori korbo korte kore korun korben koro koren korchi korechi koreche korlam korechilam korate korabo krna karna karne karo kare karein kijiye karu karun kiya karwana karana krte krta karni krni krdo kardo kr kor
give: give gives gave given giving provide grant দিন দেব দেবো দিব দিতে দেন দেবেন দাও দে দিয়ে দিয়ে_দিন দিলে দিচ্ছি দিচ্ছে দেয় দেওয়া देना देने दो दीजिए दें दे दूंगा दूँगा दिजिए दीजिये din debo dibo dite den deben dao dey diye dile dichchi dicche dewa deoa dena dene dijiye dijie dede dedo dunga dein
gave: দিলাম দিয়েছি দিয়েছিলাম দিয়েছে দিল দিয়েছেন দিয়েছিল दिया दी दिए दे_दिया dilam diyechi diechi diyechilam diyeche dilo diyechen dia diya diye diyaa
take: take takes took taken taking collect নিন নিতে নেব নেবো নেবেন নেয় নিয়ে নিল নিলাম নিচ্ছে নিয়েছে নিয়েছেন লন लेना लेने ले लो लीजिए लिया ली लेते nin nite nebo neben ney niye nilo nilam nicche niyeche lena lene lelo lijiye liya liye lete
get: get gets got getting receive received obtain পাব পাবো পাই পেতে পাচ্ছি পাওয়া পাবেন পায় पाना मिलना मिले मिलेगा मिलेगी मिलता मिलती pabo pai pete pachchi pacchi pawa pabar milega milegi milta milti mile milna
got: পেয়েছি পেলাম পেয়ে পেয়েছিলাম পেল মিলেছে मिला मिली मिले मिल_गया peyechi pelam peye peyechilam milla mila mili milgaya mil
notgot: পাইনি পেলাম_না আসেনি এলো_না মেলেনি paini pelam_na asheni aseni elona naimila
come: come comes coming came arrive arrived আসে আসবে আসছে আসুন আসব আসেন আসতে এসে এল এলো এসেছে এসেছিল আইছে आना आने आता आती आया आई आए आएगा आएगी आ ashe ase asbe asche ashche asun asbo aste eshe ese elo esheche eseche aice aana aane aata aati aaya aayi aaye ayega aayega aayegi aa
go: go goes going gone went যাই যাব যাবো যেতে যায় যাচ্ছে যাচ্ছি যান গিয়ে গেলে গেছে গেল গেলাম গেছি গিয়েছিলাম যাওয়া জামু जाना जाने जाता जाती जाओ जाए जाएगा गया गई गए जा jai jabo jete jay jacche jacchi jan giye gele geche gelo gelam gechi jawa jana jane jata jati jao jaye jayega gaya gayi gaye gya
is: is are am was were be been being আছে আছেন আছি ছিল ছিলেন ছিলাম হয় হল হলো হচ্ছে হয়েছে হইছে আছিল রয়েছে है हैं हूँ हूं था थी थे हो हुआ हुई हुए रहा रही रहे ache achen achi chilo chilen chilam hoy holo hocche hoyeche hoise royeche hai hain hu hun hoon tha thi ho hua hui hue raha rahi rahe hei h
become: হোক হবে হয়ে হতে হলে হয়ে_যাবে हो_जाए होना होने होगा hok hobe hoye hote hole honge hona hone
has: has have had রাখা having है_मेरे
see: see saw seen look looking view check checked checking show shows shown showing display দেখি দেখব দেখতে দেখা দেখে দেখুন দেখান দেখাচ্ছে দেখাও দেখাবেন দেখছি দেখলাম দেখায় চেক देखना देखने देखो देखिए दिखाओ दिखाइए दिखा दिख दिखता दिखाता देखा चेक dekhi dekhbo dekhte dekha dekhe dekhun dekhan dekhacche dekhao dekhben dekhchi dekhlam dekhay chek dekhna dekhne dekho dekhiye dikhao dikhaiye dikha dikh dikhta dikhata dikhana
tell: tell tells told say says said saying inform informed বলুন বলো বল বলবেন বলেন বলি বলব বলতে বলে বলছে বলল বলেছে বললেন জানান জানাবেন জানাও বলা कहना कहो बोलो बोलिए बताओ बताइए बताएं बता बोला कहा बोल बताना bolun bolo bol bolben bolen boli bolbo bolte bole bolche bollo boleche bollen janan janaben janao bola kahna kaho bolo boliye batao bataiye bataye bataen bata bola kaha batana btao btaiye
know: know knows knew knowing aware জানি জানতে জানেন জানব জানবো জানলে জানে জানিনা মালুম जानना जानता जानती जानकारी पता मालूम jani jante janen janbo janle jane jaanna jaanta pata malum malm maloom jante_chai
understand: understand understood understanding বুঝি বুঝলাম বুঝতে বুঝছি বুঝেছি বোঝা বোঝে বুঝব समझ समझा समझना समझे समझाओ समझाइए bujhi bujhlam bujhte bujhchi bujhechi bojha bojhe samajh samjh samjha samajhna samjhao samjhaiye
explain: explain explanation বুঝিয়ে বোঝান বোঝাতে বুঝান बुझाइए समझा_दीजिए bujhiye bojhan bojhate
think: think thought guess মনে ভাবছি ভেবেছিলাম ভাবি मन सोच सोचा लगता mone vabchi bhabchi soch socha lagta
remember: remember recall মনে_আছে মনে_পড়ছে याद yaad yad mone_ache
forget: forget forgot forgotten ভুলে ভুলে_গেছি ভুলি भूल भूला vule bhule bhul_gechi bhool bhul
write: write wrote written writing type typed typing লিখি লিখব লিখতে লেখা লিখে লিখুন লিখেছি লেখেন টাইপ लिखना लिखो लिखिए लिखा लिखी टाइप likhi likhbo likhte lekha likhe likhun likhechi likhna likho likhiye likha taip
read: read reading পড়ি পড়তে পড়ে পড়ুন পড়ব पढ़ना पढ़ो पढ़ porte pori porun padhna padho padh
send: send sends sent sending forward forwarded share mail পাঠান পাঠাও পাঠাবেন পাঠাতে পাঠানো পাঠিয়ে পাঠালাম পাঠাচ্ছে পাঠায় পাঠালে পাঠা ছাড়েন भेजना भेजो भेजिए भेज भेजा भेजें भेजते भेजना pathan pathao pathaben pathate pathano pathiye pathalam pathacche pathay pathale patha bhejna bhejo bhejiye bhej bheja bheje bhejte bhejdo fwd snd
sendnot: পাঠাবেন_না পাঠিও_না मत_भेजो
print: print printed printout download downloaded প্রিন্ট ডাউনলোড ছাপা ছাপাতে প্রিন্টআউট प्रिंट डाउनलोड prin daunlod dwnld
open: open opens opened opening খোলা খোলে খুলছে খুলতে খুলে খুলি खुलना खुला खुलता खोलना खुल khola khole khulche khulte khule khulna khula khulta
close: close closed closing shut বন্ধ বন্ধের बंद bondho bandho bandh band
start: start starts started begin beginning শুরু চালু शुरू चालू shuru suru chalu shuroo
end: end ended finish finished over complete completed শেষ সম্পূর্ণ खत्म पूरा ख़त्म shesh sesh khatam khatm pura
stay: stay stays remain থাকি থাকে থাকেন থাকব থাকছি থাকবে থাকতে থাক रहना रहता रहती रहते रहेगा thaki thake thaken thakbo thakchi thakbe thakte thak rehna rahta rehta rehti rehte
keep: keep kept keeping রাখি রাখুন রাখব রাখা রেখে রাখবেন रखना रखो रखें रखा rakhi rakhun rakhbo rakha rekhe rakhben rakhna rakho rakhe
leave: leave left quit exit ছাড়ুন ছাড়ো ছেড়ে ছাড়ব বাদ থাকুক छोड़ो छोड़िए छोड़ छोड़ना chharun charun charo chere bad baad chhodo chodo choriye chhod thakuk
find: find finding found search খুঁজে খুঁজছি খুঁজব খোঁজ পাচ্ছি_না ढूंढ ढूँढ ढूंढना खोज khuje khujchi khunje khoj dhund dhundh dhundhna
lost: lost lose missing misplaced হারিয়ে হারিয়েছি হারানো হারাই গুম खो खोया गुम खोई hariye harie hariyechi harano kho khoya gum ghum
try: try tried trying চেষ্টা कोशिश cheshta chesta koshish
use: use used using ব্যবহার चलाना इस्तेमाल byabohar istemal
make: make made making create বানান বানাতে বানাব তৈরি बनाना बनवाना बनवाने बनेगा बनाओ banate banabo toiri tairi banana banwana banwane banega banao
change: change changed changing modify modified alter বদল বদলাতে বদলে পাল্টাতে পাল্টে পরিবর্তন চেঞ্জ बदल बदलना बदला बदलाव परिवर्तन चेंज bodol bodlate bodle paltate palte poriborton chenj badal badalna badla badlav parivartan
correct: correct correction right ঠিক সঠিক সংশোধন শুদ্ধ सही ठीक सुधार thik sothik thikthak songsodhon shongshodhon sahi theek sudhar tik thk
wrong: wrong mistake error incorrect ভুল ভুলভাল গলত গন্ডগোল গোলমাল गलत गलती ग़लत गड़बड़ bhul vul golmal gondogol galat galti gadbad glt
same: same unchanged similar একই এক_রকম আগের_মতো वही वैसा समान ekoi ek_i ager_moto wahi waisa same2same
different: different other another else অন্য আলাদা আরেকটা दूसरा दूसरी अलग और_कोई onno alada arekta dusra doosra dusri alag
all: all every everything everyone each whole full entire সব সবাই সবগুলো সকল সমস্ত পুরো পুরোটা প্রত্যেক सब सभी सारे सारा पूरा पूरी हर sob sab sobai sobgulo sokol somosto puro purota protyek sabhi sare saara poora har
only: only just single alone শুধু কেবল শুধুমাত্র মাত্র केवल सिर्फ बस shudhu sudhu kebol matro sirf sirif keval bas
both: both two দুটো দুই দুটোই দুজনে दोनों दो duto dui dutoi duita dono do
half: half partly partial part portion some_of অর্ধেক আধা কিছুটা কিস্তি কিস্তিতে আংশিক ভাগ आधा आधी किस्त किस्तों थोड़ा_थोड़ा ordhek adha aadha adhek kisti kistite kist ansik angshik bhag installment instalment installments instalments emi
one: one single একটা একটি এক একটাই एक ekta ek ekti akta ikta
first: first 1st প্রথম প্রথমে পয়লা आगला पहला पहले पहली prothom prothome pehla pehle pahla pahle
last: last final latest শেষেরটা সর্বশেষ लास्ट आखिरी अंतिम shesher sesher lasht aakhri akhri antim
more: more extra additional আরও আরো বেশি বাড়তি ज्यादा ज़्यादा और aro beshi besi zyada jyada aur
less: less few lower reduce reduced কম কমাতে কমানো अल्प कम घटाना kom komate kam ghatao
big: big large huge high বড় অনেক বিরাট बड़ा बहुत boro onek bada bara bahut bohot bht khub খুব अधिक
small: small little ছোট ছোটো छोटा choto chota chhoto
again: again once_more repeat আবার পুনরায় ফের फिर दोबारा दुबारा वापिस abar abr phir fir dobara dubara punoray
now: now currently today immediately right_now এখন এখনই আজ আজকে আজই এক্ষুনি এবার अब अभी आज तुरंत ekhon ekhoni aj ajke ajkei akhon akhn ab abhi aaj turant jaldi taratari জলদি তাড়াতাড়ি जल्दी soon urgent urgently asap quickly
later: later afterwards পরে তারপর বাদে बाद फिर_कभी pore tarpor baad bad_me
not_now: এখন_না পরে_করব পরে_হবে
yesterday: yesterday কাল গতকাল পরশু कल परसों kal gotokal porshu parso
tomorrow: tomorrow আগামীকাল আগামী agamikal agami
morning: morning evening night afternoon noon সকাল সকালে বিকেল রাত রাতে দুপুর সন্ধ্যা सुबह शाम रात दोपहर sokal bikel rat rate dupur sondhya subah sham raat dopahar
day: day days দিন দিনে দিনের রোজ दिन दिनों रोज़ रोज din dine diner roj roz
week: week weeks সপ্তাহ হপ্তা हफ्ते हफ्ता soptaho hopta hafte hafta
month: month months monthly মাস মাসে মাসের महीना महीने मासिक mas mash mase masher mahina mahine mahina
year: year years yearly annual বছর বছরের বছরে সাল সন साल वर्ष bochor bochorer bochore bachor sal saal varsh yr yrs
date: date dates deadline তারিখ ডেট तारीख tarikh det tarik dt
time: time times সময় বার समय टाइम वक्त somoy taim samay waqt
old: old previous past earlier last_year আগের গত পুরনো পুরোনো পুরাতন आगे_का पुराना पुरानी पिछला पिछले पिछली ager gato goto purono purano puratan purana purani pichla pichle pichhle
new: new fresh নতুন নয়া নূতন नया नई नए notun nutun naya nayi naye
before: before ago already আগে আগেই ইতিমধ্যে पहले_ही पहले_से age agei agey
next: next following coming পরের পরবর্তী অাগামী अगला अगले porer poroborti agla agle
since: since from till until upto থেকে পর্যন্ত অবধি হতে से तक theke thika porjonto obdhi se tak
wait: wait waiting hold অপেক্ষা দাঁড়ান দাঁড়াও রুকো इंतज़ार इंतजार रुको रुकिए opekkha darao daran intezar intzar ruko rukiye
pay: pay paying payment payable deposit remit settle পেমেন্ট পরিশোধ মেটাতে মেটাব মেটানো জমা ভরব শোধ চুকাতে দেনা पेमेंट भुगतान भरना भरने भरूं भरें भरो भर जमा चुकाना चुकाने payment pement pymt pemen porishodh porisodh metate metabo metano joma jma jama shodh sodh bhorbo chukate chukabo peyment bhugtan bharna bharne bharu bharu bhare bharo bhar chukana chukane pemant paymnt
paid: paid deposited settled মিটিয়েছি মিটিয়ে_দিয়েছি জমা_দিয়েছি ভরেছি चुका चुकाया भरा भर_दिया भर_दी joma_diyechi mitiyechi metalam bhora bhara bharechi bhar_diya chuka chukaya
owe: due dues outstanding arrear arrears balance pending_amount owe বকেয়া বাকি পাওনা দেনা বাকী बकाया बाकी बाक़ी bokeya bakeya boka baki bakya bakaya bkaya baaki pawna
amount: amount sum total figure অঙ্ক মোট টোটাল পরিমাণ राशि रकम कुल টাকার_অঙ্ক onko mot total poriman rashi rakam kul amt amnt
money: money rupees rupee rs cash taka টাকা টাকাটা টাকার পয়সা রুপি অর্থ ক্যাশ नगद रुपये रुपए रुपया पैसा पैसे tk taka takata takar poysa paysa paisa paise rupaye rupya rupiya pesa
cut: debited debit deducted deduct cut gone_from কাটা কেটে কেটেছে কেটেছে কাটল কাটলো কেটে_গেছে কাটছে डेबिट कटा कट कटे काट kata kete keteche ketechhe katlo katche debit katta kat_gaya kt
bank: bank account ব্যাঙ্ক ব্যাংক অ্যাকাউন্ট একাউন্ট बैंक खाता खाते bank akaunt acount a/c khata khate sbi hdfc icici axis pnb
upi: upi gpay googlepay google_pay phonepe paytm bhim netbanking card credit debitcard ইউপিআই জিপে ফোনপে পেটিএম কার্ড नेटबैंकिंग यूपीआई फोनपे जीपे पेटीएम qr scan scanner
failed: failed fail failure declined unsuccessful bounced ফেল ব্যর্থ अटक फेल असफल fel byartho fhel phel
stuck: stuck pending processing hang আটকে আটকা পেন্ডিং ঝুলে अटका अटकी अटक पेंडिंग लटका atke atka atki pending latka jhule
twice: twice double duplicate দুবার ডবল দুইবার दोबार डबल दो_बार dubar dobar dabal dui_bar doublle
refund: refund refunded return_money reversal ফেরত রিফান্ড वापस वापिस रिफंड ferot pherot feret rifund rifand wapas wapis vapas refnd
receipt: receipt receipts acknowledgement challan voucher slip রসিদ রসীদ চালান রিসিট স্লিপ रसीद पर्ची चालान रसीदें rosid roshid rasid raseed rashid rosheed parchi challan chalan recipt reciept recpt resit slip
certificate: certificate certificates সার্টিফিকেট শংসাপত্র সনদ प्रमाणपत्र प्रमाण_पत्र सर्टिफिकेट सनद sartifiket sertificate certificat cert shongsapotro pramanpatra pramaan
copy: copy duplicate_copy xerox কপি নকল কাগজ কাগজপত্র কাগজটা प्रति कॉपी कागज कागज़ kopi nakal kagoj kagaj kagoz kagaz document documents doc docs paper papers pdf পিডিএফ ডকুমেন্ট पीडीएफ दस्तावेज
tax: tax taxes taxation ট্যাক্স কর করের খাজনা পুরকর ট্যাকস टैक्स कर taxe tex teks taks khajna khazna kajna purokor tx
property: property holding premises assessment সম্পত্তি হোল্ডিং প্রপার্টি সম্পত্তিকর संपत्ति प्रॉपर्टी होल्डिंग मिल्कियत sompotti sampatti property propertey proprty ppty prop holding holdng
house: house home building apartment residence flat bungalow plot land বাড়ি বাড়ির ঘর ঘরের ফ্ল্যাট জমি বাসা মকান মকানের मकान घर फ्लैट जमीन ज़मीन हाउस बिल्डिंग bari barir ghor ghorer flat jomi basa makan ghar jameen zamin haus bilding
assessee: assessee assesse assessment assmt অ্যাসেসি এসেসি মূল্যায়ন অ্যাসেসমেন্ট असेसी असेसमेंट esesi assesi asesee assesy assessi mulyayon
shop: shop store business firm showroom restaurant salon godown দোকান দোকানের ব্যবসা কারবার दुकान दूकान धंधा व्यापार कारोबार dokan dokaner dukan dukaan byabsa bebsa dhanda vyapar karobar gaddi গদি
trade: trade ট্রেড ট্রেন্ড বাণিজ্য व्यापार ट्रेड tred traed
licence: licence license lic licenses লাইসেন্স লাইসেন্সের লাইসেন্সটা अनुज्ञप्ति लाइसेंस लाईसेंस licens lisence laisens liscence lysens laisence licnce licnse layisense lisens enlistment
renew: renew renewal renewed renewing নবীকরণ নবায়ন রিনিউ রিনিউয়াল পুনর্নবীকরণ नवीनीकरण रिन्यू रिन्यूअल नवीकरण renu rinew rinu riniu renual nobikoron nobayon navinikaran renue renwal
expire: expire expired expiry validity valid lapse lapsed মেয়াদ এক্সপায়ার ফুরিয়ে উত্তীর্ণ मियाद वैधता एक्सपायर समाप्त meyad meyaad miyad expair furiye vaidhta samapt
fee: fee fees charge charges rate rates ফি ফিস চার্জ দাম खर्च फीस शुल्क फ़ीस fi fis phees fees shulk kharcha dam
rent: rent rental ভাড়া ভাড়ার किराया भाड़ा किराये bhara vara bhada bhaara kiraya kiraye bara
stall: stall stalls kiosk স্টল স্টলের ঠেক दुकानदारी स्टॉल stol istol stal
market: market bazaar bazar hawker বাজার বাজারের মার্কেট হকার बाजार बाज़ार मार्केट bajar bazaar bajarer market markit
fish: fish vegetable meat fruit cloth মাছ সবজি মাংস ফল কাপড় मछली सब्जी कपड़ा mach sobji kapor machli sabji kapda
tenant: tenant landlord lessee owner ভাড়াটে ভাড়াটিয়া বাড়িওয়ালা মালিক মালিকের किरायेदार मालिक मकानमालिक bharate bharatia bariwala malik kirayedar
bill: bill bills demand invoice notice বিল বিলের বিলটা নোটিস নোটিশ ডিমান্ড बिल नोटिस बिलों bil bills notis notish bil_ta
bill_detail: detail details breakup breakdown statement itemised summary ledger বিবরণ হিসাব হিসেব ডিটেলস খুঁটিনাটি বিস্তারিত विवरण हिसाब ब्योरा डिटेल bibron hisab hiseb ditels detels bistarito vivaran hisaab byora detail
interest: interest penalty fine late_fee surcharge সুদ জরিমানা ফাইন पेनल्टी ब्याज जुर्माना दंड sud jorimana fain byaj jurmana penalti
rebate: rebate discount waiver concession ছাড় মকুব রিবেট छूट माफ माफी char chaar mokub chhut chhoot maaf
quarter: quarter quarterly কোয়ার্টার ত্রৈমাসিক तिमाही quater quartar timahi
list: list table তালিকা লিস্ট सूची लिस्ट talika suchi list
choose: choose choosing select selected pick particular বেছে বাছাই বাছতে নির্বাচন पसंद चुनना चुनकर चुन bechhe beche bachai chunna chunkar chun select
number: number numbers no id code নম্বর নম্বরটা নং সংখ্যা নাম্বার আইডি नंबर नम्बर संख्या आईडी nombor number nomber nmbr nambar numbar no num
link: link url website site portal লিঙ্ক লিংক ওয়েবসাইট সাইট लिंक वेबसाइट साइट link linkta webside
phone: phone mobile telephone helpline contact call ফোন মোবাইল হেল্পলাইন টেলিফোন কল যোগাযোগ फोन मोबाइल हेल्पलाइन संपर्क कॉल fon phon mobail jogajog sampark
message: message messages msg sms text notification বার্তা মেসেজ মেসেজগুলো এসএমএস संदेश मैसेज सूचना mesej masage mesage messeg msgs sandesh soochna suchana barta
reminder: reminder reminders alert alerts তাগাদা রিমাইন্ডার याद_दिलाना रिमाइंडर riminder tagada
spam: spam disturb disturbing irritating bother annoying বিরক্ত জ্বালাতন জ্বালাবেন परेशान तंग birokto jalaton pareshan tang
stop: stop unsubscribe optout cancel_messages থামুন থামান থামাও বন্ধ_করুন रोको रुकवाओ thamun thaman thamao roko
block: block blocked report ব্লক ब्लॉक blok
subscribe: subscribe resubscribe restart resume unblock আবার_চালু সাবস্ক্রাইব फिर_से_शुरू
back: back previous_menu undo return ফিরে পেছনে পিছনে ব্যাক ফেরত_যান वापस_जाओ पीछे phire fire pechone pichone pichhe peeche piche byak
cancel: cancel cancelled abort বাতিল ক্যানসেল रद्द कैंसिल batil kensel radd kansal
menu: menu options services option home মেনু অপশন পরিষেবা मेनू विकल्प सेवा menu menyu opshon poriseba seva sewa
help: help assist support guide সাহায্য হেল্প মদত সহায়তা मदद सहायता हेल्प sahajyo sahajjo shahajjo help madad madat sahayata
person: person human officer executive agent staff someone somebody anyone operator representative মানুষ লোক অফিসার কর্মী কেউ জন একজন আধিকারিক আসল इंसान आदमी कोई_व्यक्ति अफसर अधिकारी कर्मचारी किसी manush manus lok ofisar keu ekjon keo insaan insan aadmi admi afsar adhikari kisi
talk: talk speak speaking conversation discuss chat কথা আলাপ কথাবার্তা बात बातचीत kotha katha alap baat bat
bot: bot robot machine computer automatic chatbot রোবট মেশিন যন্ত্র रोबोट मशीन robot mesin machin jontro
office: office borough ward counter headquarters অফিস বরো কাউন্টার দপ্তর কার্যালয় ऑफिस दफ्तर कार्यालय काउंटर ofis boro counter kaunter doptor daftar karyalay ofc
address: address location ঠিকানা অ্যাড্রেস पता एड्रेस thikana tikana adres
hours: hours timing timings working_hours সময়সূচী টাইমিং समय_सारणी baje
sunday: sunday monday tuesday wednesday thursday friday saturday রবিবার সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার रविवार सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार robibar sombar shonibar sonibar shukrobar ravivar somvar shanivar itwar holiday ছুটি छुट्टी chuti chhutti
kmc: kmc corporation municipality municipal কর্পোরেশন পুরসভা পৌরসভা পুরসংস্থা কেএমসি निगम नगरपालिका नगर_निगम कॉर्पोरेशन korporeshon purosobha pourosobha nigam nagarpalika corporetion korpo
genuine: genuine official safe fraud fake scam trust real আসল নকল জালিয়াতি প্রতারণা বিশ্বাস असली नकली धोखा भरोसा asol nokol jaliyati asli nakli dhokha bharosa
status: status progress track update stage স্ট্যাটাস অবস্থা খবর কতদূর অগ্রগতি स्थिति स्टेटस स्टैटस हाल stetas obostha khobor kotodur katodur sthiti haal
application: application applied apply applying form request requested আবেদন দরখাস্ত ফর্ম অ্যাপ্লাই आवेदन अर्जी दरखास्त फॉर्म abedon dorkhasto form aplai aavedan avedan arji darkhast aplication
approve: approved approval sanction sanctioned clear cleared মঞ্জুর অনুমোদন পাস मंजूर स्वीकृत पास monjur onumodon manjur pas
reject: rejected reject refuse refused নাকচ বাতিল_করেছে खारिज nakoch kharij
officer_work: inspection inspector verify verification verified যাচাই পরিদর্শন जांच सत्यापन jachai jaanch janch satyapan
complain: complain complaint complaints grievance অভিযোগ নালিশ শিকায়েত शिकायत ovijog obhijog abhijog nalish shikayat sikayat compliant
bad: bad worst useless terrible pathetic poor rude খারাপ জঘন্য বাজে ফালতু বেকার खराब बेकार घटिया बकवास kharap baje faltu bekar kharab ghatiya bakwas third_class
bribe: bribe corruption corrupt ঘুষ দুর্নীতি रिश्वत घूस भ्रष्टाचार ghush ghus durniti rishwat
garbage: garbage waste trash dustbin rubbish dirty আবর্জনা ময়লা জঞ্জাল নোংরা कचरा गंदगी कूड़ा aborjona moyla jonjal nongra kachra kuda gandagi vat ভ্যাট
road: road pothole potholes street lane footpath pavement রাস্তা গর্ত ফুটপাথ सड़क गड्ढा गली rasta gorto footpath sadak gaddha
drain: drain drainage sewer waterlogging waterlogged clogged overflow নর্দমা ড্রেন জল_জমা নালা উপচে नाली नाला जलभराव nordoma nala dren naali nali upche
lamp: streetlight lamp light lights pole আলো ল্যাম্প বাতি ল্যাম্পপোস্ট बत्ती लाइट alo batti light
dog: dog dogs mosquito mosquitoes dengue stray animal tree rat snake কুকুর মশা ডেঙ্গু গাছ गाय कुत्ता कुत्ते मच्छर डेंगू पेड़ kukur mosha masha gach kutta kutte machhar macchar ped rats
water: water supply tap pipe জল পানি কল পাইপ पानी जल नल jol pani kol nal
noise: noise loud sound speaker construction illegal শব্দ মাইক বেআইনি অবৈধ शोर अवैध shobdo mike beaini avaidh shor
electricity: electricity cesc power current gas cylinder lpg broadband recharge wifi cable বিদ্যুৎ কারেন্ট ইলেকট্রিক গ্যাস সিলিন্ডার রিচার্জ बिजली गैस सिलेंडर रिचार्ज bidyut karent gas silinder richarge bijli
birth: birth death marriage জন্ম মৃত্যু বিয়ে বিবাহ जन्म मृत्यु शादी विवाह jonmo mrityu biye bibaho janm shadi
aadhaar: aadhaar aadhar adhar pan passport ration voter epic driving rto vehicle আধার প্যান পাসপোর্ট রেশন ভোটার ড্রাইভিং आधार पैन पासपोर्ट राशन वोटर ड्राइविंग adhaar aadhar adhar resion reshon rashan driving
incometax: income itr gst tds ইনকাম আয়কর জিএসটি आयकर इनकम जीएसटी incom inkam aykor
mutation: mutation মিউটেশন নামজারি नामांतरण दाखिलखारिज miutation mutetion namjari
plan: plan sanctioned_plan construction_plan নকশা প্ল্যান नक्शा noksha naksha plan
job: job vacancy recruitment admission scholarship চাকরি ভর্তি নিয়োগ नौकरी भर्ती chakri vorti niyog naukri bharti
loan: loan insurance offer investment crypto lottery prize winner লোন ঋণ অফার লটারি পুরস্কার लोन ऑफर लॉटरी इनाम lon offer lottery inaam
pension: pension lakshmir bhandar sasthyasathi swasthya scheme পেনশন লক্ষ্মীর ভাণ্ডার স্বাস্থ্যসাথী पेंशन योजना penshon lokkhir
hospital: hospital doctor ambulance vaccine health school college হাসপাতাল ডাক্তার টিকা স্কুল কলেজ अस्पताल डॉक्टर टीका स्कूल haspatal daktar tika iskul
police: police fir court thana পুলিশ থানা আদালত पुलिस कोर्ट थाना pulish thana
othercity: howrah saltlake bidhannagar newtown dumdum durgapur siliguri asansol delhi mumbai bangalore hyderabad হাওড়া বিধাননগর সল্টলেক দমদম শিলিগুড়ি निउटाउन हावड़ा दिल्ली मुंबई haora howra
parking: parking hall booking crematorium burial swimming park পার্কিং শ্মশান হল_বুকিং पार्किंग श्मशान
bengali: bengali bangla বাংলা বাংলায় বাংলাতে बांग्ला बंगाली bangla banglay bengoli bangali bangala
english: english ইংরেজি ইংরেজিতে ইংলিশ ইংরিজি अंग्रेजी अंग्रेज़ी इंग्लिश ingreji ingrejite inglish angrezi angreji eng
hindi: hindi হিন্দি হিন্দিতে हिंदी हिन्दी hindite hindi
language: language ভাষা ভাষায় भाषा bhasha vasha bhasa
othertongue: urdu tamil telugu nepali odia oriya punjabi marathi gujarati উর্দু নেপালি उर्दू नेपाली
erase: erase delete remove wipe clear_data মুছে মুছুন মুছতে ডিলিট সরান मिटा मिटाओ हटा हटाओ हटाना डिलीट muche muchun mochhe dilit soriye mita mitao hata hatao hatana
save: save saved store stored সেভ জমিয়ে सेव sev
data: data information record records details_of_me তথ্য ডেটা রেকর্ড ইনফরমেশন जानकारी डेटा रिकॉर्ड tothyo tottho deta rekord jankari
privacy: privacy personal private গোপন ব্যক্তিগত निजी गोपनीय gopon byaktigoto niji
sold: sold sell selling transferred বেচে বিক্রি বেচি बेच बेचा bikri beche becha bech bechi
buy: buy bought purchase কিনেছি কিনব কেনা खरीदा खरीदना kinechi kinbo kena kharida kharidna
family: father mother son daughter wife husband brother sister uncle grandmother grandfather family parents baba বাবা মা ছেলে মেয়ে স্ত্রী স্বামী দাদু ঠাকুমা কাকা বউ পরিবার पिता पिताजी माँ मां बेटा बेटी पत्नी पति भाई बहन दादा परिवार maa ma chele meye stri swami dadu kaka bou pita beta beti patni pati papa mummy mom dad
dead: dead died deceased late_father expired_father মারা মৃত প্রয়াত देहांत मृत गुज़र mara mrito dehant guzar
name: name names named নাম নামে নামের नाम nam name_e naam namer
sick: sick ill aged senior blind অসুস্থ বয়স্ক वृद्ध बीमार osustho boyosko bimar vriddh
friend: friend friends neighbour বন্ধু প্রতিবেশী পাড়ার दोस्त पड़ोसी bondhu protibesi dost padosi
love: love marry girlfriend dating kiss ভালোবাসা ভালোবাসি प्यार मोहब्बत valobasa bhalobasha pyar
food: food eat eaten tea lunch dinner biryani rice খাবার খেয়েছেন খাওয়া চা ভাত खाना खाया चाय khabar kheyecho kheyechen khana khaya chai_khabe
joke: joke funny story song movie cricket match football game জোক গান সিনেমা খেলা ক্রিকেট ম্যাচ चुटकुला गाना फिल्म खेल क्रिकेट gaan cinema khela gana film
weather: weather rain hot cold storm বৃষ্টি গরম ঝড় बारिश गर्मी मौसम bristi brishti gorom jhor barish garmi mausam
god: god bless allah krishna durga puja puja_wishes ঈশ্বর ভগবান মা_দুর্গা পুজো ঠাকুর भगवान ईश्वर पूजा माता bhogoban iswar pujo puja thakur bhagwan ishwar jai
festival: festival diwali eid christmas holi wishes greetings happy শুভেচ্ছা দীপাবলি ঈদ शुभकामनाएं दिवाली ईद होली shubhechha subhecha diwali eid holi shubhkamnaye
good: good fine nice great excellent helpful wonderful ভালো ভাল দারুণ চমৎকার সুন্দর अच्छा बढ़िया बेहतरीन bhalo valo darun sundor accha achha acha badhiya
thanks: thanks thank thankyou thx tnx grateful obliged ধন্যবাদ থ্যাঙ্কস কৃতজ্ঞ शुक्रिया धन्यवाद आभार dhonnobad dhanyabad dhanyavad dhanyawad shukriya
bye: bye goodbye tata seeyou আসি বিদায় টাটা अलविदा asi biday tata alvida
ok: ok okay okk fine alright ওকে আচ্ছা বেশ ঠিকআছে ठीकहै ओके okey accha achha thikache thikhai hmm
yes: yes yeah yep ya sure হ্যাঁ হাঁ জি আজ্ঞে हाँ हां जी haan ha hyan ji ajne
no: no nope nah
hello: hello hi hey hlo helo namaste namaskar নমস্কার হাই হ্যালো প্রণাম নমস্তে नमस्ते नमस्कार हेलो नमस्कार nomoskar nomoshkar pronam
sir: sir madam sirji mam maam dada didi দাদা দিদি স্যার ম্যাডাম ভাই মশাই মহাশয় সার সাহেব भाई साहब सर मैडम भैया जी_साहब bhai bhaiya saheb sahab moshai mosai mohashoy babu
please: please pls plz kindly দয়া অনুগ্রহ প্লিজ कृपया कृपा प्लीज doya onugroho pliz krpya kripya kripaya
if: if whether যদি कि_अगर अगर jodi agar yadi
and: and also too plus এবং আর ও সঙ্গে সাথে और तथा भी साथ ar ebong songe sathe aur bhi saath with
or: or otherwise either অথবা নাকি বা কিংবা या athoba naki kimba ya
but: but however though কিন্তু তবে তবু লেকিন लेकिन मगर पर_फिर kintu tobe tobu lekin magar
for: for জন্য জন্যে বাবদ के_लिए लिए jonno jonne babod liye lie
because: because reason কারণ তাই क्योंकि वजह karon tai kyunki wajah
here: here এখানে এইখানে ইহাঁ यहां यहाँ यहीं ekhane eikhane yahan yaha
there: there সেখানে ওখানে वहां वहाँ sekhane okhane wahan
online: online internet app application_app অনলাইন নেট অ্যাপ ऑनलाइन ऐप नेट onlain net ap
counter_queue: queue line লাইন লাইনে লাইনের लाइन कतार lain katar
password: otp password pin login ওটিপি পিন पासवर्ड ओटीपी otp
group: group share_with everyone_share like subscribe_channel গ্রুপ শেয়ার লাইক ग्रुप शेयर grup sheyar
accountant: agent ca accountant lawyer clerk officer_clerk দালাল উকিল দালালের वकील दलाल dalal ukil vakil
photo: photo picture image screenshot camera ছবি ফটো স্ক্রিনশট फोटो तस्वीर chobi photo foto tasveer ss
voice: voice audio record_voice ভয়েস अवाज voice
place: area locality para পাড়া এলাকা इलाका मोहल्ला para elaka mohalla ilaka
ward: ward borough ওয়ার্ড वार्ड word
upper: top above up উপরে ওপরে ওপরের ऊपर upore opore upar
lower_place: below bottom down নিচে নীচে নিচের नीचे niche nichhe neeche
thing: thing things matter জিনিস ব্যাপার বিষয় चीज बात_है jinis byapar bishoy cheez
work: work working job_done কাজ কাজের काम kaj kajer kaam kam_hua
problem: problem issue trouble difficulty সমস্যা অসুবিধা ঝামেলা মুশকিল समस्या दिक्कत परेशानी somossa shomossha osubidha jhamela mushkil samasya dikkat
already: already
angry: idiot stupid nonsense shame cheat thief গাধা চোর লজ্জা বদমাশ चोर बदतमीज chor lojja gadha lajja
question: question ask asking asked প্রশ্ন জিজ্ঞাসা জিজ্ঞেস सवाल पूछना पूछ proshno jiggasa jigges sawal puchna puch
answer: answer reply respond response উত্তর জবাব রিপ্লাই जवाब उत्तर uttor jobab jawab riplai
card: card certificate_card শংসা
live: live living residing_at বসবাস निवास
hand: hand hands হাতে হাত हाथ hat haath
eye: eyes glasses চোখে চোখ চশমা आंख चश्मा chokh chosma aankh
`;

/** Each thing with its words. */
export const concepts: readonly (readonly [name: string, words: string])[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const colon = line.indexOf(':');
    const words = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll('_', ' '));
    return [line.slice(0, colon), words.join(',')] as const;
  });
