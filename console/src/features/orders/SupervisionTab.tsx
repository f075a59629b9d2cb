// 督办: cards with the first act after each, urges with their answers.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Card, Tag } from '../../ui/Tags.tsx'
import { fields, filesField } from './acts/act-form.ts'
import { fileIds, words } from './acts/form-values.ts'
import { t as acts } from './acts/texts.zh-CN.ts'
import { useRefreshOrders } from './order-data.ts'
import type { OrderDetail } from './order-types.ts'
import { t } from './texts.zh-CN.ts'

export const useUrges = (order: OrderDetail | undefined) => useQueryOf('orderUrges', { id: order?.id ?? '' }, { enabled: order?.own === true && order.urgeCount > 0, staleTime: 60_000 })
export const useCards = (order: OrderDetail | undefined) => useQueryOf('orderCards', { id: order?.id ?? '' }, { enabled: order?.own === true, staleTime: 60_000 })
export type Urge = OutputOf<'orderUrges'>['items'][number]

export function SupervisionTab({ order }: { order: OrderDetail }): ReactElement {
  const urges = useUrges(order)
  const cards = useCards(order)
  return (
    <div className="ms-stack">
      <h3 className="ms-round">{t('s.cards')}</h3>
      {order.own ? (
        <QueryView query={cards} lines={2}>
          {(data) => (
            <ul className="ms-plain-list">
              {data.cards.length === 0 ? <li className="ms-hint">{t('s.noCards')}</li> : null}
              {data.cards.map((card) => <li key={card.id} className="ms-row"><Card kind={card.colour} voided={card.state === 'void'} label={card.clockName} /><Time iso={card.issuedAt} /><span>{card.unitName}</span><span className="ms-hint">{card.reaction ? t('s.reaction', { act: card.reaction.actName, by: card.reaction.actorName }) : t('s.noReaction')}</span></li>)}
              {data.risks.stays.filter((stay) => stay.over).map((stay) => <li key={stay.unitId}><Tag tone="over">{t('s.stay', { unit: stay.unitName, n: Math.floor(stay.hours) })}</Tag></li>)}
            </ul>
          )}
        </QueryView>
      ) : null}
      <h3 className="ms-round">{t('s.urges')}</h3>
      {order.own && order.urgeCount > 0 ? (
        <QueryView query={urges} lines={2}>
          {(data) => (
            <>
              {data.items.map((urge) => <UrgeCard key={urge.id} urge={urge} />)}
              {data.upperNotices.map((notice) => <article key={notice.id} className="ms-quote"><header className="ms-row"><strong>{t('s.upper', { number: notice.upperNumber })}</strong><span className="ms-hint">{notice.createdByName} <Time iso={notice.receivedAt} /></span></header><p className="ms-text">{notice.content}</p></article>)}
            </>
          )}
        </QueryView>
      ) : <p className="ms-hint">{t('s.noUrges')}</p>}
    </div>
  )
}

function UrgeCard({ urge }: { urge: Urge }): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    <article className="ms-quote">
      <header className="ms-row"><strong>{t('n.urgeNth', { n: urge.nth })}</strong><Tag>{urge.sourceName}</Tag><span className="ms-grow" /><span className="ms-hint">{urge.createdByName} <Time iso={urge.createdAt} /></span></header>
      <p className="ms-text">{urge.content}</p>
      {urge.files.length > 0 ? <Attachments readOnly value={urge.files} /> : null}
      {urge.answer ? <p className="ms-text"><span className="ms-hint">{urge.answeredUnitName}·{urge.answeredByName} <Time iso={urge.answeredAt} /></span> {urge.answer}</p> : <div className="ms-row"><Tag tone="near">{t('s.notAnswered')}</Tag>{urge.mayAnswer ? <Button size="small" type="primary" onClick={() => setOpen(true)}>{t('s.answer')}</Button> : null}</div>}
      {open ? <AnswerUrge urge={urge} onClose={() => setOpen(false)} /> : null}
    </article>
  )
}

/** The unit's answer to an urge; also for the unit's workbench. */
export function AnswerUrge({ urge, onClose }: { urge: Pick<Urge, 'id' | 'number' | 'title' | 'content'>; onClose: () => void }): ReactElement {
  const refresh = useRefreshOrders()
  return (
    <ActDrawer open onClose={onClose} title={t('urge.answerTitle')} sub={<><bdi className="ms-code">{urge.number}</bdi> {urge.title}</>} submitLabel={t('urge.answerTitle')} notice={urge.content} draftKey={`urge:${urge.id}`}
      schema={fields({ content: { type: 'string', format: 'textarea', title: t('urge.answer'), maxLength: 1000 }, fileIds: filesField() }, ['content'])}
      submit={async (v) => {
        await call('answerUrge', { id: urge.id, content: words(v, 'content'), fileIds: fileIds(v) })
        await refresh()
        say(acts('done', { act: t('urge.answerTitle'), number: urge.number }))
      }} />
  )
}
