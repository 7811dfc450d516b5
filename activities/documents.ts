/** Makes documents and pictures and leaves them with WhatsApp, ready to be sent. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/activity';
import { openCase, settleCase } from '../database/cases.ts';
import type { Database } from '../database/connection.ts';
import { fillCertificate, readCertificate, type KeptCertificate } from '../database/licences/certificates.ts';
import { knownUpload, rememberUpload } from '../database/uploads.ts';
import { readCreditNote } from '../database/payments/credit-notes.ts';
import { readReceipt } from '../database/payments/receipts.ts';
import { certificatePdf, unprintableFields } from '../documents/certificate.ts';
import { creditNotePdf } from '../documents/credit-note.ts';
import { receiptPdf, type ReceiptFacts } from '../documents/receipt.ts';
import { statementPdf } from '../documents/statement.ts';
import { type AssesseeNumber, groupAssesseeNumber } from '../domain/accounts/property.ts';
import { dateInKolkata } from '../domain/calendar.ts';
import type { CertificateKey, CertificateNumber, Particulars } from '../domain/certificate.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Language } from '../domain/language.ts';
import type { PaidBill } from '../domain/reply.ts';
import type { ReceiptNumber } from '../domain/payments/receipt.ts';
import type { CreditNoteNumber } from '../domain/payments/refund.ts';
import { duesOf } from '../domain/rules.ts';
import type { WorkMetrics } from '../platform/metrics.ts';
import type { Records } from '../records/records.ts';
import type { ReadRuleBook } from '../records/rule-book.ts';
import { certificateFile, creditNoteFile, receiptFile, statementFile } from '../texts/file-names.ts';
import type { WhatsAppClient } from '../whatsapp/client.ts';
import type { LookUpAccount } from './look-up.ts';

interface Dependencies {
  readonly db: Database;
  readonly whatsapp: WhatsAppClient;
  readonly phoneNumberId: string;
  readonly lookUp: LookUpAccount;
  readonly records: Records;
  readonly rules: ReadRuleBook;
  readonly facts: ReceiptFacts;
  readonly metrics: Pick<WorkMetrics, 'documents'>;
}

export interface DocumentActivities {
  /** The statement of all that is due on a property, as a PDF at WhatsApp. */
  propertyStatement(of: {
    readonly citizenId: CitizenId;
    readonly number: AssesseeNumber;
    readonly language: Language;
  }): Promise<{ mediaId: string; filename: string; number: string }>;
  /** The receipt of an order, as a PDF at WhatsApp. */
  paymentReceipt(of: {
    readonly number: ReceiptNumber;
    readonly language: Language;
  }): Promise<{ mediaId: string; filename: string; paid: readonly PaidBill[] }>;
  /** The credit note of a refund, as a PDF at WhatsApp. */
  creditNote(of: {
    readonly number: CreditNoteNumber;
    readonly language: Language;
  }): Promise<{ mediaId: string; filename: string }>;
  /** An e-certificate that is in force, as a PDF at WhatsApp, and the key under which its holder finds it again. */
  renewalCertificate(of: {
    readonly number: CertificateNumber;
  }): Promise<{ mediaId: string; filename: string; key: CertificateKey }>;
  /** The picture of a bill on which the place of the assessee number is marked. */
  billPicture(of: { readonly language: Language }): Promise<{ mediaId: string }>;
}

const pictures = join(import.meta.dirname, '..', 'documents', 'pictures');

export function createDocumentActivities(dependencies: Dependencies): DocumentActivities {
  const { db, whatsapp, phoneNumberId, lookUp, records, rules, facts, metrics } = dependencies;

  async function timed(
    kind: 'statement' | 'receipt' | 'credit note' | 'certificate',
    make: () => Promise<Buffer>,
  ): Promise<Buffer> {
    const stopTimer = metrics.documents.startTimer({ kind });
    try {
      const bytes = await make();
      stopTimer({ result: 'made' });
      return bytes;
    } catch (error) {
      stopTimer({ result: 'failed' });
      throw error;
    }
  }

  /** The id under which WhatsApp keeps a file; uploaded unless it has it already. */
  async function uploaded(
    fingerprint: string,
    make: () => Promise<Parameters<WhatsAppClient['uploadMedia']>[0]>,
  ): Promise<string> {
    const known = await knownUpload(db, phoneNumberId, fingerprint);
    if (known !== undefined) return known;
    const { id } = await whatsapp.uploadMedia(await make());
    await rememberUpload(db, phoneNumberId, fingerprint, id);
    return id;
  }

  /** Names in full, as the records have them at this moment: a certificate with hidden names would be worth nothing. */
  async function fillIn(certificate: KeptCertificate): Promise<Particulars> {
    const { number, licenceNumber } = certificate;
    const [record, book] = await Promise.all([
      records.find('licence', licenceNumber),
      rules(dateInKolkata(Date.now())),
    ]);
    if (!record) throw ApplicationFailure.nonRetryable('the records have no such licence', 'NoLicence');
    const { tradeName, trade, owner, address, ward } = record.account;
    const particulars: Particulars = {
      tradeName,
      // What the schedule does not have goes by its code.
      trade: book.trades?.[trade]?.name ?? { bn: trade, en: trade, hi: trade },
      holder: owner,
      address,
      ward,
    };
    await refuseUnprintable(certificate, particulars);
    return fillCertificate(db, number, particulars);
  }

  /**
   * A certificate is a legal paper: it names its holder in full or is not made. The case waits for whoever sets the
   * register right, and is settled when the certificate is made after that.
   */
  async function refuseUnprintable(
    { number, renewalId }: KeptCertificate,
    particulars: Particulars,
  ): Promise<void> {
    const fact = `certificate-${number}`;
    const fields = unprintableFields(particulars);
    if (fields.length === 0) {
      await settleCase(db, 'untold', fact, 'the certificate can be printed now');
      return;
    }
    const reason = 'the certificate cannot be printed: no font has some of its characters';
    await openCase(db, {
      kind: 'untold',
      fact,
      subject: 'renewal',
      subjectId: renewalId,
      reason,
      details: { certificate: number, fields },
    });
    const words = fields.map(({ field, characters }) => `${field} has ${characters.join(', ')}`).join('; ');
    throw ApplicationFailure.nonRetryable(`${reason}: ${words}`, 'Unprintable');
  }

  return {
    async propertyStatement({ citizenId, number, language }) {
      const answer = await lookUp({ citizenId, kind: 'property', number });
      const dues = answer.found === 'account' ? duesOf(answer) : undefined;
      if (!dues || dues.dues.length === 0) {
        throw ApplicationFailure.nonRetryable(
          'there is nothing to put into a statement any more',
          'NothingDue',
        );
      }
      const bytes = await timed('statement', () => statementPdf(dues, language, facts));
      const filename = statementFile(number);
      const { id } = await whatsapp.uploadMedia({ bytes, mimeType: 'application/pdf', filename });
      return { mediaId: id, filename, number: groupAssesseeNumber(number) };
    },

    async paymentReceipt({ number, language }) {
      const receipt = await readReceipt(db, number);
      if (!receipt) throw ApplicationFailure.nonRetryable('there is no receipt', 'NoReceipt');
      const filename = receiptFile(receipt);
      // A receipt never changes, so WhatsApp need not be given it twice.
      const mediaId = await uploaded(`receipt ${receipt.number} ${language}`, async () => {
        const bytes = await timed('receipt', () => receiptPdf(receipt, language, facts));
        return { bytes, mimeType: 'application/pdf', filename };
      });
      const paid = receipt.paid.map(({ kind, periodFrom, periodTo }) => ({ kind, periodFrom, periodTo }));
      return { mediaId, filename, paid };
    },

    async creditNote({ number, language }) {
      const note = await readCreditNote(db, number);
      if (!note) throw ApplicationFailure.nonRetryable('there is no credit note', 'NoCreditNote');
      const filename = creditNoteFile(note);
      // Like a receipt it never changes.
      const mediaId = await uploaded(`credit note ${number} ${language}`, async () => {
        const bytes = await timed('credit note', () => creditNotePdf(note, language, facts));
        return { bytes, mimeType: 'application/pdf', filename };
      });
      return { mediaId, filename };
    },

    async renewalCertificate({ number }) {
      const certificate = await readCertificate(db, number);
      if (!certificate?.isInForce) {
        throw ApplicationFailure.nonRetryable('there is no such certificate in force', 'NoCertificate');
      }
      const particulars = certificate.particulars ?? (await fillIn(certificate));
      const filename = certificateFile(particulars, certificate.validUntil);
      const mediaId = await uploaded(`certificate ${number}`, async () => {
        const bytes = await timed('certificate', () =>
          certificatePdf({ ...certificate, particulars }, facts),
        );
        return { bytes, mimeType: 'application/pdf', filename };
      });
      return { mediaId, filename, key: certificate.key };
    },

    async billPicture({ language }) {
      const filename = `bill-${language}.png`;
      const bytes = await readFile(join(pictures, filename));
      const fingerprint = createHash('sha256').update(bytes).digest('hex');
      const upload = { bytes, mimeType: 'image/png', filename };
      return { mediaId: await uploaded(fingerprint, () => Promise.resolve(upload)) };
    },
  };
}
