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

/** A connection that holds back `begin` for the first statement and marked statements for the commit. Rolled back, what was held is never sent. */
export function joinMessages(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: Call) => unknown
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  let opening = false
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
  const begun = (): Call[] => {
    const calls: Call[] = opening ? [['begin']] : []
    opening = false
    return calls
  }

  client.query = ((...args: Call): unknown => {
    const text = args[0]
    if (text === 'begin') {
      opening = true
      return Promise.resolve(nothing)
    }
    if (text === 'commit') {
      if (opening && held.length === 0) {
        opening = false
        return Promise.resolve(nothing)
      }
      const calls = [...begun(), ...held, args]
      held = []
      return lastOf(calls)
    }
    if (text === 'rollback') {
      held = []
      if (!opening) return query(...args)
      opening = false
      return Promise.resolve(nothing)
    }
    if (typeof text === 'string' && text.startsWith(MARK)) {
      held.push(args)
      return Promise.resolve(nothing)
    }
    return opening ? lastOf([...begun(), args]) : query(...args)
  }) as typeof client.query
}
