import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aQueue } from '../simulate/city.ts'
import { AGEING_MS, type Candidate, type Contact, orderContacts, pickAgents, ruleFor, scoreOf } from './acd.ts'

const rules = { classes: ['emergency', 'white', 'special', 'enterprise', 'ordinary'], front: 3 }
const weights = { waiting: 30, urgency: 25 }
const contact = (id: string, rest: Partial<Contact> = {}): Contact => ({ id, kind: 'call', queue: 'q', class: 'ordinary', enteredAt: 0, since: 0, number: id, factors: {}, needs: [], missedBy: [], front: false, ...rest })
const candidate = (id: string, rest: Partial<Candidate> = {}): Candidate => ({ id, idleSince: 0, calls: 0, talkMs: 0, rank: 0, skills: new Map(), ...rest })
const order = (contacts: Contact[], now = 60_000): string[] => orderContacts(contacts, rules, () => weights, now).map((c) => c.id)
const env = { now: 60_000, lastAgent: null, after: null }

describe('排队次序', () => {
  test('五个普通来电之后来了应急号码和残障人士，应急第一，残障第二', () => {
    const ordinary = ['1', '2', '3', '4', '5'].map((id, i) => contact(id, { enteredAt: i }))
    expect(order([...ordinary, contact('special', { class: 'special', enteredAt: 100 }), contact('fire', { class: 'emergency', enteredAt: 200 })])).toEqual(['fire', 'special', '1', '2', '3', '4', '5'])
  })
  test('特殊来电最多占前三位，第四个按分数与普通来电同排', () => {
    const special = ['s1', 's2', 's3', 's4'].map((id, i) => contact(id, { class: 'special', enteredAt: 1000 + i }))
    expect(order([contact('o', { enteredAt: 0 }), ...special])).toEqual(['s1', 's2', 's3', 'o', 's4'])
  })
  test('等久了的普通来电升级，但不越过应急和白名单', () => {
    const now = 3 * AGEING_MS
    expect(order([contact('old'), contact('ent', { class: 'enterprise', enteredAt: now - 1000 }), contact('white', { class: 'white', enteredAt: now }), contact('fire', { class: 'emergency', enteredAt: now })], now)).toEqual(['fire', 'white', 'old', 'ent'])
  })
  test('改一个权重，两个等待的来电次序对调；分数列出每个因素', () => {
    const long = contact('long', { enteredAt: 0 })
    const urgent = contact('urgent', { enteredAt: 30_000, factors: { urgency: 1 } })
    const by = (urgency: number): string[] => orderContacts([long, urgent], rules, () => ({ waiting: 30, urgency }), 60_000).map((c) => c.id)
    expect(by(25)).toEqual(['urgent', 'long'])
    expect(by(1)).toEqual(['long', 'urgent'])
    expect(scoreOf(urgent, weights, 60_000)).toEqual({ waiting: 15, urgency: 25 })
  })
  test('同一类别里没有人会一直等：等得足够久的总排在新来的前面', () => {
    fc.assert(fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (urgencies) => {
      const now = 10 * 60_000
      const fresh = urgencies.map((urgency, i) => contact(`n${i}`, { enteredAt: now - 1000, factors: { urgency } }))
      expect(order([...fresh, contact('old', { enteredAt: 0 })], now)[0]).toBe('old')
    }))
  })
  test('次序不取决于输入的次序', () => {
    const all = fc.array(fc.record({ class: fc.constantFrom(...rules.classes), enteredAt: fc.integer({ min: 0, max: 1_000_000 }) }), { maxLength: 15 })
    fc.assert(fc.property(all, (list) => {
      const contacts = list.map((one, i) => contact(`c${i}`, one))
      expect(order(contacts, 2_000_000)).toEqual(order([...contacts].reverse(), 2_000_000))
    }))
  })
})

describe('选择座席', () => {
  const free = [candidate('a', { idleSince: 50, calls: 9, talkMs: 1, rank: 2 }), candidate('b', { idleSince: 10, calls: 5, talkMs: 9, rank: 1 }), candidate('c', { idleSince: 30, calls: 1, talkMs: 5, rank: 0 })]
  const queue = (pick: string, rest = {}): ReturnType<typeof aQueue> => aQueue('q', { strategies: [{ pick: pick as 'random', afterSeconds: 0 }], ...rest })
  test.each([['longestIdle', 'b'], ['leastCalls', 'c'], ['leastTalk', 'a'], ['sequential', 'c'], ['roundRobin', 'b']])('策略 %s 选中 %s', (pick, wanted) => {
    expect(pickAgents(contact('x'), queue(pick), free, { ...env, after: 'a' })?.agents).toEqual([wanted])
  })
  test('两名空闲座席，有主题标签的那名振铃', () => {
    const skilled = candidate('z', { skills: new Map([['social', 1]]) })
    expect(pickAgents(contact('x', { needs: ['social'] }), queue('skill'), [candidate('a'), skilled], env)?.agents).toEqual(['z'])
  })
  test('队列要求的技能级别不到的座席永不振铃', () => {
    const need = queue('longestIdle', { skills: [{ skill: 'social', level: 3 }] })
    expect(pickAgents(contact('x'), need, [candidate('a', { skills: new Map([['social', 2]]) })], env)).toBeNull()
  })
  test('上次服务坐席先选；不在时到时间后用下一个策略', () => {
    const chain = aQueue('q', { strategies: [{ pick: 'lastAgent', afterSeconds: 0 }, { pick: 'longestIdle', afterSeconds: 20 }] })
    expect(pickAgents(contact('x', { since: 50_000 }), chain, free, { ...env, lastAgent: 'a' })?.agents).toEqual(['a'])
    expect(pickAgents(contact('x', { since: 50_000 }), chain, free, env)).toBeNull()
    expect(pickAgents(contact('x', { since: 30_000 }), chain, free, env)?.agents).toEqual(['b'])
  })
  test('达到当日接听上限的座席排到后面', () => {
    expect(pickAgents(contact('x'), queue('longestIdle', { dailyLimit: 5 }), free, env)?.agents).toEqual(['c'])
  })
  test('没有接听的座席不再振同一来电，除非只剩他', () => {
    expect(pickAgents(contact('x', { missedBy: ['b'] }), queue('longestIdle'), free, env)?.agents).toEqual(['c'])
    expect(pickAgents(contact('x', { missedBy: ['b'] }), queue('longestIdle'), [candidate('b')], env)?.agents).toEqual(['b'])
  })
  test('同振振所有空闲座席', () => {
    expect(pickAgents(contact('x'), queue('ringAll'), free, env)?.agents).toHaveLength(3)
  })
  test('最佳坐席：技能、级别、今日负荷、通话时长、服务过的诉求人逐项计分，分项留存；紧急时技能更重', () => {
    const needs = ['social']
    const skilled = candidate('b', { calls: 20, talkMs: 20 * 300_000, skills: new Map([['social', 8]]) })
    const idle = candidate('a', { calls: 1, talkMs: 60_000 })
    const best = pickAgents(contact('x', { needs, factors: { urgency: 1 } }), queue('bestMatch'), [idle, skilled], env)
    expect(best).toMatchObject({ agents: ['b'], pick: 'bestMatch', score: { 'agent.skill': 60, 'agent.level': 32, 'agent.load': 0, 'agent.served': 0 } })
    expect(pickAgents(contact('x'), queue('bestMatch'), [idle, skilled], env)?.agents).toEqual(['a'])
    expect(pickAgents(contact('x'), queue('bestMatch'), [candidate('a'), candidate('z')], { ...env, lastAgent: 'z' })?.agents).toEqual(['z'])
  })
  test('按时段、主叫、空闲人数、最长等待、技能的规则选用另一组策略和权重，先列的先用，并留下规则名', () => {
    const rules = [
      { name: '夜间', when: { opening: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' }] }, strategies: [{ pick: 'sequential' as const, afterSeconds: 0 }] },
      { name: '本地来电', when: { numbers: ['86755'] }, weights: { waiting: 1, area: 50 } }, { name: '只剩一人', when: { freeAtMost: 1 } }, { name: '等得太久', when: { longestAtLeastSeconds: 120, waitingAtLeast: 3 } }, { name: '专业诉求', when: { skills: ['social'] } },
    ]
    const busy = queue('leastCalls', { rules })
    const load = { weekday: 1, minute: 600, free: 3, waiting: 1, longestMs: 0 }
    const found = (more: Partial<Contact>, at: Partial<typeof load>): string | null => ruleFor(busy, contact('x', more), { ...load, ...at }, 60_000)?.name ?? null
    expect([found({}, {}), found({}, { minute: 1380 }), found({ number: '86755123' }, {}), found({}, { free: 1 }), found({}, { longestMs: 130_000, waiting: 3 }), found({}, { longestMs: 130_000 }), found({ needs: ['social'] }, {})]).toEqual([null, '夜间', '本地来电', '只剩一人', '等得太久', null, '专业诉求'])
    expect(pickAgents(contact('x'), busy, free, { ...env, load })).toMatchObject({ agents: ['c'], pick: 'leastCalls', rule: null })
    expect(pickAgents(contact('x'), busy, free, { ...env, load: { ...load, minute: 1380 } })).toMatchObject({ pick: 'sequential', rule: '夜间' })
    expect(pickAgents(contact('x', { number: '86755123', factors: { area: 1 } }), busy, free, { ...env, load })).toMatchObject({ rule: '本地来电', score: { area: 50 } })
  })
})
