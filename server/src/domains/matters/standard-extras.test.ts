// Synchronisation of classes (MAT-13), the catalogue of elements (MAT-09), problem points (MAT-14).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../kernel/runtime.ts'
import { changeElement, createElement, getElement } from './catalogue/elements.ts'
import { elementGraph, relateElements } from './catalogue/relations.ts'
import { effectiveNodes, schemeNodeById } from './classes/scheme-nodes.ts'
import { differencesOf, likeness, upstreamFault } from './sync/differences.ts'
import { mapNode } from './sync/node-mappings.ts'
import { httpDouble } from '../platform/testing/http-double.ts'
import type { Ctx, ScopeKind } from '../../kernel/ctx.ts'
import { askSource, listSyncSources, saveSyncSource } from './sync/sources.ts'
import { decideRun, fetchClasses, fetchScheme, getRun, listRuns, pushClasses } from './sync/sync-classes.ts'
import { refusal } from './testing/refusal.ts'
import { standardCity, type StandardCity } from './testing/standard-city.ts'
import { changePoint, createPoint, listPoints, mergePoint, pointLog, removePoint, testPoints } from './themes/problem-points.ts'

let city: StandardCity
beforeAll(async () => {
  city = await standardCity()
})
afterAll(() => city.stop())

const up = (code: string, name: string, parentCode: string | null = null) => ({ code, name, parentCode })
const push = (...nodes: ReturnType<typeof up>[]) => city.as('a', (ctx) => pushClasses(ctx, { scheme: 'national', nodes }))
const apply = (id: string) => city.as('b', (ctx) => decideRun(ctx, { id, outcome: 'apply' }))
const tree = async () => Object.fromEntries((await city.as('a', (ctx) => effectiveNodes(ctx, 'national', '2026-11-20'))).map((n) => [n.code, n.pathNames.join('/')]))

test('差异分新增、改名、移动、停用；本级自建的和多对一的细分不受改名影响', () => {
  const local = [
    { id: '1', code: 'A', name: '甲', parentId: null, externalCode: 'A' }, { id: '2', code: 'B', name: '乙', parentId: '1', externalCode: 'B' }, { id: '3', code: 'B-1', name: '乙之一', parentId: '2', externalCode: 'B' },
    { id: '4', code: 'own', name: '本级自建', parentId: null, externalCode: null }, { id: '5', code: 'C', name: '丙', parentId: null, externalCode: 'C' },
  ]
  expect(differencesOf([up('B', '新乙'), up('A', '甲'), up('D', '丁', 'B')], local).map((d) => [d.kind, d.kind === 'new' ? d.node.code : d.local.code])).toEqual([['renamed', 'B'], ['moved', 'B'], ['deleted', 'C'], ['new', 'D']].toSorted((a, b) => ['renamed', 'moved', 'new', 'deleted'].indexOf(a[0] ?? '') - ['renamed', 'moved', 'new', 'deleted'].indexOf(b[0] ?? '')))
  expect(differencesOf([up('A', '甲'), up('C', '丙')], local).map((d) => (d.kind === 'deleted' ? d.local.code : ''))).toEqual(['B', 'B-1'])
  expect([upstreamFault([up('A', '甲', 'B'), up('B', '乙', 'A')]), upstreamFault([up('A', '甲', 'X')]), upstreamFault([up('A', '甲'), up('A', '乙')])]).toEqual(['上级成环：A', '上级不存在：X', '编码重复：A'])
  expect(likeness('供热问题', '供热管理')).toBeGreaterThan(likeness('供热问题', '市容市貌'))
})

test('上级推送先看差异，确认后采用；移动的连同下级一起走，停用的保留历史', async () => {
  const first = await push(up('01', '城乡建设'), up('0101', '供热', '01'), up('010101', '温度不达标', '0101'), up('02', '交通'))
  expect(first).toMatchObject({ state: 'pending', counts: { new: 4, renamed: 0, moved: 0, deleted: 0 } })
  expect(await tree()).toEqual({})
  await apply(first.id)
  expect(await tree()).toEqual({ '01': '城乡建设', '02': '交通', '0101': '城乡建设/供热', '010101': '城乡建设/供热/温度不达标' })
  expect((await push(up('01', '城乡建设'), up('0101', '供热', '01'), up('010101', '温度不达标', '0101'), up('02', '交通'))).state).toBe('applied')
  const second = await push(up('02', '交通出行'), up('0101', '供热', '02'), up('010101', '温度不达标', '0101'))
  expect(second.counts).toEqual({ new: 0, renamed: 1, moved: 1, deleted: 1 })
  const before = await city.as('a', (ctx) => effectiveNodes(ctx, 'national', '2026-11-20'))
  await apply(second.id)
  expect(await tree()).toEqual({ '02': '交通出行', '0101': '交通出行/供热', '010101': '交通出行/供热/温度不达标' })
  const gone = before.find((n) => n.code === '01')
  expect(await city.as('a', (ctx) => schemeNodeById(ctx, gone?.id ?? ''))).toMatchObject({ name: '城乡建设', state: 'offline' })
  expect(await refusal(apply(second.id))).toMatchObject({ status: 409, code: 'matters.syncDecided' })
  // A newer list takes the place of one that waits; another tenant sees nothing of it.
  const waiting = await push(up('02', '交通'))
  await push(up('02', '运输'))
  expect((await city.as('a', (ctx) => getRun(ctx, { id: waiting.id }))).state).toBe('discarded')
  expect((await city.as('county', (ctx) => listRuns(ctx, { limit: 10 }))).items).toEqual([])
  expect(await refusal(city.as('county', (ctx) => mapNode(ctx, { oldId: gone?.id ?? '', newId: before[1]?.id ?? '' })))).toMatchObject({ status: 404 })
  const current = before.find((n) => n.code === '0101')
  expect(await refusal(city.as('a', (ctx) => mapNode(ctx, { oldId: current?.id ?? '', newId: gone?.id ?? '' })))).toMatchObject({ code: 'matters.mapEffective' })
  expect(await refusal(city.as('a', (ctx) => mapNode(ctx, { oldId: gone?.id ?? '', newId: gone?.id ?? '' })))).toMatchObject({ status: 422 })
  expect(await refusal(city.as('a', (ctx) => pushClasses(ctx, { scheme: 'nowhere', nodes: [up('1', '甲')] })))).toMatchObject({ status: 422 })
})

test('上级来源：每天取一次，差异待确认；取不到时留下原因，令牌不回显', async () => {
  const upper = await httpDouble(() => ({ body: { nodes: [{ code: '9', name: '上级新类' }] } }))
  const boss = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => city.as('b', (ctx) => fn({ ...ctx, actor: { ...ctx.actor, grants: new Map([...ctx.actor.grants, ['matters.approve', new Set<ScopeKind>(['tenant'])]]) } }))
  expect(await refusal(city.as('a', (ctx) => saveSyncSource(ctx, { scheme: 'petition', url: upper.url, enabled: true })))).toMatchObject({ status: 403 })
  await boss((ctx) => saveSyncSource(ctx, { scheme: 'petition', url: `${upper.url}/classes`, token: 'let-me-in', enabled: true }))
  expect((await city.as('a', (ctx) => listSyncSources(ctx))).items).toMatchObject([{ scheme: 'petition', tokenSet: true, askedAt: null }])
  await city.as('a', (ctx) => fetchClasses(ctx))
  await city.as('a', (ctx) => fetchClasses(ctx))
  expect(upper.calls.length).toBe(1)
  const runs = (await city.as('a', (ctx) => listRuns(ctx, { scheme: 'petition', limit: 10 }))).items
  expect(runs).toMatchObject([{ source: 'fetched', state: 'pending', counts: { new: 1 } }])
  upper.answer = () => ({ status: 500 })
  expect(await refusal(city.as('a', (ctx) => fetchScheme(ctx, { scheme: 'petition' })))).toMatchObject({ code: 'matters.syncSource' })
  upper.answer = () => ({ body: 'x' })
  expect(await city.as('a', (ctx) => askSource(ctx, 'petition'))).toBeNull()
  expect((await city.as('a', (ctx) => listSyncSources(ctx))).items[0]?.fault).toBe('上级平台的答复不是 JSON')
  await upper.stop()
})

const element = (code: string, family: 'event' | 'object' | 'address' = 'event') => city.as('a', (ctx) => createElement(ctx, { code, family, name: `要素${code}`, category: '公共设施 / 照明', definition: '说明', attributes: [] })).then((made) => made.id)
const relate = (fromId: string, toId: string, kind: 'hierarchy' | 'association' | 'dependency') => city.as('a', (ctx) => relateElements(ctx, { fromId, toId, kind, remove: false }))

test('成环的依赖被拒，关联可以成环；事项的图谱正好是它的要素之间存下的关系', async () => {
  const [lamp, place, time, other] = [await element('lamp', 'object'), await element('place', 'address'), await element('time'), await element('other')]
  await relate(lamp, place, 'dependency')
  await relate(place, time, 'dependency')
  expect(await refusal(relate(time, lamp, 'dependency'))).toMatchObject({ status: 409, code: 'matters.elementCircle' })
  expect(await refusal(relate(lamp, lamp, 'dependency'))).toMatchObject({ status: 409 })
  await relate(time, lamp, 'association')
  await relate(lamp, other, 'hierarchy')
  const directoryId = await city.publish('directory', { code: 'EL', name: '要素目录' })
  const matterId = await city.publish('matter', { code: 'EL01', name: '路灯不亮', directoryId, competentUnitId: city.units.urban, elements: [{ code: 'lamp', name: '灯具', type: 'text' }, { code: 'place', name: '地点', type: 'text' }, { code: 'time', name: '时间', type: 'date' }] })
  const graph = await city.as('a', (ctx) => elementGraph(ctx, { matterId }))
  expect(graph.nodes.map((n) => [n.code, n.matters])).toEqual(expect.arrayContaining([['lamp', 1], ['place', 1], ['time', 1]]))
  expect(graph.relations.map((r) => [r.fromId, r.toId, r.kind])).toEqual(expect.arrayContaining([[lamp, place, 'dependency'], [place, time, 'dependency'], [time, lamp, 'association']]))
  expect([graph.nodes.length, graph.relations.length]).toEqual([3, 3])
  expect((await city.as('a', (ctx) => elementGraph(ctx, { around: lamp }))).nodes.map((n) => n.code).toSorted()).toEqual(['lamp', 'other', 'place', 'time'])
  expect((await city.as('a', (ctx) => elementGraph(ctx, { kind: 'hierarchy' }))).relations).toHaveLength(1)
  await city.as('a', (ctx) => changeElement(ctx, { id: lamp, version: 1, definition: '路灯、景观灯' }))
  expect(await refusal(city.as('b', (ctx) => changeElement(ctx, { id: lamp, version: 1, name: '灯' })))).toMatchObject({ status: 409 })
  const shown = await city.as('a', (ctx) => getElement(ctx, { id: lamp }))
  expect(shown.versions.map((v) => [v.version, v.snapshot.definition])).toEqual([[2, '路灯、景观灯'], [1, '说明']])
  expect(shown.usedBy.map((m) => m.code)).toEqual(['EL01'])
  expect(await refusal(element('lamp'))).toMatchObject({ code: 'matters.duplicateCode' })
  expect(await refusal(city.as('county', (ctx) => getElement(ctx, { id: lamp })))).toMatchObject({ status: 404 })
})

const point = (name: string, parentId: string | null = null, words: string[] = []) => city.as('a', (ctx) => createPoint(ctx, { theme: '供热', name, parentId, bindings: { categoryIds: [], matterIds: [], labelIds: [], words } })).then((made) => made.id)

test('问题点可移动、合并、删除，合并后历史还在；测试一段话落在哪些点', async () => {
  const [root, cold, leak] = [await point('供热质量'), await point('温度不达标', null, ['不热', '温度低']), await point('管道漏水', null, ['漏水'])]
  await city.as('a', (ctx) => changePoint(ctx, { id: cold, version: 1, parentId: root }))
  expect(await refusal(city.as('a', (ctx) => changePoint(ctx, { id: root, version: 1, parentId: cold })))).toMatchObject({ status: 422 })
  expect(await refusal(city.as('a', (ctx) => removePoint(ctx, { id: root })))).toMatchObject({ status: 409 })
  expect(await refusal(city.as('a', (ctx) => createPoint(ctx, { theme: '供热', name: '供热质量', parentId: null, bindings: { categoryIds: [newId()], matterIds: [], labelIds: [], words: [] } })))).toMatchObject({ status: 422 })
  expect((await city.as('a', (ctx) => testPoints(ctx, { theme: '供热', text: '暖气不热还漏水' }))).points.map((p) => [p.path, p.words])).toEqual([['供热质量 / 温度不达标', ['不热']], ['管道漏水', ['漏水']]].toSorted())
  await city.as('a', (ctx) => mergePoint(ctx, { id: leak, intoId: cold }))
  const { items } = await city.as('a', (ctx) => listPoints(ctx, { theme: '供热' }))
  expect(items.map((p) => [p.name, p.bindings.words])).toEqual([['供热质量', []], ['温度不达标', ['不热', '温度低', '漏水']]])
  expect((await city.as('a', (ctx) => pointLog(ctx, { id: cold }))).items.map((l) => [l.pointName, l.act])).toEqual(expect.arrayContaining([['管道漏水', 'create'], ['管道漏水', 'merge'], ['温度不达标', 'move']]))
  expect((await city.as('county', (ctx) => listPoints(ctx, {}))).items).toEqual([])
})
