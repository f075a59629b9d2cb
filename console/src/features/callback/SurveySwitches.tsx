// 通话后评价开关: after which agents callers are asked for a rating.
import { Drawer, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { r } from './rating.zh-CN.ts'

type Row = OutputOf<'listSurveySwitches'>['items'][number]

export function SurveySwitches({ onClose }: { onClose: () => void }): ReactElement {
  const may = useSession().can('callback.assign')
  const list = useQueryOf('listSurveySwitches', {})
  const [offing, setOffing] = useState<Row | null>(null)
  const send = useAct('listSurveySwitches')
  const turnOn = (row: Row) => void send('setSurveySwitch', { id: row.agentId, on: true }).then(() => say(r('switchedOn', { name: row.agentName })), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <Drawer open size={640} title={r('switches')} onClose={onClose}>
      <p className="ms-hint">{r('switchesHelp')}</p>
      <QueryView query={list}>
        {({ items }) => (items.length === 0 ? <Empty kind="done" text={r('noAgents')} /> : (
          <table className="ms-plain-table">
            <caption className="ms-hidden">{r('switches')}</caption>
            <thead><tr><th scope="col">{r('agent')}</th><th scope="col">{r('offered')}</th><th scope="col">{r('offReason')}</th><th scope="col">{r('by')}</th></tr></thead>
            <tbody>{items.map((row) => <tr key={row.agentId}><td>{row.agentName}</td><td><Switch checked={row.on} disabled={!may} aria-label={`${row.agentName} ${r('offered')}`} onChange={(on) => (on ? turnOn(row) : setOffing(row))} /></td><td>{row.reason}</td><td>{row.byName ? <>{row.byName} {row.at ? <Time iso={row.at} /> : null}</> : null}</td></tr>)}</tbody>
          </table>
        ))}
      </QueryView>
      {offing ? <ActDrawer open onClose={() => setOffing(null)} title={r('switchOff')} sub={offing.agentName} submitLabel={r('switchOff')} schema={{ type: 'object', properties: { reason: { type: 'string', title: r('offReason'), maxLength: 200 } } }} submit={async (v) => { await send('setSurveySwitch', { id: offing.agentId, on: false, reason: v.reason ?? '' }); say(r('switchedOff', { name: offing.agentName })) }} onDone={() => setOffing(null)} /> : null}
    </Drawer>
  )
}
