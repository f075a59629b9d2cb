import { Button, Checkbox, Input, InputNumber, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import type { Type } from './edit-form.ts'
import { t } from './texts.zh-CN.ts'

const kinds = (['text', 'longText', 'date', 'choice'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))
const blank: Type = { code: '', name: '', description: '', sort: 100, weight: 100, enabled: true, citation: '《{title}》', fields: [], version: 0 }

export function TypesPart(): ReactElement {
  const types = useQueryOf('listKnowledgeTypes', {})
  const [code, setCode] = useState<string | null>(null)
  return (
    <QueryView query={types}>{(data) => {
      const chosen = code === '' ? blank : (data.items.find((one) => one.code === code) ?? data.items[0] ?? blank)
      return (
        <div className="ms-split" style={{ alignItems: 'start' }}>
          <div className="ms-split-list"><div className="ms-picklist">{data.items.map((one) => <button key={one.code} type="button" aria-current={one.code === chosen.code} onClick={() => setCode(one.code)}><span style={{ flex: 1 }}>{one.name}</span>{one.enabled ? null : <Tag tone="calm">{t('disabled')}</Tag>}{one.version === 0 ? <span className="ms-hint">{t('shipped')}</span> : null}</button>)}<button type="button" aria-current={code === ''} onClick={() => setCode('')}>＋ {t('add')}</button></div></div>
          <TypeForm key={`${chosen.code}:${chosen.version}`} type={chosen} onSaved={setCode} />
        </div>
      )
    }}</QueryView>
  )
}

function TypeForm({ type, onSaved }: { type: Type; onSaved: (code: string) => void }): ReactElement {
  const send = useAct('listKnowledgeTypes')
  const [value, setValue] = useState(type)
  const [problem, setProblem] = useState<Problem | null>(null)
  const set = (more: Partial<Type>) => setValue({ ...value, ...more })
  const field = (at: number, more: Partial<Type['fields'][number]>) => set({ fields: value.fields.map((one, i) => (i === at ? { ...one, ...more } : one)) })
  const save = async () => {
    setProblem(null)
    try {
      await send('saveKnowledgeType', { ...value, fields: value.fields.map((one) => (one.kind === 'choice' ? one : { ...one, options: undefined })) })
      say(t('saved'))
      onSaved(value.code)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const labelled = (label: string, control: ReactElement, hint?: string) => <label className="ms-kno-labelled" style={{ display: 'block' }}><span className="ms-kno-label">{label}</span>{control}{hint ? <span className="ms-hint">{hint}</span> : null}</label>
  return (
    <Section title={type.name || t('add')} extra={<Button type="primary" size="small" onClick={() => void save()}>{t('save').replace('草稿', '')}</Button>}>
      <div className="ms-stack">
        {problem ? <ProblemLine problem={problem} /> : null}
        <div className="ms-row" style={{ alignItems: 'end', gap: 16 }}>
          {labelled(t('name'), <Input style={{ inlineSize: 180 }} maxLength={40} value={value.name} onChange={(e) => set({ name: e.target.value })} />)}
          {labelled(t('typeCode'), <Input style={{ inlineSize: 140 }} disabled={type.code !== ''} maxLength={40} value={value.code} onChange={(e) => set({ code: e.target.value })} />)}
          {labelled(t('sort'), <InputNumber style={{ inlineSize: 90 }} min={0} max={9999} value={value.sort} onChange={(next) => set({ sort: Number(next ?? 0) })} />)}
          {labelled(t('weight'), <InputNumber style={{ inlineSize: 90 }} min={0} max={1000} value={value.weight} onChange={(next) => set({ weight: Number(next ?? 100) })} />)}
          {labelled(t('enabled'), <Switch checked={value.enabled} onChange={(enabled) => set({ enabled })} />)}
        </div>
        {labelled(t('description'), <Input maxLength={200} value={value.description} onChange={(e) => set({ description: e.target.value })} />)}
        {labelled(t('citation'), <Input maxLength={200} value={value.citation} onChange={(e) => set({ citation: e.target.value })} />, t('citationHelp', { placeholders: '{title} {basis} {source} {version}' }))}
        <div><span className="ms-kno-label">{t('templateFields')}</span>
          {value.fields.length > 0 ? <div className="ms-kno-fieldrow ms-hint"><span>{t('fieldKey')}</span><span>{t('fieldLabel')}</span><span>{t('fieldKind')}</span><span>{t('required')}</span><span>{t('options')}</span><span /></div> : null}
          {value.fields.map((one, at) => (
            <div key={at} className="ms-kno-fieldrow">
              <Input aria-label={t('fieldKey')} value={one.key} maxLength={30} onChange={(e) => field(at, { key: e.target.value })} /><Input aria-label={t('fieldLabel')} value={one.label} maxLength={40} onChange={(e) => field(at, { label: e.target.value })} />
              <Select aria-label={t('fieldKind')} value={one.kind} options={kinds} onChange={(kind) => field(at, { kind })} /><Checkbox aria-label={t('required')} checked={one.required} onChange={(e) => field(at, { required: e.target.checked })} />
              {one.kind === 'choice' ? <Input aria-label={t('options')} value={(one.options ?? []).join('、')} onChange={(e) => field(at, { options: e.target.value.split(/[、,，]/).map((part) => part.trim()).filter(Boolean) })} /> : <span />}
              <Button type="text" aria-label={t('remove')} onClick={() => set({ fields: value.fields.filter((_, i) => i !== at) })}>✕</Button>
            </div>
          ))}
          <Button size="small" onClick={() => set({ fields: [...value.fields, { key: `field${value.fields.length + 1}`, label: '', kind: 'text', required: false }] })}>{t('addField')}</Button>
        </div>
      </div>
    </Section>
  )
}
