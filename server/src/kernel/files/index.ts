// File contents: the storage chosen at boot.
import type { StoragePort } from './storage.ts'

export type { StoragePort, Stored } from './storage.ts'

/** Set once by app.ts. */
export const storage: { port: StoragePort | null } = { port: null }
