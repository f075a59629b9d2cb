import { describe, expect, test } from 'vitest'
import { changeList, filterText, listQuery, moveKey, nextSort, pageRange, parseFilter, readList, sameFilter, writeList } from './list-state.ts'
import { fittingColumns, parseLayout, visibleColumns } from './list-layout.ts'
import type { Column } from './list-types.ts'

const known = ['state', 'unit', 'registeredFrom']
const read = (text: string) => readList(new URLSearchParams(text), known)

describe('列表状态就是地址', () => {
  test('写出再读入得到同一状态', () => {
    const state = { view: 'mine', q: '暖气', sort: '-registeredAt', cursor: 'abc', limit: 100, row: '7', filter: { state: ['inProgress', 'closed'], unit: ['u1'] } }
    expect(read(writeList(state).toString())).toEqual(state)
  })
  test('默认值不出现在地址里，条件顺序不影响链接', () => {
    const base = read('')
    expect(writeList(base).toString()).toBe('')
    expect(writeList({ ...base, filter: { unit: ['u'], state: ['s'] } }).toString()).toBe(writeList({ ...base, filter: { state: ['s'], unit: ['u'] } }).toString())
  })
  test('地址里不认识的参数和不允许的页长被忽略', () => {
    expect(read('evil=1&limit=5000&state=').filter).toEqual({})
    expect(read('limit=5000').limit).toBe(50)
  })
  test('改变条件、搜索、排序或页长后回到第一页', () => {
    const later = read('cursor=c9&row=3&state=closed')
    for (const change of [{ q: 'x' }, { sort: 'number' }, { limit: 20 }, { filter: {} }]) expect(changeList(later, change)).toMatchObject({ cursor: null, row: null, ...change })
    expect(changeList(later, { row: '4' })).toMatchObject({ cursor: 'c9', row: '4' })
  })
  test('查询只带有值的参数', () => {
    expect(listQuery(read('state=a&state=b&unit=u1'))).toEqual({ limit: 50, state: ['a', 'b'], unit: 'u1' })
  })
  test('导出的条件与列表地址同形，保存的条件读回为列表', () => {
    expect(filterText({ state: ['a', 'b'], unit: [] })).toEqual({ state: 'a,b' })
    expect(parseFilter({ state: ['a', 1], unit: 'u', flag: true, odd: { x: 1 } })).toEqual({ state: ['a', '1'], unit: ['u'], flag: ['true'], odd: [] })
  })
  test('同样的条件不算更改', () => {
    expect(sameFilter({ state: ['a', 'b'], unit: [] }, { state: ['b', 'a'] })).toBe(true)
    expect(sameFilter({ state: ['a'] }, { state: ['a', 'b'] })).toBe(false)
  })
})

test('点列标题：升序、降序、不排', () => {
  expect([nextSort(null, 'due'), nextSort('due', 'due'), nextSort('-due', 'due'), nextSort('other', 'due')]).toEqual(['due', '-due', null, 'due'])
})

test('页码范围由走过的页数得出', () => {
  expect(pageRange(0, 50, 50)).toEqual({ from: 1, to: 50 })
  expect(pageRange(2, 50, 28)).toEqual({ from: 101, to: 128 })
  expect(pageRange(0, 50, 0)).toEqual({ from: 0, to: 0 })
})

describe('列的显示与顺序', () => {
  const column = (key: string, hidden = false): Column<object> => ({ key, title: key, width: 80, render: () => key, hidden })
  const columns = [column('a'), column('b', true), column('c')]
  test('没有选择时显示默认列', () => expect(visibleColumns(columns, parseLayout(null)).map((one) => one.key)).toEqual(['a', 'c']))
  test('保存的列按其顺序显示，已取消的列略过', () => {
    expect(visibleColumns(columns, parseLayout('{"columns":["c","gone","b"]}')).map((one) => one.key)).toEqual(['c', 'b'])
  })
  test('损坏的本机设置当作没有', () => {
    expect(parseLayout('{oops')).toEqual({ columns: null, widths: {}, density: 'compact' })
    expect(parseLayout('{"columns":[],"widths":{"a":"x","b":90},"density":"huge"}')).toEqual({ columns: null, widths: { b: 90 }, density: 'compact' })
  })
  test('宽度不够时先收起可让位的列，手选的列都保留', () => {
    const column = (key: string, width: number, more: Partial<Column<unknown>> = {}): Column<unknown> => ({ key, title: key, width, render: () => null, ...more })
    const columns = [column('number', 160), column('title', 320, { wide: true }), column('matter', 110, { yields: 1 }), column('person', 80, { yields: 2 })]
    const keys = (width: number, chosen: string[] | null = null) => fittingColumns(columns, { columns: chosen, widths: {}, density: 'compact' }, width).map((one) => one.key)
    expect(keys(570)).toEqual(['number', 'title', 'matter', 'person'])
    expect(keys(569)).toEqual(['number', 'title', 'person'])
    expect(keys(400)).toEqual(['number', 'title'])
    expect(keys(300, ['title', 'matter', 'person'])).toEqual(['title', 'matter', 'person'])
    expect(keys(0)).toHaveLength(4)
  })
  test('移动一列不改变其余顺序，到边为止', () => {
    expect(moveKey(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moveKey(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
  })
})
