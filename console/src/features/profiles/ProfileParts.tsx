// Lists within a definition: preset routes, limits, closing by unit.
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Icon } from '../../ui/icons.tsx'
import { PickerInput } from '../../ui/Pickers.tsx'
import { unitLoader } from '../orders/pickers.ts'
import type { QueryField } from '../query/tree.ts'
import { Group } from './ProfileDrawer.tsx'
import { When } from './When.tsx'
import { t } from './texts.zh-CN.ts'

export type Definition = OutputOf<'listProfiles'>['items'][number]['definition']
type Route = Definition['routes'][number]
type Limit = Definition['limits'][number]
type Variant = Definition['variants'][number]
type Duration = NonNullable<Limit['handling']>

const units = unitLoader()
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const replaced = <T,>(list: readonly T[], i: number, next: Partial<T>): T[] => list.map((one, j) => (j === i ? { ...one, ...next } : one))
const without = <T,>(list: readonly T[], i: number): T[] => list.filter((_, j) => j !== i)
const Remove = ({ run }: { run: () => void }): ReactElement => <button type="button" className="ms-icon-button" onClick={run}><Icon name="close" size={14} label={t('remove')} /></button>
const Add = ({ run, label }: { run: () => void; label: string }): ReactElement => <Button size="small" icon={<Icon name="plus" size={12} />} onClick={run}>{label}</Button>

export function Routes({ value, fields, onChange }: { value: Route[]; fields: readonly QueryField[]; onChange: (next: Route[]) => void }): ReactElement {
  return (
    <Group title={t('routes')} hint={t('routesHint')} extra={<Add label={t('addRoute')} run={() => onChange([...value, { name: '', when: null, units: [], auto: false }])} />}>
      {value.map((one, i) => {
        const lead = one.units.find((u) => u.role === 'lead')?.unitId
        const parallel = one.units.length > 0 && one.units.every((u) => u.role === 'parallel')
        const set = (next: { lead?: string; others: string[]; parallel: boolean }) => onChange(replaced(value, i, { units: next.parallel ? next.others.map((unitId) => ({ unitId, role: 'parallel' as const })) : [...(next.lead ? [{ unitId: next.lead, role: 'lead' as const }] : []), ...next.others.filter((id) => id !== next.lead).map((unitId) => ({ unitId, role: 'assist' as const }))] }))
        const others = one.units.filter((u) => u.role !== 'lead').map((u) => u.unitId)
        return (
          <div key={i} className="ms-quote">
            <div className="ms-row"><Input size="small" aria-label={t('name')} placeholder={t('routeName')} maxLength={60} value={one.name} onChange={(e) => onChange(replaced(value, i, { name: e.target.value }))} /><Checkbox checked={one.auto} onChange={(e) => onChange(replaced(value, i, { auto: e.target.checked }))}>{t('auto')}</Checkbox><Checkbox checked={parallel} onChange={(e) => set({ lead, others: e.target.checked && lead ? [lead, ...others] : others, parallel: e.target.checked })}>{t('parallel')}</Checkbox><Remove run={() => onChange(without(value, i))} /></div>
            {parallel ? null : <PickerInput loader={units} value={lead} placeholder={t('leadUnit')} onChange={(next) => set({ lead: typeof next === 'string' ? next : undefined, others, parallel: false })} />}
            <PickerInput multiple loader={units} value={others} placeholder={parallel ? t('parallelUnits') : t('assistUnits')} onChange={(next) => set({ lead, others: strings(next), parallel })} />
            <Input size="small" aria-label={t('routeOpinion')} placeholder={t('routeOpinion')} maxLength={1000} value={one.opinion ?? ''} onChange={(e) => onChange(replaced(value, i, { opinion: e.target.value || undefined }))} />
            <When label={t('when')} fields={fields} value={one.when} none={t('allOfKind')} onChange={(when) => onChange(replaced(value, i, { when }))} />
          </div>
        )
      })}
    </Group>
  )
}

const unitsOfTime = ['naturalMinutes', 'naturalHours', 'naturalDays', 'workingHours', 'workingDays'] as const

export function DurationInput({ label, value, onChange }: { label: string; value: Duration | null; onChange: (next: Duration | null) => void }): ReactElement {
  return (
    <span className="ms-row ms-nowrap"><span className="ms-hint">{label}</span>
      <InputNumber size="small" min={0.1} max={10_000} style={{ inlineSize: 76 }} aria-label={label} placeholder={t('byRule')} value={value?.amount ?? null} onChange={(amount) => onChange(amount === null ? null : { amount, unit: value?.unit ?? 'naturalHours' })} />
      {value ? <Select size="small" popupMatchSelectWidth={false} aria-label={`${label} ${t('unitOfTime')}`} value={value.unit} onChange={(unit) => onChange({ ...value, unit })} options={unitsOfTime.map((one) => ({ value: one, label: t(`time.${one}`) }))} /> : null}
    </span>
  )
}

export function Limits({ value, fields, onChange }: { value: Limit[]; fields: readonly QueryField[]; onChange: (next: Limit[]) => void }): ReactElement {
  return (
    <Group title={t('limits')} hint={t('limitsHint')} extra={<Add label={t('addLimit')} run={() => onChange([...value, { name: '', when: null, response: null, handling: null, yellowBefore: null }])} />}>
      {value.map((one, i) => (
        <div key={i} className="ms-quote">
          <div className="ms-row ms-wrap"><Input size="small" style={{ inlineSize: 180 }} aria-label={t('name')} placeholder={t('limitName')} maxLength={60} value={one.name} onChange={(e) => onChange(replaced(value, i, { name: e.target.value }))} />
            {(['response', 'handling', 'yellowBefore'] as const).map((key) => <DurationInput key={key} label={t(`limit.${key}`)} value={one[key]} onChange={(next) => onChange(replaced(value, i, { [key]: next }))} />)}<Remove run={() => onChange(without(value, i))} /></div>
          <When label={t('when')} fields={fields} value={one.when} none={t('allOfKind')} onChange={(when) => onChange(replaced(value, i, { when }))} />
        </div>
      ))}
    </Group>
  )
}

export function Variants({ value, keys, onChange }: { value: Variant[]; keys: { key: string; title: string }[]; onChange: (next: Variant[]) => void }): ReactElement {
  return (
    <Group title={t('variants')} hint={t('variantsHint')} extra={<Add label={t('addVariant')} run={() => onChange([...value, { name: '', unitIds: [], required: [], leaderReview: 'setting' }])} />}>
      {value.map((one, i) => (
        <div key={i} className="ms-quote">
          <div className="ms-row"><Input size="small" aria-label={t('name')} placeholder={t('variantName')} maxLength={60} value={one.name} onChange={(e) => onChange(replaced(value, i, { name: e.target.value }))} />
            <Select size="small" style={{ inlineSize: 150 }} aria-label={t('leaderReview')} value={one.leaderReview} onChange={(leaderReview) => onChange(replaced(value, i, { leaderReview }))} options={(['setting', 'always', 'never'] as const).map((how) => ({ value: how, label: t(`leader.${how}`) }))} /><Remove run={() => onChange(without(value, i))} /></div>
          <PickerInput multiple loader={units} value={one.unitIds} placeholder={t('otherUnits')} onChange={(next) => onChange(replaced(value, i, { unitIds: strings(next) }))} />
          <Select mode="multiple" size="small" aria-label={t('requiredFields')} placeholder={t('requiredFields')} value={one.required} onChange={(required) => onChange(replaced(value, i, { required }))} options={keys.map((key) => ({ value: key.key, label: key.title }))} />
        </div>
      ))}
    </Group>
  )
}
