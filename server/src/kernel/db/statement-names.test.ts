import { beforeEach, expect, test, vi } from 'vitest'

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
