import { expect, test } from 'vitest'
import { describe as say, isComplete, prune, readTree } from './tree.ts'
import type { QueryField } from './tree.ts'

const fields = [
  { key: 'state', label: '状态', kind: 'choice', group: '', ops: [{ code: 'in', label: '属于' }], choices: [{ value: 'closed', label: '已办结' }] },
  { key: 'round', label: '轮次', kind: 'number', group: '', ops: [{ code: 'gte', label: '不少于' }], choices: [] },
] as QueryField[]

test('条件树写成一句话，嵌套的组加括号', () => {
  expect(say({ all: [{ field: 'state', op: 'in', value: ['closed'] }, { any: [{ field: 'round', op: 'gte', value: 2 }, { not: { field: 'state', op: 'in', value: ['closed'] } }] }] }, fields)).toBe('状态 属于 已办结 且 （轮次 不少于 2 或 不满足（状态 属于 已办结））')
})

test('地址里不是条件的内容当作没有条件', () => {
  for (const text of [null, '', '{', '[]', '{"all":[1]}', '"x"']) expect(readTree(text)).toEqual({ all: [] })
  expect(readTree('{"field":"round","op":"gte","value":2}')).toEqual({ all: [{ field: 'round', op: 'gte', value: 2 }] })
})

test('没填值的条件不完整，空组被去掉', () => {
  expect(isComplete({ all: [{ field: 'round', op: 'gte' }] })).toBe(false)
  expect(isComplete({ all: [{ field: 'closedAt', op: 'empty' }] })).toBe(true)
  expect(prune({ all: [{ any: [] }] })).toBeNull()
})
