// What was sent, how many were told, and how it went outside the house.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

const tones = { inApp: 'plain', underway: 'near', success: 'ok', partial: 'near', failure: 'over' } as const

export function NoticeLogPart(): ReactElement {
  const log = useQueryOf('listKnowledgeNotices', { limit: 100 })
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Section title={t('notice.log')} flush>
      <QueryView query={log}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('notice.noLog')} hint={t('notice.noLogHint')} /> : (
        <table className="ms-plain-table"><caption className="ms-hidden">{t('notice.log')}</caption><thead><tr><th scope="col">{t('notice.sentAt')}</th><th scope="col">{t('notice.title')}</th><th scope="col">{t('item')}</th><th scope="col">{t('notice.by')}</th><th scope="col" className="ms-num">{t('notice.told')}</th><th scope="col">{t('notice.outcome')}</th></tr></thead>
          <tbody>{data.items.map((one) => (
            <tr key={one.id}><td><Time iso={one.sentAt} /></td><td>{one.title}{open === one.id ? <Deliveries id={one.id} /> : null}</td><td><Link to={`/knowledge/items/${one.itemId}`}>{one.itemTitle}</Link></td><td>{[one.queueName ?? one.templateName, one.byName].join(' · ')}</td><td className="ms-num">{one.told}{one.spared > 0 ? <div className="ms-hint">{t('notice.spared', { n: one.spared })}</div> : null}</td>
              <td><Tag tone={tones[one.outcome]}>{t(`notice.outcome.${one.outcome}`)}</Tag>{one.out > 0 ? <button type="button" className="ms-link-button" aria-expanded={open === one.id} onClick={() => setOpen(open === one.id ? null : one.id)}>{t('notice.outN', { n: one.out, failed: one.outFailed })}</button> : null}</td></tr>
          ))}</tbody></table>
      ))}</QueryView>
    </Section>
  )
}

function Deliveries({ id }: { id: string }): ReactElement {
  const list = useQueryOf('listKnowledgeNoticeDeliveries', { id })
  return <QueryView query={list}>{(data) => <ul className="ms-plain-list">{data.items.map((one) => <li key={one.id}>{one.userName} {one.address} <span className="ms-hint">{[t(`notice.delivery.${one.state as 'sent'}`), one.result, t('notice.attempts', { n: one.attempts })].filter(Boolean).join(' · ')} <Time iso={one.sentAt ?? one.createdAt} /></span></li>)}</ul>}</QueryView>
}
