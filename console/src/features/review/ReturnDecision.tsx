// Outcomes of a return as buttons; the chosen one says what it does before it is sent.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useRef } from 'react'
import { call } from '../../api/call.ts'
import type { ActFormHandle } from '../../ui/ActDrawer.tsx'
import { useKeys } from '../../ui/keys.ts'
import { fields, filesField, opinionField } from '../orders/acts/act-form.ts'
import type { ActForm } from '../orders/acts/act-form.ts'
import { fileIds, oneOf, text, words } from '../orders/acts/form-values.ts'
import { TransferTenant } from '../orders/acts/request-forms.tsx'
import { ActFrame } from '../orders/acts/use-act-form.tsx'
import type { OrderDetail, OrderRequest } from '../orders/order-types.ts'
import { t } from './texts.zh-CN.ts'

const outcomes = ['approve', 'refuse', 'arbitrate', 'adjudicate', 'answerSelf', 'transfer', 'returnUpward'] as const
type Outcome = (typeof outcomes)[number]
const keys: Record<Outcome, string> = { approve: 'a', refuse: 'r', arbitrate: 'b', adjudicate: 'h', answerSelf: 'z', transfer: 't', returnUpward: 'u' }

/** Which outcomes exist where the request stands is the server's word. */
const offered = (request: OrderRequest): Outcome[] => outcomes.filter((one) => request.outcomes.includes(one))

const outcomeOf = (form: ActFormHandle): Outcome | undefined => outcomes.find((one) => one === form.value.outcome)

type Props = { order: OrderDetail; request: OrderRequest; title: string; onDone: (act: string, go: boolean) => void; continuous: boolean }

export function ReturnDecision({ order, request, title, onDone, continuous }: Props): ReactElement {
  const held = useRef<ActFormHandle | null>(null)
  const choices = offered(request)
  const choose = (outcome: Outcome) => {
    held.current?.set({ outcome })
    held.current?.jump('opinion')
  }
  useKeys(title, choices.map((outcome) => ({ keys: keys[outcome], label: t(`return.${outcome}`), run: () => choose(outcome) })))
  const build = (): ActForm => ({
    title: t('return.title'), submitLabel: t('return.submit'),
    notice: (form) => {
      const outcome = outcomeOf(form)
      return outcome ? t(`return.effect.${outcome}`) : t('return.effect.choose')
    },
    own: {
      names: ['outcome', 'tenantId'],
      render: (form) => {
        held.current = form
        return (
          <div className="ms-field" data-field="outcome">
            <span className="ms-field-label" id="ms-outcome"><b aria-hidden="true">*</b>{t('return.decide')}</span>
            <div className="ms-outcomes" role="radiogroup" aria-labelledby="ms-outcome">
              {choices.map((outcome) => (
                <Button key={outcome} role="radio" aria-checked={outcomeOf(form) === outcome} type={outcomeOf(form) === outcome ? 'primary' : 'default'} onClick={() => form.set({ outcome })}>
                  {t(`return.${outcome}`)}<kbd className="ms-kbd">{keys[outcome]}</kbd>
                </Button>
              ))}
            </div>
            {outcomeOf(form) === 'transfer' ? <TransferTenant orderId={order.id} form={form} /> : null}
            {form.errors.outcome ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{form.errors.outcome}</span></div> : null}
          </div>
        )
      },
    },
    schema: fields({ opinion: opinionField({ title: t('return.opinionLabel') }), fileIds: filesField({ title: t('return.files') }) }),
    check: (v) => ({
      ...(v.outcome === undefined ? { outcome: t('return.choose') } : {}),
      ...(v.outcome === 'transfer' && !text(v, 'tenantId') ? { tenantId: t('return.chooseTenant') } : {}),
      ...(v.outcome !== undefined && v.outcome !== 'approve' && words(v, 'opinion') === '' ? { opinion: t('return.opinionNeeded') } : {}),
    }),
    send: (v, o) => call('decideReturn', { id: request.id, outcome: oneOf(v, 'outcome', outcomes, 'refuse'), opinion: words(v, 'opinion'), fileIds: fileIds(v), ...(v.outcome === 'transfer' ? { tenantId: text(v, 'tenantId') } : {}) }, o),
  })
  return (
    <div className="ms-desk-form">
      <ActFrame inline act="decideReturn" draftOf={request.id} order={order} build={build} onClose={() => undefined} onDone={() => onDone('decideReturn', continuous)} onNext={() => onDone('decideReturn', true)} />
    </div>
  )
}
