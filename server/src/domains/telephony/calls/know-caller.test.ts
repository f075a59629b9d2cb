import { expect, test } from 'vitest'
import type { CallerFacts } from '../../orders/index.ts'
import { rules, weights } from '../queues/queue.ts'
import { trunkReason } from '../lines/alarm-texts.zh-CN.ts'
import { eventText } from './event-texts.zh-CN.ts'
import { knownOf } from './know-caller.ts'

const nobody: CallerFacts = { openOrders: 0, overdueOrders: 0, enterprise: false, labels: [], birthDate: null }
const known = (facts: Partial<CallerFacts>, calls = 1) => knownOf({ ...nobody, ...facts }, { today: '2026-11-20', elderlyAge: 60, elderlySpeed: -30, calls })

test('号码关联的人超过年龄线：特殊群体、放慢语速、标记；标了“非老年人”的同一号码没有', () => {
  expect(known({ birthDate: '1960-11-20' })).toEqual({ factors: {}, class: 'special', mark: '老年人', reason: '老年人（年满 60 周岁）', variables: { 'caller.elderly': '1', 'caller.speed': '0.7', 'caller.age': '66' } })
  for (const facts of [{ birthDate: '1966-11-21' }, { birthDate: '1960-11-20', labels: ['非老年人'] }]) expect(known(facts)).toMatchObject({ class: null, mark: null, variables: { 'caller.age': facts.birthDate.startsWith('1966') ? '59' : '66' } })
  expect(known({ labels: ['老年人'] })?.class).toBe('special')
})
test('有在办工单的加分，超期的加满；企业按企业等级；什么都不知道的不告知', () => {
  expect(known({ openOrders: 2 })).toMatchObject({ factors: { order: 0.5 }, class: null })
  expect(known({ openOrders: 2, overdueOrders: 1, enterprise: true })).toMatchObject({ factors: { order: 1 }, class: 'enterprise', reason: '已登记的企业' })
  expect(known({})).toBeNull()
  expect(known({ openOrders: 2, overdueOrders: 1, enterprise: true }, 4)?.variables).toEqual({ 'caller.kind': 'enterprise', 'caller.orders': '2', 'caller.overdue': '1', 'caller.calls': '4' })
})
test('企业按约定接入：免排队、按等级、与公众同队；专属座席和等级可供流程判断；老年人不因企业而靠后', () => {
  const service = (rule: 'white' | 'enterprise' | null, level = 0) => ({ class: rule, level, reason: '企业“甲”', variables: { 'caller.kind': 'enterprise', 'caller.level': 'A', 'caller.seat': 's1' } })
  const of = (facts: Partial<CallerFacts>, given: ReturnType<typeof service>) => knownOf({ ...nobody, ...facts }, { today: '2026-11-20', elderlyAge: 60, elderlySpeed: 0, calls: 1 }, given)
  expect(of({}, service('enterprise', 0.5))).toMatchObject({ class: 'enterprise', factors: { level: 0.5 }, variables: { 'caller.level': 'A', 'caller.seat': 's1' }, reason: '企业“甲”' })
  expect(of({ enterprise: true }, service(null))).toMatchObject({ class: null, factors: {} })
  expect([of({ labels: ['老年人'] }, service('enterprise'))?.class, of({ labels: ['老年人'] }, service('white'))?.class]).toEqual(['special', 'white'])
})
test('等待的权重不能为零或负数，评分有十个以上因素；规则须有条件和内容', () => {
  expect([-1, 0].map((waiting) => weights.safeParse({ waiting }).success)).toEqual([false, false])
  expect(weights.safeParse({ waiting: 30, urgency: -5 }).success).toBe(false)
  expect(Object.keys(weights.parse({ waiting: 30 })).length).toBeGreaterThanOrEqual(10)
  const strategies = [{ pick: 'bestMatch', afterSeconds: 0 }]
  expect([rules.safeParse([{ name: '夜间', when: {}, strategies }]).success, rules.safeParse([{ name: '夜间', when: { freeAtMost: 1 } }]).success, rules.safeParse([{ name: '夜间', when: { freeAtMost: 1 }, strategies }]).success]).toEqual([false, false, true])
})
test('呼叫日志写出选中座席的策略、规则和每一项得分', () => {
  expect(eventText('callOffered', { why: { pick: 'bestMatch', rule: '夜间', score: { waiting: 12.34, order: 5, 'agent.skill': 30 } } })).toBe('座席振铃（最佳坐席；规则“夜间”；得分 等待 12.3、在办工单 5、座席技能 30）')
  expect(eventText('callScreened', { reason: '0192d3c0-0000-7000-8000-000000000000', marks: ['残疾人'] })).toBe('来电等级：残疾人')
})
test('中继的原因用话说明并告诉怎么办；别的引擎自己的话原样', () => {
  expect(['no answer to OPTIONS', 'registration refused with 403', 'registration refused with 500', 'answered 200', 'answered 486', 'NOREG Ping failed', null].map(trunkReason)).toEqual(['对端不回应探测（OPTIONS）：检查地址、端口、防火墙，或请运营商开放', '注册被拒绝（403）：检查用户名和密码', '注册被拒绝（500）', '探测有回应', '对端回应 486', 'NOREG Ping failed', null])
})
