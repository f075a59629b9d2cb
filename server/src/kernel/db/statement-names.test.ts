import { expect, test } from 'vitest'
import { statementName } from './statement-names.ts'

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
