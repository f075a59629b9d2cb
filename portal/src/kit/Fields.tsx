// Form fields: label above, help under the label, error at the field in the same words as in the summary.
import { useEffect, useId, useRef } from 'react'
import type { InputHTMLAttributes, ReactElement, ReactNode, TextareaHTMLAttributes } from 'react'
import { Icon } from './Icon.tsx'
import { t } from './texts.zh-CN.ts'

export type FieldErrors = Readonly<Record<string, string>>
type Wired = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined; 'aria-required': true | undefined }

/** `name` ties the field to its error and to the summary's link. */
export function Field({ name, label, help, error, optional, children }: { name: string; label: ReactNode; help?: ReactNode; error?: string | undefined; optional?: boolean; children: (wired: Wired) => ReactNode }): ReactElement {
  const id = useId()
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  return (
    <div className="k-field" data-field={name}>
      <label className="k-label" htmlFor={id}>
        {label}
        {optional ? <span className="k-optional">{t('optional')}</span> : null}
      </label>
      {help ? <p className="k-help" id={`${id}-help`}>{help}</p> : null}
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined, 'aria-required': optional ? undefined : true })}
      <FieldError id={`${id}-error`} text={error} />
    </div>
  )
}

function FieldError({ id, text }: { id: string; text: string | undefined }): ReactElement | null {
  return text ? <p className="k-error" id={id}><Icon name="warning" />{text}</p> : null
}

type Shared = { name: string; label: ReactNode; help?: ReactNode; error?: string | undefined; optional?: boolean }

export function TextInput({ name, label, help, error, optional, value, onValue, ...rest }: Shared & { value: string; onValue: (value: string) => void } & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'>): ReactElement {
  return (
    <Field {...{ name, label, help, error, optional }}>
      {(wired) => <input {...rest} {...wired} className="k-input" value={value} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  )
}

/** Shows how many characters are left from 80 % on; never cuts what was typed. */
export function TextArea({ name, label, help, error, optional, value, onValue, limit, ...rest }: Shared & { value: string; onValue: (value: string) => void; limit?: number } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange'>): ReactElement {
  const length = [...value].length
  const near = limit !== undefined && length > limit * 0.8
  return (
    <Field {...{ name, label, help, error, optional }}>
      {(wired) => (
        <>
          <textarea rows={5} {...rest} {...wired} className="k-input" value={value} onChange={(event) => onValue(event.target.value)} />
          {near ? <p className="k-counter" aria-live="polite">{length > limit ? t('over', { n: length - limit }) : t('left', { n: limit - length })}</p> : null}
        </>
      )}
    </Field>
  )
}

/** Side by side where there is room: short words, or `wide` for half a line. */
type Columns = boolean | 'wide'
export type Choice<V extends string> = { value: V; label: ReactNode; hint?: ReactNode; disabled?: boolean }

/** One of several, as large targets. */
export function Choices<V extends string>({ name, label, help, error, options, value, onValue, columns, hideLabel }: Shared & { options: readonly Choice<V>[]; value: V | null; onValue: (value: V) => void; columns?: Columns; hideLabel?: boolean }): ReactElement {
  return (
    <ChoiceSet {...{ name, label, help, error, columns, hideLabel }}>
      {(group) => options.map((o) => (
        <label key={o.value} className="k-choice">
          <input type="radio" name={group} value={o.value} checked={o.value === value} disabled={o.disabled} onChange={() => onValue(o.value)} />
          <span>{o.label}{o.hint ? <small>{o.hint}</small> : null}</span>
        </label>
      ))}
    </ChoiceSet>
  )
}

/** Any of several, at most `max`. */
export function Checks({ name, label, help, error, options, value, onValue, max, columns }: Shared & { options: readonly Choice<string>[]; value: readonly string[]; onValue: (value: string[]) => void; max?: number; columns?: Columns }): ReactElement {
  const full = max !== undefined && value.length >= max
  return (
    <ChoiceSet {...{ name, label, help, error, columns }}>
      {() => options.map((o) => {
        const on = value.includes(o.value)
        return (
          <label key={o.value} className="k-choice">
            <input type="checkbox" checked={on} disabled={o.disabled || (full && !on)} onChange={() => onValue(on ? value.filter((v) => v !== o.value) : [...value, o.value])} />
            <span>{o.label}{o.hint ? <small>{o.hint}</small> : null}</span>
          </label>
        )
      })}
    </ChoiceSet>
  )
}

function ChoiceSet({ name, label, help, error, columns, hideLabel, children }: Shared & { columns?: Columns | undefined; hideLabel?: boolean | undefined; children: (group: string) => ReactNode }): ReactElement {
  const id = useId()
  return (
    <fieldset className="k-field" data-field={name} aria-describedby={error ? `${id}-error` : undefined} aria-invalid={error ? true : undefined}>
      <legend className={hideLabel ? 'k-hidden' : 'k-label'}>{label}</legend>
      {help ? <p className="k-help">{help}</p> : null}
      <div className="k-choices" data-columns={columns === true ? 'short' : columns || undefined}>{children(id)}</div>
      <FieldError id={`${id}-error`} text={error} />
    </fieldset>
  )
}

export function Check({ label, hint, value, onValue }: { label: ReactNode; hint?: ReactNode; value: boolean; onValue: (value: boolean) => void }): ReactElement {
  return (
    <label className="k-choice">
      <input type="checkbox" checked={value} onChange={() => onValue(!value)} />
      <span>{label}{hint ? <small>{hint}</small> : null}</span>
    </label>
  )
}

/**
 * All errors at once, on top; each leads to its field. Focused when they appear and at each new `attempt`, never while they are being
 * mended one by one.
 */
export function ErrorSummary({ errors, attempt = 0 }: { errors: FieldErrors; attempt?: number }): ReactElement | null {
  const box = useRef<HTMLDivElement>(null)
  const list = Object.entries(errors)
  const shown = list.length > 0
  useEffect(() => {
    if (shown) box.current?.focus()
  }, [shown, attempt])
  if (list.length === 0) return null
  return (
    <div className="k-summary" role="alert" tabIndex={-1} ref={box}>
      <strong>{t('errorsTitle', { n: list.length })}</strong>
      <ul>
        {list.map(([name, text]) => (
          <li key={name}><a href={`#${name}`} onClick={(event) => { event.preventDefault(); focusField(name) }}>{text}</a></li>
        ))}
      </ul>
    </div>
  )
}

/** Brings a field into view and puts the focus into its control. */
export function focusField(name: string): void {
  const field = document.querySelector(`[data-field="${CSS.escape(name)}"]`)
  const control = field?.querySelector<HTMLElement>('input, textarea, select, button')
  control?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}
