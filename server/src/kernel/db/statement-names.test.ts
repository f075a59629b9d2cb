import { beforeEach, expect, test, vi } from 'vitest'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'

// The names of a process are given away one by one: other files of this worker may have used them up.
let statementName: typeof import('./statement-names.ts').statementName
beforeEach(async () => {
  vi.resetModules()
  statementName = (await import('./statement-names.ts')).statementName
})

test('a text is named when it is asked the third time, and keeps its name', () => {
  const text = 'select 1 from platform_unit where tenant_id = $1'
  expect([statementName(text), statementName(text)]).toEqual([undefined, undefined])
  const name = statementName(text)
  expect(name).toMatch(/^m\d+$/)
  expect(statementName(text)).toBe(name)
  expect(statementName(`${text} and id = $2`)).toBeUndefined()
})

test('an insert that leans on a partial unique index is never named: its kept plan would fail', () => {
  const text = 'insert into "supervision_task" ("tenant_id", "id") values ($1, $2) on conflict ("tenant_id", "order_id") where "state" <> $3 do nothing'
  for (let i = 0; i < 5; i++) expect(statementName(text)).toBeUndefined()
})

test('a page that reads by keys keeps its questions, built and written ones alike; its writes stay as they are', async () => {
  const { byKey } = await import('./statement-names.ts')
  const plain = new Kysely<{ t: { id: string } }>({ dialect: { createAdapter: () => new PostgresAdapter(), createDriver: () => new DummyDriver(), createIntrospector: (k) => new PostgresIntrospector(k), createQueryCompiler: () => new PostgresQueryCompiler() } })
  const db = byKey({ db: () => plain } as never).db<{ t: { id: string } }>()
  expect(db.selectFrom('t').select('id').where('id', '=', 'a').compile().sql).toBe('select /* kept */  "id" from "t" where "id" = $1')
  expect(sql`select 1 from t where id = ${'a'}`.compile(db).sql).toBe('/* kept */ select 1 from t where id = $1')
  expect(db.deleteFrom('t').where('id', '=', 'a').compile().sql).toBe('delete from "t" where "id" = $1')
})
