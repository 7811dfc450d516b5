/** "My receipts": what this citizen paid last, each receipt again by one tap. */
import type { RecentPayment } from '../../domain/payments/order.ts';
import type { Chat } from './chat.ts';
import { documents, records } from './ports.ts';

export async function receipts(chat: Chat): Promise<undefined> {
  const payments = await records.recentPayments({ citizenId: chat.citizenId });
  if (payments.length === 0) {
    await chat.say({ key: 'status' });
    return;
  }
  const rows = payments.flatMap((payment) =>
    payment.receipt === undefined ? [] : { id: payment.receipt, label: { payment } },
  );
  const reply = { key: 'payments', params: { payments } } as const;
  if (rows.length === 0) {
    await chat.say(reply);
    return;
  }
  const chosen = await chat.offer<string, never>(reply, rows, () => ({ unclear: 'notUnderstood' }));
  const payment = payments.find(({ receipt }) => receipt !== undefined && receipt === chosen);
  if (payment) await sendReceiptAgain(chat, payment);
}

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
