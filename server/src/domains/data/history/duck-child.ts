// The process that reads and writes Parquet. It knows no database and no secret: files of one folder, one question at a time.
import { DuckDBInstance } from '@duckdb/node-api'
import { shapes, type Filed } from './columns.ts'

export type Question = { id: number; ask: { kind: 'read'; text: string; values: (string | number | boolean | null)[] } | { kind: 'write'; fact: Filed; from: string; to: string } }
export type Reply = { id: number; rows?: Record<string, unknown>[]; error?: string }

const [folder = '', memory = '1GB'] = process.argv.slice(2)
const lit = (text: string): string => `'${text.replaceAll("'", "''")}'`

const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: memory })
const db = await instance.connect()
// PostgreSQL's words that DuckDB lacks; the formats are those of dimensions.
await db.run(`create macro to_char(t, f) as case f when 'YYYY' then strftime(t, '%Y') when 'YYYY"-Q"Q' then strftime(t, '%Y') || '-Q' || quarter(t) when 'YYYY-MM' then strftime(t, '%Y-%m') when 'IYYY"-W"IW' then strftime(t, '%G-W%V')
  when 'YYYY-MM-DD' then strftime(t, '%Y-%m-%d') when 'HH24' then strftime(t, '%H') when 'ID' then isodow(t)::text else error('no such format: ' || f) end`)
for (const statement of [`set timezone = 'UTC'`, `set allowed_directories = [${lit(folder)}]`, 'set enable_external_access = false', 'set lock_configuration = true']) await db.run(statement)

async function answer({ ask }: Question): Promise<Record<string, unknown>[]> {
  if (ask.kind === 'write') {
    const shape = Object.entries(shapes[ask.fact]).map(([name, type]) => `${lit(name)}: ${lit(type)}`).join(', ')
    await db.run(`copy (select * from read_json(${lit(ask.from)}, format = 'newline_delimited', columns = {${shape}}) order by ${ask.fact === 'order' ? 'registered_at' : 'order_id'}) to ${lit(ask.to)} (format parquet, compression zstd)`)
    return []
  }
  const prepared = await db.prepare(ask.text)
  prepared.bind(ask.values)
  return (await prepared.runAndReadAll()).getRowObjectsJson() as Record<string, unknown>[]
}

process.on('message', (question: Question) => {
  answer(question).then(
    (rows) => process.send?.({ id: question.id, rows } satisfies Reply),
    (error: unknown) => process.send?.({ id: question.id, error: String(error) } satisfies Reply),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({ id: 0 } satisfies Reply)
