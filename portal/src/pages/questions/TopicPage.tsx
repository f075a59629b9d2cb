// A mind map for everybody: drawn for the narrow screen as cards, a list, or an opened tree; what is down keeps its place and says so.
import type { ReactElement } from 'react'
import { Link, useParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Card, Tag } from '../../kit/Blocks.tsx'
import { LinkButton } from '../../kit/Button.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { Doc } from './KnowledgeBody.tsx'
import './questions.css'
import { t } from './texts.zh-CN.ts'

type Node = OutputOf<'publicTopic'>['tree'][number]

export default function TopicPage(): ReactElement {
  const { id = '' } = useParams()
  const topic = useQueryOf('publicTopic', { id }, { staleTime: 60_000 })
  if (topic.isPending) return <Page title={t('topics')}><Skeleton lines={6} /></Page>
  if (!topic.data) return <Page title={t('topics')}>{topic.error.status === 404 ? <Empty kind="scope" title={t('topicGone')} text={t('goneText')}><LinkButton to="/k" tone="primary">{t('back')}</LinkButton></Empty> : <Trouble problem={topic.error} retry={() => void topic.refetch()} />}</Page>
  const { data } = topic
  const top = data.tree.filter((node) => node.parentId === null)
  return (
    <Page title={data.name} intro={data.description}>
      <div className={data.style === 'cards' ? 'q-scenes' : 'k-list'}>{top.map((node) => <Card key={node.id} title={node.name}><Body node={node} />{data.style === 'map' ? <Folded tree={data.tree} parentId={node.id} /> : <Listed tree={data.tree} parentId={node.id} />}</Card>)}</div>
    </Page>
  )
}

function Body({ node }: { node: Node }): ReactElement {
  return (
    <>
      {node.description ? <p className="k-hint">{node.description}</p> : null}
      {node.attributes.length > 0 ? <dl className="q-facts">{node.attributes.map((one) => <div key={one.label}><dt>{one.label}</dt><dd>{one.value}</dd></div>)}</dl> : null}
      <Doc doc={node.body} />
      {node.files.length > 0 ? <ul>{node.files.map((file) => <li key={file.id}><a href={`/api/public/attachments/${file.id}`} target="_blank" rel="noreferrer">{file.name}</a></li>)}</ul> : null}
      {node.items.length > 0 ? <ul className="q-topic-items">{node.items.map((item) => <li key={item.id}>{item.usable ? <Link to={`/k/${encodeURIComponent(item.id)}`}>{item.title}</Link> : <span className="k-hint">{item.title} <Tag tone="near">{item.why}</Tag></span>}</li>)}</ul> : null}
    </>
  )
}

/** Closed until it is asked for, so that a large map fits a telephone. */
function Folded({ tree, parentId }: { tree: readonly Node[]; parentId: string }): ReactElement {
  return <>{tree.filter((node) => node.parentId === parentId).map((node) => <details key={node.id} className="q-topic"><summary>{node.name}</summary><div><Body node={node} /><Folded tree={tree} parentId={node.id} /></div></details>)}</>
}

function Listed({ tree, parentId }: { tree: readonly Node[]; parentId: string }): ReactElement {
  return <>{tree.filter((node) => node.parentId === parentId).map((node) => <section key={node.id}><h3>{node.name}</h3><Body node={node} /><Listed tree={tree} parentId={node.id} /></section>)}</>
}
