// What the rows of a conversation may ask for, given to them through the context.

import { createContext } from 'svelte';
import type { ChatKind, Host, Media } from '../../host/host';
import type { MessageActs } from './acts/acts.svelte';
import type { PlaceLink } from './acts/links';
import type { Near } from './near.svelte';
import type { MessageRow } from './rows';

export interface Actions {
  host: Host;
  chatKind: ChatKind;
  /** Whether one may write here: where not, nothing that writes is offered. */
  canSend: () => boolean;
  /** Item ids are good for calls only while the stream is open. */
  live: () => boolean;
  reply: (row: MessageRow) => void;
  menu: (row: MessageRow, at: { x: number; y: number }) => void;
  retry: (row: MessageRow) => void;
  discard: (row: MessageRow) => void;
  jump: (event: string) => void;
  isLoaded: (event: string) => boolean;
  view: (media: Media) => void;
  /** Which messages offer what can be done to them. */
  near: Near;
  /** What one does to messages, and the dialogs of it. */
  acts: MessageActs;
  /** Goes to the chat with a person. */
  person: (id: string) => void;
  /** Goes to a chat or a message that a link names; false where the person has no such chat. */
  goTo: (place: PlaceLink) => boolean;
}

export const [getActions, setActions] = createContext<Actions>();
