// The template editor: five sections of blocks on the left, the report they make on the right; a draft until published.
import { AutoComplete, Button, Dropdown, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { call, type OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Loading, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { useAct } from '../../ui/use-act.ts'
import { unitLoader } from '../orders/pickers.ts'
import { ConditionsOf } from '../analytics/PanelForm.tsx'
import { BlockForm, firstOf, nameOf, type TemplateBlock } from './BlockForm.tsx'
import { lastPeriod, runningPeriod } from './cycles.ts'
import { Paper, PreviewPicture } from './Paper.tsx'
import { WordButton } from './WordButton.tsx'
import { placeholderHelp, t } from './texts.zh-CN.ts'
import './reports.css'
import '../analytics/analytics.css'

type View = OutputOf<'showReportTemplate'>
type Template = View['definition']
type SectionKey = keyof Template['sections']
type Catalogue = OutputOf<'listIndicators'>
const sectionKeys = ['header', 'lead', 'body', 'summary', 'tail'] as const
const sectionNames: Record<SectionKey, string> = { header: '报头', lead: '首段', body: '正文', summary: '总结', tail: '报尾' }
const units = unitLoader()
const kinds = ['heading', 'text', 'data', 'orders', 'scores', 'note'] as const
const empty: Template = { code: '', name: '', kind: 'periodic', category: '热线报告', cycle: 'month', sort: 200, description: '', title: '{unit}', where: [], include: [], exclude: [], sections: { header: [], lead: [], body: [], summary: [], tail: [] } }

export default function TemplatePage(): ReactElement {
  const { code = '' } = useParams()
  const [search] = useSearchParams()
  const given = (useLocation().state as { definition?: Template } | null)?.definition // set by the library's upload
  const from = code === 'new' ? search.get('copy') : code
  const held = useQueryOf('showReportTemplate', { code: from ?? '', draft: 'true' }, { enabled: from !== null, staleTime: 0 })
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 60_000 })
  if (from === null) return <QueryView query={catalogue}>{(c) => <Editor catalogue={c} held={null} start={given ?? empty} />}</QueryView>
  return <QueryView query={held}>{(data) => <QueryView query={catalogue}>{(c) => <Editor key={data.code} catalogue={c} held={code === 'new' ? null : data} start={code === 'new' ? { ...data.definition, code: '', name: `${data.name}（副本）` } : data.definition} />}</QueryView>}</QueryView>
}

function Editor({ catalogue, held, start }: { catalogue: Catalogue; held: View | null; start: Template }): ReactElement {
  const navigate = useNavigate()
  const send = useAct('showReportTemplate', 'listReportTemplates')
  const templates = useQueryOf('listReportTemplates', {})
  const categories = useQueryOf('listReportCategories', {})
  const [d, setD] = useState(start)
  const [state, setState] = useState(held)
  const [department, setDepartment] = useState(held?.departmentId ?? null)
  const [dirty, setDirty] = useState(held === null)
  const [active, setActive] = useState<[SectionKey, number] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (next: Partial<Template>): void => { setD((now) => ({ ...now, ...next })); setDirty(true) }
  const setBlocks = (key: SectionKey, blocks: TemplateBlock[]): void => set({ sections: { ...d.sections, [key]: blocks } })
  const fault = (path: string): string | undefined => problem?.fields?.find((f) => f.path === `definition.${path}` || f.path.startsWith(`definition.${path}.`))?.message
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try { await work() } catch (error) { setProblem(asProblem(error)) } finally { setBusy(false) }
  }
  const keep = (saved: View): void => { setState(saved); setDirty(false) }
  const store = async (): Promise<void> => keep(state ? await send('saveReportTemplate', { code: d.code, definition: d, departmentId: department, edit: state.edit }) : await send('createReportTemplate', { definition: d, departmentId: department }))
  const save = (): Promise<void> => run(async () => { await store(); say(t('saved')); if (!state) void navigate(`/analytics/reports/templates/${d.code}`, { replace: true }) })
  const publish = (): Promise<void> => run(async () => { if (dirty) await store(); keep(await send('publishReportTemplate', { code: d.code })); say(t('published2')); if (!held) void navigate(`/analytics/reports/templates/${d.code}`, { replace: true }) })
  const change = (act: 'withdraw' | 'restore' | 'discard' | 'delivered', title?: string, text = ''): Promise<void> => run(async () => {
    if (act === 'withdraw' && state && state.reports > 0) {
      const hit = await call('listReports', { template: d.code, limit: 10 })
      text = `${text}${t('hitReports', { names: hit.items.map((r) => r.name).join('、'), more: state.reports > hit.items.length ? t('andMore') : '' })}`
    }
    if (title && !(await confirm({ title, text, verb: title, danger: true }))) return
    const next = await send('changeReportTemplateState', { code: d.code, act })
    keep(next)
    setD(next.definition)
  })
  const move = (key: SectionKey, i: number, by: number): void => {
    const next = [...d.sections[key]]
    const [one] = next.splice(i, 1)
    if (!one) return
    next.splice(i + by, 0, one)
    setBlocks(key, next)
    setActive([key, i + by])
  }
  const field = (label: string, path: string, control: ReactElement, hint?: string): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{fault(path) ? <span className="ms-data-fault" role="alert">{fault(path)}</span> : hint ? <span className="ms-hint">{hint}</span> : null}</label>
  const dimensions = catalogue.dimensions.map((one) => ({ value: one.key, label: `${one.group} · ${one.label}` }))
  return (
    <Page title={d.name || t('newTemplate')} sub={state?.stateName} acts={
      <>
        {problem ? <span className="ms-data-fault" role="alert">{problem.title}</span> : null}
        {state?.shipped && (state.changed || state.hasDraft) ? <Button disabled={busy} onClick={() => void change('delivered', t('backToDelivered'), t('confirmDelivered'))}>{t('backToDelivered')}</Button> : null}
        {state?.hasDraft && state.version > 0 ? <Button disabled={busy} onClick={() => void change('discard')}>{t('discard')}</Button> : null}
        {state?.state === 'published' ? <Button danger disabled={busy} onClick={() => void change('withdraw', t('withdraw'), t('confirmTemplateWithdraw', { n: state.reports }))}>{t('withdraw')}</Button> : null}
        {state?.state === 'withdrawn' ? <Button disabled={busy} onClick={() => void change('restore')}>{t('restore')}</Button> : null}
        {state ? <Button href={`/api/reports/templates/${d.code}/file`} download>{t('downloadWord')}</Button> : null}<WordButton label={t('replaceWord')} {...(state ? { code: d.code } : {})} onRead={(next) => set(state ? { sections: next.sections } : { ...next, code: d.code || next.code })} onFail={(error) => setProblem(asProblem(error))} />
        <Button disabled={busy || !dirty} onClick={() => void save()}>{t('save')}</Button>
        <Button type="primary" loading={busy} disabled={!dirty && !state?.hasDraft} onClick={() => void publish()}>{t('publish')}</Button>
      </>
    }>
      {state && state.warnings.length > 0 ? <div className="ms-note" data-tone="near">{t('warnings')}：{state.warnings.join('；')}</div> : null}
      <div className="ms-report-editor">
        <div>
          <Section title={t('template')}>
            <div className="ms-report-form">
              <div className="ms-data-half">{field(t('templateName'), 'name', <Input value={d.name} maxLength={40} onChange={(e) => set({ name: e.target.value })} />)}{state ? field(t('category'), 'category', <AutoComplete value={d.category} maxLength={20} options={(categories.data?.items ?? []).filter((one) => one.state === 'published').map((one) => ({ value: one.name }))} onChange={(category: string) => set({ category })} />) : field(t('code'), 'code', <Input value={d.code} maxLength={40} onChange={(e) => set({ code: e.target.value })} />, t('codeHelp'))}</div>
              {field(t('titleOf'), 'title', <Input value={d.title} maxLength={60} onChange={(e) => set({ title: e.target.value })} />, placeholderHelp.title)}
              <div className="ms-data-half">
                {field(t('kind'), 'kind', <Select value={d.kind} onChange={(kind) => set({ kind })} options={(['periodic', 'thematic'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} />)}
                {field(t('cycle'), 'cycle', <Select value={d.cycle} onChange={(cycle) => set({ cycle })} options={[['day', '每日'], ['week', '每周'], ['month', '每月'], ['quarter', '每季度'], ['halfYear', '每半年'], ['year', '每年']].map(([value, label]) => ({ value: value as Template['cycle'], label }))} />)}
              </div>
              <div className="ms-data-half">{field(t('department'), 'departmentId', <UnitPicker loader={units} placeholder={t('wholeCentre')} value={department ?? undefined} onChange={(picked) => { setDepartment(typeof picked === 'string' ? picked : null); setDirty(true) }} />)}{field(t('sort'), 'sort', <InputNumber style={{ inlineSize: '100%' }} min={0} max={9999} value={d.sort} onChange={(sort) => set({ sort: sort ?? 100 })} />)}</div>
              {state ? null : field(t('category'), 'category', <AutoComplete value={d.category} maxLength={20} options={(categories.data?.items ?? []).filter((one) => one.state === 'published').map((one) => ({ value: one.name }))} onChange={(category: string) => set({ category })} />)}
              {field(t('base'), 'base', <Select allowClear placeholder={t('none')} value={d.base} options={(templates.data?.items ?? []).filter((one) => one.code !== d.code && one.state === 'published').map((one) => ({ value: one.code, label: one.name }))} onChange={(base: string | undefined) => set({ base })} />)}
              {field(t('include'), 'include', <Select mode="tags" open={false} value={d.include} onChange={(include: string[]) => set({ include })} />)}
              {field(t('exclude'), 'exclude', <Select mode="tags" open={false} value={d.exclude} onChange={(exclude: string[]) => set({ exclude })} />)}
              <ConditionsOf value={d.where} dimensions={dimensions} onChange={(where) => set({ where })} />
            </div>
          </Section>
          {sectionKeys.map((key) => (
            <Section key={key} title={sectionNames[key]} extra={<Dropdown trigger={['click']} menu={{ items: kinds.map((kind) => ({ key: kind, label: t(`block.${kind}`) })), onClick: (e) => { setBlocks(key, [...d.sections[key], firstOf(e.key as TemplateBlock['kind'])]); setActive([key, d.sections[key].length]) } }}><Button size="small">{t('addBlock')}</Button></Dropdown>}>
              {(state?.sections.find((s) => s.key === key)?.inherited ?? 0) > 0 ? <p className="ms-hint">{t('inherited', { n: state?.sections.find((s) => s.key === key)?.inherited ?? 0 })}</p> : null}
              {d.sections[key].map((b, i) => {
                const open = active?.[0] === key && active[1] === i
                return (
                  <div key={i} className="ms-report-block" data-active={open || undefined}>{/* blocks have no identity of their own */}
                    <div className="ms-report-block-head">
                      <button type="button" className="ms-link-button ms-ellipsis" aria-expanded={open} onClick={() => setActive(open ? null : [key, i])}>{t(`block.${b.kind}`)} · {nameOf(b)}</button>
                      <Button type="text" size="small" aria-label={t('up')} disabled={i === 0} onClick={() => move(key, i, -1)}>↑</Button><Button type="text" size="small" aria-label={t('down')} disabled={i === d.sections[key].length - 1} onClick={() => move(key, i, 1)}>↓</Button><Button type="text" size="small" aria-label={t('remove')} onClick={() => { setBlocks(key, d.sections[key].filter((_, at) => at !== i)); setActive(null) }}>×</Button>
                    </div>
                    {fault(`sections.${key}.${i}`) ? <span className="ms-data-fault" role="alert">{fault(`sections.${key}.${i}`)}</span> : null}
                    {open ? <BlockForm block={b} catalogue={catalogue} onChange={(next) => setBlocks(key, d.sections[key].map((one, at) => (at === i ? next : one)))} /> : null}
                  </div>
                )
              })}
            </Section>
          ))}
        </div>
        <Preview template={d} />
      </div>
    </Page>
  )
}

/** What the template makes of the last whole period, or of the running one; asked when the editor wants it. */
function Preview({ template }: { template: Template }): ReactElement {
  const [asked, setAsked] = useState<{ template: Template; period: { from: string; to: string } } | null>(null)
  const ready = useMemo(() => (asked ? { definition: { ...asked.template, code: asked.template.code || 'preview', name: asked.template.name || t('preview') }, ...asked.period } : null), [asked])
  const preview = useQueryOf('previewReport', ready ?? { definition: template, from: '', to: '' }, { enabled: ready !== null, keepPrevious: true, staleTime: 60_000 })
  return (
    <div className="ms-report-side">
      <div className="ms-row"><strong>{t('preview')}</strong><span className="ms-grow" /><Button size="small" loading={preview.isFetching} onClick={() => setAsked({ template, period: lastPeriod(template.cycle) })}>{t('previewAsk', { period: t('lastPeriod') })}</Button><Button size="small" onClick={() => setAsked({ template, period: runningPeriod(template.cycle) })}>{t('previewAsk', { period: t('runningPeriod') })}</Button></div>
      {preview.isError ? <ProblemLine problem={preview.error} /> : preview.data ? <Paper content={preview.data.content} picture={(block) => <PreviewPicture block={block} />} /> : preview.isFetching ? <Loading lines={8} /> : null}
    </div>
  )
}
