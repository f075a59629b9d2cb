// What was submitted without a network goes out by itself, once: when the network is back, when somebody signed in, every half minute.
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { Link, useNavigate } from 'react-router'
import { asProblem } from '../api/problem.ts'
import { useOnline } from '../app/display.ts'
import { useCitizen } from '../app/session.ts'
import { say } from '../kit/Layers.tsx'
import { changeDraft, sendDraft, useDraft } from './draft.ts'
import { t } from './texts.zh-CN.ts'

const EVERY = 30_000

export default function Waiting(): ReactElement | null {
  const draft = useDraft()
  const online = useOnline()
  const citizen = useCitizen()
  const navigate = useNavigate()
  const [sending, setSending] = useState(false)
  const busy = useRef(false)
  const may = draft.state === 'waiting' && draft.why === null && online && Boolean(citizen)
  useEffect(() => {
    if (!may) return
    const attempt = async () => {
      if (busy.current || document.hidden) return
      busy.current = true
      setSending(true)
      try {
        const sent = await sendDraft()
        say(t('sent', { number: sent.number }))
        void navigate(`/submit?done=${sent.number}`)
      } catch (error) {
        const problem = asProblem(error)
        if (!problem.undecided && problem.status !== 401) changeDraft({ why: problem.title })
      }
      busy.current = false
      setSending(false)
    }
    void attempt()
    const timer = setInterval(() => void attempt(), EVERY)
    return () => clearInterval(timer)
  }, [may, navigate])
  if (draft.state !== 'waiting') return null
  const text = draft.why ? t('waitingFailed', { why: draft.why }) : sending ? t('sending') : online && citizen === null ? t('waitingSignIn') : t('waiting')
  return <p className="p-strip" data-tone={draft.why ? 'over' : undefined} role="status">{text}<Link to={citizen === null ? '/submit?step=contact' : '/submit?step=review'}>{t('open')}</Link></p>
}
