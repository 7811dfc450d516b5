/** Makes documents and pictures and leaves them with WhatsApp, ready to be sent. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/activity';
import type { Database } from '../database/connection.ts';
import { knownUpload, rememberUpload } from '../database/uploads.ts';
import { statementPdf, type StatementFacts } from '../documents/statement.ts';
import { groupAssesseeNumber, type AssesseeNumber } from '../domain/assessee-number.ts';
import type { CitizenId } from '../domain/citizen.ts';
import type { Language } from '../domain/language.ts';
import type { WhatsAppClient } from '../whatsapp/client.ts';
import type { RecordActivities } from './records.ts';

interface Dependencies {
  readonly db: Database;
  readonly whatsapp: WhatsAppClient;
  readonly phoneNumberId: string;
  readonly records: Pick<RecordActivities, 'lookUpProperty'>;
  readonly facts: StatementFacts;
}

export interface DocumentActivities {
  /** The statement of all that is due on a property, as a PDF at WhatsApp. */
  propertyStatement(of: {
    readonly citizenId: CitizenId;
    readonly number: AssesseeNumber;
    readonly language: Language;
  }): Promise<{ mediaId: string; filename: string; number: string }>;
  /** The picture of a bill on which the place of the assessee number is marked. */
  billPicture(of: { readonly language: Language }): Promise<{ mediaId: string }>;
}

const pictures = join(import.meta.dirname, '..', 'documents', 'pictures');

export function createDocumentActivities(dependencies: Dependencies): DocumentActivities {
  const { db, whatsapp, phoneNumberId, records, facts } = dependencies;

  return {
    async propertyStatement({ citizenId, number, language }) {
      const answer = await records.lookUpProperty({ citizenId, number });
      if (answer.found !== 'dues') {
        throw ApplicationFailure.nonRetryable(
          'there is nothing to put into a statement any more',
          'NothingDue',
        );
      }
      const bytes = await statementPdf(answer.dues, language, facts);
      const filename = `property-tax-${number}.pdf`;
      const { id } = await whatsapp.uploadMedia({ bytes, mimeType: 'application/pdf', filename });
      return { mediaId: id, filename, number: groupAssesseeNumber(number) };
    },

    async billPicture({ language }) {
      const filename = `bill-${language}.png`;
      const bytes = await readFile(join(pictures, filename));
      const fingerprint = createHash('sha256').update(bytes).digest('hex');
      const known = await knownUpload(db, phoneNumberId, fingerprint);
      if (known !== undefined) return { mediaId: known };
      const { id } = await whatsapp.uploadMedia({ bytes, mimeType: 'image/png', filename });
      await rememberUpload(db, phoneNumberId, fingerprint, id);
      return { mediaId: id };
    },
  };
}
