import { z } from 'zod'

const importRow = z.object({ line: z.number().int(), values: z.record(z.string(), z.string()), ok: z.boolean(), messages: z.array(z.string()) })

/** Rows of a file as the import keeps them between its steps. */
export const importRows = z.array(importRow)
export type ImportRow = z.output<typeof importRow>
