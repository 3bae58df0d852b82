export { type MemoryStoreOptions, openMemoryStore } from './memory/open-memory-store.ts'
