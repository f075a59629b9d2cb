// The registration beside a conversation or a left message: short, with the citizen's own words taken over on one press.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { InputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActPanel } from '../../ui/ActDrawer.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Body = Omit<InputOf<'registerFromChat'>, 'id'>

export function RegisterPanel({ words, person, draftKey, note, submit }: { words: () => string; person: string; draftKey: string; note?: string; submit: (body: Body) => Promise<void> }): ReactElement {
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 })
  const schema = useMemo<FormSchema>(() => ({
    type: 'object', required: ['appealType', 'title', 'content'],
    properties: {
      appealType: { type: 'string', title: t('appealType'), oneOf: (options.data?.appealTypes ?? []).filter((one) => one.parentId === null).map((one) => ({ const: one.id, title: one.name })), 'x-half': true },
      urgency: { type: 'string', title: t('urgency'), oneOf: (options.data?.urgencyLevels ?? []).map((one) => ({ const: one.code, title: one.name })), default: 'normal', 'x-half': true },
      title: { type: 'string', title: t('orderTitle'), maxLength: 80 },
      content: { type: 'string', format: 'textarea', title: t('content'), maxLength: 5000 },
      matterId: { type: 'string', format: 'matter', title: t('matter') },
      areaCode: { type: 'string', format: 'area', title: t('area') },
      address: { type: 'string', title: t('orderAddress'), maxLength: 200 },
      ...(person === '' ? { name: { type: 'string' as const, title: t('person'), maxLength: 60, 'x-half': true } } : {}),
      sex: { type: 'string', title: t('sex'), oneOf: [{ const: 'male', title: t('male') }, { const: 'female', title: t('female') }], 'x-half': true },
      callbackManner: { type: 'string', title: t('manner'), oneOf: [{ const: 'call', title: t('mannerCall') }, { const: 'sms', title: t('mannerSms') }, { const: 'none', title: t('mannerNone') }], default: 'call' },
      confidential: { type: 'boolean', title: t('confidential') },
      remarks: { type: 'string', title: t('remarks'), maxLength: 500 },
    },
  }), [options.data, person])
  if (!options.data) return <div className="ms-desk-form" />
  return (
    <div className="ms-desk-form">
      <ActPanel schema={schema} submitLabel={t('register')} draftKey={draftKey} loaders={orderLoaders} onClose={() => undefined} submit={(values) => submit(bodyOf(values))}
        notice={({ value, set }) => (
          <span className="ms-row">
            <Button size="small" title={t('takeOverHelp')} onClick={() => { const said = words(); set({ content: value.content ? `${String(value.content)}\n${said}` : said, ...(value.title ? {} : { title: firstWords(said) }) }) }}>{t('takeOver')}</Button>
            {note ? <span className="ms-hint">{note}</span> : null}
          </span>
        )} />
    </div>
  )
}

const firstWords = (text: string): string => [...(text.split(/[。！？!?\n；;]/).map((s) => s.trim()).find((s) => s.length > 1) ?? text.trim())].slice(0, 30).join('')

function bodyOf(values: FormValue): Body {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '')
  const manner = text('callbackManner')
  const sex = text('sex')
  const urgency = text('urgency')
  return {
    appealType: text('appealType'), title: text('title'), content: text('content'), ...(text('matterId') ? { matterId: text('matterId') } : {}), ...(text('areaCode') ? { areaCode: text('areaCode') } : {}), ...(text('address') ? { address: text('address') } : {}),
    urgency: urgency === 'urgent' || urgency === 'major' ? urgency : 'normal', confidential: values.confidential === true, callbackManner: manner === 'sms' || manner === 'none' ? manner : 'call',
    name: text('name'), ...(sex === 'male' || sex === 'female' ? { sex } : {}), ...(text('remarks') ? { remarks: text('remarks') } : {}),
  }
}
