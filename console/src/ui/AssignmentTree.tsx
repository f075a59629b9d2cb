// Who holds what: assignments of an order as a tree with state, signature and clock; children fold by level.
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { Icon } from './icons.tsx'
import { AssignmentStateTag, ClockChip, Tag } from './Tags.tsx'
import type { Clock } from './Tags.tsx'
import { t } from './texts.zh-CN.ts'
import { when } from './time.ts'
import './timeline.css'

export type AssignmentNode = {
  id: string
  unitName: string
  role: 'lead' | 'assist' | 'parallel' | 'section'
  state: string
  signedBy?: string | null
  signedAt?: string | null
  clock?: Clock | null
  /** A report is owed although the order may already be closed. */
  owed?: boolean
  round?: number
  children?: AssignmentNode[]
}

export type AssignmentTreeProps = {
  nodes: AssignmentNode[]
  /** At most two extra cells: acts, texts (slot `order.assignment.row`). */
  cells?: (node: AssignmentNode) => ReactNode
}

type Line = { node: AssignmentNode; level: number }

export function AssignmentTree({ nodes, cells }: AssignmentTreeProps): ReactElement {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const lines = flatten(owedFirst(nodes), folded, 1)
  const toggle = (id: string) => {
    const next = new Set(folded)
    if (!next.delete(id)) next.add(id)
    setFolded(next)
  }
  return (
    <table className="ms-tree" role="treegrid">
      <thead>
        <tr>
          <th scope="col">{t('tree.unit')}</th><th scope="col">{t('tree.role')}</th><th scope="col">{t('tree.state')}</th><th scope="col">{t('tree.signed')}</th><th scope="col">{t('tree.left')}</th>
          {cells ? <th scope="col"><span className="ms-hidden">{t('more')}</span></th> : null}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ node, level }) => {
          const branch = Boolean(node.children?.length)
          return (
            <tr key={node.id} aria-level={level} aria-expanded={branch ? !folded.has(node.id) : undefined}>
              <td style={{ paddingInlineStart: 8 + (level - 1) * 20 }}>
                {branch ? (
                  <button type="button" className="ms-icon-button" style={{ minInlineSize: 24, minBlockSize: 24 }} onClick={() => toggle(node.id)}>
                    <Icon name={folded.has(node.id) ? 'chevronRight' : 'chevronDown'} size={14} label={`${folded.has(node.id) ? t('tree.unfold') : t('tree.fold')} ${node.unitName}`} />
                  </button>
                ) : <span className="ms-tree-gap" />}
                {node.unitName}
              </td>
              <td>{t(`role.${node.role}`)}{node.round && node.round > 1 ? `·第${node.round}轮` : ''}</td>
              <td><span className="ms-row"><AssignmentStateTag state={node.state} />{node.owed ? <Tag tone="near">{t('tree.owed')}</Tag> : null}</span></td>
              <td>{node.signedAt ? t('tree.signedBy', { name: node.signedBy ?? '', time: when(node.signedAt) }) : '–'}</td>
              <td>{node.clock ? <ClockChip plain clock={node.clock} /> : '–'}</td>
              {cells ? <td>{cells(node)}</td> : null}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function owedFirst(nodes: readonly AssignmentNode[]): AssignmentNode[] {
  return [...nodes].sort((a, b) => Number(b.owed ?? false) - Number(a.owed ?? false))
}

function flatten(nodes: readonly AssignmentNode[], folded: ReadonlySet<string>, level: number): Line[] {
  return nodes.flatMap((node) => [{ node, level }, ...(folded.has(node.id) ? [] : flatten(node.children ?? [], folded, level + 1))])
}
