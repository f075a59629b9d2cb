import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aQueue } from '../simulate/city.ts'
import { AGEING_MS, type Candidate, type Contact, orderContacts, pickAgents, scoreOf } from './acd.ts'

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
})
