import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type OwnSession = { id: string; current: boolean; startedAt: string; seenAt: string; ip: string | null; terminal: string | null; method: string }

export function OwnSessions(): ReactElement {
  const client = useQueryClient()
  const sessions = useQuery<{ items: OwnSession[] }, Problem>({ queryKey: ['mySessions'], queryFn: ({ signal }) => request<{ items: OwnSession[] }>('GET', '/api/me/sessions', {}, { signal }) })
  const end = async (work: () => Promise<unknown>) => {
    try {
      await work()
      say(t('ended'))
      await client.invalidateQueries({ queryKey: ['mySessions'] })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const columns: Column<OwnSession>[] = [
    { key: 'terminal', title: t('terminal'), width: 240, wide: true, render: (one) => <>{one.terminal ?? '–'} {one.current ? <Tag tone="ok">{t('here')}</Tag> : null}</> },
    { key: 'ip', title: t('ip'), width: 150, render: (one) => one.ip },
    { key: 'method', title: t('method'), width: 110, render: (one) => one.method },
    { key: 'started', title: t('started'), width: 140, render: (one) => <Time iso={one.startedAt} /> },
    { key: 'seen', title: t('seen'), width: 140, render: (one) => <Time iso={one.seenAt} /> },
    { key: 'end', title: '', width: 90, render: (one) => (one.current ? ' ' : <Button size="small" onClick={() => void end(() => request('DELETE', '/api/me/sessions/{sessionId}', { sessionId: one.id }))}>{t('end')}</Button>) },
  ]
  return (
    <Section title={t('sessions')} flush extra={<Button size="small" onClick={() => void end(() => request('POST', '/api/me/sessions/end-others'))}>{t('endOthers')}</Button>}>
      <QueryView query={sessions}>{(data) => <ListTable columns={columns} rows={data.items} rowKey={(one) => one.id} caption={t('sessions')} density="standard" />}</QueryView>
    </Section>
  )
}
