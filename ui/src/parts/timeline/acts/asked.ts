import type { ChatDetails } from '../../../host/host';

/** How many are asked to acknowledge what somebody says in a chat: not himself, and not those who are there to run it. */
export function asked(chat: Pick<ChatDetails, 'members' | 'unasked'> | null, author: string): number {
  if (chat === null) return 0;
  return Math.max(0, chat.members - chat.unasked.length - (chat.unasked.includes(author) ? 0 : 1));
}
