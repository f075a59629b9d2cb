// One answer: first the answer, then where it comes from and until when it holds; useful or not; on to an appeal.
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useParams } from 'react-router'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item } from '../../kit/Blocks.tsx'
import { say } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day } from '../../kit/time.ts'
import { device } from '../../kit/device-store.ts'
import { KnowledgeBody } from './KnowledgeBody.tsx'
import { ReportForm } from './ReportForm.tsx'
import { t } from './texts.zh-CN.ts'

export default function QuestionPage(): ReactElement {
  const { id = '' } = useParams()
  const citizen = useCitizen()
  const item = useQueryOf('openQuestion', { id }, { staleTime: 60_000 })
  const vote = useCommand('voteQuestion', { invalidates: ['openQuestion'] })
  const keep = useCommand('keepPublication', { invalidates: ['openQuestion', 'publicPublications'] })
  const [voted, setVoted] = useState<boolean | null>(null)
  if (item.isPending) return <Page title={t('title')}><Skeleton lines={6} /></Page>
  if (!item.data) return <Page title={t('title')}>{item.error.status === 404 ? <Empty kind="scope" title={t('gone')} text={t('goneText')}><LinkButton to="/k" tone="primary">{t('back')}</LinkButton></Empty> : <Trouble problem={item.error} retry={() => void item.refetch()} />}</Page>
  const { data } = item
  const cast = (useful: boolean) => void vote.mutateAsync({ id, useful, device: device() }).then(() => { setVoted(useful); say(t('voted')) }, () => undefined)
  const toggle = () => { if (data.keepId) void keep.mutateAsync({ id: data.keepId, on: !data.kept }).then((answer) => say(answer.kept ? t('keptDone') : t('keptGone')), () => undefined) }
  return (
    <Page title={data.title} intro={[data.category, data.body ? t('sourceOf', { name: data.body.source }) : t('source'), t('updated', { at: day(data.updatedAt) }), data.validUntil ? t('valid', { at: day(data.validUntil) }) : ''].filter(Boolean).join(' · ')}>
      {data.body ? <KnowledgeBody body={data.body} /> : <Card>{data.answer.split(/\n{2,}/).map((part, i) => <p key={i} className="k-pre">{part}</p>)}</Card>}
      {vote.error ? <Trouble problem={vote.error} /> : null}
      <div className="k-line" role="group" aria-label={t('vote')}>
        <Button aria-pressed={voted === true} icon="check" busy={vote.isPending} onClick={() => cast(true)}>{t('useful', { n: data.useful })}</Button>
        <Button aria-pressed={voted === false} icon="close" busy={vote.isPending} onClick={() => cast(false)}>{t('useless', { n: data.useless })}</Button>
        {citizen && data.keepId ? <Button icon="star" aria-pressed={data.kept} busy={keep.isPending} onClick={toggle}>{data.kept ? t('unkeep') : t('keep')}</Button> : null}
      </div>
      <ReportForm id={id} />
      <Card title={t('still')} tone="soft">
        <div className="p-two">
          <LinkButton to={`/submit?say=${encodeURIComponent(data.title)}${data.matter ? `&matter=${data.matter.id}` : ''}`} tone="primary" icon="write">{data.matter ? t('toMatter', { name: data.matter.name }) : t('submit')}</LinkButton>
          <LinkButton to="/chat" icon="chat">{t('ask')}</LinkButton>
        </div>
      </Card>
      {data.related.length > 0 ? <Card title={t('related')}><div className="k-list">{data.related.map((one) => <Item key={one.id} to={`/k/${encodeURIComponent(one.id)}`} title={one.title} />)}</div></Card> : null}
    </Page>
  )
}
