// New matter, or change of one: everything on one page, kept as a draft on this machine, saved or put before a reviewer.
import { Button, Checkbox, Input } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { DateInput } from '../../../ui/DateInput.tsx'
import { Empty, ProblemLine, QueryView } from '../../../ui/Empty.tsx'
import { FormRenderer, focusField } from '../../../ui/FormRenderer.tsx'
import { errorsOf, validate } from '../../../ui/form-rules.ts'
import type { FormErrors, FormValue } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { Page, Section } from '../../../ui/Page.tsx'
import { useDraft } from '../../../ui/use-draft.ts'
import { localLoader } from '../../../ui/local-loader.ts'
import { useAct } from '../../../ui/use-act.ts'
import { unitLoader } from '../../orders/pickers.ts'
import { Locked } from '../parts/Locked.tsx'
import type { ClosingItem, Matter } from '../parts/standard.tsx'
import { StandardTag } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { ElementEditor, elementsOf } from './ElementEditor.tsx'
import { blankMatter, checkMatter, closingOf, contentOf, formOfMatter, matterSchema } from './matter-form.ts'
import { t } from './texts.zh-CN.ts'
import { useMatter } from './use-matter.ts'

const units = unitLoader()

export default function MatterEditPage(): ReactElement {
  const { code } = useParams()
  const [search] = useSearchParams()
  return code === undefined ? <Editor matter={null} directoryId={search.get('directoryId')} /> : <Existing code={code} />
}

function Existing({ code }: { code: string }): ReactElement {
  const { query, missing } = useMatter(code)
  if (missing) return <Page title={t('editMatter')}><section className="ms-section"><Empty kind="filter" text={t('notFound', { code })} /></section></Page>
  return <QueryView query={query}>{(matter) => <Editor key={matter.id} matter={matter} directoryId={null} />}</QueryView>
}

function Editor({ matter, directoryId }: { matter: Matter | null; directoryId: string | null }): ReactElement {
  const navigate = useNavigate()
  const root = useRef<HTMLDivElement>(null)
  const tree = useQueryOf('matterDirectoryTree', {})
  const types = useQueryOf('listAppealTypes', {}, { staleTime: 300_000 })
  const send = useAct(...standardQueries)
  // the form as it was opened; a refetch must not pull it away
  const [start] = useState<FormValue>(() => (matter ? formOfMatter(matter) : blankMatter(directoryId)))
  const [revision] = useState(matter?.revision ?? 0)
  const [typed, setTyped] = useState<FormValue | null>(null)
  const [reason, setReason] = useState('')
  const [effectiveOn, setEffectiveOn] = useState('')
  const [errors, setErrors] = useState<FormErrors>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState<'draft' | 'submit' | null>(null)
  const draft = useDraft({ key: `matter:${matter?.id ?? 'new'}`, value: typed })
  const restored = typeof draft.restored === 'object' && draft.restored !== null ? { ...start, ...draft.restored } : start
  const value = typed ?? restored
  const set = (next: FormValue) => { setTyped(next); setErrors((before) => Object.fromEntries(Object.entries(before).filter(([name]) => next[name] === value[name]))) }

  const locked = matter !== null && matter.version > 0
  const effective = matter?.state === 'effective'
  const schema = matterSchema(types.data?.items ?? [], locked)
  const directories = useMemo(() => {
    const items = tree.data?.items ?? []
    return localLoader(`directories:${items.length}`, items.map((one) => ({ ...one, barred: one.leaf ? null : '不是末级目录' })))
  }, [tree.data])
  const names = [...Object.keys(schema.properties), 'effectiveOn', 'duration', 'closingStandard', 'elements']

  const run = async (submit: boolean) => {
    if (busy) return
    const found = { ...validate(schema, value), ...checkMatter(value) }
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first) return focusField(root.current, first)
    setBusy(submit ? 'submit' : 'draft')
    setProblem(null)
    try {
      const content: Record<string, unknown> = { ...contentOf(value, locked), ...(submit && effectiveOn ? { effectiveOn } : {}) }
      const { changeId } = matter ? await send('editMatter', { ...content, id: matter.id, revision, submit, ...(reason.trim() ? { reason: reason.trim() } : {}) }) : await send('createMatter', { ...content, submit })
      draft.clear()
      say(changeId ? shared('submitted') : shared('saved'))
      void navigate(`/matters/items/${encodeURIComponent(matter && locked ? matter.code : String(content.code))}`)
    } catch (error) {
      const caught = asProblem(error)
      setProblem(caught)
      const { errors: fields } = errorsOf(caught, names)
      const { duration, ...rest } = fields
      setErrors({ ...rest, ...(duration ? { amount: duration } : {}) })
      const at = Object.keys(fields)[0]
      if (at) focusField(root.current, at === 'duration' ? 'amount' : at)
    } finally {
      setBusy(null)
    }
  }
  useKeys(t('editMatter'), [
    { keys: 'Ctrl S', label: shared('saveDraft'), run: () => { if (!effective) void run(false) } },
    { keys: 'Ctrl Enter', label: shared('submit'), run: () => void run(true) },
  ])
  const back = () => void navigate(matter ? `/matters/items/${encodeURIComponent(matter.code)}` : `/matters${directoryId ? `?directoryId=${directoryId}` : ''}`)
  const rest = problem ? errorsOf(problem, names).rest : []
  return (
    <Page title={matter ? `${t('editMatter')} ${matter.name}` : t('newMatter')} state={matter ? <StandardTag state={matter.state} name={matter.stateName} /> : null} sub={<span role="status">{draft.text}</span>} help="matters">
      <div ref={root} className="ms-stack">
        {effective ? <div className="ms-note" data-tone="info">{t('effect')}</div> : null}
        {draft.restored !== undefined && typed === null ? <div className="ms-hint">{draft.text} <button type="button" className="ms-link-button" onClick={() => { draft.clear(); setTyped(start) }}>{shared('cancel')}</button></div> : null}
        <div className="ms-editgrid">
          <Section>
            {locked && matter ? <div className="ms-form-line" style={{ marginBlockEnd: 12 }}><Locked label={t('code')} value={matter.code} /><Locked label={t('directory')} value={matter.directoryPath.join(' / ')} /></div> : null}
            <FormRenderer schema={schema} value={value} onChange={set} errors={errors} loaders={{ unit: units, matter: directories }} />
          </Section>
          <div className="ms-stack">
            <Section title={t('closingStandard')} extra={<span className="ms-hint">{t('closingHint')}</span>}><ClosingEditor value={closingOf(value.closingStandard)} onChange={(next) => set({ ...value, closingStandard: next })} error={errors.closingStandard} /></Section>
            <Section title={t('elements')}><ElementEditor label={t('ownElements')} value={elementsOf(value.elements)} onChange={(next) => set({ ...value, elements: next })} error={errors.elements} />
              {matter?.inheritedElements.length ? <div className="ms-hint">{t('inherited')}：{matter.inheritedElements.map((one) => one.name).join('、')}</div> : null}
            </Section>
          </div>
        </div>
        <div className="ms-footbar">
          {problem ? <ProblemLine problem={problem} /> : null}
          {rest.map((message) => <span key={message} className="ms-field-error">{message}</span>)}
          {Object.keys(errors).length ? <span className="ms-field-error">{Object.entries(errors).map(([name, message]) => <button key={name} type="button" className="ms-link-button" style={{ color: 'inherit', marginInlineEnd: 8 }} onClick={() => focusField(root.current, name)}>{message}</button>)}</span> : null}
          <span className="ms-grow" />
          {effective ? <Input style={{ inlineSize: 280 }} maxLength={1000} placeholder={`${shared('reason')}（${shared('reasonHint')}）`} aria-label={shared('reason')} value={reason} onChange={(e) => setReason(e.target.value)} /> : null}
          <label className="ms-dated" title={shared('effectiveHint')}>{shared('effectiveOn')}<DateInput id="effective-on" value={effectiveOn} onChange={(next) => setEffectiveOn(next ?? '')} /></label>
          <Button onClick={back}>{shared('cancel')}</Button>
          {effective ? null : <Button loading={busy === 'draft'} disabled={busy !== null} onClick={() => void run(false)}>{shared('saveDraft')}<kbd className="ms-kbd">Ctrl S</kbd></Button>}
          <Button type="primary" loading={busy === 'submit'} disabled={busy !== null} onClick={() => void run(true)}>{shared('submit')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
        </div>
      </div>
    </Page>
  )
}

function ClosingEditor({ value, onChange, error }: { value: ClosingItem[]; onChange: (next: ClosingItem[]) => void; error?: string }): ReactElement {
  const put = (i: number, change: Partial<ClosingItem>) => onChange(value.map((one, at) => (at === i ? { ...one, ...change } : one)))
  return (
    <div className="ms-field" data-field="closingStandard">
      {value.map((item, i) => (
        <div key={i} className="ms-rowedit">
          <div className="ms-grow"><Input.TextArea autoSize aria-label={`${t('closingStandard')} ${i + 1}`} maxLength={500} value={item.text} onChange={(e) => put(i, { text: e.target.value })} /></div>
          <Checkbox checked={item.evidence} onChange={(e) => put(i, { evidence: e.target.checked })} style={{ paddingBlockStart: 4, whiteSpace: 'nowrap' }}>{t('evidence')}</Checkbox>
          <Button type="text" icon={<Icon name="close" size={14} label={shared('remove')} />} onClick={() => onChange(value.filter((_, at) => at !== i))} />
        </div>
      ))}
      <div><Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => onChange([...value, { text: '', evidence: false }])}>{t('addClosing')}</Button></div>
      <div className="ms-field-notes">{error ? <span className="ms-field-error" role="alert">{error}</span> : null}</div>
    </div>
  )
}
