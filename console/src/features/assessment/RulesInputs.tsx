// Inputs of the rules: what people enter for each object, or the score of another model; items read them by code.
import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import type { Models } from './ModelsPage.tsx'
import { f } from './figures.zh-CN.ts'

type Definition = Models['items'][number]['versions'][number]['definition']
type One = Definition['inputs'][number]

export function RulesInputs({ inputs, models, onChange, fault }: { inputs: One[]; models: { code: string; name: string }[]; onChange: (next: One[]) => void; fault: (path: string) => string | undefined }): ReactElement {
  const put = (i: number, next: Partial<One>) => onChange(inputs.map((one, n) => (n === i ? { ...one, ...next } : one)))
  const bound = (i: number, key: 'least' | 'most', value: number | null) => onChange(inputs.map((one, n) => { if (n !== i) return one; const { [key]: _, ...rest } = one; return value === null ? rest : { ...one, [key]: value } }))
  const fresh = (): string => { let n = inputs.length + 1; while (inputs.some((one) => one.code === `input${n}`)) n += 1; return `input${n}` }
  return (
    <div className="ms-field"><span className="ms-field-label">{f('inputs')}</span>
      <span className="ms-hint">{f('inputsHelp')}</span>
      {inputs.map((one, i) => (
        <div key={i} className="ms-row" style={{ flexWrap: 'wrap' }}>
          <Input aria-label={f('inputName')} placeholder={f('inputName')} value={one.name} maxLength={40} onChange={(e) => put(i, { name: e.target.value })} style={{ inlineSize: 170 }} />
          <Input aria-label={f('inputCode')} placeholder={f('inputCode')} value={one.code} maxLength={40} onChange={(e) => put(i, { code: e.target.value })} style={{ inlineSize: 140 }} />
          <Select aria-label={f('inputSource')} value={one.source} onChange={(source) => put(i, { source })} options={[{ value: 'entered', label: f('entered') }, { value: 'score', label: f('score') }]} style={{ inlineSize: 150 }} />
          {one.source === 'score' ? <Select aria-label={f('model')} placeholder={f('model')} value={one.model || null} onChange={(model: string) => put(i, { model })} options={models.map((m) => ({ value: m.code, label: m.name }))} style={{ inlineSize: 200 }} /> : (
            <>
              <Input aria-label={f('inputUnit')} placeholder={f('inputUnit')} value={one.unit} maxLength={10} onChange={(e) => put(i, { unit: e.target.value })} style={{ inlineSize: 80 }} />
              <InputNumber aria-label={f('least')} placeholder={f('least')} value={one.least ?? null} onChange={(value) => bound(i, 'least', value)} style={{ inlineSize: 100 }} />
              <InputNumber aria-label={f('most')} placeholder={f('most')} value={one.most ?? null} onChange={(value) => bound(i, 'most', value)} style={{ inlineSize: 100 }} />
            </>
          )}
          <Button type="text" danger aria-label={`${f('remove')} ${one.name}`} onClick={() => onChange(inputs.filter((_, n) => n !== i))}>{f('remove')}</Button>
          {(['code', 'name', 'model', 'least'] as const).map((key) => fault(`definition.inputs.${i}.${key}`)).map((text) => (text ? <span key={text} className="ms-assess-down" role="alert">{text}</span> : null))}
        </div>
      ))}
      <div><Button disabled={inputs.length >= 40} onClick={() => onChange([...inputs, { code: fresh(), name: '', unit: '分', scale: 2, source: 'entered', model: '', help: '', least: 0, most: 100 }])}>{f('addInput')}</Button></div>
    </div>
  )
}
