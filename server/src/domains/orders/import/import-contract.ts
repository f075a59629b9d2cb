// Import of orders from files as routes. The file is uploaded first (POST /api/attachments?place=import); progress is a task.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id } from '../../../kernel/http/codec.ts'
import { sheetKinds } from '../../../kernel/sheets/index.ts'
import { importFields } from './import-fields.ts'

export const importMapping = z.partialRecord(z.enum(importFields), z.string().min(1).max(200))
const access = { permission: 'orders.import' } as const

export const previewImportRoute = describeRoute({
  id: 'previewImport', method: 'POST', path: '/api/imports/preview', summary: '导入预览', audience: 'staff', access, audit: false,
  body: z.object({ fileId: id, mapping: importMapping.optional(), source: z.string().trim().max(80).optional(), appealType: z.string().max(30).optional() }),
  response: z.object({
    fileName: z.string(),
    kind: z.enum(sheetKinds),
    columns: z.array(z.string()),
    /** Guessed from the column names where none was sent. */
    mapping: importMapping,
    source: z.string(),
    fields: z.array(z.object({ field: z.enum(importFields), name: z.string() })),
    rows: z.array(z.object({ line: z.number().int(), values: z.record(z.string(), z.string()), errors: z.array(z.string()), result: z.object({ title: z.string(), content: z.string(), occurredAt: z.string().nullable(), requester: z.string() }).nullable() })),
  }),
})

export const startImportRoute = describeRoute({
  id: 'startImport', method: 'POST', path: '/api/imports', summary: '导入工单', audience: 'staff', access,
  body: z.object({
    fileId: id,
    mapping: importMapping.optional().describe('Default: guessed from the column names'),
    source: z.string().trim().min(1).max(80).optional().describe('Name of the source, default the file name; a row of the same source and number comes in once'),
    appealType: z.string().max(30).default('other').describe('For rows without one'),
  }),
  response: z.object({ taskId: id }),
})
