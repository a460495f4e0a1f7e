// What a person chooses for this device.

export { Preferences } from './preferences.svelte';
export { default as SettingsScreen } from './SettingsScreen.svelte';
