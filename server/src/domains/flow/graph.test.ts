import { expect, test } from 'vitest'
import { checkGraph } from './check-graph.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { enter, follow, holds, isStep, startOf, stepAfter, unitAbove, type Graph, type UnitLine } from './graph.ts'

const extension = shippedDefinitions.find((d) => d.key === 'orders.extension')?.graph as Graph
const back = shippedDefinitions.find((d) => d.key === 'orders.return')?.graph as Graph
const place = (id: string) => ({ id, name: id })
const line: UnitLine = { below: [place('station'), place('bureau')], centre: place('centre'), fixed: new Map() }
const path = (graph: Graph, at: UnitLine, variables = {}) => {
  const steps: string[] = []
  let next = enter(graph, follow(graph, startOf(graph).key, 'next', variables), at, variables)
  while (isStep(next)) {
    steps.push(`${next.node.key}@${next.unit.id}`)
    next = stepAfter(graph, next, at, variables)
  }
  return [...steps, next.key]
}

test('延时逐级审批，最后由中心审批', () => {
  expect(path(extension, line)).toEqual(['units@station', 'units@bureau', 'centre@centre', 'approved'])
})

test('中心自己提出的延时直接由中心审批', () => {
  expect(path(extension, { ...line, below: [] })).toEqual(['centre@centre', 'approved'])
})

test('退回按条件决定是否先经单位领导', () => {
  expect(path(back, line)).toEqual(['centre@centre', 'approved'])
  expect(path(back, line, { leaderFirst: true })).toEqual(['unit@station', 'centre@centre', 'approved'])
})

test('上报到上一级单位，到中心为止', () => {
  expect(unitAbove(line, 'station')?.id).toBe('bureau')
  expect(unitAbove(line, 'bureau')?.id).toBe('centre')
  expect(unitAbove(line, 'centre')).toBeNull()
})

test.each([
  ['=', 3, 3, true], ['=', 3, 4, false], ['!=', 'a', 'b', true], ['>', 4, 3, true], ['>=', 3, 3, true], ['<', 3, 3, false], ['<=', 3, 3, true], ['>', 'b', 'a', false], ['in', 'x', ['x', 'y'], true], ['in', 'z', ['x'], false],
] as const)('条件 %s：%j 对 %j 为 %j', (op, held, value, expected) => {
  expect(holds({ variable: 'v', op, value: value as never }, { v: held })).toBe(expected)
})

test('没有给出的变量使条件不成立', () => {
  expect(holds({ variable: 'v', op: '!=', value: 1 }, {})).toBe(false)
})

test.each(shippedDefinitions.map((d) => [d.key, d.graph] as const))('随产品提供的流程 %s 没有问题', (_key, graph) => {
  expect(checkGraph(graph)).toEqual([])
})

const messages = (graph: Graph) => checkGraph(graph).map((p) => p.message).join('；')

test('检查发现不可达节点、死路、无处理人和重复节点', () => {
  const graph = structuredClone(extension)
  graph.nodes.push({ key: 'alone', kind: 'userTask', name: '孤立', actor: { unit: 'centre' } })
  expect(messages(graph)).toContain('孤立：从开始节点无法到达')
  expect(messages(graph)).toContain('孤立：没有处理人')
  const dead = structuredClone(extension)
  dead.edges = dead.edges.map((e) => (e.from === 'centre' ? { ...e, to: 'units' } : e.from === 'units' && e.outcome === 'return' ? { ...e, to: 'centre' } : e))
  expect(messages(dead)).toContain('热线中心审批：无法走到结束节点')
  const twice = structuredClone(extension)
  twice.nodes.push({ key: 'centre', kind: 'end', name: '又一个', result: 'approved' })
  expect(messages(twice)).toContain('节点标识重复')
  const lost = structuredClone(extension)
  lost.edges.push({ from: 'centre', to: 'nowhere', outcome: 'passUp' })
  expect(messages(lost)).toContain('连线两端须为已有节点')
})

test('条件节点的最后一个出口须无条件，条件节点不能成环', () => {
  const graph = structuredClone(back)
  graph.edges = graph.edges.filter((e) => !(e.from === 'route' && e.to === 'centre'))
  expect(messages(graph)).toContain('最后一个出口须无条件')
  const circle = structuredClone(back)
  circle.nodes.push({ key: 'again', kind: 'exclusive', name: '再判断' })
  circle.edges = circle.edges.map((e) => (e.from === 'route' && e.to === 'centre' ? { ...e, to: 'again' } : e))
  circle.edges.push({ from: 'again', to: 'route', outcome: 'next' })
  expect(messages(circle)).toContain('条件节点之间形成循环')
})
