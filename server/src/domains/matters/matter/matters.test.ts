import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appealTypeById, appealTypes, matterById, matterUsage } from '../index.ts'
import { listAppealTypes, schemeTree } from '../classes/list-classes.ts'
import { actOnStandard, createStandard, editStandard } from '../standard/change-standard.ts'
import { decideBatch } from '../standard/decide-batch.ts'
import { decideChange } from '../standard/decide-change.ts'
import { getChange, listChanges, listVersions } from '../standard/read-changes.ts'
import { getStandard } from '../standard/read-standard.ts'
import { refusal } from '../testing/refusal.ts'
import { coreFields, standardCity, type StandardCity } from '../testing/standard-city.ts'
import { directoryTree } from './directory-tree.ts'
import { getMatter, listDirectories, listMatters } from './list-matters.ts'
import { registrationMatter, searchMatters } from './search-matters.ts'

let city: StandardCity
let root: string
let leaf: string
let matter: string
const page = { limit: 50 } as const

beforeAll(async () => {
  city = await standardCity()
  root = await city.publish('directory', { code: 'GR', name: '供热', elements: [{ code: 'address', name: '地址', type: 'address', required: true }] })
  leaf = await city.publish('directory', { code: 'GR-01', name: '供热质量', parentId: root })
  matter = await city.publish('matter', {
    code: 'GR-01-01', name: '供热不热', directoryId: leaf, competentUnitId: city.units.heating, appealTypes: ['complaint', 'help'], closingStandard: [{ text: '室温恢复到18℃以上', evidence: true }], keywords: ['暖气'],
    elements: [{ code: 'roomTemp', name: '室温', type: 'number' }],
  })
})
afterAll(() => city.stop())

const aDraft = (code: string, over: Record<string, unknown> = {}) =>
  city.as('a', (ctx) => createStandard(ctx, 'matter', { content: { code, name: `事项${code}`, directoryId: leaf, closingStandard: [{ text: '已答复' }], ...over }, submit: false }))

describe('目录与事项', () => {
  test('编码重复或同一上级下重名被拒绝', async () => {
    const create = (content: Record<string, unknown>) => refusal(city.as('a', (ctx) => createStandard(ctx, 'directory', { content, submit: false })))
    expect(await create({ code: 'GR-01', name: '别的名字', parentId: root })).toMatchObject({ status: 409, code: 'matters.duplicateCode', fields: ['code'] })
    expect(await create({ code: 'GR-09', name: '供热质量', parentId: root })).toMatchObject({ status: 409, code: 'matters.duplicateName' })
  })

  test('按层级和状态组合筛选只得到符合的目录', async () => {
    await city.as('a', (ctx) => createStandard(ctx, 'directory', { content: { code: 'GR-02', name: '供热收费', parentId: root }, submit: false }))
    const found = await city.as('a', (ctx) => listDirectories(ctx, { ...page, level: ['1'], state: ['draft'] }))
    expect(found.items.map((item) => item.code)).toEqual(['GR-02'])
    expect(found.items[0]?.path.map((step) => step.name)).toEqual(['供热', '供热收费'])
    expect((await city.as('a', (ctx) => listDirectories(ctx, { ...page, query: 'grzl' }))).items.map((item) => item.code)).toEqual(['GR-01'])
  })

  test('事项不能挂在非末级目录下，有事项的目录下不能再建下级', async () => {
    expect(await refusal(aDraft('X1', { directoryId: root }))).toMatchObject({ status: 422, code: 'matters.notLeaf' })
    expect(await refusal(city.as('a', (ctx) => createStandard(ctx, 'directory', { content: { code: 'GR-01-9', name: '下级', parentId: leaf }, submit: false })))).toMatchObject({ status: 409, code: 'matters.directoryHasMatters' })
  })

  test('已生效目录的编码和上级不可修改，名称可以经审核修改', async () => {
    const edit = (fields: Record<string, unknown>) => city.as('a', async (ctx) => editStandard(ctx, 'directory', { id: leaf, revision: (await getStandard(ctx, 'directory', leaf)).revision, fields, submit: false }))
    expect(await refusal(edit({ parentId: null, name: '改名' }))).toMatchObject({ status: 409, code: 'matters.lockedFields', fields: ['parentId'] })
    const { changeId } = await edit({ name: '供热服务质量' })
    expect((await city.as('a', (ctx) => getStandard(ctx, 'directory', leaf))).name).toBe('供热质量')
    await city.as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))
    expect((await city.as('a', (ctx) => matterById(ctx, matter))).directoryPath).toEqual(['供热', '供热服务质量'])
  })

  test('草稿不出现在登记选择中，生效后可按名称、关键词、全拼和首字母找到', async () => {
    await aDraft('GR-01-77', { name: '供热草稿' })
    const search = async (query: string) => (await city.as('a', (ctx) => searchMatters(ctx, { query, limit: 20 }))).items.map((item) => item.code)
    for (const query of ['供热不热', '暖气', 'gongre', 'grbr', 'gr-01-01', '供热 不热']) expect(await search(query), query).toEqual(['GR-01-01'])
    expect(await search('供热草稿')).toEqual([])
    expect(await refusal(city.as('a', async (ctx) => registrationMatter(ctx, { id: (await listMatters(ctx, { ...page, code: 'GR-01-77' })).items[0]?.id ?? '' })))).toMatchObject({ status: 404 })
  })

  test('本部门视图只显示主管部门是自己的事项', async () => {
    await aDraft('GR-01-88', { competentUnitId: city.units.urban })
    expect((await city.as('a', (ctx) => listMatters(ctx, { ...page, mine: true }))).items.map((item) => item.code)).toEqual(['GR-01-01'])
    expect((await city.as('b', (ctx) => listMatters(ctx, { ...page, mine: true }))).items).toEqual([])
  })

  test('已生效的事项不能直接删除', async () => {
    expect(await refusal(city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id: matter, act: 'delete' })))).toMatchObject({ status: 409, code: 'matters.wrongState' })
  })

  test('草稿可以直接删除', async () => {
    const { id } = await aDraft('GR-01-66')
    await city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id, act: 'delete' }))
    expect(await refusal(city.as('a', (ctx) => getMatter(ctx, { id })))).toMatchObject({ status: 404 })
  })

  test('别人先改过的草稿不会被覆盖', async () => {
    const { id } = await aDraft('GR-01-55')
    await city.as('a', (ctx) => editStandard(ctx, 'matter', { id, revision: 1, fields: { conditions: '甲的修改' }, submit: false }))
    expect(await refusal(city.as('b', (ctx) => editStandard(ctx, 'matter', { id, revision: 1, fields: { conditions: '乙的修改' }, submit: false })))).toMatchObject({ status: 409, code: 'kernel.conflict' })
  })

  test('要素继承自目录，类型冲突被拒绝', async () => {
    const registration = await city.as('a', (ctx) => registrationMatter(ctx, { id: matter, areaCode: '980101' }))
    expect(registration.elements.map((element) => [element.code, element.required])).toEqual([['address', true], ['roomTemp', false]])
    expect(await refusal(aDraft('GR-01-44', { elements: [{ code: 'address', name: '地址', type: 'date' }] }))).toMatchObject({ status: 422, code: 'matters.elementConflict', fields: ['elements.0.type'] })
  })

  test('提交审核前要补齐核心字段', async () => {
    const { id } = await aDraft('GR-01-33', { closingStandard: [] })
    expect(await refusal(city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id, act: 'submit' })))).toMatchObject({ status: 422, code: 'matters.coreFieldsMissing', fields: ['conditions', 'closingStandard', 'closingBasis'] })
  })
})

describe('审核', () => {
  test('提交人不能审核自己的变更，退回必须有意见，退回后可修改再提交', async () => {
    const { id, changeId } = await city.as('a', (ctx) => createStandard(ctx, 'matter', { content: { ...coreFields, code: 'GR-02-01', name: '管道漏水', directoryId: leaf, closingStandard: [{ text: '已修复' }] }, submit: true }))
    const change = changeId ?? ''
    expect(await refusal(city.as('a', (ctx) => decideChange(ctx, { id: change, outcome: 'approve' })))).toMatchObject({ status: 403, code: 'matters.fourEyes' })
    expect(await refusal(city.as('b', (ctx) => decideChange(ctx, { id: change, outcome: 'return', opinion: ' ' })))).toMatchObject({ status: 422, code: 'matters.opinionRequired' })
    await city.as('b', (ctx) => decideChange(ctx, { id: change, outcome: 'return', opinion: '名称太笼统' }))
    const rejected = await city.as('a', (ctx) => getStandard(ctx, 'matter', id))
    expect(rejected).toMatchObject({ state: 'rejected', version: 0 })
    expect(rejected.acts.filter((act) => act.enabled).map((act) => act.act)).toEqual(['edit', 'submit', 'withdraw'])
    const again = await city.as('a', (ctx) => editStandard(ctx, 'matter', { id, revision: rejected.revision, fields: { name: '供热管道漏水' }, submit: true }))
    await city.as('b', (ctx) => decideChange(ctx, { id: again.changeId ?? '', outcome: 'approve', opinion: '同意' }))
    expect(await city.as('a', (ctx) => getStandard(ctx, 'matter', id))).toMatchObject({ state: 'effective', version: 1, name: '供热管道漏水' })
    expect(await refusal(city.as('b', (ctx) => decideChange(ctx, { id: change, outcome: 'approve' })))).toMatchObject({ status: 409 })
  })

  test('已生效内容的修改审核前不起作用，有待审变更时不能再改，版本逐次保留', async () => {
    const id = await city.publish('matter', { code: 'GR-03-01', name: '提前停暖', directoryId: leaf, closingStandard: [{ text: '恢复供暖' }] })
    const { changeId } = await city.as('a', async (ctx) => editStandard(ctx, 'matter', { id, revision: (await getStandard(ctx, 'matter', id)).revision, fields: { division: '热力公司' }, submit: false }))
    expect((await city.as('b', (ctx) => matterById(ctx, id))).division).toBeNull()
    expect(await refusal(city.as('b', async (ctx) => editStandard(ctx, 'matter', { id, revision: (await getStandard(ctx, 'matter', id)).revision, fields: { materials: '甲' }, submit: false })))).toMatchObject({ status: 409, code: 'matters.pendingChange' })
    const shown = await city.as('b', (ctx) => getChange(ctx, { id: changeId ?? '' }))
    expect(shown.difference.filter((line) => line.changed)).toEqual([{ field: 'division', label: '实施分工', before: null, after: '热力公司', changed: true }])
    expect(shown.mayDecide).toBe(true)
    await city.as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))
    expect(await city.as('b', (ctx) => matterById(ctx, id))).toMatchObject({ division: '热力公司', version: 2 })
    const versions = (await city.as('a', (ctx) => listVersions(ctx, { kind: 'matter', id }))).items
    expect(versions.map((version) => [version.version, version.snapshot['division']])).toEqual([[2, '热力公司'], [1, null]])
    const log = await city.as('a', (ctx) => listChanges(ctx, { ...page, objectId: id }))
    expect(log.items.map((item) => [item.operation, item.state, item.version])).toEqual([['修改', 'approved', 2], ['新增', 'approved', 1]])
  })

  test('上级目录未生效时不能通过下级，批量审核按提交先后处理', async () => {
    const parent = await city.as('a', (ctx) => createStandard(ctx, 'directory', { content: { code: 'PS', name: '排水' }, submit: true }))
    const child = await city.as('a', (ctx) => createStandard(ctx, 'directory', { content: { code: 'PS-01', name: '内涝', parentId: parent.id }, submit: true }))
    expect(await refusal(city.as('b', (ctx) => decideChange(ctx, { id: child.changeId ?? '', outcome: 'approve' })))).toMatchObject({ status: 409, code: 'matters.parentNotEffective' })
    const own = await city.as('b', (ctx) => createStandard(ctx, 'directory', { content: { code: 'PS-02', name: '井盖', parentId: parent.id }, submit: true }))
    const { results } = await city.as('b', (ctx) => decideBatch(ctx, { ids: [own.changeId ?? '', child.changeId ?? '', parent.changeId ?? ''], outcome: 'approve' }))
    expect(results.map((result) => result.ok)).toEqual([true, true, false])
    expect((await city.as('a', (ctx) => directoryTree(ctx, {}))).items.filter((node) => node.code.startsWith('PS')).map((node) => [node.code, node.leaf])).toEqual([['PS', false], ['PS-01', true]])
  })

  test('撤回提交回到草稿，只有提交人可以撤回', async () => {
    const { id } = await city.as('a', (ctx) => createStandard(ctx, 'matter', { content: { ...coreFields, code: 'GR-04-01', name: '乱收供热费', directoryId: leaf, closingStandard: [{ text: '退费' }] }, submit: true }))
    expect(await refusal(city.as('b', (ctx) => actOnStandard(ctx, 'matter', { id, act: 'recall' })))).toMatchObject({ status: 409 })
    await city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id, act: 'recall' }))
    expect(await city.as('a', (ctx) => getStandard(ctx, 'matter', id))).toMatchObject({ state: 'draft', pendingChangeId: null })
  })

  test('可以查看某一天的目录树', async () => {
    const before = '2026-11-16'
    expect((await city.as('a', (ctx) => directoryTree(ctx, { asOf: before }))).items).toEqual([])
    expect((await city.as('a', (ctx) => directoryTree(ctx, { asOf: '2026-11-17' }))).items.map((node) => [node.code, node.level])).toContainEqual(['GR-01', 1])
  })
})

describe('下架与作废', () => {
  test('有在办工单的事项不能作废，报告写明工单；没有时作废后登记不再出现，旧工单仍能显示名称', async () => {
    const id = await city.publish('matter', { code: 'GR-05-01', name: '私接暖气', directoryId: leaf, closingStandard: [{ text: '已查处' }] })
    let open = 1
    matterUsage.add(async (_ctx, object) => (object.id === id ? [{ label: '工单', count: 1, open, samples: [{ title: '26111798010000001', link: '/orders/1' }] }] : []))
    expect(await refusal(city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id, act: 'void' })))).toMatchObject({ status: 409, code: 'matters.inUse' })
    open = 0
    const { changeId } = await city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id, act: 'void', reason: '合并' }))
    await city.as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))
    expect(await city.as('a', (ctx) => matterById(ctx, id))).toMatchObject({ name: '私接暖气', status: 'void' })
    expect((await city.as('a', (ctx) => searchMatters(ctx, { query: '私接暖气', limit: 5 }))).items).toEqual([])
    expect(await aDraft('GR-05-01', { name: '私接暖气' })).toHaveProperty('id')
  })

  test('已被工单使用的要素不能改变数据类型', async () => {
    const id = await city.publish('matter', { code: 'GR-07-01', name: '阀门故障', directoryId: leaf, elements: [{ code: 'since', name: '起始时间', type: 'text' }] })
    const retype = () => city.as('a', async (ctx) => editStandard(ctx, 'matter', { id, revision: (await getStandard(ctx, 'matter', id)).revision, fields: { elements: [{ code: 'since', name: '起始时间', type: 'date' }] }, submit: false }))
    matterUsage.add(async (_ctx, object) => (object.id === id ? [{ label: '工单', count: 2, open: 0, samples: [] }] : []))
    expect(await refusal(retype())).toMatchObject({ status: 422, code: 'matters.elementConflict', fields: ['elements.0.type'] })
  })

  test('下架经审核生效，可重新上架；有生效事项的目录不能下架', async () => {
    expect(await refusal(city.as('a', (ctx) => actOnStandard(ctx, 'directory', { id: leaf, act: 'offline' })))).toMatchObject({ status: 409, code: 'matters.childrenInUse' })
    const id = await city.publish('matter', { code: 'GR-06-01', name: '暖气异响', directoryId: leaf, closingStandard: [{ text: '已维修' }] })
    for (const [act, state] of [['offline', 'offline'], ['online', 'effective']] as const) {
      const { changeId } = await city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id, act }))
      await city.as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))
      expect((await city.as('a', (ctx) => matterById(ctx, id))).status).toBe(state)
    }
  })
})

describe('诉求类型与分类', () => {
  test('内置七种诉求类型随处可用，改名后代码不变', async () => {
    expect((await city.as('a', (ctx) => appealTypes(ctx))).map((type) => type.id)).toEqual(['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise', 'other'])
    const { changeId } = await city.as('a', (ctx) => editStandard(ctx, 'appealType', { id: 'praise', revision: 1, fields: { name: '感谢表扬' }, submit: false }))
    await city.as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))
    expect(await city.as('a', (ctx) => appealTypeById(ctx, 'praise'))).toMatchObject({ id: 'praise', name: '感谢表扬', origin: 'own' })
    expect(await city.as('county', (ctx) => appealTypeById(ctx, 'praise'))).toMatchObject({ name: '感谢表扬', origin: 'upper' })
    expect((await city.as('a', (ctx) => listAppealTypes(ctx, {}))).items.find((type) => type.id === 'praise')?.version).toBe(2)
  })

  test('已生效类型只能改名称和说明', async () => {
    expect(await refusal(city.as('a', (ctx) => editStandard(ctx, 'appealType', { id: 'help', revision: 1, fields: { rules: { callback: false, anonymity: true, answerable: true } }, submit: false })))).toMatchObject({ status: 409, code: 'matters.lockedFields', fields: ['rules'] })
  })

  test('被事项引用的类型不能作废', async () => {
    expect(await refusal(city.as('a', (ctx) => actOnStandard(ctx, 'appealType', { id: 'complaint', act: 'void' })))).toMatchObject({ status: 409, code: 'matters.inUse' })
  })

  test('分类树按上级归属，搜索打开命中的路径', async () => {
    const a = await city.publish('schemeNode', { scheme: 'category', code: '01', name: '城市管理' })
    const b = await city.publish('schemeNode', { scheme: 'category', code: '0101', name: '供热供暖', parentId: a })
    await city.publish('schemeNode', { scheme: 'category', code: '010101', name: '温度不达标', parentId: b })
    await city.publish('schemeNode', { scheme: 'category', code: '0102', name: '市容', parentId: a })
    const tree = await city.as('county', (ctx) => schemeTree(ctx, { code: 'category', query: 'wdbdb' }))
    expect(tree.items.map((node) => [node.code, node.level, node.pathNames.join('/')])).toEqual([['01', 1, '城市管理'], ['0101', 2, '城市管理/供热供暖'], ['010101', 3, '城市管理/供热供暖/温度不达标']])
    expect(await refusal(city.as('a', (ctx) => createStandard(ctx, 'schemeNode', { content: { scheme: 'industry', code: '9', name: '错位', parentId: a }, submit: false })))).toMatchObject({ status: 422, fields: ['parentId'] })
  })
})

describe('上下级', () => {
  test('下级能用上级已生效的事项，但不能修改', async () => {
    expect((await city.as('county', (ctx) => searchMatters(ctx, { query: 'grbr', limit: 5 }))).items.map((item) => item.code)).toEqual(['GR-01-01'])
    expect(await city.as('county', (ctx) => getMatter(ctx, { id: matter }))).toMatchObject({ origin: 'upper', acts: [] })
    expect(await refusal(city.as('county', (ctx) => editStandard(ctx, 'matter', { id: matter, revision: 1, fields: { name: '改名' }, submit: false })))).toMatchObject({ status: 403, code: 'matters.inherited' })
    expect((await city.as('county', (ctx) => listMatters(ctx, { ...page, state: ['draft'] }))).items).toEqual([])
  })
})
