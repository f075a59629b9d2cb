// The catalogue's figures for the public: what a reader of the whole tenant sees who has no right to confidential orders.
import { nobody, type Actor, type Ctx, type ScopeKind } from '../../kernel/ctx.ts'
import type { BulletinAsk, BulletinFigures } from '../intake/index.ts'
import { figures } from './answer.ts'

const publisher = (tenantId: string): Actor => ({ ...nobody(tenantId), grants: new Map(['data.read', 'orders.read'].map((right) => [right, new Set<ScopeKind>(['tenant'])])) })

export async function figuresForPublic(ctx: Ctx, { indicators, dimension, from, to, areas, limit = 50 }: BulletinAsk): Promise<BulletinFigures> {
  const where = areas.length === 0 ? [] : [{ dimension: 'area', values: [...areas] }]
  const answer = await figures({ ...ctx, actor: publisher(ctx.tenantId) }, { indicators, dimensions: dimension ? [dimension] : [], from, to, where, below: false, known: true, limit })
  return {
    total: answer.total, rows: answer.rows.flatMap((row) => (row.keys[0]?.key ? [{ key: row.keys[0].key, name: row.keys[0].name, values: row.values }] : [])),
    definitions: Object.fromEntries(answer.columns.map((c) => [c.code, { name: c.name, unit: c.unit, statement: c.statement }])),
  }
}
