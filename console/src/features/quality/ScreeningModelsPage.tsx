// 筛查模型: indicators, models that choose some of them, scoring models that weigh them.
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { s } from './screening.zh-CN.ts'

type Parts = OutputOf<'listQualityScreening'>
type Kind = 'indicator' | 'screening' | 'scoring'
type Part = { id: string; name: string; state: 'active' | 'stopped'; shipped: boolean; version: number }
type Editing = { kind: Kind; part: Part | null }
const failed = (error: unknown) => say(asProblem(error).message, 'over')
const weightKey = (id: string): string => `w_${id.replaceAll('-', '')}`

export default function ScreeningModelsPage(): ReactElement {
  const manage = useSession().can('quality.manage')
  const parts = useQueryOf('listQualityScreening', {})
  useTopic('quality.screening', ['listQualityScreening'])
  const [editing, setEditing] = useState<Editing | null>(null)
  const send = useAct('listQualityScreening')
  const remove = async (part: Part) => {
    if (await confirm({ title: s('removeTitle', { name: part.name }), text: s('removeText'), verb: s('remove') })) await send('removeQualityScreeningPart', { id: part.id }).then(() => say(s('removed')), failed)
  }
  const acts = (kind: Kind, part: Part, more?: ReactNode): ReactNode => (manage ? <span className="ms-row ms-quality-acts">{more}<Button size="small" onClick={() => setEditing({ kind, part })}>{s('edit')}</Button><Button size="small" onClick={() => void remove(part)}>{s('remove')}</Button></span> : null)
  const head = (kind: Kind): ReactNode => (manage ? <Button onClick={() => setEditing({ kind, part: null })}>{s('add')}</Button> : null)
  const nameCell = (part: Part): ReactNode => <span className="ms-row">{part.name}{part.state === 'stopped' ? <Tag tone="calm">{s('stopped')}</Tag> : null}{part.shipped ? <Tag>{s('shipped')}</Tag> : null}</span>
  return (
    <Page title={s('models')} acts={<Link to="/quality/screening">{s('toScreening')}</Link>}>
      <QueryView query={parts}>
        {(all) => (
          <>
            <Section flush title={s('screenings')} extra={head('screening')}>
              <Table caption={s('screenings')} heads={[s('name'), s('chosen'), s('scoring'), s('days'), s('lastRun'), '']} rows={all.screenings.map((one) => ({ id: one.id, cells: [nameCell(one), one.definition.indicatorIds.flatMap((id) => all.indicators.find((x) => x.id === id)?.name ?? []).join('、'), all.scorings.find((x) => x.id === one.definition.scoringId)?.name ?? '', one.definition.days, one.lastRun ? <><Time iso={one.lastRun.startedAt} /> {one.lastRun.endedAt ? s('examined', { n: one.lastRun.examined }) : '…'}</> : s('never'), acts('screening', one, <Button size="small" type="primary" disabled={one.state !== 'active'} onClick={() => void send('runQualityScreening', { id: one.id }).then(() => say(s('running')), failed)}>{s('run')}</Button>)] }))} />
            </Section>
            <Section flush title={s('scorings')} extra={head('scoring')}>
              <Table caption={s('scorings')} heads={[s('name'), s('weights'), s('lines'), '']} rows={all.scorings.map((one) => ({ id: one.id, cells: [nameCell(one), all.indicators.filter((x) => (one.definition.weights[x.id] ?? 0) > 0).map((x) => `${x.name} ${one.definition.weights[x.id]}`).join('、'), <span key="lines" className="ms-quality-acts">≥ {one.definition.high} / &lt; {one.definition.low}</span>, acts('scoring', one)] }))} />
            </Section>
            <Section flush title={s('indicators')} extra={head('indicator')}>
              <Table caption={s('indicators')} heads={[s('name'), s('kind'), s('atLeast'), s('words'), '']} rows={all.indicators.map((one) => ({ id: one.id, cells: [nameCell(one), one.kindName, one.definition.atLeast, one.definition.words.join('、'), acts('indicator', one)] }))} />
            </Section>
            {editing ? <PartDrawer all={all} {...editing} onClose={() => setEditing(null)} /> : null}
          </>
        )}
      </QueryView>
    </Page>
  )
}

function Table({ caption, heads, rows }: { caption: string; heads: string[]; rows: { id: string; cells: ReactNode[] }[] }): ReactElement {
  return (
    <table className="ms-plain-table">
      <caption className="ms-hidden">{caption}</caption>
      <thead><tr>{heads.map((one, i) => <th key={`${one}${i}`} scope="col">{one}</th>)}</tr></thead>
      <tbody>{rows.map((row) => <tr key={row.id}>{row.cells.map((cell, i) => <td key={heads[i] ?? i}>{cell}</td>)}</tr>)}</tbody>
    </table>
  )
}

const counted = ['returned', 'redone', 'urged', 'askedAgain', 'keyword']
const choice = (items: readonly { id: string; name: string }[]) => items.map((one) => ({ const: one.id, title: one.name }))

function schemaOf(all: Parts, kind: Kind): FormSchema {
  const name = { type: 'string' as const, title: s('name'), maxLength: 60 }
  const state = { type: 'string' as const, title: s('use'), oneOf: [{ const: 'active', title: s('active') }, { const: 'stopped', title: s('stopped') }] }
  const whole = (title: string, minimum: number, maximum: number) => ({ type: 'integer' as const, title, minimum, maximum, 'x-half': true })
  if (kind === 'indicator') return { type: 'object', required: ['name', 'kind'], properties: { name, kind: { type: 'string', title: s('kind'), 'x-buttons': false, oneOf: all.kinds.map((one) => ({ const: one.value, title: one.label })), 'x-half': true }, atLeast: { ...whole(s('atLeast'), 1, 99), 'x-visibleIf': { field: 'kind', in: counted } }, words: { type: 'string', format: 'textarea', title: s('words'), description: s('wordsHelp'), maxLength: 2000, 'x-visibleIf': { field: 'kind', in: ['keyword'] } }, state } }
  if (kind === 'screening') return { type: 'object', required: ['name', 'indicatorIds', 'scoringId', 'days'], properties: { name, indicatorIds: { type: 'array', title: s('chosen'), items: { type: 'string', oneOf: choice(all.indicators) } }, scoringId: { type: 'string', title: s('scoring'), 'x-buttons': false, oneOf: choice(all.scorings), 'x-half': true }, days: whole(s('days'), 1, 365), state } }
  return { type: 'object', required: ['name', 'high', 'low'], properties: { name, high: whole(s('high'), 0, 100), low: whole(s('low'), 0, 100), ...Object.fromEntries(all.indicators.map((one) => [weightKey(one.id), whole(`${s('weight')}：${one.name}`, 0, 100)])), state } }
}

function initialOf(all: Parts, { kind, part }: Editing): FormValue {
  const common = { name: part?.name ?? '', state: part?.state ?? 'active' }
  const held = { indicator: all.indicators.find((one) => one.id === part?.id)?.definition, screening: all.screenings.find((one) => one.id === part?.id)?.definition, scoring: all.scorings.find((one) => one.id === part?.id)?.definition }
  if (kind === 'indicator') return { ...common, kind: held.indicator?.kind ?? 'returned', atLeast: held.indicator?.atLeast ?? 1, words: (held.indicator?.words ?? []).join('\n') }
  if (kind === 'screening') return { ...common, indicatorIds: held.screening?.indicatorIds ?? [], scoringId: held.screening?.scoringId ?? all.scorings[0]?.id ?? '', days: held.screening?.days ?? 30 }
  return { ...common, high: held.scoring?.high ?? 90, low: held.scoring?.low ?? 60, ...Object.fromEntries(all.indicators.map((one) => [weightKey(one.id), held.scoring?.weights[one.id] ?? 0])) }
}

function definitionOf(all: Parts, kind: Kind, v: FormValue): object {
  if (kind === 'indicator') return { kind: v.kind, ...(counted.includes(String(v.kind)) ? { atLeast: v.atLeast ?? 1 } : {}), words: String(v.words ?? '').split('\n').map((one) => one.trim()).filter(Boolean) }
  if (kind === 'screening') return { indicatorIds: v.indicatorIds, scoringId: v.scoringId, days: v.days }
  return { high: v.high, low: v.low, weights: Object.fromEntries(all.indicators.flatMap((one) => { const weight = v[weightKey(one.id)]; return typeof weight === 'number' && weight > 0 ? [[one.id, weight]] : [] })) }
}

function PartDrawer({ all, kind, part, onClose }: Editing & { all: Parts; onClose: () => void }): ReactElement {
  const send = useAct('listQualityScreening')
  return (
    <ActDrawer open onClose={onClose} title={`${part ? s('edit') : s('add')} ${s(`${kind}s`)}`} {...(kind === 'scoring' ? { notice: s('hint') } : {})} schema={schemaOf(all, kind)} initial={initialOf(all, { kind, part })} submitLabel={s('edit')} onDone={onClose}
      submit={async (v) => { await send('saveQualityScreeningPart', { id: part?.id ?? null, version: part?.version ?? 0, part: kind, name: v.name, state: v.state, definition: definitionOf(all, kind, v) }); say(s('saved')) }} />
  )
}
