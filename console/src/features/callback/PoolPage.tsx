// 结案前抽访: results that are asked about before the centre closes; taken, dialled and recorded from one list (CBK-10).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { fields } from '../orders/acts/act-form.ts'
import { p } from './pool.zh-CN.ts'
import './callback.css'

type Row = OutputOf<'listCallbackPool'>['items'][number]
type Form = { kind: 'answer' | 'miss' | 'skip'; row: Row }
const tones: Record<Row['state'], Tone> = { asked: 'calm', waiting: 'near', claimed: 'primary', agreed: 'ok', returned: 'over', skipped: 'calm', cancelled: 'calm' }
const shownStates = ['waiting', 'claimed', 'agreed', 'returned', 'skipped'] as const
const questions = ['contacted', 'solved', 'satisfied'] as const
const statements = (['yes', 'no', 'notStated'] as const).map((value) => ({ const: value, title: p(value) }))
const word = (value: string | null | undefined): string => (value === 'yes' || value === 'no' || value === 'notStated' ? p(value) : '–')

const schemas: Record<Form['kind'], FormSchema> = {
  answer: fields({
    ...Object.fromEntries(questions.map((question) => [question, { type: 'string', title: p(question), oneOf: statements }])),
    opinion: { type: 'string', format: 'textarea', title: p('opinion'), maxLength: 1000 },
    way: { type: 'string', title: p('way'), oneOf: [{ const: 'call', title: p('call') }, { const: 'otherWay', title: p('otherWay') }] },
    wayNote: { type: 'string', title: p('wayNote'), maxLength: 200, 'x-visibleIf': { field: 'way', equals: 'otherWay' } },
  }, [...questions, 'way']),
  miss: fields({ result: { type: 'string', title: p('missResult'), oneOf: (['noAnswer', 'busy', 'refused', 'wrongNumber', 'powerOff'] as const).map((value) => ({ const: value, title: p(value) })) } }, ['result']),
  skip: fields({ reason: { type: 'string', format: 'textarea', title: p('skipReason'), maxLength: 300 } }, ['reason']),
}
const commands = { answer: 'answerCallbackPool', miss: 'missCallbackPool', skip: 'skipCallbackPool' } as const

const answersOf = (row: Row): string => (row.said ? questions.map((question) => `${p(question)} ${word(row.said?.[question])} / ${word(row.unit?.[question])}`).join('；') : '')

const columnsOf = (open: (form: Form) => void): Column<Row>[] => [
  { key: 'number', title: p('number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: p('title'), width: 150, wide: true, render: (row) => row.title },
  { key: 'state', title: p('state'), width: 104, render: (row) => <Tag tone={tones[row.state]}>{row.stateName}</Tag> },
  { key: 'entered', title: p('entered'), width: 88, render: (row) => row.enteredName },
  { key: 'unit', title: p('unit'), width: 130, render: (row) => row.unitName },
  { key: 'phone', title: p('phone'), width: 116, render: (row) => <span className="ms-num">{row.phoneMask}</span> },
  { key: 'leave', title: p('leave'), width: 116, render: (row) => (row.leaveAt && row.finishedAt === null ? <Time iso={row.leaveAt} /> : null) },
  { key: 'attempts', title: p('attempts'), width: 56, align: 'end', render: (row) => row.attempts, hidden: true },
  { key: 'by', title: p('by'), width: 84, render: (row) => row.assigneeName ?? row.finishedByName, hidden: true },
  { key: 'differs', title: p('differs'), width: 110, render: (row) => (row.differs.length > 0 ? <span className="ms-callback-off">{row.differs.join('、')}</span> : row.leftName) },
  { key: 'act', title: '', width: 96, export: false, render: (row) => (row.acts.some((one) => one.act === 'answer' && one.enabled) ? <Button size="small" onClick={(event) => { event.stopPropagation(); open({ kind: 'answer', row }) }}>{p('answer')}</Button> : row.callId ? <Link to={`/telephony/calls/${row.callId}`}>{p('recording')}</Link> : null) },
]

export default function PoolPage(): ReactElement {
  const [search] = useSearchParams()
  const counts = useQueryOf('callbackPoolCounts', {}, { keepPrevious: true })
  const [form, setForm] = useState<Form | null>(null)
  const columns = useMemo(() => columnsOf(setForm), [])
  const send = useAct('callbackPoolCounts', 'listCallbackPool', 'list')
  useTopic('callback.queue', ['callbackPoolCounts', 'list'])
  const run = async (label: string, act: () => Promise<string>) => {
    await act().then((text) => say(text), (error: unknown) => say(p('failed', { act: label, why: asProblem(error).message }), 'over'))
  }
  const actsOf = (row: Row) => row.acts.map((one) => ({
    id: one.act, label: one.label, disabled: !one.enabled,
    run: () => {
      if (one.act === 'claim') void run(p('claim'), async () => { await send('claimCallbackPool', { id: row.id }); return p('claimed') })
      else if (one.act === 'dial') void run(p('dial'), async () => p('dialled', { phone: (await send('dialCallbackPool', { id: row.id })).shown }))
      else if (one.act === 'answer' || one.act === 'miss' || one.act === 'skip') setForm({ kind: one.act, row })
    },
  }))
  const submit = async (values: FormValue) => {
    if (!form) return
    const done = await send(commands[form.kind], { id: form.row.id, ...values })
    say(form.kind === 'answer' ? p(done.state === 'returned' ? 'returned' : 'answered') : p(form.kind === 'miss' ? 'missed' : 'skipped'))
    setForm(null)
  }
  const filters: Filter[] = [{ key: 'state', label: p('state'), kind: 'multi', options: (counts.data?.states ?? []).map((one) => ({ value: one.state, label: one.name })) }, { key: 'mine', label: p('mine'), kind: 'boolean' }, { key: 'number', label: p('number'), kind: 'text' }]
  return (
    <Page title={p('pool')}>
      <QueryView query={counts}>
        {(data) => (
          <>
            <div className="ms-callback-board">{shownStates.map((state) => { const one = data.states.find((found) => found.state === state); return <Figure key={state} label={one?.name ?? ''} value={one?.count ?? 0} to={`?state=${state}`} tone={state === 'returned' && (one?.count ?? 0) > 0 ? 'over' : undefined} /> })}</div>
            <div className="ms-note" data-tone="info">{p('hint', { day: data.skipDay, stay: data.maxStay })}{data.share > 0 ? p('share', { n: data.share }) : ''}</div>
          </>
        )}
      </QueryView>
      <ListPage<Row> embedded noSearch page="callbackPool" title={p('pool')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} preview={(row) => <Preview row={row} />} rowActs={actsOf} empty={{ text: p('none'), hint: p('noneHint') }}
        load={(query: ListQuery, signal) => request<ListResult<Row>>('GET', '/api/callback/pool', { ...(search.get('state') ? {} : { state: 'waiting,claimed' }), ...query }, { signal })} />
      <ActDrawer open={form !== null} onClose={() => setForm(null)} title={form ? p(form.kind) : ''} sub={form ? `${form.row.number} ${form.row.title}` : ''} schema={schemas[form?.kind ?? 'answer']} initial={form?.kind === 'answer' ? { way: 'call' } : {}} submitLabel={form ? p(form.kind) : ''} draftKey={form ? `callback-pool:${form.row.id}:${form.kind}` : undefined} submit={submit} />
    </Page>
  )
}

function Preview({ row }: { row: Row }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><bdi className="ms-code">{row.number}</bdi><Tag tone={tones[row.state]}>{row.stateName}</Tag></div>
      <strong>{row.title}</strong>
      <Facts items={[
        { label: p('requester'), value: row.requesterName }, { label: p('phone'), value: row.phoneMask }, { label: p('unit'), value: row.unitName }, { label: p('askReason'), value: row.askReason }, { label: p('reply'), value: row.reply },
        { label: p('answers'), value: row.said ? answersOf(row) : row.unit === null ? p('hidden') : null }, { label: p('opinion'), value: row.opinion }, { label: p('left'), value: row.leftName }, { label: p('enteredAt'), value: <Time iso={row.enteredAt} /> }, { label: p('finishedAt'), value: row.finishedAt ? <Time iso={row.finishedAt} /> : null },
      ]} />
    </div>
  )
}
