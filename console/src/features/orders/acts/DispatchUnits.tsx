// Units of a dispatch: proposals of the duty list, chosen units with roles, who is barred and why, which limits will run.
import { Button, Input, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { ProblemLine } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { UnitPicker } from '../../../ui/Pickers.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { moment } from '../../../ui/time.ts'
import { t as kit } from '../../../ui/texts.zh-CN.ts'
import { unitLoader } from '../pickers.ts'
import { nextRole, roles, targetsOf } from './dispatch-units.ts'
import type { Role, Target } from './dispatch-units.ts'
import { t } from './texts.zh-CN.ts'
import './acts-on-orders.css'

export type DispatchOptions = OutputOf<'dispatchOptions'>
type Proposal = DispatchOptions['recommended'][number]

export const useDispatchOptions = (orderId: string) => useQueryOf('dispatchOptions', { id: orderId }, { staleTime: 60_000 })
const routeChoices = [{ value: 'levelByLevel' as const, label: t('dispatch.levelByLevel') }, { value: 'straight' as const, label: t('dispatch.straight') }]
const roleChoices = roles.map((value) => ({ value, label: kit(`role.${value}`) }))

/** `onProposal` hears which unit the machine put first, so that it is kept beside what the person chose. */
export function DispatchUnits({ orderId, form, onProposal }: { orderId: string; form: ActFormHandle; onProposal: (unitId: string | undefined) => void }): ReactElement {
  const read = useDispatchOptions(orderId)
  const options = read.data
  const targets = targetsOf(form.value)
  onProposal(options?.recommended.find((one) => one.role === 'lead')?.unitId)
  const best = options?.templates.find((one) => one.best)?.text
  const untouched = form.value.opinion === undefined
  useEffect(() => { if (best && untouched) form.set({ opinion: best }) }, [best]) // oxlint-disable-line react-hooks/exhaustive-deps -- once, when the library has answered
  const preferred = options?.preferred
  const nobody = targets.every((one) => !one.unitId)
  useEffect(() => { if (preferred && nobody) form.set({ units: [{ unitId: preferred.unitId, unitName: preferred.unitName, role: 'lead' }] }) }, [preferred?.unitId]) // oxlint-disable-line react-hooks/exhaustive-deps -- once: a unit whose return was refused comes preselected
  const set = (units: Target[]) => form.set({ units })
  const loader = useMemo(() => {
    // greyed out here; those that a reason opens are chosen from the list above
    const barred = new Map((options?.barred ?? []).map((one) => [one.unitId, one.cause]))
    return unitLoader({ barred, name: `${orderId}:${barred.size}` })
  }, [options, orderId])
  const change = (at: number, more: Partial<Target>) => set(targets.map((one, i) => (i === at ? { ...one, ...more } : one)))
  const adopt = (proposal: Proposal) => {
    const filled = targets.filter((one) => one.unitId)
    const role: Role = proposal.role === 'lead' && filled.some((one) => one.role === 'lead') ? 'assist' : proposal.role
    set([...filled, { unitId: proposal.unitId, unitName: proposal.unitName, role }])
  }
  const needsReason = form.errors.overrideReason !== undefined || targets.some((one) => options?.barred.some((barred) => barred.unitId === one.unitId))
  return (
    <>
      {read.error ? <ProblemLine problem={read.error} onRetry={() => void read.refetch()} /> : null}
      {options ? <Proposals list={withPreferred(options)} chosen={targets} adopt={adopt} /> : null}
      <div className="ms-field" data-field="units">
        <label className="ms-field-label" htmlFor="ms-dispatch-unit-0"><b aria-hidden="true">*</b>{t('dispatch.units')}</label>
        <div className="ms-dispatch-units">
          {targets.map((target, i) => (
            <div key={i} className="ms-dispatch-unit">
              <UnitPicker id={`ms-dispatch-unit-${i}`} loader={loader} value={target.unitId} status={form.errors.units ? 'error' : ''} onChange={(next, found) => change(i, { unitId: typeof next === 'string' ? next : undefined, unitName: found[0]?.name })} />
              <Segmented size="small" aria-label={t('dispatch.role')} options={roleChoices} value={target.role} onChange={(role) => change(i, { role })} />
              <Input size="small" placeholder={t('dispatch.requirement')} aria-label={t('dispatch.requirement')} maxLength={500} value={target.requirement ?? ''} onChange={(e) => change(i, { requirement: e.target.value })} />
              <button type="button" className="ms-icon-button" disabled={targets.length === 1} onClick={() => set(targets.filter((_, at) => at !== i))}><Icon name="close" size={14} label={`${kit('remove')} ${target.unitName ?? ''}`} /></button>
            </div>
          ))}
          <div><Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => set([...targets, { role: nextRole(targets) }])}>{t('dispatch.addUnit')}</Button></div>
        </div>
        {form.errors.units ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{form.errors.units}</span></div> : null}
      </div>
      {needsReason ? (
        <div className="ms-field" data-field="overrideReason">
          <label className="ms-field-label" htmlFor="ms-override"><b aria-hidden="true">*</b>{t('dispatch.overrideReason')}</label>
          <Input id="ms-override" maxLength={500} status={form.errors.overrideReason ? 'error' : ''} value={typeof form.value.overrideReason === 'string' ? form.value.overrideReason : ''} onChange={(e) => form.set({ overrideReason: e.target.value })} />
          {form.errors.overrideReason ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{form.errors.overrideReason}</span></div> : null}
        </div>
      ) : null}
      <div className="ms-field" data-field="route">
        <span className="ms-field-label">{t('dispatch.route')}</span>
        <div><Segmented aria-label={t('dispatch.route')} options={routeChoices} value={form.value.route === 'levelByLevel' || form.value.route === 'straight' ? form.value.route : options?.route} onChange={(route) => form.set({ route })} /></div>
      </div>
      <div className="ms-field" data-field="opinion">
        <label className="ms-field-label" htmlFor="ms-dispatch-opinion">{t('dispatch.opinion')}</label>
        <Input.TextArea id="ms-dispatch-opinion" autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} value={typeof form.value.opinion === 'string' ? form.value.opinion : ''} onChange={(e) => form.set({ opinion: e.target.value })} />
        {options?.templates.length ? <Select size="small" aria-label={t('dispatch.template')} placeholder={t('dispatch.template')} value={null} options={options.templates.map((one) => ({ value: one.text, label: one.own ? t('dispatch.own', { name: one.name }) : one.name, title: one.text }))} onChange={(opinion) => form.set({ opinion })} /> : null}
      </div>
    </>
  )
}

/** A unit whose return was refused has to handle it: it stands first; units that only a reason opens stand last. */
function withPreferred(options: DispatchOptions): Proposal[] {
  const { preferred, recommended } = options
  const barred: Proposal[] = options.barred.filter((one) => !one.absolute && !recommended.some((other) => other.unitId === one.unitId)).map((one) => ({ unitId: one.unitId, unitName: one.unitName, role: 'lead', reason: '', barred: one.cause }))
  return [...(preferred ? [{ ...preferred, role: 'lead' as const, reason: t('dispatch.preferred'), barred: null }] : []), ...recommended.filter((one) => one.unitId !== preferred?.unitId), ...barred]
}

/** What the machine proposes looks like a proposal until it is adopted. */
function Proposals({ list, chosen, adopt }: { list: Proposal[]; chosen: Target[]; adopt: (proposal: Proposal) => void }): ReactElement {
  if (list.length === 0) return <div className="ms-hint">{t('dispatch.noProposal')}</div>
  return (
    <div className="ms-proposals" aria-label={t('dispatch.proposedFrom')}>
      <span className="ms-hint">{t('dispatch.proposedFrom')}</span>
      <ul>
        {list.map((one) => {
          const taken = chosen.some((target) => target.unitId === one.unitId)
          return (
            <li key={`${one.unitId}${one.role}`} data-barred={one.barred ? true : undefined}>
              <Tag tone={one.role === 'lead' ? 'primary' : 'plain'}>{kit(`role.${one.role}`)}</Tag>
              <span className="ms-grow"><strong>{one.unitName}</strong><span className="ms-proposal-why">{one.barred ?? one.reason}</span></span>
              <Button size="small" disabled={taken} onClick={() => adopt(one)}>{taken ? t('dispatch.adopted') : one.barred ? t('dispatch.adoptBarred') : t('dispatch.adopt')}</Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Beside the form: limits that will run, units that may not be chosen again. */
export function DispatchSide({ orderId }: { orderId: string }): ReactElement {
  const options = useDispatchOptions(orderId).data
  if (!options) return <span className="ms-hint">{kit('loading')}</span>
  return (
    <div className="ms-stack">
      <strong>{t('dispatch.limits')}</strong>
      {options.limits.length === 0 ? <span className="ms-hint">{t('dispatch.noLimits')}</span> : null}
      {options.limits.map((limit) => <div key={limit.clock}>{limit.name}<div>{t('dispatch.until', { moment: moment(limit.dueAt) })}</div><div className="ms-hint">{limit.text}</div></div>)}
      {options.returned.length > 0 ? <strong>{t('dispatch.returnedTitle')}</strong> : null}
      {options.returned.map((one) => <div key={`${one.kind}${one.decidedAt}`}>{one.unitName} <Tag tone="near">{one.cause}</Tag><div className="ms-hint">{one.reason}</div></div>)}
      {options.barred.length > 0 ? <strong>{t('dispatch.barredTitle')}</strong> : null}
      {options.barred.map((one) => <div key={one.unitId}>{one.unitName}<div className="ms-hint">{one.cause} · {one.absolute ? t('dispatch.barredAbsolute') : t('dispatch.barredReason')}</div></div>)}
    </div>
  )
}
