// Long work of one person: exports, imports, batches; leaving the page never stops it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useTopic } from '../../api/realtime.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Progress } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { resultAddress } from '../../ui/long-work.ts'
import { t } from './texts.zh-CN.ts'

type TaskState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
type TaskFile = { id: string; name: string; expiresAt: string | null }
type Task = {
  id: string
  title: string
  state: TaskState
  done: number
  total: number | null
  createdAt: string
  finishedAt?: string | null
  cancelling: boolean
  file: TaskFile | null
  failedFile: TaskFile | null
  failedRows: number
  error: string | null
  acts: string[]
}

const tones: Record<TaskState, Tone> = { queued: 'plain', running: 'primary', done: 'ok', failed: 'over', cancelled: 'calm' }

export default function TasksPage(): ReactElement {
  const client = useQueryClient()
  const tasks = useQuery<{ items: Task[] }, Problem>({
    queryKey: ['tasks'],
    queryFn: ({ signal }) => request<{ items: Task[] }>('GET', '/api/tasks', {}, { signal }),
    // moving numbers only while something moves
    refetchInterval: (query) => (query.state.data?.items.some((task) => task.state === 'running' || task.state === 'queued') ? 2000 : false),
  })
  useTopic('tasks', ['tasks'])
  const act = async (task: Task, what: 'cancel' | 'retry') => {
    if (what === 'cancel' && !(await confirm({ title: t('tasks.cancel'), text: t('tasks.cancelAsk', { name: task.title }), verb: t('tasks.cancel'), danger: true }))) return
    try {
      await request('POST', `/api/tasks/{id}/${what}`, { id: task.id })
      await client.invalidateQueries({ queryKey: ['tasks'] })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const columns: Column<Task>[] = [
    { key: 'title', title: t('tasks.name'), width: 280, wide: true, render: (task) => task.title },
    { key: 'state', title: t('tasks.state'), width: 100, render: (task) => <Tag tone={tones[task.state]}>{t(`tasks.${task.state}`)}</Tag> },
    { key: 'progress', title: t('tasks.progress'), width: 280, render: (task) => (task.state === 'running' || task.state === 'queued' ? <Progress done={task.done} total={task.total} onCancel={task.acts.includes('cancel') && !task.cancelling ? () => void act(task, 'cancel') : undefined} /> : task.total !== null ? `${task.done}/${task.total}` : null) },
    { key: 'started', title: t('tasks.started'), width: 130, render: (task) => <Time iso={task.createdAt} /> },
    {
      key: 'result', title: t('tasks.result'), width: 320, render: (task) => (
        <span className="ms-row" style={{ flexWrap: 'nowrap' }}>
          {task.file ? <a href={resultAddress(task.id, 'result')} download={task.file.name}><Icon name="download" size={14} /> {t('tasks.download')}</a> : null}
          {task.file?.expiresAt ? <span className="ms-hint">{t('tasks.expires', { time: when(task.file.expiresAt) })}</span> : null}
          {task.failedRows ? (task.failedFile ? <a href={resultAddress(task.id, 'failed')} download={task.failedFile.name}>{t('tasks.failedRows', { n: task.failedRows })}</a> : <Tag tone="near">{t('tasks.failedRows', { n: task.failedRows })}</Tag>) : null}
          {task.error ? <span className="ms-field-error ms-ellipsis" title={task.error}>{task.error}</span> : null}
          {task.acts.includes('retry') ? <Button size="small" onClick={() => void act(task, 'retry')}>{t('tasks.retry')}</Button> : null}
        </span>
      ),
    },
  ]
  return (
    <Page title={t('tasks')}>
      <Section flush>
        <QueryView query={tasks}>
          {(data) => (data.items.length ? <ListTable columns={columns} rows={data.items} rowKey={(task) => task.id} caption={t('tasks')} density="standard" /> : <Empty kind="done" text={t('tasks.none')} hint={t('tasks.noneHint')} />)}
        </QueryView>
      </Section>
    </Page>
  )
}
