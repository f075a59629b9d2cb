// Ways out of a node that the administrator adds himself: keys of a menu, conditions on what is known, lists.
import { Button, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { Icon } from '../../ui/icons.tsx'
import { t } from './texts.zh-CN.ts'
import { keys, list, put, record, setNode, text } from './voice-graph.ts'
import type { VoiceGraph, VoiceNode } from './voice-graph.ts'
import { comparisons, ownVariables, variableNames } from './voice-variables.ts'

type Props = { graph: VoiceGraph; id: string; onChange: (graph: VoiceGraph) => void; targets: { value: string; label: string }[] }

const Gone = ({ onClick }: { onClick: () => void }): ReactElement => <button type="button" className="ms-icon-button" onClick={onClick}><Icon name="close" label={t('remove')} /></button>

export function MenuKeys({ graph, id, onChange, targets }: Props): ReactElement {
  const choices = Object.entries(record(graph.nodes[id]?.['choices'])).toSorted(([a], [b]) => keys.indexOf(a) - keys.indexOf(b))
  const held = choices.map(([key]) => key)
  const set = (path: string[], value: unknown) => onChange(setNode(graph, id, ['choices', ...path], value))
  return (
    <div className="ms-stack"><span>{t('choices')}</span>
      {choices.map(([key, choice]) => (
        <div key={key} className="ms-choice-row">
          <Select size="small" aria-label={t('key')} value={key} options={keys.filter((one) => one === key || !held.includes(one)).map((value) => ({ value, label: value }))} onChange={(next) => onChange(setNode(graph, id, ['choices'], Object.fromEntries(choices.map(([k, v]) => [k === key ? next : k, v]))))} />
          <Input size="small" aria-label={t('label')} placeholder={t('label')} value={text(record(choice)['label'])} maxLength={60} onChange={(event) => set([key, 'label'], event.target.value)} />
          <Select size="small" showSearch optionFilterProp="label" aria-label={t('next')} placeholder={t('next')} value={text(record(choice)['next']) || undefined} options={targets} onChange={(next) => set([key, 'next'], next)} />
          <Gone onClick={() => set([key], null)} />
        </div>
      ))}
      <Button size="small" disabled={choices.length >= keys.length} onClick={() => { const free = keys.find((one) => !held.includes(one)); if (free) set([free], { label: '', next: '' }) }}>{t('addKey')}</Button>
    </div>
  )
}

/** Conditions hold in their order: the first that fits leads on. Compound ones, which files may bring, are kept and named so. */
export function Conditions({ graph, id, onChange, targets }: Props): ReactElement {
  const node = graph.nodes[id] as VoiceNode
  const rows = list(node['branches']).map(record)
  const set = (index: number, path: string[], value: unknown) => onChange(setNode(graph, id, ['branches', String(index), ...path], value))
  const whole = (next: unknown[]) => onChange(setNode(graph, id, ['branches'], next))
  const variables = [...Object.entries(variableNames).map(([value, label]) => ({ value, label })), ...ownVariables(graph).map((value) => ({ value, label: value }))]
  return (
    <div className="ms-stack"><span>{t('conditions')}</span>
      {rows.map((row, index) => {
        const when = record(row['when'])
        const simple = 'variable' in when
        return (
          <div key={index} className="ms-flow-condition">
            {simple ? <>
              <Select size="small" showSearch optionFilterProp="label" aria-label={t('known')} placeholder={t('known')} value={text(when['variable']) || undefined} options={variables} onChange={(value) => set(index, ['when', 'variable'], value)} />
              <Select size="small" aria-label={t('compare')} value={text(when['is'])} options={comparisons.map((value) => ({ value, label: t(`is.${value}`) }))} onChange={(value) => set(index, ['when'], { variable: when['variable'], is: value, ...(value === 'set' ? {} : { value: value === 'oneOf' ? [] : '' }) })} />
              {when['is'] === 'set' ? <span /> : when['is'] === 'oneOf' ? <Select size="small" mode="tags" aria-label={t('value')} value={list(when['value']).map(String)} onChange={(value) => set(index, ['when', 'value'], value)} /> : <Input size="small" aria-label={t('value')} placeholder={t('value')} value={String(when['value'] ?? '')} maxLength={200} onChange={(event) => set(index, ['when', 'value'], event.target.value)} />}
            </> : <span className="ms-hint ms-flow-condition-wide">{t('compound')}</span>}
            <Gone onClick={() => whole(rows.filter((_, at) => at !== index))} />
            <span className="ms-flow-condition-next"><Select size="small" showSearch optionFilterProp="label" aria-label={t('next')} placeholder={t('next')} value={text(row['next']) || undefined} options={targets} onChange={(next) => set(index, ['next'], next)} /></span>
          </div>
        )
      })}
      <Button size="small" disabled={rows.length >= 20} onClick={() => whole([...rows, { when: { variable: '', is: 'equal', value: '' }, next: '' }])}>{t('addCondition')}</Button>
    </div>
  )
}

export function Lists({ graph, id, onChange, targets }: Props): ReactElement {
  const rows = list(graph.nodes[id]?.['lists']).map(record)
  const whole = (next: unknown[]) => onChange(setNode(graph, id, ['lists'], next))
  return (
    <div className="ms-stack"><span>{t('listName')}</span>
      {rows.map((row, index) => (
        <div key={index} className="ms-list-row">
          <Select size="small" aria-label={t('listName')} value={text(row['list']) || undefined} options={(['black', 'white', 'red'] as const).map((value) => ({ value, label: t(value) }))} onChange={(value) => whole(put(rows, [String(index), 'list'], value))} />
          <Select size="small" showSearch optionFilterProp="label" aria-label={t('next')} placeholder={t('next')} value={text(row['next']) || undefined} options={targets} onChange={(value) => whole(put(rows, [String(index), 'next'], value))} />
          <Gone onClick={() => whole(rows.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button size="small" disabled={rows.length >= 3} onClick={() => whole([...rows, { list: (['red', 'white', 'black'] as const).find((one) => !rows.some((row) => row['list'] === one)) ?? 'red', next: '' }])}>{t('addList')}</Button>
    </div>
  )
}

/** Values that later nodes say or compare. */
export function Values({ graph, id, onChange }: Omit<Props, 'targets'>): ReactElement {
  const rows = list(graph.nodes[id]?.['values']).map(record)
  const whole = (next: unknown[]) => onChange(setNode(graph, id, ['values'], next))
  return (
    <div className="ms-stack"><span>{t('valuesOf')}</span>
      {rows.map((row, index) => (
        <div key={index} className="ms-list-row">
          <Input size="small" aria-label={t('variable')} placeholder={t('variable')} value={text(row['variable'])} maxLength={60} onChange={(event) => whole(put(rows, [String(index), 'variable'], event.target.value))} />
          <Input size="small" aria-label={t('value')} placeholder={t('value')} value={text(row['value'])} maxLength={500} onChange={(event) => whole(put(rows, [String(index), 'value'], event.target.value))} />
          <Gone onClick={() => whole(rows.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button size="small" disabled={rows.length >= 20} onClick={() => whole([...rows, { variable: '', value: '' }])}>{t('addValue')}</Button>
    </div>
  )
}
