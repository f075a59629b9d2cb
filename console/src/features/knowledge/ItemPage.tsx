// 知识详情: the valid version, its facts, versions and trail, and what may be done with it.
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { Changes } from './Changes.tsx'
import { knowledgeQueries } from './EditPage.tsx'
import { ItemBody } from './ItemBody.tsx'
import { ItemLabels } from './ItemLabels.tsx'
import { ReaderActs } from './ReaderActs.tsx'
import { ShareDrawer } from './ShareDrawer.tsx'
import { SimilarCases } from './SimilarCases.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

type Item = OutputOf<'getKnowledgeItem'>
export const itemTones: Record<Item['state'], Tone> = { draft: 'calm', inReview: 'primary', returned: 'over', approved: 'near', scheduled: 'low', published: 'ok', suspended: 'near', expired: 'near', discarded: 'calm' }
type Asking = 'suspend' | 'emergencySuspend' | 'restore' | 'discard' | null
const askTexts = { suspend: t('suspendText'), emergencySuspend: t('emergencyText'), restore: t('restoreText'), discard: t('discardText') }

export default function ItemPage(): ReactElement {
  const { id = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const version = Number(search.get('version')) || undefined
  const item = useQueryOf('getKnowledgeItem', { id, ...(version ? { version } : {}) })
  return <QueryView query={item}>{(data) => <Shown item={data} version={version} toCurrent={() => setSearch({})} />}</QueryView>
}

function Shown({ item, version, toCurrent }: { item: Item; version: number | undefined; toCurrent: () => void }): ReactElement {
  const navigate = useNavigate()
  const send = useAct(...knowledgeQueries)
  const [tab, setTab] = useState<'text' | 'history'>('text')
  const [asking, setAsking] = useState<Asking>(null)
  const [sharing, setSharing] = useState(false)
  const { can } = useSession()
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  const modify = (fromVersion?: number) => void send('modifyKnowledgeItem', { id: item.id, ...(fromVersion ? { fromVersion } : {}) }).then((made) => navigate(`/knowledge/tickets/${made.ticketId}/edit`), failed)
  const old = version !== undefined && item.number !== null && item.version !== null && item.number !== item.version
  return (
    <Page title={item.title} state={<Tag tone={item.usable ? 'ok' : itemTones[item.state]}>{item.why ?? item.stateName}</Tag>} sub={item.code} help="knowledge" acts={item.usable && can('knowledge.publish') ? <Button onClick={() => setSharing(true)}>{t('share')}</Button> : null}
      bar={item.acts.length > 0 ? <ActBar acts={item.acts} main="modify" known={{ modify: { run: () => modify() }, confirm: { run: () => void send('confirmKnowledge', { id: item.id }).then(() => say(t('confirmedDone')), failed) }, suspend: { run: () => setAsking('suspend') }, restore: { run: () => setAsking('restore') }, emergencySuspend: { run: () => setAsking('emergencySuspend'), danger: true }, discard: { run: () => setAsking('discard'), danger: true } }} /> : null}>
      {item.why && item.state !== 'draft' && item.state !== 'inReview' ? <div className="ms-note" role="alert">{t('gone', { title: item.title, why: item.why })}{item.downReason ? `：${item.downReason}` : ''}。{t('goneHint')}{item.successor ? <> {t('successor')}：<Link to={`/knowledge/items/${item.successor.id}`}>{item.successor.title}</Link></> : null}</div> : null}
      {old ? <div className="ms-note" data-tone="info">{t('oldVersion', { n: item.number ?? 0, m: item.version ?? 0 })} <button type="button" className="ms-link-button" onClick={toCurrent}>{t('toCurrent')}</button></div> : null}
      {item.lockedUntil ? <div className="ms-note">{t('locked', { until: item.lockedUntil })}</div> : null}
      {item.ticketId ? <div className="ms-note" data-tone="info">{t('pendingChange')} <Link to={`/knowledge/tickets?box=all&ticket=${item.ticketId}`}>{t('toTicket')}</Link></div> : null}
      <div className="ms-kno-item">
        <div className="ms-stack">
          <Section title={<Segmented size="small" value={tab} options={[{ value: 'text', label: t('body') }, { value: 'history', label: t('history') }]} onChange={(next) => setTab(next === 'history' ? 'history' : 'text')} />} extra={<ReaderActs item={item} />}>
            {tab === 'history' ? <History item={item} restore={modify} /> : item.content ? <ItemBody content={item.content} fields={item.fields} files={item.files} /> : <Empty kind="scope" text={item.why ?? t('nothing')} />}
          </Section>
        </div>
        <div className="ms-stack">
          <Section title={t('facts')}><Facts items={[
            { label: t('type'), value: item.typeName }, { label: t('directory'), value: item.directoryPath.join(' / ') }, { label: t('owner'), value: item.ownerUnitName }, { label: t('audience'), value: [item.audienceName, ...item.audienceUnits.map((unit) => unit.name)].join(' · ') }, { label: t('area'), value: item.areaName ?? '', hidden: !item.areaName },
            { label: t('period'), value: item.validTo ? [item.validFrom, item.validTo].filter(Boolean).join(' 至 ').replace(/^(?=[^至]*$)/, '至 ') : item.validFrom ? `${item.validFrom} 起` : t('valid') }, { label: t('current'), value: item.number ? t('version', { n: item.number }) : '' , hidden: !item.number }, { label: t('author'), value: item.authorName ?? '', hidden: !item.authorName },
            { label: t('publisher'), value: item.publishedAt ? <>{item.publisherName} <Time iso={item.publishedAt} /></> : '', hidden: !item.publishedAt }, { label: t('confirmed'), value: item.confirmedAt ? <Time iso={item.confirmedAt} /> : '', hidden: !item.confirmedAt },
            { label: t('keywords'), value: item.content?.keywords.join('、') ?? '', hidden: !item.content?.keywords.length }, { label: t('wordings'), value: item.content?.wordings.join('；') ?? '', hidden: !item.content?.wordings.length }, { label: t('matters'), value: item.matters.map((one) => one.name).join('、'), hidden: item.matters.length === 0 }, { label: t('labels'), value: <>{item.labels.map((one) => <Tag key={one.id}>{one.name}</Tag>)}</>, hidden: item.labels.length === 0 },
            { label: t('col.reads'), value: item.reads }, { label: t('col.cites'), value: item.cites }, { label: t('col.rated'), value: `${item.useful} / ${item.useless}` },
          ]} /></Section>
          {item.usable ? <ItemLabels id={item.id} /> : null}
          {item.typeCode === 'case' && item.content && !item.why ? <SimilarCases id={item.id} /> : null}
          {item.related.length > 0 ? <Section title={t('related')}><ul className="ms-plain-list">{item.related.map((one) => <li key={one.id}><Link to={`/knowledge/items/${one.id}`}>{one.title}</Link>{one.usable ? null : <Tag tone="near">{one.stateName}</Tag>}</li>)}</ul></Section> : null}
        </div>
      </div>
      {sharing ? <ShareDrawer close={() => setSharing(false)} title={item.title} of={{ itemId: item.id }} push={item.typeCode === 'case'} /> : null}
      {asking ? <ActDrawer open onClose={() => setAsking(null)} title={t(`act.${asking}`)} sub={item.title} notice={askTexts[asking]} submitLabel={t(`act.${asking}`)} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 500 } } }}
        submit={async (values) => {
          const reason = String(values.reason)
          if (asking === 'emergencySuspend') await send('suspendKnowledgeNow', { id: item.id, reason })
          else if (asking === 'discard') await send('discardKnowledge', { id: item.id, reason })
          else await send('askKnowledgeShelf', { id: item.id, act: asking, reason })
          say(t('done'))
        }} /> : null}
    </Page>
  )
}

function History({ item, restore }: { item: Item; restore: (version: number) => void }): ReactElement {
  const history = useQueryOf('listKnowledgeVersions', { id: item.id })
  const [pair, setPair] = useState<[number, number] | null>(null)
  return (
    <QueryView query={history}>{(data) => (
      <div className="ms-stack">
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('versions')}</th><th scope="col">{t('title')}</th><th scope="col">{t('author')}</th><th scope="col">{t('publisher')}</th><th scope="col">{t('col.cites')}</th><th scope="col" /></tr></thead><tbody>{data.versions.map((one, at) => (
          <tr key={one.number}><td>{t('version', { n: one.number })}{one.number === item.version ? <Tag tone="ok">{t('current')}</Tag> : null}</td><td>{item.keeps ? <Link to={`?version=${one.number}`}>{one.title}</Link> : one.title}</td><td>{one.authorName}</td><td>{one.publisherName} {when(one.publishedAt)}</td><td>{one.cites}</td>
            <td>{item.keeps && data.versions[at + 1] ? <button type="button" className="ms-link-button" onClick={() => setPair([data.versions[at + 1]?.number ?? 1, one.number])}>{t('compareWith', { n: data.versions[at + 1]?.number ?? 1 })}</button> : null} {item.acts.some((act) => act.act === 'modify' && act.enabled) && one.number !== item.version ? <button type="button" className="ms-link-button" onClick={() => restore(one.number)}>{t('restoreVersion')}</button> : null}</td></tr>
        ))}</tbody></table>
        {pair ? <Compared id={item.id} from={pair[0]} to={pair[1]} /> : null}
        {data.trail.length > 0 ? <><h3 style={{ margin: 0, fontSize: 14 }}>{t('trail')}</h3><ul className="ms-plain-list">{data.trail.map((one) => <li key={one.id}><span className="ms-hint"><Time iso={one.at} /></span> <strong>{one.actName}</strong>{one.version ? ` ${t('version', { n: one.version })}` : ''} {one.byName}{one.unitName ? `（${one.unitName}）` : ''}{one.text ? `：${one.text}` : ''}</li>)}</ul></> : null}
      </div>
    )}</QueryView>
  )
}

function Compared({ id, from, to }: { id: string; from: number; to: number }): ReactElement {
  const compared = useQueryOf('compareKnowledgeVersions', { id, from, to })
  return <QueryView query={compared}>{(data) => <section style={{ border: '1px solid var(--ms-line)', borderRadius: 6 }}><h3 style={{ margin: '8px 16px', fontSize: 14 }}>{t('version', { n: from })} → {t('version', { n: to })}</h3><Changes {...data} /></section>}</QueryView>
}
