/** The fee of a trade licence: beside the dues, the way to its renewal. */
import { readingOf } from '../../domain/conversation/reading.ts';
import { payDues } from './pay-dues.ts';

export const tradeLicence = payDues<'licence', 'renew'>('licence', {
  buttons: ({ renewable }) => (renewable ? ['renew'] : []),
  hear(meaning) {
    // Another number is a wish of its own, because it may be anything's.
    const { wish, numbers } = readingOf(meaning, { for: 'nothing' });
    return !numbers && wish?.intent === 'renewal' ? { is: 'renew' } : { unclear: 'notUnderstood' };
  },
  follow: (_chat, _wish, { account }) => Promise.resolve({ task: 'renewal', opening: { account } }),
});
