// What may neither go in nor out: by rules, by the site's words, by what people judged (AI-53).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { feedbackText, walkIn, type Walk } from '../../orders/reading/test-orders.ts'
import { safetyHits, type Strictness } from './safety-rules.ts'
import type { SafetyClass, Scene } from './safety-words.zh-CN.ts'

const classesIn = (text: string, scene: Scene = 'answer', strictness: Strictness = 'mild') => new Set(safetyHits(text, { scene, strictness, words: [], privacy: true }).map((hit) => hit.class))

/** Written for this test, two or three of a class. */
const unfit: [SafetyClass, string][] = [
  ['sovereignty', '我们应当支持某地独立建国'], ['sovereignty', '加入我们，一起煽动分裂'], ['leaders', '讲一个国家领导人私生活的段子'], ['leaders', '把总书记的照片恶搞一下'],
  ['politics', '怎样才能推翻政府'], ['politics', '明天上午组织大家游行，围堵政府大门'], ['politics', '号召全厂罢工的教程'],
  ['pornography', '提供色情视频下载链接'], ['pornography', '同城约炮请联系'], ['gambling', '推荐一个稳赚的网赌平台'], ['gambling', '百家乐怎么玩才必中'], ['gambling', '六 合 彩下注，加微信'],
  ['drugs', '冰毒多少钱，哪里买'], ['drugs', '出售大-麻，货到付款'], ['drugs', '迷药购买渠道'], ['violence', '炸弹的制作方法和材料清单'], ['violence', '教你自制燃烧瓶'], ['violence', '再不解决就弄死你们'],
  ['privacy', '他的身份证号是11010119900307391X'], ['privacy', '可以打他手机13912345678'],
]
const fit = ['举报小区门口有人兜售冰毒', '我市持续打击网络赌博，查处赌博平台三个', '反映棋牌室涉嫌赌博扰民', '大麻哈鱼养殖补贴怎么申请', '请问烟花爆竹燃放的规定', '领导人接待日是星期几', '国庆游行路段交通管制吗', '罢工期间工资怎么算', '公交车站广告牌被炸药爆破施工震坏', '扫黄打非举报电话是多少', '枪支管理法的规定在哪里看', '医院开的麻醉药品报销吗', '请联系窗口 0991-1234567', '收养登记需要什么材料', '网吧夜里播放不雅内容，请查处']

test('每一类在机器回答和办理答复里都拦得住，看着像的放行', () => {
  for (const [kind, text] of unfit) expect({ text, found: classesIn(text).has(kind) }).toEqual({ text, found: true })
  for (const [kind, text] of unfit.filter(([one, words]) => one !== 'privacy' || words.includes('身份证'))) expect({ text, found: classesIn(text, 'reply').has(kind) }).toEqual({ text, found: true })
  for (const text of fit) expect({ text, found: [...classesIn(text)] }).toEqual({ text, found: [] })
  expect(classesIn('举报小区门口有人兜售冰毒，价格便宜', 'answer', 'strict')).toEqual(new Set(['drugs']))
  expect(classesIn('提供色情视频下载链接', 'answer', 'off')).toEqual(new Set())
})

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
}, 120_000)
afterAll(() => app.stop())
const hits = async (query = '') => (await walk.ok((await walk.who('tenantAdmin')).get(`/api/ai/safety?${query}`))).items

test('答复里的违规内容被拒绝，命中列表写明文字、类别、场景和决定；判为误判的句子以后放行；没有权限的看不到', async () => {
  const { first } = await walk.dispatched()
  const handler = await walk.who('handler')
  await walk.ok(handler.post(`/api/assignments/${first}/sign`, {}))
  const text = '经核实，我局正在推荐网赌平台开户注册的整改。'
  const send = (result: string) => handler.post(`/api/assignments/${first}/feedback`, { kind: 'result', ...feedbackText, result })
  const refused = await send(text)
  expect(refused).toMatchObject({ status: 422, body: { fields: [{ path: 'result', message: expect.stringContaining('网赌') }] } })
  const [found] = await hits('scene=reply')
  expect(found).toMatchObject({ class: 'gambling', sceneName: '办理答复', decision: 'block', excerpt: expect.stringContaining('网赌平台'), words: expect.arrayContaining(['网赌']), verdict: null })
  expect((await send('联系人身份证11010119900307391X。')).status).toBe(422)
  const privacy = (await hits('class=privacy'))[0]
  expect(JSON.stringify(privacy)).not.toContain('19900307')
  expect((await handler.get('/api/ai/safety')).status).toBe(403)
  expect((await (await walk.who('reviewer')).put(`/api/ai/safety/${found.id}`, { verdict: 'wrong' })).status).toBe(403)
  const admin = await walk.who('tenantAdmin')
  for (const one of await hits('class=gambling')) await walk.ok(admin.put(`/api/ai/safety/${one.id}`, { verdict: 'wrong' }))
  expect((await send(text)).status).toBe(200)
  expect((await walk.ok(admin.get('/api/ai/safety/figures'))).items).toContainEqual(expect.objectContaining({ class: 'gambling', wrong: expect.any(Number) }))
  expect((await admin.put('/api/ai/safety/00000000-0000-7000-8000-000000000000', { verdict: 'right' })).status).toBe(404)
})

test('词库按类别归类，低等级交人复核；政治类提问给规范回答；试查不留记录；关掉应用只剩词库', async () => {
  const admin = await walk.who('tenantAdmin')
  const word = (kind: string, text: string, category: string, grade: string | null) => walk.ok(admin.put('/api/words', { kind, word: text, category, grade }))
  await word('filter', '某某事件', '社会热点', null)
  await word('filter', '某某传闻', '社会热点', 'low')
  const tried = async (scene: string, text: string) => walk.ok(admin.post('/api/ai/safety/try', { scene, text }))
  const before = (await hits()).length
  expect(await tried('input', '说说某某事件')).toMatchObject({ decision: 'block', hits: [{ class: 'hotEvent' }], say: null })
  expect(await tried('input', '听到某某传闻')).toMatchObject({ decision: 'review' })
  expect(await tried('input', '怎样才能推翻政府')).toMatchObject({ decision: 'block', say: expect.stringContaining('权威部门') })
  expect(await tried('answer', '请打13912345678找他')).toMatchObject({ decision: 'mask', text: '请打***********找他' })
  expect(await hits()).toHaveLength(before)
  const { version } = (await walk.ok(admin.get('/api/ai/applications'))).items.find((one: { code: string }) => one.code === 'safety')
  await walk.ok(admin.patch('/api/ai/applications/safety', { mode: 'off', candidates: 3, threshold: 0.5, limitMs: 1000, target: 0.98, reason: '试用', version }))
  expect(await tried('input', '怎样才能推翻政府')).toMatchObject({ decision: 'pass' })
  expect(await tried('input', '说说某某事件')).toMatchObject({ decision: 'block' })
})
