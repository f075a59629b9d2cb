import { describe, expect, test } from 'vitest'
import { approvalFlow } from './approval-flow.ts'
import { checkGraph } from './check-graph.ts'
import { shippedDefinitions } from './definitions/index.ts'
import type { FlowNode, Graph } from './graph.ts'
import type { FlowOperation } from './operations.ts'

const shipped = (key: string): Graph => structuredClone(shippedDefinitions.find((d) => d.key === key)?.graph as Graph)
const messages = (graph: Graph, operations: FlowOperation[] = []) => checkGraph(graph, operations).map((p) => `${p.path} ${p.message}`).join('；')
const task = (key: string, more: Partial<FlowNode> = {}): FlowNode => ({ key, kind: 'userTask', name: key, actor: { unit: 'centre', permission: 'x.approve' }, ...more })

test.each(shippedDefinitions.map((d) => [d.key, d.graph] as const))('随产品提供的流程 %s 没有问题', (_key, graph) => {
  expect(checkGraph(graph, [])).toEqual([])
})

test('检查发现不可达节点、死路、无处理人和重复节点，并指出节点', () => {
  const graph = shipped('orders.extension')
  graph.nodes.push({ key: 'alone', kind: 'userTask', name: '孤立', actor: { unit: 'centre' } })
  expect(messages(graph)).toContain('nodes.alone 孤立：从开始节点无法到达')
  expect(messages(graph)).toContain('孤立：没有处理人')
  const dead = shipped('orders.extension')
  dead.edges = dead.edges.map((e) => (e.from === 'centre' ? { ...e, to: 'units' } : e.from === 'units' && e.outcome === 'return' ? { ...e, to: 'centre' } : e))
  expect(messages(dead)).toContain('nodes.centre 热线中心审批：无法走到结束节点')
  const twice = shipped('orders.extension')
  twice.nodes.push({ key: 'centre', kind: 'end', name: '又一个', result: 'approved' })
  expect(messages(twice)).toContain('节点标识重复')
  const lost = shipped('orders.extension')
  lost.edges.push({ from: 'centre', to: 'nowhere', outcome: 'passUp' })
  expect(messages(lost)).toContain('连线两端须为已有节点')
})

test('网关须有默认出口；网关之间不能成环', () => {
  const graph = shipped('orders.return')
  graph.edges = graph.edges.map((e) => (e.from === 'route' && e.to === 'centre' ? { ...e, condition: 'leaderFirst = false' } : e))
  expect(messages(graph)).toContain('nodes.route 是否经单位领导：没有默认出口')
  const circle = shipped('orders.return')
  circle.nodes.push({ key: 'again', kind: 'exclusive', name: '再判断' })
  circle.edges = circle.edges.map((e) => (e.from === 'route' && e.to === 'centre' ? { ...e, to: 'again' } : e))
  circle.edges.push({ from: 'again', to: 'route', outcome: 'next' })
  expect(messages(circle)).toContain('形成循环')
})

test('条件里的变量须声明且类型相符', () => {
  const graph = shipped('orders.return')
  graph.variables = []
  expect(messages(graph)).toContain('没有声明变量“leaderFirst”')
  graph.variables = [{ name: 'leaderFirst', label: '天数', type: 'number' }]
  expect(messages(graph)).toContain('此处应为数值，实为是否')
})

const split = (kind: 'parallel' | 'exclusive' | 'inclusive', join: FlowNode['kind'], more: Partial<Graph> = {}): Graph => ({
  nodes: [{ key: 's', kind: 'start', name: 's' }, { key: 'g', kind, name: '分' }, task('a'), task('b'), { key: 'j', kind: join, name: '合', ...(join === 'userTask' ? { actor: { unit: 'centre' as const, permission: 'x.approve' } } : {}) }, { key: 'e', kind: 'end', name: 'e', result: 'approved' }],
  edges: [
    { from: 's', to: 'g', outcome: 'next' }, { from: 'g', to: 'a', outcome: 'next', ...(kind === 'parallel' ? {} : { condition: 'x > 1' }) }, { from: 'g', to: 'b', outcome: 'next' },
    { from: 'a', to: 'j', outcome: 'approve' }, { from: 'b', to: 'j', outcome: 'approve' }, { from: 'j', to: 'e', outcome: join === 'userTask' ? 'approve' : 'next' },
  ],
  variables: [{ name: 'x', label: 'x', type: 'number' }],
  ...more,
})

describe('逐一走过所有可能', () => {
  test('并行分支用并行汇合、包容分支用包容汇合，可以', () => {
    expect(messages(split('parallel', 'parallel'))).toBe('')
    expect(messages(split('inclusive', 'inclusive'))).toBe('')
    expect(messages(split('exclusive', 'userTask'))).toBe('')
  })
  test('排他分支后用并行汇合，等不齐', () => {
    expect(messages(split('exclusive', 'parallel'))).toContain('nodes.j 合：汇合处等不齐')
  })
  test('并行分支没有汇合就到同一环节，被拒绝', () => {
    expect(messages(split('parallel', 'userTask'))).toContain('nodes.j 合：可能被两个分支同时到达')
  })
  test('并行分支太多，请用子流程', () => {
    const wide = split('parallel', 'parallel')
    for (let i = 0; i < 14; i++) {
      wide.nodes.push(task(`w${i}`), task(`v${i}`))
      wide.edges.push({ from: 'g', to: `w${i}`, outcome: 'next' }, { from: `w${i}`, to: `v${i}`, outcome: 'approve' }, { from: `v${i}`, to: 'j', outcome: 'approve' })
    }
    expect(messages(wide)).toContain('请用子流程拆分')
  })
})

test('定时须附着在环节上；不中断的定时不能走回主线', () => {
  const base = approvalFlow({ key: 't.x', name: 't', businessType: 't', steps: [{ key: 'one', name: '一', actor: { unit: 'centre', permission: 'x.approve' } }] }).graph
  const withTimer = (attachedTo: string, to: string): Graph => ({
    ...base, nodes: [...base.nodes, { key: 'late', kind: 'timer', name: '超时', attachedTo, after: { amount: 2, unit: 'workingDays' }, interrupting: false }, ...(to === 'done' ? [{ key: 'done', kind: 'end' as const, name: '完' }] : [])], edges: [...base.edges, { from: 'late', to, outcome: 'next' }],
  })
  expect(messages(withTimer('one', 'done'))).toBe('')
  expect(messages(withTimer('start', 'done'))).toContain('须附着在人工环节或子流程上')
  expect(messages(withTimer('one', 'one'))).toContain('一：可能被两个分支同时到达')
})

test('服务须已注册，参数合类型', () => {
  const operation: FlowOperation = { name: 'x.label', label: '加标签', takes: [{ name: 'label', label: '标签', type: 'text' }], run: async () => undefined }
  const graph = approvalFlow({ key: 't.x', name: 't', businessType: 't', steps: [{ key: 'one', name: '一', actor: { unit: 'centre', permission: 'x.approve' } }] }).graph
  const withService = (name: string, input: Record<string, string>): Graph => ({
    ...graph, nodes: [...graph.nodes, { key: 'svc', kind: 'serviceTask', name: '服务', operation: { name, input } }], edges: [...graph.edges.map((e) => (e.to === 'one' ? { ...e, to: 'svc' } : e)), { from: 'svc', to: 'one', outcome: 'next' }],
  })
  expect(messages(withService('x.label', { label: '"重点"' }), [operation])).toBe('')
  expect(messages(withService('x.other', {}), [operation])).toContain('没有服务“x.other”')
  expect(messages(withService('x.label', { label: '3', more: '1' }), [operation])).toMatch(/参数“label”：结果应为文字，实为数值.*服务没有参数“more”/)
})

test('几行写成的逐级审批：可选环节按条件绕过', () => {
  const { graph } = approvalFlow({
    key: 't.chain', name: 't', businessType: 't', variables: [{ name: 'days', label: '天数', type: 'number' }],
    steps: [{ key: 'unit', name: '单位', actor: { unit: 'subject', permission: 'x.approve' } }, { key: 'big', name: '局', when: 'days > 5', actor: { unit: 'subjectParent', permission: 'x.approve' } }, { key: 'centre', name: '中心', actor: { unit: 'centre', permission: 'x.approve' } }],
  })
  expect(checkGraph(graph, [])).toEqual([])
  expect(graph.edges.filter((e) => e.from === 'bigIf').map((e) => [e.to, e.condition ?? null])).toEqual([['big', 'days > 5'], ['centre', null]])
})
