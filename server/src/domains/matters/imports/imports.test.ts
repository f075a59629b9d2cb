import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { readRows, writeXlsx } from '../../../kernel/sheets/index.ts'
import { schemeTree } from '../classes/list-classes.ts'
import { searchMatters } from '../matter/search-matters.ts'
import { listMatters } from '../matter/list-matters.ts'
import { decideBatch } from '../standard/decide-batch.ts'
import { listChanges } from '../standard/read-changes.ts'
import type { MattersTables } from '../tables.gen.ts'
import { refusal } from '../testing/refusal.ts'
import { standardCity, type StandardCity } from '../testing/standard-city.ts'
import { standardExports } from './export-sources.ts'
import { importColumns, readDuration } from './import-columns.ts'
import type { ImportKind } from './import-contract.ts'
import { applyImport, checkImport, readSheet } from './run-import.ts'

let city: StandardCity
beforeAll(async () => {
  city = await standardCity()
  await city.publish('directory', { code: 'GR', name: '供热' })
})
afterAll(() => city.stop())

/** A sheet as a person fills the template, read the way an upload is read. */
async function upload(kind: ImportKind, rows: Record<string, string>[]): Promise<string> {
  const columns = importColumns[kind].map((column) => ({ key: column.key, label: column.required ? `${column.label}*` : column.label }))
  const content = await buffer(writeXlsx({ columns, rows }))
  return city.as('a', async (ctx) => {
    const read = await readSheet(ctx, kind, '导入.xlsx', content)
    const id = newId()
    await ctx.db<MattersTables>().insertInto('matter_import').values({
      tenant_id: ctx.tenantId, id, kind, file_name: '导入.xlsx', state: 'uploaded', rows: json(read), good: 0, bad: 0, created_by: ctx.actor.id, created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
    }).execute()
    return id
  })
}
const aRow = (n: number, over: Record<string, string> = {}): Record<string, string> => ({ code: `GR-${n}`, name: `供热事项${n}`, directory: 'GR', conditions: '居民用热', closingBasis: '供热办法', closingStandard: '达标*；已答复', appealTypes: '投诉、求助', duration: '3个工作日', ...over })

test('检查逐行报告且不改动任何内容，导入只登记合格的行并提交审核', async () => {
  const id = await upload('matter', [aRow(1), aRow(2, { directory: 'NO' }), aRow(3, { code: '' }), aRow(4, { code: 'GR-1' }), aRow(5, { competentUnit: '市供热办', appealTypes: '闲聊' }), aRow(6, { competentUnit: '市供热办' })])
  const checked = await city.as('a', (ctx) => checkImport(ctx, { id }))
  expect(checked.rows.map((row) => [row.line, row.ok, row.messages])).toEqual([
    [2, true, []], [3, false, ['目录编码“NO”不存在']], [4, false, ['事项编码必填']], [5, false, ['编码：编码已被使用']], [6, false, ['诉求类型“闲聊”不存在']], [7, true, []],
  ])
  expect((await city.as('a', (ctx) => listMatters(ctx, { limit: 50 }))).items).toEqual([])
  const applied = await city.as('a', (ctx) => applyImport(ctx, { id, submit: true }))
  expect(applied).toMatchObject({ state: 'applied', good: 2, bad: 4 })
  const { items } = await city.as('a', (ctx) => listMatters(ctx, { limit: 50 }))
  expect(items.map((item) => [item.code, item.state, item.competentUnitName, item.duration, item.closingStandard])).toEqual([
    ['GR-1', 'pendingReview', null, { amount: 3, unit: 'workingDays' }, [{ text: '达标', evidence: true }, { text: '已答复', evidence: false }]],
    ['GR-6', 'pendingReview', '市供热办', { amount: 3, unit: 'workingDays' }, [{ text: '达标', evidence: true }, { text: '已答复', evidence: false }]],
  ])
  expect(await refusal(city.as('a', (ctx) => applyImport(ctx, { id, submit: true })))).toMatchObject({ status: 409, code: 'matters.importApplied' })
})

test('批量审核后可以登记，导出的表能再次读入', async () => {
  const pending = await city.as('b', (ctx) => listChanges(ctx, { limit: 50, state: ['pending'] }))
  await city.as('b', (ctx) => decideBatch(ctx, { ids: pending.items.map((item) => item.id), outcome: 'approve' }))
  expect((await city.as('a', (ctx) => searchMatters(ctx, { query: 'gongre', limit: 10 }))).items.map((item) => item.code)).toEqual(['GR-1', 'GR-6'])
  const source = standardExports()[0]
  const rows = await city.as('b', async (ctx) => {
    const all = []
    for await (const page of source?.rows(ctx, { state: ['effective'], code: 'GR-6' }, [], { sort: null, ids: null }) ?? []) all.push(...page)
    return all
  })
  expect(rows).toMatchObject([{ code: 'GR-6', directory: 'GR', competentUnit: '市供热办', appealTypes: '投诉、求助', duration: '3个工作日', closingStandard: '达标*；已答复', status: '已生效', version: 1 }])
})

test('职责清单导入：第二个主办和不存在的单位逐行报告', async () => {
  const line = (over: Record<string, string>): Record<string, string> => ({ matter: 'GR-6', unit: '市供热办', role: '主办', area: '980100', ...over })
  const id = await upload('dutyEntry', [line({}), line({ unit: '市城管局' }), line({ unit: '不存在局', area: '980101' }), line({ unit: 'SC-URBAN', role: '协办' }), line({ role: '主持', area: '980101' })])
  const { rows } = await city.as('a', (ctx) => checkImport(ctx, { id }))
  expect(rows.map((row) => row.messages)).toEqual([[], ['该事项在同一区划已有主办单位：市供热办'], ['单位“不存在局”不存在'], [], ['角色应为：主办、协办、负面清单']])
})

test('分类导入保持上下级，上级写在前面', async () => {
  const node = (code: string, parent: string, name = `分类${code}`): Record<string, string> => ({ scheme: '归口', code, name, parent })
  const id = await upload('schemeNode', [node('01', ''), node('0101', '01'), node('010101', '0101'), node('0201', '02')])
  const report = await city.as('a', (ctx) => applyImport(ctx, { id, submit: true }))
  expect(report.rows.map((row) => row.ok)).toEqual([true, true, true, false])
  const pending = await city.as('b', (ctx) => listChanges(ctx, { limit: 50, state: ['pending'], objectKind: ['schemeNode'] }))
  await city.as('b', (ctx) => decideBatch(ctx, { ids: pending.items.map((item) => item.id), outcome: 'approve' }))
  const tree = await city.as('a', (ctx) => schemeTree(ctx, { code: 'category' }))
  expect(tree.items.map((item) => [item.code, item.level, item.leaf])).toEqual([['01', 1, false], ['0101', 2, false], ['010101', 3, true]])
})

test('超过行数上限或不是表格的文件被拒绝', async () => {
  const many = await buffer(writeXlsx({ columns: [{ key: 'code', label: '事项编码*' }], rows: Array.from({ length: 501 }, (_, n) => ({ code: `X${n}` })) }))
  expect(await refusal(city.as('a', (ctx) => readSheet(ctx, 'matter', '大表.xlsx', many)))).toMatchObject({ status: 422, code: 'matters.importTooLarge' })
  expect(await refusal(city.as('a', (ctx) => readSheet(ctx, 'matter', '图片.png', many)))).toMatchObject({ code: 'matters.importUnreadable' })
  expect(await refusal(city.as('a', (ctx) => readSheet(ctx, 'matter', '坏表.xlsx', Buffer.from('不是表格'))))).toMatchObject({ code: 'matters.importUnreadable' })
})

test('模板的示例行可以被读出', async () => {
  const columns = importColumns.matter.map((column) => ({ key: column.key, label: column.label }))
  const content = await buffer(writeXlsx({ columns, rows: [Object.fromEntries(importColumns.matter.map((column) => [column.key, column.example]))] }))
  const lines = await Array.fromAsync(readRows(async () => Readable.from([content]), 'xlsx'))
  expect(lines[0]?.values['事项名称']).toBe('供热温度不达标')
})

test.each([
  ['3个工作日', { amount: 3, unit: 'workingDays' }], ['24小时', { amount: 24, unit: 'naturalHours' }], ['2工作日', { amount: 2, unit: 'workingDays' }], ['5天', { amount: 5, unit: 'naturalDays' }], ['尽快', null], ['3', null],
])('时限“%s”读作 %o', (text, expected) => {
  expect(readDuration(text)).toEqual(expected)
})
