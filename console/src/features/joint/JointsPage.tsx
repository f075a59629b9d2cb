// 协同任务: what linked units owe and delivered, nodes, the common result; how units cooperate.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListView } from '../../ui/ListPage.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fromEpoch, now } from '../../ui/time.ts'
import { numberColumn } from '../handling/lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from '../handling/RowAct.tsx'
import type { RowForm } from '../handling/RowAct.tsx'
import { concludeForm, deliverForm, endJointForm, nodeForm, rateForm, remindForm } from './row-forms.tsx'
import type { JointRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<JointRow>('/api/joint-tasks')
const owed = (row: JointRow) => row.members.filter((one) => one.rights === 'feedback')
const stateTone = (row: JointRow) => (row.state === 'open' ? (row.late > 0 ? 'over' : 'primary') : row.state === 'concluded' ? 'ok' : 'plain')
const columns: Column<JointRow>[] = [
  numberColumn(),
  { key: 'name', title: t('col.name'), width: 240, wide: true, render: (row) => row.name, text: (row) => row.name },
  { key: 'lead', title: t('col.lead'), width: 150, render: (row) => row.leadUnitName },
  { key: 'state', title: t('col.state'), width: 88, render: (row) => <Tag tone={stateTone(row)}>{t(`state.${row.state}`)}</Tag> },
  { key: 'delivered', title: t('col.delivered'), width: 72, render: (row) => `${owed(row).filter((one) => one.deliveredAt).length}/${owed(row).length}` },
  { key: 'nodes', title: t('col.nodes'), width: 72, render: (row) => (row.nodes.length === 0 ? '–' : `${row.nodes.filter((one) => one.doneAt).length}/${row.nodes.length}`) },
  { key: 'late', title: t('col.late'), width: 72, render: (row) => (row.late > 0 ? <Tag tone="over">{row.late}</Tag> : 0) },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.openedAt} /> },
]
type RowActs = { id: string; label: string; run: () => void }[]
type Open = (row: JointRow, name: string, form: RowForm) => void

export function useJointActs() {
  const [acting, setActing] = useState<{ row: JointRow; name: string; form: RowForm } | null>(null)
  const open: Open = (row, name, form) => setActing({ row, name, form })
  const acts = (row: JointRow): RowActs => {
    const act = (name: string, label: string, form: () => RowForm) => ({ id: name, label, run: () => open(row, name, form()) })
    const owes = owed(row).some((one) => !one.deliveredAt)
    return [
      ...row.members.filter((one) => one.mayDeliver && one.mine).map((one) => act(`deliver:${one.id}`, t('deliver.title'), () => deliverForm(row, one))),
      ...(row.mayLead ? [...(owes ? [act('remind', t('remind.title'), () => remindForm(row))] : []), act('conclude', t('conclude.title'), () => concludeForm(row))] : []),
      ...(row.mayRate ? [act('rate', t('rate.title'), () => rateForm(row))] : []), ...(row.mayEnd ? [act('end', t('endJoint.title'), () => endJointForm(row))] : []),
    ]
  }
  return { acts, open, drawer: acting ? <RowAct key={acting.name} form={acting.form} draftKey={`joint:${acting.row.id}:${acting.name}`} onClose={() => setActing(null)} /> : null }
}

export default function JointsPage(): ReactElement {
  const { can } = useSession()
  const { acts, open, drawer } = useJointActs()
  const [shown, setShown] = useState(false)
  const unit = can(['orders.handle', 'orders.approve'])
  const views = useMemo((): ListView[] => [
    ...(unit ? [{ id: 'mine', name: t('view.mineJoint'), filter: { mine: ['true'] } }] : []), { id: 'open', name: t('view.open'), filter: { state: ['open'] } }, { id: 'late', name: t('view.lateJoint'), filter: { state: ['open'], late: ['true'] } }, { id: 'concluded', name: t('view.concluded'), filter: { state: ['concluded'] } }, { id: 'all', name: t('view.all'), filter: {} },
  ], [unit])
  return (
    <>
      <ListPage<JointRow> page="jointTasks" noSearch title={t('joints')} columns={columns} filters={[]} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        acts={can('orders.openJoint') ? <Button size="small" onClick={() => setShown(true)}>{t('cooperation')}</Button> : undefined} preview={(row) => <JointFacts row={row} acts={acts(row)} open={open} />} rowActs={acts} empty={{ text: t('none') }} />
      {drawer}
      <Drawer open={shown} size={720} onClose={() => setShown(false)} title={`${t('cooperation')}（${t('coop.range')}）`} destroyOnHidden>{shown ? <Cooperation /> : null}</Drawer>
    </>
  )
}

const rate = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}%`)
const day = 86_400_000

function Cooperation(): ReactElement {
  const [range] = useState(() => ({ from: fromEpoch(now() - 365 * day), to: fromEpoch(now() + day) }))
  const query = useQueryOf('jointCooperation', range)
  return (
    <QueryView query={query}>
      {({ items }) => items.length === 0 ? <Empty kind="done" text={t('coop.empty')} /> : (
        <ListTable caption={t('cooperation')} rows={items} rowKey={(row) => row.unitId ?? row.name} columns={[
          { key: 'unit', title: t('coop.unit'), width: 160, wide: true, render: (row) => row.name }, { key: 'tasks', title: t('coop.tasks'), width: 80, align: 'end', render: (row) => row.tasks }, { key: 'owed', title: t('coop.owed'), width: 72, align: 'end', render: (row) => row.owed }, { key: 'delivered', title: t('coop.delivered'), width: 72, align: 'end', render: (row) => row.delivered },
          { key: 'inTime', title: t('coop.inTime'), width: 80, align: 'end', render: (row) => rate(row.inTime, row.owed) }, { key: 'timeliness', title: t('rate.timeliness'), width: 64, align: 'end', render: (row) => row.timeliness ?? '–' }, { key: 'satisfaction', title: t('rate.satisfaction'), width: 64, align: 'end', render: (row) => row.satisfaction ?? '–' }, { key: 'communication', title: t('rate.communication'), width: 64, align: 'end', render: (row) => row.communication ?? '–' },
        ]} />
      )}
    </QueryView>
  )
}

export function JointFacts({ row, acts, open }: { row: JointRow; acts: RowActs; open: Open }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><Tag tone={stateTone(row)}>{t(`state.${row.state}`)}</Tag><strong>{row.name}</strong></div>
      <span className="ms-hint">{t('joint.openedBy', { name: row.openedByName })} <Time iso={row.openedAt} /></span>
      <p className="ms-text">{row.goal}</p>
      {acts.length > 0 ? <div className="ms-row">{acts.map((one, i) => <Button key={one.id} size="small" type={i === 0 ? 'primary' : 'default'} onClick={one.run}>{one.label}</Button>)}</div> : null}
      <Facts items={[{ label: t('col.lead'), value: row.leadUnitName }, { label: t('open.way'), value: row.way, hidden: row.way === null }]} />
      {row.members.map((one) => (
        <div key={one.id}>
          <div className="ms-row">
            <span className="ms-grow">{one.name} <span className="ms-hint">{one.duty}</span></span>
            {one.rights === 'view' ? <Tag>{t('joint.view')}</Tag> : one.deliveredAt ? <Tag tone={one.late ? 'near' : 'ok'}>{t('col.delivered')}</Tag> : <Tag tone={one.late ? 'over' : 'near'}>{one.late ? t('overdue') : t('joint.waiting')}</Tag>}
            {one.mayDeliver && !one.mine ? <Button size="small" onClick={() => open(row, `deliver:${one.id}`, deliverForm(row, one))}>{t('deliver.title')}</Button> : null}
          </div>
          {one.deliverable ? <div className="ms-text">{one.deliverable}</div> : null}
          {one.deliveredAt ? <span className="ms-hint">{one.deliveredByName} <Time iso={one.deliveredAt} /></span> : one.dueAt ? <span className="ms-hint">{t('col.due')} <Time iso={one.dueAt} /></span> : null}
        </div>
      ))}
      {row.nodes.map((one) => (
        <div key={one.n} className="ms-row">
          <Tag tone={one.missed ? 'over' : one.doneAt ? 'ok' : 'plain'}>{one.missed ? t('node.missed') : one.doneAt ? t('node.done') : String(one.n + 1)}</Tag><span className="ms-grow">{one.name} <span className="ms-hint">{one.note}</span></span><Time iso={one.doneAt ?? one.dueAt} />
          {row.mayLead && !one.doneAt ? <Button size="small" onClick={() => open(row, `node:${one.n}`, nodeForm(row, one))}>{t('node.title')}</Button> : null}
        </div>
      ))}
      {row.state === 'concluded' ? <Facts items={[{ label: t('conclude.measures'), value: row.measures }, { label: t('conclude.compensation'), value: row.compensation, hidden: row.compensation === null }, { label: t('conclude.later'), value: row.later, hidden: row.later === null }, { label: t('conclude.plain'), value: row.plain }, { label: t('col.by'), value: <>{row.endedByName} <Time iso={row.endedAt} /></> }]} /> : row.endReason ? <span className="ms-hint">{row.endReason}</span> : null}
      {row.rating ? <div className="ms-row"><Tag>{t('rate.timeliness')} {row.rating.timeliness}</Tag><Tag>{t('rate.satisfaction')} {row.rating.satisfaction}</Tag><Tag>{t('rate.communication')} {row.rating.communication}</Tag><span className="ms-hint">{row.rating.note} {t('rate.by', { name: row.rating.byName })}</span></div> : null}
    </div>
  )
}
