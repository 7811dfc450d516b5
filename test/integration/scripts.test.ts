/** Names in every script of India, as registers have them, on the papers that citizens keep. */
import { describe, expect, test } from 'vitest';
import { certificatePdf, unprintableFields } from '../../documents/certificate.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import type { CertificateNumber } from '../../domain/certificate.ts';
import type { Written } from '../../domain/accounts/account.ts';
import { account, certificate, due, facts, receiptOf } from '../support/bills.ts';
import { openPdf } from '../support/open-pdf.ts';
import { boxesIn, inReadingOrder, textOf } from '../support/pdf-text.ts';

const names = [
  ['Assamese', 'ৰাজেন চৌধুৰী ভাণ্ডাৰ'],
  ['Gujarati', 'શ્રી અંબિકા સ્ટોર્સ'],
  ['Gurmukhi', 'ਗੁਰੂ ਨਾਨਕ ਟ੍ਰੇਡਰਜ਼'],
  ['Hindi', 'श्री गणेश मिष्टान्न भण्डार'],
  ['Kannada', 'ಶ್ರೀ ಕೃಷ್ಣ ಭವನ'],
  ['Malayalam', 'ശ്രീകൃഷ്ണ സ്റ്റോഴ്സ്'],
  ['Meitei', 'ꯃꯅꯤꯄꯨꯔ ꯁ꯭ꯇꯣꯔ'],
  ['Odia', 'ଶ୍ରୀ ଜଗନ୍ନାଥ ଭଣ୍ଡାର'],
  ['Santali', 'ᱥᱟᱱᱛᱟᱲᱤ ᱫᱚᱠᱟᱱ'],
  ['Tamil', 'மீனாட்சி ஸ்டோர்ஸ் கொல்கத்தா'],
  ['Telugu', 'శ్రీ వెంకటేశ్వర స్టోర్స్'],
  ['Urdu', 'محمد اقبال ٹریڈرز، پارک اسٹریٹ'],
] as const;

describe.each(names)('a name in %s', (_, name) => {
  test('is printed letter for letter on a certificate, and can be read aloud and found in it', async () => {
    const [tradeName, holder] = [{ en: 'Shop', bn: name }, { en: name }];
    const address: Written = { en: `12/1, ${name}, Kolkata 700001`, bn: name };
    const particulars = { ...certificate.particulars, tradeName, holder, address };
    expect(unprintableFields(particulars)).toEqual([]);
    const pdf = await certificatePdf({ ...certificate, particulars }, facts);
    expect(inReadingOrder(textOf(pdf)).split(name.normalize('NFC'))).toHaveLength(5);
    expect(boxesIn(pdf)).toBe(0);
    expect((await openPdf(pdf)).texts).toHaveLength(1);
  });

  test.each(['bn', 'en', 'hi'] as const)('is printed on a receipt in the language %s', async (language) => {
    const owner: Written = { en: name, bn: name };
    const receipt = receiptOf([due('PD', 2026, [4_560])], { account: { ...account, owner } });
    const pdf = await receiptPdf(receipt, language, facts);
    expect(inReadingOrder(textOf(pdf))).toContain(name.normalize('NFC'));
    expect(boxesIn(pdf)).toBe(0);
  });
});

describe('what no font has', () => {
  const strange: Written = { en: 'Li’s Sweets 李记 🍬, Park Street', bn: 'লি-র মিষ্টি 李记' };

  test('keeps a certificate from being made, and it is said where it stands', () => {
    const particulars = { ...certificate.particulars, holder: strange };
    expect(unprintableFields(particulars)).toEqual([
      { field: 'holder', characters: ['李 (U+674E)', '记 (U+8BB0)', '🍬 (U+1F36C)'] },
    ]);
  });

  test.each([
    ['stands on a receipt as a gap that can be seen', strange, 'Li’s Sweets (…) (…), Park Street'],
    ['in Bengali gives way to the English name', { ...strange, en: 'Li’s Sweets' }, 'Li’s Sweets'],
  ])('%s', async (_, owner, shown) => {
    const receipt = receiptOf([due('PD', 2026, [4_560])], { account: { ...account, owner } });
    const pdf = await receiptPdf(receipt, 'bn', facts);
    expect(textOf(pdf)).toContain(shown);
    expect(boxesIn(pdf)).toBe(0);
  });

  test('never comes on paper, whatever way it took', async () => {
    const broken = { ...certificate, number: `${certificate.number}李` as CertificateNumber };
    await expect(certificatePdf(broken, facts)).rejects.toThrow('no font for 李 (U+674E) in certificate');
  });
});
