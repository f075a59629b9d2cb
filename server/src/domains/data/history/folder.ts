import { join } from 'node:path'

/** Where the files of the history lie on this machine; set once by app.ts. Another machine has its own, or counts from PostgreSQL. */
export const history = { folder: '' }
export const pathOf = (file: string): string => join(history.folder, file)
