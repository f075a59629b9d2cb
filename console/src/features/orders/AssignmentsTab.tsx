// 处办任务: the tree of assignments by round, owed reports first, with the acts of each row and what it was told.
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { AssignmentTree } from '../../ui/AssignmentTree.tsx'
import type { AssignmentNode } from '../../ui/AssignmentTree.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Time } from '../../ui/Page.tsx'
import { t as kit } from '../../ui/texts.zh-CN.ts'
import { useAssignmentActs } from './acts/assignment-acts.tsx'
import { clockOf } from './clocks.ts'
import type { Assignment, OrderDetail } from './order-types.ts'
import { t } from './texts.zh-CN.ts'

const roleNames = ['lead', 'assist', 'parallel', 'section'] as const
const roleOf = (role: string): AssignmentNode['role'] => roleNames.find((one) => one === role) ?? 'section'

export function AssignmentsTab({ order }: { order: OrderDetail }): ReactElement {
  if (order.assignments.length === 0) return <Empty kind="done" text={t('a.none')} hint={t('a.noneHint')} />
  const rounds = [...new Set(order.assignments.map((one) => one.round))].sort((a, b) => b - a)
  const told = order.assignments.filter((one) => one.opinion || one.requirement || one.opinionHidden)
  return (
    <div className="ms-stack">
      {rounds.map((round) => (
        <div key={round}>
          {rounds.length > 1 ? <h3 className="ms-round">{t('a.earlier', { n: round })}</h3> : null}
          <AssignmentTree nodes={nodesOf(order, order.assignments.filter((one) => one.round === round), null)} cells={(node) => {
            const assignment = order.assignments.find((one) => one.id === node.id)
            return assignment ? <RowActs order={order} assignment={assignment} /> : null
          }} />
        </div>
      ))}
      {told.length > 0 ? <Told list={told} /> : null}
    </div>
  )
}

const over = new Set(['returned', 'cancelled'])

function nodesOf(order: OrderDetail, list: readonly Assignment[], parentId: string | null): AssignmentNode[] {
  // the unit above may lie outside the reader's view: its children then stand at the top
  const known = new Set(list.map((one) => one.id))
  return list.filter((one) => (parentId === null ? one.parentId === null || !known.has(one.parentId) : one.parentId === parentId)).toSorted((a, b) => Number(over.has(a.state)) - Number(over.has(b.state))).map((one) => {
    const clock = order.clocks.find((c) => c.assignmentId === one.id && c.kind === (one.state === 'pendingSign' ? 'sign' : 'handling') && c.state !== 'cancelled')
    return {
      id: one.id, unitName: one.handlerName ? `${one.unitName}·${one.handlerName}` : one.unitName, role: roleOf(one.role), state: one.state, signedBy: one.signedByName, signedAt: one.signedAt, clock: clock ? { ...clockOf(clock), name: undefined } : null, owed: one.owed,
      children: nodesOf(order, list, one.id),
    }
  })
}

/** Acts of one row; what is not possible now stands in the menu with its reason. */
function RowActs({ order, assignment }: { order: OrderDetail; assignment: Assignment }): ReactElement | null {
  const { known, drawers } = useAssignmentActs(assignment, order)
  const usable = assignment.acts.filter((act) => known[act.act])
  const first = usable.find((act) => act.enabled)
  const rest = usable.filter((act) => act !== first)
  if (usable.length === 0) return null
  return (
    <span className="ms-row ms-row-acts-cell">
      {first ? <Button size="small" onClick={() => known[first.act]?.run()}>{first.label}</Button> : null}
      {rest.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items: rest.map((act) => ({ key: act.act, label: act.enabled ? act.label : `${act.label}：${act.reason ?? ''}`, disabled: !act.enabled, onClick: () => known[act.act]?.run() })) }}>
          <button type="button" className="ms-icon-button"><Icon name="more" label={`${kit('list.rowActs')} ${assignment.unitName}`} /></button>
        </Dropdown>
      ) : null}
      {drawers}
    </span>
  )
}

function Told({ list }: { list: Assignment[] }): ReactElement {
  return (
    <div className="ms-stack">
      {list.filter((one) => one.opinion || one.requirement).map((one) => (
        <article key={one.id} className="ms-quote">
          <header className="ms-row"><strong>{one.unitName}</strong><span className="ms-hint">{one.dispatchedByName} <Time iso={one.dispatchedAt} /></span></header>
          {one.opinion ? <p className="ms-text">{t('a.opinion')}：{one.opinion}</p> : null}
          {one.requirement ? <p className="ms-text">{t('a.requirement')}：{one.requirement}</p> : null}
        </article>
      ))}
      {list.some((one) => one.opinionHidden) ? <p className="ms-hint">{t('a.hidden')}</p> : null}
    </div>
  )
}
