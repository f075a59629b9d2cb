// What was said, sentence by sentence: who, when, what; words of the list in red. A click goes to the place.
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { stopwatch } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

type Sentence = OutputOf<'showTranscript'>['utterances'][number]

export function Sentences({ sentences, atMs, onJump }: { sentences: Sentence[]; atMs: number | null; onJump: (ms: number) => void }): ReactElement {
  return (
    <ol className="ms-utterances">
      {sentences.map((one) => (
        <li key={one.id} data-at={one.startMs} data-speaker={one.speaker} aria-current={atMs !== null && atMs >= one.startMs && atMs < one.endMs ? 'true' : undefined}>
          <button type="button" className="ms-link-button" onClick={() => onJump(one.startMs)}><bdi className="ms-num">{stopwatch(one.startMs)}</bdi> {one.speaker === 'citizen' ? t('party.caller') : t('party.agent')}</button>
          <span data-unsure={one.confidence < 0.6 || undefined}><Marked one={one} /></span>
        </li>
      ))}
    </ol>
  )
}

/** Words of the list in red, and underlined: colour alone tells not everybody. */
function Marked({ one }: { one: Sentence }): ReactElement {
  if (one.hits.length === 0) return <>{one.text}</>
  const parts = one.text.split(new RegExp(`(${one.hits.map((hit) => hit.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`))
  return <>{parts.map((part, index) => (one.hits.includes(part) ? <mark key={index} className="ms-hit">{part}</mark> : part))}</>
}
