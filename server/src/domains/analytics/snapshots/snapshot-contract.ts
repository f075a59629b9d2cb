// Frozen snapshots as routes (ANA-10).
import { z } from 'zod'
import { instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { filter } from '../board.ts'

const read = { permission: 'data.read' } as const
const question = z.object({
  from: localDate, to: localDate, where: z.array(filter).max(10).default([]), indicator: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
  keys: z.array(z.object({ dimension: z.string().max(40), key: z.string().max(80).nullable() })).max(2).default([]),
})
const head = z.object({ id: z.uuid(), name: z.string(), statement: z.string(), from: z.string(), to: z.string(), takenAt: instant, takenByName: z.string(), keptUntil: instant.nullable().describe('Null: kept for good'), heldBy: z.string().nullable().describe('Kept beyond its term by') })

export const takeSnapshotRoute = describeRoute({ id: 'takeSnapshot', method: 'POST', path: '/api/analytics/snapshots', summary: '存明细快照', audience: 'staff', access: read, limit: 60, body: question.extend({ name: z.string().trim().min(1).max(60) }), response: head })
export const snapshotsRoute = describeRoute({ id: 'listSnapshots', method: 'GET', path: '/api/analytics/snapshots', summary: '我的快照', audience: 'staff', access: read, response: z.object({ items: z.array(head.extend({ rows: z.int() })) }) })
export const snapshotRoute = describeRoute({
  id: 'showSnapshot', method: 'GET', path: '/api/analytics/snapshots/:id', summary: '明细快照', audience: 'staff', access: read, params: z.object({ id: z.uuid() }), query: z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: head.extend({ count: z.int().describe('Rows within the reader’s scope'), items: z.array(z.object({ position: z.int(), number: z.string(), title: z.string(), stateName: z.string(), unitName: z.string().nullable(), registeredAt: instant, closedAt: instant.nullable() })), next: z.int().nullable() }),
})
