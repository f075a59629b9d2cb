// The questions of a survey as a list: type, words, options; moved by buttons.
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import './surveys.css'
import { t } from './texts.zh-CN.ts'

export type Question = OutputOf<'getSurvey'>['questions'][number]
const types = (['single', 'multiple', 'scale', 'text', 'file'] as const).map((value) => ({ value, label: t(`type.${value}`) }))

/** The next free id: answers hang on it, so it never changes once it is given. */
const nextId = (questions: readonly Question[]): string => `q${Math.max(0, ...questions.map((q) => Number(/^q(\d+)$/.exec(q.id)?.[1] ?? 0))) + 1}`

export const blankQuestion = (questions: readonly Question[]): Question => ({ id: nextId(questions), type: 'single', title: '', required: true, options: [], max: null })

export function QuestionsEditor({ value, errors, onChange }: { value: Question[]; errors: Record<string, string>; onChange: (questions: Question[]) => void }): ReactElement {
  const put = (at: number, change: Partial<Question>) => onChange(value.map((q, i) => (i === at ? { ...q, ...change } : q)))
  const move = (at: number, by: number) => {
    const next = [...value]
    const [one] = next.splice(at, 1)
    if (one) next.splice(at + by, 0, one)
    onChange(next)
  }
  return (
    <fieldset className="ms-questions" data-field="questions">
      <legend className="ms-field-label">{t('questions')}</legend>
      {errors['questions'] ? <span className="ms-field-error" role="alert">{errors['questions']}</span> : null}
      {value.map((q, i) => {
        const name = (what: string): string => `${t('questionN', { n: i + 1 })} ${what}`
        const wrong = Object.entries(errors).find(([path]) => path.startsWith(`questions.${i}.`))?.[1]
        return (
          <div key={q.id} className="ms-question">
            <div className="ms-question-head">
              <strong>{t('questionN', { n: i + 1 })}</strong>
              <Select size="small" aria-label={name(t('pickType'))} value={q.type} options={types} onChange={(type) => put(i, { type, max: null })} style={{ inlineSize: 90 }} />
              <Checkbox checked={q.required} onChange={(event) => put(i, { required: event.target.checked })}>{t('required')}</Checkbox>
              <span className="ms-grow" />
              <Button size="small" disabled={i === 0} onClick={() => move(i, -1)}>{t('up')}</Button><Button size="small" disabled={i === value.length - 1} onClick={() => move(i, 1)}>{t('down')}</Button><Button size="small" danger disabled={value.length === 1} onClick={() => onChange(value.filter((_, at) => at !== i))}>{t('remove')}</Button>
            </div>
            <Input aria-label={name(t('question'))} placeholder={t('question')} value={q.title} maxLength={200} onChange={(event) => put(i, { title: event.target.value })} />
            {q.type === 'single' || q.type === 'multiple' ? <Input.TextArea aria-label={name(t('options'))} placeholder={t('options')} autoSize={{ minRows: 2, maxRows: 12 }} value={q.options.join('\n')} onChange={(event) => put(i, { options: event.target.value.split('\n') })} /> : null}
            {q.type === 'multiple' || q.type === 'scale' ? <label className="ms-hint">{q.type === 'scale' ? t('steps') : t('most')} <InputNumber size="small" min={q.type === 'scale' ? 2 : 1} max={q.type === 'scale' ? 10 : 30} value={q.max} onChange={(max) => put(i, { max })} /></label> : null}
            {wrong ? <span className="ms-field-error" role="alert">{wrong}</span> : null}
          </div>
        )
      })}
      <div><Button onClick={() => onChange([...value, blankQuestion(value)])}>{t('addQuestion')}</Button></div>
    </fieldset>
  )
}

/** Empty lines of a list of options are no options. */
export const cleaned = (questions: readonly Question[]): Question[] => questions.map((q) => ({ ...q, title: q.title.trim(), options: q.type === 'single' || q.type === 'multiple' ? q.options.map((o) => o.trim()).filter((o) => o !== '') : [] }))
