import { expect, test } from 'vitest'
import { addNode, branches, connectNodes, dropNode, inOrder, readGraph, setNode } from './voice-graph.ts'
import type { VoiceGraph } from './voice-graph.ts'

const empty: VoiceGraph = { start: '', nodes: {} }
const nodeOf = (graph: VoiceGraph, key: string) => graph.nodes[key] ?? expect.unreachable(`${key} is in the graph`)

test('菜单连线得到下一个按键，其他节点连到第一个空出口', () => {
  let graph = addNode(addNode(addNode(empty, 'menu', '菜单').graph, 'queue', '排队').graph, 'end', '结束').graph
  expect(graph.start).toBe('menu1')
  for (const to of ['queue1', 'end1']) graph = connectNodes(graph, 'menu1', to) ?? graph
  graph = connectNodes(graph, 'queue1', 'end1') ?? graph
  expect(branches(nodeOf(graph, 'menu1')).map((way) => [way.label, way.to])).toEqual([['1 排队', 'queue1'], ['2 结束', 'end1'], ['无按键', '']])
  expect(branches(nodeOf(graph, 'queue1')).map((way) => way.to)).toEqual(['end1', '', ''])
  expect(connectNodes(graph, 'end1', 'menu1')).toBeNull()
})

test('删除节点后指向它的出口都空出来，起点也清空', () => {
  let graph = connectNodes(addNode(addNode(empty, 'play', '播报').graph, 'end', '结束').graph, 'play1', 'end1') ?? empty
  graph = dropNode(graph, 'end1')
  expect([graph.nodes['play1']?.['next'], Object.keys(graph.nodes)]).toEqual(['', ['play1']])
  expect(dropNode(graph, 'play1').start).toBe('')
})

test('不是流程的文件读不进来', () => {
  expect([readGraph(null), readGraph({}), readGraph({ nodes: { a: 1 } }), readGraph({ start: 'a', nodes: { a: { kind: 'end' } } })]).toEqual([null, null, null, { start: 'a', nodes: { a: { kind: 'end', name: 'a' } } }])
})

test('按路径修改不动其他内容', () => {
  const { graph } = addNode(empty, 'menu', '菜单')
  const next = setNode(graph, 'menu1', ['choices', '5'], { label: '投诉', next: 'x' })
  expect([branches(nodeOf(next, 'menu1'))[0]?.to, branches(nodeOf(graph, 'menu1'))[0]?.to]).toEqual(['x', ''])
})

test('选中节点后新增的节点接在它后面、不压住已有的；第一个排队节点就是人工服务', () => {
  const first = addNode(empty, 'menu', '菜单')
  const queue = addNode(first.graph, 'queue', '排队', first.id)
  const play = addNode(queue.graph, 'play', '播报', first.id)
  expect(play.graph.person).toBe(queue.id)
  expect(branches(nodeOf(play.graph, first.id)).map((way) => way.to)).toEqual([queue.id, play.id, ''])
  expect(new Set(Object.values(play.graph.nodes).map((node) => `${node.at?.x} ${node.at?.y}`)).size).toBe(3)
  expect(inOrder({ ...play.graph, nodes: { alone1: { kind: 'end', name: '结束' }, ...play.graph.nodes } }).map(([id]) => id)).toEqual(['menu1', 'queue1', 'play1', 'alone1'])
})
