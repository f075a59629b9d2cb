// The registration form: short rows, Enter moves on, Ctrl Enter submits; what the chosen type and matter ask appears in place.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import { Loading, ProblemLine } from '../../ui/Empty.tsx'
import { FormRenderer, focusField } from '../../ui/FormRenderer.tsx'
import { errorsOf, withDefaults } from '../../ui/form-rules.ts'
import type { FormErrors, FormSchema } from '../../ui/form-rules.ts'
import { useKeys } from '../../ui/keys.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { elementSchema, fieldOf, gapsOf, isEnterprise, mainSchema, numberOf, registration, unasked } from './call-form.ts'
import type { CallForm, Element } from './call-form.ts'
import { EnterprisePart } from './EnterprisePart.tsx'
import { moveOn } from './move-on.ts'
import type { Registration } from './Registered.tsx'
import { said } from './DuplicatePart.tsx'
import { OwnForms } from './OwnForms.tsx'
import { PointPicker } from './PointPicker.tsx'
import { Proofreading, askProofreading, ignored, proofText } from './Proofreading.tsx'
import type { Choices, Finding } from './Proofreading.tsx'
import type { Duplicates } from './use-duplicates.ts'
import { useOwnForms } from './use-own-forms.ts'
import { usePastedFiles } from './use-pasted-files.ts'
import { t } from './texts.zh-CN.ts'

export type After = 'stay' | 'pass' | 'answer' | 'again'
type Props = {
  form: CallForm
  change: (changes: Partial<CallForm>) => void
  draftId: string
  elements: readonly Element[]
  duplicates: Duplicates
  /** Fields filled by a machine and not yet confirmed: marked. */
  machine?: readonly string[]
  onSave: () => void
  onRegistered: (order: Registration, then: After) => void
  /** The gap that belongs to the left region. */
  onCallerGap: (message: string | undefined) => void
  focusCaller: () => void
}

/** A machine that is late does not keep an agent waiting. */
const PROOF_WAIT = 3000
const later = (ms: number): Promise<Finding[]> => new Promise((resolve) => { setTimeout(() => resolve([]), ms) })

const limits = { max: 5, maxBytes: 10 * 1024 * 1024 }

export function RegisterForm({ form, change, draftId, elements, duplicates, machine = [], onSave, onRegistered, onCallerGap, focusCaller }: Props): ReactElement {
  const { can } = useSession()
  const root = useRef<HTMLDivElement>(null)
  const [errors, setErrors] = useState<FormErrors>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [stopped, setStopped] = useState(false)
  const [mapping, setMapping] = useState(false)
  const [proofs, setProofs] = useState<Choices>([])
  const [deviations, setDeviations] = useState<Finding[] | null>(null)
  const proofed = useRef('')
  const [lon, lat] = [numberOf(form, 'lon'), numberOf(form, 'lat')]
  const point = lon !== undefined && lat !== undefined ? { lon, lat } : null
  const attempt = useRef({ text: '', key: '' })
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 })
  const types = useMemo(() => (options.data?.appealTypes ?? []).filter((one) => one.parentId === null), [options.data])
  const appealType = fieldOf(form, 'appealType')
  const matterId = fieldOf(form, 'matterId')
  const found = useQueryOf('findForm', { appealType: appealType ?? '', ...(matterId ? { matterId } : {}) }, { enabled: appealType !== undefined, staleTime: 300_000, keepPrevious: true })
  const bound = appealType && found.data?.form ? found.data.form : null
  const words = useQueryOf('profileOptions', {}, { staleTime: 300_000 })
  const main = useMemo(() => mainSchema({
    appealTypes: types.map((one) => ({ const: one.id, title: one.name })), urgencies: (options.data?.urgencyLevels ?? []).map((one) => ({ const: one.code, title: one.name })),
    lines: (words.data?.lines ?? []).map((one) => ({ const: one.code, title: one.name })), sources: words.data?.registrationSources, channel: form.channel,
  }), [types, options.data, words.data, form.channel])
  const own = useOwnForms(form)
  const asked = useMemo(() => elementSchema(elements), [elements])
  const formSchema = bound?.schema as FormSchema | undefined
  const pasted = usePastedFiles(form.files, (files) => change({ files }), limits)
  const version = bound?.versionId
  useEffect(() => {
    // defaults of a bound form are visible values, not hidden ones
    if (formSchema) change({ formData: withDefaults(formSchema, form.formData) })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each form that comes up
  }, [version])

  const answerable = types.find((one) => one.id === appealType)?.rules.answerable === true && can('orders.answer') && can('orders.answerUncited')
  const passable = can('orders.passReview')
  const gaps = () => ({ ...gapsOf(form, main, formSchema ?? null, asked), ...own.gaps })
  const show = (all: FormErrors) => {
    setErrors(all)
    onCallerGap(all.phone)
    const first = Object.keys(all)[0]
    if (first === 'phone') focusCaller()
    else if (first) focusField(root.current, first)
  }
  const send = async (then: After) => {
    if (busy) return
    const missing = gaps()
    if (Object.keys(missing).length) return show(missing)
    // the earlier order is offered once before saving; pressing again is the answer
    if (!duplicates.choice && !stopped && duplicates.samePerson.some((one) => one.open)) return setStopped(true)
    setBusy(true)
    setProblem(null)
    // proofread once before submitting what was not proofread yet; pressing again keeps the deviations as they are
    const read = proofText(form)
    if (proofed.current !== read) {
      // what the matter asks for stands in its own line above the buttons
      const found = (await Promise.race([askProofreading(form).catch(() => []), later(PROOF_WAIT)])).filter((one) => one.rule !== 'elementMissing')
      proofed.current = read
      if (found.length > 0) {
        setDeviations(found)
        setProofs((held) => [...held.filter((one) => one.choice !== 'ignored'), ...ignored(found)].slice(-30))
        return setBusy(false)
      }
    }
    setErrors({})
    onCallerGap(undefined)
    const answer = duplicates.choice ?? (stopped ? { choice: 'none' as const } : null)
    const body = { ...registration(form, elements, bound && formSchema ? { versionId: bound.versionId, schema: formSchema } : null, draftId, then === 'pass'), ...(answer ? { duplicate: { checkId: duplicates.checkId, choice: answer.choice, orderId: answer.orderId } } : {}), ...(proofs.length > 0 ? { proofread: proofs } : {}) }
    const text = JSON.stringify(body)
    if (attempt.current.text !== text) attempt.current = { text, key: newKey() }
    try {
      const order = await call('registerOrder', body, { idempotencyKey: attempt.current.key })
      onRegistered({ id: order.id, number: order.number, title: fieldOf(form, 'title') ?? '', state: order.state, enquiryCode: order.enquiryCode }, then)
    } catch (error) {
      const caught = asProblem(error)
      if (!caught.undecided) attempt.current.text = ''
      const { errors: atFields } = errorsOf(caught, [...Object.keys(main.properties), ...own.names, 'lon', ...Object.keys(formSchema?.properties ?? {}), 'phone', 'name'])
      const { name, ...rest } = atFields
      setProblem(caught)
      setBusy(false)
      show({ ...(name ? { phone: name } : {}), ...rest })
    }
  }
  useKeys(t('call'), [
    { keys: 'Ctrl Enter', label: t('key.submit'), run: () => void send('stay') },
    { keys: 'Ctrl Shift Enter', label: t('key.submitPass'), run: () => void send('pass'), enabled: passable },
    { keys: 'Alt N', label: t('key.again'), run: () => void send('again') },
    { keys: 'Alt M', label: t('point.title'), run: () => setMapping(!mapping) },
  ])
  if (!options.data) return <div className="ms-call-scroll">{options.error ? <ProblemLine problem={options.error} onRetry={() => void options.refetch()} /> : <Loading lines={10} />}</div>

  const labels: Record<string, string> = { ...own.labels, phone: t('field.name'), lon: t('point.title'), ...titlesOf(main), ...titlesOf(formSchema), ...titlesOf(asked) }
  const mend = (values: Record<string, unknown>, before: Record<string, unknown>) => setErrors((held) => Object.fromEntries(Object.entries(held).filter(([name]) => !(name in values) || values[name] === before[name])))
  const open = unasked(elements, form.elements)
  // marked as to be asked; not knowing the answer does not keep an order from being registered
  const mustAsk = elements.filter((one) => one.required).map((one) => one.code)
  const shared = { errors, layout: 'left' as const, loaders: orderLoaders }
  return (
    <>
      <div ref={root} className="ms-call-scroll ms-call-form" data-machine={machine.join(' ')} onKeyDown={moveOn} onPaste={pasted.onPaste}>
        <FormRenderer {...shared} schema={upTo(main, 'detailAddress')} value={form.fields} onChange={(fields) => { mend(fields, form.fields); change({ fields }) }} />
        <div className="ms-form" data-layout="left">
          <div className="ms-field" data-field="lon">
            <span className="ms-field-label">{t('point.title')}</span>
            <div className="ms-row"><Button size="small" aria-expanded={mapping} onClick={() => setMapping(!mapping)}>{t('point.open')}<kbd className="ms-kbd">Alt M</kbd></Button><span className="ms-hint">{point ? `${point.lon}, ${point.lat}` : t('point.none')}</span></div>
            {errors.lon ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{errors.lon}</span></div> : null}
          </div>
        </div>
        {mapping ? <PointPicker value={point} areaCode={fieldOf(form, 'areaCode')} onChange={(next) => { mend({ lon: next?.lon }, { lon: undefined }); change({ fields: { ...form.fields, lon: next?.lon, lat: next?.lat } }) }} onArea={(areaCode) => change({ fields: { ...form.fields, areaCode } })} onPlace={(place) => change({ fields: { ...form.fields, address: place.address, ...(place.areaCode ? { areaCode: place.areaCode } : {}) } })} /> : null}
        {asked ? <fieldset className="ms-call-group"><legend>{t('group.elements')}</legend><FormRenderer {...shared} schema={{ ...asked, required: mustAsk }} value={form.elements} onChange={(values) => { mend(values, form.elements); change({ elements: values }) }} /></fieldset> : null}
        <FormRenderer {...shared} schema={after(main, 'detailAddress')} value={form.fields} onChange={(fields) => { mend(fields, form.fields); change({ fields }) }} />
        {isEnterprise(form) ? <EnterprisePart form={form} change={change} errors={errors} /> : null}
        <OwnForms own={own} form={form} change={change} errors={errors} />
        {formSchema ? <fieldset className="ms-call-group">{formSchema['x-groups']?.length ? null : <legend>{t('group.form')}</legend>}<FormRenderer {...shared} schema={formSchema} value={form.formData} onChange={(formData) => { mend(formData, form.formData); change({ formData }) }} /></fieldset> : null}
        <div className="ms-form" data-layout="left">
          <div className="ms-field" data-field="files">
            <span className="ms-field-label">{t('field.files')}</span>
            <Attachments value={form.files} onChange={(files) => change({ files })} place="registration" {...limits} />
            {pasted.message ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{pasted.message}</span></div> : null}
          </div>
        </div>
      </div>
      <footer className="ms-call-foot">
        <Proofreading form={form} change={change} choices={proofs} setChoices={setProofs} found={deviations} setFound={setDeviations} />
        {problem ? <ProblemLine problem={problem} /> : null}
        {stopped && !duplicates.choice ? <div className="ms-gaps" role="alert">{t('dup.stop')}</div> : null}
        {duplicates.choice ? <div className="ms-unasked" role="status">{said(duplicates.choice)}</div> : null}
        {Object.keys(errors).length ? (
          <div className="ms-gaps" role="alert">
            {t('gaps', { n: Object.keys(errors).length })}
            {Object.keys(errors).map((name) => <button key={name} type="button" className="ms-link-button" onClick={() => (name === 'phone' ? focusCaller() : focusField(root.current, name))}>{labels[name] ?? name}</button>)}
          </div>
        ) : open.length ? (
          <div className="ms-unasked">
            {t('asked', { n: open.length })}
            {open.map((one) => <button key={one.code} type="button" className="ms-link-button" onClick={() => focusField(root.current, one.code)}>{one.name}</button>)}
          </div>
        ) : null}
        <div className="ms-row ms-call-acts">
          <div className="ms-row">
            <Button onClick={onSave}>{t('save')}<kbd className="ms-kbd">Ctrl S</kbd></Button>
            {answerable ? <Button disabled={busy} onClick={() => void send('answer')}>{t('submitAnswer')}</Button> : null}
            <Button disabled={busy} onClick={() => void send('again')}>{t('submitAgain')}<kbd className="ms-kbd">Alt N</kbd></Button>
          </div>
          <div className="ms-row ms-call-send">
            {passable ? <Button disabled={busy} onClick={() => void send('pass')}>{t('submitPass')}<kbd className="ms-kbd">⇧Ctrl ↵</kbd></Button> : null}
            <Button type="primary" loading={busy} onClick={() => void send('stay')}>{t('submit')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
          </div>
        </div>
      </footer>
    </>
  )
}

const titlesOf = (schema: FormSchema | null | undefined): Record<string, string> => Object.fromEntries(Object.entries(schema?.properties ?? {}).map(([name, field]) => [name, field.title]))

/** The matter's elements stand between place and title, without moving what is above them. */
function part(schema: FormSchema, keep: (index: number, at: number) => boolean, field: string): FormSchema {
  const names = Object.keys(schema.properties)
  const at = names.indexOf(field)
  return { ...schema, properties: Object.fromEntries(Object.entries(schema.properties).filter((_, i) => keep(i, at))) }
}
const upTo = (schema: FormSchema, field: string): FormSchema => part(schema, (i, at) => i <= at, field)
const after = (schema: FormSchema, field: string): FormSchema => part(schema, (i, at) => i > at, field)
