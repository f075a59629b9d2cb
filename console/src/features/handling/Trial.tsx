// 试运行: the rule on past orders, nothing changed.
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Rule = OutputOf<'listAssignRules'>['items'][number]
const DAYS = 90

export function Trial({ rule, onClose }: { rule: Rule; onClose: () => void }): ReactElement {
  const query = useQuery<OutputOf<'tryAssignRule'>, Problem>({ queryKey: ['tryAssignRule', rule.id, rule.version], queryFn: () => call('tryAssignRule', { condition: rule.condition, action: rule.action, days: DAYS }) })
  return (
    <Drawer open size={720} onClose={onClose} title={<span className="ms-row">{rule.name}<span className="ms-muted" style={{ fontWeight: 400 }}>{t('rule.trialTitle', { n: DAYS })}</span></span>}>
      <QueryView query={query}>
        {(found) => (
          <div className="ms-stack">
            <strong>{t('rule.trialResult', { looked: found.looked, hits: found.hits, agree: found.agree })}</strong>
            {found.otherRules.length > 0 ? <span className="ms-hint">{t('rule.trialOther', { list: found.otherRules.map((one) => `${one.name} ${one.hits}`).join('、') })}</span> : null}
            <ListTable caption={t('rule.trial')} rows={found.sample} rowKey={(row) => row.orderId} columns={[
              { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi> }, { key: 'title', title: t('col.title'), width: 200, wide: true, render: (row) => row.title },
              { key: 'agrees', title: t('col.verdict'), width: 160, render: (row) => (row.agrees === null ? '–' : row.agrees ? <Tag tone="ok">{t('rule.agree')}</Tag> : <Tag tone="near">{t('rule.differ', { unit: row.leadUnitName ?? '' })}</Tag>) }, { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.registeredAt} /> },
            ]} />
          </div>
        )}
      </QueryView>
    </Drawer>
  )
}
