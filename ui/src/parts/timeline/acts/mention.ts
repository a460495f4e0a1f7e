/** Whom a link in a text names, where it names somebody. */
export function mentionedIn(href: string): string | null {
  const named = /^https:\/\/matrix\.to\/#\/((?:@|%40)[^?/]+)/i.exec(href);
  try {
    return named && decodeURIComponent(named[1]!);
  } catch {
    // Somebody wrote a per cent sign that encodes nothing.
    return null;
  }
}
