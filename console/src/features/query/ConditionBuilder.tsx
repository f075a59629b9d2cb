// Builds a condition tree: groups of all or any, nested, each condition with the editor its kind asks for. By keyboard alone, too.
import { Button, Input, InputNumber, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { Icon } from '../../ui/icons.tsx'
import { PickerInput } from '../../ui/Pickers.tsx'
import { areaLoader, categoryLoader, specialClassLoader, matterLoader, unitLoader, userLoader } from '../orders/pickers.ts'
import { labelLoader } from '../labels/label-loader.ts'
import { childrenOf, groupOf, isGroup, isLeaf, kindOf, needsValue } from './tree.ts'
import type { Group, Leaf, Node, QueryField } from './tree.ts'
import { t } from './texts.zh-CN.ts'
import './query.css'

type Props = { fields: readonly QueryField[]; value: Group; onChange: (next: Group) => void; depth?: number; onRemove?: () => void }

export function ConditionBuilder({ fields, value, onChange, depth = 0, onRemove }: Props): ReactElement {
  const children = childrenOf(value)
  const set = (next: Node[]) => onChange(groupOf(kindOf(value), next))
  const replace = (i: number, next: Node | null) => set(next === null ? children.filter((_, j) => j !== i) : children.map((one, j) => (j === i ? next : one)))
  return (
    <div className="ms-cond-group" role="group" aria-label={kindOf(value) === 'all' ? t('all') : t('any')} data-depth={depth}>
      <div className="ms-row">
        <Segmented<'all' | 'any'> size="small" value={kindOf(value)} onChange={(kind: 'all' | 'any') => onChange(groupOf(kind, children))} options={[{ value: 'all', label: t('all') }, { value: 'any', label: t('any') }]} />
        <span className="ms-grow" />
        {onRemove ? <button type="button" className="ms-icon-button" onClick={onRemove}><Icon name="close" size={14} label={t('remove')} /></button> : null}
      </div>
      {children.map((child, i) => <Child key={i} fields={fields} node={child} depth={depth} onChange={(next) => replace(i, next)} />)}
      <div className="ms-row">
        <Button size="small" icon={<Icon name="plus" size={12} />} onClick={() => set([...children, { field: '', op: '' }])}>{t('add')}</Button>
        {depth < 3 ? <Button size="small" onClick={() => set([...children, { any: [{ field: '', op: '' }] }])}>{t('addGroup')}</Button> : null}
      </div>
    </div>
  )
}

function Child({ fields, node, depth, onChange }: { fields: readonly QueryField[]; node: Node; depth: number; onChange: (next: Node | null) => void }): ReactElement {
  if (isLeaf(node)) return <Condition fields={fields} leaf={node} negated={false} onChange={onChange} />
  if (isGroup(node)) return <ConditionBuilder fields={fields} value={node} depth={depth + 1} onChange={onChange} onRemove={() => onChange(null)} />
  const inner = node.not
  if (isLeaf(inner)) return <Condition fields={fields} leaf={inner} negated onChange={onChange} />
  return (
    <div className="ms-cond-not"><span className="ms-hint">{t('not')}</span>
      <ConditionBuilder fields={fields} value={isGroup(inner) ? inner : { all: [inner] }} depth={depth + 1} onChange={(next) => onChange({ not: next })} onRemove={() => onChange(null)} />
    </div>
  )
}

function Condition({ fields, leaf, negated, onChange }: { fields: readonly QueryField[]; leaf: Leaf; negated: boolean; onChange: (next: Node | null) => void }): ReactElement {
  const field = fields.find((one) => one.key === leaf.field)
  const put = (next: Leaf, not = negated) => onChange(not ? { not: next } : next)
  const groups = [...new Set(fields.map((one) => one.group))]
  return (
    <div className="ms-cond">
      <Select className="ms-cond-field" showSearch size="small" aria-label={t('field')} placeholder={t('choose')} value={leaf.field || undefined} optionFilterProp="label"
        options={groups.map((group) => ({ label: group, options: fields.filter((one) => one.group === group).map((one) => ({ value: one.key, label: one.label })) }))}
        onChange={(key) => put({ field: key, op: fields.find((one) => one.key === key)?.ops[0]?.code ?? 'is', ...(fields.find((one) => one.key === key)?.kind === 'boolean' ? { value: true } : {}) })} />
      {field ? <Select className="ms-cond-op" size="small" aria-label={t('op')} value={leaf.op} options={field.ops.map((one) => ({ value: one.code, label: one.label }))} onChange={(op) => put({ field: leaf.field, op, ...(sameShape(leaf.op, op) ? { value: leaf.value } : {}) })} /> : null}
      <span className="ms-cond-value">{field && needsValue(leaf.op) ? <Value field={field} leaf={leaf} onChange={(value) => put({ ...leaf, value })} /> : null}</span>
      <button type="button" className="ms-link-button ms-hint" aria-pressed={negated} data-on={negated || undefined} onClick={() => put(leaf, !negated)}>{t('negate')}</button>
      <button type="button" className="ms-icon-button" onClick={() => onChange(null)}><Icon name="close" size={14} label={t('remove')} /></button>
    </div>
  )
}

const shapes: Record<string, string> = { between: 'pair', lastDays: 'days', before: 'moment', after: 'moment' }
const sameShape = (a: string, b: string): boolean => needsValue(a) && needsValue(b) && (shapes[a] ?? 'plain') === (shapes[b] ?? 'plain')

const loaders = { area: areaLoader, unit: unitLoader(), matter: matterLoader(), category: categoryLoader('category'), user: userLoader(), labels: labelLoader, specialClass: specialClassLoader }
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const pairOf = (value: unknown): [unknown, unknown] => (Array.isArray(value) ? [value[0] ?? null, value[1] ?? null] : [null, null])

function Value({ field, leaf, onChange }: { field: QueryField; leaf: Leaf; onChange: (value: unknown) => void }): ReactElement {
  const label = `${field.label} ${t('value')}`
  const pair = pairOf(leaf.value)
  switch (field.kind) {
    case 'form':
      if (leaf.op === 'in') return <ChoiceSelect multiple choices={field.choices} value={strings(leaf.value)} onChange={(next) => onChange(next)} aria-label={label} />
      if (leaf.op === 'gte' || leaf.op === 'lte') return <InputNumber size="small" aria-label={label} value={numberOf(leaf.value)} onChange={onChange} />
      return <Input size="small" maxLength={100} aria-label={label} value={typeof leaf.value === 'string' ? leaf.value : ''} onChange={(event) => onChange(event.target.value)} />
    case 'choice':
    case 'flags':
      return <ChoiceSelect multiple choices={field.choices} value={strings(leaf.value)} onChange={(next) => onChange(next)} aria-label={label} />
    case 'area': case 'unit': case 'matter': case 'category': case 'user': case 'labels': case 'specialClass':
      return <PickerInput multiple loader={loaders[field.kind]} value={strings(leaf.value)} onChange={(next) => onChange(next)} placeholder={field.label} />
    case 'boolean':
      return <Segmented size="small" value={leaf.value === false ? 'no' : 'yes'} onChange={(next) => onChange(next === 'yes')} options={[{ value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]} />
    case 'number':
      if (leaf.op === 'between') return <><InputNumber size="small" aria-label={t('from')} value={numberOf(pair[0])} onChange={(next) => onChange([next, pair[1]])} /> – <InputNumber size="small" aria-label={t('to')} value={numberOf(pair[1])} onChange={(next) => onChange([pair[0], next])} /></>
      return <InputNumber size="small" aria-label={label} value={numberOf(leaf.value)} onChange={onChange} />
    case 'instant':
      if (leaf.op === 'lastDays') return <InputNumber size="small" min={1} max={3660} suffix={t('days')} aria-label={label} value={numberOf(leaf.value)} onChange={onChange} />
      if (leaf.op === 'between') return <><DateInput withTime aria-label={t('from')} value={typeof pair[0] === 'string' ? pair[0] : ''} onChange={(next) => onChange([next || null, pair[1]])} /> – <DateInput withTime aria-label={t('to')} value={typeof pair[1] === 'string' ? pair[1] : ''} onChange={(next) => onChange([pair[0], next || null])} /></>
      return <DateInput withTime aria-label={label} value={typeof leaf.value === 'string' ? leaf.value : ''} onChange={(next) => onChange(next)} />
    default:
      return <Input size="small" maxLength={100} aria-label={label} value={typeof leaf.value === 'string' ? leaf.value : ''} onChange={(event) => onChange(event.target.value)} />
  }
}
