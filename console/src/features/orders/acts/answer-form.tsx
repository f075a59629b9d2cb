// Direct answer (ORD-22): the words to the requester, the knowledge they rest on, or a basis in words.
import { call } from '../../../api/call.ts'
import { emptyBasket, basketNow } from '../../knowledge/basket.ts'
import { CitePicker, isQuotes } from '../../knowledge/CitePicker.tsx'
import type { OrderDetail } from '../order-types.ts'
import { fault, fields } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { words } from './form-values.ts'
import { t } from './texts.zh-CN.ts'
import { versionKeeper } from './versions.ts'

export const answer = (order: OrderDetail): ActForm => {
  const at = versionKeeper(order.version)
  return {
    title: t('answer.title'), submitLabel: t('answer.title'), notice: t('answer.notice'), initial: { citations: [...basketNow()] },
    schema: fields({ reply: { type: 'string', format: 'textarea', title: t('answer.reply'), maxLength: 5000 }, basis: { type: 'string', format: 'textarea', title: t('answer.basis'), description: t('answer.basisHelp'), maxLength: 1000 } }, ['reply']),
    own: { names: ['citations'], render: (form) => <CitePicker value={isQuotes(form.value.citations) ? form.value.citations : []} onChange={(citations) => form.set({ citations })} words={order.title} error={form.errors.citations} /> },
    check: (v) => fault('basis', (!isQuotes(v.citations) || v.citations.length === 0) && words(v, 'basis') === '' && t('answer.basisNeeded')),
    send: async (v, o) => {
      const citations = isQuotes(v.citations) ? v.citations.map(({ itemId, version }) => ({ itemId, version })) : []
      const done = await at((version) => call('answerOrder', { id: order.id, version, reply: words(v, 'reply'), basis: words(v, 'basis'), citations }, o))
      emptyBasket()
      return done
    },
  }
}
