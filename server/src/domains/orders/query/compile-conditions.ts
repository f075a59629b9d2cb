// A condition tree as SQL on `order_order as o`; a field or operator that does not exist is refused by name, never ignored.
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import type { Condition } from '../reading/order-filter.ts'
import type { Leaf, Node } from './conditions.ts'
import { fieldOf, type Operator } from './query-fields.ts'

const one = (condition: RawBuilder<unknown>): Condition => condition as Condition
const refuse = (message: string): Error => kernelErrors('invalid', { fields: [{ path: 'where', message }] })

export async function compile(ctx: Ctx, tree: Node): Promise<Condition> {
  if ('field' in tree) return compileLeaf(ctx, tree)
  if ('not' in tree) return one(sql`not coalesce(${await compile(ctx, tree.not)}, false)`)
  const parts = await Promise.all(('all' in tree ? tree.all : tree.any).map((child) => compile(ctx, child)))
  if (parts.length === 0) return one(sql`true`)
  return one(sql`(${sql.join(parts, 'all' in tree ? sql` and ` : sql` or `)})`)
}

async function compileLeaf(ctx: Ctx, leaf: Leaf): Promise<Condition> {
  const field = fieldOf(leaf.field)
  if (!field) throw refuse(`没有“${leaf.field}”这个条件`)
  if (!field.ops.includes(leaf.op as Operator)) throw refuse(`“${field.label}”不能用“${leaf.op}”`)
  try {
    return one(await field.build(ctx, leaf.op as Operator, leaf.value))
  } catch (error) {
    if (error instanceof AppError || !(error instanceof z.ZodError || error instanceof RangeError)) throw error
    throw refuse(`“${field.label}”的值不正确`)
  }
}
