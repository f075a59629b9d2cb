import type { ReactElement } from 'react'
import { ScriptPart } from '../ai/ScriptPart.tsx'
import { useTalk } from '../telephony/use-talk.ts'

/** The fitting script, by the call and by what was written down of it. */
export default function CallScript({ told }: { told: string }): ReactElement {
  const { heard, said } = useTalk()
  return <ScriptPart heard={[told, heard].join('\n').trim()} said={said} />
}
