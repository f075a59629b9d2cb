// 编辑知识: template, text and attachments; beside them what is missing, who reviews, to whom it speaks. Saved on the server, kept on the machine.
import { Button, Input } from 'antd'
import type { JSONContent } from '@tiptap/react'
import type { ReactElement } from 'react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import type { Attachment } from '../../ui/Attachments.tsx'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { Loading, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { focusField, FormRenderer } from '../../ui/FormRenderer.tsx'
import type { FormErrors, FormValue } from '../../ui/form-rules.ts'
import { validate } from '../../ui/form-rules.ts'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { localLoader } from '../../ui/local-loader.ts'
import { useAct } from '../../ui/use-act.ts'
import { matterLoader, orderLoaders } from '../orders/pickers.ts'
import { contentOf, fieldName, formOf, mainSchema, moreSchema, sideSchema, templateSchema } from './edit-form.ts'
import type { Ticket, Type } from './edit-form.ts'
import { imageIds } from './DocView.tsx'
import type { DocNode } from './DocView.tsx'
import { ImportText } from './ImportText.tsx'
import { t } from './texts.zh-CN.ts'
import './knowledge.css'

const RichText = lazy(() => import('./RichText.tsx'))
const matters = matterLoader()
const emptyDoc: JSONContent = { type: 'doc', content: [] }
export const knowledgeQueries = ['searchKnowledge', 'getKnowledgeItem', 'listKnowledgeItems', 'listKnowledgeTickets', 'getKnowledgeTicket', 'listKnowledgeVersions', 'listKnowledgeDirectories', 'homeCounts', 'list']

export default function EditPage(): ReactElement {
  const { id } = useParams()
  const types = useQueryOf('listKnowledgeTypes', {}, { staleTime: 300_000 })
  return <QueryView query={types}>{(data) => (id === undefined ? <Editor ticket={null} types={data.items} /> : <Known id={id} types={data.items} />)}</QueryView>
}

function Known({ id, types }: { id: string; types: Type[] }): ReactElement {
  const ticket = useQueryOf('getKnowledgeTicket', { id })
  return <QueryView query={ticket}>{(data) => <Editor key={data.id} ticket={data} types={types} />}</QueryView>
}

type Kept = { form: FormValue; body: JSONContent }
const isKept = (value: unknown): value is Kept => typeof value === 'object' && value !== null && 'form' in value && 'body' in value

function Editor({ ticket, types }: { ticket: Ticket | null; types: Type[] }): ReactElement {
  const navigate = useNavigate()
  const { user } = useSession()
  const [search] = useSearchParams()
  const root = useRef<HTMLDivElement>(null)
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const offered = types.filter((type) => type.enabled || type.code === ticket?.content.typeCode)
  const [start, setStart] = useState<Kept>(() => (ticket ? { form: formOf(ticket.content), body: ticket.content.body as JSONContent } : { form: { typeCode: search.get('type') ?? offered[0]?.code, directoryId: search.get('directory') ?? undefined, title: search.get('title') ?? '', ownerUnitId: user.unitId ?? undefined, audience: 'staff' }, body: emptyDoc }))
  const [typed, setTyped] = useState<Kept | null>(null)
  const [stamp, setStamp] = useState(0)
  const [files, setFiles] = useState<Attachment[]>([])
  const [dropped, setDropped] = useState<string[]>(ticket?.content.dropFileIds ?? [])
  const [statement, setStatement] = useState(ticket?.statement ?? { basis: '', processing: '', openPoints: '' })
  const [errors, setErrors] = useState<FormErrors>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [version, setVersion] = useState(ticket?.version ?? 0)
  const send = useAct(...knowledgeQueries)
  const draft = useDraft({ key: `knowledge:${ticket?.id ?? 'new'}:${ticket?.version ?? 0}`, value: typed })
  const value = typed ?? (isKept(draft.restored) ? draft.restored : start)
  const { form, body } = value
  const type = types.find((one) => one.code === form.typeCode)
  const set = (more: FormValue) => {
    setTyped({ form: { ...form, ...more }, body })
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([name]) => more[name] === undefined || more[name] === form[name])))
  }
  const directories = useMemo(() => localLoader(`knowledge:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const loaders = { ...orderLoaders, matter: directories }

  const fail = (error: unknown) => {
    const caught = asProblem(error)
    setProblem(caught)
    const found = Object.fromEntries(caught.fields.map((field) => [fieldName(field.path), field.message]))
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first) focusField(root.current, first)
  }
  const run = async (submit: boolean) => {
    if (busy) return
    const schema = templateSchema(type)
    const found: FormErrors = { ...validate(mainSchema, form), ...validate({ ...sideSchema, required: ['directoryId', 'ownerUnitId'] }, form), ...(submit ? validate(schema, form) : {}) }
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first) return focusField(root.current, first)
    setBusy(true)
    setProblem(null)
    try {
      const sent = { content: contentOf(form, body, ticket?.content ?? null, dropped), statement, addFileIds: [...files.map((file) => file.id), ...imageIds(body as DocNode)] }
      const made = ticket ? null : await send('addKnowledgeItem', sent)
      const id = made?.ticketId ?? ticket?.id ?? ''
      const saved = ticket ? (await send('saveKnowledgeDraft', { id, ...sent, version })).version : 1
      setVersion(saved)
      setFiles([])
      // What was saved is what stands from now on: the next save or submission starts from it.
      setStart({ form, body })
      draft.clear()
      setTyped(null)
      if (made) void navigate(`/knowledge/tickets/${id}/edit`, { replace: true })
      if (submit) {
        await send('submitKnowledgeTicket', { id, version: saved })
        say(t('submitted'))
        void navigate(`/knowledge/tickets?box=mine&ticket=${id}`)
      } else say(t('saved'))
    } catch (error) {
      fail(error)
    } finally {
      setBusy(false)
    }
  }
  useKeys(t('editItem'), [{ keys: 'Ctrl S', label: t('save'), run: () => void run(false), inLayers: true }, { keys: 'Ctrl Enter', label: t('submit'), run: () => void run(true) }])
  const gaps = ticket?.gaps ?? []
  return (
    <Page title={ticket ? `${ticket.kindName}：${ticket.title}` : t('newItem')} sub={<span role="status">{draft.text}</span>} state={ticket ? <Tag tone={ticket.state === 'returned' ? 'over' : 'calm'}>{ticket.stateName}</Tag> : null} help="knowledge"
      acts={<><Button loading={busy} onClick={() => void run(false)} title="Ctrl S">{t('save')}</Button><Button type="primary" loading={busy} onClick={() => void run(true)} title="Ctrl Enter">{t('submit')}</Button></>}
      bar={problem && problem.fields.length === 0 ? <ProblemLine problem={problem} /> : ticket?.state === 'returned' && ticket.opinion ? <div className="ms-note" role="alert">{t('returned')}：{ticket.opinion}</div> : null}>
      <div ref={root} className="ms-kno-item">
        <div className="ms-stack">
          <Section>
            <div className="ms-stack">
              <label className="ms-form-line" style={{ display: 'block' }}><span className="ms-kno-label">{t('type')}</span><ChoiceSelect choices={offered.map((one) => ({ value: one.code, label: one.name }))} value={typeof form.typeCode === 'string' ? form.typeCode : undefined} onChange={(next) => set({ typeCode: String(next ?? '') })} /></label>
              <FormRenderer schema={mainSchema} value={form} onChange={(next) => set(next)} errors={errors} />
              <div>
                <div className="ms-row" style={{ justifyContent: 'space-between' }}><span className="ms-kno-label">{t('body')}</span><ImportText onText={(doc) => { setTyped({ form, body: doc }); setStamp(stamp + 1) }} /></div>
                <Suspense fallback={<Loading lines={6} />}><RichText value={body} stamp={stamp} label={t('body')} error={errors.body !== undefined} onChange={(doc) => setTyped({ form, body: doc })} /></Suspense>
                {errors.body ? <div className="ms-field-error" role="alert">{errors.body}</div> : null}
              </div>
            </div>
          </Section>
          {type && type.fields.length > 0 ? <Section title={t('template', { name: type.name })}><FormRenderer schema={templateSchema(type)} value={form} onChange={(next) => set(next)} errors={errors} /></Section> : null}
          <Section title={t('attachments')}>
            {(ticket?.files ?? []).length + dropped.length > 0 ? <ul className="ms-plain-list">{[...(ticket?.files ?? []), ...(ticket?.newFiles ?? [])].map((file) => <li key={file.id} className="ms-row"><span style={dropped.includes(file.id) ? { textDecoration: 'line-through' } : {}}>{file.name}</span>{ticket?.files.some((one) => one.id === file.id) ? <button type="button" className="ms-link-button" onClick={() => setDropped(dropped.includes(file.id) ? dropped.filter((one) => one !== file.id) : [...dropped, file.id])}>{dropped.includes(file.id) ? t('keepFile') : t('dropped')}</button> : null}</li>)}</ul> : (ticket?.newFiles.length ?? 0) > 0 ? <Attachments value={ticket?.newFiles ?? []} readOnly /> : null}
            <Attachments value={files} onChange={setFiles} max={20} maxBytes={50 * 1024 * 1024} place="knowledge" />
          </Section>
          <Section title={t('facts')}><FormRenderer schema={moreSchema} value={form} onChange={(next) => set(next)} errors={errors} /></Section>
          <Section title={t('statement')}><div className="ms-stack">{(['basis', 'processing', 'openPoints'] as const).map((key) => <label key={key}><span className="ms-kno-label">{t(`statement.${key}`)}</span><Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={1000} value={statement[key]} onChange={(e) => { setStatement({ ...statement, [key]: e.target.value }); setTyped({ form, body }) }} /></label>)}</div></Section>
        </div>
        <div className="ms-stack" style={{ position: 'sticky', insetBlockStart: 0 }}>
          {ticket ? <Section title={t('checks')}>{gaps.length === 0 ? <span className="ms-muted">✓ {t('noGaps')}</span> : <ul className="ms-plain-list">{gaps.map((gap) => <li key={gap.path}>⚠ {gap.message}</li>)}</ul>}</Section> : null}
          {ticket && ticket.chain.length > 0 ? <Section title={t('chain')}><ol className="ms-plain-list">{ticket.chain.map((step) => <li key={step.name}>{step.name} <span className="ms-hint">{step.actors.slice(0, 4).join('、')}</span></li>)}</ol></Section> : null}
          <Section><div className="ms-stack"><FormRenderer schema={{ ...sideSchema, required: ['directoryId', 'ownerUnitId'] }} value={form} onChange={(next) => set(next)} errors={errors} loaders={loaders} />
            <label><span className="ms-kno-label">{t('matterIds')}</span><UnitPicker loader={matters} multiple value={Array.isArray(form.matterIds) ? form.matterIds.filter((one): one is string => typeof one === 'string') : []} onChange={(next) => set({ matterIds: Array.isArray(next) ? next : next ? [next] : [] })} /></label></div></Section>
        </div>
      </div>
    </Page>
  )
}
