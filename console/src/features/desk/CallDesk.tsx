// Three regions of the agent desk: who calls, what is registered, what helps. Keys never leave the form.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Loading } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Page } from '../../ui/Page.tsx'
import { endWrapUp } from '../telephony/softphone.ts'
import { AidePanel } from './AidePanel.tsx'
import { copyOf, elementsFor, fieldOf, isTouched, usualCopy } from './call-form.ts'
import type { CallForm } from './call-form.ts'
import { Columns } from './Columns.tsx'
import { RegisterForm } from './RegisterForm.tsx'
import { Registered } from './Registered.tsx'
import type { Registration } from './Registered.tsx'
import { RequesterPanel, useLookup } from './RequesterPanel.tsx'
import { t } from './texts.zh-CN.ts'
import { useCallDraft } from './use-call-draft.ts'
import { useDuplicates } from './use-duplicates.ts'
import { useSuggestions } from './use-suggestions.ts'
import './desk.css'

type Props = {
  draftId: string
  initial: CallForm | null
  onTouched: () => void
  onOpen: (draftId: string) => void
  /** A new form, blank or as a copy. */
  onNew: (form?: CallForm) => void
}

const focusIn = (region: HTMLElement | null): void => region?.querySelector<HTMLElement>('input:not([disabled]), textarea, button')?.focus()

export function CallDesk({ draftId, initial, onTouched, onOpen, onNew }: Props): ReactElement {
  const kept = useCallDraft(draftId, initial)
  const { form, change } = kept
  const [registered, setRegistered] = useState<Registration | null>(null)
  const [errors, setErrors] = useState<{ phone?: string }>({})
  const regions = { requester: useRef<HTMLElement>(null), form: useRef<HTMLElement>(null), aide: useRef<HTMLElement>(null) }
  const lookup = useLookup(form.phone, kept.ready)
  const touched = isTouched(form) && !registered
  useEffect(() => { if (touched) onTouched() }, [touched, onTouched])

  const matterId = fieldOf(form, 'matterId')
  const areaCode = fieldOf(form, 'areaCode')
  const matter = useQueryOf('registrationMatter', { id: matterId ?? '', ...(areaCode ? { areaCode } : {}) }, { enabled: matterId !== undefined, staleTime: 300_000, keepPrevious: true })
  const appealType = fieldOf(form, 'appealType')
  const ofType = useQueryOf('typeElements', { appealType: appealType ?? '' }, { enabled: appealType !== undefined, staleTime: 300_000 })
  const options = useQueryOf('orderOptions', {}, { staleTime: 600_000 })
  const asked = useMemo(() => elementsFor(matter.data && matterId ? matter.data.elements : [], ofType.data && appealType ? ofType.data.elements : []), [matter.data, matterId, ofType.data, appealType])
  const duplicates = useDuplicates(form, draftId, kept.ready && registered === null)
  const suggestions = useSuggestions(form, change, draftId, kept.ready && registered === null)
  const again = (order: Registration) => onNew(copyOf(form, { id: order.id, number: order.number }, options.data?.copyFields ?? usualCopy))

  useKeys(t('call'), [
    { keys: 'Alt Q', label: t('key.requester'), run: () => focusIn(regions.requester.current) },
    { keys: 'Alt W', label: t('key.form'), run: () => focusIn(regions.form.current) },
    { keys: 'Alt C', label: t('key.aide'), run: () => focusIn(regions.aide.current) },
    { keys: 'Ctrl S', label: t('key.save'), run: () => { if (!registered) void kept.save() }, inLayers: true },
  ])
  return (
    <Page title={form.channel === 'visit' ? t('visitForm') : form.channel === 'letter' ? t('letterForm') : t('call')} fill
      state={registered ? null : <span className="ms-hint" role="status">{kept.text}</span>}
      sub={form.sameCallAs ? t('copied', { number: form.sameCallAs.number }) : undefined}
      acts={<Button onClick={() => onNew()} title={t('newFormHelp')}>{t('newForm')}</Button>}
      bar={kept.conflict ? <div className="ms-note" role="alert">{t('draftConflict')}</div> : null}>
      <Columns name="desk-call" left={300} right={300}>
        <section ref={regions.requester} className="ms-call-region" aria-label={t('requester')} data-region>
          <header className="ms-call-head"><h2>{t('requester')}</h2><kbd className="ms-kbd">Alt Q</kbd></header>
          <div className="ms-call-scroll">
            {kept.ready ? <RequesterPanel form={form} change={change} lookup={lookup} error={errors.phone} locked={registered !== null} onFound={() => focusIn(regions.form.current)} /> : <Loading />}
          </div>
        </section>
        <section ref={regions.form} className="ms-call-region" aria-label={t('form')} data-region>
          <header className="ms-call-head"><h2>{registered ? t('done.title') : t('form')}</h2><kbd className="ms-kbd">Alt W</kbd></header>
          {registered ? (
            <Registered order={registered} onAgain={() => again(registered)} onFresh={() => onNew()} />
          ) : kept.ready ? (
            <RegisterForm form={form} change={change} draftId={draftId} elements={asked} duplicates={duplicates} machine={suggestions.unconfirmed} onSave={() => void kept.save()} onCallerGap={(phone) => setErrors({ phone })} focusCaller={() => focusIn(regions.requester.current)}
              onRegistered={(order, then) => {
                kept.done()
                void endWrapUp()
                if (then === 'again') return again(order)
                setRegistered({ ...order, answer: then === 'answer' })
              }} />
          ) : <div className="ms-call-scroll"><Loading lines={10} /></div>}
        </section>
        <section ref={regions.aide} className="ms-call-region" aria-label={t('aide')} data-region>
          <header className="ms-call-head"><h2>{t('aide')}</h2><kbd className="ms-kbd">Alt C</kbd></header>
          <div className="ms-call-scroll">
            <AidePanel words={[matter.data && matterId ? matter.data.name : '', fieldOf(form, 'title') ?? ''].filter(Boolean).join(' ')} told={fieldOf(form, 'content') ?? ''} matter={matterId ? (matter.data ?? null) : null} areaCode={areaCode} matterId={matterId} duplicates={duplicates} suggestions={registered ? null : suggestions} draftId={draftId} onOpen={onOpen} />
          </div>
        </section>
      </Columns>
    </Page>
  )
}
