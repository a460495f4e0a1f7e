// «Кабинет»: what the administrators of an organisation see of it and do with it.

export { CabinetDesk } from './cabinet.svelte';
export { default as CabinetScreen } from './CabinetScreen.svelte';
export { homeroomWord, roleTitle, stageTitle, unitOf, type Unit } from './words';
