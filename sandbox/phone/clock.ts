/** Times as a phone in Kolkata shows them. */

const time = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Kolkata',
  hour: '2-digit',
  minute: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Kolkata',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** HH:MM, IST. */
export const clock = (at: number): string => time.format(at);

/** `Today`, or the date. */
export const dayOf = (at: number, now: number): string =>
  day.format(at) === day.format(now) ? 'Today' : day.format(at);
