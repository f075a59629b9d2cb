// How figures are kept ready: the sums, how far their changes are in, and the files of past months.
import { Button, Drawer, Progress } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function SumsDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const state = useQueryOf('showSums', {}, { refetchEvery: 5000 })
  const send = useAct('showSums')
  const build = async (): Promise<void> => {
    if (!(await confirm({ title: t('buildSums'), text: t('buildSumsConfirm'), verb: t('buildSums') }))) return
    await send('buildSums', { fresh: false })
    say(t('building'))
  }
  return (
    <Drawer open size={560} title={t('sums')} onClose={onClose}>
      <QueryView query={state}>
        {({ history, ...s }) => (
          <>
            <p>{s.usable ? t('sumsUsed', { n: s.orders.toLocaleString('zh-CN') }) : s.building ? t('building') : t('sumsUnused')}</p>
            {s.building ? <Progress percent={s.expected === 0 ? 0 : Math.min(99, Math.floor((s.done / s.expected) * 100))} /> : null}
            <Facts columns={1} items={[
              { label: t('followed'), value: s.followedAt ? <Time iso={s.followedAt} /> : '–' }, { label: t('built'), value: s.finishedAt ? <Time iso={s.finishedAt} /> : '–' }, { label: t('checked'), value: s.fault ?? t('noDifference'), hidden: !s.kept },
              { label: t('files'), value: !history.installed ? t('noDuck') : history.from === 0 ? t('filesOff') : history.months === 0 ? t('filesNone', { n: history.from.toLocaleString('zh-CN') }) : t('filesHeld', { months: history.months, written: history.written, n: history.rows.toLocaleString('zh-CN') }) },
              ...history.facts.map((one) => ({ label: t('filesOf', { name: one.label }), value: t('filesRows', { n: one.rows.toLocaleString('zh-CN') }), hidden: history.months === 0 })),
              { label: t('filesAt'), value: history.writtenAt ? <Time iso={history.writtenAt} /> : '–', hidden: history.months === 0 },
            ]} />
            <p className="ms-hint">{t('sumsHint')}</p>
            {s.kept ? <Button disabled={s.building} onClick={() => void build()}>{t('buildSums')}</Button> : null}
          </>
        )}
      </QueryView>
    </Drawer>
  )
}
