// Changes of parameters planned for a date.
import type { ReactElement } from 'react'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { useAct } from '../../../ui/use-act.ts'
import { valueText } from './json-schema.ts'
import { t } from './texts.zh-CN.ts'

const tones = { planned: 'near', applied: 'ok', cancelled: 'calm', failed: 'over' } as const

export function PlannedTab(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listPlannedSettings', {})
  const send = useAct('listPlannedSettings')
  const cancel = async (id: string) => {
    try {
      await send('cancelPlannedSetting', { id })
      say(t('planCancelled'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={list}>
      {(data) => (
        <Section flush={data.items.length > 0}>
          {data.items.length === 0 ? <Empty kind="done" text={t('planNone')} hint={t('planHint')} /> : (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('new')}</th><th scope="col">{t('planAt')}</th><th scope="col">{t('planState')}</th><th scope="col">{t('planPlace')}</th><th scope="col">{t('by')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.id}>
                  <td>{one.label}{one.reason ? <div className="ms-hint">{one.reason}</div> : null}</td><td>{valueText(one.key, one.value)}</td><td>{when(one.effectiveAt)}</td><td><Tag tone={tones[one.state]}>{t(`plan_${one.state}`)}</Tag>{one.error ? <div className="ms-field-error">{one.error}</div> : null}</td><td>{one.unitName ?? one.tenantName}</td><td>{one.by}</td>
                  <td className="ms-num">{one.state === 'planned' && can('platform.manageSettings') ? <button type="button" className="ms-link-button" onClick={() => void cancel(one.id)}>{t('planCancel')}</button> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
        </Section>
      )}
    </QueryView>
  )
}
