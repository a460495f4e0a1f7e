// What the links in a text name: people, chats and messages of Matrix, which are opened here and not in a browser.

/** A chat, or a message of it. */
export interface PlaceLink {
  chat: string;
  event: string | null;
}

/** Whom a link names, where it names somebody. */
export function mentionedIn(href: string): string | null {
  return decoded(/^https:\/\/matrix\.to\/#\/((?:@|%40)[^?/]+)/i.exec(href)?.[1]);
}

/** Which chat or message a link names, where it names one. */
export function placeIn(href: string): PlaceLink | null {
  const web = /^https:\/\/matrix\.to\/#\/((?:!|%21)[^?/]+)(?:\/([^?]+?))?\/?(?:\?|$)/i.exec(href);
  if (web) return place(decoded(web[1]), web[2]);
  // Here the signs before the names are left out.
  const own = /^matrix:roomid\/([^?/]+)(?:\/e\/([^?]+?))?\/?(?:\?|$)/i.exec(href);
  const chat = decoded(own?.[1]);
  return own && chat !== null ? place(`!${chat}`, own[2] && `$${own[2]}`) : null;
}

function place(chat: string | null, named: string | undefined): PlaceLink | null {
  const event = decoded(named);
  if (chat === null || (named !== undefined && !event?.startsWith('$'))) return null;
  return { chat, event };
}

function decoded(part: string | undefined): string | null {
  try {
    return part === undefined ? null : decodeURIComponent(part);
  } catch {
    // Somebody wrote a per cent sign that encodes nothing.
    return null;
  }
}
