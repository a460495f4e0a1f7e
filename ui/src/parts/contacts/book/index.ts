// The person's own address book: adding to it, changing it, and taking over what is in a file.

export { default as ContactDialog } from './ContactDialog.svelte';
export { contactName } from './form';
export { default as ImportDialog } from './ImportDialog.svelte';
export { removeContact } from './removing';
