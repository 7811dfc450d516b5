/** What of a page's HTML meets the reader's eye. */

export function seen(html: string): string {
  return whole(
    html
      .replace(/<(script|title|noscript).*?<\/\1>/gs, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/ +/g, ' '),
  ).trim();
}

/** Text as it was before it was escaped. */
export function whole(escaped = ''): string {
  return escaped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
