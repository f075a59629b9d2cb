// Three questions by number keys, reasons, opinion; saving waits until it was said how the requester was reached.
import { Button, Checkbox, Input } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useCommand } from '../../api/queries.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { moment } from '../../ui/time.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { blank, bodyOf, chosen, choicesOf, choose, gapsOf, isAnswers, isDissatisfied, mostReasons, questions, rateItem, toggleReason } from './answers.ts'
import type { Answers, Options, Question } from './answers.ts'
import type { Shown } from './TaskObject.tsx'
import { t } from './texts.zh-CN.ts'

type Step = Question | 'reasons'
type Props = { shown: Shown; options: Options; refresh: () => Promise<void>; onSaved: (go: boolean) => void }

const ways = [t('form.way1'), t('form.way2'), t('form.way3'), t('form.way4')]

export function Questionnaire({ shown, options, refresh, onSaved }: Props): ReactElement {
  const { task } = shown
  const [answers, setAnswers] = useState<Answers>(blank)
  const [touched, setTouched] = useState(false)
  const [at, setAt] = useState<Step>('contacted')
  const [problem, setProblem] = useState<Problem | null>(null)
  const draft = useDraft({ key: `callback:${task.id}`, value: touched ? answers : null })
  const { restored } = draft
  const complete = useCommand('completeCallback')
  const claim = useCommand('claimCallback')
  useEffect(() => {
    if (!touched && isAnswers(restored)) setAnswers(restored)
  }, [restored, touched])

  const act = shown.acts.find((one) => one.act === 'complete')
  const may = act?.enabled ?? false
  const steps: Step[] = isDissatisfied(answers) ? [...questions, 'reasons'] : questions
  const step = steps.includes(at) ? at : 'satisfied'
  const gaps = gapsOf(answers, options.callsAvailable)
  const set = (next: Answers) => {
    // the first word written takes the task: nobody else calls the same person meanwhile
    if (!touched && shown.acts.some((one) => one.act === 'claim' && one.enabled)) claim.mutate({ id: task.id }, { onError: setProblem, onSettled: () => void refresh() })
    setTouched(true)
    setAnswers(next)
  }
  const press = (n: number): boolean => {
    if (!may) return false
    if (step === 'reasons') {
      const reason = options.reasons[n - 1]
      if (reason) set(toggleReason(answers, reason))
      return reason !== undefined
    }
    const choice = choicesOf(step, options.grades)[n - 1]
    if (!choice) return false
    const next = choose(answers, step, choice)
    set(next)
    const order: Step[] = isDissatisfied(next) ? [...questions, 'reasons'] : questions
    setAt(order[order.indexOf(step) + 1] ?? step)
    return true
  }
  const save = async (go: boolean) => {
    const body = bodyOf(task.id, answers, options.callsAvailable)
    if (!body || complete.isPending) return
    setProblem(null)
    try {
      const done = await complete.mutateAsync(body)
      draft.clear()
      say(t('form.saved', { number: task.number, consequence: done.consequence }))
      onSaved(go)
      await refresh()
    } catch (error) {
      setProblem(asProblem(error))
      await refresh()
    }
  }
  useKeys(t('form.label'), [
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ keys: String(n), label: t('form.choose', { n }), run: () => press(n) })),
    { keys: 'c', label: t('form.wayKey'), run: () => set({ ...answers, wayNote: t('form.way1') }), enabled: may },
    { keys: '↓', label: t('list.next'), run: () => setAt(steps[steps.indexOf(step) + 1] ?? step) },
    { keys: '↑', label: t('list.previous'), run: () => setAt(steps[steps.indexOf(step) - 1] ?? step) },
    { keys: 'Ctrl Enter', label: t('form.save'), run: () => void save(false), enabled: may },
    { keys: 'Ctrl Shift Enter', label: t('form.saveNext'), run: () => void save(true), enabled: may },
  ])
  const errorOf = (field: string) => problem?.fields.find((one) => one.path === field)?.message
  return (
    <>
      <header className="ms-desk-head">
        <div className="ms-row"><h2>{t('form.title')}</h2><span className="ms-hint">{t('form.keys')}</span><span className="ms-grow" /><span className="ms-hint" role="status">{draft.text}</span></div>
        {act && !act.enabled ? <div className="ms-note">{act.reason}{act.until ? `（${moment(act.until)}）` : ''}</div> : null}
      </header>
      <div className="ms-desk-body ms-callback-form" aria-disabled={!may}>
        {problem && !(problem.status === 409 && !may) ? <ProblemLine problem={problem} /> : null}
        <div className="ms-field">
          <span className="ms-field-label">{options.callsAvailable ? null : <b aria-hidden="true">*</b>}{t('form.way')} <kbd className="ms-kbd">c</kbd></span>
          <Input disabled={!may} maxLength={200} value={answers.wayNote} placeholder={t('form.wayHelp')} aria-label={t('form.way')} status={errorOf('wayNote') ? 'error' : ''} onChange={(e) => set({ ...answers, wayNote: e.target.value })} />
          <div className="ms-phrases">{ways.map((way) => <button key={way} type="button" disabled={!may} aria-pressed={answers.wayNote === way} onClick={() => set({ ...answers, wayNote: way })}>{way}</button>)}</div>
          <FieldError text={errorOf('wayNote')} />
        </div>
        {questions.map((question, i) => (
          <fieldset key={question} className="ms-callback-question" data-current={step === question || undefined} onFocus={() => setAt(question)}>
            <legend>{i + 1}. {t(`q.${question}`)}</legend>
            <div className="ms-callback-choices" role="radiogroup" aria-label={t(`q.${question}`)}>
              {choicesOf(question, options.grades).map((choice, n) => (
                <button key={choice.value} type="button" role="radio" disabled={!may} aria-checked={chosen(answers, question) === choice.value} data-statement={choice.statement} onClick={() => { set(choose(answers, question, choice)); setAt(question) }}>
                  {step === question ? <kbd className="ms-kbd">{n + 1}</kbd> : null}{choice.label}
                </button>
              ))}
            </div>
            <FieldError text={errorOf(question) ?? (question === 'satisfied' ? errorOf('grade') : undefined)} />
          </fieldset>
        ))}
        {isDissatisfied(answers) ? (
          <fieldset className="ms-callback-question" data-current={step === 'reasons' || undefined} onFocus={() => setAt('reasons')}>
            <legend>{t('q.reasons')}</legend>
            <div className="ms-callback-choices" role="group">
              {options.reasons.map((reason, n) => {
                const on = answers.reasons.includes(reason)
                return <button key={reason} type="button" aria-pressed={on} disabled={!may || (!on && answers.reasons.length >= mostReasons)} onClick={() => set(toggleReason(answers, reason))}>{step === 'reasons' && n < 9 ? <kbd className="ms-kbd">{n + 1}</kbd> : null}{reason}</button>
              })}
            </div>
            <FieldError text={errorOf('reasons')} />
            <Checkbox disabled={!may} checked={!answers.attributable} onChange={(e) => set({ ...answers, attributable: !e.target.checked })}>{t('form.notAttributable')}</Checkbox>
            {answers.attributable ? null : <Input disabled={!may} maxLength={500} value={answers.notAttributableReason} placeholder={t('form.notAttributableReason')} aria-label={t('form.notAttributableReason')} status={errorOf('notAttributableReason') ? 'error' : ''} onChange={(e) => set({ ...answers, notAttributableReason: e.target.value })} />}
            <FieldError text={errorOf('attributable') ?? errorOf('notAttributableReason')} />
          </fieldset>
        ) : null}
        {shown.terms?.items.length ? (
          <fieldset className="ms-callback-question">
            <legend>{t('q.items', { kind: shown.terms.profileName })}</legend>
            {shown.terms.items.map((name) => (
              <div key={name} className="ms-callback-item">
                <span>{name}</span>
                <div className="ms-callback-choices" role="radiogroup" aria-label={name}>
                  {options.grades.map((grade) => <button key={grade.code} type="button" role="radio" disabled={!may} aria-checked={answers.items[name] === grade.code} data-statement={grade.satisfied} onClick={() => set(rateItem(answers, name, grade.code))}>{grade.name}</button>)}
                </div>
              </div>
            ))}
            <FieldError text={problem?.fields.find((one) => one.path.startsWith('items'))?.message} />
          </fieldset>
        ) : null}
        <label className="ms-field"><span className="ms-field-label">{t('form.opinion')}</span><Input.TextArea disabled={!may} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} value={answers.opinion} onChange={(e) => set({ ...answers, opinion: e.target.value })} /></label>
        <label className="ms-field"><span className="ms-field-label">{t('form.suggestion')}</span><Input.TextArea disabled={!may} autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} value={answers.suggestion} onChange={(e) => set({ ...answers, suggestion: e.target.value })} /></label>
      </div>
      <footer className="ms-callback-save">
        <span className={gaps.length ? 'ms-muted' : 'ms-hidden'} id="ms-callback-gap" role="status">{gaps[0] ? t(`gap.${gaps[0]}`) : ''}</span>
        <span className="ms-grow" />
        <Button disabled={!may || gaps.length > 0} loading={complete.isPending} aria-describedby="ms-callback-gap" onClick={() => void save(false)}>{t('form.save')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
        <Button type="primary" disabled={!may || gaps.length > 0} loading={complete.isPending} aria-describedby="ms-callback-gap" onClick={() => void save(true)}>{t('form.saveNext')}<kbd className="ms-kbd">⇧Ctrl ↵</kbd></Button>
      </footer>
    </>
  )
}

function FieldError({ text }: { text: string | undefined }): ReactElement | null {
  return text ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{text}</span></div> : null
}
