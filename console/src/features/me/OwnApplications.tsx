// Outside applications one is admitted to; each opens in a tab of its own with a ticket that says who comes.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { asProblem } from '../../api/problem.ts'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function OwnApplications(): ReactElement | null {
  const own = useQueryOf('ownApplications', {})
  const send = useAct()
  const enter = async (id: string) => {
    try {
      window.open((await send('enterApplication', { id })).url, '_blank', 'noopener,noreferrer')
    } catch (error) {
      say(asProblem(error).title, 'over')
    }
  }
  if (!own.data?.items.length) return null
  return <Section title={t('applications')} extra={<span className="ms-hint">{t('applicationsHint')}</span>}><span className="ms-row">{own.data.items.map((one) => <Button key={one.id} onClick={() => void enter(one.id)}>{one.name}</Button>)}</span></Section>
}
