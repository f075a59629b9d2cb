// What helps while registering: who is responsible, when it counts as done, whether it is already known, and unfinished cards.
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Part } from '../review/OrderObject.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import { alike } from './call-form.ts'
import { DraftCards } from './DraftCards.tsx'
import { EarlierActs } from './EarlierOrders.tsx'
import type { Earlier } from './EarlierOrders.tsx'
import { t } from './texts.zh-CN.ts'

type Matter = OutputOf<'registrationMatter'>
type Props = { matter: Matter | null; hasArea: boolean; title: string; orders: readonly Earlier[]; draftId: string; onOpen: (draftId: string) => void }

export function AidePanel({ matter, hasArea, title, orders, draftId, onOpen }: Props): ReactElement {
  const similar = title === '' ? [] : orders.filter((one) => one.open && alike(one.title, title)).slice(0, 3)
  return (
    <div className="ms-stack">
      {similar.length ? (
        <Part title={t('similar')}>
          <span className="ms-hint">{t('similarHint')}</span>
          {similar.map((one) => (
            <div key={one.id} className="ms-earlier" data-open>
              <span className="ms-row"><StateTag state={one.state} round={one.round} /><span className="ms-hint">{one.unitName}</span></span>
              <span className="ms-earlier-title">{one.title}</span>
              <EarlierActs order={one} />
            </div>
          ))}
        </Part>
      ) : null}
      <Part title={t('duty')}>{matter && hasArea ? <Duty matter={matter} /> : <span className="ms-hint">{t('dutyNeeds')}</span>}</Part>
      {matter?.conditions ? <Part title={t('conditions')}><p>{matter.conditions}</p></Part> : null}
      {matter?.materials ? <Part title={t('materials')}><p>{matter.materials}</p></Part> : null}
      {matter?.closingStandard.length ? <Part title={t('standard')}><ul className="ms-plain-list">{matter.closingStandard.map((one) => <li key={one.text}>{one.text}</li>)}</ul></Part> : null}
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
