import type { Message, Reaction } from '../../../host/host';

/** What an acknowledgement is on the wire, so that any client can give it. */
export const ACK = '✅';

/** The reactions under a message; the line of an acknowledgement already shows who has given it. */
export function shownReactions({ reactions, ack }: Pick<Message, 'reactions' | 'ack'>): Reaction[] {
  return ack === null ? reactions : reactions.filter((reaction) => reaction.key.replaceAll('\uFE0F', '') !== ACK);
}
