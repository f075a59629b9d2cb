// Keeps the listed rows as they are now; the notice leads to what was kept.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { InputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function SnapshotButton({ question }: { question: InputOf<'takeSnapshot'> }): ReactElement {
  const send = useAct('listSnapshots')
  const navigate = useNavigate()
  const [sending, setSending] = useState(false)
  const take = async (): Promise<void> => {
    setSending(true)
    try {
      const made = await send('takeSnapshot', question)
      say(t('snapshotKept'))
      void navigate(`/analytics/snapshots/${made.id}`)
    } catch (error) { say(asProblem(error).title, 'over'); setSending(false) }
  }
  return <Button size="small" loading={sending} onClick={() => void take()}>{t('snapshot')}</Button>
}
