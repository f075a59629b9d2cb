// Putting a model together: data and conditions, columns, groups and numbers, and the controls its readers are asked by.
import { Button, Checkbox, Drawer, Input, Select, Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { ConditionBuilder } from '../query/ConditionBuilder.tsx'
import { isComplete, prune } from '../query/tree.ts'
import { ControlInput } from './ModelControls.tsx'
import { controlKinds, looks, startOf, treeOf, type Bases, type Control, type Definition, type ModelField } from './models.ts'
import { t } from './texts.zh-CN.ts'

type Props = { start: Definition; bases: Bases; onApply: (next: Definition) => void; onClose: () => void }

export function ModelDesign({ start, bases, onApply, onClose }: Props): ReactElement {
  const [d, setD] = useState(start)
  const put = (next: Partial<Definition>): void => setD({ ...d, ...next })
  const base = bases.find((b) => b.key === d.base)
  const fields = base?.fields ?? []
  const tree = treeOf(d.where)
  const options = (list: readonly ModelField[]) => [...new Set(list.map((f) => f.group))].map((group) => ({ label: group, options: list.filter((f) => f.group === group).map((f) => ({ value: f.key, label: d.names[f.key] ?? f.label })) }))
  const ready = isComplete(tree) && (d.look !== 'list' || d.fields.length > 0) && d.measures.every((m) => m.how === 'count' || m.how === 'orders' || m.field)
  const labelOf = (key: string): string => fields.find((f) => f.key === key)?.label ?? key
  return (
    <Drawer open onClose={onClose} size={860} title={t('modelDesign')} destroyOnHidden footer={<div className="ms-row"><span className="ms-grow" />{ready ? null : <span className="ms-hint" role="status">{t('modelIncomplete')}</span>}<Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" disabled={!ready} onClick={() => onApply({ ...d, where: { ...(prune(tree) ?? { all: [] }) } })}>{t('modelApply')}</Button></div>}>
      <Tabs items={[
        { key: 'where', label: t('modelTabWhere'), children: (
          <div className="ms-data-form">
            <label className="ms-field"><span className="ms-field-label">{t('modelBase')}</span><Select aria-label={t('modelBase')} value={d.base} options={bases.map((b) => ({ value: b.key, label: b.label }))} onChange={(key) => { const next = bases.find((b) => b.key === key); if (next) setD(startOf(next)) }} /></label>
            <p className="ms-hint">{t('modelWhereHint')}</p>
            <ConditionBuilder fields={fields.filter((f) => f.where || f.ops.length > 0)} value={tree} onChange={(next) => put({ where: { ...next } })} />
          </div>
        ) },
        { key: 'fields', label: t('modelTabFields'), children: (
          <div className="ms-data-form">
            <label className="ms-field"><span className="ms-field-label">{t('modelFields')}</span><Select mode="multiple" showSearch optionFilterProp="label" aria-label={t('modelFields')} value={d.fields} options={options(fields.filter((f) => f.shown))} onChange={(next: string[]) => put({ fields: next.slice(0, 30) })} /></label>
            <label className="ms-field"><span className="ms-field-label">{t('modelSort')}</span><Select allowClear aria-label={t('modelSort')} value={d.sort} options={d.fields.flatMap((key) => [{ value: `-${key}`, label: t('modelDown', { name: labelOf(key) }) }, { value: key, label: t('modelUp', { name: labelOf(key) }) }])} onChange={(sort?: string) => { const { sort: _old, ...rest } = d; setD(sort ? { ...rest, sort } : rest) }} /></label>
            {d.fields.length > 0 ? <fieldset className="ms-data-half" style={{ border: 0, padding: 0 }}><legend className="ms-field-label">{t('modelNames')}</legend>{d.fields.map((key) => <Input key={key} aria-label={labelOf(key)} maxLength={20} placeholder={labelOf(key)} value={d.names[key] ?? ''} onChange={(e) => { const { [key]: _old, ...rest } = d.names; put({ names: e.target.value.trim() === '' ? rest : { ...rest, [key]: e.target.value } }) }} />)}</fieldset> : null}
          </div>
        ) },
        { key: 'groups', label: t('modelTabGroups'), children: (
          <div className="ms-data-form">
            <label className="ms-field"><span className="ms-field-label">{t('modelLook')}</span><Select aria-label={t('modelLook')} value={d.look} options={looks.map((value) => ({ value, label: t(`modelLook.${value}`) }))} onChange={(look) => put({ look })} /></label>
            <label className="ms-field"><span className="ms-field-label">{t('modelGroups')}</span><Select mode="multiple" maxCount={2} showSearch optionFilterProp="label" aria-label={t('modelGroups')} value={d.groups} options={options(fields.filter((f) => f.groups))} onChange={(groups: string[]) => put({ groups })} /></label>
            <Measures d={d} fields={fields} onChange={(measures) => put({ measures })} />
          </div>
        ) },
        { key: 'controls', label: t('modelTabControls', { n: d.controls.length }), children: <Controls d={d} fields={fields} onChange={(controls) => put({ controls })} /> },
      ]} />
    </Drawer>
  )
}

const hows = ['count', 'orders', 'sum', 'avg', 'min', 'max'] as const
function Measures({ d, fields, onChange }: { d: Definition; fields: readonly ModelField[]; onChange: (next: Definition['measures']) => void }): ReactElement {
  const numbers = fields.filter((f) => f.shown && f.kind === 'number').map((f) => ({ value: f.key, label: f.label }))
  return (
    <fieldset className="ms-data-conditions" style={{ border: 0, padding: 0 }}>
      <legend className="ms-field-label">{t('modelMeasures')}</legend>
      {d.measures.length === 0 ? <p className="ms-hint">{t('modelMeasuresNone')}</p> : null}
      {d.measures.map((m, i) => (
        <div key={i} className="ms-row">{/* measures have no identity of their own */}
          <Select aria-label={t('modelHow')} style={{ inlineSize: 130 }} value={m.how} options={hows.map((value) => ({ value, label: t(`modelHow.${value}`) }))} onChange={(how) => onChange(d.measures.map((one, at) => (at === i ? { ...one, how } : one)))} />
          {m.how === 'count' || m.how === 'orders' ? null : <Select aria-label={t('modelOf')} style={{ inlineSize: 260 }} showSearch optionFilterProp="label" placeholder={t('modelOf')} value={m.field} options={numbers} onChange={(field) => onChange(d.measures.map((one, at) => (at === i ? { ...one, field } : one)))} />}
          <Button type="text" onClick={() => onChange(d.measures.filter((_, at) => at !== i))}>{t('remove')}</Button>
        </div>
      ))}
      <div><Button size="small" disabled={d.measures.length >= 6} onClick={() => onChange([...d.measures, { how: d.measures.length === 0 ? 'count' : 'avg' }])}>{t('modelAddMeasure')}</Button></div>
    </fieldset>
  )
}

function Controls({ d, fields, onChange }: { d: Definition; fields: readonly ModelField[]; onChange: (next: Control[]) => void }): ReactElement {
  const askable = fields.filter((f) => f.where && controlKinds(f.kind).length > 0)
  const free = askable.filter((f) => !d.controls.some((c) => c.field === f.key))
  const put = (i: number, next: Partial<Control>): void => onChange(d.controls.map((one, at) => (at === i ? { ...one, ...next } : one)))
  return (
    <div className="ms-data-form">
      <p className="ms-hint">{t('modelControlsHint')}</p>
      {d.controls.map((c, i) => {
        const field = fields.find((f) => f.key === c.field)
        if (!field) return null
        return (
          <fieldset key={c.field} className="ms-model-edit">
            <legend className="ms-field-label">{field.label}</legend>
            <div className="ms-row">
              <Select aria-label={t('modelKind')} style={{ inlineSize: 120 }} value={c.kind} options={controlKinds(field.kind).map((value) => ({ value, label: t(`modelKind.${value}`) }))} onChange={(kind) => put(i, { kind, value: undefined })} />
              <Checkbox checked={c.enabled} onChange={(e) => put(i, { enabled: e.target.checked })}>{t('modelEnabled')}</Checkbox><Checkbox checked={c.visible} onChange={(e) => put(i, { visible: e.target.checked })}>{t('modelVisible')}</Checkbox><Checkbox checked={c.mayBeEmpty} onChange={(e) => put(i, { mayBeEmpty: e.target.checked })}>{t('modelMayBeEmpty')}</Checkbox>
              <span className="ms-grow" /><Button type="text" onClick={() => onChange(d.controls.filter((_, at) => at !== i))}>{t('remove')}</Button>
            </div>
            <div className="ms-data-half">
              <Input maxLength={20} addonBefore={t('modelName')} placeholder={field.label} value={c.name} onChange={(e) => put(i, { name: e.target.value })} />
              <Input maxLength={40} addonBefore={t('modelPlaceholder')} value={c.placeholder} onChange={(e) => put(i, { placeholder: e.target.value })} />
              <Input maxLength={60} disabled={c.mayBeEmpty} addonBefore={t('modelMessage')} placeholder={t('modelMessageNone', { name: c.name || field.label })} value={c.message} onChange={(e) => put(i, { message: e.target.value })} />
              <div role="group" aria-label={t('modelValue')}><ControlInput control={{ ...c, placeholder: t('modelValue') }} field={field} name={t('modelValue')} value={c.value} onChange={(value) => put(i, { value })} /></div>
            </div>
          </fieldset>
        )
      })}
      <Select aria-label={t('modelAddControl')} placeholder={t('modelAddControl')} showSearch optionFilterProp="label" value={null} options={free.map((f) => ({ value: f.key, label: `${f.group} · ${f.label}` }))} disabled={d.controls.length >= 12}
        onChange={(key: string) => { const field = free.find((f) => f.key === key); const kind = field ? controlKinds(field.kind)[0] : undefined; if (kind) onChange([...d.controls, { field: key, kind, name: '', enabled: true, visible: true, mayBeEmpty: true, message: '', placeholder: '' }]) }} />
    </div>
  )
}
