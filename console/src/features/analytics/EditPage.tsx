// The board editor: definition on the left, the board as readers will see it on the right; a draft until published.
import { Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { call, type OutputOf } from '../../api/call.ts'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { ConditionsOf, PanelForm } from './PanelForm.tsx'
import { placedInOrder } from './arrange.ts'
import { BoardGrid } from './BoardGrid.tsx'
import { PlaceEditor } from './PlaceEditor.tsx'
import { usePeriod } from './board-state.ts'
import { periodNames } from './periods.ts'
import type { Board, BoardView, Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

const firstPanel: Panel = { id: 'p1', kind: 'figures', title: '概况', indicators: ['received', 'closed'], dimensions: [], where: [], width: 12 }
const empty: Board = { code: '', name: '', kind: 'theme', description: '', where: [], groups: [], period: 'month', offers: [...periodNames], filters: ['county', 'unit', 'appealType', 'channel'], refreshSeconds: 60, roles: [], layout: 'adaptive', animate: false, carouselSeconds: 10, panels: [firstPanel] }

export default function EditPage(): ReactElement {
  const { code = '' } = useParams()
  const [search] = useSearchParams()
  const from = code === 'new' ? search.get('copy') : code
  const board = useQueryOf('showBoard', { code: from ?? '', draft: 'true' }, { enabled: from !== null, staleTime: 0 })
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 60_000 })
  if (from === null) return <QueryView query={catalogue}>{(c) => <Editor catalogue={c} board={null} start={empty} />}</QueryView>
  return <QueryView query={board}>{(data) => <QueryView query={catalogue}>{(c) => <Editor key={data.code} catalogue={c} board={code === 'new' ? null : data} start={code === 'new' ? { ...data.definition, code: '', name: `${data.name}（副本）` } : data.definition} />}</QueryView>}</QueryView>
}

type Catalogue = OutputOf<'listIndicators'>

function Editor({ catalogue, board, start }: { catalogue: Catalogue; board: BoardView | null; start: Board }): ReactElement {
  const navigate = useNavigate()
  const send = useAct('showBoard', 'listBoards')
  const [d, setD] = useState(start)
  const [edit, setEdit] = useState(board?.edit ?? 0)
  const [state, setState] = useState(board)
  const [dirty, setDirty] = useState(false)
  const [active, setActive] = useState(0)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const roles = useQueryOf('listBoards', {}, { staleTime: 60_000 }).data?.roles ?? []
  const set = (next: Partial<Board>): void => { setD((held) => ({ ...held, ...next })); setDirty(true) }
  const fault = (path: string): string | undefined => problem?.fields?.find((f) => f.path === path || f.path.startsWith(`${path}.`))?.message
  const panel = d.panels[active]
  const shown = usePeriod(d.period)
  const setPanel = (next: Partial<Panel>): void => set({ panels: d.panels.map((p, i) => (i === active ? { ...p, ...next } : p)) })
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try { await work() } catch (error) { setProblem(asProblem(error)) } finally { setBusy(false) }
  }
  const keep = (saved: BoardView): void => { setState(saved); setEdit(saved.edit); setDirty(false) }
  const save = (): Promise<void> => run(async () => {
    const saved = state ? await send('saveBoard', { code: d.code, definition: d, edit }) : await send('createBoard', { definition: d })
    keep(saved)
    say(t('saved'))
    if (!state) void navigate(`/analytics/boards/${d.code}/edit`, { replace: true })
  })
  const publish = (): Promise<void> => run(async () => {
    if (dirty || !state) keep(state ? await send('saveBoard', { code: d.code, definition: d, edit }) : await send('createBoard', { definition: d }))
    await send('publishBoard', { code: d.code })
    say(t('published'))
    void navigate(`/analytics/boards/${d.code}`)
  })
  const change = (act: 'withdraw' | 'restore' | 'discard' | 'delivered', title?: string, text?: string): Promise<void> => run(async () => {
    if (title && !(await confirm({ title, text: text ?? '', verb: title, danger: act !== 'restore' }))) return
    const next = await send('changeBoardState', { code: d.code, act })
    keep(next)
    setD(next.definition)
    say(t(act === 'withdraw' ? 'withdrawn' : 'saved'))
  })
  /** Going over to places, panels without one get theirs in order; what does not fit is told and stays as it was. */
  const lay = (layout: Board['layout']): void => {
    if (layout === 'adaptive' || d.panels.every((one) => one.at)) return set({ layout })
    const panels = placedInOrder(d.panels)
    if (panels) set({ layout, panels })
    else say(t('layoutFull'), 'over')
  }
  const restore = (version: number): Promise<void> => run(async () => {
    const old = await call('showBoard', { code: d.code, version })
    set(old.definition)
    setActive(0)
    say(t('versionTaken', { n: version }))
  })
  const add = (): void => {
    const id = `p${Math.max(0, ...d.panels.map((p) => Number(p.id.replace(/\D/g, '')) || 0)) + 1}`
    set({ panels: [...d.panels, { id, kind: 'bar', title: t('untitled'), indicators: ['received'], dimensions: ['county'], where: [], width: 6, ...(d.layout === 'absolute' ? { at: { column: 1, row: 1, width: 8, height: 3 }, ...(panel?.tab === undefined ? {} : { tab: panel.tab }) } : {}) }] })
    setActive(d.panels.length)
  }
  const move = (i: number, by: number): void => {
    const next = [...d.panels]
    const [one] = next.splice(i, 1)
    if (!one) return
    next.splice(i + by, 0, one)
    set({ panels: next })
    setActive(i + by)
  }
  const field = (label: string, path: string, control: ReactElement, hint?: string): ReactElement => (
    <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{fault(`definition.${path}`) ? <span className="ms-data-fault" role="alert">{fault(`definition.${path}`)}</span> : hint ? <span className="ms-hint">{hint}</span> : null}</label>
  )
  const dimensions = catalogue.dimensions.map((one) => ({ value: one.key, label: `${one.group} · ${one.label}` }))
  const words = d.where.find((f) => f.dimension === 'words')?.values.filter((v) => v !== null) ?? []
  return (
    <Page title={d.name || t('newBoard')} sub={state ? t(`state.${state.state}`) : t('state.draft')} acts={
      <>
        {problem ? <span className="ms-data-fault" role="alert">{problem.title}</span> : null}
        {state?.shipped && (state.changed || state.hasDraft) ? <Button disabled={busy} onClick={() => void change('delivered', t('backToDelivered'), t('confirmDelivered', { name: d.name }))}>{t('backToDelivered')}</Button> : null}
        {state?.hasDraft && state.version > 0 ? <Button disabled={busy} onClick={() => void change('discard')}>{t('discard')}</Button> : null}
        {state?.state === 'published' ? <Button disabled={busy} onClick={() => void change('withdraw', t('withdraw'), t('confirmWithdraw', { name: d.name }))}>{t('withdraw')}</Button> : null}
        {state?.state === 'withdrawn' ? <Button disabled={busy} onClick={() => void change('restore')}>{t('restore')}</Button> : null}
        <Button disabled={busy || !dirty} onClick={() => void save()}>{t('save')}</Button>
        <Button type="primary" loading={busy} disabled={!dirty && !state?.hasDraft} onClick={() => void publish()}>{t('publish')}</Button>
      </>
    }>
      {state && state.warnings.length > 0 ? <div className="ms-note" data-tone="near">{t('warnings')}：{state.warnings.join('；')}</div> : null}
      <div className="ms-analytics-editor">
        <div>
          <Section title={t('board')}>
            <div className="ms-analytics-form">
              {field(t('title'), 'name', <Input value={d.name} maxLength={40} onChange={(e) => set({ name: e.target.value })} />)}
              {state ? null : field(t('code'), 'code', <Input value={d.code} maxLength={40} onChange={(e) => set({ code: e.target.value })} />, t('codeHelp'))}
              <div className="ms-data-half">
                {field(t('kind'), 'kind', <Select value={d.kind} onChange={(kind) => set({ kind })} options={(['live', 'theme', 'comparison', 'table', 'screen'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} />)}
                {field(t('period'), 'period', <Select value={d.period} onChange={(period) => set({ period })} options={periodNames.map((value) => ({ value, label: t(`period.${value}`) }))} />)}
              </div>
              {field(t('offers'), 'offers', <Select mode="multiple" maxTagCount="responsive" value={d.offers} options={periodNames.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(offers) => set({ offers: periodNames.filter((one) => offers.includes(one)) })} />)}
              {field(t('description'), 'description', <Input.TextArea autoSize value={d.description} maxLength={300} onChange={(e) => set({ description: e.target.value })} />)}
              {field(t('words'), 'where', <Select mode="tags" value={words} open={false} onChange={(values: string[]) => set({ where: [...d.where.filter((f) => f.dimension !== 'words'), ...(values.length > 0 ? [{ dimension: 'words', values }] : [])] })} />, t('wordsHelp'))}
              <ConditionsOf value={d.where} dimensions={dimensions} onChange={(where) => set({ where })} />
              {field(t('filters'), 'filters', <Select mode="multiple" value={d.filters} options={dimensions} onChange={(filters) => set({ filters: filters.slice(0, 6) })} />)}
              <div className="ms-data-half">
                {field(t('refresh'), 'refreshSeconds', <InputNumber min={5} max={3600} style={{ inlineSize: '100%' }} value={d.refreshSeconds} onChange={(n) => set({ refreshSeconds: n ?? 60 })} />)}
                {field(t('roles'), 'roles', <Select mode="multiple" optionFilterProp="label" value={d.roles} options={roles.map((one) => ({ value: one.code, label: one.name }))} onChange={(roles: string[]) => set({ roles })} />, t('rolesHelp'))}
              </div>
              <div className="ms-data-half">
                {field(t('layout'), 'layout', <Segmented value={d.layout} options={(['adaptive', 'absolute'] as const).map((value) => ({ value, label: t(`layout.${value}`) }))} onChange={lay} />, t(`layoutHelp.${d.layout}`))}
                {field(t('carouselSeconds'), 'carouselSeconds', <InputNumber min={3} max={120} style={{ inlineSize: '100%' }} value={d.carouselSeconds} onChange={(n) => set({ carouselSeconds: n ?? 10 })} />)}
              </div>
              <Checkbox checked={d.animate} onChange={(e) => set({ animate: e.target.checked })}>{t('animate')}</Checkbox>
              <fieldset className="ms-analytics-form" style={{ border: 0, padding: 0, margin: 0 }}>
                <legend className="ms-field-label">{t('problemGroups')}</legend>
                {d.groups.map((g, i) => (
                  <div key={i} className="ms-row">{/* groups have no identity of their own */}
                    <Input aria-label={t('groupName')} style={{ inlineSize: 120 }} value={g.name} onChange={(e) => set({ groups: d.groups.map((one, at) => (at === i ? { ...one, name: e.target.value } : one)) })} />
                    <Select aria-label={t('groupWords')} mode="tags" open={false} style={{ flex: 1 }} value={g.words} onChange={(list: string[]) => set({ groups: d.groups.map((one, at) => (at === i ? { ...one, words: list } : one)) })} />
                    <Button type="text" onClick={() => set({ groups: d.groups.filter((_, at) => at !== i) })}>{t('removePanel')}</Button>
                  </div>
                ))}
                {fault('definition.groups') ? <span className="ms-data-fault" role="alert">{fault('definition.groups')}</span> : null}
                <div><Button size="small" onClick={() => set({ groups: [...d.groups, { name: '', words: [] }] })}>{t('addGroup')}</Button></div>
              </fieldset>
            </div>
          </Section>
          <Section title={t('panels')} extra={<Button size="small" disabled={d.panels.length >= 30} onClick={add}>{t('addPanel')}</Button>}>
            {d.panels.map((p, i) => (
              <div key={p.id} className="ms-analytics-panel-row" data-active={i === active || undefined}>
                <button type="button" className="ms-link-button ms-ellipsis" onClick={() => setActive(i)}>{t(`panel.${p.kind}`)} · {p.title}</button>
                {fault(`definition.panels.${i}`) ? <span className="ms-data-fault" role="alert">{fault(`definition.panels.${i}`)}</span> : null}
                <Button type="text" size="small" disabled={i === 0} onClick={() => move(i, -1)}>{t('up')}</Button>
                <Button type="text" size="small" disabled={i === d.panels.length - 1} onClick={() => move(i, 1)}>{t('down')}</Button>
                <Button type="text" size="small" disabled={d.panels.length === 1} onClick={() => { set({ panels: d.panels.filter((_, at) => at !== i) }); setActive(0) }}>{t('removePanel')}</Button>
              </div>
            ))}
          </Section>
          {panel ? <Section title={`${t('panelKind')}：${panel.title}`}><PanelForm key={panel.id} panel={panel} catalogue={catalogue} fault={(path) => fault(`definition.panels.${active}.${path}`)} onChange={setPanel} /></Section> : null}
          {state && state.versions.length > 0 ? <Section title={t('versions')}><ul>{state.versions.map((v) => <li key={v.version}><span className="ms-hint">{t('versionOf', { n: v.version, by: v.byName, time: when(v.at) })}</span> <Button size="small" type="link" disabled={busy} onClick={() => void restore(v.version)}>{t('versionTake')}</Button></li>)}</ul></Section> : null}
        </div>
        <div>
          <Section title={t('preview')}>
            {d.layout === 'absolute' ? <PlaceEditor panels={d.panels} active={active} fault={(i) => fault(`definition.panels.${i}.at`)} onActive={setActive} onPlace={(i, at) => set({ panels: d.panels.map((p, n) => (n === i || (p.carousel !== undefined && p.carousel === d.panels[i]?.carousel && p.tab === d.panels[i]?.tab) ? { ...p, at } : p)) })} /> : null}
            <BoardGrid board={d} panels={d.panels} period={shown.period} picks={{ picks: [], pick: () => undefined, drop: () => undefined }} />
          </Section>
        </div>
      </div>
    </Page>
  )
}
