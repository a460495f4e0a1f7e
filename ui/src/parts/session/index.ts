// Who is signed in, and every screen that stands before the chats.

export { default as Ended } from './Ended.svelte';
export { default as Locked } from './Locked.svelte';
export { Session } from './session.svelte';
export { default as SignOutDialog } from './SignOutDialog.svelte';
export { default as Splash } from './Splash.svelte';
export { default as Welcome } from './Welcome.svelte';
