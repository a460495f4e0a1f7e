// What the person should know about the connection, in one quiet line.

export { ConnectionState } from './connection.svelte';
export { default as ConnectionLine } from './ConnectionLine.svelte';
