// The chain of an approval: who decided, who is asked now, who comes after.
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import '../../ui/desk.css'
import { t } from './texts.zh-CN.ts'

type Step = OutputOf<'showFlowInstance'>['steps'][number]
const tones: Record<Step['state'], Tone> = { approved: 'ok', returned: 'over', passedUp: 'low', skipped: 'plain', ended: 'calm', current: 'primary', waiting: 'plain', withdrawn: 'plain', timedOut: 'near', jumped: 'plain' }

export function FlowSteps({ steps }: { steps: readonly Step[] }): ReactElement {
  return (
    <ol className="ms-steps">
      {steps.map((step, i) => (
        <li key={`${step.node}${i}`} data-state={step.state}>
          <div className="ms-row"><strong>{step.name}</strong><Tag tone={tones[step.state]}>{t(`step.${step.state}`)}</Tag><span className="ms-hint">{step.decidedBy ?? step.actor}</span>{step.decidedAt ? <span className="ms-hint"><Time iso={step.decidedAt} /></span> : null}</div>
          {step.opinion ? <div>{step.opinion}</div> : null}
        </li>
      ))}
    </ol>
  )
}
