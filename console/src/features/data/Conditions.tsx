// Conditions of a counted indicator: field, comparison, value; each kind of field has its own comparisons.
import { Button, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import type { Catalogue } from './CataloguePage.tsx'
import type { Basic } from './IndicatorForm.tsx'
import { t } from './texts.zh-CN.ts'

type Condition = Basic['where'][number]
type Fact = Catalogue['facts'][number]
const ops = { choice: ['in', 'notIn', 'empty', 'filled'], number: ['gte', 'lte', 'empty', 'filled'], flag: ['yes', 'no'] } as const

export function Conditions({ fact, value, fault, onChange }: { fact: Fact; value: Condition[]; fault: (path: string) => string | undefined; onChange: (next: Condition[]) => void }): ReactElement {
  const change = (i: number, next: Condition): void => onChange(value.map((one, at) => (at === i ? next : one)))
  return (
    <fieldset className="ms-data-conditions" style={{ border: 0, padding: 0 }}>
      <legend className="ms-field-label">{t('where')}</legend>
      {value.map((one, i) => {
        const field = fact.fields.find((f) => f.key === one.field)
        const wrong = ['field', 'op', 'value'].map((part) => fault(`definition.where.${i}.${part}`)).find(Boolean)
        return (
          <div key={i}>{/* conditions have no identity of their own */}
            <div className="ms-data-condition">
              <Select aria-label={t('where')} value={one.field} options={fact.fields.map((f) => ({ value: f.key, label: f.label }))} onChange={(key) => change(i, { field: key, op: ops[fact.fields.find((f) => f.key === key)?.kind ?? 'choice'][0] })} />
              <Select aria-label={t('aggregate')} value={one.op} options={ops[field?.kind ?? 'choice'].map((op) => ({ value: op, label: t(`op.${op}`) }))} onChange={(op) => change(i, { ...one, op })} />
              {one.op === 'in' || one.op === 'notIn' ? <Select aria-label={field?.label} mode={field?.choices.length ? 'multiple' : 'tags'} value={Array.isArray(one.value) ? one.value : []} options={field?.choices ?? []} onChange={(list: string[]) => change(i, { ...one, value: list })} />
                : one.op === 'gte' || one.op === 'lte' ? <InputNumber aria-label={field?.label} style={{ inlineSize: '100%' }} value={typeof one.value === 'number' ? one.value : null} onChange={(n) => change(i, { ...one, value: n ?? 0 })} /> : <span />}
              <Button type="text" onClick={() => onChange(value.filter((_, at) => at !== i))}>{t('remove')}</Button>
            </div>
            {wrong ? <span className="ms-data-fault" role="alert">{wrong}</span> : null}
          </div>
        )
      })}
      <div><Button size="small" onClick={() => onChange([...value, { field: fact.fields[0]?.key ?? '', op: 'in', value: [] }])}>{t('addCondition')}</Button></div>
    </fieldset>
  )
}
