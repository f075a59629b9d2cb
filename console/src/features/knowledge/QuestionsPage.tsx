// 知识提问: what agents ask of units; overdue ones on top; an answer becomes a draft.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

type Question = OutputOf<'listKnowledgeQuestions'>['items'][number]
const tones = { open: 'primary', refused: 'over', answered: 'ok', closed: 'calm' } as const
const boxes = ['unit', 'mine', 'all'] as const

export default function QuestionsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const offered = boxes.filter((box) => box !== 'unit' || can('knowledge.edit'))
  const box = offered.find((one) => one === search.get('box')) ?? (search.get('row') ? 'all' : can('knowledge.publish') ? 'all' : (offered[0] ?? 'mine'))
  const list = useQueryOf('listKnowledgeQuestions', { box, limit: 100 }, { keepPrevious: true })
  useTopic('knowledge.feedback', ['listKnowledgeQuestions'])
  const items = list.data?.items ?? []
  const chosen = items.find((one) => one.id === search.get('row')) ?? items.find((one) => one.state === 'open' || one.state === 'refused') ?? items[0]
  return (
    <Page fill title={t('questions')} help="knowledge" state={<><Segmented size="small" value={box} options={offered.map((value) => ({ value, label: t(`box2.${value}`) }))} onChange={(value) => setSearch({ box: value })} /><span className="ms-muted">{cappedCount(list.data?.count ?? null)}</span></>}>
      <div className="ms-split" data-wide>
        <div className="ms-split-list"><QueryView query={list}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('nothing')} /> : <div className="ms-picklist">{data.items.map((one) => (
          <button key={one.id} type="button" aria-current={one.id === chosen?.id} onClick={() => setSearch({ box, row: one.id })} style={{ flexDirection: 'column', alignItems: 'stretch', gap: 2 }}>
            <span className="ms-row" style={{ gap: 6, flexWrap: 'nowrap' }}><Tag tone={one.overdue ? 'over' : tones[one.state]}>{one.overdue ? t('overdue') : one.stateName}</Tag>{one.urgent ? <Tag tone="over">{t('urgentTag')}</Tag> : null}<span className="ms-ellipsis">{one.title}</span></span>
            <span className="ms-hint ms-ellipsis">{one.unitName} · {one.askedByName} · {when(one.askedAt)}</span>
          </button>
        ))}</div>)}</QueryView></div>
        <div className="ms-split-main">{chosen ? <Shown key={`${chosen.id}:${chosen.version}`} question={chosen} /> : null}</div>
      </div>
    </Page>
  )
}

function Shown({ question: q }: { question: Question }): ReactElement {
  const send = useAct('listKnowledgeQuestions', 'listKnowledgeTickets', 'homeCounts')
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge-q:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const [doing, setDoing] = useState<'answer' | 'refuse' | 'route' | null>(null)
  const ref = { id: q.id, version: q.version }
  return (
    <>
      <Section title={q.title} extra={<Tag tone={q.overdue ? 'over' : tones[q.state]}>{q.overdue ? t('overdue') : q.stateName}</Tag>}>
        {q.text ? <p className="ms-pre">{q.text}</p> : null}
        <Facts columns={2} items={[
          { label: t('questionUnit'), value: `${q.unitName}（${q.routedBy}）` }, { label: t('asker'), value: `${q.askedByName} ${when(q.askedAt)}` }, { label: t('due'), value: <Time iso={q.dueAt} /> }, { label: t('questionMatter'), value: q.matterName ?? '', hidden: !q.matterName },
          { label: t('fromOrder'), value: q.sourceId && q.sourceLabel ? <Link to={`/orders/${q.sourceLabel}`}>{q.sourceLabel}</Link> : '', hidden: q.source !== 'order' }, { label: t('refusal'), value: q.refusal ?? '', hidden: !q.refusal },
        ]} />
        <div style={{ marginBlockStart: 12 }}><ActBar acts={q.acts} main="answer" known={{ answer: { run: () => setDoing('answer') }, refuse: { run: () => setDoing('refuse') }, route: { run: () => setDoing('route') } }} /></div>
      </Section>
      {q.answer ? <Section title={t('answer')} extra={<span className="ms-hint">{q.answeredByName} {q.answeredAt ? when(q.answeredAt) : ''}</span>}><p className="ms-pre">{q.answer}</p>{q.itemId ? <Link to={`/knowledge/items/${q.itemId}`}>{t('madeDraft')}</Link> : null}</Section> : null}
      {doing === 'answer' ? <ActDrawer open onClose={() => setDoing(null)} title={t('answer')} sub={q.title} submitLabel={t('answer')} initial={{ toItem: true }} loaders={{ ...orderLoaders, matter: directories }} draftKey={`knowledge-answer:${q.id}`}
        schema={{ type: 'object', required: ['answer'], properties: { answer: { type: 'string', format: 'textarea', title: t('answer'), maxLength: 10_000 }, toItem: { type: 'boolean', title: t('toItem') }, directoryId: { type: 'string', format: 'matter', title: t('directory'), 'x-visibleIf': { field: 'toItem', equals: true } } } }}
        submit={async (values) => { const done = await send('answerKnowledgeQuestion', { ...ref, ...values }); say(done.ticketId ? t('answeredDraft') : t('done')) }} /> : null}
      {doing === 'refuse' ? <ActDrawer open onClose={() => setDoing(null)} title={t('notOurs')} sub={q.title} submitLabel={t('notOurs')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 500 } } }} submit={async (values) => { await send('refuseKnowledgeQuestion', { ...ref, ...values }); say(t('done')) }} /> : null}
      {doing === 'route' ? <ActDrawer open onClose={() => setDoing(null)} title={t('route')} sub={q.title} submitLabel={t('route')} loaders={orderLoaders} schema={{ type: 'object', required: ['unitId'], properties: { unitId: { type: 'string', format: 'unit', title: t('questionUnit') } } }} submit={async (values) => { await send('routeKnowledgeQuestion', { ...ref, ...values }); say(t('done')) }} /> : null}
    </>
  )
}
