/** The e-certificate of a trade licence, as it hangs on the wall of a shop: in Bengali and in English at once. */
import { dateInKolkata } from '../domain/calendar.ts';
import type { Certificate, Particulars } from '../domain/certificate.ts';
import type { Written } from '../domain/accounts/account.ts';
import { inert } from '../domain/inert.ts';
import { spelledOut, unprintable } from '../domain/printable.ts';
import {
  certificate as words,
  howToVerify,
  licence,
  notes,
  qrCode,
  type OnPaper,
} from '../texts/certificate.ts';
import { formatDate, formatMoneyOnPaper, formatNumber } from '../texts/format.ts';
import { receipt } from '../texts/receipt.ts';
import { paper } from '../texts/statement.ts';
import { compile } from './compiler.ts';
import { checkedAt } from './qr-code.ts';
import type { ReceiptFacts } from './receipt.ts';
import { printable, type Both } from './words.ts';

/** What the records say in characters that no font has, and in which: such a certificate is not issued. */
export function unprintableFields(
  particulars: Particulars,
): readonly { readonly field: string; readonly characters: readonly string[] }[] {
  const { tradeName, trade, holder, address } = particulars;
  return Object.entries({ tradeName, trade, holder, address }).flatMap(([field, { bn = '', en }]) => {
    const characters = unprintable(`${bn} ${en}`);
    return characters.length > 0 ? [{ field, characters: characters.map(spelledOut) }] : [];
  });
}

/** One A4 page, tagged and searchable, and the same whoever asks for it. */
export function certificatePdf(certificate: Certificate, facts: ReceiptFacts): Promise<Buffer> {
  return compile('certificate', certificateData(certificate, facts));
}

function certificateData(certificate: Certificate, { number, office, publicUrl }: ReceiptFacts): object {
  const { tradeName, trade, holder, address, ward } = certificate.particulars;
  const issuedOn = inBoth(formatDate, dateInKolkata(certificate.issuedAt));
  return {
    lang: 'bn',
    corporation: both(paper.corporation),
    title: both(words.title),
    about: `${licence.certificateNumber.bn} ${certificate.number}, ${issuedOn.bn ?? issuedOn.en}`,
    head: [printable(office.bn), printable(office.en), `WhatsApp ${printable(number)}`],
    numbers: [
      fact(licence.certificateNumber, { en: certificate.number }),
      fact(licence.number, { en: certificate.licenceNumber }),
      fact(licence.issuedOn, issuedOn),
    ],
    enlists: both(words.enlists),
    tradeName: inRecords(tradeName),
    particulars: [
      fact(words.trade, inRecords(trade)),
      fact(licence.holder, inRecords(holder)),
      fact(words.address, inRecords(address)),
      fact(paper.ward, inBoth(formatNumber, ward)),
    ],
    validity: [
      fact(licence.validFrom, inBoth(formatDate, certificate.validFrom)),
      fact(licence.validUntil, inBoth(formatDate, certificate.validUntil)),
    ],
    payment: [
      fact(words.fee, inBoth(formatMoneyOnPaper, certificate.amount)),
      fact(receipt.number, { en: certificate.receipt }),
    ],
    howToCheck: both(howToVerify),
    check: checkedAt(publicUrl, certificate, qrCode),
    notes: notes.map(both),
  };
}

function both({ bn, en }: OnPaper): Both {
  return { own: bn, en };
}

/** A value in both languages; without Bengali where the records have none, or where it is the same. */
type Value = Written;

function fact(name: OnPaper, value: Value): readonly [Both, Value] {
  return [both(name), value];
}

function inBoth<T>(format: (value: T, language: 'bn' | 'en') => string, value: T): Value {
  return { bn: format(value, 'bn'), en: format(value, 'en') };
}

function inRecords({ bn, en }: Value): Value {
  return { en: printable(inert(en)), ...(bn !== undefined && { bn: printable(inert(bn)) }) };
}
