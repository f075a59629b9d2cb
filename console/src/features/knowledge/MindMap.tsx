// One tree, three drawings: a map from left to right, cards by business class, an indented list.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Topic = OutputOf<'getKnowledgeTopic'>
type Node = Topic['tree'][number]
type Props = { tree: readonly Node[]; style: Topic['style']; chosen: string | null; choose: (id: string) => void }

export function MindMap({ tree, style, chosen, choose }: Props): ReactElement {
  const draw = (parentId: string | null): ReactElement | null => {
    const nodes = tree.filter((node) => node.parentId === parentId)
    return nodes.length === 0 ? null : <ul>{nodes.map((node) => <li key={node.id}><Label node={node} chosen={node.id === chosen} choose={choose} />{draw(node.id)}</li>)}</ul>
  }
  return <nav className="ms-mind" data-style={style} aria-label={t('topics')}>{draw(null)}</nav>
}

function Label({ node, chosen, choose }: { node: Node; chosen: boolean; choose: (id: string) => void }): ReactElement {
  return (
    <div className="ms-mind-node" data-chosen={chosen || undefined}>
      <button type="button" aria-pressed={chosen} onClick={() => choose(node.id)}>{node.name}</button>
      {node.items.length > 0 ? <ul className="ms-mind-items">{node.items.map((item) => <li key={item.id}>{item.usable ? <Link to={`/knowledge/items/${item.id}`}>{item.title}</Link> : <span className="ms-hint">{item.title} <Tag tone="near">{item.why}</Tag></span>}</li>)}</ul> : null}
    </div>
  )
}
