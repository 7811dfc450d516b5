/**
 * How much work a receipt is: CPU time of the whole process, Typst's thread included, for properties and bills of the
 * synthetic city, in every language.
 */
import { receiptPdf, type ReceiptFacts } from '../documents/receipt.ts';
import { dateInKolkata, financialYear } from '../domain/calendar.ts';
import type { Account } from '../domain/accounts/kinds.ts';
import type { Demand } from '../domain/dues.ts';
import { languages, type Language } from '../domain/language.ts';
import { maskAddress, maskName } from '../domain/masking.ts';
import { paise } from '../domain/money.ts';
import { receiptNumber, type Receipt } from '../domain/payments/receipt.ts';
import { duesOf } from '../domain/rules.ts';
import { billsOf, propertyAt } from '../sandbox/city/property.ts';
import { seeded } from '../sandbox/city/random.ts';
import { say, verdict } from './say.ts';

const receipts = 100;
/** Until the compiler is warm: its thread has begun, and V8 has optimised what it runs. */
const warmUp = 60;
const mostMilliseconds = 50;

const facts: ReceiptFacts = {
  number: '+91 00000 00000',
  office: { bn: 'পুর ভবন, নমুনা সরণি', en: 'Municipal Office, Sample Street', hi: 'नगर भवन, नमूना सरणी' },
  publicUrl: 'https://seva.example.org',
};

/** @returns whether it is as little as promised */
export async function measureReceipt(): Promise<boolean> {
  const drawn = draw();
  const next = (): Receipt => drawn.next().value as Receipt;
  for (let round = 0; round < warmUp; round += 1) await receiptPdf(next(), languageOf(round), facts);

  const spent: Record<Language, number[]> = { bn: [], en: [], hi: [] };
  let bytes = 0;
  for (let round = 0; round < receipts; round += 1) {
    const [receipt, language] = [next(), languageOf(round)];
    const before = process.cpuUsage();
    const pdf = await receiptPdf(receipt, language, facts);
    const { user, system } = process.cpuUsage(before);
    spent[language].push((user + system) / 1000);
    bytes += pdf.length;
  }
  for (const [language, times] of Object.entries(spent)) {
    say(`  ${language}  ${mean(times).toFixed(1)} ms of CPU a receipt`);
  }
  say(`  ${(bytes / receipts / 1024).toFixed(0)} KB a receipt`);
  return verdict(
    `a warm receipt within ${mostMilliseconds} ms of CPU`,
    mean(Object.values(spent).flat()),
    mostMilliseconds,
  );
}

const languageOf = (round: number): Language => languages[round % languages.length] ?? 'bn';

const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length;

/** A receipt for everything due on one property after the other. */
function* draw(): Generator<Receipt> {
  const random = seeded(7);
  const city = 2_000;
  const asOf = Date.parse('2026-11-22T17:05:00+05:30');
  const today = dateInKolkata(asOf);
  for (let index = 0, ordinal = 1; ; index += 1) {
    const { number, owner, address, residential, senior } = propertyAt(index % city, city, random);
    const account: Account = {
      kind: 'property',
      number,
      owner: { en: maskName(owner.en), ...(owner.bn !== undefined && { bn: maskName(owner.bn) }) },
      address: {
        en: maskAddress(address.en),
        ...(address.bn !== undefined && { bn: maskAddress(address.bn) }),
      },
      ward: Number(number.slice(2, 5)),
      residential,
      senior,
    };
    const demands = billsOf(random, today, 4)
      .filter(({ paidOn }) => paidOn === undefined)
      .map(({ bill, kind, periodFrom, periodTo, presentedOn, coveredBy, ...rupees }): Demand => ({
        id: bill,
        kind,
        periodFrom,
        periodTo,
        presentedOn,
        lines: (['principal', 'interest', 'penalty'] as const).map((line) => ({
          kind: line,
          amount: paise(rupees[line] * 100),
        })),
        ...(coveredBy !== undefined && { coveredBy }),
      }));
    const { dues, total } = duesOf({
      account,
      demands,
      rules: { promptRebate: { percent: 5, days: 21, kinds: ['PD'] } },
      today,
      asOf,
    });
    if (dues.length === 0) continue;
    yield {
      number: receiptNumber('W', financialYear(today), ordinal),
      checkCode: '3F9A61C0',
      service: 'propertyTax',
      account,
      paid: dues.map((due) => ({ ...due, isPart: false, settles: true, posting: 'posted' as const })),
      amount: total,
      paidAt: asOf + ordinal * 60_000,
      issuedAt: asOf + ordinal * 60_000,
      gateway: 'billdesk',
      transactionId: `U${123_001_234_500 + ordinal}`,
      bankReference: String(632_781_000_000 + ordinal),
      method: 'upi',
    };
    ordinal += 1;
  }
}
