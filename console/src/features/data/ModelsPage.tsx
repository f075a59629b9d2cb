// 自定义查询: a model is picked or put together, its conditions answered, its rows or groups read, drawn, opened, kept and taken out (ANA-07, ANA-41).
import { Button, Drawer, Dropdown, Select, Tag } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { download } from '../../ui/download.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { say } from '../../ui/notices.ts'
import { Page } from '../../ui/Page.tsx'
import { SecretPdf } from '../../ui/SecretPdf.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { ModelControls } from './ModelControls.tsx'
import { ModelDesign } from './ModelDesign.tsx'
import { ModelResult } from './ModelResult.tsx'
import { ModelSave } from './ModelSave.tsx'
import { startOf, type Definition, type Key, type Model, type Result } from './models.ts'
import { t } from './texts.zh-CN.ts'
import './data.css'

type FileKind = 'xlsx' | 'csv' | 'pdf' | 'secret' | 'docx' | 'png' | 'jpg' | 'print'
/** A model nobody has kept yet. */
const NEW = 'new'

export default function ModelsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const id = search.get('model') ?? 'orders'
  const version = Number(search.get('version')) || undefined
  const bases = useQueryOf('listModelBases', {}, { staleTime: 600_000 })
  const list = useQueryOf('listModels', {})
  const fresh = id === NEW
  const model = useQueryOf('showModel', { id, ...(version ? { version } : {}) }, { enabled: !fresh })
  const act = useAct('listModels', 'showModel')
  const [edited, setEdited] = useState<Definition | null>(null)
  const [values, setValues] = useState<Record<string, unknown>>({})
  const [designing, setDesigning] = useState(false)
  const [saving, setSaving] = useState<'new' | 'change' | null>(null)
  const [opened, setOpened] = useState<Key[] | null>(null)
  const [locking, setLocking] = useState(false)
  const current = fresh ? undefined : model.data
  // What is new begins with the first kind of data the reader may query.
  const blank = useMemo(() => (bases.data?.items[0] ? startOf(bases.data.items[0]) : undefined), [bases.data])
  const definition = edited ?? (fresh ? blank : current?.definition)
  const base = bases.data?.items.find((b) => b.key === definition?.base)
  const run = useRun()
  const pick = (next: string, at?: number): void => { setSearch(at ? { model: next, version: String(at) } : { model: next }); setEdited(null); setValues({}); run.clear() }
  // What asks for nothing answers at once; a mandatory condition waits for the reader.
  const waits = definition?.controls.some((c) => c.enabled && !c.mayBeEmpty) ?? true
  const start = run.start
  useEffect(() => { if (definition && !waits) void start({ definition, values: {}, keys: [] }, 0) }, [definition, waits, start])
  const ask = (d: Definition, answers = values, offset = 0): void => void run.start({ definition: d, values: answers, keys: [] }, offset)
  const models = useMemo(() => {
    const of = (label: string, items: { id: string; name: string }[]) => (items.length > 0 ? [{ label, options: items.map((m) => ({ value: m.id, label: m.name })) }] : [])
    const items = list.data?.items ?? []
    return [...of(t('modelsShipped'), items.filter((m) => m.shipped)), ...of(t('modelsOwn'), items.filter((m) => m.own)), ...of(t('modelsShared'), items.filter((m) => m.shared && !m.own && !m.shipped).map((m) => ({ ...m, name: `${m.name}（${m.ownerName}）` })))]
  }, [list.data])
  const remove = async (one: Model): Promise<void> => {
    if (!(await confirm({ title: t('modelRemoveAsk', { name: one.name }), text: t('modelRemoveText'), verb: t('modelRemove'), danger: true }))) return
    try { await act('removeModel', { id: one.id }); pick('orders') } catch (error) { say(asProblem(error).message, 'over') }
  }
  const title = current?.name ?? t('models')
  const file = (format: FileKind): void => {
    if (!definition) return
    if (format === 'xlsx' || format === 'csv') void exportSheet('models', { definition, values }, [], format)
    else if (format === 'secret') setLocking(true)
    else if (format === 'print') window.print()
    else void download('/api/data/model-files', { definition, values, format: format === 'jpg' ? 'png' : format, title: title.slice(0, 40) }, `${title}.${format}`).catch((error: unknown) => say(asProblem(error).title, 'over'))
  }
  const mayExport = definition?.look !== 'list' || base?.object !== 'order' || can('orders.export')
  return (
    <Page title={t('models')} help="models" sub={current ? [current.description, current.shipped ? '' : t('modelBy', { name: current.ownerName, n: current.shownVersion })].filter(Boolean).join(' · ') : t('modelsHint')} acts={
      <>
        <Button disabled={!definition || !bases.data} onClick={() => setDesigning(true)}>{t('modelDesign')}</Button>
        <Dropdown disabled={!run.result || !mayExport} menu={{ items: (['xlsx', 'csv', 'pdf', 'secret', 'docx', ...(definition && definition.look !== 'list' && definition.groups.length > 0 ? ['png', 'jpg'] as const : []), 'print'] as const).map((key) => ({ key, label: t(`modelFile.${key}`), onClick: () => file(key) })) }}><Button title={mayExport ? undefined : t('modelNoExport')}>{t('modelExport')}</Button></Dropdown>
        {current?.mayEdit ? <Button disabled={!edited && !version} onClick={() => setSaving('change')}>{t('save')}</Button> : null}
        <Button type={edited ? 'primary' : 'default'} disabled={!definition} onClick={() => setSaving('new')}>{t('modelSaveAs')}</Button>
      </>
    } bar={
      <div className="ms-stack">
        <div className="ms-row">
          <Select aria-label={t('modelPick')} style={{ inlineSize: 300 }} showSearch optionFilterProp="label" value={current ? id : null} placeholder={t('modelPick')} loading={list.isLoading} options={models} onChange={(next) => pick(next)} />
          <Button onClick={() => { pick(NEW); setDesigning(true) }}>{t('modelNew')}</Button>
          {current && !current.shipped && current.versions.length > 0 ? <Select aria-label={t('modelVersion')} style={{ inlineSize: 230 }} value={current.shownVersion} options={current.versions.map((v) => ({ value: v.version, label: `${t('version', { n: v.version })} ${v.byName} ${when(v.at)}` }))} onChange={(n) => pick(id, n === current.version ? undefined : n)} /> : null}
          {current?.shared && !current.shipped ? <Tag>{t('modelIsShared')}</Tag> : null}
          {edited ? <Tag color="gold">{t('modelUnsaved')}</Tag> : null}
          <span className="ms-grow" />
          {current?.mayEdit ? <Button type="text" danger onClick={() => void remove(current)}>{t('modelRemove')}</Button> : null}
        </div>
        {current && current.withheld.length > 0 ? <p className="ms-hint" role="status">{t('modelWithheld', { names: current.withheld.join('、') })}</p> : null}
        {definition && base ? <ModelControls controls={definition.controls} fields={base.fields} names={definition.names} values={values} faults={run.faults} busy={run.busy} onChange={(field, value) => setValues((held) => ({ ...held, [field]: value }))} onRun={() => ask(definition)} onReset={() => { setValues({}); run.clear(); if (!waits) ask(definition, {}) }} /> : null}
      </div>
    }>
      {!fresh && model.isError ? <ProblemLine problem={model.error} onRetry={() => void model.refetch()} /> : run.problem ? <ProblemLine problem={run.problem} onRetry={() => definition && ask(definition)} /> : !definition ? <Loading lines={6} /> : run.result ? <ModelResult result={run.result} look={definition.look} groups={definition.look === 'list' ? 0 : definition.groups.length} offset={run.offset} onPage={(offset) => ask(definition, values, offset)} onOpen={(keys) => setOpened(keys)} /> : run.busy ? <Loading lines={8} /> : <Empty kind="pending" text={t('modelWaits')} hint={t('modelWaitsHint')} />}
      {locking && definition ? <SecretPdf address="/api/data/model-files" body={{ definition, values, format: 'pdf', title: title.slice(0, 40) }} name={title} onClose={() => setLocking(false)} /> : null}
      {designing && definition && bases.data ? <ModelDesign start={definition} bases={bases.data.items} onClose={() => setDesigning(false)} onApply={(next) => { setEdited(next); setDesigning(false); if (next.controls.some((c) => c.enabled && !c.mayBeEmpty)) ask(next) }} /> : null}
      {saving && definition ? <ModelSave model={saving === 'change' ? (current ?? null) : null} start={{ name: saving === 'change' ? (current?.name ?? '') : '', description: current?.description ?? '', shared: saving === 'change' ? (current?.shared ?? false) : false }} definition={definition} onClose={() => setSaving(null)} onKept={(kept) => { setSaving(null); pick(kept) }} /> : null}
      {opened && definition ? <Rows definition={definition} values={values} keys={opened} onClose={() => setOpened(null)} /> : null}
    </Page>
  )
}

/** One run at a time; what a mandatory condition says stands at its field. */
function useRun() {
  const [held, setHeld] = useState<{ result: Result | null; offset: number; problem: Problem | null; busy: boolean }>({ result: null, offset: 0, problem: null, busy: false })
  const [api] = useState(() => {
    let last = 0
    return {
      clear: (): void => { last += 1; setHeld({ result: null, offset: 0, problem: null, busy: false }) },
      start: async (ask: { definition: Definition; values: Record<string, unknown>; keys: Key[] }, offset: number): Promise<void> => {
        const mine = (last += 1)
        setHeld((before) => ({ ...before, busy: true, problem: null }))
        try {
          const result = await call('runModel', { ...ask, keys: ask.keys.map(({ field, key }) => ({ field, key })), offset, limit: 50 })
          if (mine === last) setHeld({ result, offset, problem: null, busy: false })
        } catch (error) {
          if (mine === last) setHeld({ result: null, offset: 0, problem: asProblem(error), busy: false })
        }
      },
    }
  })
  const empty = held.problem?.code === 'data.controlEmpty'
  const faults = new Map((held.problem?.fields ?? []).filter((f) => f.path.startsWith('values.')).map((f) => [f.path.slice('values.'.length), f.message]))
  return { ...held, ...api, faults, problem: empty ? null : held.problem }
}

/** The rows of one group, in the model's own columns. */
function Rows({ definition, values, keys, onClose }: { definition: Definition; values: Record<string, unknown>; keys: Key[]; onClose: () => void }): ReactElement {
  const run = useRun()
  const start = run.start
  const list: Definition = { ...definition, look: 'list', fields: definition.fields.length > 0 ? definition.fields : definition.groups }
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the drawer is made anew for each group
  useEffect(() => { void start({ definition: list, values, keys }, 0) }, [start])
  return (
    <Drawer open size={960} title={keys.map((k) => k.name ?? k.key ?? '').join(' · ') || t('total')} onClose={onClose}>
      {run.problem ? <ProblemLine problem={run.problem} /> : run.result ? <ModelResult result={run.result} look="list" groups={0} offset={run.offset} onPage={(offset) => void start({ definition: list, values, keys }, offset)} onOpen={() => undefined} /> : <Loading lines={8} />}
    </Drawer>
  )
}
