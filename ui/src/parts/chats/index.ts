// The chats of a person: their list, switching between them, and invitations.

export { default as ChatColumn } from './ChatColumn.svelte';
export { Chats } from './chats.svelte';
export { default as InvitationPanel } from './InvitationPanel.svelte';
export { notifyItem, readItem } from './menu';
export { previewText } from './preview';
export { default as QuickSwitch } from './QuickSwitch.svelte';
