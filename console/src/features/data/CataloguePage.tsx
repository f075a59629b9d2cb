// The catalogue: every indicator with its definition, who uses it, its versions; changes take effect from a coming day.
import { Button, Drawer, Input, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { IndicatorForm } from './IndicatorForm.tsx'
import { ChangesDrawer } from './ChangesDrawer.tsx'
import { SumsDrawer } from './SumsDrawer.tsx'
import { t } from './texts.zh-CN.ts'
import './data.css'

export type Catalogue = OutputOf<'listIndicators'>
export type Indicator = Catalogue['items'][number]
const kinds = ['all', 'basic', 'derived', 'composite'] as const
type Kind = (typeof kinds)[number]

export default function CataloguePage(): ReactElement {
  const { can } = useSession()
  const catalogue = useQueryOf('listIndicators', {})
  const [kind, setKind] = useState<Kind>('all')
  const [text, setText] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const [sums, setSums] = useState(false)
  const [changes, setChanges] = useState(false)
  const [editing, setEditing] = useState<Indicator | 'new' | null>(null)
  const waits = (catalogue.data?.items ?? []).filter((i) => i.waiting).length
  return (
    <Page title={t('catalogue')} help="indicators" acts={can('data.manage') ? <><Button onClick={() => setChanges(true)}>{waits > 0 ? t('changesWaiting', { n: waits }) : t('changes')}</Button><Button onClick={() => setSums(true)}>{t('sums')}</Button><Button type="primary" onClick={() => setEditing('new')}>{t('create')}</Button></> : <Button onClick={() => setChanges(true)}>{t('changes')}</Button>} bar={
      <div className="ms-data-bar">
        <Segmented value={kind} onChange={(value) => setKind(value as Kind)} options={kinds.map((value) => ({ value, label: value === 'all' ? t('all') : (catalogue.data?.items.find((i) => i.kind === value)?.kindName ?? value) }))} />
        <Input.Search allowClear aria-label={t('search')} placeholder={t('search')} style={{ inlineSize: 240 }} value={text} onChange={(e) => setText(e.target.value)} />
      </div>
    }>
      <QueryView query={catalogue}>
        {(data) => {
          const shown = data.items.filter((i) => (kind === 'all' || i.kind === kind) && (text === '' || i.name.includes(text) || i.code.toLowerCase().includes(text.toLowerCase())))
          const chosen = data.items.find((i) => i.code === open)
          const n = (test: (i: Indicator) => boolean): number => data.items.filter(test).length
          return (
            <>
              <Section flush title={t('board', { all: data.items.length, basic: n((i) => i.kind === 'basic'), derived: n((i) => i.kind === 'derived'), composite: n((i) => i.kind === 'composite'), own: n((i) => !i.shipped), stopped: n((i) => i.state === 'stopped') })}>
                {shown.length === 0 ? <Empty kind="filter" /> : (
                  <table className="ms-plain-table">
                    <caption className="ms-hidden">{t('catalogue')}</caption>
                    <thead><tr>{(['name', 'code', 'kind', 'definition', 'unitLabel', 'usedBy'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                    <tbody>{shown.map((one) => (
                      <tr key={one.code}>
                        <td style={{ whiteSpace: 'nowrap' }}><Button type="link" size="small" className="ms-data-number" onClick={() => setOpen(one.code)}>{one.name}</Button> {one.state === 'stopped' ? <Tag tone="plain">{t('stopped')}</Tag> : null}{one.coming ? <Tag tone="near">{t('coming', { day: one.coming.fromDay, n: one.coming.version })}</Tag> : null}{one.waiting ? <Tag tone="near">{t('waitingReview')}</Tag> : null}</td>
                        <td style={{ whiteSpace: 'nowrap' }}><code>{one.code}</code></td><td style={{ whiteSpace: 'nowrap' }}>{one.kindName} · {one.shipped ? t('shipped') : t('own')}</td><td>{one.definition.statement}</td><td>{one.definition.unit || '–'}</td>
                        <td>{one.usedBy.length === 0 ? '–' : one.usedBy.map((u) => u.name).join('、')}</td>
                      </tr>
                    ))}</tbody>
                  </table>
                )}
              </Section>
              {chosen ? <Drawer open size={640} title={chosen.name} onClose={() => setOpen(null)}><Details indicator={chosen} onChange={can('data.manage') ? () => setEditing(chosen) : undefined} /></Drawer> : null}
              {changes ? <ChangesDrawer onClose={() => setChanges(false)} /> : null}
              {sums ? <SumsDrawer onClose={() => setSums(false)} /> : null}
              {editing ? <IndicatorForm catalogue={data} indicator={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
            </>
          )
        }}
      </QueryView>
    </Page>
  )
}

function Details({ indicator, onChange }: { indicator: Indicator; onChange: (() => void) | undefined }): ReactElement {
  const send = useAct('listIndicators', 'listIndicatorChanges')
  const stopped = indicator.state === 'stopped'
  const turn = async (): Promise<void> => {
    if (!stopped && !(await confirm({ title: t('stop'), text: t('stopConfirm', { name: indicator.name }), verb: t('stop'), danger: true }))) return
    try {
      const { waiting } = await send('stopIndicator', { code: indicator.code, state: stopped ? 'active' : 'stopped' })
      say(t(waiting ? 'sentForReview' : 'saved'))
    } catch (error) { say(asProblem(error).message, 'over') }
  }
  const d = indicator.definition
  return (
    <>
      <Facts columns={1} items={[
        { label: t('code'), value: <code>{indicator.code}</code> }, { label: t('kind'), value: `${indicator.kindName} · ${indicator.shipped ? t('shipped') : t('own')}` }, { label: t('definition'), value: d.statement },
        { label: t('formula'), value: d.kind === 'basic' ? null : <code>{d.formula}</code>, hidden: d.kind === 'basic' }, { label: t('usedByIndicators'), value: indicator.usedBy.map((u) => u.name).join('、') || '–' }, { label: t('owner'), value: indicator.owner || '–' },
      ]} />
      <div className="ms-row" style={{ marginBlock: 12 }}>
        <Link to={`/analytics/figures?by=-&indicators=${indicator.code}`}>{t('tryIt')}</Link>
        {onChange ? <Button onClick={onChange}>{t('change')}</Button> : null}
        {onChange ? <Button danger={!stopped} onClick={() => void turn()}>{stopped ? t('start') : t('stop')}</Button> : null}
      </div>
      <h3>{t('versions')}</h3>
      <table className="ms-plain-table">
        <caption className="ms-hidden">{t('versions')}</caption>
        <tbody>{indicator.versions.map((v) => (
          <tr key={v.version}><td style={{ whiteSpace: 'nowrap' }}>{t('version', { n: v.version })}</td><td style={{ whiteSpace: 'nowrap' }}>{v.fromDay ? t('since', { day: v.fromDay }) : t('always')}</td><td>{v.definition.statement}{v.definition.kind === 'basic' ? null : <> <code>{v.definition.formula}</code></>}{v.reason ? <div className="ms-hint">{v.reason}</div> : null}</td><td>{v.byName ?? t('shipped')} {v.at ? <Time iso={v.at} /> : null}</td></tr>
        ))}</tbody>
      </table>
      {onChange ? <Places code={indicator.code} /> : null}
    </>
  )
}

/** Boards, templates and interfaces that name it: what a change or a stop would touch. */
function Places({ code }: { code: string }): ReactElement {
  const places = useQueryOf('listIndicatorPlaces', { code })
  return (
    <>
      <h3>{t('places')}</h3>
      <QueryView query={places}>{({ items }) => items.length === 0 ? <p className="ms-hint">{t('placesNone')}</p> : <ul className="ms-data-places">{items.map((p) => <li key={`${p.what} ${p.path ?? ''} ${p.name}`}><span className="ms-hint">{p.what}</span> {p.path ? <Link to={p.path}>{p.name}</Link> : p.name}</li>)}</ul>}</QueryView>
    </>
  )
}
