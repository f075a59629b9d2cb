// The next version of a form: fields in order, each with type, name, options; saved as a draft and published from the page.
import { Button, Checkbox, Drawer, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { ProblemLine } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { useAct } from '../parts/use-act.ts'
import { fieldTypes, optionsOf, retyped, rowsOf, schemaOf, typeOf, withOptions } from './form-fields.ts'
import type { FieldRow } from './form-fields.ts'
import { t } from './texts.zh-CN.ts'
import './forms.css'

type Props = { open: boolean; onClose: () => void; form: { id: string; name: string }; schema: FormSchema; onSaved: (version: number) => void }

export function FormVersionEditor(props: Props): ReactElement {
  return <Drawer open={props.open} onClose={props.onClose} size={860} destroyOnHidden title={t('newVersionTitle', { name: props.form.name })}>{props.open ? <Editor {...props} /> : null}</Drawer>
}

function Editor({ form, schema, onClose, onSaved }: Props): ReactElement {
  const send = useAct('showForm', 'listForms')
  const [rows, setRows] = useState<FieldRow[]>(() => rowsOf(schema))
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const put = (i: number, change: Partial<FieldRow>) => setRows(rows.map((row, at) => (at === i ? { ...row, ...change } : row)))
  const up = (i: number) => { const next = [...rows]; next.splice(i - 1, 0, ...next.splice(i, 1)); setRows(next) }
  const save = async () => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      const { version } = await send('createFormVersion', { id: form.id, schema: schemaOf(rows, schema) })
      say(t('savedVersion', { n: version }))
      onSaved(version)
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  useKeys(t('newVersion'), [{ keys: 'Ctrl Enter', label: t('saveVersion'), run: () => void save(), inLayers: true }])
  return (
    <div className="ms-stack">
      {problem ? <ProblemLine problem={problem} /> : null}
      {problem?.fields.map((field) => <div key={field.path + field.message} className="ms-field-error">{field.path}：{field.message}</div>)}
      {rows.map((row, i) => {
        const type = typeOf(row.field)
        return (
          <div key={i} className="ms-fieldrow">
            <Input className="ms-code" aria-label={`${t('fieldKey')} ${i + 1}`} title={t('fieldKeyHint')} placeholder={t('fieldKey')} value={row.key} onChange={(e) => put(i, { key: e.target.value })} />
            <Input aria-label={`${t('fieldName')} ${i + 1}`} placeholder={t('fieldName')} maxLength={60} value={row.field.title} onChange={(e) => put(i, { field: { ...row.field, title: e.target.value } })} />
            <Select aria-label={`${t('type')} ${i + 1}`} value={type} options={fieldTypes.map((one) => ({ value: one, label: t(`type_${one}`) }))} onChange={(next) => put(i, { field: retyped(row.field, next) })} />
            <Checkbox checked={row.required} onChange={(e) => put(i, { required: e.target.checked })}>{t('required')}</Checkbox>
            <span className="ms-row" style={{ gap: 0, flexWrap: 'nowrap' }}><Button type="text" disabled={i === 0} icon={<Icon name="arrowUp" size={14} label={t('moveUp')} />} onClick={() => up(i)} /><Button type="text" icon={<Icon name="close" size={14} label={t('remove')} />} onClick={() => setRows(rows.filter((_, at) => at !== i))} /></span>
            {type === 'choice' || type === 'multiple' ? <Input.TextArea className="ms-fieldrow-more" autoSize={{ minRows: 2, maxRows: 8 }} aria-label={`${row.field.title} ${t('choices')}`} placeholder={t('optionsHint')} value={optionsOf(row.field).join('\n')} onChange={(e) => put(i, { field: withOptions(row.field, e.target.value.split('\n')) })} onBlur={() => put(i, { field: withOptions(row.field, optionsOf(row.field).map((one) => one.trim()).filter(Boolean)) })} /> : null}
            <Input className="ms-fieldrow-more" aria-label={`${row.field.title} ${t('help')}`} placeholder={t('help')} maxLength={300} value={row.field.description ?? ''} onChange={(e) => put(i, { field: { ...row.field, description: e.target.value || undefined } })} />
          </div>
        )
      })}
      <div><Button icon={<Icon name="plus" size={14} />} onClick={() => setRows([...rows, { key: `field${rows.length + 1}`, field: { type: 'string', title: '' }, required: false }])}>{t('add')}</Button></div>
      <div className="ms-row" style={{ justifyContent: 'flex-end' }}><Button type="primary" loading={busy} onClick={() => void save()}>{t('saveVersion')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button></div>
    </div>
  )
}
