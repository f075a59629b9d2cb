// What helps while registering: who is responsible, when it counts as done, whether it is already known, and unfinished cards.
import type { ReactElement } from 'react'
import { lazy, Suspense } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Part } from '../../ui/DeskPart.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { KnowledgePart } from '../knowledge/KnowledgePart.tsx'
import { DraftCards } from './DraftCards.tsx'
import { DuplicatePart } from './DuplicatePart.tsx'
import type { Duplicates } from './use-duplicates.ts'
import { SuggestPart } from './SuggestPart.tsx'
import type { Suggestions } from './use-suggestions.ts'
import { t } from './texts.zh-CN.ts'

const LiveTranscript = lazy(() => import('../telephony/LiveTranscript.tsx'))

const CallScript = lazy(() => import('./CallScript.tsx'))

type Matter = OutputOf<'registrationMatter'>
type Props = { matter: Matter | null; words: string; /** What the form holds. */ told: string; areaCode?: string; matterId?: string; duplicates: Duplicates; suggestions: Suggestions | null; draftId: string; onOpen: (draftId: string) => void }

export function AidePanel({ matter, words, told, areaCode, matterId, duplicates, suggestions, draftId, onOpen }: Props): ReactElement {
  return (
    <div className="ms-stack">
      <Suspense fallback={null}><LiveTranscript /></Suspense>
      {suggestions ? <SuggestPart suggestions={suggestions} /> : null}
      <DuplicatePart check={duplicates} areaCode={areaCode} matterId={matterId} />
      <Suspense fallback={null}><CallScript told={`${words}\n${told}`} /></Suspense>
      <KnowledgePart words={words} matterId={matterId} />
      <Part title={t('duty')}>{matter && areaCode ? <Duty matter={matter} /> : <span className="ms-hint">{t('dutyNeeds')}</span>}</Part>
      {matter?.conditions ? <Part title={t('conditions')}><p>{matter.conditions}</p></Part> : null}
      {matter?.materials ? <Part title={t('materials')}><p>{matter.materials}</p></Part> : null}
      {matter?.closingStandard.length ? <Part title={t('standard')}><ul className="ms-dotted-list">{matter.closingStandard.map((one) => <li key={one.text}>{one.text}</li>)}</ul></Part> : null}
      <DraftCards draftId={draftId} onOpen={onOpen} />
    </div>
  )
}

/** Proposals look like proposals; who dispatches decides. */
function Duty({ matter }: { matter: Matter }): ReactElement {
  if (matter.units.length + matter.negative.length === 0) return <span className="ms-hint">{t('dutyNone')}</span>
  return (
    <>
      {matter.units.map((one) => (
        <div key={`${one.unitId}${one.role}`} className="ms-proposal" title={one.reason}>
          <span className="ms-row"><Tag tone={one.role === 'lead' ? 'primary' : 'plain'}>{t(`role.${one.role}`)}</Tag><strong>{one.unitName}</strong></span>
          <span className="ms-hint">{one.reason}</span>
        </div>
      ))}
      {matter.negative.map((one) => (
        <div key={one.dutyEntryId} className="ms-proposal" data-barred title={one.reason}>
          <span className="ms-row"><Tag tone="over">{t('negative')}</Tag><strong>{one.unitName}</strong></span>
          <span className="ms-hint">{one.reason}</span>
        </div>
      ))}
    </>
  )
}
