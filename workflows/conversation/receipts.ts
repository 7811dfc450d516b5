/** "My receipts": what this citizen paid last, each receipt again by one tap. */
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DocumentActivities } from '../../activities/documents.ts';
import type { RecordActivities } from '../../activities/records.ts';
import type { OrderId } from '../../domain/order.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import type { Chat } from './chat.ts';

const books = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});
const documents = proxyActivities<DocumentActivities>({
  taskQueue: taskQueues.documents,
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 3 },
});

export async function receipts(chat: Chat): Promise<void> {
  const payments = await books.recentPayments({ citizenId: chat.citizenId });
  if (payments.length === 0) return chat.say({ key: 'status' });
  const rows = payments
    .filter(({ receipt }) => receipt !== undefined)
    .map((payment) => ({ id: payment.orderId, label: { payment } }));
  const reply = { key: 'payments', params: { payments } } as const;
  if (rows.length === 0) return chat.say(reply);
  const chosen = await chat.offer<OrderId, never>(reply, rows, () => ({ unclear: 'notUnderstood' }));
  await sendReceiptAgain(chat, chosen);
}

/** The receipt of an order that this very citizen paid, as a PDF. */
export async function sendReceiptAgain(chat: Chat, orderId: OrderId): Promise<void> {
  const { citizenId, language } = chat;
  const payments = await books.recentPayments({ citizenId });
  const payment = payments.find((paid) => paid.orderId === orderId);
  if (payment?.receipt === undefined) return chat.say({ key: 'receiptFailed' });
  const { service, accountNumber, amount, receipt: number } = payment;
  try {
    const document = await documents.paymentReceipt({ orderId, language });
    await chat.say({ key: 'receipt', params: { service, accountNumber, amount, number, ...document } });
  } catch {
    await chat.say({ key: 'receiptFailed' });
  }
}
