// 常态化运营: recurring work with its cycle, owner, tool and what came of it; late work stands first (ANA-45).
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { Figure } from '../../ui/Figure.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { userLoader } from '../orders/pickers.ts'
import { o } from './operations.zh-CN.ts'

type Operation = OutputOf<'listOperations'>['items'][number]
const cycles = ['day', 'week', 'month', 'quarter', 'year'] as const
const states = ['late', 'due', 'done'] as const
const tones = { late: 'over', due: 'near', done: 'ok', off: 'plain' } as const

export default function OperationsPage(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listOperations', {})
  const [editing, setEditing] = useState<Operation | 'new' | null>(null)
  const [doing, setDoing] = useState<Operation | null>(null)
  const [reading, setReading] = useState<Operation | null>(null)
  return (
    <Page title={o('operations')} sub={o('hint')} acts={can('analytics.manage') ? <Button type="primary" onClick={() => setEditing('new')}>{o('add')}</Button> : null}>
      <QueryView query={list}>
        {({ items }) => (
          <>
            <div className="ms-row ms-wrap">{states.map((state) => <Figure key={state} label={o(state)} value={items.filter((one) => one.state === state).length} {...(state === 'late' && items.some((one) => one.state === 'late') ? { tone: 'over' as const } : {})} />)}</div>
            <Section flush title={o('work')}>
              {items.length === 0 ? <Empty kind="done" text={o('none')} /> : (
                <table className="ms-plain-table">
                  <caption className="ms-hidden">{o('operations')}</caption>
                  <thead><tr><th scope="col">{o('name')}</th><th scope="col">{o('cycle')}</th><th scope="col">{o('owner')}</th><th scope="col">{o('state')}</th><th scope="col">{o('last')}</th><th scope="col">{o('open')}</th><th scope="col" /></tr></thead>
                  <tbody>{items.map((one) => (
                    <tr key={one.id}>
                      <td>{one.name}<div className="ms-hint">{one.detail}</div></td>
                      <td className="ms-nowrap">{one.cycleName}</td>
                      <td>{one.ownerName ?? <span className="ms-hint">{o('noOwner')}</span>}</td>
                      <td className="ms-nowrap"><Tag tone={tones[one.state]}>{one.stateName}</Tag></td>
                      <td>{one.last ? <><Time iso={one.last.at} /> {one.last.byName}<div>{one.last.path ? <Link to={one.last.path}>{one.last.result}</Link> : one.last.result}</div></> : <span className="ms-hint">{o('never')}</span>}</td>
                      <td className="ms-nowrap"><Link to={one.toolPath}>{o('tool')}</Link> · <Link to={one.outputPath}>{o('output')}</Link></td>
                      <td><span className="ms-row">{one.acts.map((act) => <Button key={act.act} size="small" type={act.act === 'done' && one.state !== 'done' ? 'primary' : 'default'} onClick={() => (act.act === 'done' ? setDoing(one) : setEditing(one))}>{act.label}</Button>)}{one.last ? <Button size="small" type="text" onClick={() => setReading(one)}>{o('runs')}</Button> : null}</span></td>
                    </tr>
                  ))}</tbody>
                </table>
              )}
            </Section>
          </>
        )}
      </QueryView>
      {editing ? <EditDrawer operation={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
      {doing ? <DoneDrawer operation={doing} onClose={() => setDoing(null)} /> : null}
      {reading ? <RunsDrawer operation={reading} onClose={() => setReading(null)} /> : null}
    </Page>
  )
}

const path = { type: 'string', maxLength: 300, pattern: '^/(?!/)[^\\s\\\\]*$' } as const

function EditDrawer({ operation, onClose }: { operation: Operation | null; onClose: () => void }): ReactElement {
  const send = useAct('listOperations')
  const schema: FormSchema = {
    type: 'object', required: ['name', 'cycle', 'toolPath', 'outputPath'],
    properties: {
      name: { type: 'string', title: o('name'), maxLength: 60 }, detail: { type: 'string', format: 'textarea', title: o('detail'), maxLength: 500 },
      cycle: { type: 'string', title: o('cycle'), oneOf: cycles.map((value) => ({ const: value, title: o(`cycle.${value}`) })) }, ownerId: { type: 'string', format: 'user', title: o('owner'), description: o('ownerHelp') },
      toolPath: { ...path, title: o('toolPath'), description: o('pathHelp') }, outputPath: { ...path, title: o('outputPath'), description: o('pathHelp') }, active: { type: 'boolean', title: o('active') },
    },
  }
  const initial: FormValue = operation ? { name: operation.name, detail: operation.detail, cycle: operation.cycle, ...(operation.ownerId ? { ownerId: operation.ownerId } : {}), toolPath: operation.toolPath, outputPath: operation.outputPath, active: operation.active } : { cycle: 'month', toolPath: '/', outputPath: '/', active: true }
  return (
    <ActDrawer open onClose={onClose} title={operation ? o('edit') : o('add')} schema={schema} initial={initial} submitLabel={o('keep')} onDone={onClose} loaders={{ user: userLoader({}) }}
      submit={async (value) => { await send('saveOperation', { id: operation?.id ?? null, ...(operation ? { version: operation.version } : {}), name: value.name, detail: value.detail ?? '', cycle: value.cycle, ownerId: value.ownerId ?? null, toolPath: value.toolPath, outputPath: value.outputPath, active: value.active !== false }); say(o('saved')) }} />
  )
}

function DoneDrawer({ operation, onClose }: { operation: Operation; onClose: () => void }): ReactElement {
  const send = useAct('listOperations', 'listOperationRuns')
  const schema: FormSchema = { type: 'object', required: ['result'], properties: { result: { type: 'string', format: 'textarea', title: o('result'), maxLength: 1000 }, path: { ...path, title: o('runPath'), description: o('runPathHelp') } } }
  return <ActDrawer open onClose={onClose} title={o('doneTitle')} sub={operation.name} schema={schema} submitLabel={o('register')} onDone={onClose} draftKey={`operation:${operation.id}`} submit={async (value) => { await send('doOperation', { id: operation.id, result: value.result, ...(typeof value.path === 'string' && value.path ? { path: value.path } : {}) }); say(o('registered')) }} />
}

function RunsDrawer({ operation, onClose }: { operation: Operation; onClose: () => void }): ReactElement {
  const runs = useQueryOf('listOperationRuns', { id: operation.id })
  return (
    <Drawer open size={560} title={`${operation.name} · ${o('runs')}`} onClose={onClose}>
      <QueryView query={runs}>{({ items }) => <ul className="ms-plain-list">{items.map((run) => <li key={run.id}><Time iso={run.at} /> {run.byName}：{run.path ? <Link to={run.path}>{run.result}</Link> : run.result}</li>)}</ul>}</QueryView>
    </Drawer>
  )
}
