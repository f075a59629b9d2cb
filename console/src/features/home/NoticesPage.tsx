// Notices to oneself that are shown now; what must be read is confirmed.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'
import './home.css'

export default function NoticesPage(): ReactElement {
  const [search] = useSearchParams()
  const list = useQueryOf('listNotices', { limit: 50 })
  const read = useCommand('readNotice', { invalidates: ['listNotices'] })
  useTopic('home.notices', ['listNotices'])
  const wanted = search.get('id')
  return (
    <Page title={t('notices')}>
      <QueryView query={list}>
        {(data) => (data.items.length === 0 ? <Section><Empty kind="done" text={t('notice.none')} /></Section> : (
          <div className="ms-stack">
            {data.items.toSorted((a, b) => Number(b.id === wanted) - Number(a.id === wanted)).map((notice) => (
              <Section key={notice.id} title={<span className="ms-row"><Tag tone="plain">{t(`notice.kind_${notice.kind}`)}</Tag>{notice.title}{notice.mustRead && !notice.readAt ? <Tag tone="near">{t('notice.mustRead')}</Tag> : null}</span>}
                extra={notice.readAt ? <span className="ms-hint">{t('notice.readAt', { time: when(notice.readAt) })}</span> : <Button size="small" type={notice.mustRead ? 'primary' : 'default'} loading={read.isPending} onClick={() => read.mutate({ id: notice.id })}>{t('notice.read')}</Button>}>
                <p style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{notice.text}</p>
                {notice.files.length > 0 ? <Attachments readOnly value={notice.files} onChange={() => undefined} /> : null}
                <p className="ms-hint" style={{ margin: '8px 0 0' }}>{t('notice.by', { name: notice.by })} · <Time iso={notice.shownFrom} />{notice.shownTo ? ` · ${t('notice.until', { time: when(notice.shownTo) })}` : ''}</p>
              </Section>
            ))}
          </div>
        ))}
      </QueryView>
    </Page>
  )
}
