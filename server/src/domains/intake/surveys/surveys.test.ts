// Public surveys over HTTP on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { citizen } from '../testing/citizens.ts'

let app: TestApp
let author: Client
let reviewer: Client
const visitor = () => app.nobody('public')
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const questions = [
  { id: 'sex', type: 'single', title: '性别', options: ['男', '女'] }, { id: 'ways', type: 'multiple', title: '常用方式', options: ['电话', '网上'], required: false }, { id: 'mark', type: 'scale', title: '满意度' }, { id: 'say', type: 'text', title: '建议', required: false },
]
async function published(more: Record<string, unknown> = {}): Promise<any> {
  const made = await ok(author.post('/api/surveys', { title: '热线服务满意度', questions, ...more }))
  const waiting = await ok(author.post(`/api/surveys/${made.id}/acts`, { act: 'submit', version: made.version }))
  return ok(reviewer.post(`/api/surveys/${made.id}/acts`, { act: 'approve', version: waiting.version }))
}

beforeAll(async () => {
  app = await testApp()
  ;[author, reviewer] = [await app.as('reviewer'), await app.as('businessAdmin')]
})
afterAll(() => app.stop())

describe('编制与发布', () => {
  test('由他人审核才发布；没有审核权限的不能通过；草稿公众看不到；别的中心看不到', async () => {
    const made = await ok(author.post('/api/surveys', { title: '出行调查', questions }))
    expect((await visitor().get(`/api/public/surveys/${made.id}`)).status).toBe(404)
    expect(await author.post('/api/surveys', { title: 'x', questions: [{ id: 'a', type: 'single', title: '甲', options: ['一'] }] })).toMatchObject({ status: 422, body: { fields: [{ path: 'questions.0.options' }] } })
    const waiting = await ok(author.post(`/api/surveys/${made.id}/acts`, { act: 'submit', version: made.version }))
    expect((await author.post(`/api/surveys/${made.id}/acts`, { act: 'approve', version: waiting.version })).status).toBe(403)
    const own = await ok(reviewer.post('/api/surveys', { title: '自编', questions }))
    const sent = await ok(reviewer.post(`/api/surveys/${own.id}/acts`, { act: 'submit', version: own.version }))
    expect((await reviewer.post(`/api/surveys/${own.id}/acts`, { act: 'approve', version: sent.version })).body.code).toBe('intake.surveyOwn')
    expect((await (await app.as('agent')).get('/api/surveys')).status).toBe(403)
    expect((await (await app.as('otherAdmin')).get(`/api/surveys/${made.id}`)).status).toBe(404)
    const live = await ok(reviewer.post(`/api/surveys/${made.id}/acts`, { act: 'approve', version: waiting.version }))
    expect((await author.patch(`/api/surveys/${made.id}`, { title: '改', questions, version: live.version })).body.code).toBe('intake.surveyState')
  })
})

describe('填写', () => {
  const sheet = { answers: { sex: '男', mark: 5 } }
  test('同一账号第二次填写、结束后填写都被拒绝；不登录不能填', async () => {
    const survey = await published({ endsAt: toIso(plus(app.clock.now(), 2 * HOUR)) })
    expect((await visitor().post(`/api/public/surveys/${survey.id}/answers`, sheet)).status).toBe(401)
    const me = await citizen(app, '13700000501')
    expect(await me.post(`/api/public/surveys/${survey.id}/answers`, { answers: { sex: '其他' } })).toMatchObject({ status: 422, body: { fields: [{ path: 'answers.sex' }, { path: 'answers.mark' }] } })
    await ok(me.post(`/api/public/surveys/${survey.id}/answers`, sheet))
    expect(await me.post(`/api/public/surveys/${survey.id}/answers`, sheet)).toMatchObject({ status: 409, body: { title: '您已经填写过这份问卷' } })
    const late = await citizen(app, '13700000502')
    app.clock.advance(3 * HOUR)
    expect(await late.post(`/api/public/surveys/${survey.id}/answers`, sheet)).toMatchObject({ status: 409, body: { title: '问卷已结束' } })
    const other = await published()
    await ok(reviewer.post(`/api/surveys/${other.id}/acts`, { act: 'close', version: other.version }))
    expect((await late.post(`/api/public/surveys/${other.id}/answers`, sheet)).status).toBe(409)
    expect((await ok(late.get(`/api/public/surveys/${other.id}`))).closed).toBe('问卷已结束')
  })

  test('只对实名的、企业的公众开放时，其他人不能填', async () => {
    const me = await citizen(app, '13700000503')
    for (const target of ['realName', 'enterprise']) {
      const survey = await published({ target })
      expect((await me.post(`/api/public/surveys/${survey.id}/answers`, sheet)).status).toBe(409)
    }
    const early = await published({ startsAt: toIso(plus(app.clock.now(), DAY)) })
    expect((await ok(me.get(`/api/public/surveys/${early.id}`))).closed).toBe('问卷还没有开始')
  })

  test('同时发两次只算一份', async () => {
    const survey = await published()
    const me = await citizen(app, '13700000504')
    const sent = await Promise.all([1, 2, 3].map(() => me.post(`/api/public/surveys/${survey.id}/answers`, sheet)))
    expect(sent.map((s) => s.status).toSorted()).toEqual([200, 409, 409])
    expect((await ok(author.get(`/api/surveys/${survey.id}`))).answers).toBe(1)
  })
})

test('各项件数等于答卷，交叉表对得上；意见里的手机号去除；导出不含填写人，公式开头的文字不会被执行', async () => {
  const survey = await published()
  const sheets = [{ answers: { sex: '男', mark: 5, ways: ['电话', '网上'], say: '=1+1 请联系 13912345678' }, opinion: '很好' }, { answers: { sex: '女', mark: 3, ways: ['电话'] } }, { answers: { sex: '女', mark: 4 } }]
  for (const [i, sheet] of sheets.entries()) await ok((await citizen(app, `1370000051${i}`)).post(`/api/public/surveys/${survey.id}/answers`, sheet))
  const results = await ok(author.get(`/api/surveys/${survey.id}/results?first=sex&second=ways`))
  expect(results.questions[0].counts).toEqual([{ option: '男', count: 1 }, { option: '女', count: 2 }])
  expect(results.questions[2].mean).toBe(4)
  expect(results.cross).toMatchObject({ rows: ['男', '女'], columns: ['电话', '网上'], cells: [[1, 1], [1, 0]] })
  expect(results).toMatchObject({ answers: 3, read: 3, opinions: ['很好'] })
  expect(JSON.stringify(results)).not.toContain('13912345678')
  const csv = (await author.get(`/api/surveys/${survey.id}/export`)).body
  expect(csv).toContain("'=1+1")
  expect(csv).not.toMatch(/13912345678|137\d{8}/)
  expect(csv.trim().split('\r\n')).toHaveLength(4)
  expect((await (await app.as('agent')).get(`/api/surveys/${survey.id}/export`)).status).toBe(403)
})
