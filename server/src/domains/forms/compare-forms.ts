// What differs between two versions of a form, field by field. Pure.
import { isDeepStrictEqual } from 'node:util'
import { orderOf, type FieldSchema, type FormSchema } from '../../../../forms/index.ts'

export type FieldDifference = { key: string; title: string; kind: 'added' | 'removed' | 'changed' | 'moved'; details: { part: string; before: unknown; after: unknown }[] }

const partNames: Record<string, string> = {
  title: '名称', type: '类型', format: '类型', description: '说明', enum: '选项', oneOf: '选项', items: '选项或列', 'x-tree': '选项', 'x-dictionary': '字典', minLength: '最短长度', maxLength: '最大长度', pattern: '格式', minimum: '最小值', maximum: '最大值',
  minItems: '最少项数', maxItems: '最多项数', default: '默认值', readOnly: '只读', 'x-visibleIf': '显示条件', 'x-requiredIf': '必填条件', 'x-message': '提示语', 'x-unit': '单位', 'x-buttons': '按钮样式', 'x-phrases': '常用语', 'x-half': '半行', 'x-compute': '算式', 'x-mask': '脱敏',
}

/** In the order of the newer version, removed fields last. A field counts as moved when its neighbour above (among those in both) is another one. */
export function compareForms(before: FormSchema, after: FormSchema): FieldDifference[] {
  const [old, now] = [orderOf(before), orderOf(after)]
  const above = (order: readonly string[], name: string): string | undefined => {
    const both = order.filter((one) => one in before.properties && one in after.properties)
    return both[both.indexOf(name) - 1]
  }
  const found = now.flatMap((key): FieldDifference[] => {
    const [from, to] = [before.properties[key], after.properties[key]]
    if (!to) return []
    if (!from) return [{ key, title: to.title, kind: 'added', details: [] }]
    const details = [...changes(from, to), ...needChange(before, after, key), ...groupChange(before, after, key)]
    if (details.length > 0) return [{ key, title: to.title, kind: 'changed', details }]
    return above(old, key) === above(now, key) ? [] : [{ key, title: to.title, kind: 'moved', details: [{ part: '位置', before: before.properties[above(old, key) ?? '']?.title ?? null, after: after.properties[above(now, key) ?? '']?.title ?? null }] }]
  })
  const gone = old.filter((key) => !(key in after.properties)).map((key): FieldDifference => ({ key, title: before.properties[key]?.title ?? key, kind: 'removed', details: [] }))
  return [...found, ...gone]
}

function changes(from: FieldSchema, to: FieldSchema): FieldDifference['details'] {
  const [before, after] = [new Map<string, unknown>(Object.entries(from)), new Map<string, unknown>(Object.entries(to))]
  return [...new Set([...before.keys(), ...after.keys()])].filter((part) => !isDeepStrictEqual(before.get(part), after.get(part)))
    .map((part) => ({ part: partNames[part] ?? part, before: before.get(part) ?? null, after: after.get(part) ?? null }))
}

function needChange(before: FormSchema, after: FormSchema, key: string): FieldDifference['details'] {
  const [was, is] = [before.required?.includes(key) ?? false, after.required?.includes(key) ?? false]
  return was === is ? [] : [{ part: '必填', before: was, after: is }]
}

const groupOf = (form: FormSchema, key: string): string | null => form['x-groups']?.find((group) => group.fields.includes(key))?.title ?? null

function groupChange(before: FormSchema, after: FormSchema, key: string): FieldDifference['details'] {
  const [was, is] = [groupOf(before, key), groupOf(after, key)]
  return was === is ? [] : [{ part: '分组', before: was, after: is }]
}
