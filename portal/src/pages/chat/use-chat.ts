// The conversation as it stands on the server, asked again every few seconds while it goes on; what is said here goes out through the outbox.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { call, type OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { outbox, type Message, type Said } from './outbox.ts'

export type Session = NonNullable<OutputOf<'getChat'>['session']>

const LIVE = 2500
const QUIET = 15_000
/** Now and then all of it: what was taken down meanwhile has no new number. */
const WHOLE = 24

export type Chat = {
  known: boolean
  closed: string | null
  session: Session | null
  messages: Message[]
  /** The agent asks to speak, or the two speak now. */
  call: OutputOf<'getChat'>['call']
  waiting: readonly Said[]
  lost: boolean
  problem: Problem | null
  refresh: () => Promise<void>
  say: (text: string, file?: { blob: Blob; name: string }) => Promise<void>
}

type Held = { call: OutputOf<'getChat'>['call']; known: boolean; closed: string | null; session: Session | null; messages: Message[] }

export function useChat(): Chat {
  const [held, setHeld] = useState<Held>({ call: null, known: false, closed: null, session: null, messages: [] })
  const [problem, setProblem] = useState<Problem | null>(null)
  const said = useSyncExternalStore(outbox.subscribe, outbox.list)
  const now = useRef(held)
  const round = useRef(0)
  const put = useCallback((next: Held) => {
    now.current = next
    setHeld(next)
  }, [])
  const arrived = useCallback((message: Message) => put({ ...now.current, messages: merged(now.current.messages, [message]) }), [put])

  const refresh = useCallback(async () => {
    const { session, messages } = now.current
    const whole = session === null || round.current++ % WHOLE === 0
    try {
      const answer = await call('getChat', { after: whole ? 0 : (messages.at(-1)?.seq ?? 0) })
      const same = answer.session !== null && answer.session.id === session?.id
      put({ call: answer.call, known: true, closed: answer.closed, session: answer.session, messages: same && !whole ? merged(messages, answer.messages) : answer.messages })
      setProblem(null)
      if (answer.session && answer.session.state !== 'closed') await outbox.send(answer.session.id, arrived)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }, [put, arrived])

  const live = held.session !== null && held.session.state !== 'closed'
  useEffect(() => {
    let stopped = false
    let timer: ReturnType<typeof setTimeout>
    const tick = async () => {
      if (!document.hidden) await refresh()
      if (!stopped) timer = setTimeout(() => void tick(), live ? LIVE : QUIET)
    }
    void tick()
    const soon = () => { if (!document.hidden) void refresh() }
    document.addEventListener('visibilitychange', soon)
    addEventListener('online', soon)
    return () => {
      stopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', soon)
      removeEventListener('online', soon)
    }
  }, [live, refresh])

  const sessionId = held.session?.id ?? ''
  return {
    ...held, waiting: said.filter((one) => one.sessionId === sessionId), lost: problem !== null && held.known, problem, refresh,
    say: async (text, file) => {
      await outbox.add(sessionId, text, file)
      void outbox.send(sessionId, arrived)
    },
  }
}

function merged(before: readonly Message[], more: readonly Message[]): Message[] {
  const bySeq = new Map([...before, ...more].map((m) => [m.seq, m]))
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
}
