// The running import as its task tells it; leaving the page never stops it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useTopic } from '../../api/realtime.ts'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Progress } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/icons.tsx'
import { resultAddress } from '../../ui/long-work.ts'
import { say } from '../../ui/notices.ts'
import { count } from '../../ui/numbers.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Task = OutputOf<'showTask'>
const tones = { queued: 'plain', running: 'primary', done: 'ok', failed: 'over', cancelled: 'calm' } as const
const words = { queued: t('queued'), running: t('running'), done: t('done'), failed: t('failed'), cancelled: t('cancelled') }

/** Numbers that the task keeps of its result, whatever else is there. */
function numberIn(result: unknown, key: string): number | null {
  if (typeof result !== 'object' || result === null) return null
  const value: unknown = Object.entries(result).find(([name]) => name === key)?.[1]
  return typeof value === 'number' ? value : null
}

export function ImportProgress({ taskId, onAgain }: { taskId: string; onAgain: () => void }): ReactElement {
  const client = useQueryClient()
  const task = useQuery<Task, Problem>({
    queryKey: ['showTask', { id: taskId }],
    queryFn: ({ signal }) => call('showTask', { id: taskId }, { signal }),
    refetchInterval: (query) => (query.state.data && ['queued', 'running'].includes(query.state.data.state) ? 1500 : false),
  })
  useTopic('tasks', ['showTask', 'tasks'])
  const act = async (what: 'cancelTask' | 'retryTask') => {
    try {
      await call(what, { id: taskId })
      await client.invalidateQueries({ queryKey: ['showTask'] })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const cancel = async () => { if (await confirm({ title: t('cancel'), text: t('cancelAsk'), verb: t('cancel'), danger: true })) await act('cancelTask') }
  return (
    <QueryView query={task}>
      {(data) => {
        const live = data.state === 'queued' || data.state === 'running'
        const skipped = numberIn(data.result, 'skipped')
        const imported = numberIn(data.result, 'created')
        return (
          <Section title={<span className="ms-row">{data.title} <Tag tone={tones[data.state]}>{words[data.state]}</Tag></span>}>
            <div className="ms-stack" aria-live="polite">
              {live ? <Progress done={data.done} total={data.total} onCancel={data.acts.includes('cancel') && !data.cancelling ? () => void cancel() : undefined} /> : null}
              <div className="ms-row">
                {imported === null ? <span>{t('progress', { done: count(data.done) })}</span> : <strong>{t('imported', { n: count(imported) })}</strong>}
                {skipped ? <span className="ms-muted">{t('skipped', { n: count(skipped) })}</span> : null}
                {data.failedRows ? <Tag tone="near" icon="warning">{t('failedRows', { n: count(data.failedRows) })}</Tag> : null}
                {data.error ? <span className="ms-field-error">{data.error}</span> : null}
              </div>
              {live ? <span className="ms-muted">{t('leave')}</span> : null}
              <div className="ms-row">
                {data.failedFile ? <Button icon={<Icon name="download" />} href={resultAddress(taskId, 'failed')} download={data.failedFile.name}>{t('downloadFailed')}</Button> : null}
                {data.acts.includes('retry') ? <Button onClick={() => void act('retryTask')}>{t('retry')}</Button> : null}
                {data.state === 'done' ? <Link to="/orders"><Button type="primary">{t('openOrders')}</Button></Link> : null}
                <Link to="/home/tasks">{t('openTasks')}</Link>
                {live ? null : <Button type="text" onClick={onAgain}>{t('another')}</Button>}
              </div>
            </div>
          </Section>
        )
      }}
    </QueryView>
  )
}
