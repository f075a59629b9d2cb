import { z } from 'zod'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../kernel/errors.ts'
import { routes } from './routes.ts'
import { standardCity, type StandardCity } from './testing/standard-city.ts'

let city: StandardCity
const made: Record<string, string> = {}
beforeAll(async () => {
  city = await standardCity()
})
afterAll(() => city.stop())

type Parts = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown }

/** What the binder does with a call: parse by the description, run, encode the answer by the description. */
async function call(id: string, parts: Parts = {}, who: 'a' | 'b' | 'county' = 'a'): Promise<Record<string, unknown>> {
  const route = routes.find((one) => one.spec.id === id)
  if (!route) throw new Error(`no route ${id}`)
  const { spec } = route
  const input = Object.assign({}, spec.params?.parse(parts.params ?? {}), spec.query?.strict().parse(parts.query ?? {}), spec.body?.parse(parts.body ?? {}))
  const answer = await city.as(who, (ctx) => route.handler(ctx, input as never, {} as never))
  return z.encode(spec.response, answer as never) as Record<string, unknown>
}
const items = (answer: Record<string, unknown>): Record<string, unknown>[] => answer['items'] as Record<string, unknown>[]

async function approve(changeId: unknown): Promise<void> {
  await call('decideMatterChange', { params: { id: String(changeId) }, body: { outcome: 'approve' } }, 'b')
}
async function create(route: string, body: Record<string, unknown>): Promise<string> {
  const answer = await call(route, { body: { ...body, submit: true } })
  await approve(answer['changeId'])
  return String(answer['id'])
}

test('从建目录到推荐单位，所有接口的请求与答复都符合约定', async () => {
  made['root'] = await create('createMatterDirectory', { code: 'GR', name: '供热' })
  made['leaf'] = await create('createMatterDirectory', { code: 'GR-1', name: '供热质量', parentId: made['root'] })
  made['matter'] = await create('createMatter', {
    code: 'GR-1-1', name: '供热不热', directoryId: made['leaf'], competentUnitId: city.units.heating, closingStandard: [{ text: '达标' }], conditions: '居民用热', closingBasis: '供热办法',
    elements: [{ code: 'temp', name: '室温', type: 'number', required: true }], duration: { amount: 2, unit: 'workingDays' },
  })
  made['duty'] = await create('createDutyEntry', { matterId: made['matter'], unitId: city.units.heating, role: 'lead', areaCode: '980100' })
  made['type'] = await create('createAppealType', { code: 'noise', name: '噪声投诉', parentId: 'complaint', sort: 9 })
  made['node'] = await create('createSchemeNode', { scheme: 'category', code: '01', name: '公共事业' })
  expect(items(await call('recommendUnits', { query: { matterId: made['matter'], areaCode: '980101' } }).then((answer) => ({ items: answer['units'] })))).toMatchObject([{ unitName: '市供热办', role: 'lead' }])
})

test.each([
  ['matterDirectoryTree', {}, ['GR', 'GR-1']], ['listMatterDirectories', { query: { level: '1', state: 'effective' } }, ['GR-1']], ['listMatters', { query: { query: 'grbr' } }, ['GR-1-1']],
  ['searchMatters', { query: { query: '供热' } }, ['GR-1-1']], ['listSchemeNodes', { query: { scheme: 'category' } }, ['01']], ['schemeTree', { params: { code: 'category' } }, ['01']],
])('列表 %s', async (id, parts, codes) => {
  expect(items(await call(id, parts)).map((item) => item['code'])).toEqual(codes)
})

test('详情、矩阵、选项、时限、版本和日志都能读出', async () => {
  const params = (key: string): Parts => ({ params: { id: made[key] ?? '' } })
  expect(await call('getMatterDirectory', params('leaf'))).toMatchObject({ level: 1, state: 'effective', stateName: '已生效' })
  expect(await call('getMatter', params('matter'))).toMatchObject({ directoryPath: ['供热', '供热质量'], competentUnitName: '市供热办' })
  expect(await call('registrationMatter', { ...params('matter'), query: { appealType: 'noise', areaCode: '980101' } })).toMatchObject({ elements: [{ code: 'temp' }], units: [{ role: 'lead' }] })
  expect(await call('getDutyEntry', params('duty'))).toMatchObject({ matterName: '供热不热', areaName: '宁原省澜川市' })
  expect(items(await call('listDutyEntries', { query: { role: 'lead,assist' } }))).toHaveLength(1)
  expect(await call('dutyMatrix', { query: { unitId: city.units.heating } })).toMatchObject({ matters: [{ gap: false }], cells: [{ role: 'lead' }] })
  expect(await call('getSchemeNode', params('node'))).toMatchObject({ pathNames: ['公共事业'] })
  expect(items(await call('listAppealTypes', { query: { all: 'true' } })).map((type) => type['id'])).toContain('noise')
  expect(await call('matterOptions')).toMatchObject({ urgencyLevels: [{ code: 'normal' }, { code: 'urgent' }, { code: 'major' }] })
  expect(items(await call('listLimitRules')).some((rule) => rule['id'] === `matter:${made['matter']}`)).toBe(true)
  expect(items(await call('testLimitRules', { body: { matterId: made['matter'], appealType: 'noise' } }))[2]).toMatchObject({ clock: 'handling', limit: { durationText: '2个工作日' } })
  expect(items(await call('listMatterVersions', { params: { kind: 'matter', id: made['matter'] ?? '' } }))).toMatchObject([{ version: 1, state: 'effective' }])
  const changes = items(await call('listMatterChanges', { query: { state: 'approved', objectKind: 'matter' } }))
  expect(changes).toMatchObject([{ title: '供热不热', operation: '新增', mayDecide: false }])
  expect(await call('getMatterChange', { params: { id: String(changes[0]?.['id']) } })).toMatchObject({ kindName: '诉求事项' })
})

test('修改只带改动的字段，其余保持不变', async () => {
  const before = await call('getMatter', { params: { id: made['matter'] ?? '' } })
  const { changeId } = await call('editMatter', { params: { id: made['matter'] ?? '' }, body: { revision: before['revision'], closingBasis: '供热条例' } })
  await approve(changeId)
  const after = await call('getMatter', { params: { id: made['matter'] ?? '' } })
  expect(after).toMatchObject({ closingBasis: '供热条例', version: 2, closingStandard: [{ text: '达标', evidence: false }], duration: { amount: 2, unit: 'workingDays' } })
})

test('分类体系的用法可以调整，基于旧内容的保存被拒绝', async () => {
  const usedIn = { steps: ['handling'], required: false, appealTypes: [], shownIn: ['handling'] }
  const body = { name: '归口分类', description: null, usedIn, revision: 0 }
  expect(await call('saveScheme', { params: { code: 'category' }, body })).toMatchObject({ revision: 1, origin: 'own' })
  expect(items(await call('listSchemes', {}, 'county')).find((scheme) => scheme['code'] === 'category')).toMatchObject({ name: '归口分类', origin: 'upper' })
  await expect(call('saveScheme', { params: { code: 'category' }, body })).rejects.toMatchObject({ status: 409 })
})

test('时限规则经接口新建、修改、删除', async () => {
  const body = { scopeKind: 'category', scopeId: made['node'], clock: 'handling', duration: { amount: 6, unit: 'workingDays' }, receivers: { yellow: ['industryOwner'] } }
  const { id } = await call('createLimitRule', { body })
  expect(await call('editLimitRule', { params: { id: String(id) }, body: { ...body, note: '冬季', version: 1 } })).toMatchObject({ version: 2 })
  expect(items(await call('listLimitRules', { query: { scopeKind: 'category' } }))).toMatchObject([{ note: '冬季', scopeText: '归口：公共事业', receivers: { yellow: ['industryOwner'] } }])
  await call('removeLimitRule', { params: { id: String(id) } })
  expect(items(await call('listLimitRules', { query: { scopeKind: 'category' } }))).toEqual([])
})

test('每个接口都要求权限，没有权限的人得到 403', async () => {
  for (const { spec } of routes) expect(spec.access, spec.id).toSatisfy((access: unknown) => typeof access === 'object' && access !== null && ('permission' in access || 'anyOf' in access))
  for (const id of ['listMatters', 'listLimitRules', 'listMatterChanges', 'matterOptions']) {
    const route = routes.find((one) => one.spec.id === id)
    const refused = await city.as('a', (ctx) => Promise.resolve(route?.handler({ ...ctx, actor: { ...ctx.actor, grants: new Map() } }, { limit: 10 } as never, {} as never)).catch((error: unknown) => error))
    expect(refused instanceof AppError && refused.status, id).toBe(403)
  }
})
