import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useParams } from 'react-router'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { say } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { when } from '../../kit/time.ts'
import '../orders/orders.css'
import { t } from './texts.zh-CN.ts'

export default function NewsItemPage(): ReactElement {
  const { id = '' } = useParams()
  const citizen = useCitizen()
  const item = useQueryOf('publicPublication', { id }, { staleTime: 60_000 })
  const keep = useCommand('keepPublication', { invalidates: ['publicPublication', 'publicPublications'] })
  if (item.isPending) return <Page title={t('title')}><Skeleton lines={6} /></Page>
  if (!item.data) return <Page title={t('title')}>{item.error.status === 404 ? <Empty kind="scope" title={t('gone')} text={t('goneText')}><LinkButton to="/news" tone="primary">{t('back')}</LinkButton></Empty> : <Trouble problem={item.error} retry={() => void item.refetch()} />}</Page>
  const { data } = item
  const toggle = () => void keep.mutateAsync({ id, on: !data.kept }).then((answer) => say(answer.kept ? t('keptDone') : t('keptGone')), () => undefined)
  const pictures = data.files.filter((f) => f.type.startsWith('image/'))
  const others = data.files.filter((f) => !f.type.startsWith('image/'))
  return (
    <Page title={data.title} intro={`${data.kindName} · ${t('at', { at: when(data.publishedAt) })}`}>
      {keep.error ? <Trouble problem={keep.error} /> : null}
      <Card>
        {data.body.split(/\n{2,}/).map((part, i) => <p key={i} className="k-pre">{part}</p>)}
        {pictures.map((f) => <img key={f.id} src={`/api/public/attachments/${f.id}`} alt={f.name} loading="lazy" />)}
        {others.length > 0 ? <ul className="k-stack" data-gap="small" aria-label={t('files')}>{others.map((f) => <li key={f.id}><a href={`/api/public/attachments/${f.id}`} target="_blank" rel="noreferrer">{f.name}</a></li>)}</ul> : null}
      </Card>
      <div className="k-line">
        <ReadAloud text={`${data.title}。${data.body}`} />
        {citizen ? <Button icon="star" aria-pressed={data.kept} busy={keep.isPending} onClick={toggle}>{data.kept ? t('unkeep') : t('keep')}</Button> : <span className="k-hint">{t('signInToKeep')}</span>}
        <LinkButton to="/news">{t('back')}</LinkButton>
      </div>
    </Page>
  )
}

/** The browser's own voice, where it has one. */
function ReadAloud({ text }: { text: string }): ReactElement | null {
  const able = 'speechSynthesis' in window
  const [reading, setReading] = useState(false)
  useEffect(() => () => { if (able) speechSynthesis.cancel() }, [able])
  if (!able) return null
  const toggle = () => {
    speechSynthesis.cancel()
    if (reading) return setReading(false)
    const words = new SpeechSynthesisUtterance(text)
    words.lang = 'zh-CN'
    words.onend = () => setReading(false)
    speechSynthesis.speak(words)
    setReading(true)
  }
  return <Button icon="sound" aria-pressed={reading} onClick={toggle}>{reading ? t('stop') : t('read')}</Button>
}
