// The 720 px drawer in which an act is filled in and sent: errors at the field, nothing lost on failure, 409 side by side.
import { Button, Drawer } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { asProblem } from '../api/problem.ts'
import type { Problem } from '../api/problem.ts'
import { ProblemLine } from './Empty.tsx'
import { FormRenderer, focusField } from './FormRenderer.tsx'
import type { FormLoaders } from './FormRenderer.tsx'
import { errorsOf, validate, visibleValue, withDefaults } from './form-rules.ts'
import type { FormErrors, FormSchema, FormValue } from './form-rules.ts'
import { useKeys } from './keys.ts'
import { t } from './texts.zh-CN.ts'
import { useDraft } from './use-draft.ts'
import './acts.css'

export type ConflictRow = { label: string; theirs: string; mine?: string }

/** The form as its own parts see it: values as typed, messages by field, and a jump to a field. */
export type ActFormHandle = { value: FormValue; set: (change: FormValue) => void; errors: FormErrors; jump: (name: string) => void }
type Part = ReactNode | ((form: ActFormHandle) => ReactNode)

export type ActDrawerProps = {
  open: boolean
  onClose: () => void
  title: string
  /** The object: number and title of the order. */
  sub?: ReactNode
  schema: FormSchema
  initial?: FormValue
  /** Only visible fields are passed. Throws Problem. */
  submit: (values: FormValue) => Promise<unknown>
  submitLabel?: string
  /** Width in px; 720 unless a table needs more. */
  size?: number
  onDone?: () => void
  /** Keeps what was typed under this key until the act is confirmed. */
  draftKey?: string
  /** Checks beyond the schema. */
  check?: (values: FormValue) => FormErrors
  /** What the act does: effect on clocks, who is told. */
  notice?: Part
  /** Closing standard, chain of approval: 240 px beside the form. */
  side?: Part
  /** Fields that no schema describes (tables of units, checklists), drawn before the others; `names` is where messages find them. */
  own?: { names: string[]; render: (form: ActFormHandle) => ReactNode }
  /** Second button: the same act, then on to the next object (Ctrl Shift Enter). */
  next?: { label: string; run: () => void }
  /** Rows of the comparison on 409; without it the server's words are shown. */
  conflict?: (current: unknown, values: FormValue) => { text?: string; rows: ConflictRow[] }
  loaders?: FormLoaders
  /** After the fields: previews, pickers of its own. */
  children?: ReactNode
}

const partOf = (part: Part, form: ActFormHandle): ReactNode => (typeof part === 'function' ? part(form) : part)

export function ActDrawer(props: ActDrawerProps): ReactElement {
  return (
    <Drawer open={props.open} onClose={props.onClose} size={props.size ?? 720} destroyOnHidden title={<span className="ms-row">{props.title}<span className="ms-muted" style={{ fontWeight: 400 }}>{props.sub}</span></span>} styles={{ body: { display: 'flex', flexDirection: 'column' } }}>
      {props.open ? <ActPanel {...props} /> : null}
    </Drawer>
  )
}

/** The same form without the drawer, for desks that keep it beside the object. */
export function ActPanel({ onClose, schema, initial, submit, submitLabel, onDone, draftKey, check, notice, side, own, next, conflict, loaders, children }: Omit<ActDrawerProps, 'open' | 'title' | 'sub'>): ReactElement {
  const root = useRef<HTMLDivElement>(null)
  const [start] = useState(() => withDefaults(schema, initial))
  const [value, setValue] = useState<FormValue>(start)
  const [touched, setTouched] = useState(false)
  const [errors, setErrors] = useState<FormErrors>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const draft = useDraft({ key: draftKey ?? null, value: touched ? value : null })
  const { restored } = draft
  useEffect(() => {
    // what was typed before the store answered is newer than the draft
    if (!touched && typeof restored === 'object' && restored !== null) setValue({ ...start, ...restored })
  }, [restored, start, touched])

  const change = (next: FormValue) => {
    setTouched(true)
    setValue(next)
    // a mended field loses its message at once, the others keep theirs
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([name]) => next[name] === value[name])))
  }
  const names = [...(own?.names ?? []), ...Object.keys(schema.properties)]
  const all = (): FormErrors => ({ ...validate(schema, value), ...check?.(visibleValue(schema, value)) })
  const show = (found: FormErrors) => {
    setErrors(found)
    const first = names.find((name) => found[name])
    if (first) focusField(root.current, first)
  }
  const send = async (then?: () => void) => {
    if (busy) return
    const found = all()
    if (Object.keys(found).length) return show(found)
    setBusy(true)
    setProblem(null)
    try {
      await submit(visibleValue(schema, value))
      draft.clear()
      onDone?.()
      onClose()
      then?.()
    } catch (error) {
      const caught = asProblem(error)
      setProblem(caught)
      show(errorsOf(caught, names).errors)
    } finally {
      setBusy(false)
    }
  }
  const blur = (name: string) => {
    if (!touched) return
    const message = all()[name]
    setErrors((before) => (message ? { ...before, [name]: message } : before))
  }
  useKeys(t('act.submit'), [
    { keys: 'Ctrl Enter', label: submitLabel ?? t('act.submit'), run: () => void send(), inLayers: true },
    { keys: 'Ctrl Shift Enter', label: next?.label ?? '', run: () => void send(next?.run), inLayers: true, enabled: next !== undefined },
  ])
  const rest = problem ? errorsOf(problem, names).rest : []
  const form: ActFormHandle = { value, set: (changes) => change({ ...value, ...changes }), errors, jump: (name) => focusField(root.current, name) }
  const aside = partOf(side, form)
  const told = partOf(notice, form)
  return (
    <div ref={root} className="ms-stack" style={{ flex: 1 }}>
      {problem?.status === 409 ? <Conflict problem={problem} details={conflict?.(problem.current, value)} /> : problem ? <ProblemLine problem={problem} /> : null}
      {rest.map((message) => <div key={message} className="ms-field-error">{message}</div>)}
      {told ? <div className="ms-note" data-tone="info">{told}</div> : null}
      {restored !== undefined && !touched ? <div className="ms-hint">{t('draft.restored')} <button type="button" className="ms-link-button" onClick={() => { draft.clear(); setValue(start) }}>{t('draft.discard')}</button></div> : null}
      <div className="ms-drawer-body" data-side={aside ? true : undefined}>
        <div className="ms-stack">
          {own?.render(form)}
          <FormRenderer schema={schema} value={value} onChange={change} errors={errors} loaders={loaders} onBlur={blur} />
          {children}
        </div>
        {aside ? <aside className="ms-drawer-side">{aside}</aside> : null}
      </div>
      <span className="ms-grow" />
      <div className="ms-drawer-end">
        <Gaps schema={schema} errors={errors} jump={(name) => focusField(root.current, name)} />
        <div className="ms-drawer-foot">
          <span className="ms-hint" role="status">{draft.text}</span>
          <span className="ms-grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          {next ? <Button disabled={busy} onClick={() => void send(next.run)}>{next.label}<kbd className="ms-kbd">⇧Ctrl ↵</kbd></Button> : null}
          <Button type="primary" loading={busy} onClick={() => void send()}>{submitLabel ?? t('act.submit')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
        </div>
      </div>
    </div>
  )
}

/** All gaps in one line over the button, each a jump. */
function Gaps({ schema, errors, jump }: { schema: FormSchema; errors: FormErrors; jump: (name: string) => void }): ReactElement | null {
  const names = Object.keys(errors)
  if (names.length < 2) return null
  return (
    <div className="ms-gaps">
      {t('form.gaps', { n: names.length })}
      {names.map((name) => <button key={name} type="button" className="ms-link-button" onClick={() => jump(name)}>{schema.properties[name]?.title ?? name}</button>)}
    </div>
  )
}

function Conflict({ problem, details }: { problem: Problem; details?: { text?: string; rows: ConflictRow[] } }): ReactElement {
  return (
    <div className="ms-conflict" role="alert">
      <strong>{details?.text ?? problem.message}</strong>
      <div>{t('act.conflictKeep')}</div>
      {details?.rows.length ? (
        <table>
          <thead><tr><th scope="col">{t('act.field')}</th><th scope="col">{t('act.theirs')}</th><th scope="col">{t('act.mine')}</th></tr></thead>
          <tbody>{details.rows.map((row) => <tr key={row.label}><th scope="row">{row.label}</th><td>{row.theirs}</td><td>{row.mine ?? '–'}</td></tr>)}</tbody>
        </table>
      ) : null}
    </div>
  )
}
