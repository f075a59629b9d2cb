import { describe, expect, it } from 'vitest'
import type { Graph } from './flow-types.ts'
import { addNode, arrange, changeNode, connect, emptyGraph, placeOf, remove } from './graph-edit.ts'
import { step } from './use-history.ts'

const drawn = (): Graph => {
  const { graph, key } = addNode(emptyGraph(), 'userTask', { x: 300, y: 200 })
  return [['start', key], [key, 'approved'], [key, 'returned']].reduce<Graph>((held, [from, to]) => connect(held, from ?? '', to ?? '') ?? held, graph)
}

describe('画流程', () => {
  it('从审批环节连出的线依次是通过、退回、上报', () => {
    expect(drawn().edges.map((edge) => edge.outcome)).toEqual(['next', 'approve', 'return'])
  })
  it('不能从结束连出，不能连到开始，同样的线不画两条', () => {
    expect(connect(drawn(), 'approved', 'start')).toBeNull()
    expect(connect(drawn(), 'userTask4', 'start')).toBeNull()
    expect(connect(drawn(), 'start', 'userTask4')).toBeNull()
  })
  it('定时附着在最近的环节上，随环节一起删除', () => {
    const { graph, key } = addNode(drawn(), 'timer', { x: 310, y: 230 })
    expect(graph.nodes.find((node) => node.key === key)?.attachedTo).toBe('userTask4')
    const left = remove(connect(graph, key, 'returned') ?? graph, { node: 'userTask4' })
    expect(left.nodes.map((node) => node.key)).toEqual(['start', 'approved', 'returned'])
    expect(left.edges).toEqual([])
  })
  it('检查的问题能定位到环节或连线', () => {
    expect([placeOf('nodes.a.b'), placeOf('edges.3'), placeOf('nodes')]).toEqual([{ node: 'a.b' }, { edge: 3 }, null])
  })
  it('点击加入的环节不压住已有的环节', () => {
    const { graph, key } = addNode(drawn(), 'userTask', { x: 310, y: 210 })
    const [added, held] = [key, 'userTask4'].map((one) => graph.nodes.find((node) => node.key === one))
    expect((added?.y ?? 0) - (held?.y ?? 0)).toBeGreaterThanOrEqual(90)
  })
  it('后加的环节排在结束之前，退回的结束在下，返回的线不影响排布', () => {
    const { graph, key } = addNode(drawn(), 'userTask', { x: 300, y: 400 })
    const at = graph.edges.findIndex((edge) => edge.from === 'userTask4' && edge.to === 'approved')
    const routed = [[key, 'approved'], [key, 'userTask4']].reduce<Graph>((held, [from, to]) => connect(held, from ?? '', to ?? '') ?? held, { ...graph, edges: graph.edges.map((edge, i) => (i === at ? { ...edge, to: key } : edge)) })
    const x = Object.fromEntries(arrange(routed, true).nodes.map((node) => [node.key, [node.x, node.y]]))
    expect(x).toEqual({ start: [100, 120], userTask4: [300, 120], [key]: [500, 120], approved: [700, 120], returned: [700, 240] })
  })
  it('重新排布：每个环节在通向它的最远环节之右，互不重叠', () => {
    const { nodes } = arrange(drawn(), true)
    const places = nodes.map((node) => `${node.x}:${node.y}`)
    expect(new Set(places).size).toBe(nodes.length)
    const x = (key: string) => nodes.find((node) => node.key === key)?.x ?? 0
    expect(x('start')).toBeLessThan(x('userTask4'))
  })
  it('撤销与重做回到原样，最多五十步', () => {
    let state = { past: [] as Graph[], now: drawn(), future: [] as Graph[] }
    for (let i = 0; i < 60; i += 1) state = step(state, { kind: 'set', value: changeNode(state.now, 'start', { name: `${i}` }) })
    expect(state.past).toHaveLength(50)
    const before = state.now
    state = step(step(state, { kind: 'undo' }), { kind: 'redo' })
    expect(state.now).toBe(before)
  })
})
