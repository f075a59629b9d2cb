// Follow and instruct beside an order in any list of the cockpit: the same acts as on the order's page (SUP-23, SUP-24).
import { Button } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
import { instructionForm, instructionOf, instructionStart, instructionWord } from '../supervision/InstructionCard.tsx'
import { t } from './texts.zh-CN.ts'

type Order = { id: string; number: string; title: string }

export function OrderActs({ order, followed }: { order: Order; followed: boolean }): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const [instructing, setInstructing] = useState(false)
  const follow = async (): Promise<void> => {
    try {
      await call(followed ? 'unfollowOrder' : 'followOrder', { id: order.id })
      await client.invalidateQueries({ queryKey: ['listFocus'] })
      say(t('done', { act: t(followed ? 'unfollow' : 'follow') }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <span className="ms-cockpit-acts">
      <Button size="small" type={followed ? 'default' : 'text'} aria-pressed={followed} aria-label={`${t(followed ? 'unfollow' : 'follow')} ${order.title}`} onClick={() => void follow()}>{followed ? '★' : '☆'} {t('follow')}</Button>
      {can('supervision.instruct') ? <Button size="small" aria-label={`${t('instruct')} ${order.title}`} onClick={() => setInstructing(true)}>{t('instruct')}</Button> : null}
      {instructing ? <Instruct order={order} onClose={() => setInstructing(false)} /> : null}
    </span>
  )
}

/** Two steps: the words with who carries them out, then sent; they stand on the order at once. */
function Instruct({ order, onClose }: { order: Order; onClose: () => void }): ReactElement | null {
  const client = useQueryClient()
  const held = useQueryOf('orderInstructions', { id: order.id })
  const units = held.data?.units
  if (!units) return null
  return (
    <ActDrawer open onClose={onClose} title={t('instructTitle')} sub={<><bdi className="ms-code">{order.number}</bdi> {order.title}</>} submitLabel={t('instruct')} schema={instructionForm(units)} initial={instructionStart(units)} notice={instructionWord(units)} draftKey={`cockpit-instruct:${order.id}`}
      submit={async (values) => {
        await call('issueInstruction', { id: order.id, ...instructionOf(values) })
        await Promise.all(['orderInstructions', 'listInstructions', 'instructionStats', 'list'].map((key) => client.invalidateQueries({ queryKey: [key] })))
        say(t('done', { act: t('instruct') }))
        onClose()
      }} />
  )
}
