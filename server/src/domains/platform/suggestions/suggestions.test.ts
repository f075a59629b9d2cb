// Suggestions for improvement (PLA-36).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { alike } from './suggestion.ts'

let app: TestApp
let [writer, county, top, neighbour]: Client[] = []
beforeAll(async () => {
  app = await testApp()
  ;[writer, county, top, neighbour] = await Promise.all(['countyHandler', 'countyAdmin', 'tenantAdmin', 'otherAdmin'].map((login) => app.as(login)))
})
afterAll(() => app.stop())

const body = { kind: 'system', title: '派单页记住上次使用的筛选条件', content: '派单员每次打开派单页都要重新选择区域和事项，希望系统记住上次的筛选条件。', effect: '每人每天少点几十次' }
const ok = async (answer: Promise<{ status: number; body: any }> | undefined): Promise<any> => { // eslint-disable-line @typescript-eslint/no-explicit-any
  const got = await answer
  expect(got).toMatchObject({ status: 200 })
  return got?.body
}
const submit = async (client: Client | undefined, change: object = {}, different = false): Promise<string> => {
  const { id } = await ok(client?.post('/api/suggestions', { ...body, ...change }))
  await ok(client?.post(`/api/suggestions/${id}/submit`, { version: 1, different }))
  return id
}
const titles = async (client: Client | undefined, of: string): Promise<string[]> => (await ok(client?.get(`/api/suggestions?of=${of}`))).items.map((one: { title: string }) => one.title)

test('文字相似度：相同为 1，无关为 0，短文包含在长文里算大半', () => {
  expect(alike(['派单', '筛选'], ['筛选', '派单'])).toBe(1)
  expect(alike(['派单'], ['回访'])).toBe(0)
  expect(alike(['派单', '筛选'], ['派单', '筛选', '区域', '事项'])).toBeCloseTo(0.83, 2)
})

test('相近的意见在提交前被指出，确认不同才能提交；不采纳没有理由不行；逐步通知提交人', async () => {
  const first = await submit(writer)
  expect(await titles(neighbour, 'all')).toEqual([])
  const copy = { title: '希望派单页记住上次的筛选条件', content: '每次打开派单页都要重新选区域和事项，希望系统记住上次使用的筛选条件，派单员少点几次。' }
  const found = (await ok(neighbour?.post('/api/suggestions/similar', copy))).items[0]
  expect(found).toMatchObject({ id: first, tenantName: '北屏区', nearCopy: true })
  expect((await ok(neighbour?.post('/api/suggestions/similar', { title: '增加方言识别', content: '老年人来电多用方言' }))).items).toEqual([])
  const { id: second } = await ok(neighbour?.post('/api/suggestions', { ...body, ...copy }))
  expect((await neighbour?.post(`/api/suggestions/${second}/submit`, { version: 1 }))?.body).toMatchObject({ code: 'platform.suggestionSimilar', current: { items: [{ id: first }] } })

  expect((await county?.post('/api/suggestions/review', { ids: [first], outcome: 'refuse' }))?.body).toMatchObject({ code: 'platform.suggestionReason', fields: [{ path: 'reason' }] })
  expect((await county?.post('/api/suggestions/review', { ids: [first], outcome: 'refuse', reason: '  ' }))?.status).toBe(422)
  expect(await titles(top, 'secondReview')).toEqual([])
  expect(await ok(county?.post('/api/suggestions/review', { ids: [first], outcome: 'pass' }))).toEqual({ done: 1, failed: [] })
  expect(await titles(top, 'secondReview')).toEqual([body.title])
  expect((await ok(top?.get('/api/messages'))).items[0].title).toBe(`待终审的改进意见：${body.title}`)
  await ok(top?.post('/api/knowledge/directories', { name: '系统使用', code: 'usage' }))
  for (const outcome of ['adopt', 'develop', 'release']) expect(await ok(top?.post('/api/suggestions/decide', { ids: [first], outcome }))).toEqual({ done: 1, failed: [] })
  const told = (await ok(writer?.get('/api/messages'))).items.map((one: { title: string; count?: number }) => one.title)
  expect(told[0]).toBe(`您的改进意见“${body.title}”：已上线`)
  expect((await ok(writer?.get(`/api/suggestions/${first}`))).history.map((one: { state: string }) => one.state)).toEqual(['firstReview', 'secondReview', 'planned', 'developing', 'released'])
  expect(await titles(neighbour, 'adopted')).toEqual([body.title])
  // What went live is kept in the knowledge base of who decided, once, as a draft for its editors.
  await app.drain()
  await app.drain()
  const kept = (await ok(top?.get('/api/knowledge/tickets?box=all'))).items
  expect(kept).toMatchObject([{ title: body.title, state: 'draft', authorName: '系统' }])
  expect((await ok(top?.get(`/api/knowledge/tickets/${kept[0].id}`))).content.fields).toMatchObject({ appeal: body.content, result: `该改进意见已上线。${body.effect}` })
})

test('草稿只有本人可见；只能审本级的、不能审自己的；步骤不能跳；批量处理逐条报告', async () => {
  const { id: draft } = await ok(writer?.post('/api/suggestions', { ...body, title: '草稿里的想法' }))
  expect((await county?.get(`/api/suggestions/${draft}`))?.status).toBe(404)
  expect((await top?.get(`/api/suggestions/${draft}`))?.status).toBe(404)
  const own = await submit(county, { title: '县里自己的建议', content: '夜间值班表希望能按周复制到下一周继续使用。' })
  const foreign = await submit(neighbour, { kind: 'business', title: '跨县工单写明属地', content: '边界道路的诉求经常分不清属地，建议登记时显示界线。' })
  const good = await submit(writer, { kind: 'business', title: '供热季提前公布排班', content: '供热季电话集中，建议提前两周公布各单位值守名单。', urgency: 'urgent' })
  const report = await ok(county?.post('/api/suggestions/review', { ids: [good, own, foreign, draft], outcome: 'pass' }))
  expect(report).toMatchObject({ done: 1, failed: [{ id: own, reason: '不能审核自己提交的意见' }, { id: foreign }, { id: draft }] })
  expect((await county?.post('/api/suggestions/decide', { ids: [good], outcome: 'adopt' }))?.status).toBe(403)
  expect((await writer?.post('/api/suggestions/review', { ids: [good], outcome: 'pass' }))?.status).toBe(403)
  expect((await ok(top?.post('/api/suggestions/decide', { ids: [good], outcome: 'release' }))).failed[0].reason).toContain('待终审')
  await ok(top?.post('/api/suggestions/decide', { ids: [good], outcome: 'refuse', reason: '已有值守表' }))
  expect(await ok(writer?.get(`/api/suggestions/${good}`))).toMatchObject({ state: 'refused', reason: '已有值守表', acts: [] })
  expect((await writer?.put(`/api/suggestions/${good}`, { ...body, version: 4 }))?.body.code).toBe('platform.suggestionState')
  const figures = await ok(top?.get('/api/suggestions/statistics'))
  expect(figures).toMatchObject({ submitted: 4, decided: 2, adopted: 1 })
  expect(figures.tenants).toContainEqual({ name: '北屏区', submitted: 3, adopted: 1, refused: 1 })
  expect((await ok(county?.get('/api/suggestions/statistics?kind=business'))).submitted).toBe(1)
})
