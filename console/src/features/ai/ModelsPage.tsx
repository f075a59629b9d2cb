// Versions of models: train now, compare on the frozen part, switch on, restore (AI-49).
import { Button, Dropdown, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { percent, t } from './texts.zh-CN.ts'

type Model = OutputOf<'listAiModels'>['items'][number]
const tones = { waiting: 'plain', training: 'primary', evaluated: 'near', live: 'ok', retired: 'plain', failed: 'over' } as const
const points = (gain: number): string => `${gain >= 0 ? '+' : '−'}${Math.abs(Math.round(gain * 1000) / 10)}`

export default function ModelsPage(): ReactElement {
  const { can } = useSession()
  const models = useQueryOf('listAiModels', {})
  const apps = useQueryOf('listAiApplications', {})
  useTopic('ai.models', ['listAiModels', 'listAiApplications', 'listAiEvaluations'])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [worse, setWorse] = useState<Model | null>(null)
  const train = useCommand('trainAiModel', { invalidates: ['listAiModels'] })
  const change = useCommand('switchAiModel', { invalidates: ['listAiModels', 'listAiApplications'] })
  const begin = async (code: string) => {
    setProblem(null)
    try {
      await train.mutateAsync({ code })
      say(t('begun'))
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const put = async (model: Model, reason?: string) => {
    setProblem(null)
    try {
      await change.mutateAsync({ id: model.id, ...(reason ? { reason } : {}) })
      setWorse(null)
      say(t('switched'))
    } catch (error) {
      const caught = asProblem(error)
      if (caught.code === 'ai.regression' && !reason) setWorse(model)
      else setProblem(caught)
    }
  }
  const trainable = (apps.data?.items ?? []).filter((one) => one.trained)
  const acts = can('ai.manage') ? <Dropdown trigger={['click']} menu={{ items: trainable.map((one) => ({ key: one.code, label: one.name })), onClick: ({ key }) => void begin(key) }}><Button type="primary" loading={train.isPending} title={t('trainHint')}>{t('trainNow')}</Button></Dropdown> : null
  return (
    <Page title={t('models')} sub={t('modelsHint')} acts={acts} bar={problem ? <ProblemLine problem={problem} /> : null}>
      <QueryView query={models}>
        {({ items }) => (
          <Section flush>
            {items.length === 0 ? <Empty kind="done" text={t('noModels')} hint={t('noModelsHint')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('models')}</caption>
                <thead><tr>{(['name', 'number', 'state', 'samples', 'classes', 'heldOut', 'compared', 'size', 'at', 'by', 'acts'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.id}>
                      <td>{one.applicationName}</td><td>{t('version', { n: one.number })}</td>
                      <td title={one.why ?? undefined}><Tag tone={tones[one.state]}>{t(`state.${one.state}`)}</Tag>{one.state === 'failed' && one.why ? <div className="ms-hint">{one.why}</div> : null}{one.overrideReason ? <div className="ms-hint">{t('overridden', { reason: one.overrideReason })}</div> : null}</td>
                      <td>{one.samples || '–'}</td><td>{one.classes || '–'}</td><td>{one.hit1 === null ? '–' : percent(one.hit1)}</td>
                      <td>{one.compared ? <Tag tone={one.compared.regression ? 'over' : one.compared.gain > 0 ? 'ok' : 'plain'}>{one.compared.regression ? `${t('worse')} ` : ''}{t('gain', { n: points(one.compared.gain) })}</Tag> : '–'}</td>
                      <td>{one.sizeBytes === null ? '–' : t('kb', { n: (one.sizeBytes / 1_048_576).toFixed(2) })}</td>
                      <td><Time iso={one.trainedAt ?? one.beganAt} /></td><td>{one.byName}</td>
                      <td>{can('ai.manage') && (one.state === 'evaluated' || one.state === 'retired') ? <Button size="small" type="link" onClick={() => void put(one)}>{one.state === 'retired' ? t('restore') : t('switch')}</Button> : null}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
      {worse ? <Override model={worse} before={liveHit(models.data, worse)} onClose={() => setWorse(null)} run={(reason) => put(worse, reason)} /> : null}
    </Page>
  )
}

const liveHit = (data: OutputOf<'listAiModels'> | undefined, model: Model): number => data?.items.find((one) => one.application === model.application && one.state === 'live')?.hit1 ?? 0

function Override({ model, before, onClose, run }: { model: Model; before: number; onClose: () => void; run: (reason: string) => Promise<void> }): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Modal open title={t('worseTitle')} onCancel={onClose} okText={t('override')} cancelText={t('cancel')} okButtonProps={{ danger: true, disabled: reason.trim() === '' }} onOk={() => run(reason.trim())}>
      <div className="ms-stack">
        <div>{t('worseText', { now: percent(model.hit1 ?? 0), before: percent(before) })}</div>
        <label className="ms-field"><span className="ms-field-label"><b aria-hidden="true">*</b>{t('reason')}</span><Input.TextArea autoFocus autoSize={{ minRows: 2 }} maxLength={200} value={reason} onChange={(e) => setReason(e.target.value)} /></label>
      </div>
    </Modal>
  )
}
