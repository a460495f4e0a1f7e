// What a chat is: its panel, and leaving it.

export { default as InfoPanel } from './InfoPanel.svelte';
export { default as LeaveChatDialog } from './LeaveChatDialog.svelte';
