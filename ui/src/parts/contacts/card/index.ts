// The card of a person.

export { default as ContactCard } from './ContactCard.svelte';
