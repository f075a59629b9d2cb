// 重点专题与特殊标记: topics with their time, and the library of the upper platform's marks (ORD-17).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Link } from 'react-router'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Topic = OutputOf<'listKeyCases'>['topics'][number]
type Special = OutputOf<'listKeyCases'>['specials'][number]
const listOf = (field: string, id: string): string => `/orders/query?where=${encodeURIComponent(JSON.stringify({ all: [{ field, op: 'in', value: [id] }] }))}`
const count = (field: string, row: { id: string; marked: number }): ReactElement => (row.marked > 0 ? <Link to={listOf(field, row.id)}>{row.marked}</Link> : <>–</>)

export default function KeyCasesPage(): ReactElement {
  const query = useQueryOf('listKeyCases', {})
  const send = useAct('listKeyCases', 'orderQueryFields')
  const [topic, setTopic] = useState<Topic | 'new' | null>(null)
  const [special, setSpecial] = useState<Special | 'new' | null>(null)
  const edit = (run: () => void) => <button type="button" className="ms-link-button" onClick={run}>{t('edit')}</button>
  const topics: Column<Topic>[] = [
    { key: 'name', title: t('name'), width: 220, wide: true, render: (row) => row.name },
    { key: 'state', title: t('state'), width: 96, render: (row) => <Tag tone={row.offered ? 'ok' : 'calm'}>{row.offered ? t('offered') : row.enabled ? t('outOfTime') : t('off')}</Tag> },
    { key: 'time', title: t('validity'), width: 280, render: (row) => `${when(row.startsAt)} – ${when(row.endsAt)}` }, { key: 'marked', title: t('markedOrders'), width: 96, align: 'end', render: (row) => count('keyTopic', row) },
    { key: 'acts', title: '', width: 72, render: (row) => edit(() => setTopic(row)) },
  ]
  const specials: Column<Special>[] = [
    { key: 'code', title: t('code'), width: 120, render: (row) => <bdi className="ms-code">{row.code}</bdi> }, { key: 'name', title: t('name'), width: 220, wide: true, render: (row) => row.name }, { key: 'platform', title: t('platform'), width: 180, render: (row) => row.platform ?? '–' },
    { key: 'state', title: t('state'), width: 80, render: (row) => <Tag tone={row.enabled ? 'ok' : 'calm'}>{row.enabled ? t('on') : t('off')}</Tag> }, { key: 'marked', title: t('markedOrders'), width: 96, align: 'end', render: (row) => count('specialMark', row) }, { key: 'acts', title: '', width: 72, render: (row) => edit(() => setSpecial(row)) },
  ]
  return (
    <Page title={t('keyCases')}>
      <QueryView query={query}>
        {(data) => (
          <div className="ms-stack">
            <Section title={t('topics')} flush extra={<Button size="small" type="primary" onClick={() => setTopic('new')}>{t('newTopic')}</Button>}>
              {data.topics.length === 0 ? <Empty kind="done" text={t('noTopicRows')} hint={t('noTopicRowsHint')} /> : <ListTable caption={t('topics')} rows={data.topics} rowKey={(row) => row.id} columns={topics} />}
            </Section>
            <Section title={t('specials')} flush extra={<Button size="small" onClick={() => setSpecial('new')}>{t('newSpecial')}</Button>}>
              {data.specials.length === 0 ? <Empty kind="done" text={t('noSpecials')} hint={t('noSpecialsHint')} /> : <ListTable caption={t('specials')} rows={data.specials} rowKey={(row) => row.id} columns={specials} />}
            </Section>
          </div>
        )}
      </QueryView>
      {topic ? (
        <ActDrawer open key={topic === 'new' ? 'new' : topic.id} onClose={() => setTopic(null)} title={topic === 'new' ? t('newTopic') : t('editTopic')} submitLabel={t('save')} onDone={() => { say(t('saved')); setTopic(null) }}
          schema={{ type: 'object', required: ['name', 'startsAt', 'endsAt'], properties: { name: { type: 'string', title: t('name'), maxLength: 40 }, startsAt: { type: 'string', format: 'date-time', title: t('from'), 'x-half': true }, endsAt: { type: 'string', format: 'date-time', title: t('to'), 'x-half': true }, enabled: { type: 'boolean', title: t('on') } } }}
          initial={topic === 'new' ? { enabled: true } : { name: topic.name, startsAt: topic.startsAt, endsAt: topic.endsAt, enabled: topic.enabled }}
          submit={(v) => (topic === 'new' ? send('createKeyTopic', { ...v, enabled: v.enabled === true }) : send('changeKeyTopic', { id: topic.id, version: topic.version, ...v, enabled: v.enabled === true }))} />
      ) : null}
      {special ? (
        <ActDrawer open key={special === 'new' ? 'newSpecial' : special.id} onClose={() => setSpecial(null)} title={special === 'new' ? t('newSpecial') : t('editSpecial')} submitLabel={t('save')} notice={t('specialNotice')} onDone={() => { say(t('saved')); setSpecial(null) }}
          schema={{ type: 'object', required: ['name', ...(special === 'new' ? ['code'] : [])], properties: { ...(special === 'new' ? { code: { type: 'string' as const, title: t('code'), maxLength: 40 } } : {}), name: { type: 'string', title: t('name'), maxLength: 40 }, platform: { type: 'string', title: t('platform'), maxLength: 40 }, enabled: { type: 'boolean', title: t('on') } } }}
          initial={special === 'new' ? { enabled: true } : { name: special.name, platform: special.platform ?? undefined, enabled: special.enabled }}
          submit={(v) => { const body = { name: v.name, platform: v.platform ?? null, enabled: v.enabled === true }; return special === 'new' ? send('createSpecialMark', { code: v.code, ...body }) : send('changeSpecialMark', { id: special.id, version: special.version, ...body }) }} />
      ) : null}
    </Page>
  )
}
