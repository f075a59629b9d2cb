// Fewer words with the database: what needs no answer of its own travels with the next statement. A round trip costs both sides more
// than most statements do.
import type { Duplex } from 'node:stream'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'

/** Written at the head of a statement whose result nobody waits for: it is sent with the commit, in the order given, and fails the commit if it fails. */
export const atCommit = sql.raw('/* at commit */ ')
const MARK = '/* at commit */'

type Call = unknown[]
const nothing = { rows: [], rowCount: 0, command: '', oid: 0, fields: [] }

// Use-cases never ask how many rows a plain write touched: who needs to know says `returning`.
const WRITE = /^\s*(?:insert\s+into|update|delete\s+from)\s/i
const SAVEPOINT = /^savepoint\b/i
const RETURNING = /\breturning\b/i
const plainWrite = (text: unknown, values: unknown): boolean => Array.isArray(values) && values.length > 0 && typeof text === 'string' && WRITE.test(text) && !RETURNING.test(text)

// PostgreSQL answers the commit of a transaction that has failed with a rollback and no error: whoever swallowed the failure would be told that all is kept.
function committed(answer: unknown): unknown {
  if ((answer as { command?: string }).command === 'ROLLBACK') throw new Error('a statement of this transaction failed before its commit: nothing was kept')
  return answer
}

/**
 * A connection that, inside a transaction, holds back what needs no answer: `begin`, savepoints and plain writes for the next statement
 * that has an answer (so that it sees them), marked statements for the commit. A held write that fails fails the statement it travels with.
 * Rolled back, what was held is never sent.
 */
export function joinMessages(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: Call) => unknown
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  let inside = false
  let ahead: Call[] = []
  let held: Call[] = []

  const together = (calls: Call[]): Promise<PromiseSettledResult<unknown>[]> => {
    stream.cork()
    try {
      return Promise.allSettled(calls.map((call) => query(...call)))
    } finally {
      stream.uncork()
    }
  }
  /** The answer of the last; the first that failed tells why the others did. */
  const lastOf = async (calls: Call[]): Promise<unknown> => {
    const answers = await together(calls)
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason
    return (answers.at(-1) as PromiseFulfilledResult<unknown>).value
  }
  const withAhead = (call: Call): unknown => {
    if (ahead.length === 0) return query(...call)
    const calls = [...ahead, call]
    ahead = []
    return lastOf(calls)
  }
  /** Whether the database has not heard of this transaction yet. */
  const unsent = (): boolean => ahead[0]?.[0] === 'begin'

  client.query = ((...args: Call): unknown => {
    const [text, values] = args
    if (text === 'begin') {
      inside = true
      ahead = [args]
      return Promise.resolve(nothing)
    }
    if (!inside) return query(...args)
    if (text === 'commit') {
      inside = false
      const calls = [...ahead, ...held, args]
      const empty = unsent() && calls.length === 2
      ahead = []
      held = []
      return empty ? Promise.resolve(nothing) : lastOf(calls).then(committed)
    }
    if (text === 'rollback') {
      inside = false
      const sent = !unsent()
      ahead = []
      held = []
      return sent ? query(...args) : Promise.resolve(nothing)
    }
    if (typeof text === 'string' && text.startsWith(MARK)) {
      held.push(args)
      return Promise.resolve(nothing)
    }
    // A savepoint waits only where no write is before it: the failure of that write must not look like one of the nested run.
    if (plainWrite(text, values) || (ahead.length === Number(unsent()) && typeof text === 'string' && SAVEPOINT.test(text))) {
      ahead.push(args)
      return Promise.resolve(nothing)
    }
    // Writes since the savepoint are undone unsent; a savepoint that is still here goes out with what was before it.
    if (typeof text === 'string' && /^rollback to\b/i.test(text)) ahead = ahead.slice(0, ahead.findLastIndex((call) => SAVEPOINT.test(String(call[0]))) + 1)
    return withAhead(args)
  }) as typeof client.query
}
