// Rules of registration that administrators keep, and the checks of ORD-03, ORD-08 and ORD-26 that span several rooms.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { measured } from '../proofread/measure-proofreading.ts'
import { exampleAreas, shippedExamples } from '../proofread/proofread-examples.zh-CN.ts'
import { feedbackText, walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const post = async (login: string, path: string, body: unknown = {}) => walk.ok((await walk.who(login)).post(path, body))
const element = (code: string, more: Record<string, unknown> = {}) => ({ code, name: `要素${code}`, type: 'text', required: false, masked: false, ...more })
const ask = (login: string, more: Record<string, unknown>) => post(login, '/api/orders/proofread', { title: '路灯不亮', content: '小区北门三盏路灯不亮，老人出行不便', areaCode: '990101', phone: '19900002001', ...more })

describe('要素标签', () => {
  test('按诉求类型维护要素标签：选了类型即带出，校对提醒必填的没有问；编码重复、没有选项、旧版本都被拒', async () => {
    const admin = await walk.who('businessAdmin')
    const put = (elements: unknown[], version: number) => admin.put('/api/order-type-elements/complaint', { elements, version })
    expect(await put([element('a'), element('a')], 0)).toMatchObject({ status: 422, body: { fields: [{ path: 'elements.1.code' }] } })
    expect(await put([element('kind', { type: 'choice' })], 0)).toMatchObject({ status: 422, body: { fields: [{ path: 'elements.0.options' }] } })
    expect(await put([element('a', { dependsOn: { code: 'b', equals: ['是'] } })], 0)).toMatchObject({ status: 422 })
    expect(await put([element('target', { name: '被投诉单位', required: true }), element('kind', { name: '方式', type: 'choice', options: ['现场', '电话'] })], 0)).toMatchObject({ status: 200, body: { version: 1, name: '投诉' } })
    expect(await put([], 0)).toMatchObject({ status: 409 })
    expect((await get('agent', '/api/orders/type-elements?appealType=complaint')).elements.map((e: { code: string }) => e.code)).toEqual(['target', 'kind'])
    expect((await get('agent', '/api/orders/type-elements?appealType=help')).elements).toEqual([])
    expect((await ask('agent', { appealType: 'complaint' })).findings).toMatchObject([{ field: 'elements.target', rule: 'elementMissing' }])
    expect((await ask('agent', { appealType: 'complaint', elements: { target: '某物业' } })).findings).toEqual([])
    expect((await (await walk.who('agent')).put('/api/order-type-elements/complaint', { elements: [], version: 1 })).status).toBe(403)
    expect((await (await walk.who('countyReviewer')).get('/api/order-type-elements')).status).toBe(403)
  })
})

describe('校对规则', () => {
  test('随产品的测试集上校对准确率不低于 85%', () => {
    const { accuracy, faults } = measured([{ examples: shippedExamples, areas: exampleAreas }], [])
    expect({ low: accuracy < 85, faults: accuracy < 85 ? faults : [] }).toEqual({ low: false, faults: [] })
  })

  test('自定规则先试运行再启用，启用后提示；采用与不采用计入规则；改了定义须重新试', async () => {
    const rule = await post('businessAdmin', '/api/order-proofread-rules', { name: '停水停电应为紧急', definition: { words: ['停水', '停电'], field: 'urgency', test: 'is', value: 'urgent', message: '内容提到停水停电，紧急程度应为“紧急”' } })
    const change = async (body: Record<string, unknown>) => (await walk.who('businessAdmin')).patch(`/api/order-proofread-rules/${rule.id}`, body)
    expect(await change({ enabled: true, version: rule.version })).toMatchObject({ status: 409, body: { code: 'orders.proofRuleUntried' } })
    const hit = await walk.register({ title: '小区停水', content: '小区停水两天没有通知' })
    for (let i = 0; i < 10; i++) await walk.register({ title: '路灯不亮' })
    const trial = await post('businessAdmin', `/api/order-proofread-rules/${rule.id}/trial`, { days: 7 })
    expect(trial).toMatchObject({ count: 1, sample: [{ number: hit.number, found: 'normal' }] })
    const on = await change({ enabled: true, version: trial.rule.version })
    expect(on).toMatchObject({ status: 200, body: { enabled: true } })
    const found = (await ask('agent', { title: '小区停电', content: '整个小区停电一整天了', urgency: 'normal' })).findings
    expect(found).toMatchObject([{ field: 'urgency', rule: `own:${rule.id}`, proposed: 'urgent' }])
    expect((await ask('agent', { title: '小区停电', content: '整个小区停电一整天了', urgency: 'urgent' })).findings).toEqual([])
    await walk.register({ title: '小区停电', content: '整个小区停电', urgency: 'urgent', proofread: [{ field: 'urgency', rule: `own:${rule.id}`, found: 'normal', proposed: 'urgent', choice: 'accepted' }] })
    const list = await get('businessAdmin', '/api/order-proofread-rules')
    expect(list.own).toMatchObject([{ name: '停水停电应为紧急', shown: 1, accepted: 1, rejected: 0 }])
    expect((await change({ definition: { ...rule.definition, words: ['停水'] }, version: on.body.version })).body).toMatchObject({ enabled: false, triedAt: null })
    expect((await (await walk.who('agent')).get('/api/order-proofread-rules')).status).toBe(403)
  })

  test('在几乎所有工单上都提示的规则不能启用；没有触发词的、值为空的不收', async () => {
    const rule = await post('businessAdmin', '/api/order-proofread-rules', { name: '都填地址', definition: { appealTypes: ['help'], field: 'address', test: 'filled', message: '请填写地址' } })
    const { rule: tried, share } = await post('businessAdmin', `/api/order-proofread-rules/${rule.id}/trial`, {})
    expect(share).toBeGreaterThan(80)
    expect(await (await walk.who('businessAdmin')).patch(`/api/order-proofread-rules/${rule.id}`, { enabled: true, version: tried.version })).toMatchObject({ status: 409, body: { code: 'orders.proofRuleTooWide' } })
    const bad = async (definition: Record<string, unknown>) => (await (await walk.who('businessAdmin')).post('/api/order-proofread-rules', { name: '坏规则', definition: { message: '提示', ...definition } })).status
    expect([await bad({ field: 'address', test: 'filled' }), await bad({ words: ['a'], field: 'urgency', test: 'is' }), await bad({ words: ['a'], field: 'title', test: 'is', value: 'b' })]).toEqual([422, 422, 422])
  })

  test('停用自带规则后不再提示；测试样例由中心添加，准确率按样例计算', async () => {
    const admin = await walk.who('businessAdmin')
    const wrong = { phone: '1990000' }
    expect((await ask('agent', wrong)).findings).toMatchObject([{ rule: 'phoneLength' }])
    await walk.ok(admin.put('/api/order-proofread-rules/shipped/phoneLength', { enabled: false }))
    expect((await ask('agent', wrong)).findings).toEqual([])
    await walk.ok(admin.put('/api/order-proofread-rules/shipped/phoneLength', { enabled: true }))
    expect((await ask('agent', wrong)).findings).toHaveLength(1)
    await post('businessAdmin', '/api/order-proofread-examples', { title: '路灯不亮', content: '北屏区一条街的路灯都不亮', areaCode: '990101', expected: [] })
    const measure = await post('businessAdmin', '/api/order-proofread-examples/measure')
    expect(measure).toMatchObject({ examples: shippedExamples.length + 1 })
    expect(measure.faults).toContainEqual(expect.objectContaining({ content: '北屏区一条街的路灯都不亮', expected: [], found: ['区划与内容不一致'] }))
    expect(await admin.post('/api/order-proofread-examples', { title: 'a', content: 'b', expected: ['own:none'] })).toMatchObject({ status: 422 })
  })
})

test('选点条件可编辑并在历史工单上试运行；空条件不收；生效后缺点位的登记被拒', async () => {
  const admin = await walk.who('businessAdmin')
  const rules = [{ join: 'all', appealTypes: ['report'], matterIds: [], categoryIds: [], areaCodes: [], urgencies: ['urgent'] }]
  const past = await walk.register({ appealType: 'report', urgency: 'urgent', title: '违规排污' })
  await walk.register({ appealType: 'report', title: '违规经营' })
  expect(await post('businessAdmin', '/api/order-point-rules/trial', { rules, days: 7 })).toMatchObject({ needed: 1, lacking: 1, sample: [{ id: past.id }] })
  expect((await admin.put('/api/order-point-rules', { rules: [{ ...rules[0], appealTypes: [], urgencies: [] }], reason: '试' })).status).toBe(422)
  expect(await walk.ok(admin.put('/api/order-point-rules', { rules, reason: '举报件须定位' }))).toMatchObject({ rules })
  const agent = await walk.who('agent')
  const body = { requester: { name: '陈小满' }, appealType: 'report', title: '违规排污', content: '夜里偷排', urgency: 'urgent' }
  expect(await agent.post('/api/orders', body)).toMatchObject({ status: 422, body: { fields: [{ path: 'lon' }] } })
  expect((await agent.post('/api/orders', { ...body, urgency: 'normal' })).status).toBe(200)
  expect((await agent.put('/api/order-point-rules', { rules: [], reason: '试' })).status).toBe(403)
  await walk.ok(admin.put('/api/order-point-rules', { rules: [], reason: '恢复' }))
})

test('ORD-03 复制登记：带入的字段和诉求人相同，编号和内容不同；两件都写明同一来电；别人的、不存在的工单不能当作同一来电', async () => {
  const first = await walk.register({ detailAddress: '12 号院', content: '第一件的内容' })
  const again = await walk.register({ sameCallAs: first.id, title: '路灯不亮 同', detailAddress: '12 号院', content: '第二件的内容' })
  expect(again.number).not.toBe(first.number)
  expect((await get('agent', '/api/order-options')).copyFields).toEqual(['appealType', 'title', 'areaCode', 'detailAddress'])
  for (const [one, other] of [[first, again], [again, first]]) expect((await get('reviewer', `/api/orders/${one.id}`)).links).toMatchObject([{ kind: 'sameCall', orderId: other.id }])
  const secret = await walk.register({ confidential: true }, 'shiftLeader')
  for (const foreign of [secret.id, '019aa000-0000-7000-8000-000000000000'])
    expect(await (await walk.who('agent')).post('/api/orders', { requester: { name: '陈小满' }, appealType: 'help', title: '路灯', content: '路灯不亮', sameCallAs: foreign })).toMatchObject({ status: 422, body: { fields: [{ path: 'sameCallAs' }] } })
})

test('ORD-08 登记时第六个附件、10.1 MB 的文件、改名的程序各有各的拒绝；看不到工单的人打不开附件地址', async () => {
  const agent = await walk.who('agent')
  const pdf = (bytes: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'), Buffer.alloc(bytes)])
  const upload = (name: string, content: Buffer) => agent.upload('/api/attachments?place=registration', { name, type: 'application/pdf', content })
  const ids: string[] = []
  for (let i = 0; i < 6; i++) ids.push((await walk.ok(upload(`${i}.pdf`, pdf(i)))).id)
  expect(await upload('大.pdf', pdf(10.1 * 1024 * 1024))).toMatchObject({ status: 413, body: { code: 'platform.fileTooLarge' } })
  expect(await upload('合同.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)]))).toMatchObject({ status: 415, body: { code: 'platform.fileDisguised' } })
  const body = (fileIds: string[]) => ({ requester: { name: '陈小满' }, appealType: 'help', title: '附件', content: '附件', fileIds })
  expect(await agent.post('/api/orders', body(ids))).toMatchObject({ body: { code: 'platform.tooManyFiles' } })
  await walk.ok(agent.post('/api/orders', body(ids.slice(0, 5))))
  const address = `/api/attachments/${ids[0]}`
  expect((await agent.get(address)).status).toBe(200)
  for (const login of ['handler', 'otherReviewer', 'countyHandler']) expect((await (await walk.who(login)).get(address)).status).toBe(404)
})

test('ORD-26 层级之外的单位不能派；一单到底派到社区：中间各级可看不可办', async () => {
  const order = await walk.register()
  await post('reviewer', `/api/orders/${order.id}/pass-review`)
  const dispatch = async (unit: string) => (await walk.who('dispatcher')).post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: walk.unit(unit), role: 'lead' }], route: 'straight' })
  expect(await dispatch('C-URBAN')).toMatchObject({ status: 422, body: { code: 'orders.unitOutsideHierarchy' } })
  const id = (await walk.ok(dispatch('T-COMMUNITY'))).assignments[0].id
  expect(await get('streetHandler', `/api/orders/${order.id}`)).toMatchObject({ number: order.number })
  for (const act of ['sign', 'feedback', 'hand-down']) expect([403, 404, 409, 422]).toContain((await (await walk.who('streetHandler')).post(`/api/assignments/${id}/${act}`, act === 'feedback' ? feedbackText : {})).status)
  expect((await (await walk.who('handler')).get(`/api/orders/${order.id}`)).status).toBe(404)
  await post('communityHandler', `/api/assignments/${id}/sign`)
  expect((await (await walk.who('streetHandler')).post(`/api/assignments/${id}/feedback`, feedbackText)).status).toBe(403)
  await post('communityHandler', `/api/assignments/${id}/feedback`, feedbackText)
  const [row] = await walk.rows(sql<{ route_mode: string }>`select route_mode from order_assignment where id = ${id}`)
  expect(row).toEqual({ route_mode: 'straight' })
})
