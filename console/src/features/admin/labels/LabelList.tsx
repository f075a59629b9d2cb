// Labels of a class with their life: proposed, enabled, disabled, merged, retired.
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Label = OutputOf<'getLabel'>
type LabelClass = OutputOf<'listLabelClasses'>['items'][number]
const tones = { proposed: 'near', enabled: 'ok', disabled: 'calm', merged: 'low', retired: 'calm' } as const
const colours = ['grey', 'blue', 'green', 'orange', 'red', 'purple', 'cyan'] as const
const optional = ['parentId', 'validFrom', 'validTo']

export function LabelList({ classCode, typed, classes }: { classCode: string; typed: string; classes: readonly LabelClass[] }): ReactElement {
  const { can } = useSession()
  const manage = can('platform.manageLabels')
  const list = useQueryOf('listLabels', { limit: 200, ...(classCode ? { classCode } : {}), ...(typed.trim() ? { query: typed.trim() } : {}) }, { keepPrevious: true })
  const send = useAct('listLabels', 'listLabelClasses', 'reviewLabels', 'labelStatistics')
  const [editing, setEditing] = useState<Label | 'new' | null>(null)
  const [merging, setMerging] = useState<Label | null>(null)
  const held = editing === 'new' ? null : editing
  const items = list.data?.items ?? []
  const setState = async (label: Label, state: 'enabled' | 'disabled' | 'retired') => {
    if (state === 'retired' && !(await confirm({ title: t('retire'), text: t('retireAsk', { name: label.name }), verb: t('retire'), danger: true }))) return
    try {
      await send('setLabelState', { id: label.id, state, version: label.version })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const menu = (label: Label) => [
    { key: 'edit', label: t('edit'), onClick: () => setEditing(label) },
    label.state === 'enabled' ? { key: 'off', label: t('disable'), onClick: () => void setState(label, 'disabled') } : { key: 'on', label: t('enable'), onClick: () => void setState(label, 'enabled') },
    { key: 'merge', label: t('merge'), onClick: () => setMerging(label) },
    { key: 'retire', label: t('retire'), danger: true, onClick: () => void setState(label, 'retired') },
  ]
  return (
    <Section flush={items.length > 0} title={t('labels')} extra={manage || can('platform.proposeLabels') ? <Button size="small" type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setEditing('new')}>{manage ? t('add') : t('propose')}</Button> : null}>
      <QueryView query={list}>
        {(data) => (data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : (
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('className')}</th><th scope="col">{t('definition')}</th><th scope="col">{t('synonyms')}</th><th scope="col">{t('state')}</th><th scope="col">{t('changed')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((label) => (
              <tr key={label.id}>
                <td><strong>{label.name}</strong> <span className="ms-code ms-hint">{label.code}</span>{label.parentName ? <div className="ms-hint">{label.parentName}</div> : null}</td><td>{label.className}</td><td>{label.definition || '–'}</td><td>{label.synonyms.join('、') || '–'}</td>
                <td><Tag tone={tones[label.state]}>{t(label.state)}</Tag>{label.mergedInto ? <div className="ms-hint">{t('into', { name: label.mergedInto.name })}</div> : null}</td><td>{label.changedBy} <Time iso={label.changedAt} /></td>
                <td className="ms-num">{manage && label.state !== 'merged' && label.state !== 'retired' ? <Dropdown trigger={['click']} menu={{ items: menu(label) }}><button type="button" className="ms-icon-button"><Icon name="more" label={label.name} /></button></Dropdown> : null}</td>
              </tr>
            ))}</tbody>
          </table>
        ))}
      </QueryView>
      <ActDrawer key={held ? `${held.id} ${held.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={held ? `${t('edit')}：${held.name}` : manage ? t('add') : t('propose')} submitLabel={t('save')}
        schema={schemaOf(held, classes, items)}
        initial={held ? Object.fromEntries(Object.entries({ code: held.code, name: held.name, definition: held.definition, usageRule: held.usageRule, scene: held.scene, parentId: held.parentId, synonyms: held.synonyms.join('、'), ownerName: held.ownerName, colour: held.colour, validFrom: held.validFrom, validTo: held.validTo }).filter(([, one]) => one !== null && one !== '')) : { colour: 'grey', ...(classCode ? { classCode } : {}) }}
        submit={async (values) => {
          const synonyms = String(values.synonyms ?? '').split(/[、,，;；\s]+/).filter(Boolean)
          if (held) await send('changeLabel', { definition: '', usageRule: '', scene: '', ownerName: '', ...cleared(values, optional), synonyms, id: held.id, version: held.version })
          else await send('createLabel', { ...values, synonyms })
          say(manage ? t('saved') : t('proposedDone'))
        }} />
      <ActDrawer key={`merge ${merging?.id ?? ''}`} open={merging !== null} onClose={() => setMerging(null)} title={t('mergeTitle', { name: merging?.name ?? '' })} submitLabel={t('merge')} notice={<div className="ms-note">{t('mergeText')}</div>}
        schema={{ type: 'object', required: ['into', 'reason'], properties: { into: { type: 'string', title: t('mergeInto'), 'x-buttons': false, oneOf: items.filter((one) => one.state === 'enabled' && one.id !== merging?.id).map((one) => ({ const: one.id, title: `${one.name}（${one.className}）` })) }, reason: { type: 'string', title: t('reason'), format: 'textarea', maxLength: 300 } } }}
        submit={async (values) => {
          await send('mergeLabel', { id: merging?.id ?? '', into: values.into, reason: values.reason, version: merging?.version ?? 0 })
          say(t('saved'))
        }} />
    </Section>
  )
}

function schemaOf(held: Label | null, classes: readonly LabelClass[], items: readonly Label[]): FormSchema {
  const parents = items.filter((one) => one.id !== held?.id && (one.state === 'enabled' || one.state === 'disabled') && (!held || one.classCode === held.classCode))
  return {
    type: 'object', required: held ? ['code', 'name'] : ['classCode', 'code', 'name'],
    properties: {
      ...(held ? {} : { classCode: { type: 'string' as const, title: t('className'), 'x-buttons': false, oneOf: classes.filter((one) => one.state === 'active').map((one) => ({ const: one.code, title: one.name })) } }),
      name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true }, code: { type: 'string', title: t('code'), description: t('codeHint'), maxLength: 40, 'x-half': true },
      definition: { type: 'string', title: t('definition'), format: 'textarea', maxLength: 500 }, usageRule: { type: 'string', title: t('usageRule'), format: 'textarea', maxLength: 1000 }, scene: { type: 'string', title: t('scene'), maxLength: 200 },
      synonyms: { type: 'string', title: t('synonyms'), description: t('synonymsHint') }, parentId: { type: 'string', title: t('parent'), 'x-buttons': false, oneOf: parents.map((one) => ({ const: one.id, title: one.name })) },
      colour: { type: 'string', title: t('colour'), oneOf: colours.map((one) => ({ const: one, title: t(one) })) }, ownerName: { type: 'string', title: t('owner'), maxLength: 60 },
      validFrom: { type: 'string', title: t('validFrom'), format: 'date', 'x-half': true }, validTo: { type: 'string', title: t('validTo'), format: 'date', 'x-half': true },
    },
  }
}
