// What a leader says to this desk: a line under the bar, also in a call, never over the form; gone when read (TEL-39).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect } from 'react'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Time } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'

export function TeamNotices({ at }: { at: number }): ReactElement | null {
  const notices = useQueryOf('deskNotices', {}, { staleTime: 60_000 })
  const read = useCommand('readDeskNotice', { invalidates: ['deskNotices'] })
  useTopic('telephony.notices', ['deskNotices'])
  const { refetch } = notices
  useEffect(() => { if (at > 0) void refetch() }, [at, refetch])
  if (!notices.data || notices.data.items.length === 0) return null
  return <>{notices.data.items.map((notice) => <div key={notice.id} className="ms-team-notice" role="status"><strong>{t('notice')}</strong><span className="ms-grow">{notice.text}</span><span>{notice.byName} <Time iso={notice.at} /></span><Button size="small" onClick={() => read.mutate({ id: notice.id })}>{t('gotIt')}</Button></div>)}</>
}
