// Finding people and making chats with them.

export { PeopleFinder } from './finder.svelte';
export { default as NewChat } from './NewChat.svelte';
export { default as PeopleList } from './PeopleList.svelte';
export { default as PeoplePicker } from './PeoplePicker.svelte';
