// «Контакты»: everybody the person may find, and his own address book.

export { Contacts } from './contacts.svelte';
export { default as ContactsScreen } from './ContactsScreen.svelte';
export { readFilters } from './filters';
