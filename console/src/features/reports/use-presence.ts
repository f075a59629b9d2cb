// Tells the server which text is being edited, and whom else it knows to be here.
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'

export type Other = { name: string; block: string | null }
const EVERY_MS = 20_000

/** Others who have this report open to edit; nobody while `on` is false. */
export function usePresence(id: string, on: boolean, block: string | null): Other[] {
  const [others, setOthers] = useState<Other[]>([])
  useEffect(() => {
    if (!on) return undefined
    let gone = false
    // Presence is a courtesy: without an answer nobody is shown.
    const tell = (): void => void call('stayInReport', { id, block }).then((answer) => { if (!gone) setOthers(answer.others) }, () => { if (!gone) setOthers([]) })
    tell()
    const timer = setInterval(tell, EVERY_MS)
    return () => { gone = true; clearInterval(timer) }
  }, [id, on, block])
  useEffect(() => (on ? () => void call('stayInReport', { id, leave: true }).catch(() => undefined) : undefined), [id, on])
  return on ? others : []
}
