// The unified plan of a major event: duties with time nodes, added and marked as done.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useCommand } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fromEpoch, instant } from '../../ui/time.ts'
import type { EventSet } from './SetPage.tsx'
import { t } from './texts.zh-CN.ts'
import './sets.css'

type Step = EventSet['plan'][number]

export function PlanSteps({ set, may, at }: { set: EventSet; may: boolean; at: number }): ReactElement {
  const patch = useCommand('patchEventSet', { invalidates: ['getEventSet'] })
  const [adding, setAdding] = useState(false)
  const [fresh, setFresh] = useState<{ duty: string; unitName: string; dueAt?: string }>({ duty: '', unitName: '' })
  const save = (plan: Step[], then?: () => void) => void patch.mutateAsync({ id: set.id, plan, version: set.version }).then(then).catch((error: Error) => say(error.message, 'over'))
  return (
    <div className="ms-stack">
      {set.plan.length === 0 ? <span className="ms-hint">{t('plan.none')}</span> : (
        <table className="ms-plain-table">
          <thead><tr><th scope="col">{t('plan.duty')}</th><th scope="col">{t('plan.unit')}</th><th scope="col">{t('plan.due')}</th><th scope="col">{t('plan.done')}</th></tr></thead>
          <tbody>
            {set.plan.map((one, i) => (
              <tr key={`${one.duty}${i}`}>
                <td>{one.duty}</td><td>{one.unitName}</td>
                <td>{one.dueAt ? <><Time iso={one.dueAt} /> {one.doneAt === null && instant(one.dueAt) < at ? <Tag tone="over">{t('plan.late')}</Tag> : null}</> : '–'}</td>
                <td>{one.doneAt ? <Time iso={one.doneAt} /> : may ? <Button size="small" onClick={() => save(set.plan.map((step, j) => (j === i ? { ...step, doneAt: fromEpoch(at) } : step)))}>{t('plan.finish')}</Button> : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {may && !adding ? <div><Button size="small" onClick={() => setAdding(true)}>{t('plan.add')}</Button></div> : null}
      {adding ? (
        <div className="ms-row">
          <input className="ms-input" aria-label={t('plan.duty')} placeholder={t('plan.duty')} value={fresh.duty} maxLength={300} onChange={(event) => setFresh({ ...fresh, duty: event.target.value })} />
          <input className="ms-input" aria-label={t('plan.unit')} placeholder={t('plan.unit')} value={fresh.unitName} maxLength={80} onChange={(event) => setFresh({ ...fresh, unitName: event.target.value })} />
          <DateInput withTime value={fresh.dueAt ?? ''} onChange={(dueAt) => setFresh({ ...fresh, dueAt })} />
          <Button size="small" type="primary" disabled={fresh.duty.trim() === ''} onClick={() => save([...set.plan, { duty: fresh.duty.trim(), unitName: fresh.unitName.trim(), dueAt: fresh.dueAt ?? null, doneAt: null }], () => { setAdding(false); setFresh({ duty: '', unitName: '' }) })}>{t('save')}</Button>
        </div>
      ) : null}
    </div>
  )
}
