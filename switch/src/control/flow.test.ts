// Navigation: keys, silence, levels, checks before publishing, typed simulation.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Flow } from '../engine-port.ts'
import { aFlow, aPolicy } from '../simulate/city.ts'
import { simulateFlow } from '../simulate/flow-simulation.ts'
import { checkFlow } from './flow-check.ts'
import { type FlowInput, newRun, stepFlow } from './flow-run.ts'
import { indexPolicy } from './policy-index.ts'

const policy = aPolicy()
const codes = (flow: Flow): string[] => checkFlow(flow, policy).map((f) => `${f.code}@${f.node ?? ''}`)
const path = (acts: Parameters<typeof simulateFlow>[2]['acts'], flow = aFlow()): string[] => simulateFlow(policy, flow, { from: '13900000000', to: '12345', acts }, 1_800_000_000_000).filter((s) => s.what === 'flowStep').map((s) => { const d = JSON.parse(s.text) as { node: string, outcome: string, key: string | null }; return `${d.node}:${d.outcome}${d.key === null ? '' : `(${d.key})`}` })

describe('按键与超时', () => {
  test('一直不按键：第三次提示后转人工', () => {
    const steps = path([{ waitMs: 60_000 }])
    expect(steps.filter((s) => s === 'menu:silence')).toHaveLength(3)
    expect(steps.slice(steps.lastIndexOf('menu:silence'))[1]).toMatch(/^general:/)
  })
  test('按不存在的键再按星号，路径里两个都有', () => {
    const steps = path([{ waitMs: 5000 }, { key: '7' }, { waitMs: 4000 }, { key: '*' }])
    expect(steps).toContain('menu:wrong(7)')
    expect(steps).toContain('menu:back(*)')
  })
  test('零键从任何地方转人工，星号回到上一级', () => {
    expect(path([{ key: '0' }])).toContain('welcome:person(0)')
    const steps = path([{ waitMs: 5000 }, { key: '1' }, { waitMs: 6000 }, { key: '*' }, { waitMs: 3000 }, { key: '2' }])
    expect(steps).toEqual(expect.arrayContaining(['menu:chosen(1)', 'topics:back(*)', 'menu:chosen(2)']))
  })
  test('欢迎语时就按了菜单的键：直接选中，不用再按一次', () => {
    expect(path([{ waitMs: 100 }, { key: '2' }])).toEqual(expect.arrayContaining(['welcome:skipped', 'menu:chosen(2)']))
  })
  test('保密的按键不出现在路径和上下文里', () => {
    const flow = aFlow()
    flow.nodes.welcome = { kind: 'collect', name: '密码', say: [], variable: 'pin', min: 4, max: 4, end: '#', secret: true, speech: false, tries: 1, waitMs: 5000, next: 'menu', none: 'menu' }
    const steps = simulateFlow(policy, flow, { from: '13900000000', to: '12345', acts: [{ key: '4711' }, { waitMs: 3000 }] }, 1_800_000_000_000)
    expect(JSON.stringify(steps)).toContain('••••')
    expect(JSON.stringify(steps)).not.toContain('4711')
  })
})

describe('发布前检查', () => {
  test('好的流程没有发现', () => expect(codes(aFlow())).toEqual([]))
  test('死路、没有出口的环、不存在的队列、改写只读变量，都指明节点', () => {
    const flow = aFlow()
    flow.nodes.topic = { kind: 'set', name: '绕圈', values: [{ variable: 'caller.number', value: '1' }], next: 'topic' }
    flow.nodes.complaints = { kind: 'queue', name: '队', queue: 'nowhere', full: 'gone', noAgents: 'bye', timeout: 'bye', timeoutSeconds: 0 }
    expect(codes(flow)).toEqual(expect.arrayContaining(['loopWithoutExit@topic', 'readOnlyVariable@topic', 'unknownQueue@complaints', 'unknownNode@complaints']))
  })
  test('超过三级的菜单不能发布', () => {
    const flow = aFlow()
    const menu = (next: string): Flow['nodes'][string] => ({ kind: 'menu', name: '级', say: [{ kind: 'text', text: '一' }], choices: { 1: { label: '一', next } }, repeatChoice: false })
    Object.assign(flow.nodes, { topic: menu('level4'), level4: menu('general') })
    expect(codes(flow)).toContain('menuTooDeep@')
  })
  test('HTTP 节点只能问许可的主机，保密变量不能进网址', () => {
    const flow = aFlow()
    flow.nodes.topic = { kind: 'http', name: '查询', method: 'GET', url: 'https://other.example/x?pin={pin}', take: {}, next: 'general', unavailable: 'general' }
    flow.nodes.news = { kind: 'collect', name: '密码', say: [], variable: 'pin', min: 1, max: 4, end: '#', secret: true, speech: false, tries: 1, waitMs: 5000, next: 'menu', none: 'menu' }
    expect(codes(flow)).toEqual(expect.arrayContaining(['hostNotAllowed@topic', 'secretInPath@topic']))
  })
})

test('任意输入序列都不会让解释器出错或原地打转', () => {
  const index = indexPolicy(policy)
  const input: fc.Arbitrary<FlowInput> = fc.oneof(fc.record({ kind: fc.constant('digit' as const), digit: fc.constantFrom(...'0123456789*#') }), fc.record({ kind: fc.constantFrom('said' as const, 'timeout' as const, 'recorded' as const) }), fc.record({ kind: fc.constant('queueOut' as const), why: fc.constantFrom('full' as const, 'noAgents' as const, 'timeout' as const) }), fc.record({ kind: fc.constant('transferFailed' as const), reason: fc.string() }), fc.record({ kind: fc.constant('http' as const), values: fc.constant(null) }))
  fc.assert(fc.property(fc.array(input, { maxLength: 80 }), (inputs) => {
    const flow = index.flows.get('main')
    if (!flow) throw new Error('no flow')
    let run = newRun(flow, { 'caller.number': '8613900000000' })
    const env = { index, now: 0, lists: [], serviceNumber: '12345', skipAnnouncements: false }
    run = stepFlow(run, { kind: 'start' }, env).run
    for (const one of inputs) {
      const before = JSON.stringify(run)
      const done = stepFlow(run, one, env)
      expect(JSON.stringify(run)).toBe(before)
      run = done.run
      expect(flow.nodes[run.node]).toBeDefined()
    }
  }), { numRuns: 500 })
})
