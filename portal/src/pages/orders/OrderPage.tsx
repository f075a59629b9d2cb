// One appeal: where it stands, who has it, until when, what was answered; and what one may do now.
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, PublicStateTag, Rows, Tag, Timeline, Track } from '../../kit/Blocks.tsx'
import { CopyText } from '../../kit/CopyText.tsx'
import { PullToRefresh } from '../../kit/Layers.tsx'
import { StarsShown } from '../../kit/Stars.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day, when } from '../../kit/time.ts'
import { ActSheet, type ActName } from './ActSheets.tsx'
import './orders.css'
import { SignInFirst } from './OrdersPage.tsx'
import { RateCard } from './RateCard.tsx'
import { t } from './texts.zh-CN.ts'

export type Order = OutputOf<'getOwnOrder'>
const EVERY = 60_000

export default function OrderPage(): ReactElement {
  const { number = '' } = useParams()
  const citizen = useCitizen()
  const query = useQueryOf('getOwnOrder', { number }, { enabled: Boolean(citizen), refetchEvery: EVERY })
  if (citizen === null) return <SignInFirst title={t('signFirst')} />
  if (query.data) return <PullToRefresh onRefresh={() => query.refetch()}><Shown order={query.data} /></PullToRefresh>
  if (query.error?.status === 404) return <Page title={t('title')}><Empty kind="scope" title={t('notFound')} text={t('notFoundText')}><Link to="/query">{t('byCode')}</Link></Empty></Page>
  return <Page title={t('title')}>{query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={8} />}</Page>
}

function Shown({ order: o }: { order: Order }): ReactElement {
  return (
    <Page title={o.title} name={`${o.stateName} ${o.title}`} state={<PublicStateTag state={o.state} name={o.stateName} />} wide>
      <div className="p-columns">
        <div>
          <Card title={t('progress')} extra={o.again ? <Tag tone="primary" icon="undo">{t('again')}</Tag> : null}>
            <Track label={t('progress')} steps={o.steps.map((s) => ({ key: s.state, name: s.name, state: s.current && !s.done ? 'now' : s.done ? 'done' : 'next', note: s.at ? when(s.at) : undefined }))} />
            {o.paused ? <Standing paused={o.paused} /> : null}
            <p>{o.steps.find((s) => s.current)?.text}{o.promisedAt ? <strong>{t('promisedNow', { day: day(o.promisedAt) })}</strong> : null}</p>
            <Acts order={o} />
          </Card>
          <RateCard order={o} />
          {o.reply ? (
            <Card title={t('replyTitle')} extra={o.closedAt ? <span className="k-hint">{t('replyAt', { at: when(o.closedAt) })}</span> : null}>
              <p className="o-reply">{o.reply}</p>
              {o.citations.length > 0 ? <div className="k-stack" data-gap="small"><span className="k-hint">{t('cited')}</span>{o.citations.map((one) => <Link key={one.itemId} to={`/k/${encodeURIComponent(`kno:${one.itemId}`)}`}>{one.citation}</Link>)}</div> : null}
              <Files files={o.replyFiles} />
            </Card>
          ) : null}
          <Stage order={o} />
          {o.reports.length > 0 ? <Card title={t('reports')}><Timeline items={o.reports.map((r) => ({ key: `${r.at}${r.text}`, at: r.at, title: r.unitName, children: <p className="k-pre">{r.text}</p> }))} /></Card> : null}
          {o.supplements.length > 0 ? (
            <Card title={t('supplements')}>
              <Timeline items={o.supplements.map((s) => ({ key: `${s.at}${s.content}`, at: s.at, title: s.own ? t('supplementOwn') : t('supplementStaff'), children: <><p className="k-pre">{s.content}</p><Files files={s.files} /></> }))} />
            </Card>
          ) : null}
          <Card title={t('content')}>
            <p className="k-pre">{o.content}</p>
            <Files files={o.files} />
          </Card>
        </div>
        <div>
          <Card title={t('facts')}>
            <Rows
              rows={[
                o.unitName ? { label: t('unitLabel'), value: o.unitName } : null,
                o.promisedAt ? { label: t('promisedLabel'), value: t('promisedValue', { day: day(o.promisedAt) }) } : null,
                { label: t('number'), value: <CopyText value={o.number} label={t('number')} /> },
                { label: t('code'), value: <CopyText value={o.enquiryCode} label={t('code')} /> },
                { label: t('typeLabel'), value: [o.appealTypeName, o.confidential ? t('confidential') : ''].filter(Boolean).join(' · ') },
                o.matterName ? { label: t('matter'), value: o.matterName } : null,
                o.place ? { label: t('place'), value: o.place } : null,
                { label: t('channel'), value: o.channelName },
                o.withdrawReason ? { label: t('withdrawn'), value: o.withdrawReason } : null,
              ]}
            />
          </Card>
          {o.rating ? (
            <Card title={t('ratedTitle')} extra={<span className="k-hint">{t('ratedAt', { at: when(o.rating.at) })}</span>}>
              <p><StarsShown value={o.rating.stars} /></p>
              <p>{[t(({ yes: 'solvedYes', partly: 'solvedPartly', no: 'solvedNo' } as const)[o.rating.solved]), t(o.rating.satisfied === 'yes' ? 'satisfiedYes' : 'satisfiedNo'), ...o.rating.reasons].join('，')}</p>
              {o.rating.text ? <p className="k-pre">{o.rating.text}</p> : null}
              {o.rating.reopened ? <div><Tag tone="primary" icon="undo">{t('ratedReopened')}</Tag></div> : null}
            </Card>
          ) : null}
        </div>
      </div>
    </Page>
  )
}

/** Work that stands still by permission: why, and until when at the latest. */
function Standing({ paused: p }: { paused: NonNullable<Order['paused']> }): ReactElement {
  return (
    <div className="o-paused" role="note">
      <Tag tone="near" icon="clock">{t('paused')}</Tag>
      <span>{t('pausedWhy', { reason: p.reason, since: day(p.since), until: day(p.until) })}{p.promisedAt ? t('pausedPromised', { day: day(p.promisedAt) }) : ''}</span>
    </div>
  )
}

/** A lasting demand: how it is followed; and what was noted for the requester on the way. */
function Stage({ order: o }: { order: Order }): ReactElement | null {
  if (!o.tracking && o.notes.length === 0) return null
  return (
    <Card title={t('stage')}>
      {o.tracking ? (
        <>
          <p>{t('tracking', { days: o.tracking.everyDays })}</p>
          <Rows rows={[{ label: t('trackingNext'), value: day(o.tracking.nextAt) }, { label: t('trackingPlanned'), value: day(o.tracking.plannedAt) }, { label: t('trackingReports'), value: t('trackingTimes', { n: o.tracking.reports }) }]} />
        </>
      ) : null}
      {o.notes.length > 0 ? <Timeline items={o.notes.map((n) => ({ key: `${n.at}${n.text}`, at: n.at, title: n.text, children: n.unitName ? <p className="k-hint">{n.unitName}</p> : null }))} /> : null}
    </Card>
  )
}

const labels: Record<ActName, string> = { supplement: t('actSupplement'), urge: t('actUrge'), withdraw: t('actWithdraw') }

function Acts({ order }: { order: Order }): ReactElement | null {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('act')
  const [open, setOpen] = useState<ActName | null>(null)
  const acts = order.acts.filter((a): a is typeof a & { act: ActName } => a.act !== 'rate')
  // A link may lead straight to an act (补充到已有诉求).
  const direct = acts.find((a) => a.act === asked && a.enabled)?.act
  useEffect(() => {
    if (direct) {
      setOpen(direct)
      setSearch({}, { replace: true })
    }
  }, [direct, setSearch])
  const blocked = acts.filter((a) => !a.enabled && a.reason && acts.some((b) => b.enabled))
  if (!acts.some((a) => a.enabled)) return null
  return (
    <>
      <div className="o-acts">{acts.map((a) => <Button key={a.act} tone={a.act === 'supplement' ? 'soft' : 'plain'} disabled={!a.enabled} onClick={() => setOpen(a.act)}>{labels[a.act]}</Button>)}</div>
      {blocked.map((a) => <p key={a.act} className="k-hint">{t('cannot', { act: labels[a.act], why: a.reason ?? '' })}</p>)}
      {order.urges > 0 ? <p className="k-hint">{t('urged', { n: order.urges })}</p> : null}
      <ActSheet act={open} number={order.number} onClose={() => setOpen(null)} />
    </>
  )
}

function Files({ files }: { files: Order['files'] }): ReactElement | null {
  if (files.length === 0) return null
  return (
    <ul className="o-files" aria-label={t('attachments')}>
      {files.map((f) => {
        const address = `/api/public/attachments/${f.id}`
        return <li key={f.id}><a href={address} target="_blank" rel="noreferrer">{f.type.startsWith('image/') ? <img src={address} alt={f.name} width="96" height="96" loading="lazy" /> : f.name}</a></li>
      })}
    </ul>
  )
}
