// The same process as a list: everything that can be drawn can be done here without a pointer.
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { Icon } from '../../ui/icons.tsx'
import { durationText } from './Duration.tsx'
import type { Chosen, Graph, GraphProblem, NodeKind } from './flow-types.ts'
import { addNode, kinds, reorder } from './graph-edit.ts'
import { t } from './texts.zh-CN.ts'

type Props = { graph: Graph; chosen?: Chosen; readOnly: boolean; problems?: GraphProblem[]; onChoose?: (chosen: Chosen) => void; onChange?: (graph: Graph, chosen?: Chosen) => void }

export function NodeList({ graph, chosen = null, readOnly, problems = [], onChoose, onChange }: Props): ReactElement {
  const nameOf = (key: string) => graph.nodes.find((node) => node.key === key)?.name ?? key
  return (
    <div className="ms-flow-list">
      <table className="ms-plain-table">
        <thead><tr><th scope="col">{t('step')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('limit')}</th><th scope="col">{t('next')}</th>{readOnly ? null : <th scope="col">{t('order')}</th>}</tr></thead>
        <tbody>
          {graph.nodes.map((node, at) => (
            <tr key={node.key} data-chosen={(chosen && 'node' in chosen && chosen.node === node.key) || undefined}>
              <td>{onChoose ? <Button type="link" size="small" onClick={() => onChoose({ node: node.key })}>{at + 1}. {node.name}</Button> : `${at + 1}. ${node.name}`}{problems.some((one) => one.path === `nodes.${node.key}`) ? <span className="ms-field-error"> ⚠</span> : null}</td>
              <td>{t(`kind_${node.kind}`)}{node.kind === 'end' ? `（${t(`result_${node.result ?? 'none'}`)}）` : ''}{node.attachedTo ? `（${nameOf(node.attachedTo)}）` : ''}</td>
              <td>{node.kind === 'timer' ? durationText(node.after) : node.kind === 'userTask' ? durationText(node.limit) : '–'}</td>
              <td>{graph.edges.filter((edge) => edge.from === node.key).map((edge, i) => <div key={i}>{t(`outcome_${edge.outcome}`)} → {nameOf(edge.to)}{edge.condition ? <span className="ms-hint">（{edge.condition}）</span> : null}</div>)}</td>
              {readOnly ? null : (
                <td>
                  <Button size="small" type="text" icon={<Icon name="arrowUp" size={14} />} aria-label={`${t('moveUp')} ${node.name}`} disabled={at === 0} onClick={() => onChange?.(reorder(graph, node.key, -1))} />
                  <Button size="small" type="text" icon={<Icon name="arrowDown" size={14} />} aria-label={`${t('moveDown')} ${node.name}`} disabled={at === graph.nodes.length - 1} onClick={() => onChange?.(reorder(graph, node.key, 1))} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {readOnly ? null : (
        <Select<NodeKind | null> size="small" style={{ inlineSize: 160, margin: 12 }} placeholder={t('palette')} aria-label={t('palette')} value={null} options={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))} onChange={(kind) => {
          if (!kind) return
          const added = addNode(graph, kind, { x: 200 + graph.nodes.length * 40, y: 420 })
          onChange?.(added.graph, { node: added.key })
        }} />
      )}
    </div>
  )
}
