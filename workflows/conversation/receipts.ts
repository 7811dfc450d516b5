/** "My receipts": what this citizen paid last, each receipt again by one tap. */
import type { RecentPayment } from '../../domain/payments/order.ts';
import type { Reply } from '../../domain/reply.ts';
import { askForPerson, type Chat } from './chat.ts';
import { documents, records } from './ports.ts';

export async function receipts(chat: Chat): Promise<undefined> {
  const payments = await records.recentPayments({ citizenId: chat.citizenId });
  if (payments.length === 0) {
    await chat.say({ key: 'status' });
    return;
  }
  await offerReceipts(chat, { key: 'payments', params: { payments } }, payments);
}

/** Says something of payments; the receipt of each is one tap away. */
async function offerReceipts(chat: Chat, reply: Reply, payments: readonly RecentPayment[]): Promise<void> {
  const rows = payments.flatMap((payment) =>
    payment.receipt === undefined ? [] : { id: payment.receipt, label: { payment } },
  );
  if (rows.length === 0) return chat.say(reply);
  const chosen = await chat.offer<string, never>(reply, rows, () => ({ unclear: 'notUnderstood' }));
  const payment = payments.find(({ receipt }) => receipt !== undefined && receipt === chosen);
  if (payment) await sendReceiptAgain(chat, payment);
}

/** What is under way for this citizen, with dates and what comes next. */
export async function standing(chat: Chat): Promise<undefined> {
  const found = await records.citizenStanding({ citizenId: chat.citizenId });
  const isEmpty = Object.values(found).every((list: readonly unknown[]) => list.length === 0);
  if (isEmpty) await chat.say({ key: 'status' });
  else await offerReceipts(chat, { key: 'standing', params: found }, found.payments);
}

/** Money was taken and nothing came: this citizen's own attempts say what becomes of it, and until when. */
export async function moneyCut(chat: Chat): Promise<undefined> {
  const payments = await records.recentPayments({ citizenId: chat.citizenId });
  await chat.say({
    key: 'moneyCut',
    params: { payments: payments.slice(0, triesShown) },
    choices: [askForPerson],
  });
}

const triesShown = 3;

/** The receipt of a payment that this very citizen made, as a PDF. */
export async function sendReceiptAgain(chat: Chat, payment: RecentPayment): Promise<void> {
  const { service, accountNumber, amount, receipt: number } = payment;
  if (number === undefined) return chat.say({ key: 'receiptFailed' });
  try {
    const document = await documents.paymentReceipt({ number, language: chat.language });
    await chat.say({ key: 'receipt', params: { service, accountNumber, amount, number, ...document } });
  } catch {
    await chat.say({ key: 'receiptFailed' });
  }
}
