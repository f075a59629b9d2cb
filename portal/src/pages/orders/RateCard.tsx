// The requester's judgement: stars, solved, satisfied; reasons only where something was not right.
import { useState } from 'react'
import type { ReactElement } from 'react'
import { queryClient, useCommand } from '../../api/queries.ts'
import { usePortal } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, Tag } from '../../kit/Blocks.tsx'
import { Checks, Choices, ErrorSummary, TextArea } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Stars } from '../../kit/Stars.tsx'
import { Trouble } from '../../kit/States.tsx'
import { daysLeft } from '../../kit/time.ts'
import type { Order } from './OrderPage.tsx'
import { t } from './texts.zh-CN.ts'

const MAX_REASONS = 3

export function RateCard({ order }: { order: Order }): ReactElement | null {
  const { settings } = usePortal()
  const [stars, setStars] = useState(0)
  const [solved, setSolved] = useState<'yes' | 'partly' | 'no' | null>(null)
  const [satisfied, setSatisfied] = useState<'yes' | 'no' | null>(null)
  const [reasons, setReasons] = useState<string[]>([])
  const [text, setText] = useState('')
  const [attempt, setAttempt] = useState(0)
  const command = useCommand('rateOwnOrder', { invalidates: ['listOwnOrders'] })
  const act = order.acts.find((a) => a.act === 'rate')
  if (!act?.enabled) return null
  const bad = satisfied === 'no' || solved === 'no' || (stars > 0 && stars <= 2)
  const missing = { ...(stars === 0 ? { stars: t('needStars') } : {}), ...(solved === null ? { solved: t('needSolved') } : {}), ...(satisfied === null ? { satisfied: t('needSatisfied') } : {}) }
  const errors: Record<string, string> = attempt > 0 ? missing : {}
  const send = async () => {
    setAttempt(attempt + 1)
    if (solved === null || satisfied === null || stars === 0) return
    try {
      const next = await command.mutateAsync({ number: order.number, stars, solved, satisfied, reasons: bad ? reasons : [], text })
      queryClient.setQueryData(['getOwnOrder', { number: order.number }], next)
      say(next.rating?.reopened ? t('rateRedo') : t('rateDone'))
    } catch {
      // Shown from the command.
    }
  }
  return (
    <Card title={t('rateTitle')} extra={act.until ? <Tag tone="near" icon="clock">{t('rateLeft', { n: daysLeft(act.until) })}</Tag> : <span className="k-hint">{t('rateNow')}</span>}>
      <ErrorSummary errors={errors} attempt={attempt} />
      {command.error ? <Trouble problem={command.error} /> : null}
      <Stars label={t('stars')} value={stars} onValue={setStars} />
      <Choices name="solved" label={t('solved')} columns options={[{ value: 'yes', label: t('solvedYes') }, { value: 'partly', label: t('solvedPartly') }, { value: 'no', label: t('solvedNo') }]} value={solved} onValue={setSolved} error={errors['solved']} />
      <Choices name="satisfied" label={t('satisfied')} columns options={[{ value: 'yes', label: t('satisfiedYes') }, { value: 'no', label: t('satisfiedNo') }]} value={satisfied} onValue={setSatisfied} error={errors['satisfied']} />
      {bad ? (
        <>
          <Checks name="reasons" label={t('reasons')} columns="wide" options={(settings?.ratingReasons ?? []).map((r) => ({ value: r, label: r }))} value={reasons} onValue={setReasons} max={MAX_REASONS} />
          <p className="k-hint">{t('redo')}</p>
        </>
      ) : null}
      <TextArea name="text" label={t('words')} help={t('wordsHelp')} optional value={text} onValue={setText} limit={500} rows={3} />
      <Button tone="primary" block busy={command.isPending} onClick={() => void send()}>{t('rateSend')}</Button>
    </Card>
  )
}
