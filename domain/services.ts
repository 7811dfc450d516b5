/**
 * The service catalogue: one entry for each thing a citizen can do in the chat. A new municipal service is an entry
 * here, its words in texts/, and its script in workflows/conversation/.
 */
import { mentions, wordList } from './words.ts';

export const services = ['propertyTax', 'tradeLicence', 'renewal', 'receipts', 'about'] as const;
export type Service = (typeof services)[number];

/** The services in which something is paid. A renewal is paid as the trade licence that it is. */
export type PaidService = Extract<Service, 'propertyTax' | 'tradeLicence'>;

/** What citizens write when they want the service without opening the menu. */
const spokenAs: Readonly<Record<Service, readonly string[]>> = {
  propertyTax: wordList(`property tax, house tax, holding tax, municipal tax, tax, arrears, dues, assessee,
    assessee number, assessee no, sampatti kar, sompotti kor, pourokor, purokor, bokeya, khajna, bakaya, grihkar,
    সম্পত্তি কর, সম্পত্তিকর, পুরকর, পৌরকর, প্রপার্টি ট্যাক্স, হাউস ট্যাক্স, ট্যাক্স, কর, বকেয়া, অ্যাসেসি, এসেসি,
    संपत्ति कर, सम्पत्ति कर, प्रॉपर्टी टैक्स, हाउस टैक्स, गृहकर, टैक्स, कर, बकाया, असेसी`),
  renewal:
    wordList(`renew, renewal, renew licence, renew license, renew trade licence, licence renewal, license renewal,
    trade licence renewal, punornobikoron, punarnabikaran, nobikoron, nabikaran, renew koro, renew karna, navinikaran,
    naveenikaran, পুনর্নবীকরণ, পুণর্নবীকরণ, নবীকরণ, রিনিউ, রিনিউয়াল, রিনিউ করতে চাই, नवीनीकरण, नवीकरण, रिन्यू, रिन्यूअल`),
  tradeLicence:
    wordList(`trade licence, trade license, trade lisence, trend license, licence, license, licence fee, license fee,
    certificate of enlistment, ce number, ce no, tred laisens, laisens, trade licence fee,
    ট্রেড লাইসেন্স, ট্রেন্ড লাইসেন্স, ট্রেড লাইসেন্স ফি, লাইসেন্স, লাইসেন্স ফি, লাইসেন্সের ফি, লাইসেন্সের, সি ই নম্বর,
    ট্রেড লাইসেন্সের ফি, ट्रेड लाइसेंस, ट्रेड लाइसेन्स, लाइसेंस, लाइसेन्स, लाइसेंस फीस, लाइसेंस शुल्क, सीई नंबर`),
  receipts:
    wordList(`receipt, receipts, my receipts, my payments, payment history, payment status, payments, rosid, roshid,
    rasid, rashid, amar rosid, bhugtan, রসিদ, আমার রসিদ, রিসিট, রসিদগুলি, পেমেন্ট, আমার পেমেন্ট, রসিদ চাই, रसीद, मेरी रसीद,
    मेरी रसीदें, रसीदें, भुगतान, मेरे भुगतान`),
  about:
    wordList(`about, about this service, info, information, contact, contact us, office, offices, office hours,
    address, privacy, complaint, complain, complaints, who are you, somporke, tothyo, thikana, ovijog, obhijog, jankari,
    pata, shikayat, sikayat, পরিষেবা সম্পর্কে, এই পরিষেবা সম্পর্কে, সম্পর্কে, তথ্য, যোগাযোগ, ঠিকানা, অফিস, অভিযোগ,
    গোপনীয়তা, सेवा के बारे में, इस सेवा के बारे में, जानकारी, संपर्क, सम्पर्क, पता, कार्यालय, दफ्तर, शिकायत, गोपनीयता`),
};

/** Who names two things means the narrower one: "trade licence renewal", "trade licence dues". */
const narrowestFirst = [
  'renewal',
  'tradeLicence',
  'propertyTax',
  'receipts',
  'about',
] as const satisfies Service[];

/** The service that a text asks for, if it names one. */
export function requestedService(text: string): Service | undefined {
  return narrowestFirst.find((service) => mentions(text, spokenAs[service]));
}
