// Public questions, the robot that answers from them, and the person who takes over, over HTTP on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { newId } from '../../../kernel/runtime.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { citizen, tenantOf } from '../testing/citizens.ts'

let app: TestApp
let editor: Client
let reviewer: Client
const plain = () => app.app.runtime.db.withoutPlugins()
const visitor = () => app.nobody('public')
const device = 'device-of-a-tester-01'
const ids = { directory: newId(), smoke: newId() }

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
async function publishFaq(more: Record<string, unknown>): Promise<{ id: string; version: number }> {
  const one = await ok(editor.post('/api/publications', { kind: 'faq', ...more }))
  const waiting = await ok(editor.post(`/api/publications/${one.id}/submit`, { version: one.version }))
  return ok(reviewer.post(`/api/publications/${one.id}/review`, { outcome: 'approve', checked: true, version: waiting.version }))
}
const find = async (query: string): Promise<string[]> => (await ok(visitor().post('/api/public/questions/search', { query }))).items.map((i: { title: string }) => i.title)
const ask = async (who: Client, text: string, dialogueId?: string) => ok(who.post('/api/public/robot', { device, text, ...(dialogueId ? { dialogueId } : {}) }))

beforeAll(async () => {
  app = await testApp()
  ;[editor, reviewer] = [await app.as('reviewer'), await app.as('businessAdmin')]
  const tenantId = await tenantOf(app)
  await sql`insert into matter_directory (tenant_id, id, code, name, path, level, sort, elements, search_key, state, created_by_name, created_at, updated_at)
    values (${tenantId}, ${ids.directory}, 'D1', '生态环境', array[${ids.directory}]::uuid[], 0, 0, '[]', '生态环境', 'effective', '测试', now(), now())`.execute(plain())
  await sql`insert into matter_matter (tenant_id, id, code, name, directory_id, directory_path, elements, keywords, search_key, state, version, created_by_name, created_at, updated_at)
    values (${tenantId}, ${ids.smoke}, 'M1', '餐饮油烟扰民', ${ids.directory}, array[${ids.directory}]::uuid[], ${JSON.stringify([{ code: 'shop', name: '店名', type: 'text', required: true, prompt: '哪家店？' }])}::jsonb,
      array['油烟'], 'm1 餐饮油烟扰民 油烟 烧烤 canyinyouyan', 'effective', 1, '测试', now(), now())`.execute(plain())
})
afterAll(() => app.stop())

describe('常见问题', () => {
  test('按问法找到答案，按业务分类浏览，与公告分开；点有用只算一次，改主意以后一次为准', async () => {
    const one = await publishFaq({ title: '高龄补贴怎么申请', summary: '老人津贴 八十岁补贴', body: '年满八十周岁的老人，持身份证到社区办理。', category: '社保医保', matterId: ids.smoke })
    expect(await find('我妈八十岁了有没有补贴')).toEqual(['高龄补贴怎么申请'])
    expect(await find('地铁几点收车')).toEqual([])
    const all = await ok(visitor().post('/api/public/questions/search', { category: '社保医保' }))
    // No question says 社保; the category does.
    expect(await find('社保')).toEqual(['高龄补贴怎么申请'])
    expect(await find('社')).toEqual([])
    expect(all).toMatchObject({ items: [{ title: '高龄补贴怎么申请' }], categories: [{ name: '社保医保', count: 1 }] })
    expect((await ok(visitor().get('/api/public/publications'))).items).toEqual([])
    const id = encodeURIComponent(`post:${one.id}`)
    expect(await ok(visitor().get(`/api/public/questions/${id}`))).toMatchObject({ answer: expect.stringContaining('社区'), matter: { name: '餐饮油烟扰民' }, useful: 0 })
    for (const useful of [true, true, false]) await ok(visitor().put(`/api/public/questions/${id}/vote`, { useful, device }))
    expect(await ok(visitor().get(`/api/public/questions/${id}`))).toMatchObject({ useful: 0, useless: 1 })
    expect((await visitor().get(`/api/public/questions/${encodeURIComponent("post:x' or 1=1")}`)).status).toBe(404)
  })

  test('没有公开的、过期的找不到；撤回后各入口和机器人都不再出现', async () => {
    await ok(editor.post('/api/publications', { kind: 'faq', title: '公积金提取条件', body: '草稿', category: '住房' }))
    const short = await publishFaq({ title: '限行尾号是多少', body: '本周限行尾号 1 和 6。', expiresAt: toIso(plus(app.clock.now(), DAY)) })
    const gone = await publishFaq({ title: '暖气费缴纳时间', body: '每年十月。' })
    expect(await find('公积金提取')).toEqual([])
    expect(await find('限行尾号')).toEqual(['限行尾号是多少'])
    await ok(editor.post(`/api/publications/${gone.id}/withdraw`, { reason: '过时', version: gone.version }))
    expect(await find('暖气费什么时候交')).toEqual([])
    expect((await ask(visitor(), '暖气费缴纳时间')).questions).toEqual([])
    app.clock.advance(2 * DAY)
    expect(await find('限行尾号')).toEqual([])
    expect((await visitor().get(`/api/public/questions/${encodeURIComponent(`post:${short.id}`)}`)).status).toBe(404)
  })
})

describe('智能问答', () => {
  test('“怎么投诉油烟”带到正确的表单，内容、类型和要准备的情况都有', async () => {
    expect(await ask(visitor(), '怎么投诉楼下烧烤店油烟')).toMatchObject({ wish: 'appeal', forms: [{ matterId: ids.smoke, name: '餐饮油烟扰民', appealType: 'complaint', say: '怎么投诉楼下烧烤店油烟', prepare: ['店名'] }] })
  })

  test('先给出本人同一事项的未办结诉求；别人的不会出现', async () => {
    const me = await citizen(app, '13700000201')
    const sent = await ok(me.post('/api/public/submissions', { clientKey: 'robot-key-000000001', content: '楼下烧烤店油烟太大', appealType: 'complaint', areaCode: '990101001001', matterId: ids.smoke }))
    expect((await ask(me, '我要投诉烧烤店油烟')).own).toMatchObject([{ number: sent.number, stateName: '待受理' }])
    expect((await ask(await citizen(app, '13700000202'), '我要投诉烧烤店油烟')).own).toEqual([])
    expect((await ask(me, '我的投诉办到哪了')).own.map((o: { number: string }) => o.number)).toEqual([sent.number])
  })

  test('两次答不上来就请转人工，不会装懂', async () => {
    const first = await ask(visitor(), '泽塔函数零点')
    expect(first).toMatchObject({ human: false, questions: [] })
    expect(await ask(visitor(), '阿贝尔群分类', first.dialogueId)).toMatchObject({ human: true, questions: [], dialogueId: first.dialogueId })
  })

  test('说“人工”马上带着前面的对话排队，客服看得到；别的设备拿不到这段对话', async () => {
    const agent = await app.as('agent')
    await ok(agent.post('/api/chat/duty', { on: true }))
    const me = await citizen(app, '13700000203')
    const said = await ask(me, '高龄补贴怎么申请')
    expect(await ask(me, '转人工', said.dialogueId)).toMatchObject({ wish: 'human', human: true })
    const stranger = await ok(me.post('/api/public/robot', { device: 'another-device-000001', text: '你好', dialogueId: said.dialogueId }))
    expect(stranger.dialogueId).not.toBe(said.dialogueId)
    const chat = await ok(me.post('/api/public/chat', { clientKey: 'robot-chat-00000001', robot: { dialogueId: said.dialogueId, device } }))
    const seen = await ok(agent.get(`/api/chat/sessions/${chat.id}`))
    expect(seen.messages.map((m: { author: string; text: string }) => [m.author, m.text.split('\n')[0]])).toEqual([
      ['citizen', '高龄补贴怎么申请'], ['robot', expect.stringContaining('找到')], ['citizen', '转人工'], ['robot', expect.stringContaining('人工')], ['system', expect.any(String)],
    ])
  })

  test('没有形成诉求就结束的对话被计数；提交了的不算；手机号不进记录', async () => {
    const before = await ok(reviewer.get('/api/robot/statistics'))
    const me = await citizen(app, '13700000204')
    const one = await ask(me, '投诉油烟，电话 13912345678')
    await ok(me.post('/api/public/submissions', { clientKey: 'robot-key-000000002', content: '烧烤店油烟太大了', appealType: 'complaint', areaCode: '990101001001', robot: { dialogueId: one.dialogueId, device } }))
    await ok(visitor().post(`/api/public/robot/${(await ask(visitor(), '高龄补贴')).dialogueId}/outcome`, { device, outcome: 'solved' }))
    const after = await ok(reviewer.get('/api/robot/statistics'))
    const count = (s: any, outcome: string): number => s.outcomes.find((o: { outcome: string }) => o.outcome === outcome).count
    expect([after.dialogues - before.dialogues, after.withoutOrder - before.withoutOrder, count(after, 'order') - count(before, 'order'), count(after, 'solved') - count(before, 'solved')]).toEqual([2, 1, 1, 1])
    const log = await ok(reviewer.get(`/api/robot/dialogues/${one.dialogueId}`))
    expect(JSON.stringify(log)).not.toContain('13912345678')
    expect((await (await app.as('agent')).get('/api/robot/statistics')).status).toBe(403)
    expect((await (await app.as('otherAdmin')).get(`/api/robot/dialogues/${one.dialogueId}`)).status).toBe(404)
  })
})

describe('过滤词和公众纠错', () => {
  test('词库里的过滤词：机器人不回答也不留原话，公众检索不给结果，发布时退回', async () => {
    await ok((await app.as('tenantAdmin')).put('/api/words', { kind: 'filter', word: '违禁测试词' }))
    const answer = await ask(visitor(), '请问违禁 测试词怎么办')
    expect(answer).toMatchObject({ questions: [], forms: [], human: false })
    expect(JSON.stringify(await ok(reviewer.get(`/api/robot/dialogues/${answer.dialogueId}`)))).not.toContain('测试词怎么办')
    expect((await ok(visitor().post('/api/public/questions/search', { query: '违禁测试词' }))).items).toEqual([])
  })

  test('未登录的纠错须填验证码：没有、答错、过期、用过都拒绝；口算题可以代替图片；登录的不用，办结后在消息中得到结果', async () => {
    const solved = async (): Promise<{ token: string; answer: string }> => {
      const { token, question, picture } = await ok(visitor().get('/api/public/captcha?kind=words'))
      expect(picture).toBeNull()
      const [, a = '', b = '', c = ''] = /^(.)加(.)减(.)，/.exec(question) ?? []
      const value = (word: string): number => '零一二三四五六七八九十'.indexOf(word)
      return { token, answer: String(value(a) + value(b) - value(c)) }
    }
    const send = (who: Client, captcha?: { token: string; answer: string }) => who.post('/api/public/questions/report', { kind: 'gap', text: '没有查到电动车上牌的地点', query: '电动车上牌', ...(captcha ? { captcha } : {}) })
    expect((await ok(visitor().get('/api/public/captcha'))).picture).toMatch(/^data:image\/svg/)
    expect(await send(visitor())).toMatchObject({ status: 422, body: { fields: [{ path: 'captcha.answer' }] } })
    const wrong = await solved()
    expect((await send(visitor(), { ...wrong, answer: '99' })).status).toBe(422)
    expect((await send(visitor(), wrong)).status).toBe(422)
    const late = await solved()
    app.clock.advance(11 * 60_000)
    expect((await send(visitor(), late)).status).toBe(422)
    const good = await solved()
    const { number, code } = await ok(send(visitor(), good))
    expect((await send(visitor(), good)).status).toBe(422)
    const me = await citizen(app, '13700000209')
    const mine = await ok(send(me))
    const reports = (await ok((await app.as('businessAdmin')).get('/api/knowledge/reports'))).items
    expect(reports).toContainEqual(expect.objectContaining({ number, source: 'web', reportedByName: '网站访客', sourceLabel: '电动车上牌' }))
    const own = reports.find((row: { number: string }) => row.number === mine.number)
    expect(JSON.stringify(own)).not.toContain(me.accountId)
    await ok((await app.as('businessAdmin')).post(`/api/knowledge/reports/${own.id}/close`, { reply: '已补充上牌地点', maintenance: 'add', version: 1 }))
    await app.drain()
    expect((await ok(me.get('/api/public/messages?kind=result'))).items).toMatchObject([{ title: `您的纠错 ${mine.number} 已办结：电动车上牌`, text: '已补充上牌地点' }])
    // Who did not sign in looks it up by number and code; the reply only when the centre has closed it.
    const lookUp = (who: Client, typed = code, of = number) => who.post('/api/public/query', { number: of, code: typed })
    expect(await ok(lookUp(visitor()))).toMatchObject({ number, title: '内容缺失：电动车上牌', state: 'accepted', stateName: '已收到', reply: null })
    expect((await lookUp(visitor(), 'AAAA-AAAA')).status).toBe((await lookUp(visitor(), code, 'C991231-0001')).status)
    const anonymous = reports.find((r: { number: string }) => r.number === number)
    await ok((await app.as('businessAdmin')).post(`/api/knowledge/reports/${anonymous.id}/close`, { reply: '已补充', maintenance: 'add', version: 1 }))
    expect(await ok(lookUp(visitor(), code.toLowerCase().replace('-', ' '), number.toLowerCase()))).toMatchObject({ state: 'done', stateName: '已办结', reply: '已补充' })
    expect(JSON.stringify((await ok((await app.as('businessAdmin')).get('/api/knowledge/reports?state=closed'))).items)).not.toContain(code)
    expect((await visitor().post('/api/public/questions/report', { id: 'kno:0190a000-0000-7000-8000-000000000000', kind: 'wrong', text: '内容不对，请更正', captcha: await solved() })).status).toBe(404)
  })
})
