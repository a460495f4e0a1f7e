/** What the head of a conversation asks of the view around it. */
export interface HeadActs {
  /** Whether the panel about the chat is open. */
  info: boolean;
  oninfo: () => void;
  onsearch: () => void;
  onleave: () => void;
}
