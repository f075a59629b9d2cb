// 短信回访: the live board of the personal forms, and the list behind every number (CBK-05).
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { request } from '../../api/http.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { count, rate } from '../../ui/numbers.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { periodOf } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { PeriodBar } from './PeriodBar.tsx'
import { outcomeTone } from './ResultCard.tsx'
import { t } from './texts.zh-CN.ts'
import './callback.css'

type Row = OutputOf<'listCallbackForms'>['items'][number]
const tones: Record<Row['state'], Tone> = { sent: 'primary', answered: 'ok', expired: 'calm', followed: 'near', undelivered: 'over', closed: 'calm' }

const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 200, wide: true, render: (row) => row.title },
  { key: 'state', title: t('forms.state'), width: 128, render: (row) => <Tag tone={tones[row.state]}>{row.stateName}</Tag> },
  { key: 'follow', title: '', width: 72, export: false, render: (row) => (row.state === 'sent' ? <Link to={`/callbacks/${row.taskId}`}>{t('forms.follow')}</Link> : null) },
  { key: 'phone', title: t('forms.phone'), width: 116, render: (row) => <span className="ms-num">{row.phone}</span> },
  { key: 'outcome', title: t('col.outcome'), width: 90, render: (row) => (row.outcome ? <Tag tone={outcomeTone(row.outcome)}>{row.outcomeName}</Tag> : null) },
  { key: 'stars', title: t('forms.stars'), width: 56, align: 'end', render: (row) => row.stars },
  { key: 'text', title: t('forms.text'), width: 140, render: (row) => row.problem ?? row.text },
  { key: 'unit', title: t('col.unit'), width: 130, render: (row) => row.unitName },
  { key: 'sentAt', title: t('forms.sent'), width: 108, render: (row) => <Time iso={row.sentAt} /> },
  { key: 'openedAt', title: t('forms.opened'), width: 108, hidden: true, render: (row) => (row.openedAt ? <Time iso={row.openedAt} /> : null) },
  { key: 'expiresAt', title: t('forms.until'), width: 108, render: (row) => <Time iso={row.expiresAt} /> },
]

export default function FormsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const state = search.get('state')
  const board = useQueryOf('callbackFormBoard', period, { keepPrevious: true })
  useTopic('callback.queue', ['callbackFormBoard', 'list'])
  const to = (next: string | null) => `?from=${period.from}&to=${period.to}${next ? `&state=${next}` : ''}`
  const partOf = (data: OutputOf<'callbackFormBoard'>, name: Row['state']) => data.parts.find((part) => part.state === name)?.count ?? 0
  return (
    <Page title={t('forms')} bar={<PeriodBar period={period} onChange={(next) => setSearch({ ...period, ...next, ...(state ? { state } : {}) })} />}>
      <QueryView query={board}>
        {(data) => (
          <>
            {data.notReady ? <div className="ms-note" data-tone="near">{data.notReady}</div> : null}
            <div className="ms-callback-board">
              {data.parts.map((part) => <Figure key={part.state} label={part.name} value={part.count} to={to(part.state)} tone={part.count > 0 && part.state === 'undelivered' ? 'over' : undefined} />)}
              <Figure label={t('forms.coverage')} value={rate(data.coverage)} delta={{ text: t('forms.ofOwed', { sent: count(data.sent), owed: count(data.owed) }) }} definition={{ definition: data.definition }} />
              <Figure label={t('forms.response')} value={rate(data.response)} delta={{ text: t('forms.ofSent', { answered: count(partOf(data, 'answered')), sent: count(data.sent) }) }} definition={{ definition: data.definition }} />
            </div>
            <p className="ms-hint">{t('forms.days', { n: data.answerDays })}</p>
          </>
        )}
      </QueryView>
      <ListPage<Row> embedded noSearch page="callbackForms" title={t('forms')} columns={columns} filters={[{ key: 'state', label: t('forms.state'), kind: 'select', options: (board.data?.parts ?? []).map((part) => ({ value: part.state, label: part.name })) }]}
        load={(query: ListQuery, signal) => request<ListResult<Row>>('GET', '/api/callback/forms', { ...period, ...query }, { signal })} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} empty={{ text: t('forms.none') }} />
    </Page>
  )
}
