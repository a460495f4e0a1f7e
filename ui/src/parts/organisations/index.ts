// The organisations that a person belongs to: seeing them, making one, leaving one.

export { default as OrganisationsSection } from './OrganisationsSection.svelte';
