// What the departments said about whose matter it is.
import type { ReactElement } from 'react'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { DisputeRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const tones = { ours: 'ok', notOurs: 'over', shared: 'near' } as const

export function Voices({ list }: { list: DisputeRow['voices'] }): ReactElement {
  if (list.length === 0) return <span className="ms-hint">{t('adjudicate.noVoices')}</span>
  return (
    <div className="ms-stack">
      <strong>{t('adjudicate.voices')}</strong>
      {list.map((one) => (
        <div key={one.unitId}>
          <div className="ms-row"><span className="ms-grow">{one.unitName}</span>{one.position ? <Tag tone={tones[one.position]}>{t(`voice.${one.position}`)}</Tag> : <span className="ms-hint">{t('voice.waiting')}</span>}</div>
          {one.text ? <div className="ms-text">{one.text}</div> : null}
          {one.at ? <span className="ms-hint">{one.byName} <Time iso={one.at} /></span> : null}
        </div>
      ))}
    </div>
  )
}
