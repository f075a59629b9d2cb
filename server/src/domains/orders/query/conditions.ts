// A condition tree: what a person builds on the query page, what a label rule holds, what a case profile matches by. Shape and limits only.
import { z } from 'zod'
import { kernelErrors } from '../../../kernel/errors.ts'

export type Leaf = { field: string; op: string; value?: unknown }
export type Node = Leaf | { all: Node[] } | { any: Node[] } | { not: Node }

const MAX_LEAVES = 40
const MAX_DEPTH = 5

const leaf = z.strictObject({ field: z.string().regex(/^[A-Za-z][\w.]{0,79}$/), op: z.string().max(20), value: z.unknown().optional() })
const node: z.ZodType<Node> = z.lazy(() => z.union([leaf, z.strictObject({ all: z.array(node).max(MAX_LEAVES) }), z.strictObject({ any: z.array(node).min(1).max(MAX_LEAVES) }), z.strictObject({ not: node })]))

/** The wire form: checked as JSON here, as a tree by `parseConditions`, so that its OpenAPI text stays readable. */
export const conditions = z.record(z.string(), z.unknown()).describe('{all:[…]} | {any:[…]} | {not:…} | {field, op, value}')

const refuse = (message: string): Error => kernelErrors('invalid', { fields: [{ path: 'where', message }] })

/** @throws kernel.invalid for what is no tree, is nested deeper than five levels or has more than forty conditions */
export function parseConditions(value: unknown): Node {
  const parsed = node.safeParse(value)
  if (!parsed.success) throw refuse('条件格式不正确')
  const { leaves, depth } = sizeOf(parsed.data)
  if (leaves > MAX_LEAVES) throw refuse(`条件最多 ${MAX_LEAVES} 个`)
  if (depth > MAX_DEPTH) throw refuse(`条件最多嵌套 ${MAX_DEPTH} 层`)
  return parsed.data
}

function sizeOf(tree: Node): { leaves: number; depth: number } {
  if ('field' in tree) return { leaves: 1, depth: 0 }
  const children = 'all' in tree ? tree.all : 'any' in tree ? tree.any : [tree.not]
  const sizes = children.map(sizeOf)
  return { leaves: sizes.reduce((n, s) => n + s.leaves, 0), depth: 1 + Math.max(0, ...sizes.map((s) => s.depth)) }
}

/** Every condition of the tree. */
export const leavesOf = (tree: Node): Leaf[] => ('field' in tree ? [tree] : ('all' in tree ? tree.all : 'any' in tree ? tree.any : [tree.not]).flatMap(leavesOf))

/** Conditions that all must hold, at the top of the tree: they may drive the search. */
export const required = (tree: Node): Leaf[] => ('field' in tree ? [tree] : 'all' in tree ? tree.all.flatMap(required) : [])
