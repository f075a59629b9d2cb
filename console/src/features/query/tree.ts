// The condition tree in the browser: reading it from the address, saying it in words, checking that it is complete. Pure.
import type { OutputOf } from '../../api/call.ts'
import { day } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

export type QueryFields = OutputOf<'orderQueryFields'>
export type QueryField = QueryFields['fields'][number]
export type Leaf = { field: string; op: string; value?: unknown }
export type Group = { all: Node[] } | { any: Node[] }
export type Node = Leaf | Group | { not: Node }

export const isLeaf = (node: Node): node is Leaf => 'field' in node
export const isGroup = (node: Node): node is Group => 'all' in node || 'any' in node
export const childrenOf = (group: Group): Node[] => ('all' in group ? group.all : group.any)
export const groupOf = (kind: 'all' | 'any', children: Node[]): Group => (kind === 'all' ? { all: children } : { any: children })
export const kindOf = (group: Group): 'all' | 'any' => ('all' in group ? 'all' : 'any')

const valueless = new Set(['empty', 'filled'])
export const needsValue = (op: string): boolean => !valueless.has(op)

function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null) return false
  if ('all' in value) return Array.isArray(value.all) && value.all.every(isNode)
  if ('any' in value) return Array.isArray(value.any) && value.any.every(isNode)
  if ('not' in value) return isNode(value.not)
  return 'field' in value && typeof value.field === 'string' && 'op' in value && typeof value.op === 'string'
}

/** What the address holds; anything odd is no condition. The outermost is always a group. */
export function readTree(text: string | null | undefined): Group {
  try {
    const value: unknown = JSON.parse(text ?? '')
    if (isNode(value)) return isGroup(value) ? value : { all: [value] }
  } catch {
    // no condition yet
  }
  return { all: [] }
}

/** Empty groups vanish: they would say nothing. */
export function prune(node: Node): Node | null {
  if (isLeaf(node)) return node
  if ('not' in node) {
    const inner = prune(node.not)
    return inner ? { not: inner } : null
  }
  const children = childrenOf(node).map(prune).filter((one): one is Node => one !== null)
  return children.length === 0 ? null : groupOf(kindOf(node), children)
}

const blank = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.every((one) => one === null || one === '' || one === undefined))
export const isComplete = (node: Node): boolean => (isLeaf(node) ? node.field !== '' && (!needsValue(node.op) || !blank(node.value)) : 'not' in node ? isComplete(node.not) : childrenOf(node).every(isComplete))

function valueWords(leaf: Leaf, field: QueryField | undefined): string {
  if (!needsValue(leaf.op)) return ''
  const one = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? t('yes') : t('no')
    const text = value === null || value === undefined ? '…' : String(value)
    return field?.kind === 'instant' && /^\d{4}-/.test(text) ? day(text) : (field?.choices.find((choice) => choice.value === text)?.label ?? text)
  }
  if (!Array.isArray(leaf.value)) return one(leaf.value)
  if (leaf.op === 'between') return leaf.value.map(one).join(' – ')
  // ids of units and matters have no words here
  return leaf.value.some((value) => /^[0-9a-f]{8}-/.test(String(value))) ? t('items', { n: leaf.value.length }) : leaf.value.map(one).join('、')
}

/** The tree as a sentence for chips and lists of rules. */
export function describe(node: Node, fields: readonly QueryField[], outer = true): string {
  if (isLeaf(node)) {
    const field = fields.find((one) => one.key === node.field)
    const op = field?.ops.find((one) => one.code === node.op)?.label ?? node.op
    return `${field?.label ?? node.field.replace(/^form\./, '')}${op === '是' ? '：' : ` ${op} `}${valueWords(node, field)}`.trim()
  }
  if ('not' in node) return `${t('not')}（${describe(node.not, fields)}）`
  const words = childrenOf(node).map((one) => describe(one, fields, false)).join(` ${kindOf(node) === 'all' ? t('and') : t('or')} `)
  return outer || childrenOf(node).length < 2 ? words : `（${words}）`
}
