// One conversation: what was said in it, and what is being written.

export { default as Conversation } from './Conversation.svelte';
export { OpenChats, type OpenChat } from './openChats.svelte';
export { FileVanished, pushFile } from './compose/staging';
