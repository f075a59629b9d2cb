// Named statements: PostgreSQL parses a text once per connection and mostly plans it once, which is half of its work for short queries.
import { sql, type KyselyPlugin, type RootOperationNode } from 'kysely'
import type { PoolClient } from 'pg'
import type { Ctx } from '../ctx.ts'
import { askKnown } from './known-shapes.ts'

// Text that is built for one occasion (long IN lists, rare filters) is not worth keeping in every backend.
const WORTH = 3
// A plan takes some 20 kB in each backend: 500 × 20 connections stay below 200 MB.
const MOST_NAMES = 500
const MOST_COUNTED = 5000

// A partial unique index is found by comparing constants: with a parameter there, a kept plan finds none and fails.
const NEVER = /\bon conflict\s*\([^)]*\)\s*where\b/i

const names = new Map<string, string | undefined>()
const counts = new Map<string, number>()

/** The name under which a text is prepared, or undefined while it was not seen often enough. */
export function statementName(text: string): string | undefined {
  if (names.has(text)) return names.get(text)
  if (names.size >= MOST_NAMES) return undefined
  const count = (counts.get(text) ?? 0) + 1
  if (count < WORTH) {
    if (counts.size >= MOST_COUNTED) counts.clear()
    counts.set(text, count)
    return undefined
  }
  counts.delete(text)
  const name = NEVER.test(text) ? undefined : `m${names.size}`
  names.set(text, name)
  return name
}

/**
 * Written at the head of a query outside commands that is asked again and again in the same words: its plan is then kept. Not for lists
 * with filters: a plan made for any filter may walk the wrong index for this one (600 ms instead of 2 ms at 1,000,000 orders).
 */
export const kept = sql.raw('/* kept */ ')
const MARK = /^\s*(?:select )?\/\* kept \*\//

const marked: KyselyPlugin = {
  transformQuery: ({ node }) => {
    const front = kept.toOperationNode()
    if (node.kind === 'SelectQueryNode') return { ...node, frontModifiers: [...(node.frontModifiers ?? []), { kind: 'SelectModifierNode', rawModifier: front }] } as RootOperationNode
    if (node.kind === 'RawNode') return { ...node, sqlFragments: [`${front.kind === 'RawNode' ? front.sqlFragments[0] : ''}${node.sqlFragments[0]}`, ...node.sqlFragments.slice(1)] }
    return node
  },
  transformResult: async ({ result }) => result,
}

/** The context for a page that reads one thing and what hangs on it by their keys: all its questions are kept. */
export const byKey = (ctx: Ctx): Ctx => ({ ...ctx, db: () => ctx.db<never>().withPlugin(marked) as never })

const ends = new Set(['commit', 'rollback'])

/** Lets a connection prepare what commands ask (always by key), and queries that say so. */
export function prepareStatements(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  let inCommand = false
  const named = (...args: unknown[]): unknown => {
    const [text, values, ...rest] = args
    if (typeof text !== 'string') return query(...args)
    if (text === 'begin') inCommand = true
    else if (ends.has(text)) inCommand = false
    if (!Array.isArray(values) || values.length === 0 || !(inCommand || MARK.test(text))) return query(...args)
    const name = statementName(text)
    if (!name) return query(...args)
    return rest.length === 0 ? askKnown(query, { name, text, values }) : query({ name, text, values }, ...rest)
  }
  client.query = named as typeof client.query
}
