// Beside the feedback: the closing standard, ticking itself where files prove it, and what is still missing, each a jump.
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import { findings } from './feedback-checks.ts'
import type { FeedbackChecks } from './feedback-checks.ts'
import { fileIds, text } from './form-values.ts'
import { t } from './texts.zh-CN.ts'

export function FeedbackSide(props: FeedbackChecks): ReactElement {
  const { standard, form } = props
  const ticked = Array.isArray(form.value.ticked) ? form.value.ticked.filter((one) => typeof one === 'string') : []
  const proved = fileIds(form.value).length > 0 || text(form.value, 'quotedFrom') !== undefined
  const list = findings(props)
  return (
    <div className="ms-stack">
      <strong>{t('feedback.standard')}</strong>
      {standard.length === 0 ? <span className="ms-hint">{t('result.noStandard')}</span> : null}
      <div className="ms-checks" data-field="ticked">
        {standard.map((item) => item.evidence
          ? <Checkbox key={item.text} checked={proved} disabled>{item.text} <span className="ms-hint">{t('feedback.evidence')}</span></Checkbox>
          : <Checkbox key={item.text} checked={ticked.includes(item.text)} onChange={(e) => form.set({ ticked: e.target.checked ? [...ticked, item.text] : ticked.filter((one) => one !== item.text) })}>{item.text}</Checkbox>)}
      </div>
      <strong>{t('feedback.checks')}</strong>
      <div className="ms-checks" role="status">
        {list.length === 0 ? <span className="ms-row"><Icon name="check" size={14} />{t('feedback.allGood')}</span> : null}
        {list.map((one) => (
          <button key={one.field} type="button" className="ms-link-button ms-check-finding" data-tone={one.tone} onClick={() => form.jump(one.field)}>
            <span aria-hidden="true">{one.tone === 'over' ? '◆' : '▲'}</span> {one.text}
          </button>
        ))}
      </div>
    </div>
  )
}
