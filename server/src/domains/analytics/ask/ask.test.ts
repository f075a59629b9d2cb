// Questions in words: the reference set (bench/ask-data), the route under the asker's scope, refusals.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scoreAsk, sharesOf } from '../../../../../bench/ask-score.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { membersIn } from './members.ts'
import { normalise, parseQuestion } from './parse-question.ts'
import { numberOf, periodsIn } from './period-words.ts'

const today = '2026-11-18'
const one = (text: string): unknown => { const found = periodsIn(text, today)[0]; return found ? [found.from, found.to] : null }
const vocabulary = { place: '澜川市', members: [{ dimension: 'county', name: '临澜区', keys: ['990101'] }, { dimension: 'unit', name: '澜川市城市管理局', keys: ['u1'] }, { dimension: 'matter', name: '拖欠工资', keys: ['m1'] }, { dimension: 'category', name: '供水', keys: ['c1', 'c2'] }] }
const ask = (text: string, before: Parameters<typeof parseQuestion>[3] = null) => parseQuestion(text, vocabulary, today, before)

describe('时间的说法', () => {
  test('整月、季度、相对时间和起止日期', () => {
    expect(one('上个月')).toEqual(['2026-10-01', '2026-10-31'])
    expect(one('12月')).toEqual(['2025-12-01', '2025-12-31'])
    expect(one('去年十月份')).toEqual(['2025-10-01', '2025-10-31'])
    expect(one('近三个月')).toEqual(['2026-08-21', '2026-11-18'])
    expect(one('11月1日到10日')).toEqual(['2026-11-01', '2026-11-10'])
    expect(one('前三季度')).toEqual(['2026-01-01', '2026-09-30'])
    expect(one('上周')).toEqual(['2026-11-09', '2026-11-15'])
    expect(one('受理了多少')).toBeNull()
    // A day that no calendar has is refused, never read as another.
    for (const text of ['2月30日受理量', '11月31日办结量', '13月受理量', '0月受理量', '11月32日受理量', '第五季度受理量', '2026年2月29日受理量']) expect([text, ask(text)]).toEqual([text, { kind: 'refused', reason: 'noSuchDay' }])
    for (const text of ['近15个月受理量', '2024年2月29日受理量', '前13个月受理量', '11月10日受理量', '今年第四季度受理量']) expect([text, (ask(text) as { reason?: string }).reason]).not.toEqual([text, 'noSuchDay'])
    expect([numberOf('十五'), numberOf('三十'), numberOf('二十一'), numberOf('俩'), numberOf('7')]).toEqual([15, 30, 21, 2, 7])
  })
})

describe('名称', () => {
  test('全称、去掉市名和常用简称都能认出，短名有歧义时不认', () => {
    const names = (text: string) => membersIn(text, vocabulary).found.map((f) => f.member.name)
    expect(names('城管局和临澜的供水')).toEqual(['澜川市城市管理局', '临澜区', '供水'])
    expect(names('澜川市城市管理局')).toEqual(['澜川市城市管理局'])
    expect(names('教育局')).toEqual([])
  })
})

describe('ANA-42 听懂问题', () => {
  test('参考问题集：留作证明的一半没有拿来改过词表', () => {
    const [work, proof] = [sharesOf(scoreAsk('work')), sharesOf(scoreAsk('proof'))]
    expect(work['all']).toBeGreaterThanOrEqual(0.95)
    expect(proof['all']).toBeGreaterThanOrEqual(0.85)
  })

  test('追问只改说到的部分；事项名里的词不当成别的', () => {
    const first = ask('上个月临澜区拖欠工资受理了多少')
    expect(first).toMatchObject({ kind: 'query', query: { indicators: ['received'], from: '2026-10-01', where: [{ dimension: 'county' }, { dimension: 'matter' }] } })
    const before = first.kind === 'query' ? first.query : null
    expect(ask('同比呢', before)).toMatchObject({ query: { compare: 'lastYear', from: '2026-10-01' } })
    expect(ask('换成满意率', before)).toMatchObject({ query: { indicators: ['satisfiedRate'], where: [{ dimension: 'county' }, { dimension: 'matter' }] } })
  })

  test.each([['把举报人的手机号给我', 'personalData'], ['select * from users', 'notAQuestion'], ['明年会受理多少', 'forecast'], ['今天气温多少', 'unknownIndicator'], ['把这件派给城管局', 'notAQuestion'], ['是谁举报的', 'personalData'], ['接通率多少', 'unknownIndicator'], ['', 'notAQuestion'], ['啊'.repeat(200), 'notAQuestion']])('%s → 拒绝', (text, reason) => {
    expect(ask(text)).toEqual({ kind: 'refused', reason })
  })

  test('目录里后来有的指标按名称和俗称认出；没有的指标说没有，不拿别的数来答', () => {
    const later = { ...vocabulary, indicators: [['callAnswerRate', '来电接通率'], ['callsBlacklisted', '黑名单来电'], ['repeatShare', '重复诉求占比'], ['hotEventOrders', '热点事件工单量'], ['hotEventShare', '热点事件占比'], ['satisfiedRate', '满意率']].map(([code = '', name = '']) => ({ code, name })) }
    const put = (text: string, names: Parameters<typeof parseQuestion>[1] = later) => parseQuestion(text, names, today, null)
    expect(put('各月接通率对比')).toMatchObject({ query: { indicators: ['callAnswerRate'], by: ['month'], from: '2025-12-01', to: today } })
    expect(put('热点事件占比')).toMatchObject({ query: { indicators: ['hotEventOrders'], by: ['hotEvent'] } })
    expect(put('各区县热点事件占比')).toMatchObject({ query: { indicators: ['hotEventShare'], by: ['county'] } })
    expect(put('本月黑名单来电多少')).toMatchObject({ query: { indicators: ['callsBlacklisted'] } })
    expect(put('上月重复诉求占比')).toMatchObject({ query: { indicators: ['repeatShare'] } })
    for (const text of ['各区县热点事件占比', '热点事件占比', '各月接通率对比']) expect([text, put(text, vocabulary).kind]).toEqual([text, 'refused'])
    for (const text of ['各区县老年人占比', '各单位网络舆情占比']) expect([text, put(text)]).toEqual([text, { kind: 'refused', reason: 'unknownIndicator' }])
    for (const [text, by] of [['各区县诉求占比', 'county'], ['各渠道占比', 'channel'], ['投诉占比', 'appealType']]) expect([text, put(text ?? '')]).toMatchObject([text, { query: { indicators: ['received'], by: [by], where: [] } }])
  })

  test('全角、空格和大写一样读', () => expect(normalise('  ＴＯＰ　５ 本月 受理量')).toBe('top 5本月受理量'))
})

let app: TestApp
const as: Record<string, Client> = {}
const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

describe('ANA-42、ANA-04 问与答', () => {
  beforeAll(async () => {
    app = await testApp()
    for (const login of ['agent', 'reviewer', 'leader', 'unitLeader', 'tenantAdmin']) as[login] = await app.as(login)
    for (const n of [1, 2, 3]) {
      const order = await ok((as['agent'] as Client).post('/api/orders', { requester: { name: '苗若溪', phone: `1990004${2000 + n}` }, appealType: n === 1 ? 'complaint' : 'help', title: `路灯不亮 ${n}`, content: '巷口路灯连续几天不亮。', areaCode: '990101001' }))
      await ok((as['reviewer'] as Client).post(`/api/orders/${order.id}/pass-review`, {}))
    }
  })
  afterAll(() => app.stop())
  const put = (login: string, body: Record<string, unknown>) => ok((as[login] as Client).post('/api/analytics/ask', body))

  test('答案就是指标的数；追问沿用上一句；各人只算自己能看的', async () => {
    const first = await put('leader', { text: '今天受理了多少件' })
    expect(first.sentence).toContain('受理量 3 件')
    const next = await put('leader', { text: '其中投诉呢', conversationId: first.conversationId })
    expect(next.sentence).toContain('受理量 1 件')
    expect((await put('unitLeader', { text: '今天受理了多少件' })).sentence).toContain('受理量 0 件')
    const figures = await ok((as['leader'] as Client).post('/api/data/figures', next.question))
    expect(figures.total.received).toBe('1')
    // Another person's conversation is not gone on with.
    expect((await put('unitLeader', { text: '其中投诉呢', conversationId: first.conversationId })).words.map((w: { text: string }) => w.text)).not.toContain('2026')
  })

  test('验收的两个问法：各月接通率逐月给出，热点事件占比逐个事件给出', async () => {
    const months = await put('leader', { text: '各月接通率对比' })
    expect(months).toMatchObject({ refused: null, understood: { indicators: ['callAnswerRate'], by: ['month'] } })
    const { rows } = await sql<{ id: string }>`select id from order_order order by id limit 2`.execute(app.app.runtime.db.withoutPlugins())
    await app.query((ctx) => sql`insert into analytics_hot_event (tenant_id, id, from_day, to_day, title, summary, people, keywords, order_ids, list, state, found_at, changed_at, changed_by_name) values (${ctx.tenantId}, gen_random_uuid(), '2026-01-01', '2026-12-31', '路灯成片不亮', '', 2, '{}', ${rows.map((r) => r.id)}::uuid[], 'own', 'confirmed', now(), now(), '测试')`.execute(ctx.db()), 'leader')
    const events = await put('leader', { text: '今天热点事件占比' })
    expect(events.sentence).toContain('热点事件工单量 2 件')
    expect(events.sentence).toContain('路灯成片不亮')
    expect((await put('leader', { text: '今天各区县热点事件占比' })).sentence).toContain('热点事件占比 66.67%')
    expect((await put('unitLeader', { text: '今天热点事件占比' })).sentence).toContain('热点事件工单量 0 件')
    expect((await put('leader', { text: '本月各区县接通率' })).refused).toMatchObject({ kind: 'notDivided' })
    expect((await put('tenantAdmin', { text: '各月接通率对比' })).refused).toMatchObject({ kind: 'notAllowed' })
  })

  test('没有的指标说出相近的；历史只有自己的，可收藏；改不了别人的', async () => {
    const refused = await put('leader', { text: '今天空气质量优良率多少' })
    expect(refused.refused).toMatchObject({ kind: 'unknownIndicator' })
    expect(refused.refused.nearest.length).toBeGreaterThan(0)
    const { items } = await ok((as['leader'] as Client).get('/api/analytics/asks'))
    expect(items[0].text).toBe('今天空气质量优良率多少')
    await put('leader', { text: '13911110077 今天投诉了几件' })
    // What somebody typed of a person is not kept in clear.
    expect((await ok((as['leader'] as Client).get('/api/analytics/asks'))).items[0].text).not.toContain('13911110077')
    await ok((as['leader'] as Client).patch(`/api/analytics/asks/${items[0].id}`, { favourite: true }))
    expect((await ok((as['leader'] as Client).get('/api/analytics/asks?favourite=true'))).items).toHaveLength(1)
    expect((await (as['unitLeader'] as Client).patch(`/api/analytics/asks/${items[0].id}`, { favourite: false })).status).toBe(404)
  })
})
