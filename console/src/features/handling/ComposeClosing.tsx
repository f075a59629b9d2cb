// 按模板合成: the parts of a closing opinion, joined into the result, which can still be edited (ORD-52).
import { Button, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import type { ActFormHandle } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
import { t } from './texts.zh-CN.ts'

export type Closing = { templateId: string; parts: Record<string, string> }

export function isClosing(value: unknown): value is Closing {
  return typeof value === 'object' && value !== null && 'templateId' in value && typeof value.templateId === 'string' && 'parts' in value
}

/** Of a unit's result (`of.assignmentId`), or of the centre's reply (`of.orderId`), whose words need no parts kept beside them. */
export function ComposeClosing({ of, form }: { of: { assignmentId: string } | { orderId: string }; form: ActFormHandle }): ReactElement | null {
  const assignmentId = 'assignmentId' in of ? of.assignmentId : null
  const unit = useQueryOf('closingForm', { id: assignmentId ?? '' }, { staleTime: 60_000, enabled: assignmentId !== null })
  const centre = useQueryOf('centreClosingForm', { id: 'orderId' in of ? of.orderId : '' }, { staleTime: 60_000, enabled: assignmentId === null })
  const read = (assignmentId === null ? centre : unit).data
  const field = assignmentId === null ? 'reply' : 'result'
  const [chosen, setChosen] = useState<string | undefined>()
  const [open, setOpen] = useState(false)
  const [parts, setParts] = useState<Record<string, string>>({})
  if (!read || (read.templates.length === 0 && !read.earlier)) return null
  const template = read.templates.find((one) => one.id === chosen) ?? read.templates[0]
  const { earlier } = read
  const value = (key: string) => parts[key] ?? template?.parts.find((one) => one.key === key)?.text ?? ''
  const adopt = () => {
    if (!earlier) return
    if (earlier.templateId && read.templates.some((one) => one.id === earlier.templateId)) {
      setChosen(earlier.templateId)
      setParts(earlier.parts)
      setOpen(true)
    }
    form.set({ [field]: earlier.result, ...(earlier.basis && assignmentId !== null ? { basis: earlier.basis } : {}) })
  }
  const use = async () => {
    if (!template) return
    const values = Object.fromEntries(template.parts.map((one) => [one.key, value(one.key)]))
    const blank = template.parts.find((one) => one.required && value(one.key).trim() === '')
    if (blank) return say(t('compose.blank', { label: blank.label }), 'over')
    try {
      const { text } = await call('composeClosing', { id: template.id, parts: values })
      form.set({ [field]: text, ...(assignmentId === null ? {} : { closing: { templateId: template.id, parts: values } }) })
      setOpen(false)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <div className="ms-field" data-field="closing">
      <div className="ms-row">
        {template ? <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>{t('compose.title')}</Button> : null}
        {template && read.templates.length > 1 ? <Select size="small" aria-label={t('templates')} value={template.id} options={read.templates.map((one) => ({ value: one.id, label: one.name }))} onChange={setChosen} /> : template ? <span className="ms-hint">{template.name}</span> : null}
        {earlier ? <Button size="small" onClick={adopt}>{t('compose.earlier', { number: earlier.orderNumber })}</Button> : null}
      </div>
      {open && template ? (
        <div className="ms-stack">
          {template.parts.map((one) => (
            <div key={one.key} className="ms-field">
              <label className="ms-field-label" htmlFor={`ms-part-${one.key}`}>{one.required ? <b aria-hidden="true">*</b> : null}{one.label}</label>
              <Input.TextArea id={`ms-part-${one.key}`} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={3000} placeholder={one.hint} value={value(one.key)} onChange={(e) => setParts({ ...parts, [one.key]: e.target.value })} />
            </div>
          ))}
          <div><Button size="small" type="primary" onClick={() => void use()}>{t('compose.use')}</Button></div>
        </div>
      ) : null}
    </div>
  )
}
