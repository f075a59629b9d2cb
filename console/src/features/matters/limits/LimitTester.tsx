// For a case as typed: the winning rule of each clock, its deadline, and the rules it passes over.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import type { InputOf, OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { ProblemLine } from '../../../ui/Empty.tsx'
import { FormRenderer } from '../../../ui/FormRenderer.tsx'
import type { FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { useKeys } from '../../../ui/keys.ts'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { categoryLoader, matterLoader } from '../../orders/pickers.ts'
import { levelName, levels } from '../parts/standard.tsx'
import { t } from './texts.zh-CN.ts'

type Result = OutputOf<'testLimitRules'>
const loaders = { matter: matterLoader(), unit: categoryLoader('category'), area: categoryLoader('industry') }
const kinds = ['centre', 'handling', 'section', 'community', 'enterprise', 'subCentre', 'virtual'] as const
const kindOf = (value: unknown): (typeof kinds)[number] | null => kinds.find((kind) => kind === value) ?? null
const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

export function LimitTester({ options }: { options: OutputOf<'matterOptions'> | undefined }): ReactElement {
  const [value, setValue] = useState<FormValue>({ urgency: 'normal' })
  const [result, setResult] = useState<Result | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const types = options?.appealTypes ?? []
  const appealType = text(value.appealType) ?? types[0]?.id ?? ''
  const schema: FormSchema = {
    type: 'object',
    properties: {
      appealType: { type: 'string', title: t('appealType'), 'x-buttons': false, 'x-half': true, oneOf: types.map((type) => ({ const: type.id, title: type.name })) },
      urgency: { type: 'string', title: t('urgency'), 'x-buttons': false, 'x-half': true, oneOf: (options?.urgencyLevels ?? []).map((level) => ({ const: level.code, title: level.name })) },
      matter: { type: 'string', title: t('matter'), format: 'matter' },
      category: { type: 'string', title: t('category'), format: 'unit', 'x-half': true },
      industry: { type: 'string', title: t('industry'), format: 'area', 'x-half': true },
      level: { type: 'string', title: t('level'), 'x-buttons': false, 'x-half': true, oneOf: levels.map((level) => ({ const: String(level), title: levelName(level) })) },
      unitKind: { type: 'string', title: t('unitKind'), 'x-buttons': false, 'x-half': true, oneOf: kinds.map((kind) => ({ const: kind, title: t(`kind_${kind}`) })) },
      grade: { type: 'string', title: t('grade'), maxLength: 10, 'x-half': true },
      startAt: { type: 'string', title: t('start'), format: 'date-time', description: t('startNow'), 'x-half': true },
    },
  }
  const run = async () => {
    if (busy || !appealType) return
    setBusy(true)
    setProblem(null)
    try {
      const input: InputOf<'testLimitRules'> = {
        appealType, matterId: text(value.matter), categoryId: text(value.category), industryId: text(value.industry), level: value.level ? Number(value.level) : null, urgency: text(value.urgency) ?? 'normal', unitKind: kindOf(value.unitKind), enterpriseGrade: text(value.grade),
        ...(text(value.startAt) ? { startAt: text(value.startAt) ?? '' } : {}),
      }
      setResult(await call('testLimitRules', input))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  useKeys(t('tester'), [{ keys: 'Ctrl Enter', label: t('run'), run: () => void run() }])
  return (
    <aside className="ms-split-list" aria-label={t('tester')} style={{ overflow: 'auto', padding: 'var(--ms-space-3) var(--ms-space-4)', gap: 'var(--ms-space-3)' }}>
      <strong>{t('tester')}</strong>
      <span className="ms-hint">{t('testerHint')}</span>
      <FormRenderer schema={schema} value={{ appealType, ...value }} onChange={setValue} loaders={loaders} />
      {problem ? <ProblemLine problem={problem} /> : null}
      <Button type="primary" style={{ flex: 'none' }} loading={busy} disabled={!appealType} onClick={() => void run()}>{t('run')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
      {result ? (
        <div aria-live="polite">
          {result.items.map((item) => (
            <div key={item.clock} className="ms-testrow">
              <strong>{item.clockName}</strong>
              {item.limit ? (
                <div>
                  <div><strong>{item.limit.durationText}</strong> · {item.limit.dueText} {item.limit.uncertain ? <Tag tone="near">{t('uncertain')}</Tag> : null}</div>
                  <div className="ms-row" style={{ gap: 6 }}><Tag tone="ok" icon="check">{t('winner')}</Tag>{item.limit.title} <span className="ms-hint">{item.limit.scopeText}</span></div>
                  {item.limit.yellowAt ? <div className="ms-hint">{t('yellowAt', { time: when(item.limit.yellowAt) })}</div> : null}
                  {item.passedOver.length ? <div className="ms-hint">{t('passed')}：{item.passedOver.map((rule) => `${rule.scopeText} ${rule.durationText}`).join('；')}</div> : null}
                </div>
              ) : <span className="ms-muted">{t('noRule')}</span>}
            </div>
          ))}
        </div>
      ) : null}
    </aside>
  )
}
