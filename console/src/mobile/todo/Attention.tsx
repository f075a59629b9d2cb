// What must be known at once on the phone: cards, improper returns, instructions and urging come up over the work list until acknowledged (SUP-05, ORD-42).
import { Button, Sheet, Tag } from '@minsheng/portal/kit'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { cardsOf, keyOf } from '../../features/home/message-cards.ts'
import { phoneLink } from '../links.ts'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'

type Message = OutputOf<'listMessages'>['items'][number]
/** Kept while the app is open: a card that was put away does not come back with each visit of the list. */
const met = { keys: new Set<string>(), began: false }
/** Red before yellow before the rest. */
const weight = (one: Message): number => (one.type === 'supervision.red' ? 0 : one.type === 'supervision.yellow' ? 1 : 2)

export function Attention(): ReactElement | null {
  const navigate = useNavigate()
  const unread = useQueryOf('listMessages', { unread: 'true', limit: 20 }, { refetchEvery: 60_000 }).data?.items
  const read = useCommand('readMessages', { invalidates: ['listMessages', 'countUnreadMessages'] })
  const [shown, setShown] = useState<Message[]>([])
  useEffect(() => {
    if (!unread) return
    const { show, passed, gone } = cardsOf(unread, met, false)
    for (const key of gone) met.keys.delete(key)
    for (const key of [...passed, ...show.map(keyOf)]) met.keys.add(key)
    met.began = true
    setShown((now) => [...now.filter((one) => unread.some((other) => other.id === one.id)), ...show])
  }, [unread])
  if (shown.length === 0) return null
  const take = (some: Message[]): void => {
    read.mutate({ ids: some.map((one) => one.id) })
    setShown((now) => now.filter((one) => !some.includes(one)))
  }
  const open = (one: Message): void => {
    take([one])
    void navigate(phoneLink(one.link) ?? '/m/messages')
  }
  return (
    <Sheet open title={t('attention', { n: shown.length })} onClose={() => setShown([])} footer={<Button block tone="primary" onClick={() => take(shown)}>{t('attentionAll')}</Button>}>
      <div className="k-list">
        {shown.toSorted((a, b) => weight(a) - weight(b)).map((one) => (
          <button key={one.id} type="button" className="k-item m-message" onClick={() => open(one)}>
            <span className="k-line" data-spread><Tag tone={weight(one) === 0 ? 'over' : 'near'}>{one.typeName}</Tag><span className="k-hint">{when(one.at)}</span></span>
            <span className="k-item-title">{one.title}</span>
            {one.text ? <span className="k-hint m-two">{one.text}</span> : null}
          </button>
        ))}
      </div>
    </Sheet>
  )
}
