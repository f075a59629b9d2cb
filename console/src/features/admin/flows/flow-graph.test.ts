import { describe, expect, it } from 'vitest'
import { place } from './flow-graph.ts'

const node = (key: string, kind: 'start' | 'userTask' | 'exclusive' | 'end') => ({ key, kind, name: key })

describe('流程图的排布', () => {
  it('每个节点在通向它的最远节点之右，分支分行', () => {
    const placed = place({ nodes: [node('a', 'start'), node('b', 'userTask'), node('c', 'userTask'), node('d', 'end')], edges: [{ from: 'a', to: 'b', outcome: 'next' }, { from: 'b', to: 'c', outcome: 'approve' }, { from: 'b', to: 'd', outcome: 'return' }, { from: 'c', to: 'd', outcome: 'approve' }] })
    expect(placed.map(({ node: { key }, column }) => `${key}${column}`)).toEqual(['a0', 'b1', 'c2', 'd3'])
  })
  it('退回的边不把前面的节点推到右边', () => {
    const placed = place({ nodes: [node('a', 'start'), node('b', 'userTask'), node('c', 'userTask')], edges: [{ from: 'a', to: 'b', outcome: 'next' }, { from: 'b', to: 'c', outcome: 'approve' }, { from: 'c', to: 'b', outcome: 'return' }] })
    expect(placed.map(({ column }) => column)).toEqual([0, 1, 2])
  })
  it('同一列的节点各占一行', () => {
    const placed = place({ nodes: [node('a', 'start'), node('b', 'end'), node('c', 'end')], edges: [{ from: 'a', to: 'b', outcome: 'next' }, { from: 'a', to: 'c', outcome: 'next' }] })
    expect(new Set(placed.map(({ column, row }) => `${column}:${row}`)).size).toBe(3)
  })
})
