// What the check of the stock found, both passages side by side: keep, corrected, off the shelf.
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Finding = OutputOf<'listKnowledgeFindings'>['items'][number]
const states = ['open', 'kept', 'corrected', 'retired', 'gone'] as const

export function FindingsPart(): ReactElement {
  const { can } = useSession()
  const [state, setState] = useState<(typeof states)[number]>('open')
  const found = useQueryOf('listKnowledgeFindings', { state, limit: 100 })
  const send = useAct('listKnowledgeFindings')
  const [busy, setBusy] = useState(false)
  const [deciding, setDeciding] = useState<{ finding: Finding; state: 'kept' | 'corrected' | 'retired' } | null>(null)
  const check = async () => {
    setBusy(true)
    await send('checkKnowledgeStock', {}).then((done) => say(t('checkDone', { n: done.items, m: done.found })), (error: unknown) => say(asProblem(error).message, 'over'))
    setBusy(false)
  }
  return (
    <Section title={<Segmented size="small" value={state} options={states.map((value) => ({ value, label: t(`finding.${value}`) }))} onChange={(next) => setState(next)} />} flush extra={can('knowledge.manage') ? <Button size="small" loading={busy} onClick={() => void check()}>{t('checkNow')}</Button> : null}>
      <QueryView query={found}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('noFindings')} hint={t('noFindingsHint')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('findingKind')}</th><th scope="col">{t('item')}</th><th scope="col">{t('findingOther')}</th><th scope="col">{t('downAt')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => (
            <tr key={one.id}><td style={{ inlineSize: 130 }}><Tag tone={one.kind === 'contradiction' ? 'over' : 'near'}>{one.kindName}</Tag><div className="ms-hint">{one.label}</div></td><td><Side side={one.a} /></td><td>{one.b ? <Side side={one.b} /> : null}</td><td style={{ inlineSize: 110 }}><Time iso={one.foundAt} /></td>
              <td style={{ inlineSize: 200 }}>{one.state === 'open' ? <span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>{(['kept', 'corrected', 'retired'] as const).map((next) => <button key={next} type="button" className="ms-link-button" onClick={() => setDeciding({ finding: one, state: next })}>{t(`decide.${next}`)}</button>)}</span> : <span className="ms-hint">{[one.decidedByName, one.note].filter(Boolean).join('：')}</span>}</td></tr>
          ))}</tbody></table>
      ))}</QueryView>
      {deciding ? <ActDrawer open onClose={() => setDeciding(null)} title={t(`decide.${deciding.state}`)} sub={deciding.finding.a.title} notice={t(`decideHelp.${deciding.state}`)} submitLabel={t(`decide.${deciding.state}`)} schema={{ type: 'object', required: [], properties: { note: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 500 } } }}
        submit={async (values) => { await send('decideKnowledgeFinding', { id: deciding.finding.id, state: deciding.state, note: String(values.note ?? '') }); say(t('done')) }} /> : null}
    </Section>
  )
}

const Side = ({ side }: { side: Finding['a'] }): ReactElement => <><Link to={`/knowledge/items/${side.id}`}>{side.title}</Link> <span className="ms-hint">{side.unitName}</span>{side.passage ? <div className="ms-pre">“{side.passage}”</div> : null}</>
