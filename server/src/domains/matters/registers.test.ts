import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant, type Ctx, type ScopeKind } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { HOUR } from '../../kernel/time/index.ts'
import { checkGraph, ensureDefinitions } from '../flow/index.ts'
import { changeSetting } from '../platform/settings/change-setting.ts'
import { negativeUnits, recommendUnits } from './duty/recommend-units.ts'
import { findEnterprise, mergeEnterprise, searchEnterprises } from './enterprise/enterprises.ts'
import { awaitsConfirmation, remindOverdue } from './issues/local.ts'
import { limitFor } from './limits/limit-for.ts'
import { listMatters } from './matter/list-matters.ts'
import { getStandard } from './standard/read-standard.ts'
import { browseMatters } from './templates/browse.ts'
import { actOnIssue, issueMatters, issueProgress, listIssues } from './issues/issue-matters.ts'
import { findMatter } from './matter/matter-by-id.ts'
import { searchMatters } from './matter/search-matters.ts'
import { actOnStandard, createStandard, editStandard } from './standard/change-standard.ts'
import { decideChange, publishDue } from './standard/decide-change.ts'
import { hardDelete, objectUsage } from './standard/hard-delete.ts'
import { getChange } from './standard/read-changes.ts'
import { compareVersions, standardAsOf } from './standard/read-history.ts'
import { reviewFlow } from './standard/review-flow.ts'
import { applyTemplate, createTemplate, listTemplates } from './templates/templates.ts'
import { linkMatters, listLinks } from './templates/links.ts'
import { refusal } from './testing/refusal.ts'
import { standardCity, type StandardCity } from './testing/standard-city.ts'

let city: StandardCity
let leaf: string
beforeAll(async () => {
  city = await standardCity()
  await city.app.command(ensureDefinitions, { tenantId: city.city })
  leaf = await city.publish('directory', { code: 'RG', name: '登记目录' })
})
afterAll(() => city.stop())

const matter = (code: string, more: Record<string, unknown> = {}) => city.publish('matter', { code, name: `事项${code}`, directoryId: leaf, competentUnitId: city.units.heating, ...more })
const set = (key: string, value: unknown) => city.app.command((ctx) => changeSetting(ctx, { key, value, version: 0 } as Parameters<typeof changeSetting>[1]), { tenantId: city.city })
/** A person with further rights. */
const withRights = <T>(who: 'a' | 'b' | 'county', rights: string[], fn: (ctx: Ctx) => Promise<T>): Promise<T> =>
  city.as(who, (ctx) => fn({ ...ctx, actor: { ...ctx.actor, grants: new Map([...ctx.actor.grants, ...rights.map((right) => [right, new Set<ScopeKind>(['tenant'])] as const)]) } }))

const codes = ['91990100MA0ABCDE0B', '91990101MA1ABCDE13', '91990102MA2ABCDE2T']

test('审核流程的定义没有缺陷', () => expect(checkGraph(reviewFlow.graph)).toEqual([]))

test('企业：信用代码校验位不对被拒，重复的代码答复已登记的企业，未审核的不算正式', async () => {
  expect((await city.as('a', (ctx) => createStandard(ctx, 'enterprise', { content: { creditCode: '91990100MA0ABCDE0C', name: '示例' }, submit: true })).catch((error: { issues?: { message: string }[] }) => error.issues?.[0]?.message))).toContain('信用代码')
  const id = await city.publish('enterprise', { creditCode: codes[0], name: '澜川示例食品有限公司', aliases: ['示例食品'], areaCode: '980101' })
  expect(await refusal(city.as('a', (ctx) => createStandard(ctx, 'enterprise', { content: { creditCode: codes[0], name: '另一家公司' }, submit: true })))).toMatchObject({ status: 409, code: 'matters.duplicateCredit' })
  const { id: second } = await city.as('a', (ctx) => createStandard(ctx, 'enterprise', { content: { creditCode: codes[1], name: '澜川另一食品公司' }, submit: true }))
  expect(await city.as('a', (ctx) => findEnterprise(ctx, { creditCode: codes[1] ?? '' }))).toMatchObject({ id: second, official: false })
  expect(await city.as('county', (ctx) => findEnterprise(ctx, { id }))).toMatchObject({ official: true })
  for (const query of ['食品', '示例食品', '919901', 'lcslsp']) expect((await city.as('county', (ctx) => searchEnterprises(ctx, { query, limit: 10 }))).items.map((one) => one.name), query).toEqual(['澜川示例食品有限公司'])
})

test('合并重复企业：名称成为别名，被并的作废，旧引用仍能看到', async () => {
  const [kept, gone] = [await city.app.query((ctx) => findEnterprise(ctx, { creditCode: codes[0] ?? '' }), { tenantId: city.city }), await city.publish('enterprise', { creditCode: codes[2], name: '示例食品厂' })]
  expect(await refusal(city.as('a', (ctx) => mergeEnterprise(ctx, { id: gone, into: gone })))).toMatchObject({ code: 'matters.mergeSelf' })
  await city.as('a', (ctx) => mergeEnterprise(ctx, { id: gone, into: kept?.id ?? '' }))
  expect((await city.as('a', (ctx) => searchEnterprises(ctx, { query: '食品厂', limit: 10 }))).items).toMatchObject([{ id: kept?.id, aliases: expect.arrayContaining(['示例食品厂']) }])
  expect(await city.as('a', (ctx) => findEnterprise(ctx, { id: gone }))).toMatchObject({ name: '示例食品厂', official: false })
})

test('列入负面清单的单位不再推荐，也不能同时列入责任清单', async () => {
  const id = await matter('NEG')
  await city.publish('dutyEntry', { matterId: id, unitId: city.units.urban, role: 'lead', areaCode: '980100' })
  expect((await city.as('a', (ctx) => recommendUnits(ctx, { matterId: id, areaCode: '980101' }))).map((unit) => unit.unitId)).toEqual([city.units.urban])
  await city.publish('dutyLine', { kind: 'negative', matterId: id, unitId: city.units.urban, text: '机构改革后不再承担' })
  expect((await city.as('a', (ctx) => recommendUnits(ctx, { matterId: id, areaCode: '980101' }))).map((unit) => unit.unitId)).toEqual([city.units.heating])
  expect(await city.as('a', (ctx) => negativeUnits(ctx, { matterId: id, areaCode: '980102' }))).toMatchObject([{ unitId: city.units.urban, reason: '机构改革后不再承担' }])
  expect(await refusal(city.as('a', (ctx) => createStandard(ctx, 'dutyLine', { content: { kind: 'responsibility', matterId: id, unitId: city.units.urban, text: '牵头' }, submit: true })))).toMatchObject({ code: 'matters.dutyConflict' })
})

test('明天生效的修改：今天仍用旧内容，到日期后自动生效', async () => {
  const id = await matter('TOM')
  const { changeId } = await city.as('a', (ctx) => editStandard(ctx, 'matter', { id, revision: 2, fields: { conditions: '新的受理条件' }, submit: true, effectiveOn: '2026-11-18' })).catch(async () => city.as('a', (ctx) => editStandard(ctx, 'matter', { id, revision: 3, fields: { conditions: '新的受理条件' }, submit: true, effectiveOn: '2026-11-18' })))
  expect(await city.as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))).toEqual({ state: 'scheduled', version: null })
  await city.app.command(publishDue, { tenantId: city.city })
  expect((await city.as('a', (ctx) => findMatter(ctx, id)))?.conditions).toBe('属于本市受理范围')
  city.app.clock.advance(24 * HOUR)
  await city.app.command(publishDue, { tenantId: city.city })
  expect(await city.as('a', (ctx) => findMatter(ctx, id))).toMatchObject({ conditions: '新的受理条件', version: 2 })
  expect(await refusal(city.as('a', (ctx) => editStandard(ctx, 'matter', { id, revision: 99, fields: {}, submit: true })))).toMatchObject({ status: 409 })
  const { difference } = await city.as('a', (ctx) => compareVersions(ctx, { kind: 'matter', id, version: 2, with: 1 }))
  expect(difference.filter((field) => field.changed)).toMatchObject([{ label: '受理条件', before: '属于本市受理范围', after: '新的受理条件' }])
})

test('两日之间的标准差异正好等于日志', async () => {
  const [before, after] = ['2026-11-17', '2026-11-18']
  const { items } = await city.as('a', (ctx) => standardAsOf(ctx, { asOf: after, since: before, kind: 'matter' }))
  expect(items).toMatchObject([{ title: 'TOM 事项TOM', change: 'changed', version: 2 }])
  expect((await city.as('a', (ctx) => standardAsOf(ctx, { asOf: '2026-11-01' }))).items).toEqual([])
})

test('彻底删除：没有权限、没有开启、没有确认、仍有引用都被拒绝，删除后留有报告', async () => {
  const id = await matter('DEL')
  const duty = await city.publish('dutyEntry', { matterId: id, unitId: city.units.heating, role: 'lead', areaCode: '980100' })
  const attempt = (confirm: string) => withRights('a', ['matters.hardDelete'], (ctx) => hardDelete(ctx, { kind: 'matter', id, confirm, reason: '录入错误' }))
  expect(await refusal(city.as('a', (ctx) => hardDelete(ctx, { kind: 'matter', id, confirm: 'DEL', reason: 'x' })))).toMatchObject({ status: 403 })
  expect(await refusal(attempt('DEL'))).toMatchObject({ code: 'matters.hardDeleteOff' })
  await set('mat.hardDelete', true)
  expect(await refusal(attempt('DEL'))).toMatchObject({ code: 'matters.wrongState' })
  const offline = await city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id, act: 'offline' }))
  await city.as('b', (ctx) => decideChange(ctx, { id: offline.changeId ?? '', outcome: 'approve' }))
  expect(await refusal(attempt('错的'))).toMatchObject({ code: 'matters.confirmMismatch' })
  expect(await refusal(attempt('DEL'))).toMatchObject({ code: 'matters.inUse' })
  expect(await city.as('a', (ctx) => objectUsage(ctx, { kind: 'matter', id }))).toMatchObject({ deletable: false, hits: [{ label: '职责清单条目', count: 1 }] })
  await withRights('a', ['matters.hardDelete'], async (ctx) => { await sql`delete from matter_duty_entry where tenant_id = ${city.city} and id = ${duty}`.execute(ctx.db()) })
  const { reportId } = await attempt('DEL')
  expect(await city.as('a', (ctx) => findMatter(ctx, id))).toBeNull()
  const kept = await city.app.query(async (ctx) => (await sql<{ title: string }>`select title from matter_delete_report where tenant_id = ${city.city} and id = ${reportId}`.execute(ctx.db())).rows, { tenantId: city.city })
  expect(kept).toEqual([{ title: '事项DEL' }])
})

test('下发、退回、接收、分配、完善确认：长于标准的本地时限被拒', async () => {
  const ids = [await matter('IS1', { duration: { amount: 3, unit: 'workingDays' } }), await matter('IS2')]
  const issue = () => withRights('a', ['matters.issue'], (ctx) => issueMatters(ctx, { matterIds: ids, tenantIds: [city.county], dueOn: '2026-11-30' }))
  expect(await issue()).toMatchObject({ issued: 2, skipped: [] })
  expect(await issue()).toMatchObject({ issued: 0, skipped: [{ reason: '已下发' }, { reason: '已下发' }] })
  expect(await refusal(withRights('county', ['matters.issue'], (ctx) => issueMatters(ctx, { matterIds: ids, tenantIds: [city.city] })))).toMatchObject({ status: 422 })
  const { items } = await city.as('county', (ctx) => listIssues(ctx, { direction: 'received', limit: 50 }))
  const [one, two] = [items.find((item) => item.matterCode === 'IS1'), items.find((item) => item.matterCode === 'IS2')]
  const act = (id: string | undefined, input: Omit<Parameters<typeof actOnIssue>[1], 'id'>) => city.as('county', (ctx) => actOnIssue(ctx, { id: id ?? '', ...input }))
  expect(await refusal(act(two?.id, { act: 'refuse' }))).toMatchObject({ code: 'matters.reasonRequired' })
  await act(two?.id, { act: 'refuse', reason: '不属本区管辖' })
  expect(await refusal(act(one?.id, { act: 'assign', units: [] }))).toMatchObject({ code: 'matters.issueState' })
  await act(one?.id, { act: 'accept' })
  expect(await refusal(act(one?.id, { act: 'assign', units: [{ unitId: city.units.countyUnit, role: 'assist', areaCode: '980101' }] }))).toMatchObject({ status: 422 })
  expect(await act(one?.id, { act: 'assign', units: [{ unitId: city.units.countyUnit, role: 'lead', areaCode: '980101' }] })).toMatchObject({ state: 'assigned', changeIds: [expect.any(String)] })
  expect(await refusal(act(one?.id, { act: 'complete', content: { duration: { amount: 5, unit: 'workingDays' } } }))).toMatchObject({ code: 'matters.longerLimit' })
  await act(one?.id, { act: 'complete', content: { contacts: '住建局值班室', duration: { amount: 2, unit: 'workingDays' } } })
  expect((await city.as('a', (ctx) => issueProgress(ctx))).items).toMatchObject([{ counts: { completed: 1, refused: 1 }, overdue: 0 }])
  expect(await refusal(city.as('a', (ctx) => actOnIssue(ctx, { id: one?.id ?? '', act: 'accept' })))).toMatchObject({ status: 404 })
})

test('模板存取：由模板新建草稿；重名被拒', async () => {
  const id = await matter('TPL', { materials: '户口簿' })
  const { id: templateId } = await city.as('a', (ctx) => createTemplate(ctx, { name: '供热类', groupName: '公用事业', matterId: id }))
  expect(await refusal(city.as('a', (ctx) => createTemplate(ctx, { name: '供热类', groupName: '公用事业', matterId: id })))).toMatchObject({ code: 'matters.templateTaken' })
  const made = await city.as('a', (ctx) => applyTemplate(ctx, { id: templateId, code: 'TPL-2', name: '由模板建立', directoryId: leaf, competentUnitId: null }))
  expect(await city.as('a', (ctx) => findMatter(ctx, made.id))).toMatchObject({ status: 'draft', materials: '户口簿', name: '由模板建立' })
  expect((await city.as('a', (ctx) => listTemplates(ctx))).items).toMatchObject([{ name: '供热类', uses: 1 }])
})

test('归类：符合的关联，不符的逐项说明；登记可按标签筛选', async () => {
  const node = await city.publish('schemeNode', { scheme: 'tourism', code: 'T1', name: '食' })
  const good = await matter('LK1')
  const { id: draft } = await city.as('a', (ctx) => createStandard(ctx, 'matter', { content: { code: 'LK2', name: '草稿事项', directoryId: leaf }, submit: false }))
  expect(await city.as('a', (ctx) => linkMatters(ctx, { matterIds: [good, draft, newId()], nodeId: node, remove: false }))).toMatchObject({ done: 1, mismatches: [{ name: '草稿事项', reason: '事项未生效' }, { reason: '事项未生效' }] })
  expect((await city.as('a', (ctx) => searchMatters(ctx, { query: '', nodeId: node, limit: 20 }))).items.map((item) => item.code)).toEqual(['LK1'])
  await city.as('a', (ctx) => linkMatters(ctx, { matterIds: [good], nodeId: node, remove: true }))
  expect((await city.as('a', (ctx) => listLinks(ctx, { nodeId: node }))).items).toEqual([])
})

test('名称相近的事项在审核时列出', async () => {
  await matter('SIM', { name: '供热温度不达标' })
  const { changeId } = await city.as('a', (ctx) => createStandard(ctx, 'matter', { content: { code: 'SIM-2', name: '供热温度不达标问题', directoryId: leaf, conditions: 'x', closingBasis: 'x', closingStandard: [{ text: 'x' }] }, submit: true }))
  expect((await city.as('b', (ctx) => getChange(ctx, { id: changeId ?? '' }))).similar).toMatchObject([{ code: 'SIM' }])
})

test('下发未确认的事项不推荐单位；确认后推荐，本地时限生效；标准更新后本地内容保留并提示重新确认；超期提醒', async () => {
  const id = await matter('LC1', { duration: { amount: 5, unit: 'workingDays' } })
  await withRights('a', ['matters.issue'], (ctx) => issueMatters(ctx, { matterIds: [id], tenantIds: [city.county], dueOn: '2026-12-31' }))
  const issue = async () => (await city.as('county', (ctx) => listIssues(ctx, { direction: 'received', limit: 50, matterId: id }))).items[0]
  const act = async (input: Omit<Parameters<typeof actOnIssue>[1], 'id'>) => { const one = await issue(); return city.as('county', (ctx) => actOnIssue(ctx, { id: one?.id ?? '', ...input })) }
  const proposed = () => city.as('county', async (ctx) => (await recommendUnits(ctx, { matterId: id, areaCode: '980101' })).map((unit) => unit.unitId))
  const limit = () => city.as('county', async (ctx) => (await limitFor(ctx, { matterId: id, appealType: 'complaint', urgency: 'normal', clock: 'handling' }))?.duration)
  await act({ act: 'accept' })
  const { changeIds } = await act({ act: 'assign', units: [{ unitId: city.units.countyUnit, role: 'lead', areaCode: '980101' }] })
  await city.app.command((ctx) => decideChange(ctx, { id: changeIds[0] ?? '', outcome: 'approve' }), { tenantId: city.county })
  expect([await proposed(), await city.as('county', (ctx) => awaitsConfirmation(ctx, id)), await limit()]).toEqual([[], true, { amount: 5, unit: 'workingDays' }])
  await act({ act: 'complete', content: { contacts: '住建局值班室', duration: { amount: 2, unit: 'workingDays' } } })
  expect([await proposed(), await limit()]).toEqual([[city.units.countyUnit], { amount: 2, unit: 'workingDays' }])
  const now = await city.as('a', (ctx) => getStandard(ctx, 'matter', id))
  const edited = await city.as('a', (ctx) => editStandard(ctx, 'matter', { id, revision: now.revision, submit: true, fields: { conditions: '更新后的受理条件' } }))
  await city.as('b', (ctx) => decideChange(ctx, { id: edited.changeId ?? '', outcome: 'approve' }))
  await city.app.drain()
  expect(await issue()).toMatchObject({ outdated: true, state: 'completed', content: { contacts: '住建局值班室' } })
  expect(await proposed()).toEqual([city.units.countyUnit])
  const told = () => city.app.query(async (ctx) => (await sql<{ told: number | null; reminded: string | null }>`select told_version as told, reminded_on as reminded from matter_issue where matter_id = ${id}`.execute(ctx.acrossTenants('fixture'))).rows[0])
  expect(await told()).toMatchObject({ told: 2, reminded: null })
  await city.app.command(async (ctx) => { await sql`update matter_issue set state = 'assigned', due_on = '2026-01-01' where matter_id = ${id}`.execute(ctx.acrossTenants('fixture')) })
  await city.app.command((ctx) => remindOverdue(ctx), { tenantId: city.county })
  expect((await told())?.reminded).not.toBeNull()
})

test('MAT-17 下发 10 项退回 2 项：8 项可分配，2 项带理由回到上级；分配之前单位不被推荐，派单须说明理由；上级新版本以差异接受；可收回', async () => {
  const ids: string[] = []
  for (let n = 0; n < 10; n += 1) ids.push(await matter(`TEN${n}`))
  const issued = await withRights('a', ['matters.issue'], (ctx) => issueMatters(ctx, { matterIds: ids, tenantIds: [city.county] }))
  expect(issued).toMatchObject({ issued: 10, skipped: [] })
  const received = async () => (await city.as('county', (ctx) => listIssues(ctx, { direction: 'received', limit: 100 }))).items.filter((item) => item.batchId === issued.batchId)
  const act = (id: string, input: Omit<Parameters<typeof actOnIssue>[1], 'id'>) => city.as('county', (ctx) => actOnIssue(ctx, { id, ...input }))
  const rows = await received()
  for (const row of rows.slice(0, 2)) await act(row.id, { act: 'refuse', reason: `${row.matterCode} 属市级直管` })
  for (const row of rows.slice(2)) await act(row.id, { act: 'accept' })
  expect((await received()).filter((row) => row.acts.some((one) => one.act === 'assign'))).toHaveLength(8)
  const back = (await withRights('a', ['matters.issue'], (ctx) => listIssues(ctx, { direction: 'sent', state: ['refused'], limit: 100 }))).items.filter((item) => item.batchId === issued.batchId)
  expect(back.map((row) => row.reason).toSorted()).toEqual(rows.slice(0, 2).map((row) => `${row.matterCode} 属市级直管`).toSorted())
  const [one, other] = rows.slice(2)
  const matterId = one?.matterId ?? ''
  expect(await city.as('county', async (ctx) => [await recommendUnits(ctx, { matterId, areaCode: '980101' }), await awaitsConfirmation(ctx, matterId)])).toEqual([[], true])
  const { changeIds } = await act(one?.id ?? '', { act: 'assign', units: [{ unitId: city.units.countyUnit, role: 'lead', areaCode: '980101' }] })
  await city.app.command((ctx) => decideChange(ctx, { id: changeIds[0] ?? '', outcome: 'approve' }), { tenantId: city.county })
  await act(one?.id ?? '', { act: 'complete', content: {} })
  expect(await city.as('county', async (ctx) => (await recommendUnits(ctx, { matterId, areaCode: '980101' })).map((unit) => unit.unitId))).toEqual([city.units.countyUnit])
  const now = await city.as('a', (ctx) => getStandard(ctx, 'matter', matterId))
  const edited = await city.as('a', (ctx) => editStandard(ctx, 'matter', { id: matterId, revision: now.revision, submit: true, fields: { conditions: '新的受理条件' } }))
  await city.as('b', (ctx) => decideChange(ctx, { id: edited.changeId ?? '', outcome: 'approve' }))
  const late = (await received()).find((row) => row.id === one?.id)
  expect(late).toMatchObject({ outdated: true, confirmedVersion: 1, currentVersion: 2 })
  const { difference } = await city.as('county', (ctx) => compareVersions(ctx, { kind: 'matter', id: matterId, version: 2, with: 1 }))
  expect(difference.filter((field) => field.changed)).toMatchObject([{ label: '受理条件', before: '属于本市受理范围', after: '新的受理条件' }])
  await act(one?.id ?? '', { act: 'complete', content: {} })
  expect((await received()).find((row) => row.id === one?.id)).toMatchObject({ outdated: false, confirmedVersion: 2 })
  await withRights('a', ['matters.issue'], (ctx) => actOnIssue(ctx, { id: other?.id ?? '', act: 'recall', reason: '改由市级办理' }))
  expect(await refusal(act(other?.id ?? '', { act: 'assign', units: [{ unitId: city.units.countyUnit, role: 'lead', areaCode: '980101' }] }))).toMatchObject({ code: 'matters.issueState' })
})

test('按主管部门和分类浏览：只数已生效的事项，分类带上级', async () => {
  const top = await city.publish('schemeNode', { scheme: 'enterprise', code: 'E1', name: '营商' })
  const below = await city.publish('schemeNode', { scheme: 'enterprise', code: 'E11', name: '办证', parentId: top })
  const id = await matter('BR1', { competentUnitId: city.units.urban })
  expect((await city.as('a', (ctx) => browseMatters(ctx, { by: 'enterprise' }))).items).toEqual([])
  await city.as('a', (ctx) => linkMatters(ctx, { matterIds: [id], nodeId: below, remove: false }))
  const seen = await city.as('a', (ctx) => browseMatters(ctx, { by: 'enterprise' }))
  expect(seen.dimensions.map((one) => one.by)).toEqual(expect.arrayContaining(['unit', 'enterprise']))
  expect(seen.items.map((one) => [one.name, one.matters])).toEqual([['营商', 0], ['办证', 1]])
  expect((await city.as('a', (ctx) => browseMatters(ctx, { by: 'unit' }))).items.find((one) => one.id === city.units.urban)?.matters).toBeGreaterThan(0)
  expect((await city.as('a', (ctx) => listMatters(ctx, { nodeId: top, limit: 10 }))).items.map((one) => one.code)).toEqual(['BR1'])
})

test('多级审核：第一步通过后等待领导，越级和退回不写意见被拒，最后一步发布', async () => {
  await set('mat.review.chain', ['matter'])
  const people = await city.app.command(async (ctx) => {
    const [head, leader] = [newId(), newId()]
    const db = ctx.acrossTenants('fixture')
    for (const [id, name, right] of [[head, '科长', 'matters.review'], [leader, '分管领导', 'matters.approve']] as const) {
      const role = newId()
      await sql`insert into platform_user (tenant_id, id, login, name, staff_no, created_at, changed_at, changed_by) values (${city.city}, ${id}, ${`rg-${name}`}, ${name}, ${`rg-${name}`}, now(), now(), 'test')`.execute(db)
      await sql`insert into platform_post (tenant_id, user_id, unit_id, main) values (${city.city}, ${id}, ${city.units.centre}, true)`.execute(db)
      await sql`insert into platform_role (tenant_id, id, code, name, created_at, changed_at, changed_by) values (${city.city}, ${role}, ${`rg-${right}`}, ${name}, now(), now(), 'test')`.execute(db)
      await sql`insert into platform_role_permission (tenant_id, role_id, permission, scope) values (${city.city}, ${role}, ${right}, 'tenant')`.execute(db)
      await sql`insert into platform_grant (tenant_id, id, user_id, role_id, granted_at, granted_by) values (${city.city}, ${newId()}, ${id}, ${role}, now(), 'test')`.execute(db)
    }
    return { head, leader }
  }, { tenantId: city.city })
  const by = <T>(id: string, name: string, right: string, fn: (ctx: Ctx) => Promise<T>) =>
    city.as('b', (ctx) => fn({ ...inTenant(ctx, city.city), actor: { ...ctx.actor, id, name, unitIds: [city.units.centre], grants: new Map([['matters.read', new Set<ScopeKind>(['tenant'])], [right, new Set<ScopeKind>(['tenant'])]]) } }))
  const { id, changeId } = await city.as('a', (ctx) => createStandard(ctx, 'matter', { content: { code: 'CHN', name: '多级审核事项', directoryId: leaf, conditions: 'x', closingBasis: 'x', closingStandard: [{ text: 'x' }] }, submit: true }))
  const decide = (who: 'head' | 'leader', outcome: 'approve' | 'return', opinion?: string) => by(people[who], who, who === 'head' ? 'matters.review' : 'matters.approve', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome, opinion }))
  expect(await refusal(decide('leader', 'approve'))).toMatchObject({ status: 403 })
  expect(await refusal(decide('head', 'return'))).toMatchObject({ code: 'matters.opinionRequired' })
  expect(await decide('head', 'approve')).toEqual({ state: 'pending', version: null })
  const shown = await by(people.leader, 'leader', 'matters.approve', (ctx) => getChange(ctx, { id: changeId ?? '' }))
  expect(shown).toMatchObject({ mayDecide: true, steps: expect.arrayContaining([expect.objectContaining({ state: 'approved', decidedBy: 'head' }), expect.objectContaining({ name: '分管领导审批', state: 'current' })]) })
  expect(await decide('leader', 'approve')).toEqual({ state: 'approved', version: 1 })
  expect(await city.as('a', (ctx) => findMatter(ctx, id))).toMatchObject({ status: 'effective', version: 1 })
})
